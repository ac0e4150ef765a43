"""Inline mode: «@bot kan vi søke om språkkafé» in any chat gives the best answers to choose from.

Called by ``bot.telegram.intake``. Knows the questions and answers and nothing of any conversation;
keeps and logs nothing of what was asked.
"""

from dataclasses import dataclass
from typing import Any

from telegram import (
    Bot,
    InlineKeyboardButton,
    InlineKeyboardMarkup,
    InlineQueryResultArticle,
    InlineQueryResultsButton,
    InputTextMessageContent,
)

from bot.telegram.incoming import InlineQuestion, Me
from bot.telegram.links import link_to_faq
from dialogs.conversation import KEEP_HINT_LANGUAGES
from dialogs.language import language_of
from dialogs.side_questions import answer_to
from dialogs.state import State
from dialogs.texts import say
from knowledge.faq import Faq
from knowledge.places import Places
from knowledge.scheme import Scheme

MOST_RESULTS = 5
CACHE_S = 300
# What nearly everybody asks first; shown before anything is written.
COMMON = (
    "who_can_apply",
    "imdi_vs_municipality",
    "which_municipalities",
    "measures_general",
    "bot_what_is_this",
)
_LONGEST_LINE = 120  # of an answer below its title; a phone shows less


@dataclass(frozen=True, slots=True)
class InlineAnswer:
    """The results for one question, and the button above them where there are none."""

    query: str
    results: tuple[InlineQueryResultArticle, ...]
    button: InlineQueryResultsButton | None

    def body(self) -> dict[str, Any]:
        """The call as Telegram takes it in the answer to a webhook."""
        return {
            "method": "answerInlineQuery",
            "inline_query_id": self.query,
            "results": [result.to_dict() for result in self.results],
            **self._options(),
            **({"button": self.button.to_dict()} if self.button else {}),
        }

    async def send(self, bot: Bot) -> None:
        """Make the call."""
        await bot.answer_inline_query(
            self.query, self.results, button=self.button, **self._options()
        )

    @staticmethod
    def _options() -> dict[str, Any]:
        # What is shown depends on who asks in one thing, their language: so Telegram may keep it
        # for them and not for the next who writes the same.
        return {"cache_time": CACHE_S, "is_personal": True}


def answer_inline(scheme: Scheme, me: Me, asked: InlineQuestion) -> InlineAnswer:
    """The best answers to what was written so far, in the language it is written in or theirs."""
    lang = language_of(asked.text) or _spoken(asked.lang)
    faq = Faq.load(scheme)
    keys = faq.nearest(asked.text, MOST_RESULTS) if asked.text.strip() else COMMON
    place = _place(scheme, asked.text)
    found = [answer_to(scheme, State(lang=lang), key, place) for key in keys]
    results = tuple(_article(scheme, me, key, lang, text) for key, text in dict(found).items())
    button = None
    if not results:
        button = InlineQueryResultsButton(say(lang, "inline-nothing"), start_parameter="inline")
    return InlineAnswer(asked.query, results, button)


def _article(scheme: Scheme, me: Me, key: str, lang: str, answer: str) -> InlineQueryResultArticle:
    title = Faq.load(scheme).title(key, lang)
    is_long = len(answer) > _LONGEST_LINE
    opening = InlineKeyboardButton(say(lang, "inline-open"), url=link_to_faq(me.username, key))
    return InlineQueryResultArticle(
        id=key,
        title=title,
        description=f"{answer[:_LONGEST_LINE]} …" if is_long else answer,
        input_message_content=InputTextMessageContent(f"{title}\n\n{answer}"),
        reply_markup=InlineKeyboardMarkup([[opening]]),
    )


def _place(scheme: Scheme, text: str) -> str:
    """The number of the municipality that the question names, or nothing."""
    reading = Places.load(scheme.year).find(text)
    return reading.candidates[0].number if reading.kind == "municipality" else ""


def _spoken(lang: str | None) -> str:
    return KEEP_HINT_LANGUAGES.get((lang or "nb")[:2].lower(), "en")
