"""Which digits are nothing personal: organisation numbers, case numbers, sums, dates and times.

Called by `bot.masking_numbers`. Only keeps: an identity number with right check digits is masked
whatever stands around it.
"""

import re

from bot.masking_digits import Digits
from knowledge.organisation_numbers import is_valid

_ORGANISATION, _LONGEST_NAMED = 9, 10  # digits
# Numbers that are called by their name: an organisation's, a case's, an application's.
_NAMED = re.compile(
    r"\b(?:(?:org(?:anisasjons|anisation|anization)?|saks?|journal|prosjekt|søknads?|"
    r"vedtaks?|faktura|case|application|project|invoice)[. -]{0,2}(?:nr|nummer(?:et)?|no|number)"
    r"|ref|referanse|reference|kid)"
    r"[ .:=#-]{0,3}(?:(?:vart|dykkar|deres|er|is) ){0,2}(?=[0-9])"
)
_BEFORE_SUM = re.compile(r"(?:\b(?:kr\.?|nok|kroner|eur|usd|sum|belop|beløp|budsjett)|[€$£])[ :]*$")
# «kr» before another number belongs to that one.
_AFTER_SUM = re.compile(
    r" ?(?:,-|,00\b|%|€|(?:kr|nok)\b(?!\.? ?[0-9])|(?:kroner|mill|mrd|tusen|prosent|pst|eur)\b)"
)
_LONGEST_BEFORE = 12  # characters, for `_BEFORE_SUM`
_TO = re.compile(r" ?[-/] ?")  # from one sum to the next
_THOUSANDS = " ", ".", "_"
_MOST_THOUSANDS = 4  # groups after the first: a sum below 10 to the 15th

_DAY, _MONTH, _YEAR = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])", r"(?:19|20)\d\d"
_CLOCK = r"(?:[01]?\d|2[0-4])(?:[.:][0-5]\d)?"
_TIMES = re.compile(
    # Not in a row of more pairs: «22.11.33.44» is a telephone.
    rf"(?<!\d)(?<!\d[./-]){_DAY} ?[./-] ?{_MONTH} ?[./-] ?(?:{_YEAR}|\d\d)(?![./-]?\d)"
    r"|(?<!\d)(?:19|20)\d\d-?(?:0[1-9]|1[0-2])-?(?:0[1-9]|[12]\d|3[01])(?!\d)"
    r"|(?<!\d)(?:0[1-9]|[12]\d|3[01])(?:0[1-9]|1[0-2])(?:19|20)\d\d(?!\d)"
    rf"|(?<!\d){_YEAR} ?[/-] ?(?:{_YEAR}|\d\d)(?!\d)"
    rf"|\b(?:kl|klokka|klokken|at)\.? {{0,2}}{_CLOCK}(?: ?(?:-|til|to) ?{_CLOCK})?(?![ .:-]?\d)"
)

# «kommunene 4601 5001», «postnr. 4016 4020»: groups of four that are places.
_PLACES = re.compile(r"kommun|postn|postkod|municipal|postal")
_PLACES_BEFORE = 40  # characters


def keep_what_is_known(digits: Digits) -> None:
    """Keep every group that is explained as nothing personal."""
    _keep_organisations(digits)
    _keep_named(digits)
    _keep_sums(digits)
    _keep_times(digits)


def _keep_organisations(digits: Digits) -> None:
    for group, (start, end) in enumerate(digits.spans):
        if end - start not in (_ORGANISATION, 3):
            continue
        last = group if end - start == _ORGANISATION else group + 2
        if (
            digits.shape(group, last) in ((9,), (3, 3, 3))
            and digits.is_whole(group, last)
            and is_valid(digits.joined(group, last))
        ):
            digits.keep(group, last)
            digits.is_organisation[group : last + 1] = [True] * (last + 1 - group)


def _keep_named(digits: Digits) -> None:
    for match in _NAMED.finditer(digits.low):
        group = digits.first_from(match.end())
        last, total = digits.run(group, _ORGANISATION)
        if total <= _LONGEST_NAMED:
            digits.keep(group, last)


def _keep_sums(digits: Digits) -> None:
    """Keep «150 000», «kr 20 000», «91 234 567 kr» and both ends of «50 000-75 500 kr»."""
    last = len(digits.spans) - 1
    is_sum = False
    while last >= 0:
        first = _first_of_thousands(digits, last) if digits.length(last) == 3 else last
        start, end = digits.spans[first][0], digits.spans[last][1]
        is_sum = bool(
            (first < last and digits.joined(last, last) == "000")
            or _AFTER_SUM.match(digits.low, end)
            or _BEFORE_SUM.search(digits.low, max(0, start - _LONGEST_BEFORE), start)
            or (is_sum and _TO.fullmatch(digits.low, end, digits.spans[last + 1][0]))
        )
        if is_sum:
            digits.keep(first, last)
        last = first - 1


def _first_of_thousands(digits: Digits, last: int) -> int:
    """Where the number begins that is written in thousands and ends with this group."""
    first = last
    lowest = max(0, last - _MOST_THOUSANDS)
    while first > lowest and digits.length(first) == 3 and digits.length(first - 1) <= 3:
        if digits.low[digits.spans[first - 1][1] : digits.spans[first][0]] not in _THOUSANDS:
            break
        first -= 1
    return last if digits.joined(first, first).startswith("0") else first


def _keep_times(digits: Digits) -> None:
    for match in _TIMES.finditer(digits.low):
        first = last = digits.first_from(match.start())
        while last + 1 < len(digits.spans) and digits.spans[last + 1][1] <= match.end():
            last += 1
        # «01.05.85 12345» is a date of birth with the rest of an identity number.
        after = last + 1
        goes_on = after < len(digits.spans) and digits.is_tight[after]
        if not (goes_on and digits.length(after) == 5):
            digits.keep(first, last)


def follows_places(digits: Digits, group: int) -> bool:
    """Whether what was said before a group makes groups of four the numbers of places."""
    start = digits.spans[group][0]
    return _PLACES.search(digits.low, max(0, start - _PLACES_BEFORE), start) is not None
