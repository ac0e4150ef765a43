"""How a turn's replies take their place among the messages that a chat has already.

Called in the turn by ``bot.turns``, for ``bot.telegram.intake``. After a tap the next question
stands where the last one stood, below the answers so far, and what was chosen stays to be seen.
What is meant to last, as a verdict card, is never written over. Sends nothing.
"""

from dataclasses import replace

from bot.telegram.buttons import unpack
from bot.telegram.incoming import Tap
from dialogs.messages import Reply
from dialogs.replies import document_row, given_lines
from dialogs.state import State
from dialogs.understand import Heard
from knowledge.scheme import Scheme

# Buttons that stand only below what lasts: a card, and the greeting with its choice of language.
_BELOW_A_CARD = ("document", "restart")
_BELOW_A_GREETING = "lang:"


class Dresser:
    """Dresses the replies to one update; ``tap`` is the button that was tapped, if one was."""

    def __init__(self, tap: Tap | None) -> None:
        self._tap = tap

    def dress(
        self,
        scheme: Scheme,
        before: State,
        after: State,
        heard: Heard,
        replies: tuple[Reply, ...],
    ) -> tuple[Reply, ...]:
        """The replies as this chat is to see them (see `bot.turns.take`).

        A notice is left out: it is shown at the button.
        """
        replies = tuple(_with_document(after, r) for r in replies if r.kind != "notice")
        tap = self._tap
        if not replies or tap is None or tap.message is None or _lasts(tap):
            return replies
        is_newest = tap.turn is not None and tap.turn >= before.since
        if is_newest and len(replies) == 1 and _takes_place(replies[0]):
            return (replace(_headed(scheme, after, replies[0]), replaces=tap.message),)
        return (Reply(_left_behind(scheme, before, after, tap), replaces=tap.message), *replies)


def _left_behind(scheme: Scheme, before: State, after: State, tap: Tap) -> str:
    """What becomes of the tapped message: the answers, if one was given, else what was chosen."""
    lines = given_lines(scheme, after)
    if lines and lines != given_lines(scheme, before):
        return "\n".join(lines)
    return f"{tap.text}\n\n✓ {tap.label.removeprefix('✓ ')}"


def _takes_place(reply: Reply) -> bool:
    return bool(reply.buttons) and reply.kind in ("question", "menu")


def _with_document(state: State, reply: Reply) -> Reply:
    """A card can be had as a document, to send on."""
    if reply.kind != "card":
        return reply
    return replace(reply, buttons=(document_row(state), *reply.buttons))


def _headed(scheme: Scheme, state: State, reply: Reply) -> Reply:
    """A question below the answers so far; the summary lists them itself."""
    lines = given_lines(scheme, state) if reply.kind == "question" else ()
    return replace(reply, text="\n".join((*lines, "", reply.text))) if lines else reply


def _lasts(tap: Tap) -> bool:
    buttons = [unpack(data)[0] for data, _ in tap.keyboard]
    is_card = any(button in _BELOW_A_CARD for button in buttons)
    return is_card or all(button.startswith(_BELOW_A_GREETING) for button in buttons)
