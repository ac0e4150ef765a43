"""Finds plain phrases in what a person wrote, all of them in one walk over its words.

Called by `dialogs` and by the readers of `knowledge`; knows no question and no scheme.

Everything is compared folded: lower case, composed letters, no control or invisible characters,
words only.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import count
from typing import NamedTuple

LONGEST = 4096  # what Telegram lets one message hold; the rest is not read
_LONG = 8  # letters; a shorter word is one slip from too many others
_ENDING = 3  # letters
_RIGHT = 2  # letters at its start in which no slip is thought of
_LONGEST_HELD_DOWN = 30  # letters of a text in which a key may have been held down
_DOUBLED = re.compile(r"(.)\1+")
WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def visible(text: str) -> str:
    """Composed, without control characters, marks of direction or surrogates; lines are kept."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    if text.replace("\n", " ").isprintable():  # that is nearly every text
        return text
    return "".join(map(_seen, text))


def _seen(character: str) -> str:
    kind = unicodedata.category(character)
    if kind in ("Zl", "Zp"):
        return "\n"
    if kind in ("Cc", "Zs"):
        return "\n" if character == "\n" else " "
    return "" if kind in ("Cf", "Cs", "Co", "Cn") else character


def fold(text: str) -> str:
    """On one line, in lower case, and with what `visible` keeps."""
    return " ".join(visible(text).lower().split())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(WORD.findall(fold(text)))


def squeezed(text: str) -> str:
    """A text with every doubled letter once: «jaa» and «ja» meet."""
    return _DOUBLED.sub(r"\1", text)


class Spoken(NamedTuple):
    """A phrase that stands in a text: what it may say, and its words from ``start`` to ``end``."""

    topic: str
    value: str
    start: int
    end: int


class _Phrase(NamedTuple):
    rank: tuple[int, int]  # longer phrases first, then as the table has them
    topic: str
    value: str
    rest: tuple[str, ...]


class Phrases:
    """Phrases by topic and value, compiled so that no text is held against each of them.

    A phrase is words in a row; a word that ends in ``*`` also matches longer words.
    """

    def __init__(
        self,
        table: Mapping[str, Mapping[str, Iterable[str]]],
        with_slips: Container[str] = (),
    ) -> None:
        """Compile the table.

        Args:
            table: Topics, their values, and the phrases for each, in lower case.
            with_slips: Topics whose long single words are found with one slip in them as well.
        """
        self._exact: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._pairs: defaultdict[tuple[str, str], list[_Phrase]] = defaultdict(list)
        self._starts: defaultdict[str, list[_Phrase]] = defaultdict(list)
        self._whole: defaultdict[str, list[tuple[str, str]]] = defaultdict(list)
        self._long: defaultdict[str, dict[str, None]] = defaultdict(dict)
        order = count()
        for topic, values in table.items():
            for value, phrases in values.items():
                for phrase in phrases:
                    self._add(next(order), topic, value, phrase)
                    if topic in with_slips and " " not in phrase and len(phrase) >= _LONG:
                        self._long[phrase[:_RIGHT]][phrase] = None
        lengths: defaultdict[str, set[int]] = defaultdict(set)
        self._shortest = min(map(len, self._starts), default=1)
        for start in self._starts:
            lengths[start[: self._shortest]].add(len(start))
        self._lengths = {head: tuple(sorted(some)) for head, some in lengths.items()}

    def _add(self, order: int, topic: str, value: str, phrase: str) -> None:
        first, *rest = phrase.split()
        entry = _Phrase((-1 - len(rest), order), topic, value, tuple(rest))
        if first.endswith("*"):
            self._starts[first[:-1]].append(entry)
        elif rest and not rest[0].endswith("*"):
            self._pairs[first, rest[0]].append(entry)  # many begin with «i» or «kan»
        else:
            self._exact[first].append(entry)
        if "*" not in phrase:
            self._whole[phrase].append((topic, value))

    def found(self, words: Sequence[str]) -> tuple[Spoken, ...]:
        """Every phrase wherever it stands, overlapping or not; the longest first."""
        found = [
            (phrase.rank, Spoken(phrase.topic, phrase.value, at, at + 1 + len(phrase.rest)))
            for at, word in enumerate(words)
            for phrase in self._beginning(word, *words[at + 1 : at + 2])
            if not phrase.rest or _stand(words, at + 1, phrase.rest)
        ]
        found.sort()
        return tuple(spoken for _, spoken in found)

    def whole(self, text: str) -> tuple[tuple[str, str], ...]:
        """Topics and values of a text that is one phrase, word for word, but for closing marks.

        A phrase with a ``*`` never is: «lokallag» begins as «lokal», and means something else.
        """
        folded = fold(text)
        bare = folded.rstrip(" .!?…") or folded
        if bare in self._whole:
            return tuple(self._whole[bare])
        held_down = len(bare) <= _LONGEST_HELD_DOWN and _DOUBLED.search(bare)
        return self._squeezed.get(squeezed(bare), ()) if held_down else ()

    @cached_property
    def _squeezed(self) -> dict[str, tuple[tuple[str, str], ...]]:
        """What a phrase tells that is all of a text, with every doubled letter once: «jaa»."""
        return {squeezed(phrase): tuple(told) for phrase, told in self._whole.items()}

    def _beginning(self, word: str, following: str = "") -> list[_Phrase]:
        found = [*self._exact.get(word, ()), *self._pairs.get((word, following), ())]
        for length in self._lengths.get(word[: self._shortest], ()):
            found += self._starts.get(word[:length], ())
        if not found and len(word) >= _LONG:
            for meant in self._long.get(word[:_RIGHT], ()):
                if _is_slip_of(word, meant):
                    return self._starts[meant[:-1]] if meant.endswith("*") else self._exact[meant]
        return found


def _is_slip_of(word: str, meant: str) -> bool:
    """Whether a word would be this one but for a letter more, less, another, or two exchanged.

    The last letter of a start is right, and so is the ending of a whole word: what differs there is
    often another word («utenlands-») or another form («registrere»).
    """
    if not meant.endswith("*"):
        return word[-_ENDING:] == meant[-_ENDING:] and _is_one_slip(word, meant)
    start = meant[:-1]
    pieces = (word[:length] for length in (len(start) - 1, len(start), len(start) + 1))
    return any(piece[-1] == start[-1] and _is_one_slip(piece, start) for piece in pieces)


def _is_one_slip(written: str, meant: str) -> bool:
    differ = (i for i, (one, other) in enumerate(zip(written, meant, strict=False)) if one != other)
    same = next(differ, min(len(written), len(meant)))
    a, b = written[same:], meant[same:]
    are_exchanged = a[:2] == b[1::-1] and a[2:] == b[2:]
    return a[1:] == b or a == b[1:] or a[1:] == b[1:] or are_exchanged


def _stand(words: Sequence[str], at: int, phrase: tuple[str, ...]) -> bool:
    if at + len(phrase) > len(words):
        return False
    return all(
        words[at + i].startswith(piece[:-1]) if piece.endswith("*") else words[at + i] == piece
        for i, piece in enumerate(phrase)
    )


def without_shorter(found: Iterable[Spoken]) -> Iterator[Spoken]:
    """Of phrases, longest first, those with no word in one before: each word counts once."""
    taken: set[int] = set()
    for spoken in found:
        span = range(spoken.start, spoken.end)
        if taken.isdisjoint(span):
            taken.update(span)
            yield spoken
