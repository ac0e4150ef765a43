"""One call of the Bot API, with its answer read no further than to whether it went well.

Used by ``bot.telegram.delivery``. A message that is sent is not looked at again, so nothing is made
of the answer; that is a third of what python-telegram-bot's own method costs.
"""

import json
from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Protocol

from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
)
from yarl import URL

from bot.telegram.transport import AiohttpRequest, File

_LONGEST_REASON = 200  # characters of what the server says of a fault


class Caller(Protocol):
    """What messages are sent with."""

    async def call(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, File] | None = None
    ) -> None:
        """Call a method of the Bot API.

        Args:
            method: As in the Bot API, such as ``sendMessage``.
            fields: The parameters, each as text or as JSON.
            files: Files by their parameter.

        Raises:
            TelegramError: as python-telegram-bot's methods do, and nothing in it is secret.
        """


class Calls:
    """Calls for one bot, over a transport that somebody else starts and stops."""

    def __init__(self, transport: AiohttpRequest, bot_url: str) -> None:
        """Call nothing yet.

        Args:
            transport: The way there.
            bot_url: ``https://…/bot<token>``, as `telegram.Bot.base_url` tells it.
        """
        self._transport = transport
        self._base = URL(bot_url)
        self._urls: dict[str, URL] = {}

    async def call(
        self, method: str, fields: Mapping[str, str], files: Mapping[str, File] | None = None
    ) -> None:
        """See `Caller.call`."""
        url = self._urls.get(method)
        if url is None:
            url = self._urls[method] = self._base / method
        status, body = await self._transport.ask(url, fields, files)
        if status != 200 or not _went_well(body):
            raise _error(status, body)


def _went_well(body: bytes) -> bool:
    """Whether it is the Bot API that says so, and not a page of something on the way."""
    return body[:16].replace(b" ", b"").startswith(b'{"ok":true')


def _error(status: int, body: bytes) -> TelegramError:
    """What python-telegram-bot raises for such an answer."""
    told = _told(body)
    reason = str(told.get("description", ""))[:_LONGEST_REASON] or f"HTTP {status}"
    parameters = told.get("parameters") or {}
    if "migrate_to_chat_id" in parameters:
        return ChatMigrated(int(parameters["migrate_to_chat_id"]))
    if "retry_after" in parameters:
        return RetryAfter(timedelta(seconds=float(parameters["retry_after"])))
    kinds: dict[int, type[TelegramError]] = {
        400: BadRequest,
        401: InvalidToken,
        403: Forbidden,
        404: InvalidToken,  # what the server says to a token that is none
    }
    return kinds.get(status, NetworkError)(reason)


def _told(body: bytes) -> dict[str, Any]:
    try:
        told = json.loads(body)
    except ValueError:
        return {}
    return told if isinstance(told, dict) else {}
