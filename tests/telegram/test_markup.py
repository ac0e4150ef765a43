"""A reply leaves as HTML that is whole, in parts that are short enough, with nothing lost."""

import html
import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.buttons import unpack
from bot.telegram.markup import LONGEST_TEXT, caption, keyboard, length, parts, split, with_choices
from dialogs.messages import Button, Reply, Utterance
from dialogs.numbered import numbered
from dialogs.pressed import meant_by
from dialogs.understand import understand
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import SCHEME
from tests.telegram.double.markup import from_bot, units

YES_NO = ((Button("registered:yes", "Ja"), Button("registered:no", "Nei")),)
WAYS = ((Button("why", "Hvorfor?"), Button("back", "Tilbake")),)
QUESTION = Reply("Er dere registrert?", (*YES_NO, *WAYS), "question")


def words(text: str) -> list[str]:
    return text.split()


@pytest.mark.promise("R16")
@given(st.text(st.characters(codec="utf-8"), max_size=400), st.integers(2, 60))
def test_every_part_fits_and_nothing_is_lost(text: str, limit: int) -> None:
    found = list(split(text, limit))
    assert all(0 < length(part) <= limit for part in found)
    assert "".join("".join(found).split()) == "".join(text.split())


@pytest.mark.promise("R16")
@given(st.text(st.sampled_from("ab <>&\"'\n😀é;#"), max_size=200))
def test_the_markup_is_whole_whatever_is_said(text: str) -> None:
    for part in parts(Reply(text), 1):
        assert html.unescape(part.html) == part.text
        assert not re.search(r"[<>]|&(?!(amp|lt|gt);)", part.html)
        assert from_bot(part.html, "HTML", []).shown == part.text


@pytest.mark.parametrize(
    ("text", "limit", "expected"),
    [
        pytest.param("ab cd\n\nef gh", 8, ["ab cd", "ef gh"], id="at a paragraph"),
        pytest.param("ab cd\nef gh", 8, ["ab cd", "ef gh"], id="else at a line"),
        pytest.param("ab cd ef gh", 8, ["ab cd ef", "gh"], id="else at a word"),
        pytest.param("abcdefgh", 3, ["abc", "def", "gh"], id="else anywhere"),
        pytest.param("ab\n\ncd\nef gh ij", 11, ["ab", "cd\nef gh ij"], id="the larger first"),
        pytest.param("a😀😀😀", 4, ["a😀", "😀😀"], id="never inside a character"),
        pytest.param("   ", 4, [], id="nothing but blanks"),
        pytest.param("abcd\n\nefgh", 4, ["abcd", "efgh"], id="a paragraph that just fits"),
    ],
)
def test_where_a_text_is_split(text: str, limit: int, expected: list[str]) -> None:
    assert list(split(text, limit)) == expected


def test_signs_that_need_escaping_do_not_make_a_message_longer() -> None:
    (part,) = parts(Reply("<" * LONGEST_TEXT), 1)
    assert from_bot(part.html, "HTML", []).shown == "<" * LONGEST_TEXT


def test_the_keyboard_is_on_the_last_part_only() -> None:
    made = parts(Reply("ord " * 3_000, YES_NO, "card"), 7)
    assert len(made) == 3
    assert [part.keyboard is None for part in made] == [True, True, False]
    assert all(length(part.text) <= LONGEST_TEXT for part in made)


def test_a_button_says_its_label_and_brings_back_its_turn() -> None:
    made = json.loads(keyboard(YES_NO, 71) or "")
    (row,) = made["inline_keyboard"]
    assert [button["text"] for button in row] == ["Ja", "Nei"]
    assert [unpack(button["callback_data"]) for button in row] == [
        ("registered:yes", 71),
        ("registered:no", 71),
    ]


def test_without_buttons_there_is_no_keyboard() -> None:
    assert keyboard((), 1) is None


def test_choices_are_also_numbers_and_words() -> None:
    assert with_choices(QUESTION) == "Er dere registrert?\n\n1. Ja\n2. Nei"


@pytest.mark.parametrize(
    "reply",
    [
        pytest.param(Reply("Takk.", WAYS), id="in a message a number means nothing"),
        pytest.param(Reply("Kort", YES_NO, "card"), id="nor at the card"),
        pytest.param(
            Reply("Slette?", ((Button("delete:yes", "Ja"),),), "question"), id="nor at deleting"
        ),
        pytest.param(Reply("a" * (LONGEST_TEXT - 10), YES_NO, "question"), id="no room"),
    ],
)
def test_where_numbers_mean_nothing_there_are_none(reply: Reply) -> None:
    assert with_choices(reply) == reply.text


@pytest.mark.parametrize("situation", SITUATIONS)
def test_each_number_that_is_shown_says_what_its_button_says(situation: str) -> None:
    talk = talk_in(situation)
    reply = talk.replies[-1]
    for number, button in enumerate(numbered(reply), start=1):
        assert f"\n{number}. {button.label}" in with_choices(reply)
        heard = understand(SCHEME, talk.state, Utterance(text=str(number)))
        pressed = meant_by(SCHEME, button.id)
        if pressed.intent == "tick":  # whoever types needs no ticks
            assert (heard.intent, heard.answers) == ("answer", {pressed.slot: (pressed.value,)})
        else:
            meant = (pressed.intent, pressed.answers, pressed.slot, pressed.value)
            assert (heard.intent, heard.answers, heard.slot, heard.value) == meant


def test_most_questions_and_menus_show_numbers() -> None:
    assert sum(bool(numbered(talk_in(name).replies[-1])) for name in SITUATIONS) > 15


def test_the_numbers_of_a_menu_count_all_its_buttons() -> None:
    menu = Reply("Hva?", ((Button("change:scope", "Endre omfang"),), WAYS[0]), "menu")
    assert with_choices(menu).endswith("1. Endre omfang\n2. Hvorfor?\n3. Tilbake")


def test_a_note_stands_below_the_choices() -> None:
    (part,) = parts(QUESTION, 1, "(sent)")
    assert part.text.endswith("2. Nei\n\n(sent)")


def test_a_caption_is_the_first_line_and_short_enough() -> None:
    assert caption("Kort\n\nMer") == "Kort"
    assert units(caption("😀" * 900)) == 1024
