"""Answers from a program: what is taken, and every fault named at once."""

from typing import Any

import pytest

from knowledge.answers import AnswerError, read_answers
from knowledge.places import Places
from knowledge.scheme import load_scheme
from knowledge.slots import Value

SCHEME = load_scheme(2019)


def read(raw: dict[str, Any]) -> dict[str, Value]:
    places = Places.load(2019)
    return read_answers(SCHEME, raw, lambda number: places.by_number(number) is not None)


@pytest.mark.parametrize(
    ("raw", "answers"),
    [
        pytest.param({}, {}, id="nothing"),
        pytest.param(
            {"registered": "yes", "scope": None}, {"registered": "yes"}, id="null is unanswered"
        ),
        pytest.param({"municipality": "0301"}, {"municipality": "0301"}, id="a municipality"),
        pytest.param(
            {"activities": ["prevention"], "target_groups": ["other", "refugees"]},
            {"target_groups": ("other", "refugees"), "activities": ("prevention",)},
            id="lists, in the order of the questions",
        ),
        pytest.param(
            {"sub_goals": ["A", "C"]},
            {"activities": ("sub_goal_a", "sub_goal_c")},
            id="sub-goals in place of activities",
        ),
        pytest.param({"sub_goals": []}, {"activities": ("none_of_these",)}, id="no sub-goal fits"),
        pytest.param(
            {"sub_goals": ["C"], "activities": ["empowerment"]},
            {"activities": ("empowerment",)},
            id="activities and their sub-goals",
        ),
    ],
)
def test_answers_that_are_taken(raw: dict[str, Any], answers: dict[str, Value]) -> None:
    assert read(raw) == answers


@pytest.mark.parametrize(
    ("raw", "faults"),
    [
        pytest.param(
            {"scope": "natonal", "registered": True},
            [
                "registered: True is not a value of registered; known: yes, no, unsure",
                "scope: 'natonal' is not a value of scope; did you mean 'national'?",
            ],
            id="every unknown value, with the nearest",
        ),
        pytest.param(
            {"scop": "local"}, ["scop: 'scop' is not a slot; did you mean 'scope'?"], id="slot"
        ),
        pytest.param(
            {"municipality": "9999"},
            [
                "municipality: '9999' is no municipality of 2019; give its four-digit number, "
                "or one of: unsure"
            ],
            id="no such municipality",
        ),
        pytest.param(
            {"activities": "prevention"},
            ["activities: a list was expected, got 'prevention'"],
            id="one value where a list was expected",
        ),
        pytest.param(
            {"target_groups": []},
            ["target_groups: the list is empty; leave the slot out if it is unanswered"],
            id="an empty list",
        ),
        pytest.param(
            {"target_groups": ["unsure", "refugees", "refugees"]},
            [
                "target_groups: 'unsure' goes with no other value",
                "target_groups: a value stands twice in ['unsure', 'refugees', 'refugees']",
            ],
            id="not knowing beside knowing, and a value twice",
        ),
        pytest.param(
            {"sub_goals": ["A"], "activities": ["empowerment"]},
            ["sub_goals: ['A'] are not those of the activities; give one of the two"],
            id="sub-goals that the activities do not have",
        ),
        pytest.param(
            {"sub_goals": ["D"]},
            ["sub_goals: 'D' is not a sub-goal; known: A, B, C"],
            id="no such sub-goal",
        ),
    ],
)
def test_faults_are_named(raw: dict[str, Any], faults: list[str]) -> None:
    with pytest.raises(AnswerError) as found:
        read(raw)
    assert list(found.value.faults) == faults
