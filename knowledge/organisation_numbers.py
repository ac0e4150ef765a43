"""Recognises organisation numbers (organisasjonsnummer) among the words of a text.

Called by `dialogs`. Every unit in Enhetsregisteret has one, so a number says nothing of
Frivillighetsregisteret; and whether it belongs to anybody, only the register can tell.
"""

from collections.abc import Iterator, Sequence
from typing import NamedTuple

LENGTH = 9
GROUP = 3  # digits; «974 760 673»
# Brønnøysundregistrene, «Organisasjonsnummeret»: it begins with 8 or 9, and the last digit is a
# check by modulus 11.
FIRST = ("8", "9")
WEIGHTS = (3, 2, 7, 6, 5, 4, 3, 2)


class OrganisationNumber(NamedTuple):
    """Nine digits, and the words that hold them: from ``start`` up to ``end``."""

    digits: str
    start: int
    end: int


def organisation_numbers(words: Sequence[str]) -> Iterator[OrganisationNumber]:
    """Those written in one or in three groups, and only with a right check digit."""
    for start, word in enumerate(words):
        if len(word) not in (GROUP, LENGTH):
            continue
        end = start + LENGTH // len(word)
        digits = "".join(words[start:end])
        if all(len(w) == len(word) for w in words[start:end]) and is_valid(digits):
            yield OrganisationNumber(digits, start, end)


def is_valid(digits: str) -> bool:
    """Whether these are nine ASCII digits, the first as it must be and the last a right check."""
    is_number = len(digits) == LENGTH and digits.isascii() and digits.isdigit()
    if not is_number or not digits.startswith(FIRST):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, digits, strict=False))
    return (11 - total % 11) % 11 == int(digits[-1])
