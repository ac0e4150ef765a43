"""Reads names of places in a row of words: exact, with a slip, in the genitive, with a county.

Called by ``knowledge.place_mentions``. Never chooses between two municipalities that both fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Literal

from pydantic import Field

from knowledge.gazetteer import Gazetteer
from knowledge.loading import Record, load_csv
from knowledge.municipalities import DATA, Municipalities, Municipality
from knowledge.place_words import (
    CONJUNCTIONS,
    MUNICIPALITY_WORDS,
    SHORT,
    WITHIN,
    SlipIndex,
    Word,
    fold,
    is_after_preposition,
    joined,
)

LONGEST_NAME = 4  # words: «Herøy (Møre og Romsdal)», «Sogn og Fjordane»
_FIRST_LETTER_COUNTS = 4  # letters: up to here a slip in the first letter makes another word
_MINOR_SLIP = 7  # letters: shorter names of post towns are one slip from too many ordinary words
_SLIP_IN_SENTENCE = 6  # letters: a shorter word is too often an ordinary one


class RegionRow(Record):
    """A part of the country that is no municipality, and the county it was in in 2019."""

    region: str = Field(min_length=2)
    county: str = Field(min_length=2)


class OrdinaryWordRow(Record):
    """A word that must not be taken for a place.

    ``everyday_name``: it is a place's name too, and inside a sentence counts only where it cannot
    be the word. ``never_a_place``: nobody means the place it names or almost names.
    """

    word: str = Field(min_length=2)
    kind: Literal["everyday_name", "never_a_place"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``start`` up to ``end`` of a text, read as a place.

    ``has_region``: a county or region that follows the name is among the words. ``is_minor``: only
    a district or post town bears the name. ``is_unmistakable``: the words are an official name or a
    postal code of the one candidate.
    """

    start: int
    end: int
    candidates: tuple[Municipality, ...]
    has_region: bool = False
    is_minor: bool = False
    is_unmistakable: bool = False


class NameReader:
    """The names of one year, and the ordinary words among them."""

    def __init__(self, municipalities: Municipalities, gazetteer: Gazetteer) -> None:
        """Read ``regions.csv`` and ``ordinary_words.csv``.

        Raises:
            DataError: A file has faults.
        """
        self._gazetteer = gazetteer
        self._counties = {
            place: frozenset(map(fold, municipalities.counties(place)))
            for place in municipalities.all
        }
        self._regions = {county: county for found in self._counties.values() for county in found}
        del self._regions["oslo"]  # the municipality is meant
        for region in load_csv(DATA / "regions.csv", RegionRow):
            self._regions[fold(region.region)] = fold(region.county)
        self._region_beginnings = frozenset(region.split()[0] for region in self._regions)
        words = load_csv(DATA / "ordinary_words.csv", OrdinaryWordRow)
        self._everyday = frozenset(fold(w.word) for w in words if w.kind == "everyday_name")
        self._never = frozenset(fold(w.word) for w in words if w.kind == "never_a_place")

    @cached_property
    def _slips(self) -> SlipIndex:
        return SlipIndex(self._gazetteer.names)

    def name(self, words: Sequence[Word], at: int) -> Mention | None:
        """The name that begins here and, with the county after it, reaches farthest."""
        ends = range(min(at + LONGEST_NAME, len(words)), at, -1)
        found = [mention for end in ends if (mention := self._name_between(words, at, end))]
        # «Bø i Telemark» is a municipality and its county before it is a post town in two of them.
        return max(found, key=lambda m: (m.end, bool(m.candidates), not m.is_minor), default=None)

    def is_meant(self, words: Sequence[Word], found: Mention, is_marked: bool) -> bool:
        """Whether a name inside a sentence is meant as a place and is no ordinary word.

        ``is_marked``: it has a capital letter in a text that is not all capitals.
        """
        is_last = found.end == len(words)
        if found.has_region or (not is_last and words[found.end].key in MUNICIPALITY_WORDS):
            return True
        key = joined(words, found.start, found.end)
        is_located = is_after_preposition(words, found.start)
        if len(key) <= SHORT or key in self._everyday:
            return is_marked and (is_located or is_last)
        return not found.is_minor or is_marked or is_located

    def slip(self, words: Sequence[Word], start: int, end: int) -> Mention | None:
        """Every municipality with a name one slip from these words."""
        key = joined(words, start, end)
        if key in self._never or key in self._regions:
            return None
        # «Fausae» is one slip from Fauske as written, and from Fusa when ae is read as æ.
        written = " ".join(word.written for word in words[start:end])
        names = dict.fromkeys((*self._slips.near(key), *self._slips.near(written)))
        meanings = [meaning for name in names if (meaning := self._gazetteer.meaning(name))]
        meanings.sort(key=lambda meaning: meaning.is_minor)
        places = tuple(dict.fromkeys(place for meaning in meanings for place in meaning.best))
        is_minor = all(meaning.is_minor for meaning in meanings)
        if is_minor and max(map(len, names), default=0) < _MINOR_SLIP:
            return None
        if len(key) <= _FIRST_LETTER_COUNTS and all(name[0] != key[0] for name in names):
            return None
        return self._with_region(words, Mention(start, end, places, is_minor=is_minor), places)

    def slip_in_sentence(self, words: Sequence[Word], at: int, is_marked: bool) -> Mention | None:
        """A slip in one long word that stands where a place would."""
        key = words[at].key
        if len(key) < _SLIP_IN_SENTENCE or key in self._everyday:
            return None
        # A capital at the start of a sentence marks nothing.
        if (is_marked and at > 0) or is_after_preposition(words, at):
            return self.slip(words, at, at + 1)
        return None

    def genitive(self, words: Sequence[Word], at: int, is_marked: bool) -> Mention | None:
        """«Bergens»: municipalities only, and none whose name is an everyday word."""
        name = words[at].key.removesuffix("s")
        if name == words[at].key or not is_marked or len(name) <= SHORT or name in self._everyday:
            return None
        meaning = self._gazetteer.meaning(name)
        return Mention(at, at + 1, meaning.best) if meaning and not meaning.is_minor else None

    def _name_between(self, words: Sequence[Word], start: int, end: int) -> Mention | None:
        key = joined(words, start, end)
        meaning = self._gazetteer.meaning(key)
        if meaning is None or key in self._never or (meaning.is_minor and key in self._regions):
            return None
        if len(key) <= SHORT and not self._gazetteer.is_short_name(words[start].raw):
            return None  # «hæ» is not Hå
        found = Mention(
            start,
            end,
            meaning.best,
            is_minor=meaning.is_minor,
            is_unmistakable=meaning.is_unmistakable,
        )
        return self._with_region(words, found, meaning.all, meaning.official)

    def _with_region(
        self,
        words: Sequence[Word],
        found: Mention,
        bearers: Iterable[Municipality],
        official: Sequence[Municipality] = (),
    ) -> Mention:
        """«Sande i Vestfold»: only those of the name's bearers that lie there, or nothing."""
        at = found.end
        if at < len(words) and words[at].key in MUNICIPALITY_WORDS:
            at += 1
        if at < len(words) and words[at].key in CONJUNCTIONS and self.region(words, at + 1):
            return replace(found, candidates=())  # «Oslo og Akershus» is no municipality
        if at < len(words) and words[at].key in WITHIN:
            at += 1
        region = self.region(words, at)
        if region is None:
            return found
        end, county = region
        there = tuple(place for place in bearers if self.is_in(place, county))
        return replace(
            found,
            end=end,
            candidates=there,
            has_region=True,
            is_unmistakable=len(there) == 1 and there[0] in official,
        )

    def region(self, words: Sequence[Word], at: int) -> tuple[int, str] | None:
        """Where the county or region that begins here ends, and the folded name of the county."""
        if at >= len(words) or words[at].key not in self._region_beginnings:
            return None
        for end in range(min(at + LONGEST_NAME, len(words)), at, -1):
            county = self._regions.get(joined(words, at, end))
            if county:
                return end, county
        return None

    def is_in(self, place: Municipality, county: str) -> bool:
        """Whether the municipality has been in a county, given by its folded name."""
        return county in self._counties[place]
