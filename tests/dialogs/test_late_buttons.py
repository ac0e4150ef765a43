"""A press on a message that the conversation has left behind explains itself and changes nothing.

So it is where a channel keeps old messages with their buttons and tells which turn they came from.
"""

from dataclasses import replace

import pytest

from dialogs.messages import Utterance
from dialogs.state import State
from dialogs.texts import say
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import Talk

in_every_situation = pytest.mark.parametrize("situation", SITUATIONS)


def press(talk: Talk, button: str, turn: int) -> str:
    """Press a button on the message of a turn; returns the text of what was said."""
    talk.take(Utterance(button=button, turn=turn))
    return talk.text()


def answers_and_place(state: State) -> State:
    """All but the count of turns."""
    return replace(state, turn=0, since=0, menu=())


def to_target_groups() -> Talk:
    talk = Talk()
    talk.hold({"registered": "yes", "municipality": "0301", "scope": "local"})
    assert talk.pending == "target_groups"
    return talk


@pytest.mark.promise("R7")
@in_every_situation
def test_an_answer_to_another_question_than_the_pending_one_is_late(situation: str) -> None:
    talk = talk_in(situation)
    if talk.pending == "registered":
        talk.press("registered:yes")
    before, asked = talk.state, talk.pending
    other = "no" if before.answers["registered"] == "yes" else "yes"
    said = press(talk, f"registered:{other}", turn=1)
    assert said == say(talk.state.lang, "button-late")
    assert [reply.kind for reply in talk.replies] == ["notice"]
    assert (answers_and_place(talk.state), talk.pending) == (answers_and_place(before), asked)


@pytest.mark.promise("R7")
def test_a_double_tap_on_an_answer_counts_once() -> None:
    talk = Talk()
    press(talk, "registered:yes", turn=1)
    assert press(talk, "registered:yes", turn=1) == say("nb", "button-noted")
    assert talk.state.answers == {"registered": "yes"}
    assert talk.pending == "municipality"


def test_a_double_tap_on_a_tick_counts_once() -> None:
    talk = to_target_groups()
    shown = talk.state.turn
    press(talk, "target_groups:refugees", shown)
    press(talk, "target_groups:refugees", shown)
    assert talk.state.ticks == ("refugees",)


def test_a_tick_is_taken_away_on_the_newest_message() -> None:
    talk = to_target_groups()
    press(talk, "target_groups:refugees", talk.state.turn)
    press(talk, "target_groups:refugees", talk.state.turn)
    assert talk.state.ticks == ()


def test_the_question_repeated_after_a_side_question_leaves_the_first_message_in_force() -> None:
    talk = to_target_groups()
    shown = talk.state.turn
    talk.write("hjelp")
    press(talk, "target_groups:refugees", shown)
    assert talk.state.ticks == ("refugees",)


@pytest.mark.parametrize("button", ["back", "restart", "show_verdict", "keep"])
def test_a_double_tap_on_a_way_out_counts_once(button: str) -> None:
    talk = to_target_groups()
    if button == "keep":
        talk.press("change:registered")
    shown = talk.state.turn
    press(talk, button, shown)
    after = answers_and_place(talk.state)
    if answers_and_place(talk.state) == answers_and_place(to_target_groups().state):
        return  # it led nowhere, so a second press leads nowhere either
    assert press(talk, button, shown) == say("nb", "button-late")
    assert answers_and_place(talk.state) == after


@in_every_situation
@pytest.mark.parametrize("button", ["change:registered", "lang:nn", "why", "help", "privacy"])
def test_what_can_be_done_twice_works_on_every_old_message(situation: str, button: str) -> None:
    talk, fresh = talk_in(situation), talk_in(situation)
    press(talk, button, turn=1)
    fresh.press(button)
    assert talk.text() == fresh.text()


def test_a_button_from_before_everything_was_erased_is_late() -> None:
    talk = Talk(state=State(lang_chosen=True))
    assert press(talk, "registered:yes", turn=9) == say("nb", "button-late")
    assert talk.state.answers == {}


def test_without_a_turn_every_button_does_what_it_says() -> None:
    talk = to_target_groups()
    talk.press("registered:no")
    assert talk.state.answers["registered"] == "no"
