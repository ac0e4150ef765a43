"""Parts of the proof: not knowing is never firmer than knowing; the smallest change is smallest.

Called by `knowledge.proof`.
"""

from collections.abc import Iterator
from functools import cache
from itertools import combinations, product

from knowledge.change import smallest_change
from knowledge.ruling import Ruling, rank, rule_on
from knowledge.scheme import Scheme
from knowledge.slots import UNSURE, Answers, Value, as_tuple
from knowledge.space import Case, Space, cases

SOFT = ("either", "undecided")


def unsure_faults(scheme: Scheme, space: Space, walked: list[Case]) -> Iterator[str]:
    """Where an answer is unsure and the verdict firm, every real answer gives that verdict too."""
    for case in walked:
        if case.ruling.outcome in SOFT:
            continue
        for slot, value in case.answers.items():
            if UNSURE not in as_tuple(value):
                continue
            for kind in space[slot]:
                known = {**case.answers, slot: kind.value}
                for real in cases(scheme, space, known):
                    if _firmness(real.ruling) != _firmness(case.ruling):
                        yield (
                            f"{slot} unsure gives {case.ruling.outcome}, "
                            f"but {kind.value} gives {real.ruling.outcome}: {case.answers}"
                        )


def _firmness(ruling: Ruling) -> tuple[bool, str | None]:
    """What a firm verdict commits to: that they cannot apply, or to whom they can."""
    return ruling.outcome.startswith("ineligible"), ruling.grantor


def change_faults(scheme: Scheme, space: Space, walked: list[Case]) -> Iterator[str]:
    """Every verdict that could be better has a change; it keeps its promise; none is smaller."""

    @cache
    def rank_after(answers: tuple[tuple[str, Value], ...]) -> int:
        after = rule_on(scheme, dict(answers))
        return -1 if after.missing else rank(after.outcome)

    for case in walked:
        now = rank(case.ruling.outcome)
        change = smallest_change(scheme, case.answers, case.ruling)
        if change is None:
            if now < rank("apply_imdi"):
                yield f"{case.answers}: {case.ruling.outcome}, and no change improves it"
            continue
        if rank_after(_changed(case.answers, change)) <= now:
            yield f"{case.answers}: {change} does not improve {case.ruling.outcome}"
        for fewer in range(1, len(change)):
            for smaller in _changes(scheme, space, case, fewer):
                if rank_after(_changed(case.answers, smaller)) > now:
                    yield f"{case.answers}: {smaller} is smaller than {change}"


def _changes(scheme: Scheme, space: Space, case: Case, size: int) -> Iterator[dict[str, Value]]:
    """Every way to answer so many changeable slots anew, not only the ways we suggest.

    Asking for operating support alone is no such way: being an immigrant organisation is not
    something an organisation can decide.
    """
    changeable = list(dict.fromkeys(option.slot for option in scheme.file.change))
    for slots in combinations(changeable, size):
        for kinds in product(*(space[slot] for slot in slots)):
            change: dict[str, Value] = {
                slot: kind.value for slot, kind in zip(slots, kinds, strict=True)
            }
            asks_for = scheme.support(change.get("activities", case.answers["activities"]))
            if asks_for != "operating" or "activities" not in change:
                yield change


def _changed(answers: Answers, change: Answers) -> tuple[tuple[str, Value], ...]:
    return tuple({**answers, **change}.items())
