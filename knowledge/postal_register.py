"""The postal register: which municipality each postal code lies in, before and after 2020.

Called by ``knowledge.gazetteer``. Its five thousand rows are read when the first place is named in
a chat, so each is checked by one pattern instead of by a pydantic record.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple

from knowledge.errors import DataError
from knowledge.loading import read_table
from knowledge.municipalities import DATA, Municipalities

_REFORM = 2020  # most municipality numbers changed on 1 January of that year
_OFF_MAINLAND = frozenset({"2100", "2211"})  # Svalbard and Jan Mayen: no municipalities
_ROW = re.compile(r"\d{4},[^,]{2,},[GPBS],(\d{4})?,(\d{4})?", re.ASCII)
_EXPECTED = "expected 'code,place,category (G, P, B or S),municipality 2019,municipality 2026'"


class PostalRow(NamedTuple):
    """One code and one name of it; a municipality is empty where the code was not in use.

    ``category`` is Bring's letter: G street addresses, P post boxes, B both, S service.
    """

    postal_code: str
    place: str
    category: str
    municipality_2019: str
    municipality_2026: str


class PostalRegister:
    """Codes and post towns, with the municipality numbers nearest to one year."""

    def __init__(self, municipalities: Municipalities, year: int) -> None:
        """Read ``places.csv``.

        Raises:
            DataError: The file has faults, or names a municipality number that never was.
        """
        self._before_reform = year < _REFORM
        self._codes: defaultdict[str, list[PostalRow]] = defaultdict(list)
        path = DATA / "places.csv"
        rows = read_table(path, PostalRow._fields)
        faults = [
            f"{path.name}:{line}: {_EXPECTED}, got {','.join(row)!r}"
            for line, row in rows
            if not _ROW.fullmatch(",".join(row))
        ]
        if faults:
            raise DataError(faults)
        for _, values in rows:
            self._codes[values[0]].append(PostalRow._make(values))
        if faults := [*self._unknown_numbers(municipalities)]:
            raise DataError(faults)

    def number(self, code: str) -> str | None:
        """The number of the municipality that a code lies in; None for a code not in use.

        A code newer than the year gives a number of 2026.
        """
        rows = self._codes.get(code)
        return self._number_then(rows[0]) or _any_number(rows[0]) if rows else None

    def names(self, code: str) -> tuple[str, ...]:
        """The post towns that the register gives a code; several where the name was changed."""
        return tuple(row.place for row in self._codes.get(code, ()))

    def towns(self) -> Mapping[str, set[str]]:
        """Each post town with the numbers of the municipalities that its codes lie in.

        Codes newer than the year count only for towns that had no code then.
        """
        then: defaultdict[str, set[str]] = defaultdict(set)
        otherwise: defaultdict[str, set[str]] = defaultdict(set)
        for row in self._rows():
            if row.category != "S":  # a service code says nothing of where the town lies
                number = self._number_then(row)
                towns = then if number else otherwise
                towns[row.place].add(number or _any_number(row))
        return otherwise | then

    def _number_then(self, row: PostalRow) -> str:
        return row.municipality_2019 if self._before_reform else row.municipality_2026

    def _rows(self) -> Iterable[PostalRow]:
        return (row for rows in self._codes.values() for row in rows)

    def _unknown_numbers(self, municipalities: Municipalities) -> Iterator[str]:
        numbers = {n: row for row in self._rows() for n in row[3:] if n}
        for number, row in numbers.items():
            if number not in _OFF_MAINLAND and not municipalities.knows(number):
                yield f"places.csv: no municipality ever had number {number} ({row.postal_code})"


def _any_number(row: PostalRow) -> str:
    return row.municipality_2019 or row.municipality_2026
