"""A card for every class of verdicts, from the reviewed list that stands beside the scheme file.

Used by the tests of the card and of what is made from it.
"""

from dialogs.card import card
from knowledge.classes import reviewed
from knowledge.slots import PLACE, SLOTS, Value
from knowledge.verdict import decide
from tests.dialogs.talk import SCHEME

CLASSES = reviewed(SCHEME.year).classes
OSLO, TYNSET = "0301", "0437"
PLACES = {"managing": OSLO, "not_managing": TYNSET}


def card_of(line: str, lang: str) -> str:
    """The card of the organisation that a line of the list names."""
    answers = dict(_answer(word) for word in line.rpartition(" | ")[2].split())
    return card(SCHEME, lang, answers, decide(SCHEME, answers))


def _answer(word: str) -> tuple[str, Value]:
    slot, _, value = word.partition("=")
    if SLOTS[slot].kind == PLACE:
        return slot, PLACES.get(value, value)
    return slot, tuple(value.split(",")) if SLOTS[slot].many else value
