"""Asking for a human being, and for the card as a file."""

import pytest

from dialogs.messages import Utterance
from dialogs.replies import given_lines
from dialogs.state import LANGUAGES
from dialogs.texts import say
from knowledge.slots import Value
from tests.dialogs.limits import limit_faults
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import SCHEME, Talk

in_every_situation = pytest.mark.parametrize("situation", SITUATIONS)
in_every_language = pytest.mark.parametrize("lang", LANGUAGES)
PERSON = {
    "nb": "kan vi snakke med et menneske?",
    "nn": "kan vi snakke med eit menneske?",
    "en": "Can we talk to a human?",
}
PDF = {"nb": "som PDF", "nn": "som PDF", "en": "as PDF"}
OSLO: dict[str, Value] = {
    "registered": "yes",
    "municipality": "0301",
    "scope": "local",
    "target_groups": ("immigrants",),
    "activities": ("meeting_place",),
}


@in_every_language
@in_every_situation
def test_a_wish_for_a_person_is_noted_where_somebody_answers(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    before, asked = talk.state.answers, talk.pending
    talk.take(Utterance(text=PERSON[lang], is_staffed=True))
    assert say(lang, "person-asked") in talk.text()
    assert talk.state.wants_person
    assert (talk.state.answers, talk.pending) == (before, asked)
    assert limit_faults(talk.replies) == []
    talk.take(Utterance(text=PERSON[lang], is_staffed=True))
    assert say(lang, "person-waiting") in talk.text()


@in_every_language
def test_where_nobody_answers_they_are_told_whom_to_ask(lang: str) -> None:
    talk = Talk(lang)
    talk.write(PERSON[lang])
    assert say(lang, "person-none") in talk.text()
    assert not talk.state.wants_person


def test_starting_over_does_not_forget_that_they_wait_for_a_person() -> None:
    talk = Talk()
    talk.take(Utterance(text="menneske", is_staffed=True))
    talk.press("restart")
    assert talk.state.wants_person


@in_every_language
def test_the_card_can_be_had_as_a_document(lang: str) -> None:
    talk = Talk(lang)
    talk.hold(OSLO)
    (card,) = talk.replies
    talk.write(PDF[lang])
    (document,) = talk.replies
    assert (document.kind, document.text, document.buttons) == ("document", card.text, ())


def test_before_the_verdict_there_is_no_document() -> None:
    talk = Talk()
    talk.write("pdf")
    assert say("nb", "not-yet") in talk.text()
    assert talk.pending == "registered"


@in_every_language
def test_the_answers_so_far_stand_a_line_each(lang: str) -> None:
    talk = Talk(lang)
    talk.hold({"registered": "yes", "municipality": "0301"})
    first, second = given_lines(SCHEME, talk.state)
    assert first == f"✓ {say(lang, 'ask-registered.name')}: {say(lang, 'ask-registered.yes')}"
    assert second.endswith("Oslo")
