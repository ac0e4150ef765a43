"""When the next message may go: waits for Telegram's limits, and for what it has asked us to wait.

Used by ``bot.telegram.delivery`` before every call. One process sends at a time
(``bot.telegram.lease``), so what is counted here is all that the bot sends.
"""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from bot.telegram.windows import ChatWindows, Window

RATE = 30  # messages a second for the whole bot
# So much of a call's time may differ from that of another without being counted: with 30 a second,
# at most 30 arrive in any 0.9 seconds for certain, and usually in any second.
ON_THE_WAY_S = 0.1
# Two chats told to wait within so many seconds: it is the bot that has sent too much.
_TOGETHER_S = 1.0


class Stopped(Exception):
    """Nothing more is to be sent; what waits stays in the outbox."""


class Pace:
    """The limits of one bot. Times are seconds of the event loop's clock."""

    def __init__(self, rate: int, may_send: Callable[[], bool]) -> None:
        """Nothing has been sent yet.

        Args:
            rate: Messages a second for the whole bot.
            may_send: Whether this process still is the one that sends.
        """
        self._chats = ChatWindows()
        self._bot = Window(rate, 1.0, ON_THE_WAY_S)
        self._one_at_a_time = asyncio.Lock()
        self._paused_until = 0.0
        self._chats_paused_until: dict[str, float] = {}
        self._last_asked = ("", 0.0)
        self._waiting: set[asyncio.Task[None]] = set()
        self._may_send = may_send
        self._is_stopped = False
        self.held_up = 0  # messages that wait for their own chat, and for nothing else

    @asynccontextmanager
    async def turn(self, chat: str, *, is_edit: bool = False) -> AsyncIterator[None]:
        """Wait until one more message may go to a chat; it is counted.

        Args:
            chat: Its number.
            is_edit: An old message is changed. In a private chat that counts for the bot alone: who
                ticks several choices need not wait.

        Raises:
            Stopped: the program ends, or another process sends.
        """
        task: asyncio.Task[None] | None = asyncio.current_task()
        assert task
        if self._is_stopped:
            raise Stopped
        counts = not is_edit or chat.startswith("-")
        self._waiting.add(task)
        try:
            await self._wait_for_chat(chat, counts)
            async with self._one_at_a_time:  # in the order in which they came
                await _wait_until(self._bot_free_at)
                if not self._may_send():
                    raise Stopped
                self._bot.begin()
        except asyncio.CancelledError:
            if self._is_stopped:
                raise Stopped from None
            raise
        finally:
            self._waiting.discard(task)
        begun = _now()
        if counts:
            self._chats.begin(chat)
        try:
            yield
        finally:
            self._bot.end(begun, _now())
            if counts:
                self._chats.end(chat, begun, _now())

    def asked_to_wait(self, chat: str, seconds: float) -> None:
        """Telegram wants no more for so long: in this chat, or from the whole bot."""
        now = _now()
        before, at = self._last_asked
        self._last_asked = (chat, now)
        self.put_off(chat, seconds)
        if before != chat and now - at < _TOGETHER_S and before:
            self.put_all_off(seconds)

    def put_off(self, chat: str, seconds: float) -> None:
        """Send nothing more to a chat for so long."""
        until = self._chats_paused_until
        for idle in [name for name, at in until.items() if at <= _now()]:
            del until[idle]
        until[chat] = max(until.get(chat, 0.0), _now() + seconds)

    def put_all_off(self, seconds: float) -> None:
        """Send nothing more to anybody for so long."""
        self._paused_until = max(self._paused_until, _now() + seconds)

    def stop(self) -> None:
        """Let nobody wait any more: what has not begun is not begun."""
        self._is_stopped = True
        for task in self._waiting:
            task.cancel()

    async def _wait_for_chat(self, chat: str, counts: bool) -> None:
        if self._chat_free_at(chat, counts) <= _now():
            return
        self.held_up += 1
        try:
            await _wait_until(lambda: self._chat_free_at(chat, counts))
        finally:
            self.held_up -= 1

    def _chat_free_at(self, chat: str, counts: bool) -> float:
        window = self._chats.free_at(chat, _now()) if counts else 0.0
        return max(window, self._chats_paused_until.get(chat, 0.0))

    def _bot_free_at(self) -> float:
        return max(self._bot.free_at(_now()), self._paused_until)


async def _wait_until(free_at: Callable[[], float]) -> None:
    while (wait := free_at() - _now()) > 0:  # noqa: ASYNC110  # it may have been put off meanwhile
        await asyncio.sleep(wait)


def _now() -> float:
    return asyncio.get_running_loop().time()
