"""How far a long job has come: a bar on a terminal, one plain line at its end elsewhere.

Used by the operator's commands. A job that ends within a second shows no bar.
"""

import time
from types import TracebackType
from typing import Self, TextIO

_WIDTH = 30
_QUIET_S = 1.0
_BETWEEN_S = 0.1
_CLEAR = "\r\x1b[K"


class Progress:
    """One job of so many parts; used as a context, which takes the bar away at its end."""

    def __init__(self, out: TextIO, label: str, total: int) -> None:
        self._out = out
        self._label = label
        self._total = total
        self._done = 0
        self._begun = time.monotonic()
        self._next = self._begun + _QUIET_S
        self._is_drawn = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, _: BaseException | None, __: TracebackType | None
    ) -> None:
        if self._is_drawn:
            self._out.write(_CLEAR)
        if kind is None:
            seconds = time.monotonic() - self._begun
            self._out.write(f"{self._label}: ferdig på {seconds:.1f} s\n")
        self._out.flush()

    def add(self, parts: int) -> None:
        """So many parts more are done."""
        self.reach(self._done + parts, self._total)

    def reach(self, done: int, total: int) -> None:
        """So many parts are done in all, out of so many."""
        self._done, self._total = done, total
        now = time.monotonic()
        if now >= self._next and self._out.isatty():
            self._next = now + _BETWEEN_S
            self._is_drawn = True
            share = min(1.0, done / total) if total else 1.0
            bar = "█" * round(share * _WIDTH)
            self._out.write(f"\r{self._label}: {bar:░<{_WIDTH}} {share:4.0%}")
            self._out.flush()
