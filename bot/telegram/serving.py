"""The running channel: what comes in, what goes out and what is tidied, started and stopped as one.

Called by ``bot.services`` for `veiviser telegram` and `veiviser web`. Stops at SIGTERM or Ctrl-C
within ten seconds, the turns under way finished; a second signal changes nothing.
"""

import asyncio
import hashlib
import hmac
import logging
import signal
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from typing import Any

from telegram import Bot
from telegram.error import InvalidToken, TelegramError

from bot.card_pdf import as_pdf
from bot.metrics import Metrics
from bot.own_data import own_files
from bot.settings import Settings
from bot.store import Chat, Store
from bot.telegram.calls import Calls
from bot.telegram.chats import CHANNEL
from bot.telegram.groups import move
from bot.telegram.incoming import Me
from bot.telegram.intake import Intake
from bot.telegram.lease import POLLING, Lease
from bot.telegram.polling import KINDS, Polling
from bot.telegram.registering import register
from bot.telegram.sender import Sender
from bot.telegram.transport import AiohttpRequest
from bot.telegram.webhook import PATH
from bot.turns import where
from knowledge.scheme import Scheme

_POLLING_CONNECTIONS = 4  # one that hangs must not keep the next call from being made
MOST_CONNECTIONS = 20  # of Telegram to the webhook at once
_SENDING_ENDS_S = 3.0
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_log = logging.getLogger(__name__)


class Stop:
    """The wish to stop, by a signal or because a part has failed; a second one changes nothing."""

    def __init__(self) -> None:
        self.event = asyncio.Event()
        self.by_interrupt = False
        self.by_failure = False
        self._loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._on_signal)

    def _on_signal(self, number: int, _: object) -> None:
        self.by_interrupt |= number == signal.SIGINT
        with suppress(RuntimeError):  # the loop has ended already
            self._loop.call_soon_threadsafe(self.event.set)

    def fail(self) -> None:
        """A part that the others need is gone: better to be started anew."""
        self.by_failure = True
        self.event.set()


class Refused(Exception):
    """Telegram does not accept the token."""


@dataclass(frozen=True, slots=True)
class Channel:
    """A channel that runs: ``intake`` takes what comes in, ``lease`` is that to poll."""

    bot: Bot
    for_polling: AiohttpRequest
    me: Me
    intake: Intake
    lease: Lease

    async def poll(self, stop: asyncio.Event) -> None:
        """Fetch what comes in until asked to stop (see `bot.telegram.polling`)."""
        try:
            await Polling(self.bot, self.for_polling, self.intake, self.lease, stop).run()
        except InvalidToken:
            raise Refused from None

    async def set_webhook(self, url: str, secret: str) -> None:
        """Have Telegram post what comes in; asked again until it agrees. Never drops what waits."""
        pause_s = _FIRST_PAUSE_S
        while True:
            try:
                await self.bot.set_webhook(
                    url + PATH,
                    allowed_updates=KINDS,
                    max_connections=MOST_CONNECTIONS,
                    secret_token=secret,
                )
                return
            except TelegramError as error:
                _log.error("Webhook not set, trying again: %s", error)
            await asyncio.sleep(pause_s)
            pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)


@asynccontextmanager
async def channel(
    settings: Settings, scheme: Scheme, store: Store, metrics: Metrics, stop: Stop
) -> AsyncIterator[Channel | None]:
    """Start the channel, and stop it in the end; None if asked to stop before Telegram answered.

    Raises:
        Refused: Telegram does not accept the token.
    """
    bot, transport, for_polling = make_bot(settings)
    try:
        me = await _introduction(bot, stop)
        if me is None:
            yield None
            return
        sender = Sender(
            store,
            Calls(transport, bot.base_url),
            rate=settings.telegram_rate,
            as_pdf=as_pdf,
            own_files=lambda chat: own_files(store, Chat(CHANNEL, chat, is_sent_to=True), scheme),
            watching=metrics,
            on_migrated=lambda old, new: move(store, int(old), int(new)),
        )
        intake = Intake(me, bot, scheme, store, metrics, settings.retention_days, sender.wake)
        async with beside(stop, sender.run(), register(bot)):
            try:
                polls = Lease(store, lambda: None, name=POLLING)
                yield Channel(bot, for_polling, me, intake, polls)
            finally:
                await sender.stop(_SENDING_ENDS_S)
    finally:
        await bot.shutdown()


@asynccontextmanager
async def beside(stop: Stop, *works: Coroutine[Any, Any, None]) -> AsyncIterator[None]:
    """Do these meanwhile; one that fails stops everything, to be started anew."""

    def look(task: asyncio.Task[None]) -> None:
        if not task.cancelled() and (error := task.exception()) is not None:
            _log.critical("A part has failed", extra={"error": where(error)})
            stop.fail()

    tasks = [asyncio.ensure_future(work) for work in works]
    for task in tasks:
        task.add_done_callback(look)
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.wait(tasks)


def make_bot(settings: Settings) -> tuple[Bot, AiohttpRequest, AiohttpRequest]:
    """The client, what carries its calls, and what carries those that wait for updates."""
    assert settings.telegram_token is not None
    transport, for_polling = AiohttpRequest(), AiohttpRequest(_POLLING_CONNECTIONS)
    bot = Bot(
        settings.telegram_token.get_secret_value(),
        base_url=f"{settings.telegram_base_url}/bot",
        request=transport,
        get_updates_request=for_polling,
    )
    return bot, transport, for_polling


def webhook_secret(settings: Settings) -> str:
    """The secret that is set, else one that every process makes of the token alike."""
    if settings.webhook_secret is not None:
        return settings.webhook_secret.get_secret_value()
    assert settings.telegram_token is not None
    token = settings.telegram_token.get_secret_value().encode()
    return hmac.new(token, b"veiviser webhook", hashlib.sha256).hexdigest()


async def _introduction(bot: Bot, stop: Stop) -> Me | None:
    """Ask Telegram who we are, until it answers."""
    pause_s = _FIRST_PAUSE_S
    while not stop.event.is_set():
        try:
            await bot.initialize()
            return Me(bot.bot.id, bot.bot.username or "")
        except InvalidToken:
            raise Refused from None
        except TelegramError as error:
            _log.warning("No answer from Telegram, trying again: %s", error)
        with suppress(TimeoutError):
            async with asyncio.timeout(pause_s):
                await stop.event.wait()
        pause_s = min(2 * pause_s, _LONGEST_PAUSE_S)
    return None
