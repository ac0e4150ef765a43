"""The proof: all answers are walked through the real engine, which must hold what we promise.

Called by `veiviser check`, by the tests and by `knowledge.mutation`. A scheme that has a fault here
is not published. Nothing is sampled: answers that no rule tells apart are walked once
(`knowledge.space`) and counted as many times as there are.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import combinations

from knowledge.asking import in_force, open_questions
from knowledge.proof_of_change import change_faults, unsure_faults
from knowledge.ruling import rule_on
from knowledge.scheme import Scheme
from knowledge.slots import SLOTS, Answers, Value
from knowledge.space import Case, Space, cases, size_where, space_of
from knowledge.tables import Facts, holds
from knowledge.verdict import Verdict, decide_case

MOST_QUESTIONS = 7
MOST_ON_ORDINARY_PATHS = 5


@dataclass(slots=True)
class Proof:
    """What was walked and what failed: ``combinations`` of answers in so many ``cases``."""

    cases: int = 0
    combinations: int = 0
    questions_asked: int = 0
    faults: list[str] = field(default_factory=list)


def prove(scheme: Scheme) -> Proof:
    """Walk everything. A scheme that holds has no faults."""
    proof = Proof()
    if holes := list(hole_faults(scheme)):
        proof.faults = holes
        return proof
    space = space_of(scheme)
    walked = list(cases(scheme, space, {}))
    proof.cases = len(walked)
    proof.combinations = sum(case.size for case in walked)
    proof.faults += row_faults(scheme, space, walked)
    proof.faults += question_faults(scheme, space, proof)
    proof.faults += order_faults(scheme, space, walked)
    proof.faults += kind_faults(scheme, space, walked)
    proof.faults += unsure_faults(scheme, space, walked)
    proof.faults += change_faults(scheme, space, walked)
    return proof


def hole_faults(scheme: Scheme) -> Iterator[str]:
    """Every combination of answers has a row in every table, and what is settled has its row."""
    for table in scheme.tables:
        if "" in table.start.decision.says:
            yield f"{table.name}: there are answers for which no row holds"
            continue
        for rest in table.rests():
            if len(rest.decision.says) == 1 and table.certain(rest) is None:
                rows = ", ".join(table.rows[i].id for _, i, _ in rest.rows)
                yield f"{table.name}: {rows} all say the same, but none of them holds for certain"


def row_faults(scheme: Scheme, space: Space, walked: list[Case]) -> Iterator[str]:
    """Reading the rows from the top gives the same as the walk; every row and note is reached."""
    reached: set[str] = set()
    for case in walked:
        facts = facts_of(scheme, case.answers)
        top = tuple(next(row for row in t.rows if holds(row, facts)) for t in scheme.tables)
        if top != case.ruling.rows:
            yield f"{shown(case.answers)}: read from the top {[row.id for row in top]} hold"
        reached.update(row.id for row in top)
        reached.update(
            note.id
            for note in scheme.notes
            if note.id not in reached
            and case.ruling.outcome in note.outcomes
            and size_where(scheme, space, note, case)
        )
    for condition in (*(row for table in scheme.tables for row in table.rows), *scheme.notes):
        if condition.id not in reached:
            yield f"{condition.id}: never reached, so it says nothing"


def facts_of(scheme: Scheme, answers: Answers) -> Facts:
    """What complete answers say in every column."""
    return {
        column: values
        for slot, value in answers.items()
        for column, values in scheme.facts_of(slot, value).items()
    }


def question_faults(scheme: Scheme, space: Space, proof: Proof) -> Iterator[str]:
    """No idle question, no missing one, and never more than was announced."""
    same: dict[object, int] = {}

    def walk(answers: dict[str, Value], asked: int) -> Iterator[str | int]:
        questions = open_questions(scheme, answers)
        if not questions:
            proof.questions_asked = max(proof.questions_asked, asked)
            yield from _end_faults(scheme, space, answers, asked)
            verdict = decide_case(scheme, tuple(answers.items()))
            yield same.setdefault(visible(verdict), len(same))
            return
        children: list[int] = []
        for kind in space[questions[0]]:
            more = {**answers, questions[0]: kind.value}
            left = len(open_questions(scheme, more))
            if left >= len(questions):
                yield f"{shown(more)}: {left} questions left after at most {len(questions)}"
            for found in walk(more, asked + 1):
                if isinstance(found, int):
                    children.append(found)
                else:
                    yield found
        if len(set(children)) == 1:
            yield f"{shown(answers)}: {questions[0]} is asked, but no answer changes the verdict"
        yield same.setdefault((questions[0], *children), len(same))

    return (fault for fault in walk({}, 0) if isinstance(fault, str))


def _end_faults(
    scheme: Scheme, space: Space, answers: dict[str, Value], asked: int
) -> Iterator[str]:
    """At the end: few enough questions, and none left out that would have mattered."""
    ruling = rule_on(scheme, answers)
    ordinary = answers["registered"] == "yes" and "reception_centre_in" not in answers
    most = MOST_QUESTIONS
    if ordinary and ruling.outcome.startswith("apply_"):
        most = MOST_ON_ORDINARY_PATHS
    if asked > most:
        yield f"{shown(answers)}: {asked} questions, at most {most} are promised"
    for slot in SLOTS:
        if slot not in answers:
            for kind in space[slot]:
                if rule_on(scheme, {**answers, slot: kind.value}).rows != ruling.rows:
                    yield f"{shown(answers)}: {slot} is not asked, but {kind.value} would matter"


def visible(verdict: Verdict) -> object:
    """All of a verdict that an organisation would notice a difference in."""
    change = verdict.change and (
        tuple(verdict.change.answers.items()),
        verdict.change.outcome,
        verdict.change.grantor,
    )
    return verdict.outcome, verdict.grantor, verdict.ask, verdict.sub_goals, change


def order_faults(scheme: Scheme, space: Space, walked: list[Case]) -> Iterator[str]:
    """The order of answers changes nothing; an answer changed back is as if never changed."""
    for case in witnesses(walked):
        for size in range(1, len(case.answers)):
            for early in combinations(case.answers, size):
                yield from _out_of_order_faults(scheme, case, early)
        for slot in case.answers:
            for kind in space[slot]:
                yield from _changed_back_faults(scheme, space, case, slot, kind.value)


def _out_of_order_faults(scheme: Scheme, case: Case, early: tuple[str, ...]) -> Iterator[str]:
    """Some answers are volunteered, the rest asked for: the same questions and verdict come."""
    answers = {slot: case.answers[slot] for slot in early}
    while questions := open_questions(scheme, answers):
        if questions[0] not in case.answers:
            break
        answers[questions[0]] = case.answers[questions[0]]
    ruling = rule_on(scheme, answers)
    if ruling.missing or (ruling.outcome, ruling.grantor) != (
        case.ruling.outcome,
        case.ruling.grantor,
    ):
        yield f"{shown(case.answers)}: ends otherwise when {', '.join(early)} come first"


def _changed_back_faults(
    scheme: Scheme, space: Space, case: Case, slot: str, other: Value
) -> Iterator[str]:
    """Change one answer, answer what is asked then, and change it back."""
    answers = {**case.answers, slot: other}
    while questions := open_questions(scheme, in_force(scheme, answers)):
        answers[questions[0]] = space[questions[0]][0].value
    back = in_force(scheme, {**answers, slot: case.answers[slot]})
    if back != case.answers or rule_on(scheme, back) != case.ruling:
        yield f"{shown(case.answers)}: {slot} changed to {other} and back gives {shown(back)}"


def witnesses(walked: list[Case]) -> list[Case]:
    """One case, with as few answers as any, for every set of rows that fires together."""
    found: dict[tuple[str, ...], Case] = {}
    for case in walked:
        rows = tuple(row.id for row in case.ruling.rows)
        if rows not in found or len(case.answers) < len(found[rows].answers):
            found[rows] = case
    return list(found.values())


def kind_faults(scheme: Scheme, space: Space, walked: list[Case]) -> Iterator[str]:
    """Answers counted as one kind do give the same rows, one by one."""
    for case in witnesses(walked):
        for slot, value in case.answers.items():
            alike = next(kind for kind in space[slot] if kind.value == value)
            for other in alike.answers:
                if rule_on(scheme, {**case.answers, slot: other}).rows != case.ruling.rows:
                    yield f"{shown(case.answers)}: {slot} {other} is not alike to {value}"


def shown(answers: Answers) -> str:
    """Answers on one line: ``registered=yes scope=local``."""
    return " ".join(
        f"{slot}={','.join(value) if isinstance(value, tuple) else value}"
        for slot, value in answers.items()
    )
