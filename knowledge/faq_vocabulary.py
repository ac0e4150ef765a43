"""The words of the FAQ's phrasings: which entries use them, and which are like a word that is not.

Called by `knowledge.faq_frames` and `knowledge.faq_index`. Knows an entry only by its number.
"""

from array import array
from collections import Counter, defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from heapq import nlargest
from math import log, sqrt

from knowledge.faq_words import pieces
from knowledge.place_slips import one_slip_apart

SURPRISE = 5.0  # how much it counts that others seldom have what an entry has
_SHORTEST_WITH_SLIP = 6  # letters; shorter words have too many neighbours
_ALIKE, _MOST_ALIKE = 0.5, 8  # «kommunar» and «kommunene» share that much of their pieces
_REMEMBERED = 4096  # words people write


@dataclass(frozen=True, slots=True)
class Weights:
    """How much more often entries have something than others have it, and the most there is."""

    by_entry: Mapping[int, float]
    most: float


def weights(rates: Mapping[int, float], entries: int) -> Weights:
    """From the share of an entry's phrasings that have something, for all entries that have it."""
    usual = sum(rates.values()) / entries
    if not usual:
        return Weights({}, log(1 + SURPRISE * entries))
    by_entry = {entry: log(1 + SURPRISE * rate / usual) for entry, rate in rates.items()}
    return Weights(by_entry, log(1 + SURPRISE / usual))


class Vocabulary:
    """All words of all phrasings."""

    def __init__(self, rates: Mapping[str, Mapping[int, float]], entries: int) -> None:
        """Take, for each word, the entries and the share of their phrasings that have it."""
        self._rates = rates
        self._entries = entries
        self._words = tuple(rates)
        self._holders: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        for number, word in enumerate(self._words):
            for piece in pieces(word):
                self._holders[piece].append(number)
        self.weights = lru_cache(maxsize=_REMEMBERED)(self._weights)
        self.mended = lru_cache(maxsize=_REMEMBERED)(self._mended)

    def __contains__(self, word: str) -> bool:
        return word in self._rates

    def uses(self, entry: int, word: str) -> bool:
        """Whether a phrasing of the entry has the word."""
        return entry in self._rates.get(word, ())

    def _weights(self, word: str) -> Weights:
        """How much a word speaks for entries that use it, or words like it."""
        rates: defaultdict[int, float] = defaultdict(float)
        for other, likeness in self._like(word):
            for entry, rate in self._rates[other].items():
                rates[entry] += likeness * rate
        return weights(rates, self._entries)

    def _like(self, word: str) -> list[tuple[str, float]]:
        """The words that share enough pieces with a word, and how much, 0–1."""
        own = pieces(word)
        shared: Counter[int] = Counter()
        for piece in own:
            shared.update(self._holders.get(piece, ()))
        alike = [
            (likeness, self._words[number])
            for number, count in shared.items()
            if (likeness := count / sqrt(len(own) * len(self._words[number]))) >= _ALIKE
        ]
        return [(other, likeness) for likeness, other in nlargest(_MOST_ALIKE, alike)]

    def _mended(self, word: str) -> str:
        """The word, or one that is a slip of the hand away from it."""
        if len(word) < _SHORTEST_WITH_SLIP:
            return word
        alike = (other for other, _ in self._like(word) if other[0] == word[0])
        return next((other for other in alike if one_slip_apart(word, other)), word)
