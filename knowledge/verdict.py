"""The verdict: one answer for one organisation, with the rules that led to it. Pure.

Called by `dialogs`, by `veiviser decide` and by the proof. The same scheme and answers always
give the same verdict. It never guesses: with answers missing it says only what no further answer
can change.
"""

from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from knowledge.change import smallest_change
from knowledge.ruling import Ruling, rule_on
from knowledge.scheme import Scheme
from knowledge.scheme_file import NextStep, Words
from knowledge.slots import SLOTS, UNSURE, Answers, Value
from knowledge.tables import holds

IMDI = "IMDi"


@dataclass(frozen=True, slots=True)
class Rule:
    """A row that fired: its sentence in three languages, and the passages it rests on.

    ``reading`` marks what is our reading of the source and not said by it. ``sub_goal`` is A, B
    or C for the rule that something planned comes under that sub-goal.
    """

    id: str
    says: Words
    cites: tuple[str, ...]
    reading: bool = False
    sub_goal: str = ""


@dataclass(frozen=True, slots=True)
class Change:
    """The smallest change that improves a verdict, and what it would then be."""

    answers: dict[str, Value]
    outcome: str
    grantor: str | None


@dataclass(frozen=True, slots=True)
class Verdict:
    """What Veiviser answers an organisation.

    ``outcome`` is one of the outcomes in `knowledge.scheme_file`. ``grantor``
    (tilskuddsforvalter) is "IMDi", a municipality's name, or None. ``ask`` names whom to ask
    where the source leaves it open. ``missing`` lists the questions that could still change the
    verdict; it is empty in a final one.
    """

    outcome: str
    grantor: str | None
    ask: tuple[str, ...]
    sub_goals: tuple[str, ...]
    rules: tuple[Rule, ...]
    notes: tuple[Rule, ...]
    next_steps: tuple[NextStep, ...]
    year: int
    change: Change | None
    if_registered: Change | None
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Case:
    """A verdict before places get their names: worked out once for all answers that are alike."""

    ruling: Ruling
    ask: tuple[str, ...]
    rules: tuple[Rule, ...]
    notes: tuple[Rule, ...]
    next_steps: tuple[NextStep, ...]
    change: tuple[dict[str, Value], Ruling] | None
    if_registered: tuple[dict[str, Value], Ruling] | None


def decide(scheme: Scheme, answers: Answers, names: dict[str, str] | None = None) -> Verdict:
    """Find the verdict on an organisation's answers.

    Args:
        scheme: The scheme year whose rules apply.
        answers: Slot to value, as `knowledge.slots` lists them; absent means unanswered.
        names: Names of municipalities by number, for those that do not manage the scheme.

    Source:
        The tables of `schemes/<year>.toml`, row by row.
    """
    case = _case(scheme, _alike(scheme, answers))

    def name(grantor: str | None) -> str | None:
        slot = {
            "municipality": "municipality",
            "reception_centre_municipality": "reception_centre_in",
        }
        if grantor not in slot:
            return grantor
        number = str(answers.get(slot[grantor], ""))
        return scheme.managing.get(number) or (names or {}).get(number)

    def promise(change: tuple[dict[str, Value], Ruling] | None) -> Change | None:
        if change is None:
            return None
        changed, after = change
        return Change(changed, after.outcome, name(after.grantor))

    return Verdict(
        outcome=case.ruling.outcome,
        grantor=name(case.ruling.grantor),
        ask=tuple(asked for asked in map(name, case.ask) if asked is not None),
        sub_goals=case.ruling.sub_goals,
        rules=case.rules,
        notes=case.notes,
        next_steps=case.next_steps,
        year=scheme.year,
        change=promise(case.change),
        if_registered=promise(case.if_registered),
        missing=case.ruling.missing,
    )


def _alike(scheme: Scheme, answers: Answers) -> tuple[tuple[str, Value], ...]:
    """The answers as the rules see them: equal for all organisations in the same case."""
    return tuple((slot, scheme.as_seen(slot, answers[slot])) for slot in SLOTS if slot in answers)


@lru_cache(maxsize=65_536)
def _case(scheme: Scheme, alike: tuple[tuple[str, Value], ...]) -> _Case:
    """Work a case out. Remembering it changes nothing but the time: the tables never change."""
    answers = dict(alike)
    ruling = rule_on(scheme, answers)
    changed = smallest_change(scheme, answers, ruling)
    registered = _if_registered(scheme, answers, ruling)
    return _Case(
        ruling=ruling,
        ask=whom_to_ask(ruling),
        rules=_rules(scheme, answers, ruling),
        notes=_notes(scheme, answers, ruling),
        next_steps=tuple(s for s in scheme.file.next_step if ruling.outcome in s.outcomes),
        change=(changed, rule_on(scheme, {**answers, **changed})) if changed else None,
        if_registered=registered,
    )


def _if_registered(
    scheme: Scheme, answers: Answers, ruling: Ruling
) -> tuple[dict[str, Value], Ruling] | None:
    """What would follow after registering, for those who are not registered or do not know."""
    if ruling.missing or answers.get("registered") not in ("no", UNSURE):
        return None
    changed: dict[str, Value] = {"registered": "yes"}
    return changed, rule_on(scheme, {**answers, **changed})


def whom_to_ask(ruling: Ruling) -> tuple[str, ...]:
    """Whom the rows say to ask where nothing is settled; IMDi where they name nobody.

    Municipalities are not named here: municipality, reception_centre_municipality.
    """
    if ruling.outcome not in ("either", "no_grantor", "undecided"):
        return ()
    asked = (
        who
        for row in ruling.rows
        if row.then in ("either", "no_grantor", "undecided")
        for who in row.ask
    )
    return tuple(dict.fromkeys(asked)) or (IMDI,)


def _rules(scheme: Scheme, answers: Answers, ruling: Ruling) -> tuple[Rule, ...]:
    """The rows that fired, in table order, with one rule for each sub-goal that fits.

    Who receives the application is no rule of a verdict in which nobody does.
    """
    grantors = scheme.grantor.rows
    rows = [
        Rule(row.id, row.says, row.cites, row.reading) for row in ruling.rows if row not in grantors
    ]
    if not ruling.outcome.startswith("ineligible"):
        to_whom = [Rule(r.id, r.says, r.cites, r.reading) for r in ruling.rows if r in grantors]
    else:
        to_whom = []
    return (*rows, *_sub_goal_rules(scheme, answers, ruling), *to_whom)


def _sub_goal_rules(scheme: Scheme, answers: Answers, ruling: Ruling) -> list[Rule]:
    activities = [scheme.activities[a] for a in answers.get("activities", ()) if a != UNSURE]
    rules = []
    for goal in ruling.sub_goals:
        measures = [cite for a in activities if a.sub_goal == goal for cite in a.cites]
        cites = tuple(dict.fromkeys((*measures, *scheme.sub_goals[goal].cites)))
        says = scheme.sub_goals[goal].says
        rules.append(Rule(f"sub_goal_{goal.lower()}", says, cites, sub_goal=goal))
    return rules


def _notes(scheme: Scheme, answers: Answers, ruling: Ruling) -> tuple[Rule, ...]:
    if ruling.missing:
        return ()
    facts = {k: v for slot in answers for k, v in scheme.facts_of(slot, answers[slot]).items()}
    return tuple(
        Rule(note.id, note.says, note.cites)
        for note in scheme.notes
        if ruling.outcome in note.outcomes and holds(note, facts)
    )


def as_json(scheme: Scheme, verdict: Verdict) -> dict[str, Any]:
    """The verdict as plain values, for programs (DESIGN: the interface `verdict`)."""

    def change(found: Change | None) -> dict[str, Any] | None:
        if found is None:
            return None
        answers = {k: list(v) if isinstance(v, tuple) else v for k, v in found.answers.items()}
        return {"answers": answers, "outcome": found.outcome, "grantor": found.grantor}

    return {
        "outcome": verdict.outcome,
        "grantor": verdict.grantor,
        "ask": list(verdict.ask),
        "sub_goals": list(verdict.sub_goals),
        "rules": [
            {"id": rule.id, "cites": [scheme.cite(c) for c in rule.cites], "reading": rule.reading}
            for rule in (*verdict.rules, *verdict.notes)
        ],
        "year": verdict.year,
        "change": change(verdict.change),
        "if_registered": change(verdict.if_registered),
        "missing": list(verdict.missing),
    }
