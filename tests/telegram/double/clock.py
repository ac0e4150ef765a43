"""The double's clock: real time, plus what a test has let pass.

Called by everything that dates or expires. A test that needs 24 hours to pass calls ``skip``.
"""

import time


class Clock:
    """Seconds since 1970 for dates, and seconds that never run backwards for durations."""

    def __init__(self) -> None:
        self._skipped = 0.0

    def skip(self, seconds: float) -> None:
        """Let this much time pass at once, for the double only."""
        self._skipped += seconds

    def date(self) -> int:
        """Now, as Telegram writes dates."""
        return int(time.time() + self._skipped)

    def now(self) -> float:
        """Now, to measure durations."""
        return time.monotonic() + self._skipped
