"""Decision tables, as they are walked: the first row that holds wins.

Called by `knowledge.ruling` and `knowledge.asking`. A table restricted by the answers so far is
again a table; what it can still say, and the slots on which that hangs, are worked out once and
kept, so that taking an answer is one look-up. Knows no scheme and no outcome: only rows, columns
and facts.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from itertools import combinations
from typing import Generic, TypeVar

from knowledge.scheme_file import Condition, Row
from knowledge.slots import SLOT_OF_COLUMN, SLOTS, Value

# What the answer to one slot says in each of its columns: `activities` also fills `support`.
Facts = Mapping[str, frozenset[str]]

# A row still possible: what it says, its place in the table, and the conditions not yet met.
OpenRow = tuple[str, int, tuple[tuple[str, frozenset[str]], ...]]
R = TypeVar("R", bound=Row)

SLOT_ORDER = {name: i for i, name in enumerate(SLOTS)}


@dataclass(frozen=True, slots=True, eq=False)
class Decision:
    """All that a restricted table can still say, and the slots on which that hangs."""

    says: frozenset[str]
    slots: frozenset[str]


@dataclass(slots=True, eq=False)
class Rest:
    """What is left of a table after some answers: the rows still possible, in order."""

    rows: tuple[OpenRow, ...]
    decision: Decision
    after: dict[tuple[str, Value], "Rest"] = field(default_factory=dict)


class Table(Generic[R]):
    """An ordered table of rows.

    ``candidates`` gives the possible answers to each slot, ``facts_of`` what an answer says in the
    columns. ``start`` is the whole table, before any answer.
    """

    def __init__(
        self,
        name: str,
        rows: tuple[R, ...],
        candidates: Mapping[str, Iterable[Value]],
        facts_of: Callable[[str, Value], Facts],
    ) -> None:
        self.name = name
        self.rows = rows
        self._facts_of = facts_of
        self._kinds = {
            slot: tuple(_told_apart(rows, (facts_of(slot, value) for value in values)))
            for slot, values in candidates.items()
        }
        self._rests: dict[tuple[OpenRow, ...], Rest] = {}
        self._decisions: dict[tuple[object, ...], Decision] = {}
        self.start = self._rest(restrict(open_rows(rows), {}))

    def after(self, rest: Rest, slot: str, value: Value) -> Rest:
        """What is left of the table when one more slot is answered."""
        found = rest.after.get((slot, value))
        if found is None:
            left = restrict(rest.rows, self._facts_of(slot, value))
            found = rest.after[slot, value] = self._rest(left)
        return found

    def certain(self, rest: Rest) -> R | None:
        """A row that holds already, where no further answer can change what the table says.

        Rows above it may hold too once more is known; they then say the same.
        """
        if len(rest.decision.says) > 1 or not rest.rows or rest.rows[-1][2]:
            return None
        return self.rows[rest.rows[-1][1]]

    def rests(self) -> tuple[Rest, ...]:
        """Everything that answers in any order can leave of the table."""
        return tuple(self._rests.values())

    def _rest(self, rows: tuple[OpenRow, ...]) -> Rest:
        found = self._rests.get(rows)
        if found is None:
            found = self._rests[rows] = Rest(rows, self._decide(rows))
        return found

    def _decide(self, rows: tuple[OpenRow, ...]) -> Decision:
        """Follow every kind of answer. Decisions that are alike are one object."""
        if not rows or not rows[0][2]:
            says = rows[0][0] if rows else ""
            return self._share((says,), Decision(frozenset({says}), frozenset()))
        slot = first_slot(rows)
        children = [self._rest(restrict(rows, kind)).decision for kind in self._kinds[slot]]
        if all(child is children[0] for child in children):
            return children[0]
        can_say: frozenset[str] = frozenset().union(*(child.says for child in children))
        slots = frozenset({slot}).union(*(child.slots for child in children))
        return self._share((slot, *map(id, children)), Decision(can_say, slots))

    def _share(self, key: tuple[object, ...], decision: Decision) -> Decision:
        return self._decisions.setdefault(key, decision)


def open_rows(rows: tuple[Row, ...]) -> tuple[OpenRow, ...]:
    """The rows of a table as they stand before any answer."""
    return tuple(
        (row.then, i, tuple((column, frozenset(cell)) for column, cell in row.when.items()))
        for i, row in enumerate(rows)
    )


def restrict(rows: tuple[OpenRow, ...], answer: Facts) -> tuple[OpenRow, ...]:
    """The rows left when one slot is answered: failed ones go, and met conditions go.

    Rows after one without conditions can never be reached.
    """
    left: list[OpenRow] = []
    for then, i, conditions in rows:
        if any(column in answer and answer[column].isdisjoint(cell) for column, cell in conditions):
            continue
        unmet = tuple(condition for condition in conditions if condition[0] not in answer)
        left.append((then, i, unmet))
        if not unmet:
            break
    return tuple(left)


def first_slot(rows: tuple[OpenRow, ...]) -> str:
    """The slot that is asked first among those the rows still hang on."""
    return min(
        (SLOT_OF_COLUMN[column] for _, _, conditions in rows for column, _ in conditions),
        key=SLOT_ORDER.__getitem__,
    )


def holds(condition: Condition, facts: Facts) -> bool:
    """Whether all slots named have one of the values listed."""
    return all(
        column in facts and not facts[column].isdisjoint(cell)
        for column, cell in condition.when.items()
    )


def meets(conditions: Iterable[Condition], answer: Facts) -> tuple[bool, ...]:
    """Which cells of these conditions an answer to one slot meets, in order."""
    return tuple(
        not answer[column].isdisjoint(cell)
        for condition in conditions
        for column, cell in condition.when.items()
        if column in answer
    )


def _told_apart(rows: tuple[Row, ...], answers: Iterable[Facts]) -> Iterator[Facts]:
    """One of each kind of answer: answers that meet the same cells are the same kind."""
    seen: set[tuple[bool, ...]] = set()
    for answer in answers:
        kind = meets(rows, answer)
        if kind not in seen:
            seen.add(kind)
            yield answer


def list_answers(
    values: Iterable[str], alone: Iterable[str], sizes: Iterable[int]
) -> Iterator[tuple[str, ...]]:
    """Possible answers to a list slot: combinations of ``sizes``, and the lone values."""
    lone = set(alone)
    values = list(values)
    yield from ((value,) for value in values if value in lone)
    for size in sizes:
        yield from combinations([value for value in values if value not in lone], size)
