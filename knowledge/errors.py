"""The error that stops the start when a data file is wrong.

Raised by everything in ``knowledge`` that reads a file; ``bot.cli`` prints it. Never raised by what
a person writes in a chat.
"""

from collections.abc import Iterable


class DataError(ValueError):
    """One or more faults in the data files, each as ``file[:line]: field: fault``.

    All faults that could be found are there at once, in the order of the file, so that one round of
    mending is enough. ``str()`` gives one a line.
    """

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults: tuple[str, ...] = tuple(faults)
        super().__init__("\n".join(self.faults))
