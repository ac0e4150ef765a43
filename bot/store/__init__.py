"""What a store promises, whichever database is below.

Used by ``bot.turns`` and the channels, which know no database; ``bot.cli`` opens one. The
contract is tested in ``tests/bot/test_store.py``.
"""

from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from typing import Protocol

from dialogs.state import State


@dataclass(slots=True)
class Turn:
    """One turn under way. ``state`` is what the conversation was, and is set to what it becomes.

    ``repeated``: this update was taken before; whatever is set now is not kept.
    """

    state: State
    repeated: bool


class Store(Protocol):
    """Keeps conversations. Any method may raise `bot.errors.StoreError`; then nothing was changed.

    Conversations are kept under a pseudonym of channel and chat, and hold no word that a person
    wrote.
    """

    def turn(
        self, channel: str, chat: str, update_id: int | None
    ) -> AbstractAsyncContextManager[Turn]:
        """Lock the chat and load its state; on leaving, keep what it became.

        The state and the update's id are kept in one transaction. An exception inside leaves
        everything as it was. A state that is ``erased`` is forgotten with everything about its
        chat; then an update that was taken before is not known any more.

        Args:
            channel: The channel's name.
            chat: The chat as the channel names it.
            update_id: What the channel numbers the update with; None where nothing is sent twice.
        """

    async def state(self, channel: str, chat: str) -> State | None:
        """The conversation as it stands; None where there is none."""

    async def forget(self, channel: str, chat: str) -> None:
        """Erase everything about a chat, also one whose state cannot be read."""

    async def close(self) -> None:
        """Let go of the database."""
