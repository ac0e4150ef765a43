"""Checks every data file against its form and against the others, all faults at once.

Called by every command when it starts, and by `veiviser check`. A file with a fault stops the
start: no conversation is held on data that are half read.
"""

from collections.abc import Callable, Iterator
from typing import Any

from knowledge.activities import check_activity_words
from knowledge.errors import DataError
from knowledge.faq import check_faq
from knowledge.places import Places
from knowledge.scheme import Scheme, load_scheme


def load_checked(year: int) -> Scheme:
    """The scheme of a year, once everything it goes with has been checked too.

    Raises:
        DataError: some file has faults; those of all files are listed.
    """
    try:
        scheme = load_scheme(year)
    except DataError as error:
        faults = list(error.faults)
        _tried(faults, Places.load, year)
        raise DataError(faults) from None
    check_data(scheme)
    return scheme


def check_data(scheme: Scheme) -> None:
    """Check what goes with a scheme that has been read.

    Raises:
        DataError: some file has faults; those of all files are listed.
    """
    faults: list[str] = []
    _tried(faults, Places.load, scheme.year)
    faults += _tried(faults, check_activity_words, tuple(scheme.activities)) or []
    faults += check_faq(scheme)
    if not faults:
        faults += _managing_faults(scheme)
    faults += _amount_faults(scheme)
    if faults:
        raise DataError(faults)


def _tried(faults: list[str], read: Callable[..., Any], *given: Any) -> Any:
    """What ``read`` gives; None, and its faults with the others, where the file is wrong."""
    try:
        return read(*given)
    except DataError as error:
        faults += error.faults
        return None


def _managing_faults(scheme: Scheme) -> Iterator[str]:
    """The managing municipalities are municipalities of the year, by number and name, once each."""
    by_number = Places.load(scheme.year).by_number
    numbers = [place.number for place in scheme.file.allocation.municipalities]
    for i, place in enumerate(scheme.file.allocation.municipalities):
        where = f"{scheme.year}.toml: allocation.municipalities[{i}]"
        known = by_number(place.number)
        if known is None or known.name != place.name:
            found = known.name if known else "no municipality"
            yield f"{where}: {place.number} is {found} in {scheme.year}, not {place.name}"
        if numbers.index(place.number) < i:
            yield f"{where}: {place.number} stands there already"


def _amount_faults(scheme: Scheme) -> Iterator[str]:
    """What IMDi and the municipalities administer is the whole frame, and the shares are those."""
    value = {name: fact.value for name, fact in scheme.facts.items()}
    needed = ("total_frame", "imdi_amount", "municipal_amount", "imdi_percent", "municipal_percent")
    if not set(needed) <= set(value):
        return
    total, imdi, municipal, imdi_percent, municipal_percent = (value[name] for name in needed)
    if imdi + municipal != total:
        yield f"{scheme.year}.toml: fact: {imdi} and {municipal} are not {total}"
    for amount, percent in ((imdi, imdi_percent), (municipal, municipal_percent)):
        if amount * 100 != total * percent:
            yield f"{scheme.year}.toml: fact: {amount} is not {percent} % of {total}"
    if value.get("municipality_count", len(scheme.managing)) != len(scheme.managing):
        yield f"{scheme.year}.toml: fact: {len(scheme.managing)} municipalities are listed"
