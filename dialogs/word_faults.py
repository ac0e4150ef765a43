"""Faults in the files of plain words that can be loaded all the same.

Called by `veiviser check` and by the tests; never in a conversation.
"""

import tomllib
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from dialogs.words import WORDS, listed, telling


def word_faults(folder: Path = WORDS) -> list[str]:
    """Each as ``file: table: fault``: phrases written otherwise than they are compared, or twice.

    Raises:
        DataError: A file cannot be read at all, or names what we do not know.
    """
    telling()
    return [fault for file in sorted(folder.glob("*.toml")) for fault in _faults_of(file)]


def count_of_phrases(folder: Path = WORDS) -> int:
    """How many phrases there are in all files."""
    return sum(len(some) for file in folder.glob("*.toml") for _, some in _lists(_read(file)))


def _faults_of(file: Path) -> Iterator[str]:
    values: defaultdict[tuple[str, str], list[str]] = defaultdict(list)
    for where, phrases in _lists(_read(file)):
        name = ".".join(where)
        for phrase, times in Counter(phrases).items():
            if times > 1:
                yield f"{file.name}: {name}: {phrase!r} stands {times} times"
            if phrase != " ".join(phrase.lower().split()):
                yield f"{file.name}: {name}: {phrase!r} is not in lower case"
            if any("*" in word[:-1] for word in phrase.split()):
                yield f"{file.name}: {name}: {phrase!r} has a * inside a word"
            if len(where) == len(("slot", "value", "list")):
                values[where[0], phrase].append(where[1])
    for (slot, phrase), told in values.items():
        if len(told := sorted(set(told))) > 1:
            yield f"{file.name}: {slot}: {phrase!r} tells {' and '.join(told)}"


def _read(file: Path) -> dict[str, Any]:
    return tomllib.loads(file.read_text(encoding="utf-8"))


def _lists(
    tables: dict[str, Any], above: tuple[str, ...] = ()
) -> Iterator[tuple[tuple[str, ...], tuple[str, ...]]]:
    """Every list of phrases with the names of the tables it stands in."""
    for name, value in tables.items():
        if isinstance(value, dict):
            yield from _lists(value, (*above, name))
        else:
            yield (*above, name), listed(value)
