"""Whatever people do, in any order: nothing breaks, nothing gets too long, nothing is lost."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.conversation import pending, step, welcome_back
from dialogs.members import MOST_MEMBERS
from dialogs.messages import Reply, Utterance
from dialogs.state import LANGUAGES, State
from dialogs.texts import say
from dialogs.understand import understand
from knowledge.slots import SLOTS
from tests.dialogs.limits import limit_faults
from tests.dialogs.organisations import moves
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import SCHEME, Talk

languages = st.sampled_from(LANGUAGES)
walks = st.lists(moves, min_size=10, max_size=30)


def make(talk: Talk, move: tuple[str, Any]) -> tuple[Reply, ...]:
    """Make one move in a conversation."""
    what, with_what = move
    if what == "tap" and talk.buttons():
        return talk.press(talk.buttons()[with_what % len(talk.buttons())].id)
    if what == "tap an old one":
        return talk.press(talk.offered[with_what % len(talk.offered)].id)
    if what == "press":
        return talk.press(with_what)
    if what == "send":
        return talk.take(Utterance(attachment=with_what))
    if what == "return":
        return welcome_back(SCHEME, talk.state)
    return talk.write(str(with_what))


@pytest.mark.promise("R16")
@given(lang=languages, walk=walks)
def test_every_reply_of_a_walk_keeps_the_limits(lang: str, walk: list[tuple[str, Any]]) -> None:
    talk = Talk(lang)
    for move in walk:
        replies = make(talk, move)
        assert replies
        assert limit_faults(replies) == []
        assert talk.state.erased or talk.verdict or talk.pending


@pytest.mark.promise("R11")
@given(lang=languages, walk=walks)
def test_a_stored_state_goes_on_in_the_same_way(lang: str, walk: list[tuple[str, Any]]) -> None:
    talk, stored = Talk(lang), Talk(lang)
    for move in walk:
        if stored.state.erased:
            break
        stored.state = State.from_json(stored.state.to_json().encode().decode())
        assert make(stored, move) == make(talk, move)
        assert stored.state == talk.state


LARGEST_STATE = 8_192  # bytes


@pytest.mark.promise("S10")
@given(lang=languages, walk=walks)
def test_no_walk_makes_a_state_large(lang: str, walk: list[tuple[str, Any]]) -> None:
    talk = Talk(lang)
    for move in walk:
        make(talk, move)
        assert len(talk.state.to_json().encode()) <= LARGEST_STATE


@pytest.mark.promise("S10")
def test_a_state_with_everything_in_it_is_not_large() -> None:
    """All answers there are, all ticked, every municipality of one name, and a big group."""
    talk = Talk()
    talk.take(Utterance(text="/sammen", member="m0"))
    for number in range(3 * MOST_MEMBERS):
        talk.take(Utterance(text="hei", member=f"{number:064}"))
    values = {slot: SCHEME.values(slot) or ("0301",) for slot in SLOTS}
    full = replace(
        talk.state,
        answers={s: v if SLOTS[s].many else max(v, key=len) for s, v in values.items()},
        from_text=tuple(SLOTS),
        ticks=max(values.values(), key=lambda v: len(str(v))),
        asked_back=("0301",) * 20,
        menu=tuple(f"change:{slot}" for slot in SLOTS),
        answered_by=dict.fromkeys(SLOTS, MOST_MEMBERS),
        turn=10**9,
        since=10**9,
    )
    assert len(full.members) == MOST_MEMBERS
    assert len(full.to_json().encode()) <= LARGEST_STATE


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_turn_depends_on_the_state_and_the_input_alone(situation: str) -> None:
    state = talk_in(situation).state
    heard = understand(SCHEME, state, Utterance(text="Oslo"))
    assert step(SCHEME, state, heard) == step(SCHEME, state, heard)
    assert understand(SCHEME, state, Utterance(text="Oslo")) == heard


@pytest.mark.parametrize("situation", SITUATIONS)
def test_a_returning_person_sees_where_they_were(situation: str) -> None:
    state = talk_in(situation).state
    replies = welcome_back(SCHEME, state)
    assert limit_faults(replies) == []
    if state.deleting:
        assert say("nb", "delete-ask") in replies[-1].text, "or a yes to a question would delete"
    else:
        kinds = {None: "card", "check_answers": "menu"}
        assert replies[-1].kind == kinds.get(pending(SCHEME, state), "question")


# Not a word in any of them: 4,096 characters, as long as a message can be.
WORDLESS = {
    "nothing": "",
    "spaces": " " * 4096,
    "NUL": "\x00" * 4096,
    "control characters": "".join(map(chr, range(1, 32))) * 132,
    "marks of direction": "\u200e\u200f\u202a\u202b\u202e\u2066\u2069" * 585,
    "emoji": "🧑‍🤝‍🧑🇳🇴" * 585,
    "lone surrogates": "\ud83d" * 4096,
    "one letter": "x" * 4096,
    "combining marks": "z" + "\u0335" * 4095,
    "Arabic": "مرحبا " * 682,
    "digits": "7" * 4096,
    "punctuation": "«»--,;:()[]{}" * 315,
    "a format string": "{ $n } %s {0} " * 292,
}


# One situation for each thing that can be pending; what is written is read the same in the others.
ONE_FOR_EACH_QUESTION = {talk_in(name).pending: name for name in SITUATIONS}


@pytest.mark.parametrize("situation", ONE_FOR_EACH_QUESTION.values())
@pytest.mark.parametrize("text", WORDLESS.values(), ids=WORDLESS)
def test_what_says_nothing_gets_a_polite_line_and_the_same_question(
    situation: str, text: str
) -> None:
    talk = talk_in(situation, "en")
    before, pending = talk.state.answers, talk.pending
    replies = talk.write(text)
    assert limit_faults(replies) == []
    assert (talk.state.answers, talk.pending) == (before, pending)
    if talk.pending in SLOTS:
        assert replies[-1].kind == "question"


# Any characters there are, lone surrogates too, until the message is full.
anything = st.text(st.characters(exclude_categories=()), min_size=1, max_size=40).map(
    lambda text: (text * 4096)[:4096]
)


@given(situation=st.sampled_from(list(SITUATIONS)), text=anything, is_button=st.booleans())
def test_anything_at_all_gets_an_answer(situation: str, text: str, is_button: bool) -> None:
    talk = talk_in(situation)
    replies = talk.press(text) if is_button else talk.write(text)
    assert replies
    assert limit_faults(replies) == []
