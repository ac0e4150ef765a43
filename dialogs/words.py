"""The plain words people use, in the three languages, from the files in `words/`.

Called by `dialogs.message` and `dialogs.understand`. A file is read when it is first needed:
buttons need none, a command only the commands. Decides nothing.
"""

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any

from knowledge.faults import not_one_of
from knowledge.loading import Record, load_toml
from knowledge.reading import Phrases
from knowledge.slots import SLOTS

WORDS = Path(__file__).parent / "words"
Table = dict[str, dict[str, tuple[str, ...]]]


class Commands(Record):
    """What each command is called."""

    start: str
    help: str
    back: str
    restart: str
    language: str
    privacy: str
    own_data: str
    delete: str
    why: str
    change: str
    keep: str
    done: str
    show_verdict: str
    document: str
    person: str
    together: str
    apart: str
    greeting: str


COMMANDS = tuple(Commands.model_fields)


class Greetings(Record):
    """How a greeting begins, and to whom it may be."""

    first: str
    whom: str


class Languages(Record):
    """What each language is called."""

    nb: str
    nn: str
    en: str


class Replies(Record):
    """Short answers to many questions."""

    yes: str
    no: str
    unsure: str


class CommandFile(Record):
    """`commands.toml`: what a whole message can be, whatever was asked."""

    commands: Commands
    greetings: Greetings
    languages: Languages
    replies: Replies


class Phrasing(Record):
    """Phrases that tell of something anywhere in a message, and those that do so in an answer."""

    anywhere: str = ""
    answer: str = ""


class ValueWords(Phrasing):
    """How a value is told; ``people_of`` are endings after the name of a place."""

    people_of: str = ""


class SlotFile(Record):
    """`slots.toml`: the values of the slots that are answered in words of our own list."""

    registered: dict[str, ValueWords]
    organisation_type: dict[str, ValueWords]
    scope: dict[str, ValueWords]
    target_groups: dict[str, ValueWords]
    reception_centre_in: dict[str, ValueWords]


class SignFile(Record):
    """`signs.toml`: what to make of the words beside them."""

    register_name: Phrasing
    being_registered: Phrasing
    in_it: Phrasing
    will_register: Phrasing
    doubts: Phrasing
    unregistered: Phrasing
    in_none: Phrasing
    other_register: Phrasing
    number: Phrasing
    only: Phrasing
    denies: Phrasing
    excludes: Phrasing
    lacks: Phrasing
    another_time: Phrasing
    neighbouring_places: Phrasing
    people_at: Phrasing
    origin: Phrasing
    not_people: Phrasing
    adds: Phrasing
    nationwide_organisation: Phrasing
    not_bound_to_a_place: Phrasing
    centre: Phrasing
    registered_here: Phrasing
    activity_here: Phrasing
    tried_here: Phrasing
    person: Phrasing
    corrects: Phrasing
    asks: Phrasing
    choir: Phrasing
    asks_after_all: Phrasing
    inverted: Phrasing
    other_talk: Phrasing
    of_ours: Phrasing


@cache
def commands() -> Phrases:
    """Commands, greetings, languages and replies; topics are the names of the file's tables.

    Raises:
        DataError: The file has faults.
    """
    return Phrases({name: _words_of(table) for name, table in _command_file()})


@cache
def telling() -> Phrases:
    """All that may stand in a message. The topics are slots, with their values, and signs.

    What only an answer tells stands under a topic of its own (``in_answer``).

    Raises:
        DataError: A file has faults; the values of a slot must be in `knowledge.slots`.
    """
    table: Table = {}
    for slot, values in _slot_file():
        table[slot] = {value: listed(words.anywhere) for value, words in values.items()}
        table[in_answer(slot)] = {value: listed(words.answer) for value, words in values.items()}
    for sign, words in load_toml(WORDS / "signs.toml", SignFile):
        table[sign] = {sign: listed(words.anywhere)}
        table[in_answer(sign)] = {sign: listed(words.answer)}
    replies = _words_of(_command_file().replies)
    for reply, words in replies.items():
        table[reply] = {reply: words}
    for reply, words in table[in_answer("registered")].items():
        table[in_answer("registered")][reply] = (*words, *replies[reply])
    return Phrases(table, with_slips=("target_groups", "register_name", "being_registered"))


def in_answer(topic: str) -> str:
    """The topic of the phrases that tell of one only in an answer to the question about it."""
    return f"{topic} (answer)"


@cache
def people_of() -> dict[str, tuple[str, ...]]:
    """Endings after a place that name its people, by the target group these are."""
    return {group: listed(words.people_of) for group, words in _slot_file().target_groups.items()}


@cache
def _command_file() -> CommandFile:
    return load_toml(WORDS / "commands.toml", CommandFile)


@cache
def _slot_file() -> SlotFile:
    return load_toml(WORDS / "slots.toml", SlotFile, _unknown_values)


def _unknown_values(file: Mapping[str, Any]) -> Iterator[str]:
    for slot, values in file.items():
        known = SLOTS[slot].values if slot in SLOTS else ()
        for value in values if known else ():
            if value not in known:
                yield f"{slot}: {not_one_of(value, known, f'a value of {slot}')}"


def _words_of(table: Record) -> dict[str, tuple[str, ...]]:
    return {name: listed(words) for name, words in table}


def listed(words: str) -> tuple[str, ...]:
    """Phrases with commas or new lines between."""
    return tuple(part.strip() for part in words.replace("\n", ",").split(",") if part.strip())
