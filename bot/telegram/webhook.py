"""The webhook: Telegram posts an update, and is told that it came when its turn is kept.

Mounted by ``bot.web``. Whatever is refused with 503 Telegram sends again, the updates of a chat in
order; never 410, at which it would give the webhook up. Neither a payload nor a secret is logged.
"""

import asyncio
import hmac
import json
import logging
from typing import Any

from starlette.requests import ClientDisconnect, Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.errors import StoreError
from bot.telegram.intake import Intake
from bot.telegram.lanes import LaneFull
from bot.turns import where

PATH = "/telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LARGEST_BODY = 1_000_000  # bytes; an update of Telegram has a few thousand
_LATER = {"Retry-After": "2"}  # seconds
_PATIENCE_S = 50.0  # Telegram waits for 60, and then sends the same again
_log = logging.getLogger(__name__)


def webhook_route(intake: Intake, secret: str) -> Route:
    """The route that takes updates from whoever knows the secret."""
    expected = secret.encode()

    async def receive(request: Request) -> Response:
        given = request.headers.get(SECRET_HEADER, "").encode()
        if not hmac.compare_digest(given, expected):
            return Response(status_code=403)
        try:
            body = await _body(request)
        except ClientDisconnect:
            return Response(status_code=400)
        if body is None:
            return Response(status_code=413)
        update = _json_object(body)
        if update is None:
            return Response(status_code=400)
        return await _taken(intake, update)

    return Route(PATH, receive, methods=["POST"])


async def _taken(intake: Intake, update: dict[str, Any]) -> Response:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            answer = await intake.take(intake.read(update))
    except (StoreError, LaneFull, TimeoutError) as error:
        _log.warning("Not kept, to come again: %s", error or type(error).__name__)
        return Response(status_code=503, headers=_LATER)
    except Exception as error:  # whatever it is, the update must not be lost
        _log.error("Not kept, to come again", extra={"error": where(error)})
        return Response(status_code=503, headers=_LATER)
    return JSONResponse(answer.body()) if answer else Response()


async def _body(request: Request) -> bytes | None:
    """The body; None when it is too large, and then no more of it was read than that."""
    body = bytearray()
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_BODY:
            return None
    return bytes(body)


def _json_object(body: bytes) -> dict[str, Any] | None:
    try:
        found = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) else None
