"""Municipalities (kommuner) over time: who was valid in a year, and what became of the others.

Called by ``knowledge.gazetteer`` and ``knowledge.places``. Knows numbers, not what people write,
and never chooses between the parts of a municipality that was divided.
"""

from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field

from knowledge.errors import DataError
from knowledge.loading import Record, load_csv

DATA = Path(__file__).parent / "data"
_FIRST_YEAR = 2013  # municipalities.csv holds what has been valid since then


@dataclass(frozen=True, slots=True)
class Municipality:
    """A municipality as it was in the scheme's year, with its county (fylke) of that time."""

    number: str
    name: str
    county: str


class MunicipalityRow(Record):
    """One number in its period: from ``valid_from`` up to, not including, ``valid_to``."""

    number: str = Field(pattern=r"^\d{4}$")
    name: str = Field(min_length=2)
    county: str = Field(min_length=2)
    valid_from: str = Field(pattern=r"^\d{4}-\d\d-\d\d$")
    valid_to: str = Field(pattern=r"^(\d{4}-\d\d-\d\d)?$")
    successor_number: str = Field(pattern=r"^(\d{4}(;\d{4})*)?$")
    county_number: str = Field(pattern=r"^\d{2}$")
    current_number: str = Field(pattern=r"^\d{4}(;\d{4})*$")

    @property
    def successors(self) -> tuple[str, ...]:
        """The numbers that took over; several only where the municipality was divided."""
        return tuple(self.successor_number.split(";")) if self.successor_number else ()


class Municipalities:
    """The municipalities of one year, and the way to them from the numbers of other years."""

    def __init__(self, year: int) -> None:
        """Read ``municipalities.csv``.

        Raises:
            DataError: The file has faults, or does not reach back to ``year``.
        """
        if year < _FIRST_YEAR:
            raise DataError([f"municipalities.csv: begins in {_FIRST_YEAR}, asked for {year}"])
        path = DATA / "municipalities.csv"
        rows = load_csv(path, MunicipalityRow)
        self._day = f"{year}-01-01"  # changes take effect on 1 January
        self._rows = {row.number: row for row in rows}
        unknown = [
            f"{path.name}: successor_number: {row.number} is followed by unknown {number}"
            for row in rows
            for number in row.successors
            if number not in self._rows
        ]
        if unknown:
            raise DataError(unknown)
        self._successors = {row.number: row.successors for row in rows}
        self._predecessors: defaultdict[str, list[str]] = defaultdict(list)
        for row in rows:
            for number in row.successors:
                self._predecessors[number].append(row.number)
        self.all = tuple(
            Municipality(row.number, row.name, row.county) for row in rows if self._is_valid(row)
        )
        self.by_number = {place.number: place for place in self.all}

    @property
    def of_any_year(self) -> tuple[MunicipalityRow, ...]:
        """Every row of the file."""
        return tuple(self._rows.values())

    def knows(self, number: str) -> bool:
        """Whether the number belonged to a municipality in some year."""
        return number in self._rows

    def in_year(self, number: str) -> tuple[Municipality, ...]:
        """What the area under a number of any year was in this year.

        Several where it was divided or is a merger of several; none for an unknown number.
        """
        if number in self.by_number:
            return (self.by_number[number],)
        if number not in self._rows:
            return ()
        row = self._rows[number]
        ended = bool(row.valid_to) and row.valid_to <= self._day
        step = self._successors[number] if ended else self._predecessors.get(number, ())
        found = (place for next_number in step for place in self.in_year(next_number))
        return tuple(dict.fromkeys(found))

    def counties(self, place: Municipality) -> frozenset[str]:
        """The counties of the municipality, of what it came from and of what became of it."""
        found: set[str] = set()
        for direction in (self._successors, self._predecessors):
            waiting = [place.number]
            while waiting:
                number = waiting.pop()
                found.add(self._rows[number].county)
                waiting += direction.get(number, ())
        return frozenset(found)

    def _is_valid(self, row: MunicipalityRow) -> bool:
        return row.valid_from <= self._day and (not row.valid_to or row.valid_to > self._day)
