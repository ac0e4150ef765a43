"""The questions: what each offers to choose from, in the order it is shown.

Called by `dialogs.understand` and `dialogs.replies`. Whether a question is asked is not written
here: it is asked while some answer to it can still change the verdict (`knowledge.asking`). Words
live in `texts/`.
"""

from dataclasses import dataclass

from dialogs.messages import Button
from dialogs.texts import in_language, say
from knowledge.places import Places
from knowledge.scheme import Scheme
from knowledge.slots import ACTIVITY, PLACE, SLOTS, Value, as_tuple

CHECK_ANSWERS = "check_answers"
QUESTIONS = tuple(SLOTS)


@dataclass(frozen=True, slots=True)
class Choice:
    """One thing to choose in a question: the slot's value and its label in a language."""

    slot: str
    value: str
    label: str

    def button(self, ticked: bool = False) -> Button:
        """The button for it; a ticked one says so with more than colour."""
        return Button(f"{self.slot}:{self.value}", f"✓ {self.label}" if ticked else self.label)


def choices(
    scheme: Scheme, lang: str, slot: str, asked_back: tuple[str, ...] = ()
) -> tuple[Choice, ...]:
    """What a question offers; ``asked_back`` are municipality numbers it asked back about."""
    if SLOTS[slot].kind == PLACE:
        values = (*asked_back, *SLOTS[slot].values)
    elif SLOTS[slot].kind == ACTIVITY:
        listed = (a.id for a in scheme.activities.values() if a.listed)
        values = (*listed, *SLOTS[slot].values)
    else:
        values = SLOTS[slot].values
    return tuple(Choice(slot, value, label(scheme, lang, slot, value)) for value in values)


def label(scheme: Scheme, lang: str, slot: str, value: str) -> str:
    """What one value of a slot is called."""
    if SLOTS[slot].kind == PLACE and value not in SLOTS[slot].values:
        place = Places.load(scheme.year).by_number(value)
        return Places.load(scheme.year).label(place) if place else value
    if value in scheme.activities:
        return in_language(scheme.activities[value].label, lang)
    return say(lang, f"ask-{slot}.{value}")


def labels(scheme: Scheme, lang: str, slot: str, value: Value) -> str:
    """What an answer is called, several values with commas between."""
    return ", ".join(label(scheme, lang, slot, one) for one in as_tuple(value))


def name(lang: str, slot: str) -> str:
    """What a question is called in a list of answers."""
    return say(lang, f"ask-{slot}.name")
