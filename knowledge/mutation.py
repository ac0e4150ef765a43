"""Changes every single cell of the decision tables, to show that a slip in any of them is caught.

Called by `veiviser check --mutants` and by the tests. A mutant is the scheme with one value
dropped from a cell or added to it, one condition left out, one `then` swapped, two rows swapped,
or one activity put elsewhere. It is caught when the file's own checks, a reviewed witness or the
reviewed counts of the verdict classes no longer hold; otherwise it must give the same rows for
every combination of answers.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations, product, zip_longest
from typing import Any, get_args

from pydantic import ValidationError

from knowledge.classes import (
    Reviewed,
    activity_lines,
    answer_lines,
    holds_still,
    rule_counts,
)
from knowledge.proof import hole_faults
from knowledge.scheme import Scheme
from knowledge.scheme_file import Row, SchemeFile, column_values
from knowledge.slots import SLOT_OF_COLUMN, SLOTS
from knowledge.space import SIZES, Case, cases, space_of
from knowledge.tables import Table, holds, meets
from knowledge.verdict import whom_to_ask

TABLES = ("applicant", "target_group", "sub_goal_fit", "grantor")
SUPPORTS = ("measure", "operating", "nothing")


@dataclass(frozen=True, slots=True)
class Mutant:
    """One changed cell: what was changed, and the parts of the file as changed."""

    what: str
    parts: dict[str, Any]


def mutants(file: SchemeFile) -> Iterator[Mutant]:
    """Every single change of every table and of the activities."""
    for table in TABLES:
        rows = getattr(file, table)
        for i, row in enumerate(rows):
            for what, changed in _changed_rows(file, row):
                yield Mutant(f"{table}.{row.id}: {what}", {table: _with(rows, i, changed)})
        for i, j in combinations(range(len(rows)), 2):
            swapped = list(rows)
            swapped[i], swapped[j] = swapped[j], swapped[i]
            what = f"{table}: {rows[i].id} and {rows[j].id} swapped"
            yield Mutant(what, {table: tuple(swapped)})
    for i, activity in enumerate(file.activity):
        for field, values in (("sub_goal", ("A", "B", "C", None)), ("support", SUPPORTS)):
            for value in values:
                if value != getattr(activity, field):
                    moved = activity.model_copy(update={field: value})
                    what = f"activity.{activity.id}: {field} is {value}"
                    yield Mutant(what, {"activity": _with(file.activity, i, moved)})


def _with(rows: tuple[Any, ...], i: int, row: Any) -> tuple[Any, ...]:
    return (*rows[:i], row, *rows[i + 1 :])


def _changed_rows(file: SchemeFile, row: Row) -> Iterator[tuple[str, Row]]:
    for then in get_args(type(row).model_fields["then"].annotation):
        if then != row.then:
            yield f"then is {then}", row.model_copy(update={"then": then})
    for column, cell in row.when.items():
        rest = {c: v for c, v in row.when.items() if c != column}
        yield f"{column} left out", row.model_copy(update={"when": rest})
        for value in column_values(column) or _activity_values(file):
            if value in cell:
                changed = tuple(v for v in cell if v != value)
                what = f"{column} without {value}"
            else:
                changed = (*cell, value)
                what = f"{column} with {value}"
            yield what, row.model_copy(update={"when": {**row.when, column: changed}})


def _activity_values(file: SchemeFile) -> tuple[str, ...]:
    return (*(activity.id for activity in file.activity), "unsure")


def caught_by(scheme: Scheme, reviewed: Reviewed, mutant: Mutant) -> str:
    """What catches a mutant: file, holes, list, witness or counts.

    Returns:
        One of these; "equivalent" if no conversation and no verdict differs; "" if it lives.
    """
    try:
        mutated = Scheme(SchemeFile.model_validate(_changed_file(scheme.file, mutant)))
    except ValidationError:
        return "file"
    if any(hole_faults(mutated)):
        return "holes"
    if not set(activity_lines(mutated)) <= set(reviewed.others):
        return "list"
    if _same_rows_everywhere(scheme, mutated):
        return "equivalent"
    if any(not holds_still(mutated, line) for line in reviewed.classes):
        return "witness"
    walked = list(cases(mutated, space_of(mutated), {}))
    if rule_counts(walked) != reviewed.rule_counts():
        return "counts"
    if not set(answer_lines(mutated, walked)) <= set(reviewed.others):
        return "counts"
    return "equivalent" if _same_conversations(scheme, mutated) else ""


def _changed_file(file: SchemeFile, mutant: Mutant) -> dict[str, Any]:
    """The file with the mutant's parts, as plain values so that it is checked anew."""
    parts = {name: [row.model_dump() for row in rows] for name, rows in mutant.parts.items()}
    return {**file.model_dump(), **parts}


def _same_rows_everywhere(scheme: Scheme, mutated: Scheme) -> bool:
    """Whether each table gives the same row for every combination of answers it looks at."""
    pairs: list[tuple[Table[Any], Table[Any]]] = list(
        zip(scheme.tables, mutated.tables, strict=True)
    )
    return all(a.rows == b.rows or _same_rows(scheme, a.rows, b.rows) for a, b in pairs)


def _same_rows(scheme: Scheme, before: Sequence[Row], after: Sequence[Row]) -> bool:
    slots = {SLOT_OF_COLUMN[column] for row in (*before, *after) for column in row.when}
    kinds = [
        {
            meets([*before, *after], facts): facts
            for value in scheme.possible_answers(slot, SIZES.get(slot, ()))
            for facts in [scheme.facts_of(slot, value)]
        }.values()
        for slot in SLOTS
        if slot in slots
    ]
    for answers in product(*kinds):
        facts = {column: values for answer in answers for column, values in answer.items()}
        first = [next(row for row in rows if holds(row, facts)) for rows in (before, after)]
        if (first[0].id, first[0].then, first[0].ask) != (first[1].id, first[1].then, first[1].ask):
            return False
    return True


def _same_conversations(scheme: Scheme, mutated: Scheme) -> bool:
    """Whether every conversation asks the same and ends in the same verdict.

    Rows that hold together and say the same may change places: the other one is then cited.
    """
    space = space_of(scheme, mutated)
    pairs = zip_longest(cases(scheme, space, {}), cases(mutated, space, {}))
    return all(a and b and a.answers == b.answers and _seen(a) == _seen(b) for a, b in pairs)


def _seen(case: Case) -> tuple[object, ...]:
    ruling = case.ruling
    return ruling.outcome, ruling.grantor, whom_to_ask(ruling), ruling.sub_goals
