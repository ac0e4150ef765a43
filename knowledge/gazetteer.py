"""What each place name and postal code meant in one year: a dictionary, no judgement of texts.

Built by ``knowledge.places``. Names are looked up in their folded form (``place_words.fold``).
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from pydantic import Field

from knowledge.errors import DataError
from knowledge.loading import Record, load_csv
from knowledge.municipalities import DATA, Municipalities, Municipality
from knowledge.place_words import EVERY_TOWN, SHORT, fold, spelled
from knowledge.postal_register import PostalRegister

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


@dataclass(frozen=True, slots=True)
class Meaning:
    """The municipalities a name can stand for, by what kind of name it is of each."""

    official: tuple[Municipality, ...] = ()  # their own name that year, in any official language
    other_years: tuple[Municipality, ...] = ()  # of what they were or became; or a short form
    minor: tuple[Municipality, ...] = ()  # a district or post town in them

    @property
    def best(self) -> tuple[Municipality, ...]:
        """Those of the strongest kind. Post towns only put names of other years in order.

        A post town often bears the name of a municipality that it does not lie in.
        """
        if self.official:
            return self.official
        if self.other_years:
            return tuple(sorted(self.other_years, key=lambda place: place not in self.minor))
        return self.minor

    @property
    def all(self) -> tuple[Municipality, ...]:
        """All of them, strongest kind first."""
        return tuple(dict.fromkeys((*self.official, *self.other_years, *self.minor)))

    @property
    def rank(self) -> int:
        """0 for a name of that year, 1 for one of another year, 2 for a part of a municipality."""
        return 0 if self.official else 1 if self.other_years else 2

    @property
    def is_minor(self) -> bool:
        """Whether it is only the name of a part of a municipality."""
        return self.rank == 2

    @property
    def is_unmistakable(self) -> bool:
        """Whether it names one municipality, and no post town of that name lies elsewhere."""
        return len(self.official) == 1 and (not self.minor or self.official[0] in self.minor)


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
        for row in municipalities.of_any_year:
            self._add_name(row.name, row.number)
        self._add_aliases(load_csv(DATA / "municipality_aliases.csv", AliasRow))
        for town, numbers in self._postal.towns().items():
            self._add(self._minor, town, sorted(numbers))
        # Enough to look for slips in; those of smaller places would be too many to tell apart.
        self.well_known = frozenset((*self._official, *self._other_years, *self._minor))
        for part in load_csv(DATA / "town_parts.csv", TownPartRow):
            self._add(self._minor, part.name, [self._known("town_parts.csv", part.number)])
        self._short_forms: _Names = defaultdict(dict)
        for short in load_csv(DATA / "short_forms.csv", ShortFormRow):
            self._add(self._short_forms, short.form, [self._known("short_forms.csv", short.number)])
        self.names = self.well_known | self._minor.keys() | self._short_forms.keys()

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
        )

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
        if len(name) <= SHORT:
            self._short_names.add(spelled(name))
        bearers = names[fold(name)]
        for number in numbers:
            bearers.update(dict.fromkeys(self._municipalities.in_year(number)))

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
