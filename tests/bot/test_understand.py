"""`veiviser understand`: what single texts are taken to mean."""

import io
import json
from pathlib import Path
from typing import Any

import pytest

from bot.understand import understand_lines
from knowledge.scheme import load_scheme
from tests.bot.running import run

SCHEME = load_scheme(2019)


def understand(*lines: dict[str, Any] | str) -> list[dict[str, Any]]:
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    out = io.StringIO()
    understand_lines(io.BytesIO(given.encode()), out, SCHEME)
    return [json.loads(line) for line in out.getvalue().splitlines()]


def test_an_answer_to_the_pending_question() -> None:
    (line,) = understand({"id": "1", "text": "Hamar", "pending": "municipality"})
    assert line == {
        "id": "1",
        "intent": "answer",
        "answers": {"municipality": "0403"},
        "candidates": {},
        "faq": None,
    }


def test_a_text_of_itself_tells_several_answers_with_their_sub_goals() -> None:
    (line,) = understand({"id": 2, "text": "Vi er registrert og vil ha norskkurs for flyktninger"})
    assert line["intent"] == "answer"
    assert line["answers"]["registered"] == "yes"
    assert line["answers"]["target_groups"] == ["refugees"]
    assert line["answers"]["activities"]
    assert line["answers"]["sub_goals"] == ["B"]


@pytest.mark.parametrize(
    ("pending", "slot"),
    [
        pytest.param("municipality", "municipality", id="asked where they are"),
        pytest.param("reception_centre_in", "reception_centre_in", id="asked where the centre is"),
        pytest.param(None, "municipality", id="nothing was asked"),
    ],
)
def test_a_name_of_two_places_is_asked_back_about(pending: str | None, slot: str) -> None:
    text = "Nes" if pending else "Norskkurs for flyktninger i Nes"
    (line,) = understand({"id": "nes", "text": text, "pending": pending})
    assert list(line["candidates"]) == [slot]
    assert len(line["candidates"][slot]) > 1
    assert "municipality" not in line["answers"]


def test_a_side_question_is_answered_in_the_language_given() -> None:
    question = "Hvilke kommuner forvalter tilskuddet?"
    nb, en = understand({"text": question}, {"text": question, "lang": "en"})
    assert (nb["intent"], nb["faq"]["key"], nb["faq"]["lang"]) == (
        "question",
        "which_municipalities",
        "nb",
    )
    assert 0 < nb["faq"]["confidence"] <= 1
    assert "kommune" in nb["faq"]["text"]
    assert en["faq"]["lang"] == "en"
    assert "municipalit" in en["faq"]["text"]
    assert "id" not in nb


@pytest.mark.parametrize(
    ("text", "key"),
    [
        pytest.param("Er du en robot?", "bot_are_you_human", id="about the assistant"),
        pytest.param("Hvor mye koster en flybillett til Kreta?", None, id="about something else"),
    ],
)
def test_what_is_not_about_the_scheme_gets_no_answer_from_it(text: str, key: str | None) -> None:
    (line,) = understand({"id": "x", "text": text})
    assert (line["faq"] and line["faq"]["key"], line["answers"]) == (key, {})


@pytest.mark.parametrize(
    ("line", "said"),
    [
        pytest.param("hei", "not JSON", id="not JSON"),
        pytest.param({"id": "1"}, "text: a string was expected, got nothing", id="no text"),
        pytest.param({"id": "1", "text": 5}, "text: a string was expected", id="text a number"),
        pytest.param(
            {"id": "1", "text": "ja", "pending": "registred"}, "registered", id="a slip in pending"
        ),
        pytest.param({"id": "1", "text": "ja", "pending": 1}, "pending: ", id="pending a number"),
        pytest.param({"id": "1", "text": "ja", "lang": "fr"}, "lang: ", id="a language we lack"),
    ],
)
def test_a_fault_is_named_and_the_next_line_is_read(line: dict[str, Any] | str, said: str) -> None:
    wrong, right = understand(line, {"id": "2", "text": "ja", "pending": "registered"})
    assert said in wrong["error"]
    assert wrong.get("id") == (None if isinstance(line, str) else "1")
    assert right["answers"] == {"registered": "yes"}


def test_the_command(tmp_path: Path) -> None:
    found = run(tmp_path, "understand", given='{"id": "1", "text": "nei"}\n\n[]\n')
    first, second = map(json.loads, found.stdout.splitlines())
    assert (found.returncode, found.stderr) == (0, "")
    assert first["intent"] == "deny"
    assert "one JSON object was expected" in second["error"]
    assert run(tmp_path, "understand", "--help").stdout.startswith("Bruk: veiviser understand")
