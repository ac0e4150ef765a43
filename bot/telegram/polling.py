"""Long polling: ask Telegram for what waits, take it, and only then confirm it.

Started by ``bot.telegram.serving``. Telegram forgets an update when a later offset is asked for, so
the offset moves only when every turn before it is kept; whatever is given twice counts once.
"""

import asyncio
import json
import logging
import random
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from contextlib import suppress
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, TelegramError
from telegram.request import BaseRequest

from bot.errors import StoreError
from bot.telegram.incoming import Read, lane_of
from bot.telegram.intake import Answer, Intake
from bot.telegram.lease import Lease
from bot.turns import where

KINDS = ("message", "edited_message", "callback_query", "inline_query", "my_chat_member")
LIMIT = 100  # updates in one answer, the most that Telegram gives
_POLL_S = 50  # how long Telegram waits for something to come, the most that it takes
_GRACE_S = 10.0  # beyond that, until the connection is taken for dead
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.5, 30.0
_CONFLICT_PAUSE_S = 5.0
_LOOKED_EVERY_S = 0.2  # while another process polls
_GOODBYE_S = 2.0
_CONFLICT = (
    "En annen prosess henter meldinger for den samme boten, eller boten har en webhook. Stopp den "
    "andre, eller sett VEIVISER_PUBLIC_URL. Prøver igjen. / Another process polls for the same "
    "bot, or the bot has a webhook. Stop the other, or set VEIVISER_PUBLIC_URL. Trying again."
)
_WAITING = (
    "Venter med å hente meldinger: en annen prosess gjør det for den samme databasen, eller den "
    "svarer ikke. / Waiting to poll: another process does so for the same database, or that does "
    "not answer."
)
_log = logging.getLogger(__name__)


class Polling:
    """One process' polling. ``request`` makes its calls: they last long and are asked often."""

    def __init__(
        self, bot: Bot, request: BaseRequest, intake: Intake, lease: Lease, stop: asyncio.Event
    ) -> None:
        self._bot = bot
        self._request = request
        self._intake = intake
        self._lease = lease
        self._stop = stop
        self._offset: int | None = None
        self._taken: set[int] = set()  # those above the offset
        self._answering: set[asyncio.Task[None]] = set()
        self._pause_s = _FIRST_PAUSE_S

    async def run(self) -> None:
        """Poll until asked to stop; the turns under way are finished and confirmed.

        Raises:
            telegram.error.InvalidToken: Telegram refuses the token.
        """
        await self._lease.ask()
        keeping = asyncio.ensure_future(self._lease.keep())
        try:
            await self._rounds()
        finally:
            keeping.cancel()
            await asyncio.wait({keeping})
            await self._lease.give_back()

    async def _rounds(self) -> None:
        while not self._stop.is_set():
            try:
                await self._may_poll()
                await self._round()
                self._pause_s = _FIRST_PAUSE_S
            except InvalidToken:
                raise
            except Conflict:
                _log.error(_CONFLICT)
                await self._rest(_CONFLICT_PAUSE_S)
            except StoreError as error:
                await self._rest_longer("Not kept, trying again: %s", error)
            except TelegramError as error:
                await self._rest_longer("No answer from Telegram, trying again: %s", error)
            except Exception as error:  # whatever it is, no update must be lost
                await self._rest_longer("Failed, trying again: %s", where(error))
        await self._say_goodbye()

    async def _may_poll(self) -> None:
        """Wait while another process polls into the same database."""
        if not self._lease.is_held:
            _log.warning(_WAITING)
        while not self._lease.is_held and not self._stop.is_set():
            await self._rest(_LOOKED_EVERY_S)

    async def _round(self) -> None:
        raws = await self._ask(_POLL_S)
        await self._take_all([raw for raw in raws if raw["update_id"] not in self._taken])
        if raws:
            self._offset = max(raw["update_id"] for raw in raws) + 1
            self._taken.clear()

    async def _ask(self, wait_s: int) -> Sequence[Mapping[str, Any]]:
        """What Telegram has; nothing when asked to stop meanwhile."""
        asking = asyncio.ensure_future(self._get_updates(wait_s))
        stopping = asyncio.ensure_future(self._stop.wait())
        await asyncio.wait((asking, stopping), return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if asking.done():
            return asking.result()
        asking.cancel()
        with suppress(asyncio.CancelledError, TelegramError):
            await asking
        return ()

    async def _get_updates(self, wait_s: int) -> Sequence[Mapping[str, Any]]:
        # Not `Bot.get_updates`: it parses all or nothing, so that one update it cannot read would
        # be asked for again for ever; and it logs what it could not read.
        given = {"timeout": wait_s, "limit": LIMIT, "allowed_updates": json.dumps(KINDS)}
        if self._offset is not None:
            given["offset"] = self._offset
        address = f"{self._bot.base_url}/getUpdates?{urlencode(given)}"
        found: Any = await self._request.post(address, read_timeout=wait_s + _GRACE_S)
        return [raw for raw in found if isinstance(raw.get("update_id"), int)]

    async def _take_all(self, raws: Iterable[Mapping[str, Any]]) -> None:
        """Take them, each chat's in order; what cannot be kept holds up only its own."""
        lanes: defaultdict[str, list[tuple[int, Read]]] = defaultdict(list)
        for raw in raws:
            read = self._intake.read(raw)
            number = raw["update_id"]
            lanes[lane_of(read) or f"alone {number}"].append((number, read))
        results = await asyncio.gather(
            *(self._take_in_order(lane) for lane in lanes.values()), return_exceptions=True
        )
        for result in results:
            if isinstance(result, BaseException):
                raise result

    async def _take_in_order(self, lane: Iterable[tuple[int, Read]]) -> None:
        for number, read in lane:
            answer = await self._intake.take(read)
            self._taken.add(number)
            if answer is not None:
                self._answer(answer)

    def _answer(self, answer: Answer) -> None:
        """As well as can be: a tap that is answered too late has lost its waiting sign anyway."""
        task = asyncio.ensure_future(self._send(answer))
        self._answering.add(task)
        task.add_done_callback(self._answering.discard)

    async def _send(self, answer: Answer) -> None:
        with suppress(TelegramError):
            await answer.send(self._bot)

    async def _say_goodbye(self) -> None:
        """Confirm what was taken, so that it need not be given to the next process again."""
        if self._answering:
            await asyncio.wait(self._answering, timeout=_GOODBYE_S)
        if self._offset is not None:
            with suppress(TelegramError, TimeoutError):
                async with asyncio.timeout(_GOODBYE_S):
                    await self._get_updates(0)

    async def _rest_longer(self, why: str, error: object) -> None:
        _log.warning(why, error)
        await self._rest(self._pause_s * random.uniform(0.5, 1.0))
        self._pause_s = min(2 * self._pause_s, _LONGEST_PAUSE_S)

    async def _rest(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stop.wait()
