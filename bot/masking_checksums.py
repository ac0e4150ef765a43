"""The check digits of numbers that Norwegians write: which kind of number a row of digits is.

Called by the modules of `bot.masking` that read digits. All take ASCII digits without spaces; a
right check says what a number may be, never that it belongs to anybody.
"""

from collections.abc import Sequence

# Skatteetaten, «Fødselsnummer»: two check digits by modulus 11.
_FIRST_CHECK = (3, 7, 6, 1, 8, 9, 4, 5, 2, 1)
_SECOND_CHECK = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)
# Bits, «Kontonummer»: one check digit by modulus 11.
_ACCOUNT = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2, 1)

# A day plus 40 makes a D-number; a month plus 40 an H-number or a synthetic one of NAV, plus 80 a
# synthetic one of Skatteetaten (Tenor).
_DAYS = frozenset(f"{day + more:02}" for day in range(1, 32) for more in (0, 40))
_MONTHS = frozenset(f"{month + more:02}" for month in range(1, 13) for more in (0, 40, 80))

# SWIFT, «IBAN Registry»: the length in the countries most payments to and from Norway come from.
_IBAN_LENGTHS = {
    **{"NO": 15, "BE": 16, "DK": 18, "FI": 18, "NL": 18, "AT": 20, "EE": 20, "LT": 20},
    **{"CH": 21, "LV": 21, "DE": 22, "GB": 22, "SE": 24, "ES": 24, "IS": 26, "FR": 27},
    **{"IT": 27, "PL": 28},
}


def is_identity_number(digits: str) -> bool:
    """Whether eleven digits are a fødselsnummer, D-number or H-number, or a synthetic one."""
    return (
        is_birth_date(digits[:6])
        and _is_multiple(digits, _FIRST_CHECK)
        and _is_multiple(digits, _SECOND_CHECK)
    )


def is_birth_date(digits: str) -> bool:
    """Whether six digits, day, month and year, may begin an identity number."""
    return digits[:2] in _DAYS and digits[2:4] in _MONTHS


def is_account_number(digits: str) -> bool:
    """Whether eleven digits are a bank account's."""
    return _is_multiple(digits, _ACCOUNT)


def is_card_number(digits: str) -> bool:
    """Whether the digits are a payment card's (ISO/IEC 7812, Luhn)."""
    doubled = (sum(divmod(2 * int(digit), 10)) for digit in digits[-2::-2])
    return (sum(map(int, digits[-1::-2])) + sum(doubled)) % 10 == 0


def iban_length(country: str) -> int | None:
    """How many characters an IBAN of the country has; None where we do not know it."""
    return _IBAN_LENGTHS.get(country.upper())


def is_iban(characters: str) -> bool:
    """Whether ASCII letters and digits, in the right length, pass the check (ISO 13616)."""
    return int("".join(str(int(c, 36)) for c in characters[4:] + characters[:4])) % 97 == 1


def _is_multiple(digits: str, weights: Sequence[int]) -> bool:
    return (
        sum(weight * int(digit) for weight, digit in zip(weights, digits, strict=False)) % 11 == 0
    )
