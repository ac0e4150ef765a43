"""Faults that a test orders: what goes wrong with the next calls of a method.

Ordered by tests, carried out by ``server``. A fault either replaces the call (it has no effect) or
spoils only its answer (it has had its effect, and the bot cannot know).
"""

from dataclasses import dataclass
from enum import Enum


class Fault(Enum):
    """What goes wrong."""

    STATUS = "answered with a status, without effect"
    HANG = "never answered, without effect"
    RESET = "the connection is reset, without effect"
    LOST_ANSWER = "done, and then the connection is reset"
    HALF_ANSWER = "done, and half of the answer is sent before the connection is reset"
    SLOW_ANSWER = "done at once, and answered late"


@dataclass(slots=True)
class Order:
    """A fault, for which calls, and how many times still."""

    fault: Fault
    method: str = ""  # of any method where empty
    chat: int | None = None
    times: int = 1
    skip: int = 0  # calls that still go well before
    status: int = 0
    retry_after: int = 0  # seconds
    seconds: float = 3600.0  # of hanging or of being slow
    description: str = ""
    as_page: bool = False  # the body is a page of HTML, as of a proxy in front of the server

    def matches(self, method: str, chat: int) -> bool:
        return (
            self.times > 0
            and self.method.lower() in ("", method.lower())
            and self.chat in (None, chat)
        )


class Faults:
    """The orders, first come first served."""

    def __init__(self) -> None:
        self._orders: list[Order] = []

    def order(self, order: Order) -> Order:
        """Let this go wrong from the next matching call on."""
        self._orders.append(order)
        return order

    def clear(self) -> None:
        """Let everything go well again."""
        self._orders.clear()

    def take(self, method: str, chat: int) -> Order | None:
        """The order that this call falls under; it is used up by one."""
        for order in self._orders:
            if order.matches(method, chat):
                if order.skip > 0:
                    order.skip -= 1
                    return None
                order.times -= 1
                return order
        return None
