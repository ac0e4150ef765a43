"""What is asked, how many questions there are, and what the first message promises."""

import re

import pytest
from hypothesis import given

from dialogs.messages import Utterance
from dialogs.questions import QUESTIONS
from dialogs.state import LANGUAGES, State
from dialogs.texts import say
from knowledge.slots import SLOTS, UNSURE
from tests.dialogs.organisations import UNSURE_OF_EVERYTHING, Organisation, organisations
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import Talk

ORDINARY_MOST = 5
in_every_language = pytest.mark.parametrize("lang", LANGUAGES)


def announced(talk: Talk) -> int:
    """The number of questions that the last message says are left."""
    texts = {say(talk.state.lang, "left", n=n): n for n in range(1, len(QUESTIONS) + 1)}
    said = [n for text, n in texts.items() if text in talk.text()]
    assert len(said) == 1, talk.text()
    return said[0]


@given(organisation=organisations)
def test_the_announced_number_of_questions_is_never_exceeded(organisation: Organisation) -> None:
    talk = Talk()
    left = len(QUESTIONS) + 1
    while talk.pending is not None:
        assert announced(talk) < left
        left = announced(talk)
        assert talk.pending is not None
        talk.answer(talk.pending, organisation[talk.pending])
    assert talk.verdict is not None
    assert talk.verdict.missing == ()


@given(organisation=organisations)
def test_no_question_comes_twice_and_they_come_in_order(organisation: Organisation) -> None:
    asked = Talk().hold(organisation)
    assert asked == [slot for slot in QUESTIONS if slot in asked]
    assert len(asked) == len(set(asked)) <= len(QUESTIONS) == 7


@pytest.mark.parametrize("scope", ["local", "national", "central_body", "transferable"])
@pytest.mark.parametrize("groups", [("immigrants",), ("refugees", "local_population")])
@pytest.mark.parametrize("municipality", ["0301", "0437"])
def test_an_ordinary_path_has_at_most_five_questions(
    scope: str, groups: tuple[str, ...], municipality: str
) -> None:
    asked = Talk().hold(
        {
            "registered": "yes",
            "municipality": municipality,
            "scope": scope,
            "target_groups": groups,
            "activities": ("community_activity",),
        }
    )
    assert len(asked) <= ORDINARY_MOST
    assert asked[0] == "registered"


@in_every_language
def test_whoever_knows_nothing_still_gets_an_answer(lang: str) -> None:
    talk = Talk(lang)
    talk.hold(UNSURE_OF_EVERYTHING)
    assert talk.verdict is not None
    assert talk.verdict.outcome == "undecided"
    assert talk.verdict.ask


@in_every_language
@pytest.mark.parametrize("slot", [s for s in SLOTS if UNSURE in SLOTS[s].values])
def test_a_question_can_be_answered_with_we_do_not_know(slot: str, lang: str) -> None:
    talk = Talk(lang)
    talk.press(f"change:{slot}")
    assert say(lang, f"ask-{slot}.unsure") in talk.labels()
    talk.write({"nb": "vet ikke", "nn": "veit ikkje", "en": "we don't know"}[lang])
    assert talk.state.answers[slot] == ((UNSURE,) if SLOTS[slot].many else UNSURE)


@in_every_language
@pytest.mark.parametrize("situation", SITUATIONS)
def test_every_question_offers_why_and_back(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    if talk.replies[-1].kind != "question" or talk.pending not in SLOTS:
        return
    ids = [button.id for button in talk.buttons()]
    if f"{talk.pending}:" not in "".join(ids):
        return
    assert "why" in ids
    assert ("back" in ids) == bool(talk.state.answers)


# What the first message must say, by language.
PROMISES = {
    "nb": {
        "it is a machine": "maskin",
        "it is not IMDi": "ikke IMDi",
        "how many questions": "Høyst 7 spørsmål",
        "what it is for": "viser om organisasjonen deres kan søke",
        "what is stored, and how long": "Jeg lagrer svarene og det dere skriver i 21 dager",
        "how to delete": "«slett» fjerner alt",
        "the grantor decides": "Tilskuddsforvalteren avgjør",
        "which year's rules": "2019",
    },
    "nn": {
        "it is a machine": "maskin",
        "it is not IMDi": "ikkje IMDi",
        "how many questions": "Høgst 7 spørsmål",
        "what it is for": "viser om organisasjonen dykkar kan søkje",
        "what is stored, and how long": "Eg lagrar svara og det de skriv i 21 dagar",
        "how to delete": "«slett» fjernar alt",
        "the grantor decides": "Tilskotsforvaltaren avgjer",
        "which year's rules": "2019",
    },
    "en": {
        "it is a machine": "a machine",
        "it is not IMDi": "not IMDi",
        "how many questions": "At most 7 questions",
        "what it is for": "show whether your organisation can apply",
        "what is stored, and how long": "I keep your answers and texts 21 days",
        "how to delete": "«delete» removes all",
        "the grantor decides": "The grantor decides",
        "which year's rules": "2019",
    },
}


@pytest.mark.promise("P11")
@in_every_language
def test_the_first_message_is_short_and_says_what_it_must(lang: str) -> None:
    talk = Talk(state=State())
    first = talk.take(Utterance(text="/start", lang=lang))[0]
    assert len(first.text) < 400
    assert [what for what, words in PROMISES[lang].items() if words not in first.text] == []


@pytest.mark.promise("P11")
@pytest.mark.parametrize(
    ("lang", "kept", "said"),
    [
        ("nb", 1, "i én dag,"),
        ("nn", 1, "i éin dag,"),
        ("en", 1, "one day,"),
        ("nb", 365, "365 dager"),
    ],
)
def test_the_days_told_are_those_of_the_setting(lang: str, kept: int, said: str) -> None:
    talk = Talk(state=State())
    first = talk.take(Utterance(text="/start", lang=lang, kept_days=kept))[0]
    assert said in first.text
    assert len(first.text) < 400
    talk.take(Utterance(button="privacy", kept_days=kept))
    assert said.strip(",").split(" ", 1)[1] in talk.text()


@pytest.mark.parametrize("text", ["", "hei", "???", "hjelp", "ja", "Oslo", "\x00"])
def test_whatever_is_said_first_is_greeted_and_asked(text: str) -> None:
    talk = Talk(state=State())
    talk.write(text)
    assert re.match("Hei! Jeg er Veiviser", talk.text())
    assert talk.replies[-1].kind == "question"


@pytest.mark.parametrize(
    ("hint", "lang"),
    [("nb", "nb"), ("nn-NO", "nn"), ("no", "nb"), ("da", "nb"), ("EN-us", "en"), ("uk", "en")],
)
def test_the_language_of_the_channel_counts_until_one_is_chosen(hint: str, lang: str) -> None:
    talk = Talk(state=State())
    talk.take(Utterance(text="/start", lang=hint))
    assert talk.state.lang == lang
    talk.press("lang:nn")
    talk.take(Utterance(text="?", lang=hint))
    assert talk.state.lang == "nn"
