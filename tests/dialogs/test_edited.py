"""A message that was edited after it was answered changes nothing, wherever the conversation is."""

from dataclasses import replace

import pytest

from dialogs.messages import Utterance
from dialogs.state import LANGUAGES, State
from dialogs.texts import say
from tests.dialogs.situations import SITUATIONS, talk_in


def answers_and_place(state: State) -> State:
    """All but the count of turns and the list that a number counts."""
    return replace(state, turn=0, since=0, menu=())


@pytest.mark.promise("R8")
@pytest.mark.parametrize("situation", SITUATIONS)
def test_an_edited_message_changes_nothing(situation: str) -> None:
    talk = talk_in(situation)
    before, asked = answers_and_place(talk.state), talk.pending
    talk.take(Utterance(text="nei", is_edited=True))
    assert (answers_and_place(talk.state), talk.pending) == (before, asked)


@pytest.mark.promise("R8")
@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("edited", ["Oslo", "1", "slett", "/start"])
def test_an_edited_message_is_told_that_it_is_not_read(lang: str, edited: str) -> None:
    talk = talk_in("asked for the municipality", lang)
    replies = talk.take(Utterance(text=edited, is_edited=True))
    assert replies[0].text.startswith(say(lang, "edited"))
