"""The webhook lets in only Telegram, keeps before it confirms, and never gives an update up."""

import asyncio
import contextlib
import socket
from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest
import pytest_asyncio
from telegram import Bot

from bot.errors import StoreError
from bot.store import Store
from bot.telegram import webhook
from bot.telegram.intake import Intake
from bot.telegram.lanes import LaneFull
from bot.telegram.polling import KINDS
from bot.telegram.webhook import LARGEST_BODY, PATH, SECRET_HEADER, webhook_route
from bot.web import application, server
from tests.bot.stores import is_whole, table
from tests.telegram.double import Double
from tests.telegram.driver import User, users
from tests.telegram.updates import Json, inline, tap, text

SECRET = "s" * 32
WITH_SECRET = {SECRET_HEADER: SECRET}


@pytest_asyncio.fixture
async def hook(intake: Intake) -> AsyncIterator[httpx.AsyncClient]:
    """A client that posts to the webhook."""
    app = application([webhook_route(intake, SECRET)])
    transport = httpx.ASGITransport(app)
    async with httpx.AsyncClient(transport=transport, base_url="http://veiviser") as client:
        yield client


@contextlib.asynccontextmanager
async def served(double: Double, client: Bot, intake: Intake) -> AsyncIterator[None]:
    """The webhook on a port of its own, and told to the double."""
    web = server(application([webhook_route(intake, SECRET)]))
    with socket.create_server(("127.0.0.1", 0)) as listener:
        task = asyncio.ensure_future(web.serve(sockets=[listener]))
        address = f"http://127.0.0.1:{listener.getsockname()[1]}{PATH}"
        await client.set_webhook(address, secret_token=SECRET, allowed_updates=KINDS)
        yield
        web.should_exit = True
        await client.delete_webhook()
        await task


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    ("headers", "status"),
    [
        pytest.param({}, 403, id="no secret"),
        pytest.param({SECRET_HEADER: ""}, 403, id="an empty one"),
        pytest.param({SECRET_HEADER: SECRET[:-1]}, 403, id="one that is shorter"),
        pytest.param({SECRET_HEADER: SECRET[:-1] + "x"}, 403, id="one of the same length"),
        pytest.param({SECRET_HEADER: b"\xff" * 32}, 403, id="one that is no text"),
        pytest.param(WITH_SECRET, 200, id="the secret"),
    ],
)
async def test_only_who_knows_the_secret_is_let_in(
    hook: httpx.AsyncClient, store: Store, headers: Any, status: int
) -> None:
    response = await hook.post(PATH, json=text("/start", 1), headers=headers)
    assert response.status_code == status
    assert len(await table(store, "log")) == (status == 200)
    assert SECRET not in response.text


@pytest.mark.promise("W1")
def test_the_secret_is_compared_in_constant_time(monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[tuple[bytes, bytes]] = []

    def note(given: bytes, expected: bytes) -> bool:
        compared.append((given, expected))
        return False

    monkeypatch.setattr("bot.telegram.webhook.hmac.compare_digest", note)
    app = application([webhook_route(None, SECRET)])  # type: ignore[arg-type]

    async def post() -> int:
        async with httpx.AsyncClient(
            transport=httpx.ASGITransport(app), base_url="http://veiviser"
        ) as client:
            return (await client.post(PATH, headers={SECRET_HEADER: "x"})).status_code

    assert asyncio.run(post()) == 403
    assert compared == [(b"x", SECRET.encode())]


@pytest.mark.promise("W1")
@pytest.mark.parametrize(
    ("body", "status"),
    [
        pytest.param(b" " * LARGEST_BODY + b"{}", 413, id="over 1 MB"),
        pytest.param(b"", 400, id="nothing"),
        pytest.param(b"hei", 400, id="a text"),
        pytest.param(b"[1, 2]", 400, id="a list"),
        pytest.param(b"\xff\xfe", 400, id="no text"),
        pytest.param(b"[" * 100_000, 400, id="deep"),
        pytest.param(b"{}", 200, id="an update of nothing is passed over"),
        pytest.param(b'{"update_id": 1, "new_kind": {}}', 200, id="a kind we do not know"),
    ],
)
async def test_what_cannot_be_an_update(
    hook: httpx.AsyncClient, store: Store, body: bytes, status: int
) -> None:
    response = await hook.post(PATH, content=body, headers=WITH_SECRET)
    assert response.status_code == status
    assert await table(store, "log") == []


@pytest.mark.promise("W1")
async def test_of_a_body_that_never_ends_no_more_is_read_than_may_come(
    hook: httpx.AsyncClient,
) -> None:
    async def endless() -> AsyncIterator[bytes]:
        while True:
            yield b" " * 65_536

    assert (await hook.post(PATH, content=endless(), headers=WITH_SECRET)).status_code == 413


async def test_only_posts_are_taken(hook: httpx.AsyncClient) -> None:
    assert (await hook.get(PATH, headers=WITH_SECRET)).status_code == 405


@pytest.mark.promise("R24", "S2")
@pytest.mark.parametrize(
    "error", [StoreError(nb="borte", nn="borte", en="gone"), LaneFull(), TimeoutError(), OSError()]
)
async def test_what_cannot_be_kept_is_to_come_again(
    hook: httpx.AsyncClient,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    error: Exception,
) -> None:
    keep = store.take

    async def refuse(*_: Any) -> None:
        raise error

    monkeypatch.setattr(store, "take", refuse)
    response = await hook.post(PATH, json=text("/start", 1), headers=WITH_SECRET)
    assert response.status_code == 503
    assert 0 < int(response.headers["Retry-After"]) < 60
    monkeypatch.setattr(store, "take", keep)
    assert (await hook.post(PATH, json=text("/start", 1), headers=WITH_SECRET)).is_success
    assert len(await table(store, "log")) == 1


async def test_a_turn_that_takes_longer_than_telegram_waits_comes_again(
    hook: httpx.AsyncClient, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def hang(*_: Any) -> None:
        await asyncio.sleep(60)

    monkeypatch.setattr(webhook, "_PATIENCE_S", 0.05)
    monkeypatch.setattr(store, "take", hang)
    assert (await hook.post(PATH, json=text("/start", 1), headers=WITH_SECRET)).status_code == 503


@pytest.mark.parametrize(
    ("raw", "method"),
    [
        pytest.param(tap("registered:yes"), "answerCallbackQuery", id="a tap"),
        pytest.param(tap(None), "answerCallbackQuery", id="a tap that means nothing"),
        pytest.param(inline("hvem kan søke"), "answerInlineQuery", id="an inline question"),
        pytest.param(text("hei"), None, id="a text: its reply waits in the outbox"),
    ],
)
async def test_what_can_be_answered_at_once_is_answered_in_the_answer(
    hook: httpx.AsyncClient, raw: Json, method: str | None
) -> None:
    response = await hook.post(PATH, json=raw, headers=WITH_SECRET)
    assert response.status_code == 200
    found = response.json() if response.content else {}
    assert found.get("method") == method


@pytest.mark.promise("R24")
async def test_telegram_delivers_again_what_could_not_be_kept_in_order(
    double: Double,
    client: Bot,
    intake: Intake,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    refused = 0
    keep = store.take

    async def refuse(*given: Any) -> Any:
        nonlocal refused
        refused += 1
        if refused % 3 == 0:
            raise StoreError(nb="borte", nn="borte", en="gone")
        return await keep(*given)

    monkeypatch.setattr(store, "take", refuse)
    async with served(double, client, intake):
        people = list(users(double, 10))
        for word in ("/start", "ja", "Oslo", "lokalt"):
            for person in people:
                await person.send(word)
        await double.intake.all_taken()
        assert double.webhook is not None
        assert {d.status for d in double.webhook.deliveries} == {200, 503}
    states = [row["state"] for row in await table(store, "conversation")]
    assert len(states) == 10
    assert all('"scope": "local"' in state for state in states), "each chat's in order"
    assert await is_whole(store)


async def test_a_tap_is_answered_through_the_webhook(
    double: Double, client: Bot, intake: Intake, kari: User
) -> None:
    async with served(double, client, intake):
        await client.send_message(kari.id, "?")
        pressed = kari.press_data(kari.last, "registered:yes")
        assert await pressed.answered() == {"text": "", "show_alert": False}
        answer = await kari.inline("hvem kan søke")
        assert answer["results"]
    assert double.calls.of("answerCallbackQuery"), "in the body of the answer"
