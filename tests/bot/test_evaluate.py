"""`veiviser evaluate`: labelled texts in a folder, figures out."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.evaluate import Evaluation, evaluate, set_files, write_figures, write_table
from knowledge.scheme import load_scheme
from tests.bot.running import run

SCHEME = load_scheme(2019)


def score(folder: Path, kind: str, *lines: dict[str, Any] | str) -> Evaluation:
    text = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    (folder / f"{kind}_own.jsonl").write_text(text)
    (found,) = evaluate(SCHEME, set_files(folder))
    return found


def figures(found: Evaluation, *names: str) -> list[tuple[int, int]]:
    assert found.unreadable == []
    return [found.score.figures[name] for name in names]


def test_activities_count_whole_sets_and_single_sub_goals(tmp_path: Path) -> None:
    found = score(
        tmp_path,
        "activities",
        {"id": "right", "text": "norskkurs", "labels": ["B"]},
        {"id": "half", "text": "norskkurs", "labels": ["A", "B"]},
        {"id": "none", "text": "hm", "labels": []},
    )
    # Two sub-goals of five said or wanted are found on both sides: 2 · 2 of 2 + 3.
    assert figures(found, "exact set", "micro-F1") == [(2, 3), (4, 5)]
    assert len(found.misses) == 1
    assert "activities_own.jsonl:2: half: 'norskkurs': got B, wanted A, B" in found.misses


@pytest.mark.parametrize(
    ("text", "kind", "number", "figure"),
    [
        pytest.param("Hamar", "municipality", "0403", "municipality: right", id="right"),
        pytest.param("Nes", "municipality", "0616", "municipality: asked", id="asked"),
        pytest.param(
            "Hamar", "municipality", "0301", "municipality: silently wrong", id="silently wrong"
        ),
        pytest.param("Nes", "ambiguous", None, "ambiguous: not settled", id="rightly asked"),
        pytest.param("Hamar", "several", None, "settled where it must ask", id="settled"),
    ],
)
def test_a_place_is_right_asked_or_wrong(
    tmp_path: Path, text: str, kind: str, number: str | None, figure: str
) -> None:
    line = {"id": "1", "text": text, "kind": kind, "number_2019": number}
    found = score(tmp_path, "locations", line)
    assert figures(found, figure) == [(1, 1)]
    assert bool(found.misses) == ("right" not in figure and "not settled" not in figure)


def test_optional_values_of_an_opening_are_neither_right_nor_wrong(tmp_path: Path) -> None:
    text = "Norskkurs for flyktninger i Hamar"
    slots = {"number_2019": "0403", "target_groups": ["refugees"], "subgoals": ["B"]}
    strict = score(tmp_path, "opening", {"text": text, "slots": slots})
    assert figures(strict, "scope: precision", "all slots right") == [(0, 1), (0, 1)]
    lenient = {"text": text, "slots": slots, "optional": {"scope": ["local"]}}
    found = score(tmp_path, "opening", lenient)
    assert figures(found, "scope: precision", "scope: recall") == [(0, 0), (0, 0)]
    assert figures(found, "all slots right", "target_groups: recall") == [(1, 1), (1, 1)]


def test_questions_are_counted_by_whether_the_source_answers_them(tmp_path: Path) -> None:
    which = "Hvilke kommuner forvalter tilskuddet?"
    found = score(
        tmp_path,
        "faq",
        {"question": which, "answer_key": "which_municipalities", "must_contain": ["x|Oslo"]},
        {"question": which, "answer_key": "subgoal_a", "also_ok": ["which_municipalities"]},
        {"question": which, "answer_key": "subgoal_a"},
        {"question": "Når er søknadsfristen?", "answer_key": "nis_deadline"},
        {"question": "Hvor mange planeter finnes det?", "answer_key": "none"},
    )
    assert figures(found, "answerable: right", "answerable: wrong") == [(2, 3), (1, 3)]
    assert figures(found, "answerable: says what it must") == [(2, 2)]
    assert figures(found, "nis_: right", "none: answered") == [(1, 1), (0, 1)]


def test_out_of_scope_texts_should_lead_nowhere(tmp_path: Path) -> None:
    found = score(tmp_path, "oos", {"text": "sett på litt jazz"}, {"text": "Vi er i Hamar"})
    assert figures(found, "answered as FAQ", "slots filled") == [(0, 2), (1, 2)]


def scenario(**changed: Any) -> dict[str, Any]:
    """An association in Hamar whose grantor is Hamar, but for what is changed."""
    words = {
        "registered": "ja",
        "location": "Hamar",
        "scope": "lokalt",
        "target_group": "flyktninger",
        "activities": "norskkurs",
    }
    facts = {
        "org_type": "voluntary",
        "registered": True,
        "number_2019": "0403",
        "scope": "local",
        "target_groups": ["refugees"],
    }
    expected = {"outcome": "apply_municipality", "grantor": "Hamar", "subgoals": ["B"]}
    return {
        "answers": words | changed.pop("answers", {}),
        "facts": facts | changed.pop("facts", {}),
        "expected": expected | changed.pop("expected", {}),
        **changed,
    }


OUTSIDE: dict[str, Any] = {
    "answers": {"location": "Hamar", "scope": "på mottaket i Drangedal", "target_group": "beboere"},
    "facts": {"target_groups": ["reception_centre"], "reception_centre_number": "0817"},
    "expected": {"outcome": "apply_imdi", "grantor": "IMDi"},
}
COMPANY: dict[str, Any] = {
    "answers": {"registered": "nei"},
    "facts": {"registered": False, "org_type": "company"},
    "expected": {"outcome": "ineligible_not_voluntary", "grantor": "none"},
}
RIGHT, WRONG = "outcome and grantor right", "confidently wrong grantor"


@pytest.mark.parametrize(
    "line",
    [
        pytest.param(scenario(), id="the municipality"),
        pytest.param(
            scenario(**OUTSIDE | {"answers": OUTSIDE["answers"] | {"target_group": "mottaket"}}),
            id="the centre's place stands with the scope",
        ),
        pytest.param(scenario(**COMPANY), id="its type is told by button"),
        pytest.param(
            scenario(expected={"grantor": "IMDi"}, acceptable_grantors=["IMDi", "Hamar"]),
            id="the source leaves room",
        ),
    ],
)
def test_a_scenario_is_right_in_words_and_by_the_facts(
    tmp_path: Path, line: dict[str, Any]
) -> None:
    found = score(tmp_path, "scenarios", line)
    assert figures(found, f"text: {RIGHT}", f"facts: {RIGHT}") == [(1, 1), (1, 1)]
    assert figures(found, f"text: {WRONG}", "text: not understood") == [(0, 1), (0, 1)]
    assert found.misses == []


def test_a_scenario_that_sends_them_to_the_wrong_place_is_told_apart(tmp_path: Path) -> None:
    misled = scenario(answers={"location": "Oslo"})
    unread = scenario(answers={"scope": "hm"})
    found = score(tmp_path, "scenarios", misled, unread)
    assert figures(found, f"text: {RIGHT}", f"text: {WRONG}") == [(0, 2), (1, 2)]
    assert figures(found, "text: not understood", f"facts: {RIGHT}") == [(1, 2), (2, 2)]
    assert "not understood at scope" in found.misses[1]


def dialog(*texts: str, final: Any, **more: Any) -> dict[str, Any]:
    turns = [{"type": "text", "text": text} for text in texts]
    return {"lang": "nb", "turns": turns, "final": final, **more}


IN_HAMAR = {"outcome": "apply_municipality", "grantor": "Hamar", "subgoals": ["B"]}


def test_a_dialog_ends_in_its_verdict_and_repeats_the_pending_question(tmp_path: Path) -> None:
    asks = dialog(
        "ja",
        "Hvilke kommuner forvalter tilskuddet?",
        "Hamar",
        "lokalt",
        "flyktninger",
        "norskkurs",
        final=IN_HAMAR,
        expectations=[{"after_turn": 2, "check": "pending_reasked", "statement": "again"}],
    )
    found = score(tmp_path, "dialogs", asks)
    assert figures(found, "pending question repeated", "final outcome right") == [(1, 1), (1, 1)]


@pytest.mark.parametrize(
    ("texts", "final", "is_right"),
    [
        pytest.param(
            ["nei"],
            {"outcome": "ineligible_not_registered", "grantor": "none"},
            True,
            id="left where the type is asked: a voluntary organisation",
        ),
        pytest.param(["ja"], IN_HAMAR, False, id="left half-way"),
        pytest.param(["ja"], {"outcome": None, "grantor": None}, True, id="no verdict is expected"),
    ],
)
def test_a_dialog_that_is_left(
    tmp_path: Path, texts: list[str], final: dict[str, Any], is_right: bool
) -> None:
    found = score(tmp_path, "dialogs", dialog(*texts, final=final))
    assert figures(found, "final outcome right") == [(is_right, 1)]


def test_an_attachment_and_no_expected_end_are_allowed(tmp_path: Path) -> None:
    found = score(tmp_path, "dialogs", {"lang": "en", "turns": [{"type": "voice"}], "final": None})
    assert (found.lines, found.score.figures, found.unreadable) == (1, {}, [])


@pytest.mark.parametrize(
    ("kind", "line", "said"),
    [
        pytest.param("activities", "hei", "not JSON", id="not JSON"),
        pytest.param("activities", {"text": "kurs"}, "labels: ", id="a field is missing"),
        pytest.param("faq", {"question": 5, "answer_key": "x"}, "question: ", id="a wrong type"),
        pytest.param(
            "opening",
            {"text": "x", "slots": {}, "optional": {"scope": [[]]}},
            "optional",
            id="a list in a list",
        ),
        pytest.param(
            "scenarios", scenario(facts={"org_type": "x"}), "org_type: 'x'", id="an unknown type"
        ),
        pytest.param(
            "scenarios", scenario(facts={"scope": "lokal"}), "scope: ", id="an unknown scope"
        ),
    ],
)
def test_a_line_that_cannot_be_read_is_named_and_left_out(
    tmp_path: Path, kind: str, line: dict[str, Any] | str, said: str
) -> None:
    found = score(tmp_path, kind, line)
    (fault,) = found.unreadable
    assert fault.startswith(f"{kind}_own.jsonl:1: ")
    assert said in fault
    assert (found.lines, found.score.figures) == (0, {})


def test_the_table_and_the_json_have_the_same_figures(tmp_path: Path) -> None:
    lines = ({"id": "a", "text": "norskkurs", "labels": ["A"]}, "hei")
    found = score(tmp_path, "activities", *lines)
    table, program = io.StringIO(), io.StringIO()
    write_table(table, [found], with_misses=False)
    write_figures(program, [found], with_misses=True)
    (shown,) = json.loads(program.getvalue())["sets"]
    assert shown["figures"]["exact set"] == {"count": 0, "of": 1, "share": 0.0}
    assert (shown["lines"], len(shown["unreadable"]), len(shown["misses"])) == (1, 1, 1)
    assert "exact set" in table.getvalue()
    assert "0/1    0.0 %" in table.getvalue()
    assert shown["unreadable"][0] in table.getvalue()
    assert shown["misses"][0] not in table.getvalue()
    write_table(table, [found], with_misses=True)
    assert shown["misses"][0] in table.getvalue()


@pytest.mark.parametrize("name", ["tom", "finnes_ikke", "notat.txt"])
def test_a_folder_without_sets_says_what_was_expected(tmp_path: Path, name: str) -> None:
    (tmp_path / "tom").mkdir()
    (tmp_path / "notat.txt").write_text("hei")
    found = run(tmp_path, "evaluate", name)
    assert (found.returncode, found.stdout) == (2, "")
    assert "activities_*.jsonl" in found.stderr


def test_the_command(tmp_path: Path) -> None:
    (tmp_path / "activities_a.jsonl").write_text('{"text": "norskkurs", "labels": ["B"]}\n')
    (tmp_path / "notes.jsonl").write_text("not a set\n")
    found = run(tmp_path, "evaluate", ".", "--json", "--errors")
    assert (found.returncode, found.stderr) == (0, "")
    assert [one["set"] for one in json.loads(found.stdout)["sets"]] == ["activities"]
    (tmp_path / "oos_broken.jsonl").mkdir()
    broken = run(tmp_path, "evaluate", str(tmp_path))
    assert broken.returncode == 1
    assert "oos_broken.jsonl: " in broken.stdout
