"""Every call that the bot made, and what became of it.

Written by ``server``, read by tests: what was called, when, how many in any window of time.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field


@dataclass(slots=True)
class Call:
    """One call.

    Attributes:
        at: When it had been received whole, in seconds of the monotonic clock.
        chat: The chat's id, or 0 for a call that names none.
        status: The HTTP status of the answer; 0 where none was sent, or not yet.
        description: Why it was refused; empty where it was not.
        complaint: What is wrong with the call itself, whatever the chat looks like; empty if it is
            a good call.
        is_done: It had its effect, whether or not the bot was told.
    """

    method: str
    at: float
    chat: int = 0
    arguments: Mapping[str, str] = field(default_factory=dict)
    status: int = 0
    description: str = ""
    complaint: str = ""
    is_done: bool = False


class Calls:
    """All calls, oldest first."""

    def __init__(self) -> None:
        self.all: list[Call] = []

    def of(self, method: str, chat: int | None = None) -> list[Call]:
        """The calls of a method, to one chat or to any."""
        return [
            call
            for call in self.all
            if call.method.lower() == method.lower() and chat in (None, call.chat)
        ]

    def messages(self, chat: int | None = None) -> list[Call]:
        """The calls that put a new message into a chat, which is what the limits count."""
        return [
            call
            for call in self.all
            if call.is_done and call.method.lower() in NEW_MESSAGE and chat in (None, call.chat)
        ]


NEW_MESSAGE = frozenset({"sendmessage", "senddocument"})


def most_within(seconds: float, calls: list[Call]) -> int:
    """The largest number of calls in any window of this length, open at its end."""
    times = sorted(call.at for call in calls)
    most = first = 0
    for last, time in enumerate(times):
        while time - times[first] >= seconds:
            first += 1
        most = max(most, last - first + 1)
    return most
