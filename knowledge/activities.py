"""Free text to kinds of activity: which words led to which kind.

Called by `dialogs.understand`. Never decides that *nothing* fits: words it does not know give no
answer, and the person is shown the list. A theme of sub-goal C (control, force, mutilation) makes
it C, whatever the method.
"""

import re
from functools import cache
from pathlib import Path

from knowledge.loading import Record, load_toml
from knowledge.reading import values_in, words_of

# A list of several things; the theme of one says nothing of the others.
_PARTS = re.compile("[,;+\n]")
WORDS = Path(__file__).parent / "data" / "activity_words.toml"
# Kinds whose words only tell a method once the theme is control, force or mutilation.
GENERAL_C = "prevention"


class ActivityWords(Record):
    """The vocabulary: phrases by kind of activity, and what makes something sub-goal C."""

    theme_c: tuple[str, ...]
    words: dict[str, tuple[str, ...]]
    methods_c: dict[str, tuple[str, ...]]


def read_activities(text: str) -> tuple[str, ...]:
    """The kinds of activity a text tells of, as ids of the scheme file; none if it tells none."""
    vocabulary = _vocabulary()
    found: set[str] = set()
    for part in _PARTS.split(text):
        words = words_of(part)
        if values_in(words, {"c": vocabulary.theme_c}):
            found.update(values_in(words, vocabulary.methods_c) or (GENERAL_C,))
        else:
            found.update(values_in(words, vocabulary.words))
    return tuple(
        kind for kind in (*vocabulary.words, GENERAL_C, *vocabulary.methods_c) if kind in found
    )


@cache
def _vocabulary() -> ActivityWords:
    return load_toml(WORDS, ActivityWords)


def check_activity_words(known: tuple[str, ...]) -> list[str]:
    """Faults of the vocabulary: kinds of activity that the scheme does not have.

    Raises:
        DataError: the file is not readable as a vocabulary at all.
    """
    vocabulary = load_toml(WORDS, ActivityWords)
    kinds = (*vocabulary.words, *vocabulary.methods_c)
    return [
        f"{WORDS.name}: {kind!r} is no activity of the scheme"
        for kind in kinds
        if kind not in known
    ]
