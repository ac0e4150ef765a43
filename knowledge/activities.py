"""Free text to kinds of activity: which words led to which kind.

Called by `dialogs.understand`. Never decides that *nothing* fits: words it does not know give no
answer, and the person is shown the list. A theme of sub-goal C (control, force, mutilation) makes
it C, whatever the method.
"""

from functools import cache
from pathlib import Path

from knowledge.loading import Record, load_toml
from knowledge.reading import values_in, words_of

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
    words = words_of(text)
    if values_in(words, {"c": vocabulary.theme_c}):
        return values_in(words, vocabulary.methods_c) or (GENERAL_C,)
    return values_in(words, vocabulary.words)


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
