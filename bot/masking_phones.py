"""Finds telephone numbers among the digits of a text.

Called by `bot.masking_numbers`, which has kept sums, dates and organisation numbers. What the
numbers of a country look like is phonenumbers' knowledge; it is imported at the first text that
holds digits enough.
"""

import re
from functools import cache
from types import ModuleType

from bot.masking_digits import Digits
from bot.masking_kept import follows_places
from bot.masking_markers import Marker

_NATIONAL, _WITH_CODE, _FEWEST, _MOST = 8, 10, 6, 17  # digits; the last with 00
_LONG = 11  # digits of a group that is masked whatever it is
# A question to phonenumbers takes some 20 µs. Nobody writes so many numbers in one message; what
# comes after them is masked unasked.
_MOST_QUESTIONS = 60

# The ways to write eight digits; in four pairs and in one group most of all.
_SHAPES = frozenset(
    {(8,), (2, 2, 2, 2), (3, 2, 3), (4, 4), (3, 5), (5, 3), (2, 6), (2, 3, 3), (3, 3, 2), (1,) * 8}
)
_CODE = "47"
_NO_PHONE = "01"  # what none of eight digits begins with
_MOBILE = "49"  # what they begin with; new series are opened every few years, so all of them

_CALLED = re.compile(
    r"\b(?:tlf|tel|telefon|telefonnummer|telefonnr|telf|mobil|mobilnummer|mobilnr|mob|mobiltelefon|"
    r"ring|ringe|ringje|sms|whatsapp|viber|signal|vipps|phone|phone number|telephone|mobile|cell|"
    r"call|text|nummeret|number|kontaktnummer)"
    r"[ .:=#(-]{0,3}(?:(?:mitt|min|meg|til|pa|er|is|me|on|at|nr|no)[ .:]{1,2}){0,3}(?=[0-9])"
)
_ABROAD = re.compile(r"\+ ?\(?(?=[0-9])|(?<![0-9])(?<![0-9][.,:/_-])(?=00 ?[1-9])")


def take_called_phones(digits: Digits) -> None:
    """Take a number after words such as «tlf.» and «ring», even with a digit too few or many."""
    for match in _CALLED.finditer(digits.low):
        group = digits.first_from(match.end())
        last, total = digits.run(group, _NATIONAL)
        is_abroad = digits.joined(group, group).startswith("00")
        if _FEWEST <= total <= _WITH_CODE and digits.are_free(group, last) and not is_abroad:
            digits.take(group, last, Marker.PHONE)


def take_phones_abroad(digits: Digits) -> None:
    """Take numbers with a plus or 00 before them, Norwegian ones too."""
    questions = _Questions()
    for match in _ABROAD.finditer(digits.low):
        group = digits.first_from(match.end())
        ends = _possible_ends(digits, group)
        # 00 inside a longer number is no prefix.
        if not ends or (match[0] == "" and digits.is_tight[group]):
            continue
        plus = match[0][:1]
        known = (last for last in ends if questions.ask(plus + digits.joined(group, last)))
        last = next(known, None)
        # Without a known one all that may be part of it goes, unless it is a sum, «+50 000 000»,
        # or a long number that begins with noughts.
        if last is None and not digits.is_kept[group] and (plus or digits.length(group) < _LONG):
            last = ends[0]
        if last is not None:
            code = digits.joined(group, last).lstrip("0")[: len(_CODE)]
            marker = Marker.PHONE if code == _CODE else Marker.ABROAD
            digits.take(group, last, marker, match.start())


def _possible_ends(digits: Digits, group: int) -> list[int]:
    """The groups with which a number from abroad may end that begins here, the longest first."""
    ends = []
    last, total = group, digits.length(group)
    while total <= _MOST and not digits.is_taken[last]:
        if total >= _NATIONAL:
            ends.append(last)
        last += 1
        if last == len(digits.spans) or not digits.is_tight[last]:
            break
        total += digits.length(last)
    return ends[::-1]


def take_phones(digits: Digits) -> None:
    """Take the numbers of Norway, with 47 before them or without."""
    questions = _Questions()
    for first, (start, _) in enumerate(digits.spans):
        if not digits.low.startswith(_CODE, start):
            continue
        last, total = digits.run(first, _WITH_CODE)
        is_free = total == _WITH_CODE and digits.are_free(first, last)
        if is_free and questions.ask(digits.joined(first, last)[len(_CODE) :]):
            digits.take(first, last, Marker.PHONE)
    for first, last in digits.windows(_NATIONAL):
        if (
            _may_be_phone(digits, first, last)
            and digits.is_whole(first, last)
            and digits.are_free(first, last)
            and questions.ask(digits.joined(first, last))
        ):
            digits.take(first, last, Marker.PHONE)


def _may_be_phone(digits: Digits, first: int, last: int) -> bool:
    """Whether the groups are written as a telephone number is."""
    start = digits.spans[first][0]
    shape = digits.shape(first, last)
    if digits.low[start] in _NO_PHONE or shape not in _SHAPES:
        return False
    is_mobile = digits.low[start] in _MOBILE
    if shape == (4, 4):
        return is_mobile and not follows_places(digits, first)
    gaps = {digits.low[digits.spans[g][1]] for g in range(first, last)}
    return is_mobile or len(gaps) < 2  # «21-22 23-24» are two ranges


class _Questions:
    """Asks phonenumbers, a limited number of times for one text; then answers yes."""

    def __init__(self) -> None:
        self._left = _MOST_QUESTIONS

    def ask(self, number: str) -> bool:
        """Whether the digits, after a plus or as dialled in Norway, may be somebody's number."""
        if len(number) == _NATIONAL and number[0] in _MOBILE:
            return True
        self._left -= 1
        return self._left < 0 or _is_known(number)


def _is_known(number: str) -> bool:
    library = _phonenumbers()
    try:
        return bool(library.is_valid_number(library.parse(number, "NO")))
    except library.NumberParseException:
        return False


@cache
def _phonenumbers() -> ModuleType:
    import phonenumbers

    return phonenumbers
