"""Sends what waits in the outbox to Telegram: chats side by side, each in order, nothing lost.

Run by ``bot.telegram.serving``, woken by whoever has kept a turn. A message is marked after it was
sent and before the next of its chat: a crash between the two repeats that one message, and nothing
is lost. Never fails, whatever the database or Telegram does; it waits, and goes on.
"""

import asyncio
import logging
import random
from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from typing import Protocol, TypeVar

from telegram.error import RetryAfter, TelegramError

from bot.store import Outgoing
from bot.telegram.calls import Caller
from bot.telegram.delivery import AsPdf, Delivery, OnMigrated, OwnFiles, chat_of
from bot.telegram.fates import Fate, fate_of, may_have_arrived, reason, seconds_asked
from bot.telegram.lease import Lease, Leasing, told
from bot.telegram.pace import RATE, Pace, Stopped
from bot.turns import now, where

LOOKED_EVERY_S = 0.05  # for turns of other processes; those of this one wake the sender
# Turns kept within this time share a look, and later a commit: a fifth less work under load.
GATHERED_S = 0.004
# Messages that are sent or wait for their turn; and those together with what its own chat holds up.
# What a backlog holds beyond that waits in the database.
MOST_AT_WORK, MOST_IN_HAND = 256, 1_000
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 60.0
STORE_PAUSE_S = 1.0
AGE_TOLD_EVERY_S = 1.0

Written = TypeVar("Written")
_logger = logging.getLogger(__name__)


class Outbox(Leasing, Protocol):
    """The part of `bot.store.Store` that the sender needs."""

    async def due(self, at: int, limit: int, besides: Collection[str] = ()) -> Sequence[Outgoing]:
        """See `bot.store.Store.due`."""

    async def mark_sent(self, sent: Outgoing) -> None:
        """See `bot.store.Store.mark_sent`."""

    async def postpone(self, waiting: Outgoing, until: int) -> None:
        """See `bot.store.Store.postpone`."""

    async def drop(self, chat_key: str) -> int:
        """See `bot.store.Store.drop`."""


class Watching(Protocol):
    """Who counts what happens, for the operator."""

    def sent(self, outcome: str, number: int = 1) -> None:
        """So many messages came to this: sent, again, dropped or refused."""

    def oldest(self, seconds: float) -> None:
        """How long the oldest message has waited."""


class NotWatched:
    """Counts nothing."""

    def sent(self, outcome: str, number: int = 1) -> None:
        """See `Watching.sent`."""

    def oldest(self, seconds: float) -> None:
        """See `Watching.oldest`."""


@dataclass(frozen=True, slots=True)
class _InHand:
    task: asyncio.Task[None]
    chat: str
    made_at: int


class Sender:
    """The sending of one process; at rest while another process holds the lease."""

    def __init__(
        self,
        outbox: Outbox,
        caller: Caller,
        *,
        rate: int = RATE,
        as_pdf: AsPdf | None = None,
        own_files: OwnFiles | None = None,
        on_migrated: OnMigrated | None = None,
        watching: Watching | None = None,
        clock: Callable[[], int] = now,
        jitter: Callable[[], float] = random.random,
    ) -> None:
        """Send nothing yet.

        Args:
            outbox: Where the messages wait.
            caller: What calls the Bot API.
            rate: Messages a second for the whole bot.
            as_pdf: Makes a file of a card, in a thread.
            own_files: Reads all that is kept about a chat.
            on_migrated: Told when a group has a new number.
            watching: Who counts.
            clock: Milliseconds since 1970, UTC.
            jitter: A number from 0 to 1, by which pauses differ.
        """
        self._outbox = outbox
        self._clock = clock
        self._lease = Lease(outbox, self.wake, clock)
        self._pace = Pace(rate, lambda: self._lease.is_held)
        self._delivery = Delivery(
            caller,
            self._pace,
            clock=clock,
            as_pdf=as_pdf,
            own_files=own_files,
            on_migrated=on_migrated,
        )
        self._watching = watching or NotWatched()
        self._jitter = jitter
        self._news = asyncio.Event()
        self._in_hand: dict[str, _InHand] = {}
        self._is_stopped = False
        self._has_backlog = False
        self._age_told_at = 0.0

    def wake(self) -> None:
        """There is something to send: look at once."""
        self._news.set()

    async def run(self) -> None:
        """Send until `stop` is called."""
        keeping = asyncio.create_task(self._lease.keep(), name="veiviser-lease")
        try:
            while not self._is_stopped:
                self._news.clear()
                pause = LOOKED_EVERY_S
                if self._lease.is_held:
                    pause = await self._look()
                await self._wait(pause)
                await asyncio.sleep(GATHERED_S)
        finally:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)

    async def stop(self, within: float = 5.0) -> None:
        """Begin nothing more, finish what is under way, and let another process send.

        Args:
            within: Seconds that calls under way may take; one that takes longer is broken off and
                may be sent again by whoever sends next.
        """
        self._is_stopped = True
        self.wake()
        self._pace.stop()
        if tasks := [one.task for one in self._in_hand.values()]:
            _, late = await asyncio.wait(tasks, timeout=within)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        await self._lease.give_back()

    async def _wait(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            pass

    async def _look(self) -> float:
        """Take in hand what is due; returns the seconds until the next look if nobody wakes us."""
        at_work = len(self._in_hand) - self._pace.held_up
        room = min(MOST_AT_WORK - at_work, MOST_IN_HAND - len(self._in_hand))
        if room <= 0 or (self._has_backlog and room < MOST_AT_WORK // 2):
            return LOOKED_EVERY_S  # to read a long backlog anew for each message would cost more
        try:
            found = await self._outbox.due(self._clock(), room, tuple(self._in_hand))
        except Exception as error:  # whatever is the matter, it is tried again
            _logger.warning("what waits could not be read", extra={"reason": told(error)})
            return STORE_PAUSE_S
        self._has_backlog = len(found) == room
        busy = {one.chat for one in self._in_hand.values()}
        for message in found:
            if (chat := chat_of(message)) not in busy:  # one call at a time, also in a group
                busy.add(chat)
                task = asyncio.create_task(self._see_to(message))
                self._in_hand[message.key] = _InHand(task, chat, message.made_at)
        self._tell_age(found)
        return LOOKED_EVERY_S

    def _tell_age(self, found: Sequence[Outgoing]) -> None:
        at = asyncio.get_running_loop().time()
        if at < self._age_told_at + AGE_TOLD_EVERY_S:
            return
        self._age_told_at = at
        made = [message.made_at for message in found]
        made += [one.made_at for one in self._in_hand.values()]
        now_ms = self._clock()
        self._watching.oldest(max(0, now_ms - min(made, default=now_ms)) / 1000)

    async def _see_to(self, message: Outgoing) -> None:
        """Bring one message to its end, however long that takes."""
        try:
            while not await self._attempt(message):
                message = replace(message, tries=message.tries + 1)
        except Stopped:
            pass
        except Exception as error:  # a fault of ours, which would come again with each try
            await self._refuse(message, where(error))
        finally:
            self._in_hand.pop(message.key, None)
            self.wake()

    async def _attempt(self, message: Outgoing) -> bool:
        """Try to send; returns whether that is the end of it."""
        try:
            await self._delivery.send(message)
        except TelegramError as error:
            return await self._not_taken(message, error)
        await self._surely(lambda: self._outbox.mark_sent(message))
        self._watching.sent("sent")
        return True

    async def _not_taken(self, message: Outgoing, error: TelegramError) -> bool:
        fate = fate_of(error)
        if fate in (Fate.WAIT, Fate.AGAIN, Fate.TOKEN):
            await self._put_off(message, fate, error)
            return False
        if fate is Fate.UNREACHABLE:
            self._delivery.forget(message)
            dropped = await self._surely(lambda: self._outbox.drop(message.key))
            more = {"reason": reason(error), "dropped": dropped}
            _logger.info("cannot be reached", extra=more)
            self._watching.sent("dropped", dropped)
        else:
            await self._refuse(message, reason(error))
        return True

    async def _put_off(self, message: Outgoing, fate: Fate, error: TelegramError) -> None:
        """Wait as long as Telegram asks, or for a while; the message stays in hand."""
        seconds = self._pause(message)
        if isinstance(error, RetryAfter):
            seconds = seconds_asked(error)
            self._pace.asked_to_wait(chat_of(message), seconds)
        elif fate is Fate.TOKEN:
            self._pace.put_all_off(seconds)
        else:
            self._pace.put_off(chat_of(message), seconds)
        more = {"in_s": round(seconds, 1), "may_have_arrived": may_have_arrived(error)}
        _logger.warning("sent again later", extra={"reason": reason(error), **more})
        self._watching.sent("again")
        try:  # for whoever sends next, should it be another process
            await self._outbox.postpone(message, self._clock() + round(seconds * 1000))
        except Exception as fault:  # this process knows it, and the message still waits
            _logger.warning("not noted in the outbox", extra={"reason": told(fault)})

    async def _refuse(self, message: Outgoing, why: str) -> None:
        """Give one message up, and tell the person; the next ones go on."""
        self._delivery.forget(message)
        _logger.error("refused and given up", extra={"reason": why})
        self._watching.sent("refused")
        try:
            await self._delivery.apologise(message)
        except TelegramError as error:
            _logger.error("no apology either", extra={"reason": reason(error)})
        await self._surely(lambda: self._outbox.mark_sent(message))

    async def _surely(self, write: Callable[[], Awaitable[Written]]) -> Written:
        """Write until it is written: what was sent must not be sent again."""
        while True:
            try:
                return await write()
            except Exception as error:  # whatever is the matter, it is tried again
                _logger.warning("not noted in the outbox", extra={"reason": told(error)})
            await asyncio.sleep(STORE_PAUSE_S)

    def _pause(self, message: Outgoing) -> float:
        """Twice as long after each try, and not the same for all who were thrown off together."""
        longest = min(LONGEST_PAUSE_S, FIRST_PAUSE_S * 2.0 ** min(message.tries, 10))
        return longest * (0.5 + self._jitter() / 2)
