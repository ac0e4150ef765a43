"""What a pressed button means: a command, an answer, or that its message is no longer the one.

Called by `dialogs.understand`. Where the channel tells which turn the button's message came from,
a press that would answer another question than the pending one, or do the same thing twice, is late
and changes nothing. Where it does not tell, every button does what it says.
"""

from dialogs.agenda import pending
from dialogs.heard import Heard
from dialogs.questions import QUESTIONS
from dialogs.state import LANGUAGES, State
from dialogs.words import COMMANDS
from knowledge.faq import Faq
from knowledge.faq_search import Guess
from knowledge.places import Places
from knowledge.scheme import Scheme
from knowledge.slots import PLACE, SLOTS

# Commands that mean something else when pressed again: only on the newest message.
_ONCE = ("back", "keep", "restart", "show_verdict", "confirm", "done", "tick", "delete_yes")


def read_button(scheme: Scheme, state: State, button: str, turn: int | None = None) -> Heard:
    """Read a press.

    Args:
        scheme: The year's rules.
        state: The conversation before the press.
        button: The button's id.
        turn: The turn whose message it was on; None where that is not known.
    """
    heard = meant_by(scheme, button)
    if turn is None or not _is_late(scheme, state, heard, turn):
        return heard
    slot = heard.slot or next(iter(heard.answers), None)
    value = heard.value or str(heard.answers.get(slot or "", ""))
    return Heard("late_button", slot=slot, value=value)


def _is_late(scheme: Scheme, state: State, heard: Heard, turn: int) -> bool:
    if turn > state.turn:  # from before everything was erased
        return heard.intent not in ("set_language", "start", "help", "privacy")
    if heard.intent == "answer":
        return pending(scheme, state) not in heard.answers
    return heard.intent in _ONCE and turn < state.since


def meant_by(scheme: Scheme, button: str) -> Heard:
    """A button says exactly what it is: a command, or slot:value."""
    slot, _, value = button.partition(":")
    if not value and button in (*COMMANDS, "confirm"):
        return Heard(button)
    if slot == "lang" and value in LANGUAGES:
        return Heard("set_language", value=value)
    if slot == "delete" and value in ("yes", "no"):
        return Heard(f"delete_{value}")
    if slot == "faq" and (value == "none" or Faq.load(scheme).has(value)):
        return Heard("question", faq=() if value == "none" else (Guess(value, 1.0),))
    if slot == "change" and value in QUESTIONS:
        return Heard("change", slot=value)
    if slot not in SLOTS:
        return Heard("old_button")
    if SLOTS[slot].many and value == "done":
        return Heard("done", slot=slot)
    known = scheme.values(slot) if SLOTS[slot].kind != PLACE else SLOTS[slot].values
    if value not in known and not (SLOTS[slot].kind == PLACE and _is_municipality(scheme, value)):
        return Heard("old_button")
    if SLOTS[slot].many:
        return Heard("tick", slot=slot, value=value)
    return Heard("answer", {slot: value})


def _is_municipality(scheme: Scheme, number: str) -> bool:
    return Places.load(scheme.year).by_number(number) is not None
