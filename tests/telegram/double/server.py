"""The Bot API over HTTP: from a request to a method, with latency and the faults a test ordered.

Started by tests (`running`) and by ``__main__``. Everything happens in one event loop; the driver
acts on the same state, so nothing needs a lock.
"""

import asyncio
import contextlib
import json
import re
import time
from collections.abc import AsyncIterator, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from tests.telegram.double import methods
from tests.telegram.double.arguments import Arguments, arguments_from, read_arguments
from tests.telegram.double.calls import Call, Calls
from tests.telegram.double.faults import Fault, Faults, Order
from tests.telegram.double.refusals import Refused, too_many
from tests.telegram.double.sockets import listen, reset, serving
from tests.telegram.double.state import Telegram
from tests.telegram.double.world import Json

TOKEN = "4242424242:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
USERNAME = "veiviser_bot"
PACE = 0.01  # seconds that a second of the server's own waiting lasts
_TOKEN_FORM = re.compile(r"\d+:[\w-]{35}")
_PAGE = b"<html><head><title>502 Bad Gateway</title></head><body>nginx</body></html>"


class Double(Telegram):
    """The double of the Bot API server.

    Args:
        token: The only one that is answered.
        username: The bot's.
        pace: What a second of the server's own waiting lasts, in seconds.
        has_second_opinion: Whether aiogram looks at every call as well, which takes some seconds to
            load and more time for each call than all the rest.

    Attributes:
        base_url: What goes into ``VEIVISER_TELEGRAM_BASE_URL`` while the double runs.
        latency: Seconds that every answer takes longer.
        calls: Every call that the bot made.
        faults: What is to go wrong.
    """

    def __init__(
        self,
        token: str = TOKEN,
        username: str = USERNAME,
        pace: float = PACE,
        *,
        has_second_opinion: bool = True,
    ) -> None:
        super().__init__(token, username, pace)
        self._judge = _second_opinion() if has_second_opinion else _no_opinion
        self.base_url = ""
        self.latency = 0.0
        self.calls = Calls()
        self.faults = Faults()
        self.call = self._call_of_webhook
        self.app = Starlette(
            routes=[Route("/bot{token}/{method}", self._answer, methods=["GET", "POST"])]
        )

    @property
    def complaints(self) -> list[str]:
        """Each call that broke the rules of the Bot API, whatever the chat looked like."""
        return [f"{call.method}: {call.complaint}" for call in self.calls.all if call.complaint]

    def fail(self, method: str = "", **how: Any) -> Order:
        """Let the next call of a method go wrong; ``how`` is an `Order`'s fields.

        With ``retry_after`` or ``status`` alone the fault is that answer.
        """
        if how.get("retry_after") and "status" not in how:
            how["status"] = 429
        return self.faults.order(Order(how.pop("fault", Fault.STATUS), method, **how))

    async def _answer(self, request: Request) -> Response:
        token, method = request.path_params["token"], request.path_params["method"]
        if not _TOKEN_FORM.fullmatch(token):
            return _json(404, Refused(404, "Not Found").body())
        if token != self.token:
            return _json(401, Refused(401, "Unauthorized").body())
        try:
            arguments = await read_arguments(request)
        except Refused as refused:
            call = Call(method, time.monotonic(), status=400, complaint=refused.description)
            self.calls.all.append(call)
            return _json(refused.code, refused.body())
        call = _noted(method, arguments)
        self.calls.all.append(call)
        order = self.faults.take(method, call.chat)
        if order and order.fault in _BEFORE:
            return await self._instead(order, call, request)
        body = await self._do(call, arguments)
        if self.latency:
            await asyncio.sleep(self.latency)
        if order:
            return await self._spoilt(order, call, body, request)
        return _json(call.status, body)

    async def _do(self, call: Call, arguments: Arguments) -> Json:
        """Carry out a call; the body of its answer. The call notes what became of it."""
        method = methods.ALL.get(call.method.lower())
        call.complaint = self._judge(call.method, arguments)
        try:
            if method is None:
                raise Refused(404, "Not Found: method not found", is_malformed=True)
            result = await method(self, arguments)
        except Refused as refused:
            call.status, call.description = refused.code, refused.description
            if refused.is_malformed:
                call.complaint = call.complaint or refused.description
            return refused.body()
        call.status, call.is_done = 200, True
        return {"ok": True, "result": result}

    async def _call_of_webhook(self, body: Json) -> None:
        arguments = arguments_from({k: v for k, v in body.items() if k != "method"})
        call = _noted(str(body["method"]), arguments)
        self.calls.all.append(call)
        await self._do(call, arguments)

    async def _instead(self, order: Order, call: Call, request: Request) -> Response:
        """The call has no effect."""
        if order.fault is Fault.RESET:
            return _Broken(b"")
        if order.fault is Fault.HANG:
            await _until_gone(request, order.seconds)
            return _Broken(b"")
        call.status = order.status
        if order.as_page:
            return Response(_PAGE, order.status, media_type="text/html")
        if order.status == 429:
            refused = too_many(order.retry_after)
        else:
            words = order.description or _WORDS.get(order.status, "Internal Server Error")
            refused = Refused(order.status, words)
        call.description = refused.description
        return _json(order.status, refused.body())

    async def _spoilt(self, order: Order, call: Call, body: Json, request: Request) -> Response:
        """The call was carried out, and the bot does not hear of it, or hears of it late."""
        if order.fault is Fault.SLOW_ANSWER:
            await _until_gone(request, order.seconds)
            return _json(call.status, body)
        call.status = 0
        sent = _encoded(body)
        return _Broken(sent[: len(sent) // 2] if order.fault is Fault.HALF_ANSWER else b"")


def _second_opinion() -> Callable[[str, Arguments], str]:
    from tests.telegram.double.judge import judge  # loads all of aiogram

    return judge


def _no_opinion(method: str, arguments: Arguments) -> str:
    return ""


_BEFORE = {Fault.STATUS, Fault.HANG, Fault.RESET}
_WORDS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request",
    502: "Bad Gateway",
    503: "Service Unavailable",
    504: "Gateway Timeout",
}


@contextlib.asynccontextmanager
async def running(port: int = 0, **how: Any) -> AsyncIterator[Double]:
    """A double that answers on loopback in this event loop; ``how`` goes to `Double`."""
    double = Double(**how)
    listener = listen(port)
    double.base_url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    server = serving(double.app)
    task = asyncio.create_task(server.serve(sockets=[listener]))
    await server.is_up.wait()
    try:
        yield double
    finally:
        double.intake.on_new = None
        double.intake.stop_polls("the double has been stopped")
        if double.webhook:
            await double.webhook.stop()
        server.is_over.set()
        await task
        listener.close()


class _Broken(Response):
    """The beginning of an answer, or nothing of it, and then a reset connection."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if self.body:
            headers = [(b"content-type", b"application/json"), (b"content-length", b"100000")]
            await send({"type": "http.response.start", "status": 200, "headers": headers})
            await send({"type": "http.response.body", "body": self.body, "more_body": True})
            await asyncio.sleep(0.02)  # a reset overtakes what is still on its way
        await reset(scope["client"])


async def _until_gone(request: Request, seconds: float) -> None:
    """Wait, but no longer than the other end does."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            while (await request.receive())["type"] != "http.disconnect":
                pass


def _noted(method: str, arguments: Arguments) -> Call:
    chat = arguments.text("chat_id")
    number = int(chat) if re.fullmatch(r"-?\d{1,18}", chat) else 0
    return Call(method, time.monotonic(), number, arguments.values)


def _encoded(body: Json) -> bytes:
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def _json(status: int, body: Json) -> Response:
    return Response(_encoded(body), status, media_type="application/json")
