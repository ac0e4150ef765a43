"""A text as sentences of words, each word knowing which item of a list it stands in.

Called by `knowledge.activities`. Knows the vocabulary's joining words («og», «med»), no activity.
"""

import re
import unicodedata
from dataclasses import dataclass
from typing import NamedTuple

from knowledge.activity_spelling import key
from knowledge.reading import LONGEST, fold

# Words, and the marks between them one by one: nothing here can backtrack.
_TOKEN = re.compile(r"[^\W_]+(?:['’´`][^\W_]+)*|[^\w\s]|\n")
_ENDS = frozenset(".!?;\n…•")
_PARTS = frozenset(",:–—()/+&|")


class Word(NamedTuple):
    """One word: as written, folded, and the numbers of its list item and of the piece of it."""

    written: str
    key: str
    part: int
    piece: int
    hangs: bool = False  # «språk- og jobbkurs»: the last part comes later


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
    folded = _folded(text)
    for match in _TOKEN.finditer(folded):
        token, end = match.group(), match.end()
        if token in _ENDS and not _is_ordinal(token, words):
            if words:
                sentences.append(Sentence(tuple(words), token == "?"))
            words, part, piece = [], part + 1, piece + 1
        elif token in _PARTS or (token == "-" and _stands_alone(folded, match.start(), end)):
            part, piece = part + 1, piece + 1
        elif token[0].isalnum():
            folded_word = key(token)
            piece += folded_word in joins
            hangs = folded[end : end + 1] == "-" and not folded[end + 1 : end + 2].strip()
            words.append(Word(token, folded_word, part, piece, hangs))
    if words:
        sentences.append(Sentence(tuple(words), is_question=False))
    return tuple(sentences)


def _folded(text: str) -> str:
    """The text folded line by line; most texts hold nothing that must be looked at by letter."""
    text = unicodedata.normalize("NFKC", text[:LONGEST]).lower()
    if text.isprintable():
        return text
    return "\n".join(fold(line) for line in text.splitlines())


def _is_ordinal(token: str, words: list[Word]) -> bool:
    """«17. mai»: the point ends no sentence."""
    return token == "." and bool(words) and words[-1].written.isdigit()


def _stands_alone(text: str, start: int, end: int) -> bool:
    """A hyphen with space on both sides is a dash."""
    return text[start - 1 : start] in (" ", "") and text[end : end + 1] in (" ", "")
