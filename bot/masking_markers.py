"""What is put in the place of something personal.

Called by every module of `bot.masking`; finds nothing itself.
"""

from enum import StrEnum
from typing import NamedTuple


class Marker(StrEnum):
    """What is put in the place of something personal. None holds a digit, which might be masked."""

    IDENTITY = "‹fødselsnummer›"  # also D-, H- and synthetic numbers
    ACCOUNT = "‹kontonummer›"
    IBAN = "‹IBAN›"
    ELEVEN = "‹elleve siffer›"
    DUF = "‹DUF-nummer›"  # twelve digits, of foreigners in Norway
    PASSPORT = "‹passnummer›"
    CARD = "‹kortnummer›"
    LONG = "‹langt nummer›"  # twelve digits or more
    PHONE = "‹telefonnummer›"  # eight digits
    ABROAD = "‹utenlandsk telefonnummer›"
    EMAIL = "‹e-postadresse›"
    USER = "‹brukernavn›"
    LINK = "‹lenke›"  # what follows the host
    ADDRESS = "‹gateadresse›"
    NAME = "‹navn›"  # one word of a name


class Found(NamedTuple):
    """Characters ``start`` up to ``end`` of a page, and what to put there."""

    start: int
    end: int
    marker: Marker


COVERED = "\ue000"  # private use: the page holds it only where something is masked
