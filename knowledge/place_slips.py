"""Slips of the hand: the names that a mistyped word may have been meant for, nearest first.

Called by ``knowledge.place_names``. Knows spellings only; what a name stands for, and whether to
take, ask or refuse, is decided there.
"""

from collections import defaultdict
from collections.abc import Iterable

from knowledge.place_words import SHORT

_KEY_ROWS = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")  # a Norwegian keyboard
_FOLDED = str.maketrans("åæø", "aao")
_SILENT = frozenset({"nd", "ld"})
_VOWELS = frozenset("aeiouy")
# What a likely slip counts: a key beside the right one, hit instead of it or with it, two letters
# swapped, one doubled, a vowel left out, or a «d» that nobody pronounces.
_LIKELY = 0.5
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
    start, end = _common_ends(one, other)
    return _is_one_slip(one[start : len(one) - end], other[start : len(other) - end])


def typing_cost(typed: str, name: str) -> float:
    """How unlikely a hand is to type one for the other: 1 a slip, a half for a likely one."""
    start, end = _common_ends(typed, name)
    one, other = typed[start : len(typed) - end], name[start : len(name) - end]
    if not _is_one_slip(one, other):
        start, end = max(start - 1, 0), max(end - 1, 0)
        return _cost_of_many(typed[start : len(typed) - end], name[start : len(name) - end])
    if len(one) == 2:  # swapped
        return _LIKELY
    if not other:
        return _extra_cost(typed, start)
    return _exchange_cost(one, other) if one else _lost_cost(name, start)


def _common_ends(one: str, other: str) -> tuple[int, int]:
    """How many letters two words share at the beginning, and of the rest at the end."""
    shortest = min(len(one), len(other))
    start = 0
    while start < shortest and one[start] == other[start]:
        start += 1
    end = 0
    while end < shortest - start and one[-1 - end] == other[-1 - end]:
        end += 1
    return start, end


def _is_one_slip(one: str, other: str) -> bool:
    """Whether the parts in which two words differ are one slip, and not none."""
    if len(one) <= 1 and len(other) <= 1:
        return one != other
    return len(one) == 2 and one == other[::-1]


def _cost_of_many(typed: str, name: str) -> float:
    before: list[float] = []
    row = [float(j) for j in range(len(name) + 1)]
    lost = [_lost_cost(name, j) for j in range(len(name))]
    for i, letter in enumerate(typed):
        earlier, before, row = before, row, [float(i + 1)]
        extra = _extra_cost(typed, i)
        for j, wanted in enumerate(name):
            cost = min(
                before[j] + _exchange_cost(letter, wanted),
                before[j + 1] + extra,
                row[j] + lost[j],
            )
            if earlier and j > 0 and letter == name[j - 1] and typed[i - 1] == wanted:
                cost = min(cost, earlier[j - 1] + (_LIKELY if letter != wanted else 0))
            row.append(cost)
    return row[-1]


def _exchange_cost(letter: str, wanted: str) -> float:
    if letter == wanted:
        return 0
    return _LIKELY if (letter, wanted) in _TOUCHING else 1


def _extra_cost(typed: str, at: int) -> float:
    """What one key too many costs: a half for the same key twice, or two hit together."""
    letter = typed[at]
    for other in typed[max(at - 1, 0) : at] + typed[at + 1 : at + 2]:
        if other == letter or (letter, other) in _TOUCHING:
            return _LIKELY
    return 1


def _lost_cost(name: str, at: int) -> float:
    """What a letter left out costs: a half for one of two alike, a vowel, and the «d» of «nd»."""
    is_likely = at > 0 and (name[at - 1] == name[at] or name[at] in _VOWELS)
    is_likely = is_likely or name[max(at - 1, 0) : at + 1] in _SILENT
    return _LIKELY if is_likely else 1


class SlipIndex:
    """Finds the names one slip from a word by what is left without one letter; two by a scan."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index the names that are not short."""
        self._by_rest: dict[str, tuple[str, ...]] = {}
        self._by_shape: defaultdict[tuple[str, int], list[str]] = defaultdict(list)
        self._longest = 0
        for name in sorted(names):
            if len(name) > SHORT:
                self._longest = max(self._longest, len(name))
                self._by_shape[name[0], len(name)].append(name)
                for rest in {name, *_one_letter_less(name)}:
                    self._by_rest[rest] = (*self._by_rest.get(rest, ()), name)

    def near(self, word: str) -> tuple[str, ...]:
        """The names exactly one slip from the word."""
        if not SHORT < len(word) <= self._longest + 1:
            return ()
        found: dict[str, None] = {}
        for rest in (word, *_one_letter_less(word)):
            if rest in self._by_rest:
                found.update(dict.fromkeys(self._by_rest[rest]))
        return tuple([name for name in found if one_slip_apart(word, name)])

    def far(self, word: str) -> tuple[str, ...]:
        """The names exactly two slips from the word that begin with the same letter."""
        if not SHORT < len(word) <= self._longest + _LENGTHS_APART:
            return ()
        from rapidfuzz.distance import OSA  # only for a word that nothing nearer explains
        from rapidfuzz.process import extract

        lengths = range(len(word) - _LENGTHS_APART, len(word) + _LENGTHS_APART + 1)
        names = [n for length in lengths for n in self._by_shape.get((word[0], length), ())]
        found = extract(word, names, scorer=OSA.distance, score_cutoff=2, limit=None)
        return tuple(name for name, distance, _ in found if distance == 2)


def _one_letter_less(word: str) -> Iterable[str]:
    return [word[:i] + word[i + 1 :] for i in range(len(word))]
