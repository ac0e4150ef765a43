"""`veiviser check`: every check is run and told, and one fault is enough to fail."""

import io
from pathlib import Path

import pytest

from bot.check import Check, Found, Tell, checks, run_checks, write_classes
from knowledge.errors import DataError
from knowledge.mutation import Mutant
from tests.bot.running import run


def test_the_projects_own_data_and_texts_pass() -> None:
    """All but the walks over every answer, which take their time and have tests of their own."""
    out = io.StringIO()
    quick = [check for check in checks(2019) if not check.name.startswith(("Bevis", "Klasser"))]
    assert run_checks(quick, out), out.getvalue()
    assert "422 kommuner" in out.getvalue()


def test_faults_are_listed_and_the_other_checks_are_run() -> None:
    def broken(tell: Tell) -> Found:
        raise DataError(["kommuner.csv:3: first", "kommuner.csv:4: second"])

    out = io.StringIO()
    passed = run_checks(
        [
            Check("Data", broken),
            Check("Tekster", lambda _: Found(("nn.ftl: third",), "3 språk")),
            Check("Bevis", broken),
            Check("Regler", lambda _: Found(figure="33 regler")),
        ],
        out,
    )
    assert not passed
    lines = out.getvalue().splitlines()
    assert [line.split()[0] for line in lines] == [
        "Data",
        "kommuner.csv:3:",
        "kommuner.csv:4:",
        "Tekster",
        "nn.ftl:",
        "Bevis",  # its faults stand above
        "Regler",
    ]
    assert "2 feil" in lines[0]
    assert "33 regler" in lines[-1]


def test_a_year_without_a_file_fails(tmp_path: Path) -> None:
    found = run(tmp_path, "check", settings={"VEIVISER_SCHEME_YEAR": "1999"})
    assert found.returncode == 1
    assert "no such scheme year" in found.stdout


def test_a_change_of_the_rules_that_nothing_catches_is_a_fault(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    catches = {"caught": "witness", "same": "equivalent", "alive": ""}
    monkeypatch.setattr(
        "knowledge.mutation.mutants", lambda file: [Mutant(what, {}) for what in catches]
    )
    monkeypatch.setattr(
        "knowledge.mutation.caught_by", lambda scheme, reviewed, mutant: catches[mutant.what]
    )
    *_, last = checks(2019, mutants=True)
    told: list[str] = []
    found = last.run(told.append)
    assert found.faults == ("alive: not caught by anything",)
    assert found.figure == "3 endringer, 1 uten virkning"
    assert told[-1] == "3 av 3"


def test_the_list_of_classes_is_written_for_somebody_to_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("knowledge.space.cases", lambda scheme, space, answers: [])
    monkeypatch.setattr("knowledge.classes.classes_path", lambda year: tmp_path / f"{year}.txt")
    out = io.StringIO()
    write_classes(2019, out)
    assert out.getvalue().startswith("2019.txt er skrevet")
    assert (tmp_path / "2019.txt").read_text().startswith("# Verdict classes")
