"""Takes away what is older than it may be kept: at the start of a channel, and then daily.

Called by the channels that run for long, and by `veiviser db purge`. Counts by day stay; they hold
nothing about anybody.
"""

import asyncio
import logging
import time
from collections.abc import Callable

from bot.errors import StoreError
from bot.store import Erased, Store

DAY_MS = 24 * 60 * 60 * 1000
_DAY_S = 24 * 60 * 60.0
_HOUR_S = 60 * 60.0  # until a purge that failed is tried again


async def purge(store: Store, days: int, at: int) -> Erased:
    """Erase what was last touched more than so many days ago.

    Args:
        store: Where.
        days: How long conversations and their log are kept.
        at: The time now, in milliseconds since 1970, UTC.

    Raises:
        bot.errors.StoreError: not all could be erased; what was erased is gone.
    """
    return await store.purge(at - days * DAY_MS)


class Retention:
    """Purges a store when it is due: the first time it is asked, and then once a day.

    Whether a day has passed is measured, not read from a clock that somebody may set.
    """

    def __init__(
        self,
        store: Store,
        days: int,
        now: Callable[[], int],
        measured: Callable[[], float] = time.monotonic,
    ) -> None:
        self._store = store
        self._days = days
        self._now = now
        self._measured = measured
        self._due: float | None = None

    async def purge_if_due(self) -> Erased | None:
        """Purge, unless that was done within a day; for a channel that answers one by one.

        Nobody's turn fails because a purge does: that is logged, and tried again in an hour.
        """
        if self._due is not None and self._measured() < self._due:
            return None
        try:
            erased = await purge(self._store, self._days, self._now())
        except StoreError as error:
            logging.getLogger(__name__).warning("Not purged: %s", error)
            self._due = self._measured() + _HOUR_S
            return None
        self._due = self._measured() + _DAY_S
        return erased

    async def run(self) -> None:
        """Purge now and daily until cancelled; for a channel that has a task to spare."""
        while True:
            await self.purge_if_due()
            await asyncio.sleep(_HOUR_S)
