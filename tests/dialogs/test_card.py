"""The verdict card: makes sense without the assistant, gives its sources, can always be sent."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.agenda import counted
from dialogs.card import card
from dialogs.questions import labels, name
from dialogs.state import LANGUAGES
from dialogs.texts import in_language, say
from knowledge.asking import in_force
from knowledge.slots import Value
from knowledge.verdict import decide
from tests.dialogs.limits import LONGEST_CARD, units
from tests.dialogs.organisations import Organisation, organisations
from tests.dialogs.talk import SCHEME, Talk

languages = st.sampled_from(LANGUAGES)
# The longest name among the 20 that manage the scheme, and one outside them.
KRISTIANSAND, TYNSET = "1001", "0437"
EVERY_PLAN = tuple(a.id for a in SCHEME.activities.values() if not a.alone)
EVERYBODY = ("immigrants", "refugees", "reception_centre", "local_population", "other")


def the_card(talk: Talk) -> str:
    """The card of a conversation that has come to its verdict."""
    assert talk.replies[-1].kind == "card"
    return talk.replies[-1].text


@given(lang=languages, organisation=organisations)
def test_a_card_holds_all_that_it_must(lang: str, organisation: Organisation) -> None:
    talk = Talk(lang)
    talk.hold(organisation)
    text, verdict = the_card(talk), talk.verdict
    assert verdict is not None
    first, *_, last = text.splitlines()
    assert str(SCHEME.year) in first
    assert SCHEME.file.check_today in first
    assert last == say(lang, "card-end")
    for goal in SCHEME.sub_goals.values():
        fits = "card-fits" if goal.id in verdict.sub_goals else "card-fits-not"
        assert say(lang, fits, goal=goal.id, says=in_language(goal.says, lang)) in text
    for slot, value in counted(SCHEME, talk.state).items():
        shown = labels(SCHEME, lang, slot, value)
        assert say(lang, "summary-line", name=name(lang, slot), value=shown) in text
    for step in verdict.next_steps:
        assert in_language(step.says, lang).split("{")[0] in text
    assert (say(lang, "card-change") in text) == (verdict.change is not None)


@given(lang=languages, organisation=organisations)
def test_every_reason_on_a_card_stands_with_its_source(
    lang: str, organisation: Organisation
) -> None:
    talk = Talk(lang)
    talk.hold(organisation)
    text, verdict = the_card(talk), talk.verdict
    assert verdict is not None
    for rule in (*verdict.rules, *verdict.notes):
        assert in_language(rule.says, lang) in text
        assert rule.cites
        for cite in rule.cites:
            passage = SCHEME.passages[cite]
            source = SCHEME.sources[passage.source]
            assert passage.quote in text
            assert f"{source.publisher} {source.year or ''}".strip() in text
    assert "{" not in text


@given(organisation=organisations)
def test_a_reading_of_ours_is_called_one(organisation: Organisation) -> None:
    talk = Talk()
    talk.hold(organisation)
    assert talk.verdict is not None
    is_ours = any(rule.reading for rule in talk.verdict.rules)
    assert (say("nb", "card-reading") in the_card(talk)) == is_ours


def long_answers() -> list[dict[str, Value]]:
    """Answers that give the longest cards: every group, every plan, in every scope and place."""
    asked: list[dict[str, Value]] = [
        {
            "registered": registered,
            "organisation_type": "company",
            "municipality": municipality,
            "scope": scope,
            "target_groups": EVERYBODY,
            "reception_centre_in": centre,
            "activities": EVERY_PLAN,
        }
        for registered, municipality, scope, centre in product(
            ("yes", "no", "unsure"),
            (KRISTIANSAND, TYNSET),
            SCHEME.values("scope"),
            (KRISTIANSAND, TYNSET, "several"),
        )
    ]
    return [in_force(SCHEME, answers) for answers in asked]


@pytest.mark.promise("R16")
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_card_is_too_long_to_send(lang: str) -> None:
    lengths = {
        units(card(SCHEME, lang, answers, decide(SCHEME, answers))): answers
        for answers in long_answers()
    }
    longest = max(lengths)
    assert longest <= LONGEST_CARD, lengths[longest]


def test_a_verdict_before_the_last_question_says_what_is_certain() -> None:
    talk = Talk("en")
    talk.press("registered:no")
    talk.press("organisation_type:public")
    assert "show_verdict" in [button.id for button in talk.buttons()]
    talk.press("show_verdict")
    assert talk.replies[0].kind == "card"
    assert say("en", "card-ineligible_not_voluntary") in talk.replies[0].text
    assert talk.pending == "municipality"
    assert talk.verdict is not None
    assert talk.verdict.outcome == "ineligible_not_voluntary"


@pytest.mark.parametrize("steps", [(), ("registered:yes",), ("registered:yes", "scope:local")])
def test_no_verdict_is_shown_while_something_can_change_it(steps: tuple[str, ...]) -> None:
    talk = Talk()
    for button in steps:
        talk.press(button)
    asked = talk.pending
    talk.press("show_verdict")
    assert say("nb", "not-yet") in talk.text()
    assert talk.verdict is None
    assert talk.pending == asked
