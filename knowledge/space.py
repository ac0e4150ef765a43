"""The space of all answers, reduced to what the rules can tell apart.

Called by `knowledge.proof` and `knowledge.mutation`. Answers to one slot that meet the same cells
of every table and note, and give the same sub-goals, are one kind; each kind is walked through
one of its answers, and counts for as many answers as it has.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from knowledge.asking import open_questions
from knowledge.ruling import Ruling, rule_on
from knowledge.scheme import Scheme
from knowledge.scheme_file import Condition
from knowledge.slots import SLOT_OF_COLUMN, SLOTS, Answers, Value
from knowledge.tables import meets

# Every combination of target groups; activities up to three at a time, one for each sub-goal.
SIZES = {"target_groups": range(1, 6), "activities": range(1, 4)}


@dataclass(frozen=True, slots=True)
class Kind:
    """Answers to one slot that no rule tells apart: one of them, and all of them."""

    value: Value
    answers: tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """Complete answers, as a conversation ends with them, and what the rules say.

    ``size`` counts the combinations of answers that are alike to this one.
    """

    answers: dict[str, Value]
    ruling: Ruling
    size: int


Space = dict[str, tuple[Kind, ...]]


def space_of(*schemes: Scheme) -> Space:
    """The kinds of answers to each slot; with several schemes, what any of them tells apart."""
    return {slot: tuple(_kinds(schemes, slot)) for slot in SLOTS}


def _kinds(schemes: tuple[Scheme, ...], slot: str) -> Iterator[Kind]:
    scheme = schemes[0]
    conditions = [row for each in schemes for table in each.tables for row in table.rows]
    found: dict[object, list[Value]] = {}
    for answer in scheme.possible_answers(slot, SIZES.get(slot, ())):
        goals = scheme.sub_goals_of({slot: answer}) if slot == "activities" else ()
        kind = (
            meets(conditions, scheme.facts_of(slot, answer)),
            goals,
            answer in _alone(scheme, slot),
        )
        found.setdefault(kind, []).append(answer)
    return (Kind(answers[0], tuple(answers)) for answers in found.values())


def _alone(scheme: Scheme, slot: str) -> list[Value]:
    return [(value,) for value in scheme.alone(slot)] if SLOTS[slot].many else []


def cases(scheme: Scheme, space: Space, answers: Answers, size: int = 1) -> Iterator[Case]:
    """Every way a conversation can end from these answers, asking what it asks."""
    questions = open_questions(scheme, answers)
    if not questions:
        yield Case(dict(answers), rule_on(scheme, answers), size)
        return
    for kind in space[questions[0]]:
        more = {**answers, questions[0]: kind.value}
        yield from cases(scheme, space, more, size * len(kind.answers))


def size_where(scheme: Scheme, space: Space, condition: Condition, case: Case) -> int:
    """For how many of the combinations that a case stands for a condition outside the tables holds.

    The tables do not tell apart the answers of one kind, but a note may.
    """
    size = case.size
    slots = {SLOT_OF_COLUMN[column] for column in condition.when}
    for slot in slots:
        if slot not in case.answers:
            return 0
        alike = next(kind.answers for kind in space[slot] if kind.value == case.answers[slot])
        own = {c: cell for c, cell in condition.when.items() if SLOT_OF_COLUMN[c] == slot}
        met = sum(
            all(not scheme.facts_of(slot, answer)[c].isdisjoint(own[c]) for c in own)
            for answer in alike
        )
        size = size * met // len(alike)
    return size
