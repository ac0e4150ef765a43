"""An event loop in which waiting takes no time: an hour of sending is over in a moment.

Used by the tests of the sender. Nothing in such a loop may wait for a thread or for the network.
"""

import asyncio
import selectors
from collections.abc import Coroutine
from typing import Any, TypeVar

T = TypeVar("T")


class _Selector(selectors.SelectSelector):
    """Instead of waiting, lets the loop's clock go on to the next thing that is to happen."""

    def __init__(self) -> None:
        super().__init__()
        self.passed = 0.0

    def select(self, timeout: float | None = None) -> list[tuple[selectors.SelectorKey, int]]:
        found = super().select(0)
        if not found and timeout is not None:
            self.passed += timeout
        return found


class VirtualLoop(asyncio.SelectorEventLoop):
    """Begins at a thousand seconds."""

    def __init__(self) -> None:
        self._clock = _Selector()
        super().__init__(self._clock)

    def time(self) -> float:
        return 1_000 + self._clock.passed


def run(work: Coroutine[Any, Any, T]) -> T:
    """What comes of it; everything that it waits for is there at once."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        return runner.run(work)
