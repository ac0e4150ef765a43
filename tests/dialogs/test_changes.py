"""Any answer can be changed from anywhere; what stays valid is kept, the rest is named."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.agenda import counted
from dialogs.questions import name
from dialogs.state import LANGUAGES
from dialogs.texts import say
from knowledge.slots import PLACE, SLOTS, Value, as_tuple
from tests.dialogs.limits import limit_faults
from tests.dialogs.organisations import Organisation, organisations, values_of
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import SCHEME, Talk

CHANGE = {"nb": "endre", "nn": "endre", "en": "change"}
ANSWERED = [
    pytest.param(situation, slot, id=f"{slot}, {situation}")
    for situation in SITUATIONS
    for slot in counted(SCHEME, talk_in(situation).state)
]
slots = st.sampled_from(list(SLOTS))
a_change = slots.flatmap(lambda slot: st.tuples(st.just(slot), values_of(slot)))


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("situation", "slot"), ANSWERED)
def test_an_answer_is_changed_in_three_inputs(situation: str, slot: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    before = talk.state.answers[slot]
    talk.write(CHANGE[lang])
    button = talk.labelled(say(lang, "button-change", name=name(lang, slot)))
    talk.press(button.id)
    assert talk.pending == slot
    if SLOTS[slot].kind == PLACE:
        talk.write("Tynset" if before == "0301" else "Oslo")
    else:
        talk.write("2" if as_tuple(before) == SLOTS[slot].values[:1] else "1")
    assert talk.state.answers[slot] != before
    assert talk.pending != slot
    assert say(lang, "changed", name="NAME", value="", before="").split(".")[0] in talk.text()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(("situation", "slot"), ANSWERED)
def test_an_answer_is_changed_by_naming_it(situation: str, slot: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    talk.write(f"{CHANGE[lang]} {name(lang, slot)}")
    assert talk.pending == slot
    assert say(lang, f"ask-{slot}") in talk.text()


@pytest.mark.parametrize(("situation", "slot"), ANSWERED)
def test_a_change_thought_better_of_changes_nothing(situation: str, slot: str) -> None:
    talk = talk_in(situation)
    before = talk.state.answers, talk.state.from_text, counted(SCHEME, talk.state)
    talk.press(f"change:{slot}")
    talk.press("keep")
    assert (talk.state.answers, talk.state.from_text, counted(SCHEME, talk.state)) == before


@given(organisation=organisations, change=a_change)
def test_changed_and_changed_back_gives_the_same_verdict(
    organisation: Organisation, change: tuple[str, Value]
) -> None:
    talk = Talk()
    talk.hold(organisation)
    before, answers = talk.verdict, counted(SCHEME, talk.state)
    slot, value = change
    talk.change(slot, value)
    assert limit_faults(talk.replies) == []
    talk.change(slot, organisation[slot])
    assert before is not None
    assert counted(SCHEME, talk.state) == answers
    assert talk.verdict == before


@given(organisation=organisations, change=a_change)
def test_a_change_gives_the_verdict_of_the_new_answers(
    organisation: Organisation, change: tuple[str, Value]
) -> None:
    slot, value = change
    changed = {**organisation, slot: value}
    talk, fresh = Talk(), Talk()
    talk.hold(organisation)
    talk.change(slot, value)
    talk.hold(changed)
    fresh.hold(changed)
    assert talk.verdict == fresh.verdict is not None


def test_what_no_longer_counts_is_named_with_the_reason_and_comes_back() -> None:
    talk = Talk()
    talk.hold(
        {
            "registered": "yes",
            "municipality": "0806",
            "scope": "local",
            "target_groups": ("reception_centre",),
            "reception_centre_in": "0819",
            "activities": ("norwegian_practice",),
        }
    )
    talk.change("target_groups", ("refugees",))
    assert say("nb", "set-aside-reception_centre_in") in talk.text()
    assert "reception_centre_in" not in counted(SCHEME, talk.state)
    talk.change("target_groups", ("refugees", "reception_centre"))
    assert say("nb", "counts-again", name="Mottak", value="Nome") in talk.text()
    assert counted(SCHEME, talk.state)["reception_centre_in"] == "0819"
