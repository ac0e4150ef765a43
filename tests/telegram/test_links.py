"""Deep links open at a question, at an answer, or with answers filled in; others are a start."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.telegram.links import LONGEST, link_to_faq, opened
from dialogs.messages import Utterance
from dialogs.questions import QUESTIONS
from knowledge.faq import Faq
from knowledge.slots import Value
from tests.telegram.parts import SCHEME


@pytest.mark.parametrize(
    ("payload", "told"),
    [
        pytest.param("a-registered-yes", {"registered": "yes"}, id="one answer"),
        pytest.param(
            "a-registered-yes-municipality-0301",
            {"registered": "yes", "municipality": "0301"}, id="two answers"),
        pytest.param(
            "a-reg-yes-mun-0301-sco-local",
            {"registered": "yes", "municipality": "0301", "scope": "local"}, id="shortened"),
        pytest.param(
            "a-target_groups-immigrants-target_groups-refugees",
            {"target_groups": ("immigrants", "refugees")}, id="several of one question"),
        pytest.param(
            "a-act-meeting_place-act-norwegian_practice",
            {"activities": ("meeting_place", "norwegian_practice")}, id="activities"),
        pytest.param("a-mun-unsure", {"municipality": "unsure"}, id="they do not know"),
    ],
)  # fmt: skip
def test_answers_that_are_filled_in(payload: str, told: dict[str, Value]) -> None:
    assert opened(SCHEME, payload) == Utterance(told=told)


@pytest.mark.parametrize("slot", QUESTIONS)
def test_a_link_to_a_question(slot: str) -> None:
    assert opened(SCHEME, f"q_{slot}") == Utterance(button=f"change:{slot}")


def test_a_link_to_every_answer() -> None:
    keys = Faq.load(SCHEME).keys()
    for key in keys:
        payload = link_to_faq("veiviser_bot", key).partition("start=")[2]
        assert re.fullmatch(r"[A-Za-z0-9_-]{1,64}", payload)
        assert opened(SCHEME, payload) == Utterance(button=f"faq:{key}")


@pytest.mark.parametrize(
    "payload",
    [
        pytest.param("", id="nothing"),
        pytest.param("inline", id="a word"),
        pytest.param("faq_no_such_entry", id="no such entry"),
        pytest.param("q_name", id="no such question"),
        pytest.param("a", id="no answers"),
        pytest.param("a-registered", id="a question without a value"),
        pytest.param("a-registered-yes-scope", id="half of the second"),
        pytest.param("a-registered-maybe", id="no such value"),
        pytest.param("a-municipality-9999", id="no such municipality"),
        pytest.param("a-re-yes", id="a beginning that two have"),
        pytest.param("a-sco-loc", id="a value's beginning that two have"),
        pytest.param("a--yes", id="an empty question"),
        pytest.param("a-registered-", id="an empty value"),
        pytest.param("a-registered-yes-registered-no", id="two answers to one question"),
        pytest.param("a-tar-immigrants-tar-unsure", id="values that do not go together"),
        pytest.param("a-registered-yes ", id="a sign that is not allowed"),
        pytest.param("a-registered-yes" + "-" * 60, id="too long"),
    ],
)
def test_what_cannot_be_read_is_simply_a_start(payload: str) -> None:
    assert opened(SCHEME, payload) is None


@given(st.text(max_size=LONGEST) | st.from_regex(r"\A(faq_|q_|a-)[a-z_-]{0,50}\Z"))
def test_whatever_it_holds_it_is_read_or_passed_over(payload: str) -> None:
    found = opened(SCHEME, payload)
    assert found is None or found.button or found.told
