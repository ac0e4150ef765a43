"""The scheme of 2019 as openfisca-core writes rules: the yardstick of `benchmarks.decide`.

An entity, its inputs, and a formula for every result, written out by hand from the decision tables.
Needs the environment of `docs/dependencies.md` that has openfisca-core.
"""

import sys
from collections.abc import Iterator
from typing import Any

from knowledge.scheme import Scheme
from knowledge.slots import SLOTS, UNSURE, Answers

try:
    from openfisca_core.entities import build_entity
    from openfisca_core.model_api import YEAR, Enum, Variable, not_, select
    from openfisca_core.simulation_builder import SimulationBuilder
    from openfisca_core.taxbenefitsystems import TaxBenefitSystem
except ImportError as error:
    print(
        f"{error}. openfisca-core has an environment of its own:\n"
        "docs/dependencies.md, under «To compare speed», says how to make it.",
        file=sys.stderr,
    )
    raise SystemExit(2) from None

YEAR_OF_RULES = 2019

# The scheme as openfisca writes rules: an entity, its inputs, and a formula for every result.

ORGANISATION = build_entity(
    key="organisation", plural="organisations", label="Voluntary organisation", is_person=True
)
PLACES = ("managing", "not_managing", UNSURE)


def _enum(name: str, values: tuple[str, ...]) -> Any:
    return Enum(name, [(value, value) for value in values])


Registered = _enum("Registered", SLOTS["registered"].values)
OrganisationType = _enum("OrganisationType", SLOTS["organisation_type"].values)
Municipality = _enum("Municipality", PLACES)
Scope = _enum("Scope", SLOTS["scope"].values)
CentreIn = _enum("CentreIn", (*PLACES, "several"))
Support = _enum("Support", ("measure", "operating", "nothing", UNSURE))
ELIGIBILITY = (
    "ok",
    UNSURE,
    "ineligible_not_voluntary",
    "ineligible_not_registered",
    "ineligible_target_group",
    "ineligible_no_subgoal",
)
Eligibility = _enum("Eligibility", ELIGIBILITY)
Grantor = _enum(
    "Grantor",
    ("imdi", "municipality", "centre_municipality", "either", "no_grantor", "undecided", "nobody"),
)
Outcome = _enum(
    "Outcome",
    ("apply_imdi", "apply_municipality", "either", "no_grantor", "undecided", *ELIGIBILITY[2:]),
)
TARGET_GROUPS = SLOTS["target_groups"].values
PLANS = ("measure", "operating_support", "operating_other", "none_of_these", UNSURE)


def applicant(organisation: Any, period: Any) -> Any:
    """Decision table 1: can this kind of applicant apply?"""
    registered = organisation("registered", period)
    voluntary = organisation("organisation_type", period) == OrganisationType.voluntary
    return select(
        [
            (registered == Registered.no) * not_(voluntary),
            registered == Registered.no,
            registered == Registered.yes,
        ],
        [
            Eligibility.ineligible_not_voluntary,
            Eligibility.ineligible_not_registered,
            Eligibility.ok,
        ],
        Eligibility.unsure,
    )


def target_group(organisation: Any, period: Any) -> Any:
    """Decision table 2: are the people reached a target group?"""
    return select(
        [
            organisation("reaches_immigrants", period)
            + organisation("reaches_refugees", period)
            + organisation("reaches_reception_centre", period),
            organisation("reaches_local_population", period)
            + organisation("reaches_unsure", period),
        ],
        [Eligibility.ok, Eligibility.unsure],
        Eligibility.ineligible_target_group,
    )


def support(organisation: Any, period: Any) -> Any:
    """What the money would be for: a measure, operating support alone, or nothing."""
    return select(
        [
            organisation("plans_measure", period),
            organisation("plans_operating_support", period),
            organisation("plans_operating_other", period)
            + organisation("plans_none_of_these", period),
        ],
        [Support.measure, Support.operating, Support.nothing],
        Support.unsure,
    )


def sub_goal_fit(organisation: Any, period: Any) -> Any:
    """Decision table 3: does the plan come under a sub-goal?"""
    for_what = organisation("support", period)
    return select(
        [
            (for_what == Support.measure) + (for_what == Support.operating),
            organisation("plans_unsure", period),
        ],
        [Eligibility.ok, Eligibility.unsure],
        Eligibility.ineligible_no_subgoal,
    )


def grantor_row(organisation: Any, period: Any) -> Any:
    """Decision table 4, row by row: the first that holds says who receives the application."""
    place = organisation("municipality", period)
    inside, outside = place == Municipality.managing, place == Municipality.not_managing
    scope = organisation("scope", period)
    local, transferable = scope == Scope.local, scope == Scope.local_transferable
    near = local + (scope == Scope.several_municipalities)
    wide = (scope == Scope.national) + (scope == Scope.central_body) + (scope == Scope.transferable)
    operating = organisation("support", period) == Support.operating
    residents = organisation("reaches_reception_centre", period)
    centre = organisation("reception_centre_in", period)
    centre_inside = residents * (centre == CentreIn.managing)
    rows = [
        (operating * inside * near, Grantor.municipality),
        (operating * inside, Grantor.either),
        (operating * outside * near, Grantor.no_grantor),
        (operating, Grantor.undecided),
        (wide, Grantor.imdi),
        (residents * (centre == CentreIn.not_managing), Grantor.imdi),
        (centre_inside * inside * local, Grantor.centre_municipality),
        (centre_inside * inside * transferable, Grantor.either),
        (centre_inside * outside * local, Grantor.undecided),
        (residents * (centre == CentreIn.several), Grantor.undecided),
        (residents * (centre == CentreIn.unsure), Grantor.undecided),
        (transferable * outside, Grantor.imdi),
        (transferable * inside, Grantor.either),
        (local * inside, Grantor.municipality),
        (local * outside, Grantor.no_grantor),
    ]
    return select([holds for holds, _ in rows], [says for _, says in rows], Grantor.undecided)


def outcome(organisation: Any, period: Any) -> Any:
    """What the four tables say together."""
    tables = [organisation(name, period) for name in ("applicant", "target_group", "sub_goal_fit")]
    to_whom = organisation("grantor_row", period)
    is_unsettled = sum(table == Eligibility.unsure for table in tables) > 0
    rows = [
        (tables[0] == Eligibility.ineligible_not_voluntary, Outcome.ineligible_not_voluntary),
        (tables[0] == Eligibility.ineligible_not_registered, Outcome.ineligible_not_registered),
        (tables[1] == Eligibility.ineligible_target_group, Outcome.ineligible_target_group),
        (tables[2] == Eligibility.ineligible_no_subgoal, Outcome.ineligible_no_subgoal),
        (is_unsettled, Outcome.undecided),
        (to_whom == Grantor.imdi, Outcome.apply_imdi),
        (to_whom == Grantor.municipality, Outcome.apply_municipality),
        (to_whom == Grantor.centre_municipality, Outcome.apply_municipality),
        (to_whom == Grantor.either, Outcome.either),
        (to_whom == Grantor.no_grantor, Outcome.no_grantor),
    ]
    return select([holds for holds, _ in rows], [says for _, says in rows], Outcome.undecided)


def grantor(organisation: Any, period: Any) -> Any:
    """The one who receives the application, where there is one."""
    said = organisation("outcome", period)
    applies = (said == Outcome.apply_imdi) + (said == Outcome.apply_municipality)
    return select([applies], [organisation("grantor_row", period).decode()], Grantor.nobody)


def _variables() -> Iterator[Any]:
    """Every input, of lists one yes or no for each value, and every result."""
    one_of = {"value_type": Enum}
    for name, values, default in (
        ("registered", Registered, Registered.unsure),
        ("organisation_type", OrganisationType, OrganisationType.voluntary),
        ("municipality", Municipality, Municipality.unsure),
        ("scope", Scope, Scope.unsure),
        ("reception_centre_in", CentreIn, CentreIn.unsure),
    ):
        yield _variable(name, one_of | {"possible_values": values, "default_value": default})
    for name in (*(f"reaches_{g}" for g in TARGET_GROUPS), *(f"plans_{p}" for p in PLANS)):
        yield _variable(name, {"value_type": bool})
    for formula, values, default in (
        (applicant, Eligibility, Eligibility.unsure),
        (target_group, Eligibility, Eligibility.unsure),
        (support, Support, Support.unsure),
        (sub_goal_fit, Eligibility, Eligibility.unsure),
        (grantor_row, Grantor, Grantor.undecided),
        (outcome, Outcome, Outcome.undecided),
        (grantor, Grantor, Grantor.nobody),
    ):
        body = one_of | {"possible_values": values, "default_value": default, "formula": formula}
        yield _variable(formula.__name__, body)


def _variable(name: str, body: dict[str, Any]) -> Any:
    about = {"label": name, "entity": ORGANISATION, "definition_period": YEAR}
    return type(name, (Variable,), about | body)


class OpenFisca:
    """The scheme as an openfisca tax and benefit system, asked about one organisation at a time."""

    def __init__(self) -> None:
        self._system = TaxBenefitSystem([ORGANISATION])
        self._system.add_variables(*_variables())

    def built(self, facts: dict[str, Any]) -> tuple[str, str]:
        """The documented way: a simulation built from a description of the case."""
        case = {name: {YEAR_OF_RULES: value} for name, value in facts.items()}
        simulation = SimulationBuilder().build_from_entities(
            self._system, {"organisations": {"one": case}}
        )
        return self._results(simulation)

    def direct(self, facts: dict[str, Any]) -> tuple[str, str]:
        """A shorter way: an empty simulation of one, and the inputs set on it."""
        simulation = SimulationBuilder().build_default_simulation(self._system, count=1)
        for name, value in facts.items():
            simulation.set_input(name, YEAR_OF_RULES, [value])
        return self._results(simulation)

    def _results(self, simulation: Any) -> tuple[str, str]:
        outcome, grantor = (
            str(simulation.calculate(name, YEAR_OF_RULES).decode_to_str()[0])
            for name in ("outcome", "grantor")
        )
        return outcome, grantor


def openfisca_facts(scheme: Scheme, answers: Answers) -> dict[str, Any]:
    """The same organisation as inputs for openfisca; what is false is left at its default."""
    facts: dict[str, Any] = {}
    for slot, value in answers.items():
        if slot == "target_groups":
            facts |= {f"reaches_{group}": True for group in value}
        elif slot == "activities":
            facts |= {f"plans_{_plan(scheme, activity)}": True for activity in value}
        else:
            facts[slot] = scheme.as_seen(slot, value)
    return facts


def _plan(scheme: Scheme, activity: str) -> str:
    is_measure = activity != UNSURE and scheme.activities[activity].support == "measure"
    return "measure" if is_measure else activity
