"""How many messages may go out in a stretch of time, as Telegram's limits are worded. Pure.

Called by ``bot.telegram.pace``, which waits. Times are seconds of a monotonic clock, given by the
caller, and never go back.
"""

from collections import deque

# Telegram: about one message a second in a chat, with short bursts, and twenty a minute in a group.
CHAT = (3, 3.0)
GROUP = (20, 60.0)
_CLEAN_AFTER = 1_000  # chats noted between two clean-ups


class Window:
    """At most so many in any stretch of so many seconds."""

    __slots__ = ("_most", "_noted", "_seconds")

    def __init__(self, most: int, seconds: float) -> None:
        self._most = most
        self._seconds = seconds
        self._noted: deque[float] = deque(maxlen=most)

    def free_at(self, now: float) -> float:
        """When one more may go: now, or when the oldest that is in the way has left the window."""
        if len(self._noted) < self._most:
            return now
        return max(now, self._noted[0] + self._seconds)

    def note(self, now: float) -> None:
        """One has gone."""
        self._noted.append(now)

    def is_empty(self, now: float) -> bool:
        """Whether all that went has left the window."""
        return not self._noted or self._noted[-1] + self._seconds <= now


class ChatWindows:
    """The windows of every chat that has been sent to lately; a group's name begins with ``-``."""

    def __init__(self) -> None:
        self._windows: dict[str, tuple[Window, ...]] = {}
        self._noted = 0

    def __len__(self) -> int:
        return len(self._windows)

    def free_at(self, chat: str, now: float) -> float:
        """When one more may go to a chat."""
        windows = self._windows.get(chat, ())
        return max((window.free_at(now) for window in windows), default=now)

    def note(self, chat: str, now: float) -> None:
        """One has gone to a chat."""
        if chat not in self._windows:
            limits = (CHAT, GROUP) if chat.startswith("-") else (CHAT,)
            self._windows[chat] = tuple(Window(*limit) for limit in limits)
        for window in self._windows[chat]:
            window.note(now)
        self._noted += 1
        if self._noted >= _CLEAN_AFTER:
            self._forget_idle(now)

    def _forget_idle(self, now: float) -> None:
        self._noted = 0
        self._windows = {
            chat: windows
            for chat, windows in self._windows.items()
            if not all(window.is_empty(now) for window in windows)
        }
