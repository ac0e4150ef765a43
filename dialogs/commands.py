"""What the conversation does about itself: help, language, privacy, erasing, a human being.

Called by `dialogs.conversation` with what was heard. Answers no question about the scheme and
changes no answer; a restart alone forgets them.
"""

from collections.abc import Callable
from dataclasses import replace

from dialogs.agenda import pending
from dialogs.members import welcomed
from dialogs.messages import Reply
from dialogs.questions import QUESTIONS
from dialogs.replies import LANGUAGE_BUTTONS
from dialogs.state import State
from dialogs.texts import days, say
from dialogs.understand import Heard
from knowledge.scheme import Scheme
from knowledge.slots import as_tuple

# What a handler gives back: the new state, what it says, and whether the agenda (question,
# summary or card) follows.
Handled = tuple[State, list[Reply], bool]
Handler = Callable[[Scheme, State, Heard], Handled]


def _help(scheme: Scheme, state: State, heard: Heard) -> Handled:
    return state, [Reply(say(state.lang, "help"))], pending(scheme, state) is not None


def _why(scheme: Scheme, state: State, heard: Heard) -> Handled:
    asked = pending(scheme, state)
    if asked in QUESTIONS:
        return state, [Reply(say(state.lang, f"ask-{asked}.why"))], True
    return state, [Reply(say(state.lang, "nothing-to-explain"))], asked is not None


def _restart(scheme: Scheme, state: State, heard: Heard) -> Handled:
    fresh = State(
        lang=state.lang,
        lang_chosen=state.lang_chosen,
        greeted=True,
        wants_person=state.wants_person,
        turn=state.turn,
        together=state.together,
        members=state.members,
    )
    return fresh, [Reply(say(state.lang, "restarted"))], True


def _language(scheme: Scheme, state: State, heard: Heard) -> Handled:
    return state, [Reply(say(state.lang, "language-ask"), LANGUAGE_BUTTONS, "menu")], False


def _another_script(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Written in letters that none of our languages has: say which there are, and ask again."""
    return state, [Reply(say(state.lang, "only-these-languages"), LANGUAGE_BUTTONS)], True


def _set_language(scheme: Scheme, state: State, heard: Heard) -> Handled:
    state = replace(state, lang=heard.value, lang_chosen=True)
    return state, [Reply(say(state.lang, "language-set"))], True


def _privacy(scheme: Scheme, state: State, heard: Heard) -> Handled:
    text = say(state.lang, "privacy", days=days(state.lang, heard.kept_days))
    return state, [Reply(text)], pending(scheme, state) is not None


def _own_data(scheme: Scheme, state: State, heard: Heard) -> Handled:
    shown = Reply(say(state.lang, "own-data"), kind="own_data")
    return state, [shown], pending(scheme, state) is not None


def _delete(scheme: Scheme, state: State, heard: Heard) -> Handled:
    return replace(state, deleting=True), [], True


def _delete_yes(scheme: Scheme, state: State, heard: Heard) -> Handled:
    if not state.deleting:
        return _old_button(scheme, state, heard)
    gone = State(lang=state.lang, erased=True, turn=state.turn)
    return gone, [Reply(say(state.lang, "deleted"))], False


def _delete_no(scheme: Scheme, state: State, heard: Heard) -> Handled:
    if not state.deleting:
        return _old_button(scheme, state, heard)
    return replace(state, deleting=False), [Reply(say(state.lang, "delete-kept"))], True


def _person(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Whoever wants a human being gets one where there is somebody, and else whom to ask."""
    goes_on = pending(scheme, state) is not None
    if not heard.is_staffed:
        return state, [Reply(say(state.lang, "person-none"))], goes_on
    text = "person-waiting" if state.wants_person else "person-asked"
    return replace(state, wants_person=True), [Reply(say(state.lang, text))], goes_on


def _together(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """From now on everybody in the group answers in this conversation."""
    if heard.member is None:
        return state, [Reply(say(state.lang, "together-in-groups"))], True
    state, joined = welcomed(replace(state, together=True), heard)
    return state, [Reply(say(state.lang, "together")), *joined], True


def _apart(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """Each for themselves again; what was answered together stays as it is."""
    said = "apart" if state.together else "together-in-groups"
    return replace(state, together=False), [Reply(say(state.lang, said))], False


def _attachment(scheme: Scheme, state: State, heard: Heard) -> Handled:
    text = say(state.lang, "attachment", kind=heard.value)
    return state, [Reply(text)], pending(scheme, state) is not None


def _edited(scheme: Scheme, state: State, heard: Heard) -> Handled:
    """What was answered stays answered: say how to change it."""
    goes_on = state.deleting or pending(scheme, state) is not None
    return state, [Reply(say(state.lang, "edited"))], goes_on


def _old_button(scheme: Scheme, state: State, heard: Heard) -> Handled:
    return state, [Reply(say(state.lang, "old-button"))], pending(scheme, state) is not None


def late_button(state: State, heard: Heard) -> Reply:
    """Why a press changed nothing: it was noted already, or its question has been left behind."""
    is_noted = heard.value in as_tuple(state.answers.get(heard.slot or "", ()))
    return Reply(say(state.lang, "button-noted" if is_noted else "button-late"), kind="notice")


ABOUT_ITSELF: dict[str, Handler] = {
    "help": _help,
    "why": _why,
    "restart": _restart,
    "language": _language,
    "another_script": _another_script,
    "set_language": _set_language,
    "privacy": _privacy,
    "own_data": _own_data,
    "delete": _delete,
    "delete_yes": _delete_yes,
    "delete_no": _delete_no,
    "person": _person,
    "together": _together,
    "apart": _apart,
    "attachment": _attachment,
    "edited": _edited,
    "old_button": _old_button,
}
