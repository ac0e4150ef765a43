"""What the tests of the sender share: an outbox in memory, and a Telegram that answers as told.

For tests in `virtual_time`, where a database would have to be waited for.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Any

from telegram.error import RetryAfter

from bot.errors import StoreError
from bot.store import Outgoing
from bot.telegram.sender import Sender
from bot.telegram.transport import File
from dialogs.messages import Reply
from tests.telegram.virtual_time import run

NOW = 1_800_000_000_000  # milliseconds, UTC, when a loop of `virtual_time` begins
DOWN = StoreError(nb="nede", nn="nede", en="down")


def wall_clock() -> int:
    return NOW + round((asyncio.get_running_loop().time() - 1_000) * 1_000)


@dataclass
class Outbox:
    """The promise of `bot.telegram.sender.Outbox`; ``is_down`` refuses everything."""

    waiting: list[Outgoing] = field(default_factory=list)
    due_at: dict[tuple[str, int, int], int] = field(default_factory=dict)
    dropped: list[str] = field(default_factory=list)
    holder: tuple[str, int] = ("", 0)
    is_down: bool = False
    looks: int = 0

    def put(self, chat: str, *replies: Reply | str, made_at: int = NOW, lang: str = "nb") -> None:
        """Keep a turn's replies to a chat."""
        seq = 1 + max((m.seq for m in self.waiting if m.chat == chat), default=0)
        for part, reply in enumerate(replies):
            said = Reply(reply) if isinstance(reply, str) else reply
            key = f"key of {chat}"
            message = Outgoing(key, seq, part, "telegram", chat, said, made_at, 0, seq, lang)
            self.waiting.append(message)

    def _work(self) -> None:
        if self.is_down:
            raise DOWN

    async def due(self, at: int, limit: int, besides: Collection[str] = ()) -> Sequence[Outgoing]:
        self._work()
        self.looks += 1
        heads: dict[str, Outgoing] = {}
        for message in self.waiting:
            heads.setdefault(message.key, message)
        found = [m for m in heads.values() if m.key not in besides]
        return [m for m in found if self.due_at.get((m.key, m.seq, m.part), 0) <= at][:limit]

    async def mark_sent(self, sent: Outgoing) -> None:
        self._work()
        place = (sent.key, sent.seq, sent.part)
        self.waiting = [m for m in self.waiting if (m.key, m.seq, m.part) != place]

    async def postpone(self, waiting: Outgoing, until: int) -> None:
        self._work()
        self.due_at[waiting.key, waiting.seq, waiting.part] = until

    async def drop(self, chat_key: str) -> int:
        self._work()
        before = len(self.waiting)
        self.waiting = [m for m in self.waiting if m.key != chat_key]
        self.dropped.append(chat_key)
        return before - len(self.waiting)

    async def lease(self, name: str, holder: str, at: int, until: int) -> bool:
        self._work()
        if self.holder[0] not in ("", holder) and self.holder[1] > at:
            return False
        self.holder = (holder, until)
        return True

    async def release(self, name: str, holder: str) -> None:
        self._work()
        if self.holder[0] == holder:
            self.holder = ("", 0)


@dataclass(frozen=True)
class Called:
    """One call: when it came and what it said."""

    at: float
    method: str
    fields: Mapping[str, str]
    files: Mapping[str, File]

    @property
    def chat(self) -> str:
        return self.fields["chat_id"]

    @property
    def text(self) -> str:
        return self.fields.get("text", self.fields.get("caption", ""))


Answer = Exception | None
Answers = Callable[[Called], Answer]


@dataclass
class Telegram:
    """Answers each call after ``takes`` seconds: with what ``answers`` has left, else with success.

    ``by_call`` may say for each call what goes wrong.
    """

    answers: list[Answer] = field(default_factory=list)
    takes: float = 0.02
    by_call: Answers | None = None
    calls: list[Called] = field(default_factory=list)
    taken: list[Called] = field(default_factory=list)
    ends: list[float] = field(default_factory=list)

    async def call(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, File] | None = None
    ) -> None:
        called = Called(asyncio.get_running_loop().time(), method, dict(fields), files or {})
        self.calls.append(called)
        answer = self.by_call(called) if self.by_call else None
        if answer is None and self.answers:
            answer = self.answers.pop(0)
        await asyncio.sleep(self.takes)
        self.ends.append(asyncio.get_running_loop().time())
        if answer:
            raise answer
        self.taken.append(called)

    def texts(self, chat: str | None = None) -> list[str]:
        """What was taken, in order."""
        return [call.text for call in self.taken if chat in (None, call.chat)]


@dataclass
class Watched:
    """Counts as `bot.telegram.sender.Watching` promises."""

    outcomes: dict[str, int] = field(default_factory=dict)
    ages: list[float] = field(default_factory=list)

    def sent(self, outcome: str, number: int = 1) -> None:
        self.outcomes[outcome] = self.outcomes.get(outcome, 0) + number

    def oldest(self, seconds: float) -> None:
        self.ages.append(seconds)


@asynccontextmanager
async def sending(outbox: Outbox, telegram: Telegram, **how: Any) -> AsyncIterator[Sender]:
    """A sender at work, in virtual time by every clock."""
    one = Sender(outbox, telegram, clock=wall_clock, jitter=lambda: 1.0, **how)
    task = asyncio.create_task(one.run())
    try:
        yield one
    finally:
        await one.stop()
        await task


async def until_empty(outbox: Outbox, within: float = 600.0) -> None:
    """Until nothing waits any more."""
    async with asyncio.timeout(within):
        while outbox.waiting:  # noqa: ASYNC110  # the outbox is a list
            await asyncio.sleep(0.01)


def flood(seconds: float) -> RetryAfter:
    return RetryAfter(int(seconds))


def gaps(calls: list[Called]) -> list[float]:
    """The seconds from the beginning of each call to that of the next."""
    return [round(b.at - a.at, 3) for a, b in pairwise(calls)]


def fullest(calls: list[Called], seconds: float) -> int:
    """How many calls the fullest stretch of so many seconds holds, open at its end."""
    times = [call.at for call in calls]
    return max(sum(0 <= other - at < seconds - 1e-6 for other in times) for at in times)


def sent(outbox: Outbox, telegram: Telegram, **how: object) -> Watched:
    """Send until nothing waits; what was counted."""
    watched = Watched()

    async def work() -> None:
        async with sending(outbox, telegram, watching=watched, **how):
            await until_empty(outbox)

    run(work())
    return watched
