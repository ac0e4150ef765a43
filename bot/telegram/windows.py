"""How many messages may go out in a stretch of time, as Telegram's limits are worded. Pure.

Called by ``bot.telegram.pace``, which waits. Times are seconds of a monotonic clock, given by the
caller, and never go back.

A message arrives at some time between the beginning of its call and the end. Counted from the end,
no stretch of time can hold too many at Telegram, however slow the way there.
"""

from bisect import insort

# Telegram: about one message a second in a chat, with short bursts, and twenty a minute in a group.
CHAT = (3, 3.0)
GROUP = (20, 60.0)
_CLEAN_AFTER = 1_000  # chats noted between two clean-ups


class Window:
    """At most so many in any stretch of so many seconds."""

    __slots__ = ("_most", "_seconds", "_slack", "_under_way", "_went")

    def __init__(self, most: int, seconds: float, slack: float = 0.0) -> None:
        """Nothing has gone yet.

        Args:
            most: How many.
            seconds: In any stretch of so many seconds.
            slack: Seconds of a call that do not count: a quick one is taken as if it had arrived
                when it began, so that its own time takes nothing from the rate.
        """
        self._most = most
        self._seconds = seconds
        self._slack = slack
        self._under_way = 0
        self._went: list[float] = []  # in order

    def free_at(self, now: float) -> float:
        """The earliest time that one more may go; that of a call under way is not known yet."""
        self._forget(now)
        too_many = self._under_way + len(self._went) - self._most
        if too_many < 0:
            return now
        left = self._went[too_many] if too_many < len(self._went) else now
        return left + self._seconds

    def begin(self) -> None:
        """One goes."""
        self._under_way += 1

    def end(self, begun: float, now: float) -> None:
        """One that went has been answered, or never will be."""
        self._under_way -= 1
        insort(self._went, max(begun, now - self._slack))

    def is_empty(self, now: float) -> bool:
        """Whether all that went has left the window."""
        self._forget(now)
        return not self._went and not self._under_way

    def _forget(self, now: float) -> None:
        old = 0
        while old < len(self._went) and self._went[old] + self._seconds <= now:
            old += 1
        del self._went[:old]


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

    def begin(self, chat: str) -> None:
        """One goes to a chat."""
        if chat not in self._windows:
            limits = (CHAT, GROUP) if chat.startswith("-") else (CHAT,)
            self._windows[chat] = tuple(Window(*limit) for limit in limits)
        for window in self._windows[chat]:
            window.begin()

    def end(self, chat: str, begun: float, now: float) -> None:
        """One that went to a chat has been answered, or never will be."""
        for window in self._windows[chat]:
            window.end(begun, now)
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
