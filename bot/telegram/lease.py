"""Holds the lease of the one process that sends, or polls, for as long as it can be kept.

Used by ``bot.telegram.sender`` and ``bot.telegram.polling``. The next process takes over when this
one has been silent for as long as a lease lasts.
"""

import asyncio
import logging
import uuid
from collections.abc import Callable
from typing import Protocol

from bot.errors import StoreError
from bot.turns import now, where

SENDING, POLLING = "telegram-sender", "telegram-polling"
LASTS_S = 15.0
KEPT_EVERY_S = 5.0
ASKED_EVERY_S = 1.0  # while somebody else has it

_logger = logging.getLogger(__name__)


class Leasing(Protocol):
    """The part of `bot.store.Store` that a lease needs."""

    async def lease(self, name: str, holder: str, at: int, until: int) -> bool:
        """See `bot.store.Store.lease`."""

    async def release(self, name: str, holder: str) -> None:
        """See `bot.store.Store.release`."""


class Lease:
    """One process's claim to do alone what the lease's name says."""

    def __init__(
        self,
        store: Leasing,
        on_taken: Callable[[], None],
        clock: Callable[[], int] = now,
        name: str = SENDING,
    ) -> None:
        """Ask for nothing yet.

        Args:
            store: Where the lease is.
            on_taken: Called when it is had after it was not.
            clock: Milliseconds since 1970, UTC.
            name: What is claimed.
        """
        self._store = store
        self._name = name
        self._on_taken = on_taken
        self._clock = clock
        self._holder = uuid.uuid4().hex
        self._until = 0.0

    @property
    def is_held(self) -> bool:
        """Whether this process may do it, by its own clock."""
        return asyncio.get_running_loop().time() < self._until

    async def keep(self) -> None:
        """Ask for it again and again; never ends by itself and never fails."""
        while True:
            await self.ask()
            await asyncio.sleep(KEPT_EVERY_S if self.is_held else ASKED_EVERY_S)

    async def ask(self) -> None:
        """Take it, or keep it for another while."""
        asked, at, was_held = asyncio.get_running_loop().time(), self._clock(), self.is_held
        try:
            had = await self._store.lease(self._name, self._holder, at, at + round(LASTS_S * 1000))
        # Whatever is the matter; what was had before still counts until it runs out.
        except Exception as error:
            _logger.warning("the lease could not be asked for", extra={"reason": told(error)})
            return
        self._until = asked + LASTS_S if had else 0.0
        if had and not was_held:
            _logger.info("this process holds the lease", extra={"lease": self._name})
            self._on_taken()
        elif was_held and not had:
            _logger.warning("another process holds it now", extra={"lease": self._name})

    async def give_back(self) -> None:
        """Let another process have it at once."""
        self._until = 0.0
        try:
            await self._store.release(self._name, self._holder)
        except Exception as error:  # it runs out by itself
            _logger.warning("the lease could not be given back", extra={"reason": told(error)})


def told(error: Exception) -> str:
    """What the log tells of a fault of the store, or of the program."""
    return str(error) if isinstance(error, StoreError) else where(error)
