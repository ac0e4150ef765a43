"""`veiviser jsonl`: what a program may send, and what it gets."""

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.jsonl import serve
from bot.lines import LONGEST
from bot.store.sqlite import open_store
from bot.turns import Taken
from dialogs.texts import say
from knowledge.scheme import load_scheme

SCHEME = load_scheme(2019)


def talk(*lines: dict[str, Any] | str | bytes) -> list[dict[str, Any]]:
    """What comes back for these lines."""
    given = b""
    for line in lines:
        text = json.dumps(line) if isinstance(line, dict) else line
        given += (text.encode() if isinstance(text, str) else text) + b"\n"
    out = io.StringIO()
    serve(io.BytesIO(given), out, SCHEME, open_store(None, None))
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_a_conversation_by_buttons_ends_in_a_verdict() -> None:
    pressed = (
        "registered:yes",
        "municipality:0301",
        "scope:local",
        "target_groups:immigrants",
        "target_groups:done",
        "activities:meeting_place",
        "activities:done",
    )
    start = {"chat": 1, "text": "/start"}
    lines = talk(start, *({"chat": 1, "button": button} for button in pressed))
    assert [line["pending"] for line in lines[:3]] == ["registered", "municipality", "scope"]
    last = lines[-1]
    assert (last["pending"], last["faq"]) == (None, None)
    assert last["answers"]["municipality"] == "0301"
    assert last["answers"]["target_groups"] == ["immigrants"]
    assert last["answers"]["sub_goals"] == last["verdict"]["sub_goals"] != []
    assert (last["verdict"]["outcome"], last["verdict"]["grantor"]) == (
        "apply_municipality",
        "Oslo",
    )
    assert last["verdict"]["rules"][0]["cites"]


def test_the_fields_of_an_answer() -> None:
    (line,) = talk({"chat": "a", "text": "hei"})
    assert list(line) == ["chat", "replies", "pending", "answers", "verdict", "faq"]
    assert line["replies"][-1]["text"].startswith(say("nb", "ask-registered"))
    first, *_ = line["replies"][-1]["buttons"]
    assert first[0] == {"id": "registered:yes", "label": "Ja"}
    assert (line["answers"], line["verdict"]) == ({}, None)


def test_answers_that_do_not_count_are_left_out() -> None:
    """A type of organisation is asked for, and kept, only of those who are not registered."""
    lines = talk(
        {"chat": 1, "button": "registered:no"},
        {"chat": 1, "button": "organisation_type:voluntary"},
        {"chat": 1, "button": "registered:yes"},
    )
    assert lines[1]["answers"]["organisation_type"] == "voluntary"
    assert lines[2]["answers"] == {"registered": "yes"}


def test_chats_take_turns() -> None:
    lines = talk(
        {"chat": 1, "text": "/start"},
        {"chat": "1", "text": "/start", "lang": "en"},
        {"chat": 1, "button": "registered:yes"},
        {"chat": "1", "button": "registered:no"},
    )
    assert [line["chat"] for line in lines] == [1, "1", 1, "1"]
    assert [line["answers"].get("registered") for line in lines] == [None, None, "yes", "no"]
    assert lines[3]["replies"][-1]["text"].count(say("en", "ask-organisation_type")) == 1


@pytest.mark.promise("R2")
def test_a_repeated_update_changes_nothing_and_has_no_replies() -> None:
    update = {"chat": 1, "button": "registered:yes", "update_id": 5}
    first, again, back = talk(update, update, {"chat": 1, "button": "back", "update_id": 6})
    assert first["replies"]
    assert again == {**first, "replies": []}
    assert back["pending"] == "registered"


def test_an_attachment_is_answered() -> None:
    (line,) = talk({"chat": 1, "attachment": "voice"})
    assert line["replies"]


ONE_OBJECT = "one JSON object"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("hei", "not JSON", id="not JSON"),
        pytest.param('{"chat": 1, "text": "a"', "not JSON", id="half an object"),
        pytest.param(b'{"chat": 1, "text": "\xff"}}', "not JSON", id="bytes that are no text"),
        pytest.param("[1, 2]", f"{ONE_OBJECT} was expected, got a list", id="a list"),
        pytest.param('"hei"', f"{ONE_OBJECT} was expected, got a string", id="a string"),
        pytest.param("null", f"{ONE_OBJECT} was expected, got null", id="null"),
        pytest.param("[" * 100_000, "nested too deeply", id="very deep"),
        pytest.param("1" * 5_000, "not JSON", id="a number of 5,000 digits"),
        pytest.param({"text": "hei"}, "chat: a string or a whole number", id="no chat"),
        pytest.param({"chat": True, "text": "a"}, "got true or false", id="a chat that is true"),
        pytest.param({"chat": 1.5, "text": "a"}, "got a number", id="a chat that is a fraction"),
        pytest.param({"chat": "", "text": "a"}, "got nothing", id="a chat without a name"),
        pytest.param({"chat": 1}, "got none of them", id="nothing said"),
        pytest.param({"chat": 1, "text": None}, "got none of them", id="null counts as not there"),
        pytest.param(
            {"chat": 1, "text": "a", "button": "b"}, "got text and button", id="two ways at once"
        ),
        pytest.param({"chat": 1, "text": 4}, "text: a string", id="text that is a number"),
        pytest.param({"chat": 1, "button": ["a"]}, "got a list", id="a list of buttons"),
        pytest.param({"chat": 1, "text": "a", "lang": 4}, "lang: a string", id="lang is a number"),
        pytest.param(
            {"chat": 1, "text": "a", "update_id": "7"}, "update_id: a whole", id="update_id as text"
        ),
        pytest.param(
            {"chat": 1, "text": "a", "update_id": 2**63}, "63 bits", id="a huge update_id"
        ),
        pytest.param('{"chat": 1, "text": "' + "a" * LONGEST + '"}', "longer than", id="huge"),
    ],
)
def test_a_line_that_cannot_be_used_says_why_and_the_next_is_served(
    line: dict[str, Any] | str | bytes, said: str
) -> None:
    wrong, right = talk(line, {"chat": 2, "text": "/start"})
    assert said in wrong.pop("error")
    assert wrong in ({}, {"chat": 1})
    assert right["pending"] == "registered"


def test_an_error_carries_the_chat_when_it_is_known() -> None:
    (line,) = talk({"chat": "min", "text": 4})
    assert line["chat"] == "min"


def test_empty_lines_are_passed_over() -> None:
    assert len(talk("", "  ", {"chat": 1, "text": "/start"}, "")) == 1


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("\ud800 halv", id="a lone surrogate"),
        pytest.param("\0", id="NUL"),
        pytest.param("\u202eמה שלומך\u202c", id="right-to-left marks"),
        pytest.param("👩‍👩‍👧‍👦" * 600, id="emoji"),
        pytest.param("a" * 5_000, id="more than 4,096 characters"),
        pytest.param("\x1b[2J\x07\x9b", id="control characters"),
        pytest.param("", id="nothing"),
    ],
)
def test_any_text_gets_an_answer_and_the_same_question(text: str) -> None:
    lines = talk(
        {"chat": text or "x", "button": "registered:yes"}, {"chat": text or "x", "text": text}
    )
    assert [line["pending"] for line in lines] == ["municipality", "municipality"]
    assert lines[1]["replies"]
    assert lines[1]["chat"] == (text or "x")


@given(st.lists(st.text(st.characters(exclude_characters="\n\r")) | st.binary(), max_size=5))
def test_whatever_comes_in_each_line_gets_one_json_line(lines: list[str | bytes]) -> None:
    usable = [
        line.encode("utf-8", "surrogatepass") if isinstance(line, str) else line.replace(b"\n", b"")
        for line in lines
    ]
    answers = talk(*usable, {"chat": 1, "text": "/start"})
    assert answers[-1]["pending"] == "registered"
    assert all("error" in answer for answer in answers[:-1])


def test_a_fault_in_the_program_is_told_and_the_next_line_is_served(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stumble(*_: object) -> Taken:
        raise ZeroDivisionError("hemmelig ord")

    with monkeypatch.context() as patched:
        patched.setattr("bot.turns.understand", stumble)
        first, second = talk(
            {"chat": 1, "text": "hemmelig ord", "update_id": 4}, {"chat": 1, "text": "igjen"}
        )
    assert first["chat"] == second["chat"] == 1
    assert "nothing was changed" in first["error"]
    assert "update 4: ZeroDivisionError in stumble" in first["error"]
    assert "hemmelig" not in first["error"]
