"""One update of Telegram, from its JSON to the turn that is kept, and what is answered at once.

Called by ``bot.telegram.polling`` and ``bot.telegram.webhook``, which confirm an update only when
this has returned. Replies are not sent from here: they wait in the store's outbox.
"""

import asyncio
import logging
import time
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from typing import Any, Protocol

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import TelegramError

from bot.errors import StoreError
from bot.metrics import Metrics
from bot.recent import Recent
from bot.store import Store
from bot.telegram.dressing import Dresser
from bot.telegram.groups import move, placed
from bot.telegram.incoming import (
    LONGEST_ALERT,
    Ignored,
    Incoming,
    InlineQuestion,
    Me,
    Membership,
    Moved,
    Read,
    read_update,
)
from bot.telegram.inline import answer_inline
from bot.telegram.lanes import Lanes
from bot.telegram.links import opened
from bot.turns import Taken, Update, take_surely, where
from dialogs.conversation import KEEP_HINT_LANGUAGES
from dialogs.messages import Utterance
from dialogs.texts import say
from knowledge.scheme import Scheme

_TYPING_AFTER_S = 0.3
_log = logging.getLogger(__name__)


class Answer(Protocol):
    """A call that answers an update at once, as well as can be: nothing waits for its result."""

    def body(self) -> dict[str, Any]:
        """The call as Telegram takes it in the answer to a webhook."""

    async def send(self, bot: Bot) -> None:
        """Make the call."""


@dataclass(frozen=True, slots=True)
class TapAnswer:
    """Ends the waiting sign on a button; ``alert`` is shown there in a box."""

    query: str
    alert: str = ""

    def body(self) -> dict[str, Any]:
        """See `Answer.body`."""
        alert = {"text": self.alert[:LONGEST_ALERT], "show_alert": True} if self.alert else {}
        return {"method": "answerCallbackQuery", "callback_query_id": self.query, **alert}

    async def send(self, bot: Bot) -> None:
        """See `Answer.send`."""
        text = self.alert[:LONGEST_ALERT] or None
        await bot.answer_callback_query(self.query, text=text, show_alert=bool(text))


@dataclass(frozen=True, slots=True)
class GroupGreeting:
    """How to talk to the bot, said once to a group that it was added to."""

    place: int
    text: str

    def body(self) -> dict[str, Any]:
        """See `Answer.body`."""
        return {"method": "sendMessage", "chat_id": self.place, "text": self.text}

    async def send(self, bot: Bot) -> None:
        """See `Answer.send`."""
        await bot.send_message(self.place, self.text)


class Intake:
    """Takes updates.

    ``days`` is how long conversations are kept. ``on_kept`` is called after each turn, so that the
    sender need not look.
    """

    def __init__(
        self,
        me: Me,
        bot: Bot,
        scheme: Scheme,
        store: Store,
        metrics: Metrics,
        days: int,
        on_kept: Callable[[], None],
    ) -> None:
        self._me = me
        self._bot = bot
        self._scheme = scheme
        self._store = store
        self._metrics = metrics
        self._days = days
        self._on_kept = on_kept
        self._lanes = Lanes()
        self._recent = Recent()

    def read(self, raw: Mapping[str, Any]) -> Read:
        """What an update is, counted."""
        read = read_update(raw, self._me)
        kind = f"ignored: {read.reason}" if isinstance(read, Ignored) else _KINDS[type(read)]
        self._metrics.updates.labels(kind).inc()
        return read

    async def take(self, read: Read) -> Answer | None:
        """Do what an update asks; when this returns it may be confirmed.

        Raises:
            bot.errors.StoreError: it could not be kept, and must come again.
            bot.telegram.lanes.LaneFull: too much of its conversation waits; it must come again.
        """
        if isinstance(read, Incoming):
            if read.tap and read.is_anothers:
                return TapAnswer(read.tap.query, self._not_yours(read))
            return await self._turn(await placed(self._store, read))
        try:
            return await self._beside(read)
        except StoreError:
            raise
        # A turn that fails is tried again and set aside by `take_surely`; here nothing is kept, and
        # what fails would only hold others up if it came again and again.
        except Exception as error:
            self._note_fault(error)
        return None

    async def _beside(self, read: Read) -> Answer | None:
        match read:
            case InlineQuestion():
                return answer_inline(self._scheme, self._me, read)
            case Membership():
                return await self._membership(read)
            case Moved():
                await move(self._store, read.old, read.new)
            case Ignored(query=str(query)):
                return TapAnswer(query)
        return None

    async def _turn(self, incoming: Incoming) -> Answer | None:
        begun = time.monotonic()
        update = Update(incoming.chat, self._said(incoming), incoming.id)
        async with self._lanes.turn(incoming.chat.name), self._typing(incoming.place):
            taken = await take_surely(
                update,
                self._scheme,
                self._store,
                recent=self._recent,
                dress=Dresser(incoming.tap).dress,
            )
        self._count(taken, time.monotonic() - begun)
        self._on_kept()
        return TapAnswer(incoming.tap.query, taken.notice or "") if incoming.tap else None

    def _not_yours(self, incoming: Incoming) -> str:
        return say(_language(incoming.utterance.lang), "button-not-yours")

    def _said(self, incoming: Incoming) -> Utterance:
        said = opened(self._scheme, incoming.link) or incoming.utterance
        return replace(said, lang=incoming.utterance.lang, kept_days=self._days)

    def _note_fault(self, error: Exception) -> None:
        _log.error("An update was passed over", extra={"error": where(error)})
        self._metrics.errors.labels("intake").inc()

    def _count(self, taken: Taken, seconds: float) -> None:
        intent = taken.heard.intent if taken.heard else "repeated or failed"
        self._metrics.turns.labels(intent).inc()
        self._metrics.turn_seconds.observe(seconds)
        if taken.heard and intent == "question" and not taken.heard.faq:
            self._metrics.unanswered.inc()

    async def _membership(self, change: Membership) -> Answer | None:
        """A group is told how to talk to us; for whoever has gone, nothing more waits."""
        if change.change == "added":
            return GroupGreeting(change.place, say(_language(change.lang), "group-greeting"))
        await self._store.drop(self._store.pseudonym(change.chat))
        return None

    @asynccontextmanager
    async def _typing(self, place: int) -> AsyncIterator[None]:
        """Show that we write, if it takes longer than people wait without wondering."""
        showing = asyncio.get_running_loop().call_later(_TYPING_AFTER_S, self._show_typing, place)
        try:
            yield
        finally:
            showing.cancel()

    def _show_typing(self, place: int) -> None:
        action = self._bot.send_chat_action(place, ChatAction.TYPING)
        self._actions = asyncio.ensure_future(_quietly(action))


def _language(hint: str | None) -> str:
    """Ours that comes nearest to what Telegram says of a person."""
    return KEEP_HINT_LANGUAGES.get((hint or "nb")[:2].lower(), "en")


async def _quietly(call: Any) -> None:
    with suppress(TelegramError):
        await call


_KINDS = {Incoming: "turn", InlineQuestion: "inline", Membership: "membership", Moved: "moved"}
