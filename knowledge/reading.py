"""Finds plain phrases in what a person wrote.

Called by `dialogs.understand` and `knowledge.activities`; knows no question and no scheme.

Everything is compared folded: lower case, composed letters, no control or invisible characters,
words only. Longer phrases win over shorter ones inside them.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping

LONGEST = 4096  # what Telegram lets one message hold; the rest is not read
_WORD = re.compile(r"[^\W_]+(?:['’-][^\W_]+)*")


def fold(text: str) -> str:
    """Lower case, composed, and without control characters, marks of direction or surrogates."""
    text = unicodedata.normalize("NFKC", text[:LONGEST])
    kept = (" " if unicodedata.category(c) in ("Cc", "Zs", "Zl", "Zp") else c for c in text)
    visible = (c for c in kept if unicodedata.category(c) not in ("Cf", "Cs", "Co", "Cn"))
    return " ".join("".join(visible).lower().split())


def words_of(text: str) -> tuple[str, ...]:
    """The words of a text, folded."""
    return tuple(_WORD.findall(fold(text)))


def is_phrase(text: str, phrases: Iterable[str]) -> bool:
    """Whether the whole text is one of the phrases, word for word, but for case and closing marks.

    A phrase with a ``*`` never is: «lokallag» begins as «lokal», and means something else.
    """
    folded = fold(text).rstrip(" .!?…") or fold(text)
    return folded in {phrase for phrase in phrases if "*" not in phrase}


def values_in(words: tuple[str, ...], phrases: Mapping[str, Iterable[str]]) -> tuple[str, ...]:
    """The values whose phrases stand in the text, in the order of the phrases' table.

    Each word counts once, for the longest phrase that covers it.
    """
    spoken = sorted(
        ((value, phrase.split()) for value, some in phrases.items() for phrase in some),
        key=lambda spoken: -len(spoken[1]),
    )
    free = [True] * len(words)
    found: set[str] = set()
    for value, phrase in spoken:
        for start in _places(words, phrase):
            span = range(start, start + len(phrase))
            if all(free[i] for i in span):
                found.add(value)
                for i in span:
                    free[i] = False
    return tuple(value for value in phrases if value in found)


def _places(words: tuple[str, ...], phrase: list[str]) -> list[int]:
    return [
        start
        for start in range(len(words) - len(phrase) + 1)
        if all(_is(words[start + i], word) for i, word in enumerate(phrase))
    ]


def _is(word: str, pattern: str) -> bool:
    if pattern.endswith("*"):
        return word.startswith(pattern[:-1])
    return word.endswith(pattern[1:]) if pattern.startswith("*") else word == pattern
