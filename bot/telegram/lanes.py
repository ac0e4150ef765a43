"""One conversation's updates one after the other, different conversations side by side.

Used by ``bot.telegram.intake``. The store would keep two turns of one conversation apart by itself;
here they also keep their order, and a chat that floods waits in its own lane. Keeps nothing about a
lane that is empty.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

MOST_WAITING = 100  # as many as one answer of Telegram can hold


class LaneFull(Exception):
    """So much waits in this conversation already that the update must come again later."""


@dataclass(slots=True)
class _Lane:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    waiting: int = 0


class Lanes:
    """The lanes of all conversations, by name."""

    def __init__(self, most_waiting: int = MOST_WAITING) -> None:
        self._most = most_waiting
        self._lanes: dict[str, _Lane] = {}

    def __len__(self) -> int:
        return len(self._lanes)

    @asynccontextmanager
    async def turn(self, name: str) -> AsyncIterator[None]:
        """Wait for those that came before, and hold up those that come after.

        Raises:
            LaneFull: at once, and nothing was waited for.
        """
        lane = self._lanes.setdefault(name, _Lane())
        if lane.waiting >= self._most:
            raise LaneFull
        lane.waiting += 1
        try:
            async with lane.lock:
                yield
        finally:
            lane.waiting -= 1
            if not lane.waiting:
                del self._lanes[name]
