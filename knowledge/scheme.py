"""One scheme year, ready for use: facts, sub-goals and rules from `schemes/<year>.toml`.

Called by everything that needs to know what is true. Built once and never changed after.
"""

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

from knowledge.errors import DataError
from knowledge.loading import load_toml
from knowledge.scheme_file import (
    ApplicantRow,
    GrantorRow,
    Note,
    SchemeFile,
    SubGoal,
    SubGoalFitRow,
    TargetGroupRow,
)
from knowledge.scheme_references import reference_faults
from knowledge.slots import PLACE, SLOTS, UNSURE, Answers, Value, as_tuple
from knowledge.tables import Facts, Table, list_answers

# Rows tell lists apart by whether they share a value with a cell, and by what the activities ask
# support for. Two values at a time show every such difference (`knowledge.proof` walks them all).
LIST_SIZES = (1, 2)

SCHEMES = Path(__file__).parent / "schemes"


class Scheme:
    """A grant scheme (tilskuddsordning) in one year.

    ``applicant``, ``target_group``, ``sub_goal_fit`` and ``grantor`` are the four decision
    tables; ``managing`` maps the four-digit number of each municipality that manages the scheme
    to its name.
    """

    def __init__(self, file: SchemeFile) -> None:
        self.file = file
        self.year = file.year
        self.sources = {source.id: source for source in file.source}
        self.passages = {passage.id: passage for passage in file.passage}
        self.facts = {fact.id: fact for fact in file.fact}
        self.sub_goals: dict[str, SubGoal] = {goal.id: goal for goal in file.sub_goal}
        self.activities = {activity.id: activity for activity in file.activity}
        self.managing = {place.number: place.name for place in file.allocation.municipalities}
        candidates = {slot: tuple(self.possible_answers(slot, LIST_SIZES)) for slot in SLOTS}
        self.applicant: Table[ApplicantRow] = Table(
            "applicant", file.applicant, candidates, self.facts_of
        )
        self.target_group: Table[TargetGroupRow] = Table(
            "target_group", file.target_group, candidates, self.facts_of
        )
        self.sub_goal_fit: Table[SubGoalFitRow] = Table(
            "sub_goal_fit", file.sub_goal_fit, candidates, self.facts_of
        )
        self.grantor: Table[GrantorRow] = Table("grantor", file.grantor, candidates, self.facts_of)
        self.tables = (self.applicant, self.target_group, self.sub_goal_fit, self.grantor)
        self.notes: tuple[Note, ...] = file.note

    def values(self, slot: str) -> tuple[str, ...]:
        """The words a slot can hold; the two places are reduced to what a rule can see of them."""
        own = SLOTS[slot].values
        if SLOTS[slot].kind == PLACE:
            return ("managing", "not_managing", *own)
        return (*self.activities, *own) if slot == "activities" else own

    def alone(self, slot: str) -> tuple[str, ...]:
        """The values of a list slot that go with no other."""
        lone = (a.id for a in self.activities.values() if a.alone) if slot == "activities" else ()
        return (*SLOTS[slot].alone, *lone)

    def possible_answers(self, slot: str, sizes: Iterable[int]) -> Iterator[Value]:
        """The answers to a slot as a rule sees them; for lists, combinations of so many values."""
        if SLOTS[slot].many:
            return list_answers(self.values(slot), self.alone(slot), sizes)
        return iter(self.values(slot))

    def facts_of(self, slot: str, value: Value) -> Facts:
        """What an answer, as a rule sees it, says in each column of the tables."""
        facts = {slot: frozenset(as_tuple(value))}
        if slot == "activities":
            facts["support"] = frozenset({self.support(value)})
        return facts

    def as_seen(self, slot: str, value: Value) -> Value:
        """An answer as a rule sees it: of a place, only whether it manages the scheme."""
        if SLOTS[slot].kind != PLACE or value in self.values(slot):
            return value
        return "managing" if value in self.managing else "not_managing"

    def support(self, activities: Value) -> str:
        """What the money would be for: a measure, operating support alone, nothing, or unsure."""
        kinds = {self.activities[a].support for a in as_tuple(activities) if a != UNSURE}
        for kind in ("measure", "operating", "nothing"):
            if kind in kinds:
                return kind
        return UNSURE

    def sub_goals_of(self, answers: Answers) -> tuple[str, ...]:
        """The sub-goals that the activities come under, in the scheme's order."""
        found = {
            self.activities[a].sub_goal
            for a in as_tuple(answers.get("activities", ()))
            if a != UNSURE
        }
        return tuple(goal for goal in self.sub_goals if goal in found)

    def cite(self, passage_id: str) -> str:
        """A citation on one line: source, and the place in it."""
        passage = self.passages[passage_id]
        place = f": {passage.heading}, punkt {passage.point}" if passage.heading else ""
        return passage.source + place


def scheme_from(path: Path) -> Scheme:
    """Read one scheme file.

    Raises:
        DataError: the file has faults; every one is listed with its place.
    """
    return Scheme(load_toml(path, SchemeFile, reference_faults))


@cache
def load_scheme(year: int = 2019) -> Scheme:
    """The scheme of a year.

    Raises:
        DataError: there is no file for that year, or it has faults.
    """
    path = SCHEMES / f"{year}.toml"
    if not path.exists():
        years = ", ".join(sorted(p.stem for p in SCHEMES.glob("*.toml")))
        raise DataError([f"{path.name}: no such scheme year; there is: {years}"])
    return scheme_from(path)
