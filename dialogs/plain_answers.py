"""A text as the answer to the pending question, in the person's own words.

Called by `dialogs.understand` when no button, label or command was meant. Takes nothing from a
question, and nothing that is denied.
"""

from collections.abc import Iterable

from dialogs.heard import Heard
from dialogs.message_places import are_people_at
from dialogs.message_slots import is_for_others, is_other_talk, one_scope
from dialogs.message_words import Message
from dialogs.state import State
from dialogs.words import commands, in_answer
from knowledge.activities import read_activities
from knowledge.activity_outside import is_other_business
from knowledge.faq_search import Guess
from knowledge.places import Places
from knowledge.reading import fold
from knowledge.scheme import Scheme
from knowledge.slots import ACTIVITY, PLACE, SLOTS, Value
from knowledge.slots import UNSURE as UNSURE_VALUE

JOINING = ("og", "and", "samt")
NONE_OF_THESE = "none_of_these"  # the kind of activity that fits no sub-goal
ABROAD = "nis_abroad"  # the question that an activity abroad raises
SUB_GOAL_WORDS = ("delmål", "del", "sub-goal", "sub-goals")
# Signs that turn what is beside them into its opposite, or into something else than was asked.
NEGATIONS = tuple(s for sign in ("denies", "excludes") for s in (sign, in_answer(sign)))
NOT_THIS_REGISTER = ("other_register", in_answer("another_time"))


def answer_to(scheme: Scheme, state: State, asked: str | None, message: Message) -> Heard:
    """The text as an answer to the pending question alone."""
    if asked not in SLOTS:
        return yes_or_no(message)
    if message.asks:
        return Heard("unknown")
    if SLOTS[asked].kind == PLACE:
        return _place(scheme, asked, message, state.asked_back)
    if asked == "target_groups" and is_for_others(scheme, message):
        return Heard("answer", {asked: ("other",)}, certain=False)
    heard = _choice(asked, message)
    if heard.intent != "unknown" or asked not in TOLD_BY_PLACES or is_other_talk(message):
        return heard
    return TOLD_BY_PLACES[asked](scheme, message)


def yes_or_no(message: Message) -> Heard:
    """A plain yes or no, to whatever was asked; unknown for all else."""
    if message.folded.endswith("?"):
        return Heard("unknown")
    reply = dict(commands().whole(message.folded)).get("replies", "")
    return Heard({"yes": "confirm", "no": "deny"}.get(reply, "unknown"))


def _place(scheme: Scheme, slot: str, message: Message, asked_back: tuple[str, ...]) -> Heard:
    if value := _whole(slot, message):
        return Heard("answer", {slot: value})
    if is_other_talk(message):
        return Heard("unknown")
    reading = Places.load(scheme.year).find(message.text, is_home=slot == "municipality")
    found = tuple(place.number for place in reading.candidates)
    if reading.kind == "municipality":
        return Heard("answer", {slot: found[0]}, reading.certain)
    if not found and (chosen := _in_county(scheme, message, asked_back)):
        return Heard("answer", {slot: chosen}, certain=False)
    return Heard("ask_back", slot=slot, candidates=found) if found else Heard("unknown")


def _in_county(scheme: Scheme, message: Message, asked_back: tuple[str, ...]) -> str | None:
    """The one of the places asked back about that lies in a county named: «den i Vestfold»."""
    places = Places.load(scheme.year)
    found = [
        number
        for number in asked_back
        if (place := places.by_number(number)) and fold(place.county) in message.folded
    ]
    return found[0] if len(found) == 1 else None


def _whole(slot: str, message: Message) -> str:
    """The value of a slot that the whole text is a phrase for, or nothing."""
    whole = message.whole()
    if UNSURE_VALUE in whole and UNSURE_VALUE in SLOTS[slot].values:
        return UNSURE_VALUE
    return whole.get(slot) or whole.get(in_answer(slot)) or ""


def _choice(slot: str, message: Message) -> Heard:
    """A choice in plain words.

    The whole text being one phrase is certain, a phrase inside it is not.
    """
    whole = _whole(slot, message)
    if whole == UNSURE_VALUE:
        return Heard("answer", {slot: _one_or_many(slot, (UNSURE_VALUE,))})
    if SLOTS[slot].kind == ACTIVITY:
        found = _sub_goals_named(message) or read_activities(message.text)
        if not found and is_other_business(message.text):
            found = (NONE_OF_THESE,)
        return Heard("answer", {slot: found}, certain=False) if found else Heard("unknown")
    if message.folded.endswith("?"):
        return Heard("unknown")
    beside = ("neighbouring_places",) if slot == "target_groups" else ()
    affirmed = None if slot == "registered" else message.affirmed(*NEGATIONS)
    topics = (UNSURE_VALUE, *beside, slot, in_answer(slot))
    told = message.values(*topics, within=affirmed) or {whole} - {""}
    found = _in_order(slot, frozenset(told))
    if slot == "registered" and found == ("yes",) and message.spoken(*NOT_THIS_REGISTER):
        return Heard("unknown")
    if UNSURE_VALUE in found:
        found = (UNSURE_VALUE,) if UNSURE_VALUE in SLOTS[slot].values else ()
    if not found or (len(found) > 1 and not SLOTS[slot].many):
        return Heard("unknown")
    return Heard("answer", {slot: _one_or_many(slot, found)}, certain=found == (whole,))


def _reach(scheme: Scheme, message: Message) -> Heard:
    """How far a measure reaches, told by a place or by several: «Saupstad», «Hole og Ringerike».

    Of two that were told by words nothing is taken, nor of what is denied. Abroad is none of the
    choices, and not in the source.
    """
    if _is_negated(message) or message.values("scope", in_answer("scope")):
        return Heard("unknown")
    mentions = Places.load(scheme.year).mentions(message.text)
    if mentions and all(m.kind == "abroad" for m in mentions):
        return Heard("question", {"scope": UNSURE_VALUE}, certain=False, faq=(Guess(ABROAD, 1.0),))
    named = {m.candidates for m in mentions if m.candidates}
    if not named or any(not m.candidates for m in mentions):
        return Heard("unknown")
    # «Lillestrøm og Skedsmokorset» may both lie in Skedsmo.
    is_one = bool(frozenset.intersection(*map(frozenset, named)))
    reach = "local" if is_one else "several_municipalities"
    return Heard("answer", {"scope": reach}, certain=False)


def _whom(scheme: Scheme, message: Message) -> Heard:
    """Whom it is for, told by where they are: «folk i Hamar»."""
    mentions = Places.load(scheme.year).mentions(message.text)
    if not _is_negated(message) and any(m.candidates and are_people_at(m) for m in mentions):
        return Heard("answer", {"target_groups": ("local_population",)}, certain=False)
    return Heard("unknown")


# Questions that a place may answer without another word.
TOLD_BY_PLACES = {"scope": _reach, "target_groups": _whom}


def _is_negated(message: Message) -> bool:
    """Whether something is denied, so that the words alone would be read as their opposite."""
    return bool(message.denials(*NEGATIONS)) and UNSURE_VALUE not in message.whole()


def _in_order(slot: str, found: frozenset[str]) -> tuple[str, ...]:
    """The values told; «vet ikke» also where the slot has no such value."""
    if slot == "scope":
        return one_scope(found)
    return tuple(v for v in dict.fromkeys((*SLOTS[slot].values, UNSURE_VALUE)) if v in found)


def _sub_goals_named(message: Message) -> tuple[str, ...]:
    """A sub-goal called by its letter: «B», «delmål A og C»."""
    words = [w for w in message.keys if w not in (*JOINING, *SUB_GOAL_WORDS)]
    if not words or not all(w in ("a", "b", "c") for w in words):
        return ()
    return tuple(f"sub_goal_{w}" for w in dict.fromkeys(words))


def _one_or_many(slot: str, values: Iterable[str]) -> Value:
    return tuple(values) if SLOTS[slot].many else next(iter(values))
