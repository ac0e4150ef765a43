"""Every button that was ever offered works in any later state, or says why it does not."""

import pytest

from dialogs.questions import QUESTIONS, choices
from dialogs.state import LANGUAGES
from dialogs.texts import say
from knowledge.places import Places
from knowledge.slots import PLACE, SLOTS
from tests.dialogs.limits import LONGEST_ID, LONGEST_LABEL, limit_faults
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import SCHEME, Talk

in_every_situation = pytest.mark.parametrize("situation", SITUATIONS)
OFFERED = {button.id for name in SITUATIONS for button in talk_in(name).offered}
FORGOTTEN = (
    "scope:galactic",
    "sub_goal:A",
    "municipality:9999",
    "change:budget",
    "",
    ":",
    "lang:se",
)


def test_the_situations_offer_every_kind_of_button() -> None:
    kinds = {button.partition(":")[0] for button in OFFERED}
    ways_on = {"why", "back", "keep", "show_verdict", "restart", "change", "lang", "delete"}
    assert kinds == {*QUESTIONS, *ways_on}


@pytest.mark.promise("R7")
@in_every_situation
def test_a_button_pressed_later_is_answered(situation: str) -> None:
    talk = talk_in(situation)
    state = talk.state
    for button in sorted(OFFERED):
        again = Talk(state=state)
        assert again.press(button), button
        assert limit_faults(again.replies) == [], button


@in_every_situation
@pytest.mark.parametrize("slot", [s for s in SLOTS if not SLOTS[s].many])
def test_a_choice_pressed_later_is_the_answer(situation: str, slot: str) -> None:
    state = talk_in(situation).state
    for choice in choices(SCHEME, "nb", slot, ("0301",)):
        talk = Talk(state=state)
        talk.press(choice.button().id)
        assert talk.state.answers[slot] == choice.value
        assert talk.pending != slot


@pytest.mark.promise("R7")
@in_every_situation
@pytest.mark.parametrize("slot", [s for s in SLOTS if SLOTS[s].many])
def test_a_tick_pressed_later_goes_to_its_own_question(situation: str, slot: str) -> None:
    state = talk_in(situation).state
    for choice in choices(SCHEME, "nb", slot):
        talk = Talk(state=state)
        talk.press(choice.button().id)
        if choice.value in SCHEME.alone(slot):
            assert talk.state.answers[slot] == (choice.value,)
            continue
        assert talk.pending == slot
        once = set(talk.state.ticks)
        talk.press(choice.button().id)
        assert set(talk.state.ticks) ^ once == {choice.value}


@pytest.mark.promise("R7")
@in_every_situation
def test_a_button_of_another_year_says_so_and_changes_nothing(situation: str) -> None:
    talk = talk_in(situation)
    before, pending = talk.state.answers, talk.pending
    for button in FORGOTTEN:
        talk.press(button)
        assert say("nb", "old-button") in talk.text(), button
        assert (talk.state.answers, talk.pending) == (before, pending), button


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_choice_fits_on_a_button_with_its_tick(lang: str) -> None:
    for slot in QUESTIONS:
        for choice in choices(SCHEME, lang, slot):
            button = choice.button(ticked=SLOTS[slot].many)
            assert len(button.label) <= LONGEST_LABEL, button
            assert len(button.id.encode()) <= LONGEST_ID, button


def test_every_municipality_fits_on_a_button() -> None:
    places = Places.load(SCHEME.year)
    numbers = [f"{number:04}" for number in range(101, 2100)]
    numbers += [f"{number}" for number in range(5001, 5100)]
    found = [place for number in numbers if (place := places.by_number(number))]
    labels = [places.label(place) for place in found]
    assert len(labels) == len(set(labels)) == 422
    assert max(map(len, labels)) <= LONGEST_LABEL


@pytest.mark.parametrize("slot", [s for s in SLOTS if SLOTS[s].kind != PLACE])
@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_two_choices_look_alike(lang: str, slot: str) -> None:
    labels = [choice.label for choice in choices(SCHEME, lang, slot)]
    assert len(labels) == len(set(labels))
