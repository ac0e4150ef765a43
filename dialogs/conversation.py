"""One turn of the conversation, as a pure function: no clock, no network, no database.

Called by every channel in `bot`. The same state and input always give the same result.
"""

from dataclasses import replace

from dialogs.agenda import counted, pending, settled_early, standing_verdict
from dialogs.answering import answer
from dialogs.card import card
from dialogs.commands import ABOUT_ITSELF, Handled, Handler, late_button
from dialogs.members import credited, welcomed
from dialogs.messages import Reply, Utterance
from dialogs.questions import CHECK_ANSWERS, QUESTIONS, labels
from dialogs.replies import (
    LANGUAGE_BUTTONS,
    after_verdict,
    change_rows,
    delete_question,
    in_few_messages,
    question,
    summary,
)
from dialogs.side_questions import answer_to, guesses
from dialogs.state import State
from dialogs.texts import days, has, say
from dialogs.understand import Heard
from knowledge.faq import SURE
from knowledge.scheme import Scheme
from knowledge.slots import PLACE, SLOTS, as_tuple
from knowledge.verdict import decide

__all__ = ["OPENING", "pending", "standing_verdict", "step", "welcome_back"]

OPENING = Utterance(text="/start")
KEEP_HINT_LANGUAGES = {"nn": "nn", "en": "en", "nb": "nb", "no": "nb", "da": "nb", "sv": "nb"}


def step(scheme: Scheme, state: State, heard: Heard) -> tuple[State, tuple[Reply, ...]]:
    """Take one turn: from a state and what was heard to the new state and the replies, in order."""
    if state.erased:
        state = State(lang=state.lang)
    turn = state.turn + 1
    if heard.intent == "late_button":
        return replace(state, turn=turn), (late_button(state, heard),)
    after, said = _step(scheme, state, heard)
    after = credited(state, after, heard)
    since = after.since if _buttons(scheme, after) == _buttons(scheme, state) else turn
    return replace(after, menu=_menu(said), turn=turn, since=since), in_few_messages(said)


def _step(scheme: Scheme, state: State, heard: Heard) -> tuple[State, list[Reply]]:
    state = _spoken_language(state, heard)
    state, said = welcomed(state, heard)
    if not state.greeted:
        said.append(_greeting(scheme, state, heard))
        state = replace(state, greeted=True)
        if heard.intent in ("unknown", "start", "greeting"):
            return state, [*said, _agenda(scheme, state)]
    if heard.intent not in ("delete_yes", "delete_no", "another_script", "edited", "unknown"):
        state = replace(state, deleting=False)
    state, more, goes_on = HANDLERS.get(heard.intent, _unknown)(scheme, state, heard)
    said += more
    if goes_on:
        said.append(_agenda(scheme, state))
    return state, said


def _buttons(scheme: Scheme, state: State) -> tuple[object, ...]:
    """What the buttons of the pending question depend on, beside the language."""
    half_done = (state.ticks, state.asked_back, state.changing, state.deleting, state.asked_early)
    return pending(scheme, state), *half_done


def _menu(said: list[Reply]) -> tuple[str, ...]:
    """The commands that a number would choose: those of a menu that was shown last."""
    last = said[-1]
    return tuple(b.id for row in last.buttons for b in row) if last.kind == "menu" else ()


def welcome_back(scheme: Scheme, state: State) -> tuple[Reply, ...]:
    """What somebody sees who returns to a conversation: a line, and the agenda again."""
    return Reply(say(state.lang, "welcome-back")), _agenda(scheme, state)


def afresh(scheme: Scheme, lang: str, turn: int) -> tuple[State, tuple[Reply, ...]]:
    """For somebody whose answers cannot be read any more: to be told so, and the first question.

    Args:
        scheme: The year's rules.
        lang: The language of the conversation.
        turn: The number of this turn in it: what was shown before is left behind.
    """
    state = State(lang=lang, greeted=True, turn=turn, since=turn)
    return state, (Reply(say(lang, "unreadable")), _agenda(scheme, state))


def _spoken_language(state: State, heard: Heard) -> State:
    """The language of what was written, until one has been chosen; at first the channel's guess."""
    if state.lang_chosen:
        return state
    if heard.written_in is not None:
        return replace(state, lang=heard.written_in)
    if state.greeted or heard.lang is None:
        return state
    return replace(state, lang=KEEP_HINT_LANGUAGES.get(heard.lang.lower()[:2], "en"))


def _greeting(scheme: Scheme, state: State, heard: Heard) -> Reply:
    kept = days(state.lang, heard.kept_days)
    gaps = {"year": str(scheme.year), "most": len(QUESTIONS), "days": kept}
    return Reply(say(state.lang, "greeting", **gaps), LANGUAGE_BUTTONS)


def _agenda(scheme: Scheme, state: State) -> Reply:
    """The pending question, the summary to confirm, or the verdict card.

    Somebody who was asked whether to delete everything is asked that first.
    """
    if state.deleting:
        return delete_question(state)
    asked = pending(scheme, state)
    if asked == CHECK_ANSWERS:
        return summary(scheme, state)
    if asked is not None:
        return question(scheme, state, asked)
    return _card(scheme, state)


def _card(scheme: Scheme, state: State) -> Reply:
    answers = counted(scheme, state)
    text = card(scheme, state.lang, answers, decide(scheme, answers), state.answered_by)
    return Reply(text, after_verdict(scheme, state), "card")


def _document(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """The card once more, to be given as a file; without buttons, for it is to be passed on."""
    if pending(scheme, state) is not None and not state.asked_early:
        return state, [Reply(say(state.lang, "not-yet"))], True
    return state, [replace(_card(scheme, state), buttons=(), kind="document")], False


def _answer(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Take answers; a place among them that could be several is asked back about when it is due."""
    state, said = answer(scheme, state, heard.answers, heard.certain)
    if heard.candidates and pending(scheme, state) == "municipality":
        state, more, _ = _ask_back(scheme, state, heard)
        said += more
    return state, said, True


def _question(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Answer a side question, take what was told beside it, and go on.

    Where it is not clear which question it was, guess among three; their buttons come last.
    """
    said: list[Reply] = []
    if heard.answers:
        state, said = answer(scheme, state, heard.answers, heard.certain)
    goes_on = pending(scheme, state) is not None
    if not heard.faq:
        return state, [*said, Reply(say(state.lang, "faq-unknown"))], goes_on
    if len(heard.faq) > 1 or heard.faq[0].confidence < SURE:
        return state, [*said, *_guesses(scheme, state, heard)], False
    _, text = answer_to(scheme, state, heard.faq[0].key, heard.value)
    return state, [*said, Reply(text)], goes_on


def _guesses(scheme: Scheme, state: State, heard: Heard) -> list[Reply]:
    """What they may have asked, and the pending question again; a number chooses a guess."""
    guessed = guesses(scheme, state, tuple(g.key for g in heard.faq))
    asked = pending(scheme, state)
    if asked not in QUESTIONS:
        return [guessed]
    return [Reply(guessed.text), replace(guessed, text=question(scheme, state, str(asked)).text)]


def _tick(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Tick or untick one choice. A choice that goes with no other is the whole answer at once."""
    slot, value = heard.slot or "", heard.value
    if value in scheme.alone(slot):
        return _answer(scheme, state, Heard("answer", {slot: (value,)}))
    said: list[Reply] = []
    if pending(scheme, state) != slot:
        if state.ticks and state.changing is None:
            state, said = answer(scheme, state, {}, True)
        state = _change_to(state, slot)
    ticks = tuple(t for t in state.ticks if t != value and t not in scheme.alone(slot))
    if value not in state.ticks:
        ticks = tuple(v for v in scheme.values(slot) if v in (*ticks, value))
    state = replace(state, ticks=ticks, asked_early=False)
    if ticks:
        values = labels(scheme, state.lang, slot, ticks)
        said.append(Reply(say(state.lang, "ticked", values=values)))
    return state, said, True


def _done(scheme: Scheme, state: State, heard: Heard) -> Handled:
    asked = pending(scheme, state)
    if asked is None or not state.ticks or heard.slot not in (asked, None):
        hint = f"ask-{asked}.hint" if asked in QUESTIONS else "not-understood"
        return state, [Reply(say(state.lang, hint))], asked is not None
    return _answer(scheme, state, Heard("answer", {asked: state.ticks}))


def _ask_back(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """A place that could be several: ask which. The same question stays pending."""
    state = replace(state, asked_back=heard.candidates, asked_early=False)
    return state, [Reply(say(state.lang, "which-place"))], True


def _change(scheme: Scheme, state: State, heard: Heard) -> Handled:
    if heard.slot is not None:
        return _change_to(state, heard.slot), [], True
    answered = change_rows(scheme, state)
    if not answered:
        return state, [Reply(say(state.lang, "nothing-to-change"))], True
    return state, [Reply(say(state.lang, "which-to-change"), answered, "menu")], False


def _change_to(state: State, slot: str) -> State:
    """Go back to a question, with the choices of its answer ticked."""
    old = state.answers.get(slot, ())
    ticks = as_tuple(old) if SLOTS[slot].many else ()
    return replace(state.calm(), changing=slot, ticks=ticks)


def _back(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """To the question before the pending one; again and again to the first."""
    asked = pending(scheme, state)
    before = [
        s for s in counted(scheme, state) if asked not in QUESTIONS or _precedes(s, str(asked))
    ]
    if not before:
        return state, [Reply(say(state.lang, "nothing-before"))], True
    return _change_to(state, before[-1]), [], True


def _precedes(slot: str, other: str) -> bool:
    return QUESTIONS.index(slot) < QUESTIONS.index(other)


def _keep(scheme: Scheme, state: State, heard: Heard) -> Handled:
    return state.calm(), [], True


def _show_verdict(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """From the summary to the verdict; earlier only where nothing more can change the outcome."""
    if state.changing is not None:
        state = state.calm()
    if pending(scheme, state) in (CHECK_ANSWERS, None):
        return replace(state, from_text=()), [], True
    if settled_early(scheme, counted(scheme, state)):
        return replace(state, asked_early=True), [_card(scheme, state)], True
    return state, [Reply(say(state.lang, "not-yet"))], True


def _start(scheme: Scheme, state: State, heard: Heard) -> Handled:
    return state, [_greeting(scheme, state, heard)], True


def _again(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Nothing to answer in what was said (a greeting, thanks): go on."""
    if pending(scheme, state) is None:
        return _unknown(scheme, state, heard)
    return state, [], True


def _confirm(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Yes, to the summary."""
    if pending(scheme, state) == CHECK_ANSWERS:
        return _show_verdict(scheme, state, heard)
    return _unknown(scheme, state, heard)


def _deny(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """No, to the summary: ask what to change."""
    if pending(scheme, state) == CHECK_ANSWERS:
        return _change(scheme, state, heard)
    return _unknown(scheme, state, heard)


def _unknown(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Say that it was not understood, what would be, and ask again."""
    asked = pending(scheme, state)
    if state.deleting:
        return state, [Reply(say(state.lang, "not-understood"))], True
    if asked is None:
        text = say(state.lang, "answered-already")
        return state, [Reply(text, after_verdict(scheme, state), "menu")], False
    missed = "no-place" if asked in SLOTS and SLOTS[asked].kind == PLACE else "not-understood"
    lines = [say(state.lang, missed)]
    if has(state.lang, f"ask-{asked}.hint"):
        lines.append(say(state.lang, f"ask-{asked}.hint"))
    return state, [Reply("\n".join(lines))], True


HANDLERS: dict[str, Handler] = {
    **ABOUT_ITSELF,
    "answer": _answer,
    "question": _question,
    "tick": _tick,
    "done": _done,
    "ask_back": _ask_back,
    "change": _change,
    "back": _back,
    "keep": _keep,
    "show_verdict": _show_verdict,
    "start": _start,
    "greeting": _again,
    "document": _document,
    "confirm": _confirm,
    "deny": _deny,
}
