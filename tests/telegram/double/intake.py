"""Updates on their way to the bot, and getUpdates as the real server answers it.

Called by the methods and by the driver. The webhook takes from the same updates (``webhook``). An
update is kept until the bot has confirmed it or it has expired.
"""

import asyncio
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from tests.telegram.double.clock import Clock
from tests.telegram.double.refusals import conflict
from tests.telegram.double.world import CALLBACK_LIVES, INLINE_LIVES, Changes, Json

LIVES = {"callback_query": CALLBACK_LIVES, "inline_query": INLINE_LIVES}
DAY = 86_400.0
LONGEST_POLL = 50  # seconds
MOST_AT_ONCE = 100
CONFLICT_PAUSE = 3.0  # seconds between two answers that tell of a conflict
NOT_UNLESS_ASKED_FOR = frozenset({"chat_member", "message_reaction", "message_reaction_count"})

OTHER_POLL = (
    "terminated by other getUpdates request; make sure that only one bot instance is running"
)
WEBHOOK_SET = (
    "can't use getUpdates method while webhook is active; use deleteWebhook to delete the webhook"
    " first"
)


@dataclass(frozen=True, slots=True)
class Update:
    """An update; those with one ``queue`` are delivered one after the other."""

    id: int
    kind: str
    body: Json
    queue: int
    until: float

    def as_json(self) -> Json:
        return {"update_id": self.id, self.kind: self.body}


class Intake:
    """The updates that wait for the bot, in order, and who waits for them."""

    def __init__(self, clock: Clock, pace: float) -> None:
        self._clock = clock
        self.pace = pace  # what a second of waiting lasts, for a test that has little time
        self.waiting: dict[int, Update] = {}
        self.changes = Changes()  # something has left
        self.allowed: frozenset[str] = frozenset()
        self.on_new: Callable[[Update], None] | None = None  # set while there is a webhook
        self._next_id = 700_000_001
        self._poll: asyncio.Future[None] | None = None
        self._may_tell_of_conflict_at = 0.0

    def add(self, kind: str, body: Json, queue: int) -> int | None:
        """Put an update at the end; its number, or None where the bot has not asked for it."""
        if not self._wants(kind):
            return None
        number = self._next_id
        self._next_id += 1
        until = self._clock.now() + LIVES.get(kind, DAY)
        update = Update(number, kind, body, queue, until)
        self.waiting[number] = update
        if self.on_new:
            self.on_new(update)
        elif self._poll and not self._poll.done():
            self._poll.set_result(None)
        return number

    def pending(self) -> list[Update]:
        """What waits, oldest first, without what has expired."""
        now = self._clock.now()
        for update in [update for update in self.waiting.values() if update.until < now]:
            del self.waiting[update.id]
        return list(self.waiting.values())

    def forget(self, number: int) -> None:
        """The bot has this update."""
        self.waiting.pop(number, None)
        self.changes.tell()

    async def all_taken(self, patience: float = 10.0) -> None:
        """Until the bot has confirmed or received every update, or it has expired."""
        async with asyncio.timeout(patience):
            while self.pending():
                await self.changes.wait()

    def allow(self, kinds: Iterable[str] | None) -> None:
        """Which kinds the bot wants from now on; None changes nothing, empty is the default."""
        if kinds is not None:
            self.allowed = frozenset(kinds)

    async def poll(self, offset: int, limit: int, seconds: int) -> list[Json]:
        """What getUpdates answers: confirms everything before ``offset``, waits for news.

        Raises:
            Refused: a webhook is set, or another getUpdates came while this one waited.
        """
        if self.on_new:
            await self._conflict(WEBHOOK_SET)
        if self._poll and not self._poll.done():
            self._poll.set_exception(conflict(OTHER_POLL))
        self._confirm(offset)
        if not self.pending() and seconds > 0:
            await self._wait(min(seconds, LONGEST_POLL))
        most = min(max(limit, 1), MOST_AT_ONCE)
        return [update.as_json() for update in self.pending()[:most]]

    def stop_polls(self, why: str) -> None:
        """End the getUpdates that waits, if there is one."""
        if self._poll and not self._poll.done():
            self._poll.set_exception(conflict(why))

    def _wants(self, kind: str) -> bool:
        return kind in self.allowed if self.allowed else kind not in NOT_UNLESS_ASKED_FOR

    def _confirm(self, offset: int) -> None:
        """Forget what comes before; a negative offset counts from the end."""
        numbers = [update.id for update in self.pending()]
        first = offset if offset >= 0 else (numbers[offset:] or [0])[0]
        for number in numbers:
            if number < first:
                self.forget(number)

    async def _wait(self, seconds: float) -> None:
        poll: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._poll = poll
        try:
            done, _ = await asyncio.wait({poll}, timeout=seconds)
        finally:  # also when the bot has gone away
            if self._poll is poll:
                self._poll = None
        if done and (refused := poll.exception()):
            await self._pause_between_conflicts()
            raise refused

    async def _conflict(self, words: str) -> None:
        await self._pause_between_conflicts()
        raise conflict(words)

    async def _pause_between_conflicts(self) -> None:
        now = self._clock.now()
        pause = self._may_tell_of_conflict_at - now
        if pause > 0:
            await asyncio.sleep(CONFLICT_PAUSE * self.pace)
        else:
            self._may_tell_of_conflict_at = now + CONFLICT_PAUSE * self.pace
