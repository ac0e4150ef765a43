"""Whether a running Veiviser is alive, ready and how it fares: `/healthz`, `/readyz`, `/metrics`.

Mounted by ``bot.web``. None of them shows anything about anybody, nor a setting.
"""

import asyncio
import hmac
from collections.abc import Callable

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.errors import StoreError
from bot.metrics import Metrics
from bot.store import Chat, Store

_PATIENCE_S = 3.0
_NOBODY = Chat("health", "nobody")
_LOOPBACK = ("127.0.0.1", "::1")
# Behind a proxy on the same machine everybody comes from there.
_FORWARDED = ("forwarded", "x-forwarded-for", "x-real-ip")
_TEXT = "text/plain; version=0.0.4; charset=utf-8"


def health_routes(
    store: Store, metrics: Metrics, token: str | None, is_running: Callable[[], bool]
) -> list[Route]:
    """The three routes.

    Args:
        store: What must answer for the process to be ready.
        metrics: What is shown.
        token: What a bearer needs to see them from elsewhere; None for from this machine only.
        is_running: Whether every part does its work, and none was asked to stop.
    """

    async def alive(request: Request) -> Response:
        return PlainTextResponse("ok\n")

    async def ready(request: Request) -> Response:
        if not is_running():
            return PlainTextResponse("stopping\n", 503)
        if not await _answers(store):
            return PlainTextResponse("database: no answer\n", 503)
        return PlainTextResponse("ok\n")

    async def measured(request: Request) -> Response:
        if not _may_see(request, token):
            return Response(status_code=403)
        return Response(metrics.page(), media_type=_TEXT)

    return [
        Route("/healthz", alive),
        Route("/readyz", ready),
        Route("/metrics", measured),
    ]


async def _answers(store: Store) -> bool:
    try:
        async with asyncio.timeout(_PATIENCE_S):
            await store.state(_NOBODY)
    except (StoreError, TimeoutError):
        return False
    return True


def _may_see(request: Request, token: str | None) -> bool:
    if token is not None:
        given = request.headers.get("authorization", "")
        if hmac.compare_digest(given.encode(), f"Bearer {token}".encode()):
            return True
    is_here = request.client is not None and request.client.host in _LOOPBACK
    return is_here and not any(name in request.headers for name in _FORWARDED)
