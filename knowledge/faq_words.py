"""The plain form in which the FAQ compares words, and the pieces of words it counts.

Called by the other modules of the FAQ. Knows no language and no entry.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator

from knowledge.reading import LONGEST, fold

# Whatever people type for them, æ, ø and å come out as the vowel that looks most like them.
# «ae», «oe» and «aa» are those vowels typed on another keyboard.
_SPELLINGS = tuple(zip("æøåäöéòß", "aoaaoeos", strict=True))
_TYPED = (("ae", "a"), ("oe", "o"), ("aa", "a"))
_WORD = re.compile(r"[^\W_]+")
_PIECE = 3  # characters
_LONGEST_WORD = 40  # characters that are looked at; no word of ours comes near


def plain(text: str) -> str:
    """Folded, without accents, and with one spelling for æ, ø and å."""
    # Printable text has nothing in it that folding would take away; that is nearly all there is.
    return _bare(text[:LONGEST].lower() if text.isprintable() else fold(text))


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in plain form; hyphens and apostrophes divide."""
    return tuple(word[:_LONGEST_WORD] for word in _WORD.findall(plain(text)))


def words_of_own(lines: Iterable[str]) -> Iterator[list[str]]:
    """The words of every line of ours; none holds a line break. All are made plain at once."""
    return map(_WORD.findall, _bare("\n".join(lines).lower()).split("\n"))


def _bare(lower: str) -> str:
    for letter, instead in _SPELLINGS:
        lower = lower.replace(letter, instead)
    if not lower.isascii():
        split = unicodedata.normalize("NFKD", lower).lower()
        lower = "".join(c for c in split if not unicodedata.combining(c))
    for typed, instead in _TYPED:
        lower = lower.replace(typed, instead)
    return lower


def pieces(word: str) -> frozenset[str]:
    """The pieces of three characters of a word, its two edges marked with a space."""
    edged = f" {word} "
    return frozenset(edged[start : start + _PIECE] for start in range(len(edged) - _PIECE + 1))
