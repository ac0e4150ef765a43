"""What `decide` finds: an organisation for every row of the tables of 2019, and for changes."""

from collections.abc import Mapping
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.asking import in_force, open_questions
from knowledge.scheme import Scheme, load_scheme
from knowledge.slots import SLOTS, Value
from knowledge.verdict import Verdict, as_json, decide

SCHEME = load_scheme(2019)

# A registered organisation in Bergen with Norwegian practice for immigrants; each case says what is
# different with its own.
ORDINARY: dict[str, Value] = {
    "registered": "yes",
    "municipality": "1201",
    "scope": "local",
    "target_groups": ("immigrants",),
    "activities": ("norwegian_practice",),
}
UNREGISTERED = {"registered": "no", "organisation_type": "voluntary"}
CENTRE = {"target_groups": ("reception_centre",)}
RUNNING = {"activities": ("operating_support",)}
OUTSIDE = {"municipality": "0220"}


def verdict(*differences: Mapping[str, Value]) -> Verdict:
    answers = dict(ORDINARY)
    for difference in differences:
        answers |= difference
    return decide(SCHEME, answers)


CASES = [
    pytest.param(
        [{}],
        ("apply_municipality", "Bergen", "local_inside"),
        id="local measure, registered in Bergen: Bergen",
    ),
    pytest.param(
        [{"municipality": "0231"}],
        ("apply_municipality", "Skedsmo", "local_inside"),
        id="Skedsmo is one of the 20 in 2019",
    ),
    pytest.param(
        [OUTSIDE],
        ("no_grantor", None, "local_outside"),
        id="local measure, registered in Asker: the source names nobody",
    ),
    pytest.param(
        [{"municipality": "unsure"}],
        ("undecided", None, "municipality_unknown"),
        id="local measure, municipality not known: not decided",
    ),
    pytest.param(
        [{"scope": "national"}],
        ("apply_imdi", "IMDi", "national"),
        id="national project, also from Bergen: IMDi",
    ),
    pytest.param(
        [{"scope": "central_body"}, OUTSIDE],
        ("apply_imdi", "IMDi", "central_body"),
        id="central body of a nationwide organisation: IMDi",
    ),
    pytest.param(
        [{"scope": "transferable"}],
        ("apply_imdi", "IMDi", "transferable"),
        id="transfer value to the whole country, also from Bergen: IMDi",
    ),
    pytest.param(
        [{"scope": "local_transferable"}],
        ("either", None, "local_transferable_inside"),
        id="local with transfer value, in one of the 20: either",
    ),
    pytest.param(
        [{"scope": "local_transferable"}, OUTSIDE],
        ("apply_imdi", "IMDi", "local_transferable_outside"),
        id="local with transfer value, outside the 20: IMDi",
    ),
    pytest.param(
        [{"scope": "several_municipalities"}],
        ("undecided", None, "source_is_silent"),
        id="several municipalities, not national: the source is silent",
    ),
    pytest.param(
        [{"scope": "unsure"}],
        ("undecided", None, "scope_unknown"),
        id="reach not known: not decided",
    ),
    pytest.param(
        [CENTRE, {"reception_centre_in": "0817"}],
        ("apply_imdi", "IMDi", "reception_centre_elsewhere"),
        id="centre in Drangedal, organisation in Bergen: IMDi, by where the centre lies",
    ),
    pytest.param(
        [CENTRE, OUTSIDE, {"reception_centre_in": "0427", "scope": "unsure"}],
        ("apply_imdi", "IMDi", "reception_centre_elsewhere"),
        id="centre outside the 20, reach not known: IMDi whatever the reach",
    ),
    pytest.param(
        [CENTRE, {"reception_centre_in": "0602"}],
        ("apply_municipality", "Drammen", "reception_centre_inside"),
        id="centre in Drammen: Drammen, marked as our reading",
    ),
    pytest.param(
        [CENTRE, {"reception_centre_in": "0602", "scope": "local_transferable"}],
        ("either", None, "reception_centre_inside_transferable"),
        id="centre in Drammen with transfer value: either",
    ),
    pytest.param(
        [CENTRE, OUTSIDE, {"reception_centre_in": "0602"}],
        ("undecided", None, "reception_centre_inside_organisation_outside"),
        id="centre inside, organisation outside: the source is silent",
    ),
    pytest.param(
        [CENTRE, {"reception_centre_in": "several"}],
        ("undecided", None, "several_reception_centres"),
        id="several centres: not decided",
    ),
    pytest.param(
        [CENTRE, {"reception_centre_in": "unsure"}],
        ("undecided", None, "reception_centre_unknown"),
        id="centre's municipality not known: not decided",
    ),
    pytest.param(
        [RUNNING],
        ("apply_municipality", "Bergen", "operating_support_from_municipality"),
        id="operating support, local immigrant organisation in Bergen: Bergen",
    ),
    pytest.param(
        [RUNNING, {"scope": "national"}],
        ("either", None, "operating_support_wider"),
        id="operating support, not only local: either",
    ),
    pytest.param(
        [RUNNING, OUTSIDE],
        ("no_grantor", None, "operating_support_outside"),
        id="operating support outside the 20: the source names nobody",
    ),
    pytest.param(
        [RUNNING, OUTSIDE, {"scope": "national"}],
        ("undecided", None, "operating_support_unsettled"),
        id="operating support, national, outside the 20: the source is silent",
    ),
    pytest.param(
        [{"activities": ("operating_support", "norwegian_practice"), "scope": "national"}],
        ("apply_imdi", "IMDi", "national"),
        id="a measure beside the operating support decides",
    ),
    pytest.param(
        [UNREGISTERED],
        ("ineligible_not_registered", None, "not_registered"),
        id="not in the register: register first",
    ),
    pytest.param(
        [{"registered": "no", "organisation_type": "company"}],
        ("ineligible_not_voluntary", None, "not_voluntary"),
        id="a company not in the register cannot apply",
    ),
    pytest.param(
        [{"registered": "no", "organisation_type": "public"}],
        ("ineligible_not_voluntary", None, "not_voluntary"),
        id="a public body cannot apply",
    ),
    pytest.param(
        [{"registered": "no", "organisation_type": "private_person"}],
        ("ineligible_not_voluntary", None, "not_voluntary"),
        id="a private person cannot apply",
    ),
    pytest.param(
        [{"registered": "unsure"}],
        ("undecided", None, "registration_unknown"),
        id="registration not known: not decided",
    ),
    pytest.param(
        [{"target_groups": ("other",)}],
        ("ineligible_target_group", None, "outside_the_target_groups"),
        id="nobody of the target groups: not eligible",
    ),
    pytest.param(
        [{"target_groups": ("other", "refugees")}],
        ("apply_municipality", "Bergen", "immigrants_and_refugees"),
        id="others beside refugees do no harm",
    ),
    pytest.param(
        [CENTRE, {"scope": "national"}],
        ("apply_imdi", "IMDi", "reception_centre_residents"),
        id="residents of centres are a target group",
    ),
    pytest.param(
        [{"target_groups": ("local_population",)}],
        ("undecided", None, "local_population_alone"),
        id="only the rest of the population: the source does not settle it",
    ),
    pytest.param(
        [{"target_groups": ("unsure",)}],
        ("undecided", None, "target_group_unknown"),
        id="target group not known: not decided",
    ),
    pytest.param(
        [{"activities": ("none_of_these",)}],
        ("ineligible_no_subgoal", None, "no_sub_goal"),
        id="under no sub-goal: not eligible",
    ),
    pytest.param(
        [{"activities": ("operating_other",)}],
        ("ineligible_no_subgoal", None, "operating_support_for_others"),
        id="operating support for another organisation: not eligible",
    ),
    pytest.param(
        [{"activities": ("unsure",)}],
        ("undecided", None, "activity_unknown"),
        id="activity not known: not decided",
    ),
    pytest.param(
        [{}],
        ("apply_municipality", "Bergen", "under_a_sub_goal"),
        id="a measure under a sub-goal fits",
    ),
    pytest.param(
        [{}], ("apply_municipality", "Bergen", "registered"), id="the register is what counts"
    ),
]


@pytest.mark.parametrize(("differences", "expected"), CASES)
def test_an_organisation_and_its_verdict(
    differences: list[Mapping[str, Value]], expected: tuple[str, str | None, str]
) -> None:
    found = verdict(*differences)
    outcome, grantor, rule = expected
    assert (found.outcome, found.grantor) == (outcome, grantor)
    assert rule in [fired.id for fired in found.rules]


def test_every_row_has_its_case() -> None:
    # pytest types the values of a case as plain objects.
    rules = {case.values[1][2] for case in CASES}  # type: ignore[index]
    rows = {row.id for table in SCHEME.tables for row in table.rows}
    assert rules == rows


@pytest.mark.parametrize(
    ("differences", "change", "gives"),
    [
        pytest.param(
            [UNREGISTERED],
            {"registered": "yes"},
            ("apply_municipality", "Bergen"),
            id="not registered: registering is enough",
        ),
        pytest.param(
            [UNREGISTERED, OUTSIDE],
            {"registered": "yes"},
            ("no_grantor", None),
            id="not registered in Asker: registering helps, and still there is nobody",
        ),
        pytest.param(
            [OUTSIDE],
            {"scope": "national"},
            ("apply_imdi", "IMDi"),
            id="nobody to apply to: a national project would go to IMDi",
        ),
        pytest.param(
            [{"target_groups": ("other",)}],
            {"target_groups": ("other", "immigrants")},
            ("apply_municipality", "Bergen"),
            id="outside the target groups: reach immigrants too",
        ),
        pytest.param(
            [UNREGISTERED, {"activities": ("none_of_these",), "target_groups": ("other",)}],
            {
                "registered": "yes",
                "target_groups": ("other", "immigrants"),
                "activities": ("meeting_place",),
            },
            ("apply_municipality", "Bergen"),
            id="three things are missing: all three, no fewer",
        ),
        pytest.param(
            [{"scope": "several_municipalities"}],
            {"scope": "local"},
            ("apply_municipality", "Bergen"),
            id="several municipalities: keep it in one",
        ),
        pytest.param(
            [RUNNING, OUTSIDE],
            {"activities": ("operating_support", "meeting_place"), "scope": "national"},
            ("apply_imdi", "IMDi"),
            id="operating support outside the 20: a national measure",
        ),
    ],
)
def test_the_smallest_change(
    differences: list[Mapping[str, Value]],
    change: dict[str, Value],
    gives: tuple[str, str | None],
) -> None:
    found = verdict(*differences).change
    assert found is not None
    assert (found.answers, (found.outcome, found.grantor)) == (change, gives)


def test_a_clear_recipient_needs_no_change() -> None:
    assert verdict().change is None


def test_what_follows_after_registering_is_told_beside_the_change() -> None:
    found = verdict(UNREGISTERED, {"target_groups": ("other",)})
    assert found.if_registered is not None
    assert found.if_registered.outcome == "ineligible_target_group"


@pytest.mark.parametrize(
    ("activities", "sub_goals"),
    [
        (("meeting_place",), ("A",)),
        (("society_information", "community_activity"), ("A", "B")),
        (("empowerment", "work_measures", "operating_support"), ("A", "B", "C")),
        (("prevention_information",), ("C",)),
        (("none_of_these",), ()),
    ],
)
def test_activities_give_sub_goals(activities: tuple[str, ...], sub_goals: tuple[str, ...]) -> None:
    assert verdict({"activities": activities}).sub_goals == sub_goals


def test_our_reading_is_marked() -> None:
    found = verdict(CENTRE, {"reception_centre_in": "0602"})
    marked = [rule.id for rule in found.rules if rule.reading]
    assert marked == ["reception_centre_inside"]


def test_whom_to_ask_is_named() -> None:
    assert verdict({"scope": "local_transferable"}).ask == ("Bergen", "IMDi")
    assert verdict(CENTRE, OUTSIDE, {"reception_centre_in": "0602"}).ask == ("Drammen", "IMDi")
    assert verdict(OUTSIDE, {"scope": "several_municipalities"}).ask == ("IMDi",)


def test_every_rule_and_note_is_cited() -> None:
    for case in CASES:
        found = verdict(*case.values[0])  # type: ignore[misc]  # plain objects to pytest
        for rule in (*found.rules, *found.notes):
            assert rule.cites, rule.id
            assert all(cite in SCHEME.passages for cite in rule.cites)


@pytest.mark.parametrize(
    ("answers", "outcome"),
    [
        pytest.param({}, "undecided", id="nothing answered: nothing can be said"),
        pytest.param(
            {"registered": "no"},
            "ineligible_not_registered",
            id="not registered: no, whatever the organisation is",
        ),
        pytest.param(
            {"registered": "no", "organisation_type": "company"},
            "ineligible_not_voluntary",
            id="a company: no, whatever it plans",
        ),
        pytest.param(
            {"registered": "yes", "scope": "national"},
            "undecided",
            id="national: target groups and activities can still make it a no",
        ),
        pytest.param(
            {"registered": "yes", "target_groups": ("other",)},
            "ineligible_target_group",
            id="outside the target groups: no, wherever it is",
        ),
    ],
)
def test_with_answers_missing_it_says_what_can_no_longer_change(
    answers: dict[str, Value], outcome: str
) -> None:
    found = decide(SCHEME, answers)
    assert found.outcome == outcome
    assert found.missing
    assert found.change is None


def any_answers(scheme: Scheme) -> st.SearchStrategy[dict[str, Value]]:
    places = st.sampled_from([*scheme.managing, "0220", "0427", "1146", "unsure"])

    def one(slot: str) -> st.SearchStrategy[Any]:
        if SLOTS[slot].kind == "place":
            return places
        lone = [(value,) for value in scheme.alone(slot)] if SLOTS[slot].many else []
        if not SLOTS[slot].many:
            return st.sampled_from(scheme.values(slot))
        free = [value for value in scheme.values(slot) if (value,) not in lone]
        some = st.lists(st.sampled_from(free), min_size=1, unique=True).map(tuple)
        return some | st.sampled_from(lone)

    return st.fixed_dictionaries({}, optional={slot: one(slot) for slot in SLOTS})


@given(any_answers(SCHEME))
def test_any_answers_get_a_verdict(answers: dict[str, Value]) -> None:
    found = decide(SCHEME, answers)
    assert found == decide(SCHEME, dict(reversed(answers.items())))
    assert (found.grantor is not None) == found.outcome.startswith("apply_")
    assert found.missing == open_questions(SCHEME, answers)
    assert as_json(SCHEME, found)["outcome"] == found.outcome


@given(any_answers(SCHEME))
def test_answers_set_aside_change_nothing(answers: dict[str, Value]) -> None:
    counted = in_force(SCHEME, answers)
    found, without = decide(SCHEME, answers), decide(SCHEME, counted)
    assert (found.outcome, found.grantor, found.sub_goals) == (
        without.outcome,
        without.grantor,
        without.sub_goals,
    )
