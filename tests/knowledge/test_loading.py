"""A fault in a data file is told with its place, and all faults at once."""

from collections.abc import Iterator, Mapping
from enum import Enum
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import Field, ValidationError, field_validator

from knowledge.errors import DataError
from knowledge.loading import Record, load_csv, load_toml, read_table


class Town(Record):
    number: str = Field(pattern=r"^\d{4}$")
    name: str = Field(min_length=2)
    size: int = 0


class Colour(Enum):
    RED = "red"
    BLUE = "blue"


class Cell(Record):
    scope: tuple[Literal["local", "national"], ...] = ()
    colour: Colour = Colour.RED


class Rule(Record):
    id: str
    when: Cell = Cell()
    cites: str = "slides"

    @field_validator("cites")
    @classmethod
    def _source_exists(cls, cites: str) -> str:
        if cites != "slides":
            raise ValueError(f"no source {cites!r}; known: slides")
        return cites


class Scheme(Record):
    year: int
    grantor: tuple[Rule, ...] = ()
    titles: Mapping[str, Rule] = {}


class Listed(Record):
    words: tuple[str, ...]

    @field_validator("words")
    @classmethod
    def _short(cls, words: tuple[str, ...]) -> tuple[str, ...]:
        if long := [i for i, word in enumerate(words) if len(word) > 3]:
            raise DataError(f"[{i}]: too long" for i in long)
        return words


class Lists(Record):
    lists: tuple[Listed, ...]


def faults_of_csv(path: Path, data: bytes) -> tuple[str, ...]:
    path.write_bytes(data)
    with pytest.raises(DataError) as error:
        load_csv(path, Town)
    return error.value.faults


def faults_of_toml(path: Path, text: str, model: type[Record] = Scheme) -> tuple[str, ...]:
    path.write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_toml(path, model)
    return error.value.faults


HEADER = b"number,name,size\n"


@pytest.mark.parametrize(
    "data",
    [
        pytest.param(b"number,name,size\n0301,Oslo,7\n", id="plain"),
        pytest.param(b"\xef\xbb\xbfnumber,name,size\n0301,Oslo,7\n", id="with a byte order mark"),
        pytest.param(b"number,name,size\r\n0301,Oslo,7\r\n", id="with Windows line ends"),
        pytest.param(b'number,name,size\n"0301","Oslo","7"', id="quoted, no last line end"),
        pytest.param(b"number,name,size\n\n0301,Oslo,7\n\n", id="with empty lines"),
    ],
)
def test_a_sound_file_is_read_as_text_and_typed_by_the_model(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "towns.csv"
    path.write_bytes(data)
    assert load_csv(path, Town) == (Town(number="0301", name="Oslo", size=7),)


@pytest.mark.parametrize(
    ("data", "faults"),
    [
        pytest.param(b"", ["towns.csv: the file is empty"], id="empty"),
        pytest.param(b" \n\n", ["towns.csv: the file is empty"], id="only space"),
        pytest.param(
            b"number,nme,size\n",
            ["towns.csv:1: no column 'name', unknown column 'nme'; expected number,name,size"],
            id="a column misspelt",
        ),
        pytest.param(
            b"name,number,size\n",
            ["towns.csv:1: columns twice or in another order; expected number,name,size"],
            id="columns in another order",
        ),
        pytest.param(
            HEADER + b"0301,Oslo\n4601,Bergen,2,3\n",
            ["towns.csv:2: 2 columns, expected 3", "towns.csv:3: 4 columns, expected 3"],
            id="too few and too many columns",
        ),
        pytest.param(
            HEADER + b"301,Oslo,7\n4601,B,many\n",
            [
                "towns.csv:2: number: String should match pattern '^\\d{4}$', got '301'",
                "towns.csv:3: name: String should have at least 2 characters, got 'B'",
                "towns.csv:3: size: Input should be a valid integer, unable to parse string as an"
                " integer, got 'many'",
            ],
            id="three wrong values in two rows",
        ),
        pytest.param(
            HEADER + b"0301,Oslo,7\n4601,B\xe6rum,3\n0219,\xe6,3\n",
            [
                "towns.csv:3: not UTF-8 at byte 7, got '4601,B\\\\xe6rum,3'",
                "towns.csv:4: not UTF-8 at byte 6, got '0219,\\\\xe6,3'",
            ],
            id="Latin-1 on two lines",
        ),
        pytest.param(
            HEADER + b'0301,"Oslo,7\n',
            ["towns.csv:2: not CSV: unexpected end of data"],
            id="a quote never closed",
        ),
    ],
)
def test_every_fault_of_a_csv_file_is_told(tmp_path: Path, data: bytes, faults: list[str]) -> None:
    assert list(faults_of_csv(tmp_path / "towns.csv", data)) == faults


def test_a_row_of_several_lines_is_told_by_its_last(tmp_path: Path) -> None:
    (fault,) = faults_of_csv(tmp_path / "towns.csv", HEADER + b'0301,"Os\nlo",7\n1,"No\nwhere",2\n')
    assert fault.startswith("towns.csv:5: number: ")


def test_a_missing_file_says_where_it_was_looked_for(tmp_path: Path) -> None:
    with pytest.raises(DataError) as error:
        load_csv(tmp_path / "none.csv", Town)
    assert str(error.value) == f"none.csv: no such file in {tmp_path}"


def test_a_folder_in_place_of_a_file_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(DataError, match="cannot be read"):
        load_toml(tmp_path, Scheme)


def test_a_table_keeps_the_line_of_each_row(tmp_path: Path) -> None:
    path = tmp_path / "long.csv"
    path.write_text("a,b\n1,2\n\n3,4\n", encoding="utf-8")
    assert read_table(path, ["a", "b"]) == [(2, ["1", "2"]), (4, ["3", "4"])]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        pytest.param("", ["s.toml: the file is empty"], id="empty"),
        pytest.param(
            "year = 2019\nyear 2020\n",
            ["s.toml:2: not TOML: Expected '=' after a key in a key/value pair"],
            id="not TOML",
        ),
        pytest.param(
            'year = "', ["s.toml: not TOML: Unterminated string (at end of document)"], id="cut off"
        ),
        pytest.param("grantor = []\n", ["s.toml: year: missing"], id="a field is missing"),
        pytest.param(
            'year = 2019\n[[grantor]]\nid = "a"\n'
            '[[grantor]]\nid = "b"\nwhen.scope = ["local", "natonal"]\n',
            [
                "s.toml: grantor[1].when.scope[1]: 'natonal' is not a value of scope; "
                "did you mean 'national'?"
            ],
            id="a value misspelt, deep down",
        ),
        pytest.param(
            'year = 2019\ngrantor = [{id = "a", when = {scope = ["everywhere"]}}]\n',
            [
                "s.toml: grantor[0].when.scope[0]: 'everywhere' is not a value of scope; "
                "known: local, national"
            ],
            id="a value far from all others",
        ),
        pytest.param(
            'year = 2019\ngrantor = [{id = "a", when = {colour = "bleu"}}]\n',
            [
                "s.toml: grantor[0].when.colour: 'bleu' is not a value of colour; "
                "did you mean 'blue'?"
            ],
            id="an enumeration's value misspelt",
        ),
        pytest.param(
            'year = 2019\nyeer = 1\ngrantor = [{id = "a", when = {scop = []}}]\n',
            [
                "s.toml: grantor[0].when.scop: unknown field; did you mean 'scope'?",
                "s.toml: yeer: unknown field; did you mean 'year'?",
            ],
            id="unknown fields, at the top and deep down",
        ),
        pytest.param(
            'year = 2019\n[titles.nb]\nid = "a"\ncite = "b"\n',
            ["s.toml: titles.nb.cite: unknown field; did you mean 'cites'?"],
            id="an unknown field under a free key",
        ),
        pytest.param(
            'year = 2019\ngrantor = [{id = "a", cites = "slides-2018"}]\n',
            ["s.toml: grantor[0].cites: no source 'slides-2018'; known: slides"],
            id="a validator's own words",
        ),
        pytest.param(
            f'year = "{"9" * 200}x"\n',
            [
                "s.toml: year: Input should be a valid integer, unable to parse string as an "
                f"integer, got '{'9' * 79}…"
            ],
            id="a long value is cut",
        ),
    ],
)
def test_every_fault_of_a_toml_file_is_told(tmp_path: Path, text: str, faults: list[str]) -> None:
    assert list(faults_of_toml(tmp_path / "s.toml", text)) == faults


def test_a_validator_can_tell_several_faults_below_its_field(tmp_path: Path) -> None:
    text = 'lists = [{words = ["abc"]}, {words = ["abcd", "a", "efgh"]}]\n'
    assert faults_of_toml(tmp_path / "l.toml", text, Lists) == (
        "l.toml: lists[1].words[0]: too long",
        "l.toml: lists[1].words[2]: too long",
    )


def test_faults_of_the_whole_file_stand_beside_faults_of_fields(tmp_path: Path) -> None:
    def later_than_2020(values: Mapping[str, Any]) -> Iterator[str]:
        if values.get("year", 0) < 2020:
            yield "year: before 2020"

    path = tmp_path / "s.toml"
    path.write_text("year = 2019\ntitle = 1\n", encoding="utf-8")
    with pytest.raises(DataError) as error:
        load_toml(path, Scheme, later_than_2020)
    assert error.value.faults == (
        "s.toml: title: unknown field; did you mean 'titles'?",
        "s.toml: year: before 2020",
    )
    path.write_text("year = 2021\n", encoding="utf-8")
    assert load_toml(path, Scheme, later_than_2020) == Scheme(year=2021)


def test_a_record_is_never_changed() -> None:
    town = Town(number="0301", name="Oslo")
    with pytest.raises(ValidationError, match="frozen"):
        town.name = "Christiania"  # type: ignore[misc]  # what mypy forbids is tried on purpose


def test_an_error_shows_one_fault_a_line() -> None:
    error = DataError(iter(["a.csv:1: one", "b.csv:2: two"]))
    assert error.faults == ("a.csv:1: one", "b.csv:2: two")
    assert str(error) == "a.csv:1: one\nb.csv:2: two"


@given(data=st.binary(max_size=300))
def test_any_bytes_are_read_or_refused_in_words(
    tmp_path_factory: pytest.TempPathFactory, data: bytes
) -> None:
    path = tmp_path_factory.getbasetemp() / "any"
    path.write_bytes(data)
    for load in (lambda: load_csv(path, Town), lambda: load_toml(path, Scheme)):
        faults: tuple[str, ...] = ()
        try:
            assert load() is not None
        except DataError as error:
            faults = error.faults or ("no fault told",)
        assert all(fault.startswith("any") for fault in faults)
