"""Inline mode: the best answers for another chat, and nothing from any conversation."""

import pytest

from bot.store import Store
from bot.telegram.incoming import InlineQuestion
from bot.telegram.inline import COMMON, MOST_RESULTS, InlineAnswer, answer_inline
from bot.telegram.intake import Intake
from dialogs.state import LANGUAGES
from dialogs.texts import say
from knowledge.faq import Faq
from tests.bot.stores import table
from tests.telegram.parts import SCHEME, take
from tests.telegram.updates import ME, inline, text


def ask(said: str, lang: str = "nb") -> InlineAnswer:
    return answer_inline(SCHEME, ME, InlineQuestion("1", said, lang))


def titles(answer: InlineAnswer) -> list[str]:
    return [result.title for result in answer.results]


@pytest.mark.parametrize(
    ("said", "lang", "title"),
    [
        pytest.param("kan vi ha språkkafé", "nb", "Kan vi få støtte til språkkafé?", id="bokmål"),
        pytest.param("kven kan søkje", "nn", "Kven kan søkje?", id="nynorsk"),
        pytest.param("who can apply", "en", "Who can apply?", id="English"),
        pytest.param("who can apply for this", "nb", "Who can apply?", id="in the text's language"),
        pytest.param("språkkafé", "nn", "Kan vi få støtte til ein språkkafé?", id="one word"),
    ],
)  # fmt: skip
def test_the_best_answer_comes_first(said: str, lang: str, title: str) -> None:
    answer = ask(said, lang)
    assert titles(answer)[0] == title
    assert 1 <= len(answer.results) <= MOST_RESULTS
    content = answer.results[0].input_message_content
    assert content is not None
    assert content.to_dict()["message_text"].startswith(f"{title}\n\n")


def test_an_answer_names_its_source_and_leads_into_the_conversation() -> None:
    result = ask("hvem kan søke").results[0].to_dict()
    assert "(IMDi" in result["input_message_content"]["message_text"]
    (row,) = result["reply_markup"]["inline_keyboard"]
    assert row[0]["url"] == "https://t.me/veiviser_bot?start=faq_who_can_apply"


def test_a_municipality_that_is_named_is_the_one_that_is_answered_about() -> None:
    answers = [str(r.to_dict()["input_message_content"]) for r in ask("er Drammen med?").results]
    assert "Drammen" in answers[0]


@pytest.mark.parametrize("lang", LANGUAGES)
def test_before_anything_is_written_the_most_common_are_shown(lang: str) -> None:
    faq = Faq.load(SCHEME)
    assert titles(ask("  ", lang)) == [faq.title(key, lang) for key in COMMON]


@pytest.mark.parametrize("said", ["xyzzy", "hva er meningen med livet", "🙂", "\ud800", "a" * 256])
def test_where_nothing_is_near_there_is_a_way_to_ask(said: str) -> None:
    answer = ask(said)
    assert answer.results == ()
    assert answer.button is not None
    assert answer.button.text == say("nb", "inline-nothing")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_button_is_no_longer_than_telegram_takes(lang: str) -> None:
    assert len(say(lang, "inline-nothing")) <= 64


def test_results_fit_what_telegram_takes() -> None:
    faq = Faq.load(SCHEME)
    keys = faq.keys()
    for lang in LANGUAGES:
        for key in keys[::7]:
            for result in ask(faq.title(key, lang), lang).results:
                assert len(result.id.encode()) <= 64
                assert len(str(result.to_dict()["input_message_content"]["message_text"])) <= 4096


def test_what_is_shown_in_a_language_is_kept_for_that_person_only() -> None:
    body = ask("hvem kan søke").body()
    assert body["is_personal"] is True
    assert body["cache_time"] > 0


async def test_nothing_of_it_is_kept(intake: Intake, store: Store) -> None:
    await take(intake, text("/start", 1))
    before = [await table(store, name) for name in ("conversation", "log", "outbox", "processed")]
    answer = await take(intake, inline("hemmelig spørsmål om språkkafé"))
    assert isinstance(answer, InlineAnswer)
    after = [await table(store, name) for name in ("conversation", "log", "outbox", "processed")]
    assert after == before
