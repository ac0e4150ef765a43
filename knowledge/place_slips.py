"""Slips of the hand: the names that a mistyped word may have been meant for, nearest first.

Called by ``knowledge.place_names``. Knows spellings only; what a name stands for, and whether to
take, ask or refuse, is decided there.
"""

from collections import defaultdict
from collections.abc import Iterable

from knowledge.place_words import SHORT

_KEY_ROWS = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")  # a Norwegian keyboard
_FOLDED = str.maketrans("åæø", "aao")
_LIKELY = 0.5  # what a likely slip counts: a neighbouring key, two letters swapped, one doubled
_LENGTHS_APART = 2  # two slips change the length by no more


def _neighbours() -> frozenset[tuple[str, str]]:
    """Pairs of folded letters on keys that touch."""
    pairs = set()
    for row, line in enumerate(_KEY_ROWS):
        for column, letter in enumerate(line):
            touching = line[column + 1 : column + 2]
            if row + 1 < len(_KEY_ROWS):
                touching += _KEY_ROWS[row + 1][max(column - 1, 0) : column + 1]
            for other in touching:
                pair = (letter.translate(_FOLDED), other.translate(_FOLDED))
                pairs |= {pair, pair[::-1]}
    return frozenset(pairs)


_TOUCHING = _neighbours()


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter left out, put in, exchanged, or two neighbours swapped, leads across."""
    one, other = _without_common_ends(one, other)
    if len(one) <= 1 and len(other) <= 1:
        return one != other
    return len(one) == 2 and one == other[::-1]


def _without_common_ends(one: str, other: str, kept: int = 0) -> tuple[str, str]:
    """The parts in which two words differ, with so many of the letters around them."""
    shortest = min(len(one), len(other))
    start = 0
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    start, end = max(start - kept, 0), max(end - kept, 0)
    return one[start : len(one) - end], other[start : len(other) - end]


def typing_cost(typed: str, name: str) -> float:
    """How unlikely a hand is to type one for the other: 1 a slip, a half for a likely one."""
    typed, name = _without_common_ends(typed, name, kept=1)
    before: list[float] = []
    row = [float(j) for j in range(len(name) + 1)]
    for i, letter in enumerate(typed, start=1):
        earlier, before, row = before, row, [float(i)]
        for j, wanted in enumerate(name, start=1):
            is_doubled = i > 1 and typed[i - 2] == letter
            is_halved = j > 1 and name[j - 2] == wanted
            cost = min(
                before[j - 1] + _exchange_cost(letter, wanted),
                before[j] + (_LIKELY if is_doubled else 1),
                row[j - 1] + (_LIKELY if is_halved else 1),
            )
            if earlier and j > 1 and letter == name[j - 2] and typed[i - 2] == wanted:
                cost = min(cost, earlier[j - 2] + (_LIKELY if letter != wanted else 0))
            row.append(cost)
    return row[-1]


def _exchange_cost(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0
    return _LIKELY if (letter, wanted) in _TOUCHING else 1


class SlipIndex:
    """Finds the names one slip from a word by what is left without one letter; two by a scan."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index the names that are not short."""
        self._by_rest: defaultdict[str, list[str]] = defaultdict(list)
        self._by_shape: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._longest = 0
        for name in sorted(names):
            if len(name) > SHORT:
                self._longest = max(self._longest, len(name))
                self._by_shape[name[0], len(name)].append(name)
                for rest in {name, *_one_letter_less(name)}:
                    self._by_rest[rest].append(name)

    def near(self, word: str) -> tuple[str, ...]:
        """The names exactly one slip from the word."""
        if not SHORT < len(word) <= self._longest + 1:
            return ()
        found = dict.fromkeys(
            name for rest in (word, *_one_letter_less(word)) for name in self._by_rest.get(rest, ())
        )
        return tuple(name for name in found if one_slip_apart(word, name))

    def far(self, word: str) -> tuple[str, ...]:
        """The names exactly two slips from the word that begin with the same letter."""
        if not SHORT < len(word) <= self._longest + _LENGTHS_APART:
            return ()
        from rapidfuzz.distance import OSA  # only for a word that nothing nearer explains

        lengths = range(len(word) - _LENGTHS_APART, len(word) + _LENGTHS_APART + 1)
        return tuple(
            name
            for length in lengths
            for name in self._by_shape.get((word[0], length), ())
            if OSA.distance(word, name, score_cutoff=2) == 2
        )


def _one_letter_less(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))
