"""Places that are no municipality: parts of the country, all of it, Svalbard, other countries.

Called by the modules of ``knowledge`` that read places. A part of the country also tells which of
several namesakes is meant. Never takes a people for a place: «fra Syria» is where somebody is from.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from knowledge.loading import Record, load_csv
from knowledge.municipalities import DATA, Municipalities, Municipality
from knowledge.place_words import (
    AREA_ENDINGS,
    LOCATIVES,
    LONGEST_NAME,
    REGION_WORDS,
    Word,
    fold,
    joined,
)

OutsideKind = Literal["region", "national", "abroad", "svalbard"]


class RegionRow(Record):
    """A part of the country that is no municipality, and one county it was in in 2019."""

    region: str = Field(min_length=2)
    county: str = Field(min_length=2)


class ElsewhereRow(Record):
    """Words for the whole country, Svalbard, or somewhere abroad.

    ``national_alone``: the whole country only where the text says nothing else («Norge»).
    """

    name: str = Field(min_length=2)
    kind: Literal["national", "national_alone", "svalbard", "abroad"]


@dataclass(frozen=True, slots=True)
class Outside:
    """Words up to ``end`` that name a place of this kind; ``counties`` (folded) of a region."""

    end: int
    kind: OutsideKind
    counties: frozenset[str] = frozenset()


class Elsewhere:
    """The names of everything that is no municipality."""

    def __init__(self, municipalities: Municipalities) -> None:
        """Read ``regions.csv`` and ``elsewhere.csv``; the counties come with the municipalities.

        Raises:
            DataError: A file has faults.
        """
        counties_of = {place: municipalities.counties(place) for place in municipalities.all}
        folded = {county: fold(county) for county in frozenset().union(*counties_of.values())}
        self._counties = {
            place: frozenset(folded[county] for county in counties)
            for place, counties in counties_of.items()
        }
        regions: defaultdict[str, set[str]] = defaultdict(set)
        for county in frozenset(folded.values()) - {"oslo"}:  # the municipality is meant
            regions[county].add(county)
        for row in load_csv(DATA / "regions.csv", RegionRow):
            regions[fold(row.region)].add(folded.get(row.county, row.county))
        self._regions = {name: frozenset(counties) for name, counties in regions.items()}
        self._kinds: dict[str, OutsideKind] = dict.fromkeys(self._regions, "region")
        self._alone: set[str] = set()
        for other in load_csv(DATA / "elsewhere.csv", ElsewhereRow):
            if other.kind == "national_alone":
                self._alone.add(fold(other.name))
            else:
                self._kinds[fold(other.name)] = other.kind
        self.names = frozenset(self._kinds) | self._alone
        self.beginnings = frozenset(name.split()[0] for name in self.names)

    def whole(self, words: Sequence[Word], start: int, end: int) -> Outside | None:
        """What these words name if they are all that was written."""
        name = joined(words, start, end)
        if name in self._alone:
            return Outside(end, "national")
        kind = self._kinds.get(name)
        return Outside(end, kind, self._regions.get(name, frozenset())) if kind else None

    def at(self, words: Sequence[Word], at: int, is_located: bool = False) -> Outside | None:
        """The longest such name that begins here in a sentence and is meant as a place.

        Args:
            words: The sentence.
            at: Where the name may begin.
            is_located: It is known that a place stands here, as after «Oslo og».
        """
        if at >= len(words):
            return None
        if words[at].key not in self.beginnings:
            return self._named_after(words, at)
        for end in range(min(at + LONGEST_NAME, len(words)), at, -1):
            found = self.whole(words, at, end)
            if found and self._is_meant(words, at, found, is_located):
                is_followed = end < len(words) and words[end].key in REGION_WORDS
                return replace(found, end=end + 1) if found.counties and is_followed else found
        return None

    def region(self, words: Sequence[Word], at: int) -> Outside | None:
        """The part of the country that begins here."""
        found = self.at(words, at)
        return found if found and found.counties else None

    def kind_of(self, name: str) -> OutsideKind:
        """What one of ``names`` is the name of."""
        return "national" if name in self._alone else self._kinds[name]

    def counties_of(self, place: Municipality) -> frozenset[str]:
        """The counties the municipality has been in, by their folded names."""
        return self._counties[place]

    def is_in(self, place: Municipality, counties: frozenset[str]) -> bool:
        """Whether the municipality has been in one of these counties, given by folded names."""
        return not self._counties[place].isdisjoint(counties)

    def _named_after(self, words: Sequence[Word], at: int) -> Outside | None:
        """«Fosenregionen»: a region with a word for region joined to it."""
        if not words[at].key.endswith(AREA_ENDINGS):
            return None
        for ending in AREA_ENDINGS:
            stem = words[at].key.removesuffix(ending)
            if stem != words[at].key:
                counties = self._regions.get(stem) or self._regions.get(stem.removesuffix("s"))
                return Outside(at + 1, "region", counties) if counties else None
        return None

    def _is_meant(self, words: Sequence[Word], at: int, found: Outside, is_located: bool) -> bool:
        if joined(words, at, found.end) in self._alone:
            return False
        if found.kind == "abroad":
            return is_located or (at > 0 and words[at - 1].key in LOCATIVES)
        return True
