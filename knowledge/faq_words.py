"""The plain form in which the FAQ compares words, and the pieces of words it counts.

Called by the other modules of the FAQ. Knows no language and no entry.
"""

import re
import unicodedata
from functools import lru_cache

from knowledge.reading import LONGEST, fold

# Whatever people type for them, æ, ø and å come out as the vowel that looks most like them.
_VOWELS = str.maketrans({"æ": "a", "ø": "o", "å": "a", "ä": "a", "ö": "o", "ß": "s"})
_WORD = re.compile(r"[^\W_]+")
_SIZES = (3, 4)
_LONGEST_WORD = 40  # characters that are looked at; no word of ours comes near


def plain(text: str) -> str:
    """Folded, without accents, and with one spelling for æ, ø and å."""
    # Printable text has nothing in it that folding would take away; that is nearly all there is.
    folded = text[:LONGEST].lower() if text.isprintable() else fold(text)
    if not folded.isascii():
        split = unicodedata.normalize("NFKD", folded.translate(_VOWELS)).lower()
        folded = "".join(c for c in split if not unicodedata.combining(c))
    return folded.replace("ae", "a").replace("oe", "o").replace("aa", "a")


def plain_words(text: str) -> tuple[str, ...]:
    """The words of a text in plain form; hyphens and apostrophes divide."""
    return tuple(word[:_LONGEST_WORD] for word in _WORD.findall(plain(text)))


@lru_cache(maxsize=4096)  # the same words come again and again
def grams(word: str) -> tuple[str, ...]:
    """The 3- and 4-character pieces of a word, its two edges marked with a space."""
    edged = f" {word} "
    return tuple(
        edged[start : start + size] for size in _SIZES for start in range(len(edged) - size + 1)
    )
