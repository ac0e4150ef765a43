"""The shape of `schemes/<year>.toml`, checked by pydantic before anything is built from it.

Called by `knowledge.scheme`. Holds no logic of the scheme: a fault here is a fault in the file.
"""

from collections.abc import Iterator, Mapping
from typing import Annotated, Literal, Self

from pydantic import Field, StringConstraints, field_validator, model_validator

from knowledge.errors import DataError
from knowledge.faults import not_one_of
from knowledge.loading import Record
from knowledge.slots import (
    COLUMN_OF_SLOT,
    PLACE,
    PLACE_FACTS,
    SLOT_OF_COLUMN,
    SLOTS,
    SUPPORT,
)

Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$")]
Sentence = Annotated[str, StringConstraints(min_length=1, max_length=300)]

Outcome = Literal[
    "apply_imdi",
    "apply_municipality",
    "either",
    "no_grantor",
    "undecided",
    "ineligible_not_voluntary",
    "ineligible_not_registered",
    "ineligible_target_group",
    "ineligible_no_subgoal",
]
Asked = Literal["IMDi", "municipality", "reception_centre_municipality", "Brønnøysundregistrene"]


class Words(Record):
    """One sentence in the three languages (bokmål, nynorsk, English)."""

    nb: Sentence
    nn: Sentence
    en: Sentence


class Label(Record):
    """A name short enough for a button with a tick in front of it."""

    nb: str = Field(min_length=1, max_length=28)
    nn: str = Field(min_length=1, max_length=28)
    en: str = Field(min_length=1, max_length=28)


class Source(Record):
    """A document. ``year`` is empty where the page bears no date."""

    id: Id
    title: str
    publisher: str
    year: int | None = Field(default=None, ge=2000, le=2100)


class Passage(Record):
    """A place in a source: ``quote`` is word for word, ``gist`` is our own summary."""

    id: Id
    source: Id
    heading: str = ""
    point: int = Field(default=0, ge=0)
    quote: str = ""
    gist: str = ""

    @model_validator(mode="after")
    def _says_something(self) -> Self:
        if bool(self.gist) == bool(self.quote):
            raise ValueError("a passage has either a quote or a gist")
        return self


class Fact(Record):
    """A figure; money is in whole kroner."""

    id: Id
    value: int = Field(ge=0)
    unit: Literal["NOK", "percent", "municipalities", "year"]
    cites: tuple[Id, ...] = Field(min_length=1)
    says: Words


class Purpose(Record):
    """The scheme's main goal (hovedmål)."""

    cites: tuple[Id, ...] = Field(min_length=1)
    says: Words


class Managing(Record):
    """A municipality that manages the scheme; ``immigrants`` are residents on 1 January."""

    number: str = Field(pattern=r"^\d{4}$")
    name: str = Field(min_length=2)
    immigrants: int = Field(ge=1)


class Allocation(Record):
    """Which fact the municipalities share, and by what key."""

    amount: Id
    cites: tuple[Id, ...] = Field(min_length=1)
    municipalities: tuple[Managing, ...] = Field(min_length=1)


class SubGoal(Record):
    """A sub-goal (delmål) of the scheme."""

    id: Literal["A", "B", "C"]
    cites: tuple[Id, ...] = Field(min_length=1)
    says: Words


class Activity(Record):
    """A kind of activity, the sub-goal it comes under, and what the money would be for."""

    id: Id
    sub_goal: Literal["A", "B", "C"] | None = None
    support: Literal["measure", "operating", "nothing"]
    listed: bool = True
    alone: bool = False
    cites: tuple[Id, ...] = Field(min_length=1)
    label: Label


class Condition(Record):
    """Something that is said when the answers are such and such: values only."""

    id: Id
    when: Mapping[str, tuple[str, ...]]
    cites: tuple[Id, ...] = Field(min_length=1)
    says: Words

    @field_validator("when")
    @classmethod
    def _slots_and_values_exist(
        cls, when: Mapping[str, tuple[str, ...]]
    ) -> Mapping[str, tuple[str, ...]]:
        faults = list(_cell_faults(when))
        if faults:
            raise DataError(faults)
        return when


class Row(Condition):
    """One row of a decision table. ``reading`` marks what we infer and the source does not say."""

    then: str
    reading: bool = False
    ask: tuple[Asked, ...] = ()


class ApplicantRow(Row):
    """Can this applicant apply?"""

    then: Literal["ok", "undecided", "ineligible_not_voluntary", "ineligible_not_registered"]


class TargetGroupRow(Row):
    """Are the people it reaches a target group?"""

    then: Literal["ok", "undecided", "ineligible_target_group"]


class SubGoalFitRow(Row):
    """Does the plan come under a sub-goal?"""

    then: Literal["ok", "undecided", "ineligible_no_subgoal"]


class GrantorRow(Row):
    """Who receives the application?"""

    then: Literal[
        "IMDi",
        "municipality",
        "reception_centre_municipality",
        "either",
        "no_grantor",
        "undecided",
    ]


class Note(Condition):
    """A reservation shown with some outcomes; every one that holds is shown."""

    outcomes: tuple[Outcome, ...] = Field(min_length=1)


class NextStep(Record):
    """What to do after a verdict. ``{grantor}`` and ``{ask}`` are the only gaps."""

    id: Id
    outcomes: tuple[Outcome, ...] = Field(min_length=1)
    cites: tuple[Id, ...]
    says: Words


class ChangeOption(Record):
    """Something an organisation can change: a slot set to one of ``to``, or joined by ``add``."""

    slot: Literal["registered", "scope", "target_groups", "activities"]
    to: tuple[str, ...] = ()
    add: tuple[str, ...] = ()


class SchemeFile(Record):
    """One scheme year, as written."""

    year: int = Field(ge=2000, le=2100)
    over: bool
    check_today: str
    name: Words
    source: tuple[Source, ...] = Field(min_length=1)
    passage: tuple[Passage, ...] = Field(min_length=1)
    fact: tuple[Fact, ...]
    purpose: Purpose
    allocation: Allocation
    sub_goal: tuple[SubGoal, ...] = Field(min_length=1)
    activity: tuple[Activity, ...] = Field(min_length=1)
    applicant: tuple[ApplicantRow, ...] = Field(min_length=1)
    target_group: tuple[TargetGroupRow, ...] = Field(min_length=1)
    sub_goal_fit: tuple[SubGoalFitRow, ...] = Field(min_length=1)
    grantor: tuple[GrantorRow, ...] = Field(min_length=1)
    note: tuple[Note, ...]
    next_step: tuple[NextStep, ...]
    change: tuple[ChangeOption, ...]


def column_values(column: str) -> tuple[str, ...] | None:
    """The words a cell of this column may hold; None where the scheme's own activities go."""
    if column == "support":
        return SUPPORT
    if column not in SLOT_OF_COLUMN:
        return ()
    slot = SLOTS[column]
    if len(COLUMN_OF_SLOT[column]) > 1:
        return None
    return (*PLACE_FACTS, *slot.values) if slot.kind == PLACE else slot.values


def _cell_faults(when: Mapping[str, tuple[str, ...]]) -> Iterator[str]:
    for column, cell in when.items():
        if column not in SLOT_OF_COLUMN:
            yield f"{column}: {not_one_of(column, SLOT_OF_COLUMN, 'a slot')}"
            continue
        if not cell:
            yield f"{column}: an empty list never holds; leave the slot out if any value will do"
        values = column_values(column)
        if values is not None:
            yield from (
                f"{column}[{i}]: " + not_one_of(value, values, f"a value of {column}")
                for i, value in enumerate(cell)
                if value not in values
            )
