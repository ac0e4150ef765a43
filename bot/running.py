"""What `veiviser telegram` and `veiviser web` do from start to stop.

Called by ``bot.services``. Puts the parts together; what each does stands in its own module.
"""

import asyncio
import logging
import signal
import socket
import sys
from collections.abc import Coroutine
from typing import Any

from starlette.routing import Route

from bot.health import health_routes
from bot.logs import set_up
from bot.metrics import Metrics
from bot.settings import Settings
from bot.store import Store
from bot.telegram.serving import Channel, Refused, Stop, beside, channel, webhook_secret
from bot.telegram.webhook import webhook_route
from bot.upkeep import Upkeep
from bot.web import application, server
from dialogs.messages import Utterance
from dialogs.state import State
from dialogs.understand import understand
from knowledge.scheme import Scheme

OK, FAULT, INTERRUPTED = 0, 1, 130
_STOPS_WITHIN_S, _BROKEN_OFF_S = 8.0, 1.0
_BACKLOG = 2048  # connections that wait to be taken
_REFUSED = (
    "Telegram godtar ikke VEIVISER_TELEGRAM_TOKEN. Hent det på nytt: skriv /mybots til @BotFather.",
    "Telegram does not accept VEIVISER_TELEGRAM_TOKEN. Get it anew: write /mybots to @BotFather.",
)
_NO_PORT = (
    "Kan ikke ta imot på {where}: {reason}. Velg en annen --port, eller en annen --host.",
    "Cannot serve on {where}: {reason}. Choose another --port, or another --host.",
)

_log = logging.getLogger(__name__)


def run(settings: Settings, scheme: Scheme, store: Store, where: tuple[str, int] | None) -> int:
    """Run until asked to stop.

    Args:
        settings: What the operator has set.
        scheme: The year's rules.
        store: Where conversations are kept; closed at the end.
        where: The host and port to serve at; None to fetch updates instead.

    Returns:
        The command's exit code.
    """
    tokens = (settings.telegram_token, settings.webhook_secret, settings.secret_key)
    _warm_up(scheme)
    set_up(token.get_secret_value() for token in tokens if token)
    serving = None
    if where is not None:
        try:
            serving = _listen(*where)
        except OSError as error:
            shown, reason = f"{where[0]}:{where[1]}", error.strerror or "?"
            _tell(*(said.format(where=shown, reason=reason) for said in _NO_PORT))
            return FAULT
    try:
        return asyncio.run(_Service(settings, scheme, store, serving).run())
    except Refused:
        _tell(*_REFUSED)
        return FAULT
    finally:
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, signal.SIG_IGN)  # one that comes while we end must not kill us


class _Service:
    """One run of the command: its parts, from start to stop."""

    def __init__(
        self, settings: Settings, scheme: Scheme, store: Store, serving: socket.socket | None
    ) -> None:
        self._settings = settings
        self._scheme = scheme
        self._store = store
        self._serving = serving
        self._metrics = Metrics()

    async def run(self) -> int:
        self._stop = Stop()
        upkeep = Upkeep(self._store, self._settings.retention_days)
        try:
            async with beside(self._stop, upkeep.run()):
                await self._within_reason(self._take_what_comes())
        finally:
            await self._store.close()
        if self._stop.by_failure:
            return FAULT
        return INTERRUPTED if self._stop.by_interrupt else OK

    async def _within_reason(self, work: Coroutine[Any, Any, None]) -> None:
        """Do this; when asked to stop, wait no longer for it than somebody waits for us."""
        doing, stopping = (
            asyncio.ensure_future(work),
            asyncio.ensure_future(self._stop.event.wait()),
        )
        await asyncio.wait({doing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        await asyncio.wait({doing}, timeout=_STOPS_WITHIN_S)
        if doing.done():
            await doing
            return
        _log.error("Something does not end, and is broken off; what was confirmed is kept")
        self._stop.fail()
        doing.cancel()
        await asyncio.wait({doing}, timeout=_BROKEN_OFF_S)

    async def _take_what_comes(self) -> None:
        if self._settings.telegram_token is None:
            await self._serve(None)
            return
        async with channel(
            self._settings, self._scheme, self._store, self._metrics, self._stop
        ) as telegram:
            if telegram is None:
                return  # asked to stop before Telegram answered
            print(f"Veiviser svarer som @{telegram.me.username}. Ctrl-C stopper.", flush=True)
            if self._serving is None:
                await telegram.poll(self._stop.event)
            else:
                await self._serve(telegram)

    async def _serve(self, telegram: Channel | None) -> None:
        works = []
        routes = self._health()
        if telegram is not None:
            secret = webhook_secret(self._settings)
            routes.append(webhook_route(telegram.intake, secret))
            if self._settings.public_url:
                works.append(telegram.set_webhook(self._settings.public_url, secret))
        web = server(application(routes))

        async def end() -> None:
            await self._stop.event.wait()
            web.should_exit = True

        async with beside(self._stop, end(), *works):
            await web.serve(sockets=[self._serving] if self._serving else None)

    def _health(self) -> list[Route]:
        given = self._settings.metrics_token
        token = given.get_secret_value() if given else None
        stop = self._stop.event
        return health_routes(self._store, self._metrics, token, lambda: not stop.is_set())


def _warm_up(scheme: Scheme) -> None:
    """Read what the first messages would have to wait for."""
    state = State(greeted=True, answers={"registered": "yes"})
    for text in ("ja", "kan vi søke om språkkafé i Drammn?"):
        understand(scheme, state, Utterance(text=text))


def _listen(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    return socket.create_server((host, port), family=family, backlog=_BACKLOG)


def _tell(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)
