"""From an utterance to what it means: a command, an answer, or nothing we are sure of.

Called by every channel before `dialogs.conversation.step`. Reads against the pending question. It
never guesses: what it cannot read is `unknown`, and a place that could be two is asked back
about.
"""

from collections.abc import Mapping
from dataclasses import replace
from functools import lru_cache

from dialogs.agenda import pending
from dialogs.heard import Heard
from dialogs.language import is_in_another_script, language_of
from dialogs.message_slots import SlotReading, read_slots
from dialogs.message_words import Message
from dialogs.messages import Utterance
from dialogs.plain_answers import JOINING, answer_to, yes_or_no
from dialogs.pressed import meant_by, read_button
from dialogs.questions import CHECK_ANSWERS, QUESTIONS, choices
from dialogs.state import LANGUAGES, State
from dialogs.texts import say
from dialogs.words import commands
from knowledge.activities import read_activities
from knowledge.faq import SURE, Faq
from knowledge.faq_search import Guess
from knowledge.places import Places
from knowledge.reading import fold
from knowledge.scheme import Scheme
from knowledge.slots import PLACE, SLOTS, UNSURE, Value

__all__ = ["Heard", "read_text", "understand"]

LONGEST_BARE_ANSWER = 3  # words that answer whether they are registered, without a yes or no first
# So many slots tell of an organisation, whatever else is asked: in what ends as a question, and in
# what only sounds like one.
ENOUGH_IN_A_QUESTION, ENOUGH_TO_TELL = 3, 2
OURSELVES = frozenset(("vi", "me", "vår", "vårt", "våre", "we", "our"))
CLEAR = 0.8  # confidence in what is asked, where much is told as well
LONGEST_TOPIC = 3  # words of a first message that names a topic: it is told, and asked about too
MEETING_PLACE = ("meeting_place",)
MOST_PARTS = 20  # nobody lists more choices than there are


def understand(scheme: Scheme, state: State, utterance: Utterance) -> Heard:
    """Read one utterance in a conversation. Never raises, whatever was sent."""
    if utterance.is_edited:
        heard = Heard("edited")
    elif utterance.told is not None:
        heard = Heard("answer", dict(utterance.told), certain=False)
    elif utterance.button is not None:
        heard = read_button(scheme, state, utterance.button, utterance.turn)
    elif utterance.attachment is not None:
        heard = Heard("attachment", value=utterance.attachment)
    else:
        heard = _written(scheme, state, utterance.text or "", utterance.before)
    return replace(
        heard,
        lang=utterance.lang,
        is_staffed=utterance.is_staffed,
        member=utterance.member,
        kept_days=utterance.kept_days,
    )


def _written(scheme: Scheme, state: State, text: str, before: str | None) -> Heard:
    """A text, read together with the one just before where only both together tell something."""
    asked = pending(scheme, state)
    heard = Heard("unknown")
    if before is not None:
        heard = read_text(scheme, state, asked, f"{before} {text}")
    if not heard.answers:
        heard = read_text(scheme, state, asked, text)
    if heard.intent == "unknown" and is_in_another_script(text):
        heard = Heard("another_script")
    return replace(heard, written_in=language_of(text))


def read_text(scheme: Scheme, state: State, asked: str | None, text: str) -> Heard:
    """Read a text against the question asked; None at the verdict, or without a conversation."""
    message = Message(text)
    if state.deleting:
        return _command(asked, message) or _yes_or_no_to_deleting(message)
    if state.menu and (heard := _from_menu(scheme, state, message)):
        return heard
    heard = _numbered(scheme, state, asked, message) or _exact_label(scheme, state, asked, message)
    if heard := heard or _command(asked, message):
        return heard
    heard = answer_to(scheme, state, asked, message)
    if heard.certain and heard.intent in ("answer", "confirm", "deny"):
        return heard
    return _beside(scheme, state, asked, message, heard)


def _beside(
    scheme: Scheme, state: State, asked: str | None, message: Message, heard: Heard
) -> Heard:
    """What else the text tells or asks, beside an answer to the pending question."""
    told = read_slots(scheme, message)
    fresh = _fresh(state, asked, message, told)
    is_unread = heard.intent == "unknown"
    if asked is not None and _is_overruled(asked, message, told.answers):
        heard = Heard("unknown")
    if asked != "registered" and state.answers.get("registered") == UNSURE and not message.asks:
        fresh |= _looked_up(scheme, state, message)
    may_ask = message.asks or is_unread or (heard.intent == "unknown" and not fresh)
    if may_ask and (question := _asked(scheme, state, asked, message, told, fresh, is_unread)):
        return question
    fresh = {**fresh, **heard.answers}
    if heard.intent == "question":
        return replace(heard, answers=fresh)
    back = told.asked_back.get("municipality", ()) or heard.candidates
    if fresh:
        return Heard("answer", fresh, certain=False, candidates=back)
    return heard


def _asked(
    scheme: Scheme,
    state: State,
    asked: str | None,
    message: Message,
    told: SlotReading,
    fresh: Mapping[str, Value],
    is_unread: bool,
) -> Heard | None:
    """The question in it, if there is one; where much is told as well, only one that is clear."""
    reading = Faq.load(scheme).read(message.text)
    # «… whose method can be copied» is told, unless it is surely a question.
    is_told = bool(set(fresh) - {"municipality"}) and reading.band != "sure"
    sounds_so = is_unread and reading.asks and not is_told
    is_asked = message.asks or sounds_so
    stated = len(set(fresh) - {"scope"})
    is_of_others = message.asks and OURSELVES.isdisjoint(message.keys)
    enough = ENOUGH_IN_A_QUESTION if is_of_others else ENOUGH_TO_TELL
    if stated < enough and (is_asked or (reading.guesses and not fresh)):
        return _question(scheme, state, asked, message, reading.guesses)
    least = SURE if stated < ENOUGH_IN_A_QUESTION else CLEAR
    is_clear = bool(reading.guesses) and reading.guesses[0].confidence >= least
    is_topic = not state.answers and len(message.words) <= LONGEST_TOPIC
    if is_clear and (is_asked or is_topic) and not told.asked_back:
        place = _named(scheme, message)
        return Heard("question", dict(fresh), False, value=place, faq=reading.guesses)
    return None


def _looked_up(scheme: Scheme, state: State, message: Message) -> Mapping[str, Value]:
    """«Nå så jeg etter, vi står der»: whether they are registered, which they did not know."""
    is_said = message.spoken("in_it")
    return answer_to(scheme, state, "registered", message).answers if is_said else {}


def _fresh(
    state: State, asked: str | None, message: Message, told: SlotReading
) -> dict[str, Value]:
    """The answers that are new, or asked for, or said to be a correction."""
    is_corrected = asked == CHECK_ANSWERS or bool(message.spoken("corrects"))
    # «Nye og gamle grannar» are people, and no meeting place yet.
    is_whom_alone = asked == "target_groups" and told.answers.get("activities") == MEETING_PLACE
    return {
        slot: value
        for slot, value in told.answers.items()
        if not (is_whom_alone and slot == "activities")
        if slot in (asked, "registered") or slot not in state.answers or is_corrected
    }


def _question(
    scheme: Scheme, state: State, asked: str | None, message: Message, guesses: tuple[Guess, ...]
) -> Heard:
    """A question, with the municipality that it names and what is told beside it."""
    beside = Message(message.told_text()) if message.asks else Message("")
    told = read_slots(scheme, beside)
    answers = _fresh(state, asked, message, told)
    heard = answer_to(scheme, state, asked, beside)
    # «IMDi or the municipality, which one?» does not say that they are a public body.
    is_plain = heard.certain or beside.begins_with("yes", "no")
    if heard.intent == "answer" and is_plain and asked not in told.answers:
        answers |= heard.answers
    return Heard("question", answers, False, value=_named(scheme, message), faq=guesses)


def _named(scheme: Scheme, message: Message) -> str:
    """The number of the municipality that a question is about, or nothing."""
    reading = Places.load(scheme.year).find(message.text)
    return reading.candidates[0].number if reading.kind == "municipality" else ""


def _is_overruled(asked: str, message: Message, told: Mapping[str, Value]) -> bool:
    """Whether a whole sentence says more surely than its single words what was asked.

    «Vi har ikke råd til mye» is no answer to whether they are registered, though it has an «ikke».
    """
    if asked in told:
        return SLOTS[asked].kind != PLACE
    is_short = len(message.words) <= LONGEST_BARE_ANSWER or message.begins_with("yes", "no")
    is_said = message.begins_with(UNSURE) or message.spoken("in_it")
    return asked == "registered" and not is_short and not is_said


def _from_menu(scheme: Scheme, state: State, message: Message) -> Heard | None:
    """A number counts what was shown last, which may be another list than the question's."""
    number = message.folded.rstrip(".")
    if number.isascii() and number.isdigit() and 1 <= int(number[:4]) <= len(state.menu):
        return meant_by(scheme, state.menu[int(number[:4]) - 1])
    return None


def _numbered(scheme: Scheme, state: State, asked: str | None, message: Message) -> Heard | None:
    """Numbers of the choices as shown, from 1: «2», «1, 3», «1 og 3»."""
    words = [word for word in message.keys if word not in JOINING]
    if asked not in SLOTS or not words or not all(w.isascii() and w.isdigit() for w in words):
        return None
    offered = choices(scheme, state.lang, asked, state.asked_back)
    numbers = [int(word) for word in words if len(word) <= 2]
    if len(numbers) < len(words) or not all(1 <= n <= len(offered) for n in numbers):
        return None
    return _chosen(scheme, asked, tuple(dict.fromkeys(offered[n - 1].value for n in numbers)))


def _exact_label(scheme: Scheme, state: State, asked: str | None, message: Message) -> Heard | None:
    """The words on a button, or on several with commas between, in any of the languages."""
    if asked not in SLOTS:
        return None
    parts = message.folded.split(",", MOST_PARTS) if SLOTS[asked].many else [message.folded]
    wanted = [part.strip().removeprefix("✓ ") for part in parts]
    for lang in (state.lang, *LANGUAGES):
        offered = _labels(scheme, lang, asked, state.asked_back)
        if all(part in offered for part in wanted):
            return _chosen(scheme, asked, tuple(dict.fromkeys(offered[part] for part in wanted)))
    return None


@lru_cache(maxsize=128)  # each question in each language, and some lists of places asked back about
def _labels(scheme: Scheme, lang: str, slot: str, asked_back: tuple[str, ...]) -> dict[str, str]:
    """The values of a question's choices by their labels, folded."""
    return {fold(c.label): c.value for c in choices(scheme, lang, slot, asked_back)}


def _chosen(
    scheme: Scheme, slot: str, values: tuple[str, ...], certain: bool = True
) -> Heard | None:
    """An answer of these values, if they can stand together in the slot."""
    if not SLOTS[slot].many:
        return Heard("answer", {slot: values[0]}, certain) if len(values) == 1 else None
    if len(values) > 1 and set(values) & set(scheme.alone(slot)):
        return None
    return Heard("answer", {slot: values}, certain)


def _command(asked: str | None, message: Message) -> Heard | None:
    whole = dict(commands().whole(message.folded))
    # «norsk» said about what they will do is Norwegian practice, not the language to speak.
    if "languages" in whole and not (asked == "activities" and read_activities(message.text)):
        return Heard("set_language", value=whole["languages"])
    if "commands" in whole:
        return Heard(whole["commands"])
    if message.is_greeting:
        return Heard("greeting")
    verb, _, rest = message.folded.rstrip(" .!").partition(" ")
    if rest and ("commands", "change") in commands().whole(verb):
        for slot in QUESTIONS:
            if rest in {fold(say(lang, f"ask-{slot}.name")) for lang in LANGUAGES}:
                return Heard("change", slot=slot)
    return None


def _yes_or_no_to_deleting(message: Message) -> Heard:
    """A number says nothing here: what is gone cannot be brought back."""
    for intent, button in (("delete_yes", "button-delete"), ("delete_no", "button-keep")):
        if message.folded in {fold(say(lang, button)) for lang in LANGUAGES}:
            return Heard(intent)
    heard = yes_or_no(message)
    return Heard({"confirm": "delete_yes", "deny": "delete_no"}.get(heard.intent, "unknown"))
