"""Finds personal numbers: of identity, bank accounts and cards, of foreigners, and telephones.

Called by `bot.masking`. Puts the rules of the modules beside it in order; what they take, the next
ones leave alone.
"""

import re
from collections.abc import Sequence

from bot.masking_checksums import iban_length, is_iban
from bot.masking_digits import Digits
from bot.masking_kept import keep_what_is_known
from bot.masking_long_numbers import take_checked, take_elevens, take_long_groups, take_shaped
from bot.masking_markers import Found, Marker
from bot.masking_phones import take_called_phones, take_phones, take_phones_abroad

_FEWEST = 5  # digits in a text that can hold anything personal: a personnummer alone

# A Norwegian one is masked with a slip in it too, for the account number that it holds.
_IBAN = re.compile(r"\bno[ -]?[0-9]{2}(?:[ .-]?[0-9]){11}(?![0-9])|\b([a-z]{2})(?=[0-9]{2})")
_IBAN_CHARACTER = re.compile(r"[ .-]?([0-9a-z])")

# After these words a number is personal even if it is too short or too long.
_CALLED = re.compile(
    r"\b(?:(fødselsnummer|fødselsnr|fodselsnummer|fodselsnr|personnummer|personnr|fnr|f\.nr|pnr|"
    r"[dh]-?nummer|[dh]-?nr|identitetsnummer|national identity number|national id|identity number|"
    r"social security number|ssn)"
    r"|(duf-?nummer|duf-?nr|duf)"
    r"|(passnummer|passnr|pass nr|passport number|passport no|passport)"
    r"|(kontonummer|kontonr|bankkonto|konto|account number|account no|account))"
    r"(?:et|en)?[ .:=#(-]{0,3}"
    r"(?:(?:mitt|min|hans|hennes|hennar|vart|er|is|nr|no|til|for)[ .:]{1,2}){0,3}"
    r"[a-z]{0,2}(?=[0-9])"
)
# In the order of the pattern's groups: the marker, the fewest digits, and the number it ends with.
_KINDS = (
    (Marker.IDENTITY, 5, 11),
    (Marker.DUF, 8, 12),
    (Marker.PASSPORT, 6, 9),
    (Marker.ACCOUNT, 7, 11),
)


def find_numbers(text: str, low: str) -> Sequence[Found]:
    """Every personal number of a page."""
    digits = Digits(low)
    if sum(end - start for start, end in digits.spans) < _FEWEST:
        return ()
    keep_what_is_known(digits)
    for rule in (
        _take_ibans,
        take_checked,
        _take_called,
        take_called_phones,
        take_phones_abroad,
        take_long_groups,
        take_shaped,
        take_elevens,
        take_phones,
    ):
        rule(digits)
    return digits.found


def _take_ibans(digits: Digits) -> None:
    for match in _IBAN.finditer(digits.low):
        end = _end_of_foreign(digits.low, match) if match[1] else match.end()
        if end is not None:
            first, last = digits.first_from(match.start()), digits.first_from(end) - 1
            digits.take(first, last, Marker.IBAN, match.start())


def _end_of_foreign(low: str, match: re.Match[str]) -> int | None:
    """Where the IBAN ends that begins with a country; None if the check says there is none."""
    length = iban_length(match[1])
    characters, end = match[1], match.end()
    while length and len(characters) < length and (more := _IBAN_CHARACTER.match(low, end)):
        characters += more[1]
        end = more.end()
    return end if len(characters) == length and is_iban(characters) else None


def _take_called(digits: Digits) -> None:
    for match in _CALLED.finditer(digits.low):
        marker, fewest, enough = _KINDS[(match.lastindex or 1) - 1]
        group = digits.first_from(match.end())
        last, total = digits.run(group, enough)
        is_free = not digits.are_taken(group, last) and not digits.is_organisation[group]
        if total >= fewest and is_free:
            digits.take(group, last, marker)
