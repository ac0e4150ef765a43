"""Long polling: an update is confirmed only when its turn is kept, and nothing stops the loop."""

import asyncio
import contextlib
from typing import Any

import pytest
from telegram import Bot
from telegram.error import InvalidToken

from bot.errors import StoreError
from bot.store import Store
from bot.telegram.intake import Intake
from tests.bot.stores import is_whole, table
from tests.telegram.double import Double
from tests.telegram.double.faults import Fault
from tests.telegram.driver import User, users
from tests.telegram.parts import polling

FULL = StoreError(nb="fullt", nn="fullt", en="full")


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nobody waits long for the next try."""
    for name in ("_FIRST_PAUSE_S", "_LONGEST_PAUSE_S", "_CONFLICT_PAUSE_S"):
        monkeypatch.setattr(f"bot.telegram.polling.{name}", 0.02)


async def keys(store: Store) -> list[str]:
    """The conversations' pseudonyms."""
    return [row["key"] for row in await table(store, "conversation")]


async def words(store: Store) -> list[str]:
    """What was said, in the order it was taken."""
    return [row["said"] for row in await table(store, "log")]


@pytest.mark.promise("T1", "R1")
async def test_what_is_confirmed_is_kept(
    double: Double, client: Bot, intake: Intake, store: Store
) -> None:
    people = list(users(double, 30))
    for word in ("/start", "ja", "Oslo", "lokalt"):
        for person in people:
            await person.send(word)
    async with polling(client, intake):
        await double.intake.all_taken()
        assert len(await table(store, "processed")) == 120
    states = [row["state"] for row in await table(store, "conversation")]
    assert len(states) == 30
    assert all('"scope": "local"' in state for state in states), "each chat's in order"
    assert await is_whole(store)


@pytest.mark.promise("R1")
async def test_what_cannot_be_kept_is_not_confirmed_and_holds_up_only_its_own(
    double: Double, client: Bot, intake: Intake, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kari, ola = users(double, 2)
    refused = 0
    keep = store.take

    async def refuse(chat: Any, *rest: Any) -> Any:
        nonlocal refused
        if chat.name == str(kari.id) and refused < 3:
            refused += 1
            raise FULL
        return await keep(chat, *rest)

    monkeypatch.setattr(store, "take", refuse)
    for word in ("/start", "ja", "Oslo"):
        await kari.send(word)
        await ola.send(word)
    async with polling(client, intake):
        await double.intake.all_taken()
    assert refused == 3
    by_chat = [[row["said"] for row in await store.log(key)] for key in await keys(store)]
    assert by_chat == [["/start", "ja", "Oslo"]] * 2
    assert await is_whole(store)


async def test_one_update_that_cannot_be_read_holds_up_no_other(
    double: Double, client: Bot, intake: Intake, store: Store, kari: User
) -> None:
    double.intake.add("message", {"message_id": "?"}, kari.id)
    await kari.send("ja")
    async with polling(client, intake):
        await double.intake.all_taken()
    assert await words(store) == ["/start", "ja"]


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param({"status": 502, "as_page": True}, id="a bad gateway"),
        pytest.param({"status": 500}, id="an error of the server's"),
        pytest.param({"fault": Fault.RESET}, id="the connection is reset"),
        pytest.param({"fault": Fault.LOST_ANSWER}, id="the answer is lost"),
        pytest.param({"fault": Fault.HALF_ANSWER}, id="half an answer"),
        pytest.param({"retry_after": 1}, id="too many requests"),
    ],
)
async def test_a_fault_on_the_way_loses_nothing(
    double: Double,
    client: Bot,
    intake: Intake,
    store: Store,
    kari: User,
    fault: dict[str, Any],
) -> None:
    await kari.send("ja")
    double.fail("getUpdates", times=2, **fault)
    async with polling(client, intake):
        await double.intake.all_taken()
    assert await words(store) == ["/start", "ja"]


@pytest.mark.promise("R15")
async def test_two_that_poll_are_told_so_and_take_nothing_twice(
    double: Double,
    client: Bot,
    intake: Intake,
    store: Store,
    kari: User,
    caplog: pytest.LogCaptureFixture,
) -> None:
    """Where their databases differ nothing but Telegram itself can tell them."""
    async with polling(client, intake):
        await double.intake.all_taken()
        async with polling(client, intake):
            for word in ("ja", "Oslo", "lokalt", "innvandrere"):
                await asyncio.sleep(0.1)
                await kari.send(word)
            await double.intake.all_taken()
    assert await words(store) == ["/start", "ja", "Oslo", "lokalt", "innvandrere"]
    assert "En annen prosess henter" in caplog.text
    assert "Another process polls" in caplog.text


@pytest.mark.promise("R15")
async def test_a_second_one_on_the_same_database_waits_and_goes_on_when_the_first_stops(
    double: Double,
    client: Bot,
    intake: Intake,
    store: Store,
    kari: User,
    caplog: pytest.LogCaptureFixture,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("bot.telegram.lease.ASKED_EVERY_S", 0.02)
    monkeypatch.setattr("bot.telegram.polling._LOOKED_EVERY_S", 0.02)
    async with contextlib.AsyncExitStack() as second:
        async with polling(client, intake, store):
            await second.enter_async_context(polling(client, intake, store))
            await double.intake.all_taken()
            await asyncio.sleep(0.1)
            assert "Waiting to poll" in caplog.text
        await kari.send("ja")
        await double.intake.all_taken()
    assert await words(store) == ["/start", "ja"]
    assert "Another process polls" not in caplog.text, "nobody was thrown out"


async def test_a_webhook_that_is_set_is_told_of(
    double: Double, client: Bot, intake: Intake, caplog: pytest.LogCaptureFixture
) -> None:
    await client.set_webhook("http://127.0.0.1:9/telegram")
    async with polling(client, intake):
        await asyncio.sleep(0.2)
    assert "VEIVISER_PUBLIC_URL" in caplog.text


async def test_a_token_that_is_refused_ends_it(double: Double, client: Bot, intake: Intake) -> None:
    double.fail("getUpdates", status=401)
    async with polling(client, intake) as task:
        with pytest.raises(InvalidToken):
            await task


@pytest.mark.promise("R14")
async def test_asked_to_stop_it_confirms_what_was_taken(
    double: Double, client: Bot, intake: Intake, store: Store, kari: User
) -> None:
    async with polling(client, intake):
        await kari.send("ja")
        await asyncio.sleep(0.1)
    assert len(await words(store)) + len(double.intake.pending()) == 2


async def test_every_tap_is_answered(
    double: Double, client: Bot, intake: Intake, kari: User
) -> None:
    async with polling(client, intake):
        await client.send_message(kari.id, "?")
        pressed = kari.press_data(kari.last, "registered:yes")
        assert await pressed.answered() == {"text": "", "show_alert": False}


@pytest.mark.promise("R7")
async def test_a_tap_that_is_too_old_to_be_answered_counts_all_the_same(
    double: Double, client: Bot, intake: Intake, store: Store, kari: User
) -> None:
    description = (
        "Bad Request: query is too old and response timeout expired or query ID is invalid"
    )
    double.fail("answerCallbackQuery", status=400, description=description)
    async with polling(client, intake):
        await client.send_message(kari.id, "?")
        kari.press_data(kari.last, "registered:yes")
        await double.intake.all_taken()
    assert await words(store) == ["/start", "registered:yes"]
