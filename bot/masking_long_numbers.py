"""Finds numbers of eleven digits and more, however they are spaced, and tells their kinds.

Called by `bot.masking_numbers`. Eleven digits go whatever their check digits say; these only tell
which kind it was, and which groups belong together where more than a space stands between them.
"""

from bot.masking_checksums import (
    is_account_number,
    is_birth_date,
    is_card_number,
    is_identity_number,
)
from bot.masking_digits import Digits
from bot.masking_kept import follows_places
from bot.masking_markers import Marker

_ELEVEN, _TWELVE, _CARD = 11, 12, 16
_SERIAL = 5  # the personnummer, after six digits for the date of birth
_CENTURIES = ("19", "20")
_ACCOUNT, _CARD_SHAPE = (4, 2, 5), (4, 4, 4, 4)
_ACCOUNT_SHAPES = (_ACCOUNT, (4, 7), (6, 5))
_MOST_ACCOUNT_GROUPS = 3
_SHAPES_BY_FIRST = {
    4: (_ACCOUNT, _CARD_SHAPE, (4, 6, 2)),
    2: ((2, 2, 4, _SERIAL),),
    8: ((8, _SERIAL),),
}


def take_long_groups(digits: Digits) -> None:
    """Take every group of eleven digits and more."""
    for group in range(len(digits.spans)):
        if digits.length(group) >= _ELEVEN and not digits.is_taken[group]:
            digits.take(group, group, _marker(digits, group, group))


def take_checked(digits: Digits) -> None:
    """Take eleven digits whose check digits are right, however they are spaced."""
    for first, last in digits.windows(_ELEVEN):
        number = digits.joined(first, last)
        is_account = (
            last - first < _MOST_ACCOUNT_GROUPS
            and (shape := digits.shape(first, last)) in _ACCOUNT_SHAPES
            and (shape == _ACCOUNT or digits.are_free(first, last))
            and is_account_number(number)
        )
        # The end of an organisation number and what stands beside it may pass by chance.
        if (
            (is_account or is_identity_number(number))
            and not digits.are_taken(first, last)
            and not any(digits.is_organisation[first : last + 1])
        ):
            digits.take(first, last, _marker(digits, first, last))


def take_shaped(digits: Digits) -> None:
    """Take what its groups give away, whatever the check digits: accounts with dots, and others.

    The others are a date of birth with a year of four digits before a personnummer, a card in four
    groups, and a DUF-number in three.
    """
    for first, (start, end) in enumerate(digits.spans):
        for shape in _SHAPES_BY_FIRST.get(end - start, ()):
            last = first + len(shape) - 1
            if digits.shape(first, last) != shape or not digits.is_whole(first, last):
                continue
            number, marker = digits.joined(first, last), _marker(digits, first, last)
            if shape == _ACCOUNT:
                is_one = digits.low[end] == "."
            elif shape[-1] == _SERIAL:
                marker = Marker.IDENTITY
                is_one = number[4:6] in _CENTURIES and is_birth_date(number[:4] + number[6:8])
            elif shape == _CARD_SHAPE:
                is_one = not follows_places(digits, first)
            else:
                is_one = marker == Marker.DUF
            if is_one and not digits.are_taken(first, last):
                digits.take(first, last, marker)


def take_elevens(digits: Digits) -> None:
    """Take eleven digits that stand tightly and are not explained as anything else."""
    for first, last in digits.windows(_ELEVEN):
        if not (digits.is_whole(first, last) and digits.are_free(first, last)):
            continue
        # With more digits tightly beside them nobody can tell where the number begins: all go.
        while first and digits.is_tight[first] and _may_belong(digits, first - 1):
            first -= 1
        while (
            last + 1 < len(digits.spans)
            and digits.is_tight[last + 1]
            and _may_belong(digits, last + 1)
        ):
            last += 1
        digits.take(first, last, _marker(digits, first, last))


def _may_belong(digits: Digits, group: int) -> bool:
    is_year = digits.length(group) == 4 and digits.joined(group, group)[:2] in _CENTURIES
    return digits.are_free(group, group) and not is_year


def _marker(digits: Digits, first: int, last: int) -> Marker:
    """What a long number most likely is; its shape tells more than a check digit."""
    number, shape = digits.joined(first, last), digits.shape(first, last)
    if len(number) == _ELEVEN:
        if is_identity_number(number) or shape == (6, 5):
            return Marker.IDENTITY
        return Marker.ACCOUNT if is_account_number(number) or shape == _ACCOUNT else Marker.ELEVEN
    if len(number) == _TWELVE and number[:2] in _CENTURIES:
        return Marker.DUF
    return Marker.CARD if len(number) == _CARD and is_card_number(number) else Marker.LONG
