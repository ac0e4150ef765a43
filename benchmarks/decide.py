"""How long a verdict takes, against openfisca-core and against the limits; no timed test.

Run by hand, in the environment of `docs/dependencies.md` that has openfisca-core. The same rules
are written out for openfisca in `benchmarks.openfisca_scheme`; that both say the same is checked
before anything is timed.
"""

import random
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from statistics import median
from time import perf_counter_ns
from typing import Any

from benchmarks.openfisca_scheme import YEAR_OF_RULES, OpenFisca, openfisca_facts
from knowledge.asking import open_questions
from knowledge.municipalities import Municipalities
from knowledge.scheme import SCHEMES, Scheme, scheme_from
from knowledge.slots import SLOTS, Answers, Value
from knowledge.verdict import decide

SEED = 2019
COMPARED, STREAM, PEER_BLOCK, ROUNDS = 500, 2_000, 100, 9
GOAL, QUESTION_LIMIT_US, HIT_LIMIT_US = 100, 1_000, 1

BUILT, DIRECT = "openfisca-core, built", "openfisca-core, direct"
FIRST, SECOND = "decide, mixed, first pass", "decide, mixed, second pass"
SAME, HIT = "decide, one case again", "dictionary hit alone"
QUESTION = "next question, first pass"

Alike = tuple[tuple[str, Value], ...]


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
