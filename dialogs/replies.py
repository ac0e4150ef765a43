"""Replies made of the state: the pending question, the summary, what can be changed.

Called by `dialogs.conversation`. Makes messages of texts; decides nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import replace

from dialogs.agenda import counted, settled_early
from dialogs.members import with_member
from dialogs.messages import Button, Reply, Rows
from dialogs.questions import choices, labels, name
from dialogs.state import State
from dialogs.texts import say
from knowledge.asking import open_questions
from knowledge.scheme import Scheme
from knowledge.slots import SLOTS

# A row of buttons wider than this wraps or is cut on a phone.
ROW_WIDTH = 34
ROW_LENGTH = 3
LANGUAGE_BUTTONS: Rows = (
    (
        Button("lang:nb", "Bokmål"),
        Button("lang:nn", "Nynorsk"),
        Button("lang:en", "English"),
    ),
)
# No message but the card is longer than this: it must be read at a glance on a phone.
LONGEST_MESSAGE = 600
MOST_LINES = 8
SUMMARY_LENGTH = 560
LONGEST_GIVEN = 80
CUT = " …"


def question(scheme: Scheme, state: State, slot: str) -> Reply:
    """Ask one question: its text, what was answered before, how many are left, and the choices."""
    lines = [say(state.lang, f"ask-{slot}")]
    if slot in state.answers:
        value = labels(scheme, state.lang, slot, state.answers[slot])
        lines.append(say(state.lang, "now", value=value))
    left = len(open_questions(scheme, counted(scheme, state)))
    if left and state.changing is None:
        lines.append(say(state.lang, "left", n=left))
    return Reply(
        "\n".join(lines),
        (*_choice_rows(scheme, state, slot), *_ways_out(scheme, state)),
        "question",
    )


def _choice_rows(scheme: Scheme, state: State, slot: str) -> Iterator[tuple[Button, ...]]:
    offered = choices(scheme, state.lang, slot, state.asked_back)
    yield from in_rows(choice.button(choice.value in state.ticks) for choice in offered)
    if SLOTS[slot].many:
        yield (Button(f"{slot}:done", say(state.lang, "button-done")),)


def _ways_out(scheme: Scheme, state: State) -> Iterator[tuple[Button, ...]]:
    """Why, back, and what else leads on from a question without answering it."""
    answers = counted(scheme, state)
    ways = [Button("why", say(state.lang, "button-why"))]
    if answers:
        ways.append(Button("back", say(state.lang, "button-back")))
    yield tuple(ways)
    if state.changing is not None:
        yield (Button("keep", say(state.lang, "button-keep-answer")),)
    elif settled_early(scheme, answers):
        yield (Button("show_verdict", say(state.lang, "button-show-now")),)


def summary(scheme: Scheme, state: State) -> Reply:
    """What we understood, to be confirmed before it counts; a button to change each line."""
    answers = counted(scheme, state)
    lines = [say(state.lang, "summary")]
    room = (SUMMARY_LENGTH - len(lines[0])) // max(1, len(answers))
    for slot, value in answers.items():
        shown = labels(scheme, state.lang, slot, value)
        line = say(state.lang, "summary-line", name=name(state.lang, slot), value=shown)
        line = with_member(state, slot, line)
        lines.append(_cut(line, room))
    confirm = (Button("show_verdict", say(state.lang, "button-confirm")),)
    return Reply("\n".join(lines), (confirm, *change_rows(scheme, state)), "menu")


def given_lines(scheme: Scheme, state: State) -> tuple[str, ...]:
    """The answers so far, a line each, for a channel that lets a question take another's place."""
    lines = []
    for slot, value in counted(scheme, state).items():
        shown = labels(scheme, state.lang, slot, value)
        line = say(state.lang, "given", name=name(state.lang, slot), value=shown)
        lines.append(_cut(with_member(state, slot, line)))
    return tuple(lines)


def _cut(line: str, room: int = LONGEST_GIVEN) -> str:
    return line if len(line) <= room else line[: room - len(CUT)] + CUT


def change_rows(scheme: Scheme, state: State) -> Rows:
    """A button for each answer that can be changed."""
    return in_rows(
        Button(f"change:{slot}", say(state.lang, "button-change", name=name(state.lang, slot)))
        for slot in counted(scheme, state)
    )


def after_verdict(scheme: Scheme, state: State) -> Rows:
    """The ways on from the verdict: change an answer, or start over."""
    restart = (Button("restart", say(state.lang, "button-restart")),)
    return (*change_rows(scheme, state), restart)


def document_row(state: State) -> tuple[Button, ...]:
    """The way from the card to the same as a file, for a channel that can send one."""
    return (Button("document", say(state.lang, "button-document")),)


def delete_question(state: State) -> Reply:
    """Whether to erase everything: asked before it is done, for it cannot be undone."""
    choice = (
        Button("delete:yes", say(state.lang, "button-delete")),
        Button("delete:no", say(state.lang, "button-keep")),
    )
    return Reply(say(state.lang, "delete-ask"), (choice,), "question")


def in_few_messages(said: list[Reply]) -> tuple[Reply, ...]:
    """Put what leads up to a question into the question's own message, where it fits."""
    messages: list[Reply] = []
    for reply in said:
        leads_up = bool(messages) and messages[-1].kind == "message" and not messages[-1].buttons
        if leads_up and reply.kind in ("question", "menu"):
            text = f"{messages[-1].text}\n\n{reply.text}"
            if len(text) <= LONGEST_MESSAGE and text.count("\n") < MOST_LINES:
                messages[-1] = replace(reply, text=text)
                continue
        messages.append(reply)
    return tuple(messages)


def in_rows(buttons: Iterable[Button]) -> Rows:
    """Put short buttons side by side and long ones on a row of their own."""
    rows: list[list[Button]] = []
    for button in buttons:
        width = sum(len(b.label) for b in rows[-1]) + len(button.label) if rows else ROW_WIDTH + 1
        if width <= ROW_WIDTH and len(rows[-1]) < ROW_LENGTH:
            rows[-1].append(button)
        else:
            rows.append([button])
    return tuple(map(tuple, rows))
