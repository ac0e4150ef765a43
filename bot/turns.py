"""One update in, one turn kept, the replies out: where the pure conversation meets the store.

Called by every channel. Looks at no text itself, and sends nothing: that is the channel's part.
"""

import traceback
from dataclasses import dataclass

from bot.errors import TurnError
from bot.store import Store
from dialogs.conversation import step
from dialogs.messages import Reply, Utterance
from dialogs.state import State
from dialogs.understand import Heard, understand
from knowledge.scheme import Scheme


@dataclass(frozen=True, slots=True)
class Update:
    """What came in on a channel; ``id`` is its number there, if the channel can repeat it."""

    channel: str
    chat: str
    utterance: Utterance
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a turn led to. A repeated update has no ``heard`` and no replies: it had them before."""

    state: State
    replies: tuple[Reply, ...] = ()
    heard: Heard | None = None


async def take(update: Update, scheme: Scheme, store: Store) -> Taken:
    """Answer one update; the same one again changes nothing.

    Raises:
        bot.errors.StoreError: the turn could not be kept, and nothing was changed.
        bot.errors.TurnError: the program failed at this update, and nothing was changed.
    """
    async with store.turn(update.channel, update.chat, update.id) as turn:
        if turn.repeated:
            return Taken(turn.state)
        try:
            heard = understand(scheme, turn.state, update.utterance)
            turn.state, replies = step(scheme, turn.state, heard)
        # Whatever fails in the pure part, the chat must go on and nobody's words reach a log.
        except Exception as error:
            raise TurnError(f"update {update.id}: {_where(error)}") from None
        return Taken(turn.state, replies, heard)


def _where(error: Exception) -> str:
    """The error's kind and line; its message and the values may quote the person."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}, {last.filename}:{last.lineno}"
