"""What a button carries fits and comes back whole."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import LONGEST, owner_of, pack, unpack
from dialogs.questions import QUESTIONS, choices
from dialogs.state import LANGUAGES
from dialogs.words import COMMANDS
from knowledge.faq import Faq
from knowledge.slots import SLOTS
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import SCHEME

MOST_TURNS = 10_000_000
LARGEST_PERSON = 2**52  # the Bot API says that a user's number has at most 52 bits


def every_id() -> list[str]:
    """The id of every button that the conversation can make, in any state."""
    ids = [*COMMANDS, "confirm", "delete:yes", "delete:no", "faq:none"]
    ids += [f"lang:{lang}" for lang in LANGUAGES]
    ids += [f"change:{slot}" for slot in QUESTIONS]
    ids += map("faq:{}".format, Faq.load(SCHEME).keys())
    for slot in SLOTS:
        ids += [choice.button().id for choice in choices(SCHEME, "nb", slot, ("0301", "1865"))]
        ids.append(f"{slot}:done")
    return ids


def without_number(button: str) -> str:
    """The id of a button for a place with any place in it: all their numbers are as long."""
    return re.sub(r":\d{4}$", ":0000", button)


@pytest.mark.promise("R16")
def test_every_button_fits_with_ten_million_turns_and_comes_back_as_it_was() -> None:
    for one in every_id():
        for owner in (None, LARGEST_PERSON):
            data = pack(one, MOST_TURNS, owner)
            assert len(data.encode()) <= LONGEST, one
            assert (unpack(data), owner_of(data)) == ((one, MOST_TURNS), owner)


def test_no_button_of_a_conversation_is_missing_above() -> None:
    offered = {button.id for name in SITUATIONS for button in talk_in(name).offered}
    assert len(offered) > 30
    known = {without_number(one) for one in every_id()}
    assert {without_number(one) for one in offered} <= known


@given(
    st.text(min_size=1),
    st.integers(0, 36**10 - 1),
    st.none() | st.integers(1, LARGEST_PERSON),
)
def test_whatever_is_packed_comes_back(button: str, turn: int, owner: int | None) -> None:
    data = pack(button, turn, owner)
    assert (unpack(data), owner_of(data)) == ((button, turn), owner)


@pytest.mark.parametrize(
    "data",
    [
        pytest.param("registered:yes", id="an id without a turn"),
        pytest.param("", id="nothing"),
        pytest.param(".registered:yes", id="no turn before the dot"),
        pytest.param("12.", id="no id behind it"),
        pytest.param("1F.registered:yes", id="a digit that we do not write"),
        pytest.param("01.registered:yes", id="a zero that we do not write"),
        pytest.param("-1.registered:yes", id="a sign"),
        pytest.param("٣.registered:yes", id="a digit of another script"),
        pytest.param("1 .registered:yes", id="a blank"),
        pytest.param("zzzzzzzzzzz.registered:yes", id="a turn that nobody has reached"),
    ],
)
def test_what_we_did_not_pack_is_an_id_as_it_stands(data: str) -> None:
    assert unpack(data) == (data, None)


@given(st.text())
def test_nothing_that_comes_back_is_a_fault(data: str) -> None:
    button, turn = unpack(data)
    assert data.endswith(button)
    assert turn is None or turn >= 0
