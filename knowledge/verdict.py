"""The verdict: one answer for one organisation, with the rules that led to it. Pure.

Called by `dialogs`, by `veiviser decide` and by the proof. The same scheme and answers always
give the same verdict. It never guesses: with answers missing it says only what no further answer
can change.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any

from knowledge.change import smallest_change
from knowledge.ruling import INELIGIBLE, Ruling, rule_on
from knowledge.scheme import Scheme
from knowledge.scheme_file import GrantorRow, NextStep, Words
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


NOT_VOLUNTARY = "ineligible_not_voluntary"
# Which answer names the municipality that a grantor of this kind is.
NAMED_BY = {"municipality": "municipality", "reception_centre_municipality": "reception_centre_in"}


def decide(scheme: Scheme, answers: Answers) -> Verdict:
    """Find the verdict on an organisation's answers.

    Args:
        scheme: The scheme year whose rules apply.
        answers: Slot to value, as `knowledge.slots` lists them; absent means unanswered.

    Source:
        The tables of `schemes/<year>.toml`, row by row.
    """
    names = {
        kind: scheme.managing.get(str(answers[slot]))
        for kind, slot in NAMED_BY.items()
        if slot in answers
    }
    return _named(decide_case(scheme, _alike(scheme, answers)), names)


def _named(verdict: Verdict, names: Mapping[str, str | None]) -> Verdict:
    """The same verdict with municipalities called by name instead of kind."""

    def named(change: Change | None) -> Change | None:
        if change is None or change.grantor not in NAMED_BY:
            return change
        return replace(change, grantor=names.get(change.grantor))

    grantor, ask = verdict.grantor, verdict.ask
    if grantor in NAMED_BY:
        grantor = names.get(str(grantor))
    if any(who in NAMED_BY for who in ask):
        ask = tuple(
            name for who in ask if (name := names.get(who, who) if who in NAMED_BY else who)
        )
    change, if_registered = named(verdict.change), named(verdict.if_registered)
    if (grantor, ask, change, if_registered) == (
        verdict.grantor,
        verdict.ask,
        verdict.change,
        verdict.if_registered,
    ):
        return verdict
    return replace(verdict, grantor=grantor, ask=ask, change=change, if_registered=if_registered)


def _alike(scheme: Scheme, answers: Answers) -> tuple[tuple[str, Value], ...]:
    """The answers as the rules see them: equal for all organisations in the same case."""
    return tuple((slot, scheme.as_seen(slot, answers[slot])) for slot in SLOTS if slot in answers)


@lru_cache(maxsize=65_536)
def decide_case(scheme: Scheme, alike: tuple[tuple[str, Value], ...]) -> Verdict:
    """The verdict on answers as the rules see them, worked out once for all who are in that case.

    ``grantor`` and ``ask`` then hold kinds instead of names: municipality,
    reception_centre_municipality. Remembering it changes nothing but the time.
    """
    answers = dict(alike)
    ruling = rule_on(scheme, answers)
    return Verdict(
        outcome=ruling.outcome,
        grantor=ruling.grantor,
        ask=whom_to_ask(ruling),
        sub_goals=ruling.sub_goals,
        rules=_rules(scheme, answers, ruling),
        notes=_notes(scheme, answers, ruling),
        next_steps=tuple(s for s in scheme.file.next_step if ruling.outcome in s.outcomes),
        year=scheme.year,
        change=_promise(scheme, answers, smallest_change(scheme, answers, ruling)),
        if_registered=_if_registered(scheme, answers, ruling),
        missing=ruling.missing,
    )


def _promise(scheme: Scheme, answers: Answers, changed: dict[str, Value] | None) -> Change | None:
    """A change with what it would give."""
    if changed is None:
        return None
    after = rule_on(scheme, {**answers, **changed})
    return Change(changed, after.outcome, after.grantor)


def _if_registered(scheme: Scheme, answers: Answers, ruling: Ruling) -> Change | None:
    """What would follow after registering, for those who are not registered or do not know."""
    if answers.get("registered") not in ("no", UNSURE) or ruling.outcome == NOT_VOLUNTARY:
        return None
    changed: dict[str, Value] = {"registered": "yes"}
    is_complete = not rule_on(scheme, {**answers, **changed}).missing
    return _promise(scheme, answers, changed) if is_complete else None


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
    rows = [row for row in ruling.rows if not isinstance(row, GrantorRow)]
    to_whom = [row for row in ruling.rows if isinstance(row, GrantorRow)]
    if ruling.outcome in INELIGIBLE:
        to_whom = []
    return (
        *(Rule(row.id, row.says, row.cites, row.reading) for row in rows),
        *_sub_goal_rules(scheme, answers, ruling),
        *(Rule(row.id, row.says, row.cites, row.reading) for row in to_whom),
    )


def _sub_goal_rules(scheme: Scheme, answers: Answers, ruling: Ruling) -> list[Rule]:
    activities = [scheme.activities[a] for a in answers.get("activities", ()) if a != UNSURE]
    rules = []
    for goal in ruling.sub_goals:
        cites = dict.fromkeys(c for a in activities if a.sub_goal == goal for c in a.cites)
        # The sub-goal's own sentence is what `says` tells; it is cited where nothing nearer is.
        nearer = tuple(c for c in cites if c not in scheme.sub_goals[goal].cites)
        says = scheme.sub_goals[goal].says
        rules.append(Rule(f"sub_goal_{goal.lower()}", says, nearer or tuple(cites), sub_goal=goal))
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
