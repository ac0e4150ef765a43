"""Finds labels in words: the lexicon of the FAQ, `faq/concepts.toml`, ready for look-up.

Called by `knowledge.faq_frames`. Knows which words stand for what; never weighs one label against
another.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain
from pathlib import Path

from knowledge.faq_words import plain
from knowledge.loading import Record, load_toml

CONCEPTS = Path(__file__).parent / "faq" / "concepts.toml"
_REMEMBERED = 8192  # words; the entries' own come again and again
_PIECE = re.compile(r"\*?[^\W_]+\*?")


class LexiconFile(Record):
    """The lexicon as written: labels with their patterns, in five tables, and the weak concepts."""

    weak: frozenset[str]
    asks: dict[str, tuple[str, ...]]
    concepts: dict[str, tuple[str, ...]]
    elsewhere: dict[str, tuple[str, ...]]
    never: dict[str, tuple[str, ...]]
    function: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Match:
    """A label, and which words of the text stand for it: from ``start`` up to ``end``."""

    label: str
    start: int
    end: int


class Patterns:
    """One table of the lexicon."""

    def __init__(self, table: Mapping[str, Iterable[str]]) -> None:
        self._exact: defaultdict[str, list[str]] = defaultdict(list)
        self._starts: defaultdict[str, list[str]] = defaultdict(list)
        self._ends: defaultdict[str, list[str]] = defaultdict(list)
        self._phrases: defaultdict[str, list[tuple[tuple[str, ...], str]]] = defaultdict(list)
        self._inside: list[tuple[str, str]] = []
        self._remembered = lru_cache(maxsize=_REMEMBERED)(lambda word: tuple(self._of_word(word)))
        for label, patterns in table.items():
            for pattern in patterns:
                self._add(label, tuple(_PIECE.findall(plain(pattern))))

    def matches(self, words: Sequence[str]) -> Iterator[Match]:
        """Every label with its words, phrases first where they begin; labels may overlap."""
        for start, word in enumerate(words):
            for rest, label in self._phrases.get(word, ()):
                end = start + 1 + len(rest)
                if end <= len(words) and all(map(_is, words[start + 1 : end], rest)):
                    yield Match(label, start, end)
            for label in self.of_word(word):
                yield Match(label, start, start + 1)

    def of_word(self, word: str) -> tuple[str, ...]:
        """The labels of one word; one may come twice."""
        return self._remembered(word)

    def _of_word(self, word: str) -> Iterator[str]:
        yield from self._exact.get(word, ())
        for length in range(1, len(word) + 1):
            yield from self._starts.get(word[:length], ())
            yield from self._ends.get(word[-length:], ())
        for part, label in self._inside:
            if part in word:
                yield label

    def words(self) -> Iterator[str]:
        """All single words and beginnings of words, for who looks for slips of the pen."""
        return chain(self._exact, self._starts)

    def _add(self, label: str, pieces: tuple[str, ...]) -> None:
        first, *rest = pieces
        bare = first.strip("*")
        if rest:
            self._phrases[first].append((tuple(rest), label))
        elif first.startswith("*") and first.endswith("*"):
            self._inside.append((bare, label))
        elif first.startswith("*"):
            self._ends[bare].append(label)
        else:
            (self._starts if first.endswith("*") else self._exact)[bare].append(label)


def without_shorter(matches: Iterable[Match]) -> Iterator[Match]:
    """The matches with no longer one on any of their words."""
    taken: set[int] = set()
    for match in sorted(matches, key=lambda match: match.start - match.end):
        span = range(match.start, match.end)
        if taken.isdisjoint(span):
            taken.update(span)
            yield match


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The five tables: what is asked, about what, and what weighs against an answer.

    ``weak`` are the concepts of everyday talk.
    """

    weak: frozenset[str]
    asks: Patterns
    concepts: Patterns
    elsewhere: Patterns
    never: Patterns
    function: Patterns


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read on the first call.

    Raises:
        DataError: The file has faults.
    """
    file = load_toml(CONCEPTS, LexiconFile)
    return Lexicon(
        file.weak,
        *map(Patterns, (file.asks, file.concepts, file.elsewhere, file.never, file.function)),
    )


def _is(word: str, piece: str) -> bool:
    return word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
