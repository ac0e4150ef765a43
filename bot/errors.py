"""The errors of ``bot`` that a person is told about, in words rather than as a trace.

Raised by settings, store and turns; told by ``bot.cli`` and the channels. Imports nothing heavy:
the command knows these before it knows what it will run.
"""

from collections.abc import Iterable


class SettingsError(ValueError):
    """Faults in the environment, all at once, each as ``VEIVISER_NAME: what was expected``."""

    def __init__(self, faults: Iterable[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("\n".join(self.faults))


class StoreError(Exception):
    """The store refused: what is wrong and what to do, one sentence in each language.

    Nothing was changed by what was being done. ``str()`` gives the English sentence.
    """

    def __init__(self, *, nb: str, nn: str, en: str) -> None:
        self.said = {"nb": nb, "nn": nn, "en": en}
        super().__init__(en)


class UnreadableStateError(StoreError):
    """The store holds a conversation whose state this program cannot read: damaged, or newer."""


class TurnError(Exception):
    """A turn failed through a fault of the program; the conversation is as it was before.

    ``str()`` says which update and where in the program, ``place`` only where. Neither holds a word
    that a person wrote.
    """

    def __init__(self, update_id: int | None, place: str) -> None:
        self.place = place
        super().__init__(f"update {update_id}: {place}")
