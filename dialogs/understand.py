"""From an utterance to what it means: a command, an answer, or nothing we are sure of.

Called by every channel before `dialogs.conversation.step`. Reads against the pending question. It
never guesses: what it cannot read is `unknown`, and a place that could be two is asked back
about.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from dialogs.agenda import pending
from dialogs.message_slots import is_question, read_slots
from dialogs.messages import Utterance
from dialogs.questions import QUESTIONS, choices
from dialogs.slot_words import CORRECTION
from dialogs.state import LANGUAGES, State
from dialogs.texts import say
from dialogs.words import (
    ANOTHER_REGISTER,
    CHOICES,
    COMMANDS,
    LANGUAGE_NAMES,
    NEGATIONS,
    NO,
    UNSURE,
    YES,
)
from knowledge.activities import read_activities
from knowledge.faq import Faq
from knowledge.faq_search import Guess
from knowledge.places import Places
from knowledge.reading import fold, is_phrase, values_in, words_of
from knowledge.scheme import Scheme
from knowledge.slots import ACTIVITY, PLACE, SLOTS, Value
from knowledge.slots import UNSURE as UNSURE_VALUE

JOINING = ("og", "and", "samt")
ENOUGH_TO_TELL = 3  # so many slots in a question: it tells of an organisation, and asks about it
MOST_PARTS = 20  # nobody lists more choices than there are


@dataclass(frozen=True, slots=True)
class Heard:
    """What an utterance was taken to mean.

    ``intent`` is a command, answer, tick, done, ask_back, change, confirm, deny, attachment,
    old_button or unknown. ``certain`` is false for an answer read from free text: it is shown
    before it counts. ``candidates`` are the municipality numbers to ask back about; ``slot`` and
    ``value`` what a button or a command is about.
    """

    intent: str
    answers: dict[str, Value] = field(default_factory=dict)
    certain: bool = True
    candidates: tuple[str, ...] = ()
    slot: str | None = None
    value: str = ""
    faq: tuple[Guess, ...] = ()
    lang: str | None = None


def understand(scheme: Scheme, state: State, utterance: Utterance) -> Heard:
    """Read one utterance in a conversation. Never raises, whatever was sent."""
    if utterance.button is not None:
        heard = _button(scheme, utterance.button)
    elif utterance.attachment is not None:
        heard = Heard("attachment", value=utterance.attachment)
    else:
        heard = read_text(scheme, state, pending(scheme, state), utterance.text or "")
    return Heard(
        heard.intent,
        heard.answers,
        heard.certain,
        heard.candidates,
        heard.slot,
        heard.value,
        heard.faq,
        utterance.lang,
    )


def _button(scheme: Scheme, button: str) -> Heard:
    """A button says exactly what it is: a command, or slot:value."""
    slot, _, value = button.partition(":")
    if not value and button in (*COMMANDS, "confirm", "change", "keep"):
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


def read_text(scheme: Scheme, state: State, asked: str | None, text: str) -> Heard:
    """Read a text against the question asked; None at the verdict, or without a conversation."""
    if state.deleting:
        return _command(asked, text) or _yes_or_no_to_deleting(text)
    if state.menu and (heard := _from_menu(scheme, state, text)):
        return heard
    if heard := _numbered(scheme, state, asked, text) or _exact_label(scheme, state, asked, text):
        return heard
    if heard := _command(asked, text):
        return heard
    heard = _answer_to(scheme, asked, text)
    if heard.certain and heard.intent in ("answer", "confirm", "deny"):
        return heard
    return _beside(scheme, state, asked, text, heard)


def _answer_to(scheme: Scheme, asked: str | None, text: str) -> Heard:
    """The text as an answer to the pending question alone."""
    if asked not in SLOTS:
        return _yes_or_no(text)
    if is_question(text):
        return Heard("unknown")
    return _place(scheme, asked, text) if SLOTS[asked].kind == PLACE else _choice(asked, text)


def _beside(scheme: Scheme, state: State, asked: str | None, text: str, heard: Heard) -> Heard:
    """What else the text tells or asks, beside an answer to the pending question."""
    told = read_slots(scheme, text)
    is_corrected = bool(values_in(words_of(text), {"": CORRECTION}))
    fresh = {
        slot: value
        for slot, value in told.answers.items()
        if slot == asked or slot not in state.answers or is_corrected
    }
    reading = Faq.load(scheme).read(text)
    is_asked = is_question(text) or (reading.asks and heard.intent == "unknown")
    stated = set(fresh) - {"scope"}
    if is_asked and len(stated) < ENOUGH_TO_TELL:
        return Heard("question", value=_place_named(scheme, text), faq=reading.guesses)
    if asked is not None and _is_overruled(asked, text, told.answers):
        heard = Heard("unknown")
    elif heard.intent == "answer":
        fresh = {**fresh, **heard.answers}
    back = told.asked_back.get("municipality", ()) or heard.candidates
    if fresh:
        return Heard("answer", fresh, certain=False, candidates=back)
    if heard.intent == "unknown" and reading.guesses:
        return Heard("question", value=_place_named(scheme, text), faq=reading.guesses)
    return heard


def _is_overruled(asked: str, text: str, told: Mapping[str, Value]) -> bool:
    """Whether a whole sentence says more surely than its single words what was asked.

    «Vi har ikke råd til mye» is no answer to whether they are registered, though it has an «ikke».
    """
    if asked in told:
        return SLOTS[asked].kind != PLACE
    words = words_of(text)
    first = words[0] if words else ""
    return asked == "registered" and len(words) > 3 and first not in (*YES, *NO)


def _place_named(scheme: Scheme, text: str) -> str:
    """The one municipality that a question names, or nothing."""
    reading = Places.load(scheme.year).find(text)
    return reading.candidates[0].number if reading.kind == "municipality" else ""


def _from_menu(scheme: Scheme, state: State, text: str) -> Heard | None:
    """A number counts what was shown last, which may be another list than the question's."""
    number = fold(text).rstrip(".")
    if number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(state.menu):
        return _button(scheme, state.menu[int(number[:4]) - 1])
    return None


def _numbered(scheme: Scheme, state: State, asked: str | None, text: str) -> Heard | None:
    """Numbers of the choices as shown, from 1: «2», «1, 3», «1 og 3»."""
    words = [word for word in words_of(text) if word not in JOINING]
    if asked not in SLOTS or not words or not all(w.isascii() and w.isdigit() for w in words):
        return None
    offered = choices(scheme, state.lang, asked, state.asked_back)
    numbers = [int(word) for word in words if len(word) <= 2]
    if len(numbers) < len(words) or not all(1 <= n <= len(offered) for n in numbers):
        return None
    return _chosen(scheme, asked, tuple(dict.fromkeys(offered[n - 1].value for n in numbers)))


def _exact_label(scheme: Scheme, state: State, asked: str | None, text: str) -> Heard | None:
    """The words on a button, or on several with commas between, in any of the languages."""
    if asked not in SLOTS:
        return None
    parts = text.split(",", MOST_PARTS) if SLOTS[asked].many else [text]
    wanted = [fold(part).removeprefix("✓ ") for part in parts]
    for lang in (state.lang, *LANGUAGES):
        offered = {fold(c.label): c.value for c in choices(scheme, lang, asked, state.asked_back)}
        if all(part in offered for part in wanted):
            return _chosen(scheme, asked, tuple(dict.fromkeys(offered[part] for part in wanted)))
    return None


def _chosen(
    scheme: Scheme, slot: str, values: tuple[str, ...], certain: bool = True
) -> Heard | None:
    """An answer of these values, if they can stand together in the slot."""
    if not SLOTS[slot].many:
        return Heard("answer", {slot: values[0]}, certain) if len(values) == 1 else None
    if len(values) > 1 and set(values) & set(scheme.alone(slot)):
        return None
    return Heard("answer", {slot: values}, certain)


def _command(asked: str | None, text: str) -> Heard | None:
    folded = fold(text).rstrip(" .!")
    # «norsk» said about what they will do is Norwegian practice, not the language to speak.
    if folded in LANGUAGE_NAMES and not (asked == "activities" and read_activities(text)):
        return Heard("set_language", value=LANGUAGE_NAMES[folded])
    for command, phrases in COMMANDS.items():
        if is_phrase(text, phrases):
            return Heard(command)
    verb, _, rest = folded.partition(" ")
    if rest and verb in COMMANDS["change"]:
        for slot in QUESTIONS:
            if rest in {fold(say(lang, f"ask-{slot}.name")) for lang in LANGUAGES}:
                return Heard("change", slot=slot)
    return None


def _yes_or_no(text: str) -> Heard:
    if fold(text).endswith("?"):
        return Heard("unknown")
    if is_phrase(text, YES):
        return Heard("confirm")
    return Heard("deny" if is_phrase(text, NO) else "unknown")


def _yes_or_no_to_deleting(text: str) -> Heard:
    """A number says nothing here: what is gone cannot be brought back."""
    written = fold(text)
    for intent, button in (("delete_yes", "button-delete"), ("delete_no", "button-keep")):
        if written in {fold(say(lang, button)) for lang in LANGUAGES}:
            return Heard(intent)
    heard = _yes_or_no(text)
    return Heard({"confirm": "delete_yes", "deny": "delete_no"}.get(heard.intent, "unknown"))


def _place(scheme: Scheme, slot: str, text: str) -> Heard:
    if is_phrase(text, UNSURE):
        return Heard("answer", {slot: UNSURE_VALUE})
    for value, phrases in CHOICES[slot].items():
        if is_phrase(text, phrases):
            return Heard("answer", {slot: value})
    reading = Places.load(scheme.year).find(text)
    found = tuple(place.number for place in reading.candidates)
    if reading.kind == "municipality":
        return Heard("answer", {slot: found[0]}, reading.certain)
    return Heard("ask_back", slot=slot, candidates=found) if found else Heard("unknown")


def _choice(slot: str, text: str) -> Heard:
    """A choice in plain words.

    The whole text being one phrase is certain, a phrase inside it is not.
    """
    if is_phrase(text, UNSURE) and UNSURE_VALUE in SLOTS[slot].values:
        return Heard("answer", {slot: _one_or_many(slot, (UNSURE_VALUE,))})
    if SLOTS[slot].kind == ACTIVITY:
        found = _sub_goals_named(text) or read_activities(text)
        return Heard("answer", {slot: found}, certain=False) if found else Heard("unknown")
    if fold(text).endswith("?") or (slot != "registered" and _is_negated(text)):
        return Heard("unknown")
    phrases = {UNSURE_VALUE: UNSURE, **CHOICES[slot]}
    found = _narrowed(slot, values_in(words_of(text), phrases))
    if slot == "registered" and found == ("yes",) and _is_phrase_in(text, ANOTHER_REGISTER):
        return Heard("unknown")
    if UNSURE_VALUE in found:
        found = (UNSURE_VALUE,) if UNSURE_VALUE in SLOTS[slot].values else ()
    if not found or (len(found) > 1 and not SLOTS[slot].many):
        return Heard("unknown")
    certain = len(found) == 1 and is_phrase(text, phrases.get(found[0], ()))
    return Heard("answer", {slot: _one_or_many(slot, found)}, certain)


def _is_negated(text: str) -> bool:
    """Whether something is denied, so that the words alone would be read as their opposite."""
    return _is_phrase_in(text, NEGATIONS) and not is_phrase(text, UNSURE)


def _is_phrase_in(text: str, phrases: tuple[str, ...]) -> bool:
    return bool(values_in(words_of(text), {"": phrases}))


def _narrowed(slot: str, found: tuple[str, ...]) -> tuple[str, ...]:
    """Two values that together mean a third, or of which one says nothing of its own."""
    if slot == "scope" and set(found) == {"local", "transferable"}:
        return ("local_transferable",)
    if slot == "scope" and set(found) == {"national", "transferable"}:
        return ("transferable",)
    return found


def _sub_goals_named(text: str) -> tuple[str, ...]:
    """A sub-goal called by its letter: «B», «delmål A og C»."""
    words = [
        w for w in words_of(text) if w not in (*JOINING, "delmål", "del", "sub-goal", "sub-goals")
    ]
    if not words or not all(w in ("a", "b", "c") for w in words):
        return ()
    return tuple(f"sub_goal_{w}" for w in dict.fromkeys(words))


def _one_or_many(slot: str, values: Iterable[str]) -> Value:
    return tuple(values) if SLOTS[slot].many else next(iter(values))
