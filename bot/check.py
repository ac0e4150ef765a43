"""`veiviser check`: what is checked before a rule or a text is published, a line for each check.

Called by ``bot.cli``. Changes nothing but, when asked to, the reviewed list of verdict classes. A
check that fails does not keep the next from running.
"""

import time
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from itertools import islice
from typing import TextIO

from knowledge.errors import DataError

Tell = Callable[[str], None]  # how far a check has come, for somebody who waits


@dataclass(frozen=True, slots=True)
class Found:
    """What one check found: its faults, each a line that says where, and how much it looked at."""

    faults: tuple[str, ...] = ()
    figure: str = ""


@dataclass(frozen=True, slots=True)
class Check:
    """What a check looks at, as staff call it, and how; it may raise ``DataError`` for faults."""

    name: str
    run: Callable[[Tell], Found]


def checks(year: int, *, mutants: bool = False) -> Iterator[Check]:
    """All checks of a scheme year, quick ones first."""
    yield Check(f"Regelfila {year}.toml", lambda _: _scheme(year))
    yield Check("Kommuner og steder", lambda _: _places(year))
    yield Check("Tekster på tre språk", lambda _: _texts())
    yield Check("Ord for aktiviteter", lambda _: _words(year))
    yield Check("Ord i samtalen", lambda _: _plain_words())
    yield Check("Spørsmål og svar", lambda _: _faq(year))
    yield Check("Klasser av avgjørelser", lambda _: _classes(year))
    yield Check("Bevis: alle svar", lambda _: _proof(year))
    if mutants:
        yield Check("Endringer som skal oppdages", lambda tell: _mutants(year, tell))


def run_checks(todo: Iterable[Check], out: TextIO) -> bool:
    """Run every check, telling each as it ends.

    Returns:
        Whether all passed.
    """
    told: set[str] = set()  # a fault that several checks meet is listed once
    for check in todo:

        def tell(progress: str, name: str = check.name) -> None:
            if out.isatty():
                out.write(f"\r{name:<28}{progress:<36}")
                out.flush()

        tell("…")
        begin = time.perf_counter()
        try:
            found = check.run(tell)
        except DataError as error:
            found = Found(error.faults)
        seconds = time.perf_counter() - begin
        mark = f"FEIL  {len(found.faults)} feil" if found.faults else f"ok    {found.figure}"
        start = "\r" if out.isatty() else ""
        out.write(f"{start}{check.name:<28}{mark:<42}{seconds:6.2f} s\n")
        out.writelines(f"  {fault}\n" for fault in found.faults if fault not in told)
        out.flush()
        told.update(found.faults)
    return not told


def write_classes(year: int, out: TextIO) -> None:
    """Write the reviewed list of verdict classes anew, for somebody to read the difference.

    Raises:
        DataError: the scheme file has faults.
    """
    from knowledge.classes import write_classes
    from knowledge.scheme import load_scheme
    from knowledge.space import cases, space_of

    scheme = load_scheme(year)
    path = write_classes(scheme, list(cases(scheme, space_of(scheme), {})))
    out.write(f"{path.name} er skrevet. Les forskjellen før dere beholder den.\n")


def _scheme(year: int) -> Found:
    from knowledge.scheme import load_scheme

    scheme = load_scheme(year)
    rows = sum(len(table.rows) for table in scheme.tables)
    return Found(figure=f"{rows} regler, {len(scheme.passages)} kildesteder")


def _places(year: int) -> Found:
    from knowledge.data_check import load_checked
    from knowledge.municipalities import Municipalities

    load_checked(year)
    return Found(figure=f"{len(Municipalities(year).all)} kommuner")


def _texts() -> Found:
    from dialogs.state import LANGUAGES
    from dialogs.text_faults import text_faults

    return Found(tuple(text_faults()), f"{len(LANGUAGES)} språk")


def _plain_words() -> Found:
    from dialogs.word_faults import count_of_phrases, word_faults

    return Found(tuple(word_faults()), f"{count_of_phrases()} ord og uttrykk")


def _faq(year: int) -> Found:
    from knowledge.faq import Faq, check_faq
    from knowledge.scheme import load_scheme

    scheme = load_scheme(year)
    faults = tuple(check_faq(scheme))
    figure = "" if faults else f"{len(Faq.load(scheme).keys())} oppslag"
    return Found(faults, figure)


def _words(year: int) -> Found:
    from knowledge.activities import check_activity_words
    from knowledge.scheme import load_scheme

    known = tuple(load_scheme(year).activities)
    return Found(tuple(check_activity_words(known)), f"{len(known)} aktiviteter")


def _classes(year: int) -> Found:
    from knowledge.classes import class_faults, reviewed
    from knowledge.scheme import load_scheme
    from knowledge.space import cases, space_of

    scheme = load_scheme(year)
    faults = class_faults(scheme, list(cases(scheme, space_of(scheme), {})))
    return Found(tuple(faults), f"{len(reviewed(year).classes)} klasser")


def _proof(year: int) -> Found:
    from knowledge.proof import prove
    from knowledge.scheme import load_scheme

    proof = prove(load_scheme(year))
    return Found(tuple(proof.faults), f"{proof.combinations} svar, {proof.cases} tilfeller")


def _mutants(year: int, tell: Tell) -> Found:
    """Change each cell of the tables: every change must be caught, or change nothing."""
    from concurrent.futures import ProcessPoolExecutor

    from knowledge.mutation import mutants
    from knowledge.scheme import load_scheme

    todo = list(mutants(load_scheme(year).file))
    caught: Counter[str] = Counter()
    faults = []
    with ProcessPoolExecutor() as pool:
        numbers = range(len(todo))
        for number, by in zip(numbers, pool.map(partial(_caught, year), numbers), strict=True):
            tell(f"{number + 1} av {len(todo)}")
            caught[by] += 1
            if not by:
                faults.append(f"{todo[number].what}: not caught by anything")
    return Found(tuple(faults), f"{len(todo)} endringer, {caught['equivalent']} uten virkning")


def _caught(year: int, number: int) -> str:
    """What catches one mutant; runs in a process of its own beside others."""
    from knowledge.classes import reviewed
    from knowledge.mutation import caught_by, mutants
    from knowledge.scheme import load_scheme

    scheme = load_scheme(year)
    mutant = next(islice(mutants(scheme.file), number, None))
    return caught_by(scheme, reviewed(year), mutant)
