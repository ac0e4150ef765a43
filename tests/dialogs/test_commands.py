"""Every command works in every state, in the three languages, and the question comes again."""

import re
from dataclasses import replace

import pytest

from dialogs.messages import Utterance
from dialogs.questions import CHECK_ANSWERS
from dialogs.state import LANGUAGES, State
from dialogs.texts import days, in_language, say
from dialogs.understand import understand
from tests.dialogs.limits import limit_faults
from tests.dialogs.situations import SITUATIONS, talk_in
from tests.dialogs.talk import SCHEME, Talk

in_every_situation = pytest.mark.parametrize("situation", SITUATIONS)
in_every_language = pytest.mark.parametrize("lang", LANGUAGES)

# What the person writes, by language, and the text that answers it.
SIDE_QUESTIONS = {
    "help": ({"nb": "hjelp", "nn": "hjelp", "en": "help"}, "help"),
    "privacy": ({"nb": "personvern", "nn": "personvern", "en": "privacy"}, "privacy"),
    "own data": ({"nb": "mine data", "nn": "vis dataa mine", "en": "show my data"}, "own-data"),
    "start": ({"nb": "/start", "nn": "/start", "en": "/start"}, "greeting"),
}
WHY = {"nb": "Hvorfor spør dere?", "nn": "Kvifor spør de?", "en": "Why do you ask?"}
LANGUAGE = {"nb": "språk", "nn": "målform", "en": "language"}
BACK = {"nb": "tilbake", "nn": "attende", "en": "back"}
RESTART = {"nb": "start på nytt", "nn": "byrj på nytt", "en": "start over"}
DELETE = {"nb": "slett", "nn": "slett", "en": "delete"}
YES = {"nb": "ja", "nn": "ja", "en": "yes"}
NO = {"nb": "nei", "nn": "nei", "en": "no"}


def asks_again(talk: Talk) -> bool:
    """Whether the last message asks what is pending; the verdict need not be repeated."""
    if talk.pending is None:
        return True
    asked = "summary" if talk.pending == CHECK_ANSWERS else f"ask-{talk.pending}"
    last = talk.replies[-1]
    return say(talk.state.lang, asked) in last.text and bool(last.buttons)


@in_every_language
@in_every_situation
@pytest.mark.parametrize("command", SIDE_QUESTIONS)
def test_a_side_question_changes_nothing(situation: str, lang: str, command: str) -> None:
    talk = talk_in(situation, lang)
    before, pending = talk.state.answers, talk.pending
    words, text = SIDE_QUESTIONS[command]
    talk.write(words[lang])
    gaps = {"year": str(SCHEME.year), "most": 7, "days": days(lang, 21)}
    assert say(lang, text, **gaps) in talk.text()
    assert (talk.state.answers, talk.pending) == (before, pending)
    assert asks_again(talk)
    assert limit_faults(talk.replies) == []


@in_every_language
@in_every_situation
def test_why_gives_the_reason_for_the_pending_question(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    pending = talk.pending
    talk.write(WHY[lang])
    nothing = pending in (None, CHECK_ANSWERS)
    assert say(lang, "nothing-to-explain" if nothing else f"ask-{pending}.why") in talk.text()
    assert talk.pending == pending
    assert asks_again(talk)


@in_every_language
@in_every_situation
@pytest.mark.parametrize("chosen", LANGUAGES)
def test_the_language_can_be_chosen(situation: str, lang: str, chosen: str) -> None:
    talk = talk_in(situation, lang)
    before, pending = talk.state.answers, talk.pending
    talk.write(LANGUAGE[lang])
    assert [button.id for button in talk.buttons()] == ["lang:nb", "lang:nn", "lang:en"]
    talk.press(f"lang:{chosen}")
    assert talk.state.lang == chosen
    assert (talk.state.answers, talk.pending) == (before, pending)
    assert asks_again(talk)


@in_every_language
@in_every_situation
def test_back_goes_to_an_earlier_question_or_says_there_is_none(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    before, pending = talk.state.answers, talk.pending
    talk.write(BACK[lang])
    assert talk.state.answers == before
    assert asks_again(talk)
    if pending == "registered":
        assert say(lang, "nothing-before") in talk.text()
    else:
        assert talk.pending in before


@in_every_language
@in_every_situation
def test_restart_forgets_the_answers_and_keeps_the_language(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    talk.write(RESTART[lang])
    assert replace(talk.state, turn=0, since=0) == State(lang, lang_chosen=True, greeted=True)
    assert talk.pending == "registered"
    assert asks_again(talk)


@pytest.mark.promise("P8")
@in_every_language
@in_every_situation
def test_delete_asks_first_and_then_forgets_everything(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    before = talk.state.answers
    talk.write(DELETE[lang])
    assert say(lang, "delete-ask") in talk.text()
    assert talk.state.answers == before
    talk.write(YES[lang])
    assert replace(talk.state, turn=0, since=0) == State(lang=lang, erased=True)
    assert talk.text() == say(lang, "deleted")


@in_every_language
@in_every_situation
def test_delete_can_be_refused(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    before, pending = talk.state.answers, talk.pending
    talk.write(DELETE[lang])
    talk.write(NO[lang])
    assert say(lang, "delete-kept") in talk.text()
    assert (talk.state.answers, talk.pending, talk.state.deleting) == (before, pending, False)
    assert asks_again(talk)


@pytest.mark.promise("P6")
@in_every_language
@in_every_situation
def test_an_attachment_gets_a_polite_line(situation: str, lang: str) -> None:
    talk = talk_in(situation, lang)
    before, pending = talk.state.answers, talk.pending
    for kind in ("voice", "sticker", "photo", "document", "location", "video"):
        talk.take(Utterance(attachment=kind))
        assert say(lang, "attachment", kind=kind) in talk.text()
        assert (talk.state.answers, talk.pending) == (before, pending)
        assert asks_again(talk)


def test_after_deleting_the_next_word_begins_a_new_conversation() -> None:
    talk = talk_in("the verdict")
    talk.press("delete")
    talk.press("delete:yes")
    talk.write("hei")
    assert talk.pending == "registered"
    assert not talk.state.erased, "what is said now is a new conversation and must be kept"
    assert say("nb", "greeting", year="2019", most=7, days=days("nb", 21)) in talk.text()


@in_every_situation
@pytest.mark.parametrize("button", ["delete:yes", "delete:no"])
def test_an_old_button_about_deleting_does_nothing_later(situation: str, button: str) -> None:
    talk = talk_in(situation)
    if talk.state.deleting:
        talk.press("delete:no")
    before, pending, verdict = talk.state.answers, talk.pending, talk.verdict
    assert talk.press(button)
    assert (talk.state.answers, talk.pending, talk.state.erased) == (before, pending, False)
    assert talk.verdict == verdict, "it was no yes or no to the summary"


@in_every_language
@in_every_situation
def test_asked_whether_to_delete_no_other_question_is_answered(situation: str, lang: str) -> None:
    state = talk_in(situation, lang).state
    for text in ("1", "2", "Oslo", "kanskje"):
        talk = Talk(state=state)
        talk.write(DELETE[lang])
        talk.write(text)
        assert talk.state.erased or talk.state.answers == state.answers, text


# Texts that tell people what they can write.
TELLING = ("help", "privacy", "answered-already", "greeting")


@in_every_language
@pytest.mark.parametrize("name", TELLING)
def test_what_people_are_told_to_write_is_understood(lang: str, name: str) -> None:
    gaps = {"year": "2019", "most": 7, "days": days(lang, 21)}
    text = say(lang, name, **gaps).replace(in_language(SCHEME.file.name, lang), "")
    told = [words for words in re.findall("«([^»]+)»", text) if words[0].islower()]
    assert told
    state = talk_in("the verdict", lang).state
    for words in told:
        assert understand(SCHEME, state, Utterance(text=words)).intent != "unknown", words
