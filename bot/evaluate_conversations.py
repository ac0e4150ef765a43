"""Sets of conversations that `veiviser evaluate` knows: the form of a line, and how it is scored.

Called by ``bot.evaluate``. Plays conversations as a channel does; decides nothing itself.
"""

from collections.abc import Callable, Collection
from typing import Any

from pydantic import BaseModel

from bot.evaluate_score import REGISTERED, Score, shown, slot_value
from bot.lines import LineError
from dialogs.agenda import pending, standing_verdict
from dialogs.conversation import step
from dialogs.messages import Reply, Utterance
from dialogs.questions import CHECK_ANSWERS, QUESTIONS
from dialogs.replies import question
from dialogs.state import State
from dialogs.understand import understand
from knowledge.answers import read_answers
from knowledge.places import Places
from knowledge.scheme import Scheme
from knowledge.verdict import Verdict, decide


class ScenarioFacts(BaseModel):
    """What is true of an organisation."""

    org_type: str
    registered: bool | None
    number_2019: str | None
    scope: str | None
    target_groups: list[str]
    reception_centre_number: str | None = None


class Expected(BaseModel):
    """The verdict there should be; ``grantor`` is IMDi, a municipality's name, either or none."""

    outcome: str | None
    grantor: str | None
    subgoals: list[str] = []


class ScenarioLine(BaseModel):
    """An organisation: its answers in its own words, the facts, and the verdict on it."""

    answers: dict[str, str]
    facts: ScenarioFacts
    expected: Expected
    acceptable_grantors: list[str] | None = None


ORGANISATION_TYPES = {
    "voluntary": "voluntary",
    "ideal_as": "voluntary",
    "company": "company",
    "municipality": "public",
    "public": "public",
    "private": "private_person",
    "private_person": "private_person",
}
# Which of a scenario's texts are tried as the answer to a question, one after the other.
TEXTS = {
    "registered": ("registered",),
    "municipality": ("location",),
    "scope": ("scope",),
    "target_groups": ("target_group",),
    "reception_centre_in": ("scope", "location"),
    "activities": ("activities",),
}


def _scenario(scheme: Scheme, line: ScenarioLine, score: Score) -> None:
    by_rules = _decided(scheme, line)
    stuck_at, told = _told(scheme, line)
    wanted = f"{line.expected.outcome} {line.expected.grantor}"
    whole = " / ".join(line.answers.values())
    for way, verdict in (("text", told), ("facts", by_rules)):
        fits = verdict is not None and _fits(verdict, line)
        score.tally(f"{way}: outcome and grantor right", fits)
        score.tally(f"{way}: confidently wrong grantor", bool(verdict and _misleads(verdict, line)))
        if verdict is None:
            score.miss(whole, f"{way}: not understood at {stuck_at}", wanted)
        elif not fits:
            score.miss(whole, f"{way}: {verdict.outcome} {verdict.grantor}", wanted)
    score.tally("text: not understood", told is None)
    is_same = told is not None and set(told.sub_goals) == set(line.expected.subgoals)
    score.tally("text: sub-goals right", is_same)


def _fits(verdict: Verdict, line: ScenarioLine) -> bool:
    """Right, or one of what the source leaves room for."""
    if _is(verdict, line.expected):
        return True
    room = set(line.acceptable_grantors or ())
    if verdict.outcome == "either":
        return len(room - {"none"}) > 1
    return verdict.outcome != "undecided" and (verdict.grantor or "none") in room


def _is(verdict: Verdict, expected: Expected) -> bool:
    grantor = None if expected.grantor in ("none", "either") else expected.grantor
    return (verdict.outcome, verdict.grantor) == (expected.outcome, grantor)


def _misleads(verdict: Verdict, line: ScenarioLine) -> bool:
    """Sends them to somebody who is not their grantor."""
    right = {line.expected.grantor, *(line.acceptable_grantors or ())}
    return verdict.grantor is not None and verdict.grantor not in right


def _decided(scheme: Scheme, line: ScenarioLine) -> Verdict:
    """The verdict by the rules alone, from the facts."""
    facts = line.facts
    raw = {
        "registered": "unsure" if facts.registered is None else REGISTERED[facts.registered],
        "organisation_type": _organisation_type(facts),
        "municipality": facts.number_2019,
        "scope": None if facts.scope is None else slot_value(facts.scope),
        "target_groups": [slot_value(group) for group in facts.target_groups] or None,
        "reception_centre_in": facts.reception_centre_number,
        "sub_goals": line.expected.subgoals,
    }
    places = Places.load(scheme.year)
    return decide(scheme, read_answers(scheme, raw, lambda n: places.by_number(n) is not None))


def _organisation_type(facts: ScenarioFacts) -> str:
    if facts.org_type not in ORGANISATION_TYPES:
        known = ", ".join(ORGANISATION_TYPES)
        raise LineError(f"facts.org_type: {facts.org_type!r} is not one of: {known}")
    return ORGANISATION_TYPES[facts.org_type]


def _told(scheme: Scheme, line: ScenarioLine) -> tuple[str | None, Verdict | None]:
    """Answer each question in the organisation's own words.

    Returns:
        The question where no text was understood, or None; and the verdict, if it was reached.
    """
    state, left = State(greeted=True), {slot: list(names) for slot, names in TEXTS.items()}
    while (asked := pending(scheme, state)) not in (None, CHECK_ANSWERS):
        if asked == "organisation_type":
            said = Utterance(button=f"{asked}:{_organisation_type(line.facts)}")
        elif left[str(asked)]:
            said = Utterance(text=line.answers.get(left[str(asked)].pop(0), ""))
        else:
            return asked, None
        state, _ = _turn(scheme, state, said)
    return None, _final(scheme, state)


def _turn(scheme: Scheme, state: State, said: Utterance) -> tuple[State, tuple[Reply, ...]]:
    return step(scheme, state, understand(scheme, state, said))


def _final(scheme: Scheme, state: State) -> Verdict | None:
    """The verdict, through the summary, or asked for early where nothing more can change it."""
    if pending(scheme, state) is not None:
        state, _ = _turn(scheme, state, Utterance(button="show_verdict"))
    return standing_verdict(scheme, state)


class DialogTurn(BaseModel):
    """What the person did: wrote a text, or sent an attachment of a type."""

    type: str
    text: str = ""


class Expectation(BaseModel):
    """What holds after a turn, counted from 1; only ``pending_reasked`` is checked."""

    after_turn: int
    check: str


class DialogLine(BaseModel):
    """The turns of a conversation and the verdict at its end; null where none is expected."""

    lang: str
    turns: list[DialogTurn]
    expectations: list[Expectation] = []
    final: Expected | None = None


def _dialog(scheme: Scheme, line: DialogLine, score: Score) -> None:
    asked_again = {e.after_turn for e in line.expectations if e.check == "pending_reasked"}
    state, seen = State(), set[str | None]()
    for number, turn in enumerate(line.turns, start=1):
        is_text = turn.type in ("text", "button")  # the words on a button can be typed as well
        sent = Utterance(
            text=turn.text if is_text else None,
            attachment=None if is_text else turn.type,
            lang=line.lang,
        )
        before = pending(scheme, state)
        seen.add(before)
        state, replies = _turn(scheme, state, sent)
        if number in asked_again:
            is_repeated = _is_repeated(scheme, state, seen, replies)
            score.tally("pending question repeated", is_repeated)
            if not is_repeated:
                score.miss(turn.text, f"{pending(scheme, state)} pending", f"{before} again")
    if line.final is None:
        return
    if pending(scheme, state) == "organisation_type":  # the sets' conversations do not tell it
        state, _ = _turn(scheme, state, Utterance(button="organisation_type:voluntary"))
    verdict = _final(scheme, state)
    is_right = _is(verdict, line.final) if verdict else line.final.outcome is None
    score.tally("final outcome right", is_right)
    is_same = set(verdict.sub_goals if verdict else ()) == set(line.final.subgoals)
    score.tally("sub-goals right", is_same)
    if not is_right or not is_same:
        got = f"{verdict.outcome} {verdict.grantor} {shown(verdict.sub_goals)}" if verdict else ""
        wanted = f"{line.final.outcome} {line.final.grantor} {shown(line.final.subgoals)}"
        score.miss(" / ".join(turn.text for turn in line.turns), got or "no verdict", wanted)


def _is_repeated(
    scheme: Scheme, state: State, seen: Collection[str | None], replies: tuple[Reply, ...]
) -> bool:
    """Whether a question is asked that was asked before: the pending one, or, going back, another.

    A question that moved on has never been asked.
    """
    asked = pending(scheme, state)
    if asked not in seen or asked not in QUESTIONS:
        return asked in seen
    words = question(scheme, state, asked).text
    return any(words in reply.text for reply in replies)


# A kind of set is what its file's name begins with.


CONVERSATION_SETS: dict[str, tuple[type[BaseModel], Callable[[Scheme, Any, Score], None]]] = {
    "scenarios": (ScenarioLine, _scenario),
    "dialogs": (DialogLine, _dialog),
}
