"""Faults between files, and in several at once, stop the start with every one of them named."""

from pathlib import Path
from typing import Any

import pytest

from knowledge import data_check
from knowledge.data_check import check_data, load_checked
from knowledge.errors import DataError
from knowledge.scheme import SCHEMES, Scheme, load_scheme, scheme_from


def changed(folder: Path, *replaced: tuple[str, str]) -> Scheme:
    text = (SCHEMES / "2019.toml").read_text(encoding="utf-8")
    for old, new in replaced:
        assert old in text
        text = text.replace(old, new, 1)
    path = folder / "2019.toml"
    path.write_text(text, encoding="utf-8")
    return scheme_from(path)


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        pytest.param(
            'number = "0906", name = "Arendal"',
            'number = "0907", name = "Arendal"',
            "2019.toml: allocation.municipalities[0]: 0907 is no municipality in 2019, not Arendal",
            id="a number that is no municipality",
        ),
        pytest.param(
            'number = "1201", name = "Bergen"',
            'number = "0906", name = "Arendal"',
            "2019.toml: allocation.municipalities[1]: 0906 stands there already",
            id="a municipality twice",
        ),
        pytest.param(
            "value = 49_920_000",
            "value = 49_920_001",
            "2019.toml: fact: 33280000 and 49920001 are not 83200000",
            id="amounts that do not add up",
        ),
    ],
)
def test_what_does_not_agree_is_named(tmp_path: Path, old: str, new: str, fault: str) -> None:
    with pytest.raises(DataError) as found:
        check_data(changed(tmp_path, (old, new)))
    assert fault in found.value.faults


def test_the_files_as_they_are_agree() -> None:
    assert load_checked(2019) is load_scheme(2019)


def test_faults_of_several_files_are_listed_together(monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(name: str) -> Any:
        def read(*given: object) -> None:
            raise DataError([f"{name}: wrong"])

        return read

    monkeypatch.setattr(data_check, "load_scheme", broken("2019.toml"))
    monkeypatch.setattr("knowledge.places.Places.load", broken("places.csv"))
    with pytest.raises(DataError) as found:
        load_checked(2019)
    assert found.value.faults == ("2019.toml: wrong", "places.csv: wrong")


def test_a_fault_in_the_questions_and_answers_stops_the_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(data_check, "check_faq", lambda scheme: ["2019-who.toml: entry: wrong"])
    with pytest.raises(DataError) as found:
        load_checked(2019)
    assert found.value.faults == ("2019-who.toml: entry: wrong",)
