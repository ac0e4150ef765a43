"""Whole organisations (`tests/scenarios/cases.toml`) are told what they must be told.

Each is put to the rules directly and led through the conversation, in the three languages: the
municipality typed by name, everything else pressed or written as it stands on the buttons. Read out
of plain words, an answer must be confirmed in the summary first.
"""

import tomllib
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from dialogs.questions import choices
from dialogs.state import LANGUAGES
from dialogs.texts import say
from knowledge.places import Places
from knowledge.slots import PLACE, SLOTS, Value, as_tuple
from knowledge.verdict import Verdict, decide
from tests.dialogs.limits import limit_faults
from tests.dialogs.talk import SCHEME, Talk

CASES = Path(__file__).parent.parent / "scenarios" / "cases.toml"
PLACES = Places.load(SCHEME.year)
KINDS = ("M1", "M2", "I1", "I2", "I3", "I4", "I5", "N1", "E1", "E2", "E3", "E4", "AMB")
ORDINARY = ("M1", "I1", "I2", "I3", "I4")


@dataclass(frozen=True)
class Case:
    """One organisation: what it answers, and what it must be told."""

    kind: str
    organisation: str
    answers: dict[str, Value]
    expected: dict[str, Any]
    because: str = ""


def read_cases() -> list[Case]:
    tables = tomllib.loads(CASES.read_text(encoding="utf-8"))["case"]
    for case in tables:
        case["answers"] = {
            slot: tuple(value) if isinstance(value, list) else value
            for slot, value in case["answers"].items()
        }
    return [Case(**case) for case in tables]


in_each_case = pytest.mark.parametrize(
    "case", [pytest.param(case, id=f"{case.kind}, {case.organisation}") for case in read_cases()]
)
in_every_language = pytest.mark.parametrize("lang", LANGUAGES)


def check(verdict: Verdict | None, expected: dict[str, Any]) -> None:
    """Hold a verdict against all that the table says about it."""
    assert verdict is not None
    assert (verdict.outcome, verdict.grantor) == (expected["outcome"], expected.get("grantor"))
    assert list(verdict.sub_goals) == expected["sub_goals"]
    assert expected["rule"] in [rule.id for rule in verdict.rules]
    change = verdict.change.answers if verdict.change else {}
    assert {slot: _plain(value) for slot, value in change.items()} == expected.get("change", {})
    promised = verdict.if_registered
    assert (promised is None) == ("if_registered" not in expected)
    if promised is not None:
        then = expected["if_registered"]
        assert (promised.outcome, promised.grantor) == (then["outcome"], then.get("grantor"))
    if "acceptable" in expected:
        either = verdict.ask if verdict.outcome == "either" else ("none",)
        named = (verdict.grantor,) if verdict.grantor else either
        assert {*named} <= {*expected["acceptable"]}


def _plain(value: Value) -> str | list[str]:
    return value if isinstance(value, str) else list(value)


def write_place(talk: Talk, slot: str, number: str) -> None:
    """Type the municipality's name; where two bear it, press the one that is meant."""
    place = PLACES.by_number(number)
    if place is None:
        talk.answer(slot, number)
        return
    talk.write(place.name)
    if talk.state.asked_back:
        assert talk.pending == slot
        talk.press(f"{slot}:{number}")


def recipients(talk: Talk) -> list[str]:
    """Whom the card names as the one to apply to: the first word of each such line."""
    heading = say(talk.state.lang, "card-recipient", grantor="").strip()
    lines = talk.replies[-1].text.splitlines()
    return [line.removeprefix(heading).split()[0] for line in lines if line.startswith(heading)]


def as_on_the_buttons(lang: str, slot: str, value: Value) -> str | None:
    """An answer as somebody writes it who reads the buttons; None where some have no button."""
    offered = {choice.value: choice.label for choice in choices(SCHEME, lang, slot)}
    if not {*as_tuple(value)} <= {*offered}:
        return None
    return ", ".join(offered[one] for one in as_tuple(value))


@in_each_case
def test_the_rules_give_the_verdict(case: Case) -> None:
    check(decide(SCHEME, case.answers), case.expected)


@in_every_language
@in_each_case
def test_the_conversation_by_buttons_gives_the_verdict(case: Case, lang: str) -> None:
    talk = Talk(lang)
    asked = 0
    while (slot := talk.pending) is not None and slot in SLOTS:
        asked += 1
        if SLOTS[slot].kind == PLACE:
            write_place(talk, slot, str(case.answers[slot]))
        else:
            talk.answer(slot, case.answers[slot])
        assert limit_faults(talk.replies) == []
    assert talk.verdict is not None, "answers by button need no summary"
    check(talk.verdict, case.expected)
    assert recipients(talk) == [g for g in [case.expected.get("grantor")] if g]
    assert asked <= (5 if case.kind in ORDINARY else 7)


@in_every_language
@in_each_case
def test_writing_what_stands_on_the_buttons_gives_the_verdict(case: Case, lang: str) -> None:
    talk = Talk(lang)
    while (slot := talk.pending) is not None and slot in SLOTS:
        if SLOTS[slot].kind == PLACE:
            write_place(talk, slot, str(case.answers[slot]))
            continue
        words = as_on_the_buttons(lang, slot, case.answers[slot])
        if words is None:
            talk.answer(slot, case.answers[slot])
        else:
            talk.write(words)
            assert talk.state.answers[slot] == case.answers[slot]
    check(talk.verdict, case.expected)


PLAIN = {
    "nb": ("ja, vi er det", "bare lokalt her", "for flyktninger", "vi vil øve norsk"),
    "nn": ("ja, det er vi", "berre lokalt her", "for flyktningar", "vi vil øve norsk"),
    "en": ("yes, we are", "only local here", "for refugees", "we will practise Norwegian"),
}


@in_every_language
def test_what_was_read_out_of_plain_words_is_confirmed_before_it_counts(lang: str) -> None:
    registered, scope, groups, activities = PLAIN[lang]
    talk = Talk(lang)
    for text in (registered, "Bergen", scope, groups, activities):
        talk.write(text)
    pending, verdict = talk.pending, talk.verdict
    assert (pending, verdict) == ("check_answers", None)
    talk.press("show_verdict")
    assert talk.verdict is not None
    assert (talk.verdict.grantor, talk.verdict.sub_goals) == ("Bergen", ("B",))


def test_every_kind_of_rule_has_its_cases() -> None:
    counts = Counter(case.kind for case in read_cases())
    assert set(counts) == set(KINDS)
    assert all(counts[kind] >= 2 for kind in KINDS)
    assert sum(counts.values()) - counts["AMB"] >= 45


def test_every_row_that_settles_a_grantor_has_a_case() -> None:
    deciding = {case.expected["rule"] for case in read_cases()}
    rows = {row.id for row in SCHEME.grantor.rows}
    assert rows - deciding == set()


def test_whoever_accepts_several_grantors_says_why() -> None:
    for case in read_cases():
        assert bool(case.because) == ("acceptable" in case.expected) == (case.kind == "AMB")
