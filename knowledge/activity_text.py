"""A text as sentences of words, each word knowing which item of a list it stands in.

Called by `knowledge.activities`. Knows the vocabulary's joining words («og», «med»), no activity.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.activity_spelling import key
from knowledge.reading import LONGEST, fold

# Words with the hyphens in and after them, a dash on its own, and the other marks one by one:
# nothing here can backtrack.
_TOKEN = re.compile(r"[^\W_]+(?:['’´`-][^\W_]+)*(?:-(?!\S))?|(?<!\S)-(?!\S)|[^\w\s-]|\n")
_ENDS = frozenset(".!?;\n…•")
_PARTS = frozenset("-,:–—()/+&|")


class Word(NamedTuple):
    """One word: as written, folded, and the numbers of its list item and of the piece of it."""

    written: str
    key: str
    part: int
    piece: int
    hangs: bool = False  # «språk- og jobbkurs»: the last part comes later
    joined: bool = False  # «pride-feiring»: the next word is the last part


@dataclass(frozen=True, slots=True)
class Sentence:
    """The words of one sentence, and whether it ends as a question."""

    words: tuple[Word, ...]
    is_question: bool


def sentences_of(text: str, joins: frozenset[str]) -> tuple[Sentence, ...]:
    """The sentences of a text; ``joins`` are the folded words that part an item of a list."""
    sentences: list[Sentence] = []
    words: list[Word] = []
    part = piece = 0
    for token in _TOKEN.findall(_folded(text)):
        if token[0].isalnum():
            if "-" in token:
                words += _joined(token, part, piece)
                continue
            folded = key(token)
            piece += folded in joins
            words.append(Word(token, folded, part, piece))
        elif token in _PARTS:
            part, piece = part + 1, piece + 1
        elif token in _ENDS and not _is_ordinal(token, words):
            if words:
                sentences.append(Sentence(tuple(words), token == "?"))
            words, part, piece = [], part + 1, piece + 1
    if words:
        sentences.append(Sentence(tuple(words), is_question=False))
    return tuple(sentences)


def _folded(text: str) -> str:
    """The text folded line by line; most texts hold nothing that must be looked at by letter."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    if text.isprintable():
        return text
    return "\n".join(fold(line) for line in text.splitlines())


def _joined(token: str, part: int, piece: int) -> Iterator[Word]:
    """The words that hyphens join, or the one that hangs on a later word."""
    *firsts, last = token.split("-")
    hanging = None if last else firsts.pop()
    for written in firsts:
        yield Word(written, key(written), part, piece, joined=True)
    written = last or hanging or ""
    yield Word(written, key(written), part, piece, hangs=not last)


def _is_ordinal(token: str, words: list[Word]) -> bool:
    """«17. mai»: the point ends no sentence."""
    return token == "." and bool(words) and words[-1].written.isdigit()
