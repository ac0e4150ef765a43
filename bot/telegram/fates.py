"""What becomes of a message that Telegram did not take, by what it answered. Pure.

Called by ``bot.telegram.delivery`` and ``bot.telegram.sender``.
"""

import re
from datetime import timedelta
from enum import Enum

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    RetryAfter,
    TelegramError,
)

from bot.telegram.transport import NotSent


class Fate(Enum):
    """What is to be done about it."""

    WAIT = "asked to wait"  # exactly as long as Telegram says
    AGAIN = "again"  # the way there or the server failed: in a while
    TOKEN = "token"  # nothing can be sent until the operator has seen to it
    UNREACHABLE = "unreachable"  # blocked, left or gone: what waits for this chat is dropped
    MOVED = "moved"  # the group has a new number
    SENT = "sent"  # it stands there already
    GONE = "gone"  # the message to be changed is not there: a new one
    REFUSED = "refused"  # this message as it is


_BY_WORDS = (
    (Fate.SENT, ("message is not modified",)),
    (
        Fate.GONE,
        (
            "message to edit not found",
            "message can't be edited",
            "no text in the message to edit",
            "message_id_invalid",
        ),
    ),
    (
        Fate.UNREACHABLE,
        (
            "chat not found",
            "peer_id_invalid",
            "user not found",
            "group chat was deactivated",
            "not enough rights",
            "have no rights",
            "need administrator rights",
            "chat_write_forbidden",
            "chat_restricted",
        ),
    ),
)
_QUOTED = re.compile(r'"[^"]*"')


def fate_of(error: TelegramError) -> Fate:
    """What is to be done about an error."""
    if isinstance(error, BadRequest):
        said = error.message.lower()
        return next(
            (fate for fate, words in _BY_WORDS if any(word in said for word in words)),
            Fate.REFUSED,
        )
    kinds = (
        (RetryAfter, Fate.WAIT),
        (ChatMigrated, Fate.MOVED),
        (Forbidden, Fate.UNREACHABLE),
        (InvalidToken, Fate.TOKEN),
    )
    return next((fate for kind, fate in kinds if isinstance(error, kind)), Fate.AGAIN)


def is_about_entities(error: TelegramError) -> bool:
    """Whether the text's markup was at fault, so that the keyboard may stay."""
    return "entit" in error.message.lower()


def seconds_asked(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    told = error.retry_after
    return told.total_seconds() if isinstance(told, timedelta) else float(told)


def may_have_arrived(error: TelegramError) -> bool:
    """Whether the message may stand in the chat although no answer came."""
    return fate_of(error) is Fate.AGAIN and not isinstance(error, NotSent)


def reason(error: TelegramError) -> str:
    """What the log tells of an error: nothing that was to be sent."""
    return f"{type(error).__name__}: {_QUOTED.sub('…', error.message)}"
