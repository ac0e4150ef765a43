"""getUpdates as the real server answers it: in order, again until confirmed, for one asker only."""

import asyncio
import time

import pytest

from tests.telegram.calling import Caller
from tests.telegram.double import Double
from tests.telegram.driver import User
from tests.telegram.every_update import EVERY

TERMINATED = (
    "Conflict: terminated by other getUpdates request; make sure that only one bot instance is"
    " running"
)


async def texts(api: Caller, **arguments: int) -> list[str]:
    """What getUpdates gives."""
    _, body = await api("getUpdates", **arguments)
    return [update["message"]["text"] for update in body["result"]]


async def numbers(api: Caller) -> list[int]:
    _, body = await api("getUpdates")
    return [update["update_id"] for update in body["result"]]


async def write(kari: User, *said: str) -> None:
    for text in said:
        await kari.send(text)


async def test_updates_come_again_until_they_are_confirmed(api: Caller, kari: User) -> None:
    await write(kari, "a", "b")
    assert await texts(api) == ["/start", "a", "b"]
    first, second, _ = await numbers(api)
    assert await texts(api, offset=first) == ["/start", "a", "b"]
    assert await texts(api, offset=second) == ["a", "b"]
    assert await texts(api, offset=first) == ["a", "b"]
    assert await texts(api, offset=second + 2) == []
    assert await texts(api) == []


@pytest.mark.parametrize(
    ("offset", "found"),
    [
        pytest.param(-1, ["b"], id="the last"),
        pytest.param(-2, ["a", "b"], id="the last two"),
        pytest.param(-9, ["/start", "a", "b"], id="more than there are"),
    ],
)
async def test_a_negative_offset_counts_from_the_end_and_confirms_the_rest(
    api: Caller, kari: User, offset: int, found: list[str]
) -> None:
    await write(kari, "a", "b")
    assert await texts(api, offset=offset) == found
    assert await texts(api) == found


@pytest.mark.parametrize(
    ("limit", "number"),
    [
        pytest.param(3, 3, id="as many as asked for"),
        pytest.param(0, 1, id="at least one"),
        pytest.param(500, 100, id="at most a hundred"),
    ],
)
async def test_a_hundred_at_once_at_most(api: Caller, kari: User, limit: int, number: int) -> None:
    await write(kari, *map(str, range(150)))
    assert len(await texts(api, limit=limit)) == number
    assert len(await texts(api)) == 100


async def test_a_long_poll_ends_with_the_first_update(api: Caller, kari: User) -> None:
    (number,) = await numbers(api)
    waiting = asyncio.create_task(texts(api, offset=number + 1, timeout=30))
    await asyncio.sleep(0.05)
    assert not waiting.done()
    await write(kari, "a", "b")
    assert "a" in await waiting


async def test_a_long_poll_ends_by_itself(api: Caller) -> None:
    begin = time.monotonic()
    assert await texts(api, timeout=1) == []
    assert time.monotonic() - begin >= 1


async def test_a_second_poll_ends_the_first_with_409(double: Double, api: Caller) -> None:
    first = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    second = asyncio.create_task(api("getUpdates", timeout=30))
    status, body = await first
    assert (status, body["error_code"], body["description"]) == (409, 409, TERMINATED)
    await User(double, "Kari").send("Hei")
    assert (await second)[0] == 200


async def test_copies_that_take_turns_are_told_slowly(double: Double, api: Caller) -> None:
    double.intake.pace = 0.05  # the three seconds between two answers last 0.15
    begin = time.monotonic()
    polls = []
    for _ in range(3):
        polls.append(asyncio.create_task(api("getUpdates", timeout=1)))
        await asyncio.sleep(0.02)
    assert (await polls[0])[0] == 409
    assert (await polls[1])[0] == 409
    assert time.monotonic() - begin >= 0.15


async def test_a_webhook_that_is_set_ends_the_poll(api: Caller) -> None:
    poll = asyncio.create_task(api("getUpdates", timeout=30))
    await asyncio.sleep(0.05)
    await api("setWebhook", url="http://127.0.0.1:9/hook")
    status, body = await poll
    assert (status, body["description"]) == (409, "Conflict: terminated by setWebhook request")


async def test_only_what_is_asked_for_comes_from_then_on(
    double: Double, api: Caller, kari: User
) -> None:
    await api("getUpdates", allowed_updates=["message"])
    message = await kari.send("Olso")
    await kari.edit(message, "Oslo")
    assert await texts(api) == ["/start", "Olso"]
    await api("getUpdates", allowed_updates=[])
    await kari.edit(message, "Oslo!")
    _, body = await api("getUpdates")
    assert "edited_message" in body["result"][-1]


@pytest.mark.parametrize(
    ("allowed", "missing"),
    [
        pytest.param(
            [], {"chat_member", "message_reaction", "message_reaction_count"}, id="by default"
        ),
        pytest.param(list(EVERY), set(), id="all asked for"),
    ],
)
async def test_some_types_come_only_when_asked_for(
    double: Double, api: Caller, allowed: list[str], missing: set[str]
) -> None:
    await api("getUpdates", allowed_updates=allowed)
    for kind, body in EVERY.items():
        double.intake.add(kind, body, queue=1)
    _, answer = await api("getUpdates")
    found = {kind for update in answer["result"] for kind in update} - {"update_id"}
    assert found == set(EVERY) - missing


async def test_an_update_is_kept_for_a_day(double: Double, api: Caller, kari: User) -> None:
    double.clock.skip(24 * 3600 - 60)
    await kari.send("a")
    assert await texts(api) == ["/start", "a"]
    double.clock.skip(61)
    assert await texts(api) == ["a"]


async def test_a_press_is_kept_for_150_seconds(double: Double, api: Caller, kari: User) -> None:
    kari.press_data(await kari.send("Klar?"), "ja")
    assert len(await numbers(api)) == 3
    double.clock.skip(151)
    assert await texts(api) == ["/start", "Klar?"]
