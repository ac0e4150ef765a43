"""Our way to the Bot API: python-telegram-bot works over it, and no fault tells the token."""

import asyncio
import logging
import traceback
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio
import telegram
from aiohttp import web
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.calls import Calls
from bot.telegram.fates import seconds_asked
from bot.telegram.transport import AiohttpRequest, NotSent
from tests.telegram.double import Double, Fault
from tests.telegram.double.server import TOKEN
from tests.telegram.driver import Group, User


@pytest_asyncio.fixture
async def transport() -> AsyncIterator[AiohttpRequest]:
    """A transport that has little patience."""
    made = AiohttpRequest(8, read_timeout=0.3, write_timeout=0.3, connect_timeout=1, pool_timeout=1)
    async with made:
        yield made


@pytest.fixture
def calls(double: Double, transport: AiohttpRequest) -> Calls:
    return Calls(transport, f"{double.base_url}/bot{double.token}")


async def send(calls: Calls, chat: int, **more: str) -> None:
    await calls.call("sendMessage", {"chat_id": str(chat), "text": "Hei & hå", **more})


async def test_a_bot_of_python_telegram_bot_works_over_it(double: Double, kari: User) -> None:
    address = f"{double.base_url}/bot"
    updates = AiohttpRequest(2)
    async with telegram.Bot(
        double.token, address, request=AiohttpRequest(), get_updates_request=updates
    ) as bot:
        (update,) = await bot.get_updates(timeout=1)
        assert update.message
        sent = await bot.send_message(kari.id, "<b>Hei</b>", "HTML")
        assert sent.text_html == "<b>Hei</b>"
        await bot.send_document(kari.id, b"%PDF-1.7", filename="svar.pdf", caption="Æ")
        assert kari.last.file
        assert (kari.last.file.name, kari.last.file.content) == ("svar.pdf", b"%PDF-1.7")
        await kari.block()
        with pytest.raises(Forbidden, match="blocked"):
            await bot.send_message(kari.id, "Hei")


async def test_a_call_of_our_own_says_the_same(double: Double, calls: Calls, kari: User) -> None:
    await send(calls, kari.id, reply_markup='{"inline_keyboard":[]}')
    assert kari.last.shown == "Hei & hå"
    file = ("kort.pdf", b"%PDF-1.7", "application/pdf")
    fields = {"chat_id": str(kari.id), "caption": "Kort å lese"}
    await calls.call("sendDocument", fields, {"document": file})
    assert kari.last.file
    assert (kari.last.file.name, kari.last.shown) == ("kort.pdf", "Kort å lese")
    assert kari.last.file.mime_type == "application/pdf"


@pytest.mark.parametrize(
    ("fault", "kind", "said"),
    [
        pytest.param(
            {"status": 400, "description": "Bad Request: nei"}, BadRequest, "Nei", id="refused"
        ),
        pytest.param({"status": 401}, InvalidToken, "Unauthorized", id="a wrong token"),
        pytest.param({"status": 403}, Forbidden, "blocked", id="blocked"),
        pytest.param({"status": 404}, InvalidToken, "Not Found", id="no token"),
        pytest.param({"status": 500}, NetworkError, "Internal", id="a fault of the server's"),
        pytest.param({"status": 502, "as_page": True}, NetworkError, "HTTP 502", id="a page"),
        pytest.param({"status": 200, "as_page": True}, NetworkError, "HTTP 200", id="a false yes"),
        pytest.param({"retry_after": 7}, RetryAfter, "Flood", id="asked to wait"),
        pytest.param({"fault": Fault.RESET}, NetworkError, "Client|Server", id="reset"),
        pytest.param({"fault": Fault.HALF_ANSWER}, NetworkError, "Client", id="half an answer"),
        pytest.param({"fault": Fault.HANG}, TimedOut, "no answer in time", id="no answer"),
    ],
)
async def test_what_goes_wrong_is_told_as_python_telegram_bot_does(
    double: Double,
    calls: Calls,
    kari: User,
    fault: dict[str, Any],
    kind: type[TelegramError],
    said: str,
) -> None:
    double.fail("sendMessage", **fault)
    with pytest.raises(kind, match=said) as told:
        await send(calls, kari.id)
    assert type(told.value) is kind
    if isinstance(told.value, RetryAfter):
        assert seconds_asked(told.value) == 7
    await send(calls, kari.id)
    assert kari.last.shown == "Hei & hå"


async def test_a_group_that_moved(calls: Calls, double: Double, kari: User) -> None:
    group = Group(double, "Styret", [kari])
    moved = await group.migrate(kari)
    with pytest.raises(ChatMigrated) as told:
        await send(calls, group.chat.id)
    assert told.value.new_chat_id == moved.chat.id


def shown(error: Exception, caplog: pytest.LogCaptureFixture) -> str:
    """All that is told of an error; what the double's own server logs is not ours."""
    ours = [r.getMessage() for r in caplog.records if not r.name.startswith("uvicorn")]
    return "".join((*traceback.format_exception(error), repr(error), *ours))


UNREACHABLE = [
    pytest.param("http://127.0.0.1:1", NotSent, id="nobody listens"),
    pytest.param("http://vert.invalid", NotSent, id="no such host"),
    pytest.param("http://[", NetworkError, id="no address at all"),
]


@pytest.mark.promise("T2")
@pytest.mark.parametrize(("address", "kind"), UNREACHABLE)
async def test_the_token_is_in_no_fault_and_no_log(
    transport: AiohttpRequest,
    caplog: pytest.LogCaptureFixture,
    address: str,
    kind: type[TelegramError],
) -> None:
    caplog.set_level(logging.INFO)  # below that python-telegram-bot logs the address itself
    bot = telegram.Bot(TOKEN, f"{address}/bot", request=transport, get_updates_request=transport)
    with pytest.raises(NetworkError) as told:
        await bot.send_message(1, "Hei")
    assert TOKEN not in shown(told.value, caplog)
    assert isinstance(told.value, kind)


@pytest.mark.promise("T2")
@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"status": 502, "as_page": True}, id="a page"),
        pytest.param({"fault": Fault.RESET}, id="reset"),
        pytest.param({"fault": Fault.HANG}, id="no answer"),
        pytest.param({"status": 401}, id="a wrong token"),
    ],
)
async def test_nor_in_those_of_a_server_that_answers_badly(
    double: Double,
    transport: AiohttpRequest,
    caplog: pytest.LogCaptureFixture,
    fault: dict[str, Any],
) -> None:
    caplog.set_level(logging.INFO)  # below that python-telegram-bot logs the address itself
    double.fail(**fault)
    address = f"{double.base_url}/bot"
    bot = telegram.Bot(TOKEN, address, request=transport, get_updates_request=transport)
    with pytest.raises(TelegramError) as told:
        await bot.send_message(1, "Hei")
    assert TOKEN not in shown(told.value, caplog)


@pytest.mark.promise("T2")
async def test_a_page_that_shows_the_address_is_not_passed_on(
    transport: AiohttpRequest, caplog: pytest.LogCaptureFixture
) -> None:
    async def page(request: web.Request) -> web.Response:
        return web.Response(status=200 if "ok" in request.path else 503, text=str(request.url))

    app = web.Application()
    app.router.add_post("/{path:.*}", page)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    host, port = runner.addresses[0]
    try:
        for path in ("bot", "ok/bot"):
            bot = telegram.Bot(
                TOKEN,
                f"http://{host}:{port}/{path}",
                request=transport,
                get_updates_request=transport,
            )
            with pytest.raises(TelegramError) as told:
                await bot.send_message(1, "Hei")
            assert TOKEN not in shown(told.value, caplog)
    finally:
        await runner.cleanup()


async def test_a_call_waits_for_a_free_connection_and_not_for_ever(
    double: Double, kari: User
) -> None:
    double.latency = 0.2
    async with AiohttpRequest(1, connect_timeout=0.01, pool_timeout=0.05) as narrow:
        calls = Calls(narrow, f"{double.base_url}/bot{double.token}")
        first = asyncio.create_task(send(calls, kari.id))
        await asyncio.sleep(0.02)
        with pytest.raises(NotSent):
            await send(calls, kari.id)
        await first


async def test_before_it_is_started_nothing_is_sent() -> None:
    with pytest.raises(NotSent):
        await Calls(AiohttpRequest(), "http://127.0.0.1:1/bot1:A").call("getMe", {})


async def test_a_connection_is_used_again(double: Double, calls: Calls, kari: User) -> None:
    for _ in range(5):
        await send(calls, kari.id)
    session = calls._transport._session
    assert session
    assert session.connector
    assert sum(map(len, session.connector._conns.values())) == 1
