"""How long a verdict takes, against openfisca-core and against the limits; no timed test.

Run by hand, in the environment of `docs/dependencies.md` that has openfisca-core. The same rules
are written out below for openfisca; that both say the same is checked before anything is timed.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from time import perf_counter_ns
from typing import Any

from knowledge.asking import open_questions
from knowledge.municipalities import Municipalities
from knowledge.scheme import SCHEMES, Scheme, scheme_from
from knowledge.slots import SLOTS, UNSURE, Answers, Value
from knowledge.verdict import decide

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

SEED = 2019
YEAR_OF_RULES = 2019
COMPARED, STREAM, PEER_BLOCK, ROUNDS = 500, 2_000, 100, 9
GOAL, QUESTION_LIMIT_US, HIT_LIMIT_US = 100, 1_000, 1

BUILT, DIRECT = "openfisca-core, built", "openfisca-core, direct"
FIRST, SECOND = "decide, mixed, first pass", "decide, mixed, second pass"
SAME, HIT = "decide, one case again", "dictionary hit alone"
QUESTION = "next question, first pass"

Alike = tuple[tuple[str, Value], ...]

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


class Organisations:
    """A reproducible stream of random answers to the seven questions.

    One answer in ten is one that stands alone, such as «vet ikke»; the others are all as likely.
    Lists hold one to three values.
    """

    def __init__(self, scheme: Scheme) -> None:
        self._scheme = scheme
        self._random = random.Random(SEED)
        self.names = {place.number: place.name for place in Municipalities(scheme.year).all}
        self._numbers = {
            "managing": tuple(scheme.managing),
            "not_managing": tuple(sorted(self.names.keys() - scheme.managing.keys())),
        }

    def complete(self, count: int) -> list[dict[str, Value]]:
        """Answers to all seven questions, no two alike for the rules."""
        found: dict[Alike, dict[str, Value]] = {}
        while len(found) < count:
            answers = {slot: self._answer(slot) for slot in SLOTS}
            found.setdefault(as_seen(self._scheme, answers), answers)
        return list(found.values())

    def incomplete(self, count: int) -> list[dict[str, Value]]:
        """Answers to some of the questions, from none to six, given in any order."""
        return [
            {slot: answers[slot] for slot in self._random.sample(list(SLOTS), size)}
            for answers in self.complete(count)
            for size in (self._random.randrange(len(SLOTS)),)
        ]

    def _answer(self, slot: str) -> Value:
        alone = self._scheme.alone(slot)
        common = [value for value in self._scheme.values(slot) if value not in alone]
        is_lone = len(common) < len(self._scheme.values(slot)) and self._random.random() < 0.1
        among = alone if is_lone else common
        if SLOTS[slot].many:
            return tuple(self._random.sample(among, 1 if is_lone else self._random.randint(1, 3)))
        kind = self._random.choice(among)
        return self._random.choice(self._numbers.get(kind, (kind,)))


def as_seen(scheme: Scheme, answers: Answers) -> Alike:
    """Answers as the rules see them; equal for organisations in the same case."""
    return tuple((slot, scheme.as_seen(slot, value)) for slot, value in answers.items())


def differences(
    scheme: Scheme, peer: OpenFisca, cases: list[dict[str, Value]], names: dict[str, str]
) -> Iterator[str]:
    """Cases in which openfisca, asked either way, says something else than `decide`."""
    for answers in cases:
        verdict = decide(scheme, answers)
        name = {
            "imdi": "IMDi",
            "municipality": names.get(str(answers["municipality"])),
            "centre_municipality": names.get(str(answers["reception_centre_in"])),
        }
        facts = openfisca_facts(scheme, answers)
        for said, receives in (peer.built(facts), peer.direct(facts)):
            if (verdict.outcome, verdict.grantor) != (said, name.get(receives)):
                yield (
                    f"{answers}: decide says {verdict.outcome}, {verdict.grantor}; "
                    f"openfisca {said}, {receives}"
                )


class Timings:
    """Microseconds a call: for everything measured, the mean of each block of calls."""

    def __init__(self) -> None:
        self.blocks: dict[str, list[float]] = {}

    def block(self, what: str, call: Callable[[Any], object], inputs: Sequence[Any]) -> None:
        """Call once for every input."""
        start = perf_counter_ns()
        for each in inputs:
            call(each)
        taken = (perf_counter_ns() - start) / len(inputs) / 1_000
        self.blocks.setdefault(what, []).append(taken)

    def line(self, what: str) -> str:
        """Median, lowest and highest block; how many of these openfisca's two ways last."""
        blocks = self.blocks[what]
        spread = f"{median(blocks):9.2f}  ({min(blocks):.2f}-{max(blocks):.2f})"
        times = "".join(f"{self.ratio(peer, what):10,.1f}x" for peer in (BUILT, DIRECT))
        return f"{what:34}{spread:30}{times}"

    def ratio(self, slow: str, fast: str) -> float:
        """The median over rounds, so that a busy spell weighs on both sides."""
        return median(s / f for s, f in zip(self.blocks[slow], self.blocks[fast], strict=True))


def measure(scheme: Scheme, peer: OpenFisca, stream: Organisations) -> tuple[Timings, list[float]]:
    """Everything in rotation; also the time of every single next question, sorted.

    In every round the first pass and the next questions meet a scheme that has just been loaded.
    """
    timings = Timings()
    cases = stream.complete(STREAM)
    incomplete = stream.incomplete(STREAM)
    facts = [openfisca_facts(scheme, answers) for answers in cases]
    worked_out = {as_seen(scheme, answers): answers for answers in cases}
    questions: list[float] = []

    def timed_question(answers: Answers, asked: Scheme) -> None:
        start = perf_counter_ns()
        open_questions(asked, answers)
        questions.append((perf_counter_ns() - start) / 1_000)

    for number in range(ROUNDS):
        some = facts[number * PEER_BLOCK : (number + 1) * PEER_BLOCK]
        passes, asked = (scheme_from(SCHEMES / f"{YEAR_OF_RULES}.toml") for _ in range(2))
        verdict = partial(decide, passes)
        timings.block(BUILT, peer.built, some)
        timings.block(FIRST, verdict, cases)
        timings.block(DIRECT, peer.direct, some)
        timings.block(SECOND, verdict, cases)
        timings.block(SAME, verdict, cases[:1] * STREAM)
        timings.block(HIT, worked_out.__getitem__, list(worked_out))
        timings.block(QUESTION, partial(timed_question, asked=asked), incomplete)
    return timings, sorted(questions)


def main() -> int:
    """Check, measure, print; the exit code tells only whether both sides say the same."""
    scheme = scheme_from(SCHEMES / f"{YEAR_OF_RULES}.toml")
    peer, stream = OpenFisca(), Organisations(scheme)
    cases = stream.complete(COMPARED)
    different = list(differences(scheme, peer, cases, stream.names))
    print(*different, sep="\n", end="\n" if different else "")
    print(f"{len(cases)} random cases compared with openfisca-core: {len(different)} differ.")
    outcomes = Counter(decide(scheme, answers).outcome for answers in cases)
    print(", ".join(f"{outcome} {count}" for outcome, count in outcomes.most_common()))
    if different:
        return 1

    timings, questions = measure(scheme, peer, stream)
    print(f"\n{'median of ' + str(ROUNDS) + ' blocks, us a call':64}   vs built  vs direct")
    for what in timings.blocks:
        print(timings.line(what))
    print("\nGoals and limits (ratios: median over the rounds, against openfisca-core, built)")
    for what in (SAME, SECOND, FIRST):
        ratio = timings.ratio(BUILT, what)
        print(
            f"  {what}: {ratio:,.0f}x of at least {GOAL}x: {'met' if ratio >= GOAL else 'NOT met'}"
        )
    middle, p99 = median(questions), questions[len(questions) * 99 // 100]
    print(f"  {QUESTION}: median {middle:.1f} us, p99 {p99:.1f} us of {QUESTION_LIMIT_US:,} us")
    print(f"  {HIT}: {median(timings.blocks[HIT]):.2f} us of {HIT_LIMIT_US} us")
    return 0


if __name__ == "__main__":
    sys.exit(main())
