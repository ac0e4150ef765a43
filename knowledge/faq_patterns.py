"""Finds labels in words: patterns of words and phrases, each standing for a label.

Called by `knowledge.faq_lexicon`. Never weighs one label against another. A set of labels is a
number with one bit for each, since every phrasing has one.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

from knowledge.faq_words import plain

_REMEMBERED = 8192  # words; the entries' own come again and again
_NO_WORD = re.compile(r"[^\w*,]|_")


class Phrase(NamedTuple):
    """Several words that stand for a label: how many, those after the second, and its bit."""

    length: int
    rest: tuple[str, ...]
    bit: int

    def is_at(self, words: Sequence[str], start: int) -> bool:
        """Whether the words after the second are there, in a text where it begins here."""
        end = start + self.length
        return end <= len(words) and all(map(_is, words[start + 2 : end], self.rest))


class Patterns:
    """One table of the lexicon. Its labels are numbered in the order in which they stand.

    ``two`` are the labels of two words together, ``longer`` the phrases of more words by the first
    two, and ``openings`` the phrases by their first word, with the beginning of the second.
    """

    def __init__(self, table: Mapping[str, str]) -> None:
        self.bits = {label: 1 << number for number, label in enumerate(table)}
        self.two: dict[tuple[str, str], int] = {}
        self.longer: dict[tuple[str, str], list[Phrase]] = {}
        self.openings: dict[str, list[tuple[str, Phrase]]] = {}
        self._exact: dict[str, int] = {}
        self._starts: dict[str, int] = {}
        self._ends: dict[str, int] = {}
        for label, patterns in table.items():
            for pattern in plain(_NO_WORD.sub(" ", patterns)).split(","):
                self._add(self.bits[label], pattern.split())
        self._lengths = sorted({len(part) for part in (*self._starts, *self._ends)})
        self.of_word = lru_cache(maxsize=_REMEMBERED)(self._of_word)

    def opened(self, two: tuple[str, str]) -> list[Phrase]:
        """The phrases that begin with a word and with the beginning of the next."""
        some = self.openings.get(two[0], ())
        return [phrase for start, phrase in some if two[1].startswith(start)]

    def found_in(self, words: Sequence[str]) -> Iterator[tuple[str, ...]]:
        """The words and phrases of a text that stand in the table, one for each beginning."""
        for i, two in enumerate(pairwise((*words, ""))):
            length = 2 if two in self.two else 1 if self.of_word(two[0]) else 0
            phrases = (*self.longer.get(two, ()), *self.opened(two))
            length = max((p.length for p in phrases if p.is_at(words, i)), default=length)
            if length:
                yield tuple(words[i : i + length])

    def _of_word(self, word: str) -> int:
        """The labels of one word by itself."""
        found = self._exact.get(word, 0)
        for length in self._lengths:
            if length > len(word):
                break
            found |= self._starts.get(word[:length], 0) | self._ends.get(word[-length:], 0)
        return found

    def _add(self, bit: int, pieces: Sequence[str]) -> None:
        first = pieces[0]
        if len(pieces) == 1:
            table = self._exact
            if first[0] == "*":
                table, first = self._ends, first[1:]
            elif first[-1] == "*":
                table, first = self._starts, first[:-1]
            table[first] = table.get(first, 0) | bit
            return
        second, phrase = pieces[1], Phrase(len(pieces), tuple(pieces[2:]), bit)
        if second[-1] == "*":
            self.openings.setdefault(first, []).append((second[:-1], phrase))
        elif phrase.rest:
            self.longer.setdefault((first, second), []).append(phrase)
        else:
            self.two[first, second] = self.two.get((first, second), 0) | bit


def _is(word: str, piece: str) -> bool:
    """A piece with ``*`` is the beginning of a word."""
    return word == piece or (piece[-1] == "*" and word.startswith(piece[:-1]))
