"""How compounds tell a kind of activity: «norskkurs», «norsk kurs», «norsk- og datakurs».

Called by `knowledge.activity_words` and `knowledge.activity_evidence`. Splits words by the lists of
the data file and knows no grammar beyond a linking letter.
"""

from collections.abc import Iterator, Mapping
from functools import cached_property, lru_cache

from knowledge.activity_files import CLASS, CLUB, GROUP, TELLS, VENUE, CompoundFile, Mark, listed
from knowledge.activity_spelling import Slips, bases

_SHORTEST_PART = 2
_SHORTEST_PART_SLIP = 5  # letters of one part, where the other part is right
_SHORTEST_UNLISTED = 3  # letters of a first part that no list has
_REMEMBERED = 2048  # pairs of words whose reading is kept
_ANY = "any"


class Compounds:
    """First and last parts of compounds, and what they tell together."""

    def __init__(self, file: CompoundFile, not_slips: frozenset[str]) -> None:
        self.modifiers = _lists_of(file.modifiers)
        self.heads = _lists_of(file.heads | {_ANY: file.any_first_part.heads})
        self._rules = file.rule
        self._any_kind = file.any_first_part.kind
        self._not_after = frozenset(listed(file.any_first_part.not_after))
        self._no_compounds = frozenset(listed(file.no_compounds))
        self._together = frozenset(listed(file.written_together))
        self._not_slips = not_slips
        self._longest_head = max(map(len, self.heads))
        self.apart = lru_cache(maxsize=_REMEMBERED)(self._apart)
        self.hanging = lru_cache(maxsize=_REMEMBERED)(self._hanging)

    def marks(self, of_word: tuple[str, ...]) -> tuple[Mark, ...]:
        """What a compound tells: by parts that are right, else by a last part with a slip.

        Args:
            of_word: The word and what it may be an inflection of.
        """
        if not self._no_compounds.isdisjoint(of_word):
            return ()
        for split in (self._splits, self._splits_with_slip):
            for base in of_word:
                for first, last in split(base):
                    if marks := self._parts(first, last):
                        return marks
        return ()

    def _splits(self, base: str) -> Iterator[tuple[str, str]]:
        """The ways to split a word before one of the last parts."""
        earliest = max(_SHORTEST_PART, len(base) - self._longest_head)
        for start in range(earliest, len(base) - _SHORTEST_PART + 1):
            if base[start:] in self.heads:
                yield base[:start], base[start:]

    def _splits_with_slip(self, base: str) -> Iterator[tuple[str, str]]:
        """The ways to split a word after one of the first parts, with a slip in the last."""
        earliest = max(_SHORTEST_PART, len(base) - self._longest_head - 1)
        for start in range(earliest, len(base) - _SHORTEST_PART_SLIP + 1):
            if base[:start] in self.modifiers and (last := self._head_slips.find(base[start:])):
                yield base[:start], last

    def _apart(self, first: str, last: str) -> Mark | None:
        """What two words in a row tell as parts of one compound; cached as ``apart``."""
        modifiers = self.modifiers.get(first)
        if not modifiers or first in self._together:
            return None
        told = (self._told(modifiers, self.heads.get(base)) for base in bases(last))
        return next((mark for mark in told if mark), None)

    def _hanging(self, first: str, compound: str) -> Mark | None:
        """What a first part tells that hangs on a later compound's last part; cached likewise."""
        modifiers = self.modifiers.get(first)
        if not modifiers:
            return None
        for base in bases(compound):
            for start in range(len(base) - _SHORTEST_PART):
                if heads := self.heads.get(base[start:]):
                    return self._told(modifiers, heads)
        return None

    def _parts(self, first: str, last: str) -> tuple[Mark, ...]:
        heads = self.heads[last]
        modifiers = self._modifiers_of(first, last)
        if modifiers and (mark := self._told(modifiers, heads)):
            return (mark,)
        if len(first) < _SHORTEST_UNLISTED:
            return ()
        if "thing" in heads:
            return (Mark(CLASS, "thing"),)
        if _ANY in heads and first not in self._not_after:
            return (Mark(TELLS, self._any_kind),)
        return ()

    def _modifiers_of(self, first: str, last: str) -> frozenset[str] | None:
        """What a first part is about: with or without a linking letter, or by its own last part."""
        for part in (first, first + last[0], first[:-1] if first[-1:] in ("s", "e") else first):
            if part in self.modifiers:
                return self.modifiers[part]
        for start in range(_SHORTEST_UNLISTED, len(first) - _SHORTEST_PART):
            if first[start:] in self.modifiers:
                return self.modifiers[first[start:]]
        meant = None if first in self._not_slips else self._modifier_slips.find(first)
        return self.modifiers.get(meant) if meant else None

    def _told(self, modifiers: frozenset[str], heads: frozenset[str] | None) -> Mark | None:
        if not heads:
            return None
        for rule in self._rules:
            if rule.modifier in modifiers and rule.head in heads:
                return Mark(_sort_of(heads) if rule.head == "gathering" else TELLS, rule.kind)
        if "organisation" in heads and "leisure" in modifiers:
            return Mark(CLUB, self._any_kind)
        return None

    @cached_property
    def _modifier_slips(self) -> Slips:
        return Slips(self.modifiers, _SHORTEST_PART_SLIP)

    @cached_property
    def _head_slips(self) -> Slips:
        return Slips(self.heads, _SHORTEST_PART_SLIP)


def _sort_of(heads: frozenset[str]) -> str:
    """Whether a last part of gatherings is what goes on, where, or who does it."""
    if "venue" in heads:
        return VENUE
    return GROUP if "group" in heads else TELLS


def _lists_of(lists: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The lists that each word stands in."""
    found: dict[str, set[str]] = {}
    for name, words in lists.items():
        for word in listed(words):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}
