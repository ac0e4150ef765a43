"""What a running channel does beside its turns: purges what is too old, makes the log searchable.

Used by every channel: one with an event loop of its own starts `Upkeep.run` as a task, one that
answers line by line calls `Upkeep.between` after each answer. `veiviser db purge` calls `purge`.
Nobody's turn fails because this does: what goes wrong is logged, and tried again.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.errors import StoreError
from bot.store import Erased, Store
from bot.turns import now as clock

DAY_MS = 24 * 60 * 60 * 1000
REPEATED_DAYS = 2  # a channel gives an update again for a day at most
BATCH = 100  # log rows made searchable in one transaction, so that a turn need not wait long
PAUSE_S = 5.0  # how soon a turn can be found where there is a task for it
_BREATH_S = 0.05  # between two batches, for the turns that wait
_BETWEEN_S = 60.0  # the same where the next line has to wait for it
_DAY_S = 24 * 60 * 60.0
_HOUR_S = 60 * 60.0  # until a purge that failed is tried again


async def purge(store: Store, days: int, at: int) -> Erased:
    """Erase what was last touched more than so many days ago; counts by day stay.

    Args:
        store: Where.
        days: How long conversations and their log are kept.
        at: The time now, in milliseconds since 1970, UTC.

    Raises:
        bot.errors.StoreError: not all could be erased; what was erased is gone.
    """
    return await store.purge(at - days * DAY_MS, at - REPEATED_DAYS * DAY_MS)


class Upkeep:
    """The upkeep of one store by one process; several processes may do it at once.

    Whether something is due is measured, not read from a clock that somebody may set.
    """

    def __init__(
        self,
        store: Store,
        days: int,
        now: Callable[[], int] = clock,
        measured: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._days = days
        self._now = now
        self._measured = measured
        self._purge_at = self._index_at = measured()

    async def run(self) -> None:
        """Purge now and daily, and index what is new, until cancelled."""
        while True:
            await self.purge_if_due()
            await self.index()
            await asyncio.sleep(PAUSE_S)

    async def between(self) -> None:
        """Purge if that is due, and index if it was not done within a minute."""
        await self.purge_if_due()
        if self._measured() >= self._index_at:
            await self.index()
            self._index_at = self._measured() + _BETWEEN_S

    async def purge_if_due(self) -> Erased | None:
        """Purge, unless that was done within a day."""
        if self._measured() < self._purge_at:
            return None
        try:
            erased = await purge(self._store, self._days, self._now())
        except StoreError as error:
            logging.getLogger(__name__).warning("Not purged: %s", error)
            self._purge_at = self._measured() + _HOUR_S
            return None
        self._purge_at = self._measured() + _DAY_S
        return erased

    async def index(self) -> None:
        """Make all that is new searchable; also the last thing before a store is closed."""
        try:
            while True:
                found = await self._store.index(BATCH)
                if found < BATCH:
                    return
                await asyncio.sleep(_BREATH_S)
        except StoreError as error:
            logging.getLogger(__name__).warning("Not indexed: %s", error)
