"""Answers given as plain values, checked against what the slots can hold.

Called by `veiviser decide` and wherever a program hands over answers. Corrects nothing: a value
that is not known is named, with the nearest that is.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from knowledge.faults import not_one_of
from knowledge.scheme import Scheme
from knowledge.slots import PLACE, SLOTS, Slot, Value

SUB_GOALS = "sub_goals"


class AnswerError(ValueError):
    """Answers that no slot can hold; ``faults`` lists every one as ``slot: fault``."""

    def __init__(self, faults: list[str]) -> None:
        self.faults = tuple(faults)
        super().__init__("; ".join(faults))


def read_answers(
    scheme: Scheme, raw: Mapping[str, Any], is_municipality: Callable[[str], bool]
) -> dict[str, Value]:
    """Check answers from a program and give them the form that `knowledge.verdict.decide` takes.

    Args:
        scheme: The scheme year whose activities and sub-goals are meant.
        raw: Slot to value, a list for slots that hold several; null means unanswered.
            ``sub_goals`` may stand in place of ``activities``; an empty list: none fits.
        is_municipality: Whether a four-digit number is a municipality of the scheme's year.

    Raises:
        AnswerError: unknown slots or values, all at once.
    """
    given = {slot: value for slot, value in raw.items() if value is not None}
    faults = [
        f"{slot}: {not_one_of(slot, (*SLOTS, SUB_GOALS), 'a slot')}"
        for slot in given
        if slot not in SLOTS and slot != SUB_GOALS
    ]
    answers: dict[str, Value] = {}
    for name, slot in SLOTS.items():
        if name in given:
            found = list(_faults(scheme, slot, given[name], is_municipality))
            faults.extend(found)
            if not found:
                answers[name] = tuple(given[name]) if slot.many else given[name]
    if SUB_GOALS in given:
        faults.extend(_read_sub_goals(scheme, given, answers))
    if faults:
        raise AnswerError(faults)
    return {name: answers[name] for name in SLOTS if name in answers}


def _read_sub_goals(
    scheme: Scheme, given: Mapping[str, Any], answers: dict[str, Value]
) -> Iterator[str]:
    """Put the activity that stands for each sub-goal; activities, where given, go before."""
    goals = given[SUB_GOALS]
    if not isinstance(goals, list):
        yield f"{SUB_GOALS}: a list was expected, got {goals!r}"
    elif unknown := [goal for goal in goals if goal not in scheme.sub_goals]:
        yield from (
            f"{SUB_GOALS}: {not_one_of(g, scheme.sub_goals, 'a sub-goal')}" for g in unknown
        )
    elif "activities" not in given:
        answers["activities"] = activities_for(goals)
    elif "activities" in answers and set(scheme.sub_goals_of(answers)) != set(goals):
        yield f"{SUB_GOALS}: {goals!r} are not those of the activities; give one of the two"


def activities_for(goals: list[str]) -> tuple[str, ...]:
    """The activities that say «something under this sub-goal»; an empty list: none fits."""
    return tuple(f"sub_goal_{goal.lower()}" for goal in goals) or ("none_of_these",)


def _faults(
    scheme: Scheme, slot: Slot, value: Any, is_municipality: Callable[[str], bool]
) -> Iterator[str]:
    if slot.many != isinstance(value, list):
        yield f"{slot.name}: {'a list' if slot.many else 'one value'} was expected, got {value!r}"
        return
    if value == []:
        yield f"{slot.name}: the list is empty; leave the slot out if it is unanswered"
    values = list(slot.values) if slot.kind == PLACE else scheme.values(slot.name)
    for word in value if slot.many else [value]:
        if slot.kind == PLACE and isinstance(word, str) and is_municipality(word):
            continue
        if word not in values:
            if slot.kind == PLACE:
                yield (
                    f"{slot.name}: {word!r} is no municipality of {scheme.year}; "
                    f"give its four-digit number, or one of: {', '.join(values)}"
                )
            else:
                yield f"{slot.name}: {not_one_of(word, values, f'a value of {slot.name}')}"
    if slot.many:
        lone = [word for word in value if word in scheme.alone(slot.name)]
        if lone and len(value) > 1:
            yield f"{slot.name}: {lone[0]!r} goes with no other value"
        if len(set(map(str, value))) < len(value):
            yield f"{slot.name}: a value stands twice in {value!r}"
