"""What the four tables say together: outcome, who receives the application, rows that fired.

Called by `knowledge.verdict` and `knowledge.change`. Works on answers as the rules see them (a
municipality is only managing or not), so that every case that is alike is worked out once. Knows
no names and no texts.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import product
from typing import Any

from knowledge.asking import Rests, restricted, still_open
from knowledge.scheme import Scheme
from knowledge.scheme_file import Row
from knowledge.slots import Answers
from knowledge.tables import Table

UNDECIDED = "undecided"
OUTCOME_OF_GRANTOR = {
    "IMDi": "apply_imdi",
    "municipality": "apply_municipality",
    "reception_centre_municipality": "apply_municipality",
}
INELIGIBLE = (
    "ineligible_not_voluntary",
    "ineligible_not_registered",
    "ineligible_target_group",
    "ineligible_no_subgoal",
)
# How good an outcome is for the organisation; a change improves it when the rank rises.
RANK = {"apply_imdi": 3, "apply_municipality": 3, "either": 2, "no_grantor": 1, UNDECIDED: 1}


@dataclass(frozen=True, slots=True)
class Ruling:
    """The tables' word on some answers.

    ``grantor`` is IMDi, municipality, reception_centre_municipality or None. ``rows`` are the
    rows that fired, in table order; ``missing`` the questions that could still change something.
    """

    outcome: str
    grantor: str | None
    sub_goals: tuple[str, ...]
    rows: tuple[Row, ...]
    missing: tuple[str, ...] = ()


def rank(outcome: str) -> int:
    """0 not eligible, 1 nobody to apply to or undecided, 2 either, 3 a clear recipient."""
    return RANK.get(outcome, 0)


def rule_on(scheme: Scheme, answers: Answers) -> Ruling:
    """Ask the tables. With answers missing it says only what no further answer can change.

    Raises:
        LookupError: no row of some table holds; `veiviser check` names the hole.
    """
    rests = restricted(scheme, answers)
    missing = still_open(rests, answers)
    tables: tuple[Table[Any], ...] = scheme.tables
    certain: list[Row | None] = [t.certain(rest) for t, rest in zip(tables, rests, strict=True)]
    rows = tuple(row for row in certain if row is not None)
    if missing:
        outcome = _shared(_possible(rests))
        if outcome in INELIGIBLE and not any(row.then == outcome for row in rows):
            rows = (*(row for row in _holding(tables, rests) if row.then == outcome), *rows)
        return Ruling(outcome, None, scheme.sub_goals_of(answers), rows, missing)
    if len(rows) < len(certain):
        raise LookupError(f"no row holds for {dict(answers)}")
    outcome = combine(*(row.then for row in rows))
    grantor = rows[-1].then if outcome.startswith("apply_") else None
    return Ruling(outcome, grantor, scheme.sub_goals_of(answers), rows)


def combine(applicant: str, target_group: str, sub_goal_fit: str, grantor: str) -> str:
    """One outcome from the four: a firm no first, then what is unsettled, then the grantor."""
    eligibility = (applicant, target_group, sub_goal_fit)
    for then in eligibility:
        if then in INELIGIBLE:
            return then
    if UNDECIDED in eligibility:
        return UNDECIDED
    return OUTCOME_OF_GRANTOR.get(grantor, grantor)


def possible_outcomes(scheme: Scheme, answers: Answers) -> frozenset[str]:
    """Every outcome that further answers can still lead to."""
    return _possible(restricted(scheme, answers))


def _possible(rests: Rests) -> frozenset[str]:
    return frozenset(combine(*thens) for thens in product(*(r.decision.says for r in rests)))


def _holding(tables: tuple[Table[Any], ...], rests: Rests) -> Iterator[Row]:
    """Rows whose every condition is met, though a row above them could still go first."""
    for table, rest in zip(tables, rests, strict=True):
        if rest.rows and not rest.rows[-1][2]:
            yield table.rows[rest.rows[-1][1]]


def _shared(possible: Iterable[str]) -> str:
    """The outcome that holds already. If every possible one is a no, the least specific of them."""
    ranked = sorted(possible, key=lambda o: INELIGIBLE.index(o) if o in INELIGIBLE else -1)
    return ranked[-1] if ranked[0] in INELIGIBLE or len(ranked) == 1 else UNDECIDED
