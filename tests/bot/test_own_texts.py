"""What `veiviser evaluate` finds on our own labelled texts: no figure may fall below these.

The texts and how they came about: ``tests/texts/README.md``. A floor is what was measured, less
what a text or two make; what may never happen has a ceiling of nought.
"""

from functools import cache
from pathlib import Path

import pytest

from bot.evaluate import Evaluation, evaluate, set_files
from knowledge.scheme import load_scheme

TEXTS = Path(__file__).parents[1] / "texts"
ENOUGH = 300  # texts


@cache
def scored() -> dict[str, Evaluation]:
    found = evaluate(load_scheme(2019), set_files(TEXTS))
    return {one.file.removesuffix(".jsonl"): one for one in found}


@pytest.mark.parametrize(
    ("file", "figure", "least"),
    [
        ("activities_worked", "exact set", 0.96),
        ("activities_held", "exact set", 0.92),
        ("activities_held", "micro-F1", 0.95),
        ("locations_worked", "municipality: right", 0.98),
        ("locations_held", "municipality: right", 0.92),
        ("locations_fresh", "municipality: right", 0.89),
        ("opening_worked", "all slots right", 0.95),
        ("opening_held", "all slots right", 0.80),
        ("opening_fresh", "all slots right", 0.83),
        ("opening_second", "all slots right", 0.88),
        ("opening_second", "registered: precision", 1.00),
        ("opening_second", "municipality: precision", 0.97),
        ("locations_second", "municipality: right", 0.70),
        ("opening_fresh", "registered: precision", 1.00),
        ("opening_fresh", "municipality: precision", 0.95),
        ("opening_fresh", "target_groups: precision", 0.95),
        ("opening_fresh", "sub_goals: precision", 0.95),
        ("faq_worked", "answerable: right", 0.94),
        ("faq_held", "answerable: right", 0.92),
        ("faq_fresh", "answerable: right", 0.93),
        ("faq_second", "answerable: right", 0.72),
        ("faq_second", "nis_: right", 0.83),
        ("faq_held", "nis_: right", 0.90),
        ("faq_fresh", "nis_: right", 0.95),
        ("scenarios_worked", "facts: outcome and grantor right", 1.00),
        ("scenarios_held", "facts: outcome and grantor right", 1.00),
        ("scenarios_fresh", "facts: outcome and grantor right", 1.00),
        ("scenarios_worked", "text: outcome and grantor right", 0.91),
        ("scenarios_held", "text: outcome and grantor right", 0.97),
        ("scenarios_fresh", "text: outcome and grantor right", 0.97),
        ("scenarios_second", "text: outcome and grantor right", 0.82),
        ("dialogs_worked", "final outcome right", 0.93),
        ("dialogs_held", "final outcome right", 0.86),
    ],
)
def test_so_many_are_right(file: str, figure: str, least: float) -> None:
    count, of = scored()[file].score.figures[figure]
    assert count / of >= least, scored()[file].misses


@pytest.mark.parametrize(
    ("kind", "figure", "most"),
    [
        ("locations", "municipality: silently wrong", 0.0),
        ("locations", "settled where it must ask", 0.0),
        ("scenarios", "text: confidently wrong grantor", 0.0),
        ("scenarios", "facts: confidently wrong grantor", 0.0),
        ("faq_worked", "answerable: wrong", 0.02),
        ("faq_held", "answerable: wrong", 0.02),
        ("faq_fresh", "answerable: wrong", 0.02),
        ("faq_second", "answerable: wrong", 0.10),
        ("faq", "nis_: wrong", 0.06),
        ("faq", "none: answered", 0.0),
    ],
)
def test_so_few_go_wrong(kind: str, figure: str, most: float) -> None:
    for name, one in scored().items():
        if kind in (one.kind, name):
            count, of = one.score.figures[figure]
            assert count / of <= most, one.misses


def test_there_are_enough_of_them_and_every_line_can_be_read() -> None:
    assert sum(one.lines for one in scored().values()) >= ENOUGH
    assert not any(one.unreadable for one in scored().values())
