"""A group that answers together: who answered what is told by number, and never by name."""

import pytest

from dialogs.messages import Utterance
from dialogs.replies import given_lines
from dialogs.state import LANGUAGES, State
from dialogs.texts import say
from tests.dialogs.limits import limit_faults
from tests.dialogs.talk import SCHEME, Talk

START = {"nb": "/sammen", "nn": "/saman", "en": "/together"}
STOP = {"nb": "/hverforseg", "nn": "/kvarforseg", "en": "/apart"}
FIRST, SECOND = "a1b2", "c3d4"


def press(talk: Talk, member: str, button: str) -> None:
    talk.take(Utterance(button=button, member=member))


def together(lang: str = "nb") -> Talk:
    talk = Talk(lang)
    talk.take(Utterance(text=START[lang], member=FIRST))
    return talk


@pytest.mark.parametrize("lang", LANGUAGES)
def test_a_group_that_answers_together_sees_who_answered_what(lang: str) -> None:
    talk = together(lang)
    assert say(lang, "together") in talk.text()
    assert say(lang, "member-joined", n=1) in talk.text()
    press(talk, FIRST, "registered:yes")
    press(talk, SECOND, "municipality:0301")
    assert say(lang, "member-joined", n=2) in talk.text()
    assert limit_faults(talk.replies) == []
    first, second = given_lines(SCHEME, talk.state)
    assert first == say(lang, "given-by", line=first.rpartition(" (")[0], n=1)
    assert second == say(lang, "given-by", line=second.rpartition(" (")[0], n=2)


def test_whoever_changes_an_answer_stands_for_it() -> None:
    talk = together()
    press(talk, FIRST, "registered:yes")
    press(talk, SECOND, "registered:no")
    assert talk.state.answered_by == {"registered": 2}


def test_a_member_has_one_number_and_is_told_it_once() -> None:
    talk = together()
    press(talk, FIRST, "registered:yes")
    assert talk.state.members == (FIRST,)
    assert say("nb", "member-joined", n=1) not in talk.text()


def test_the_summary_and_the_card_tell_who_answered() -> None:
    talk = together()
    talk.take(Utterance(text="vi er registrert og holder til i Oslo", member=FIRST))
    talk.take(Utterance(text="lokalt", member=SECOND))
    talk.take(Utterance(text="innvandrere", member=SECOND))
    talk.take(Utterance(text="språkkafé", member=FIRST))
    assert "(medlem 1)" in talk.text()
    assert "(medlem 2)" in talk.text()
    press(talk, SECOND, "show_verdict")
    assert [reply.kind for reply in talk.replies] == ["card"]
    assert "Omfang: Lokalt, i én kommune (medlem 2)" in talk.text()


def test_what_is_forgotten_was_answered_by_nobody() -> None:
    talk = together()
    press(talk, FIRST, "registered:yes")
    press(talk, SECOND, "restart")
    assert (talk.state.answered_by, talk.state.together) == ({}, True)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_each_for_themselves_again_keeps_the_answers(lang: str) -> None:
    talk = together(lang)
    press(talk, FIRST, "registered:yes")
    talk.take(Utterance(text=STOP[lang], member=FIRST))
    assert talk.text() == say(lang, "apart")
    assert (talk.state.together, talk.state.answers) == (False, {"registered": "yes"})


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("command", [START, STOP], ids=["together", "apart"])
def test_alone_there_is_nobody_to_answer_with(lang: str, command: dict[str, str]) -> None:
    talk = Talk(lang)
    talk.write(command[lang])
    assert say(lang, "together-in-groups") in talk.text()
    assert talk.state.members == ()


def test_the_members_outlive_a_restart_of_the_program() -> None:
    talk = together()
    press(talk, FIRST, "registered:yes")
    assert State.from_json(talk.state.to_json()) == talk.state
