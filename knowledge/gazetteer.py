"""What each place name and postal code meant in one year: a dictionary, no judgement of texts.

Built by ``knowledge.places``. Names are looked up in their folded form (``place_words.fold``).
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Literal

from pydantic import Field

from knowledge.errors import DataError
from knowledge.loading import Record, load_csv
from knowledge.municipalities import DATA, Municipalities, Municipality
from knowledge.place_meaning import Meaning
from knowledge.place_words import (
    EVERY_TOWN,
    SHORT,
    Word,
    as_spelled,
    fold,
    joined,
    spelled,
    without_marks,
)
from knowledge.postal_register import PostalRegister

_NAMESAKE = re.compile(r" (?:I|PÅ) ")  # the register's «DALE I SUNNFJORD»
_Names = defaultdict[str, dict[Municipality, None]]  # folded name: its bearers, in order


class AliasRow(Record):
    """Another name of a municipality, or the name of a part of it."""

    alias: str = Field(min_length=2)
    number: str = Field(pattern=r"^\d{4}$")
    kind: Literal[
        "official_parallel", "sami", "kven", "disambiguated", "city_district", "former_before_2013"
    ]


class ShortFormRow(Record):
    """How people shorten the name of a municipality, or what they call it for fun."""

    form: str = Field(min_length=2)
    number: str = Field(pattern=r"^\d{4}$")


class TownPartRow(Record):
    """A neighbourhood or village that is no official district and no post town."""

    name: str = Field(min_length=2)
    number: str = Field(pattern=r"^\d{4}$")


class Gazetteer:
    """The names and postal codes of one year."""

    def __init__(self, municipalities: Municipalities, year: int) -> None:
        """Read the files of aliases, short forms and parts of towns, and the postal register.

        Raises:
            DataError: A file has faults, or names a municipality number that never was.
        """
        self._municipalities = municipalities
        self._postal = PostalRegister(municipalities, year)
        self._official: _Names = defaultdict(dict)
        self._other_years: _Names = defaultdict(dict)
        self._minor: _Names = defaultdict(dict)
        self._short_names: set[str] = set()
        self._spellings: defaultdict[str, defaultdict[str, set[Municipality]]]
        self._spellings = defaultdict(lambda: defaultdict(set))
        for row in municipalities.of_any_year:
            self._add_name(row.name, row.number)
        self._add_aliases(load_csv(DATA / "municipality_aliases.csv", AliasRow))
        self._shared: set[str] = set()
        for town, numbers in self._postal.towns().items():
            self._add(self._minor, town, sorted(numbers))
            first, *rest = _NAMESAKE.split(town)
            if rest:
                self._add(self._minor, first, sorted(numbers))
                self._shared.add(fold(first))
        # Enough to look for slips in; those of smaller places would be too many to tell apart.
        self.well_known = frozenset((*self._official, *self._other_years, *self._minor))
        parts = load_csv(DATA / "town_parts.csv", TownPartRow)
        for part in parts:
            self._add(self._minor, part.name, [self._known("town_parts.csv", part.number)])
        self._contested = self._official.keys() & {fold(part.name) for part in parts}
        self._short_forms: _Names = defaultdict(dict)
        for short in load_csv(DATA / "short_forms.csv", ShortFormRow):
            self._add(self._short_forms, short.form, [self._known("short_forms.csv", short.number)])
        self.names = self.well_known | self._minor.keys() | self._short_forms.keys()
        self._look_alikes = {
            name: spellings
            for name, spellings in self._spellings.items()
            if len({frozenset(places) for places in spellings.values()}) > 1
        }
        self._spellings.clear()
        self._most_words: dict[str, int] = {}
        for name in self.names:
            first, *more = name.split()
            self._most_words[first] = max(self._most_words.get(first, 0), 1 + len(more))

    def meaning(self, name: str) -> Meaning | None:
        """What a folded name stands for; None where nothing bears it.

        A known name can stand for no municipality at all, as Longyearbyen does.
        """
        if name not in self.names:
            return None
        return Meaning(
            tuple(self._official.get(name, ())),
            tuple(self._other_years.get(name) or self._short_forms.get(name) or ()),
            tuple(self._minor.get(name, ())),
            is_contested=name in self._contested or name in self._look_alikes,
            is_shared=name in self._shared,
        )

    def meaning_of(self, words: Sequence[Word]) -> Meaning | None:
        """What these words stand for as they are spelled: Lærdal is not Lardal.

        Written without æ, ø and å they stand for both.
        """
        name = joined(words, 0, len(words))
        meaning = self.meaning(name)
        if meaning and name in self._look_alikes:
            spelling = " ".join(spelled(word.raw) for word in words)
            places = self._look_alikes[name].get(spelling)
            if places and not spelling.isascii():
                return replace(meaning.among(places), is_contested=False)
        return meaning

    def most_words(self, first: str) -> int:
        """How many words the longest name has that begins with this one; 0 where none does."""
        return self._most_words.get(first, 0)

    def is_short_name(self, word: str) -> bool:
        """Whether a word is a short name with its own å, æ and ø, be they written aa, ae and oe.

        In folding Hå becomes «ha», and so does «hæ».
        """
        return spelled(word) in self._short_names

    def postal_code(self, code: str) -> tuple[Municipality, ...] | None:
        """Where a code lies, whatever its post town is called; None for a code not in use.

        Several only where the code is newer than the year and its area has been merged since;
        nowhere for a code on Svalbard.
        """
        number = self._postal.number(code)
        return self._municipalities.in_year(number) if number else None

    def is_post_town_of(self, name: str, code: str) -> bool:
        """Whether the register gives the code this folded name."""
        return any(fold(town) == name for town in self._postal.names(code))

    def _known(self, file: str, number: str) -> str:
        if not self._municipalities.knows(number):
            raise DataError([f"{file}: no municipality ever had number {number}"])
        return number

    def _add_name(self, name: str, number: str) -> None:
        valid = number in self._municipalities.by_number
        self._add(self._official if valid else self._other_years, name, [number])

    def _add(self, names: _Names, name: str, numbers: Iterable[str]) -> None:
        spelling = as_spelled(name)
        folded = without_marks(spelling)
        if len(folded) <= SHORT:
            self._short_names.add(spelling)
        places = [place for number in numbers for place in self._municipalities.in_year(number)]
        names[folded].update(dict.fromkeys(places))
        self._spellings[folded][spelling].update(places)

    def _add_aliases(self, aliases: Iterable[AliasRow]) -> None:
        faults = []
        for row in aliases:
            if not self._municipalities.knows(row.number):
                faults.append(f"{row.alias}: no municipality ever had number {row.number}")
            elif row.kind == "former_before_2013":
                self._add(self._other_years, row.alias, [row.number])
            elif row.kind != "city_district":
                self._add_name(row.alias, row.number)
            elif fold(row.alias) not in EVERY_TOWN:
                self._add(self._minor, row.alias, [row.number])
        if faults:
            raise DataError(f"municipality_aliases.csv: {fault}" for fault in faults)
