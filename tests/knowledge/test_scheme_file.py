"""A scheme file with faults: every one is named with its place and what was expected."""

from pathlib import Path

import pytest

from knowledge.errors import DataError
from knowledge.scheme import SCHEMES, load_scheme, scheme_from
from knowledge.scheme_file import SchemeFile

TEXT = (SCHEMES / "2019.toml").read_text(encoding="utf-8")


def faults_of(folder: Path, *replaced: tuple[str, str]) -> list[str]:
    text = TEXT
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "2019.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as found:
        scheme_from(path)
    return list(found.value.faults)


def test_all_faults_are_listed_at_once(tmp_path: Path) -> None:
    found = faults_of(
        tmp_path,
        ('scope = ["national"]', 'scope = ["natonal"]'),
        ('cites = ["total"]', 'cites = ["totl"]'),
        ("value = 40\n", "value = -4\n"),
        ('id = "transferable"', 'id = "central_body"'),
        ('amount = "municipal_amount"', 'amount = "municipal_amont"'),
    )
    assert found == [
        "2019.toml: fact[2].value: Input should be greater than or equal to 0, got -4",
        "2019.toml: grantor[4].when.scope[0]: 'natonal' is not a value of scope; "
        "did you mean 'national'?",
        "2019.toml: grantor[6].id: 'central_body' is used already by grantor[5]",
        "2019.toml: fact[0].cites[0]: 'totl' is not a passage; did you mean 'total'?",
        "2019.toml: allocation.amount: 'municipal_amont' is not a fact; "
        "did you mean 'municipal_amount'?",
    ]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            'then = "either"',
            'then = "ether"',
            "grantor[1].then: 'ether' is not a value of then; did you mean 'either'?",
            id="an outcome that is none",
        ),
        pytest.param(
            "when = { support",
            "when = { suport",
            "sub_goal_fit[0].when.suport: 'suport' is not a slot; did you mean 'support'?",
            id="a slot that is none",
        ),
        pytest.param(
            'activities = ["operating_other"]',
            'activities = ["operating_othr"]',
            "sub_goal_fit[2].when.activities[0]: 'operating_othr' is not an activity; "
            "did you mean 'operating_other'?",
            id="an activity that is none",
        ),
        pytest.param(
            'scope = ["unsure"] }',
            "scope = [] }",
            "grantor[17].when.scope: an empty list never holds; "
            "leave the slot out if any value will do",
            id="a cell that never holds",
        ),
        pytest.param(
            "when = {}\nthen",
            'when = { scope = ["local"] }\nthen',
            "grantor[19].when: the last row must always hold (when = {})",
            id="a last row that does not always hold",
        ),
        pytest.param(
            'quote = "Total ramme 2019: 83,2 mill. kroner"',
            "",
            "passage[1]: a passage has either a quote or a gist",
            id="a passage that says nothing",
        ),
        pytest.param(
            'en = "Total frame"',
            "",
            "fact[0].says.en: missing",
            id="a language that is missing",
        ),
        pytest.param(
            'nb = "Norsktrening"',
            'nb = "Norsktrening med frivillige som øver"',
            "activity[3].label.nb: String should have at most 28 characters, "
            "got 'Norsktrening med frivillige som øver'",
            id="a label too long for a button",
        ),
    ],
)
def test_a_fault_and_what_is_said_of_it(tmp_path: Path, old: str, new: str, fault: str) -> None:
    assert f"2019.toml: {fault}" in faults_of(tmp_path, (old, new))


def test_an_unknown_year_names_those_there_are() -> None:
    with pytest.raises(DataError, match=r"2018\.toml: no such scheme year; there is: 2019"):
        load_scheme(2018)


def test_the_file_holds_what_the_source_document_says() -> None:
    file: SchemeFile = load_scheme(2019).file
    source = [passage for passage in file.passage if passage.source == "slides-2019"]
    assert all(passage.quote and passage.heading and passage.point for passage in source)
    assert {passage.heading for passage in source} == {
        "Hovedformål og rammer",
        "IMDi og 20 kommuner forvalter støtte",
        "Deling av forvaltningsansvar",
        "Tre delmål",
        "Hva slags tiltak støttes?",
    }
    cited = {cite for row in _cited(file) for cite in row}
    assert cited == {passage.id for passage in file.passage}


def _cited(file: SchemeFile) -> list[tuple[str, ...]]:
    tables = (file.applicant, file.target_group, file.sub_goal_fit, file.grantor, file.note)
    return [
        *(row.cites for table in tables for row in table),
        *(fact.cites for fact in file.fact),
        *(goal.cites for goal in file.sub_goal),
        *(activity.cites for activity in file.activity),
        *(step.cites for step in file.next_step),
        file.purpose.cites,
        file.allocation.cites,
    ]
