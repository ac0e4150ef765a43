"""What a test can order to go wrong, and what the bot's client then sees."""

import asyncio
import time

import aiohttp
import pytest

from tests.telegram.calling import Caller
from tests.telegram.double import Double, Fault
from tests.telegram.double.calls import Call, most_within
from tests.telegram.driver import User

BROKEN = (aiohttp.ClientError, ConnectionError)


async def test_so_many_calls_are_answered_with_429_and_the_next_goes_well(
    double: Double, api: Caller, kari: User
) -> None:
    double.fail("sendMessage", retry_after=3, times=2)
    for _ in range(2):
        status, body = await api("sendMessage", chat_id=kari.id, text="Hei")
        assert (status, body["parameters"]) == (429, {"retry_after": 3})
        assert body["description"] == "Too Many Requests: retry after 3"
    assert (await api("sendMessage", chat_id=kari.id, text="Hei"))[0] == 200
    assert [message.shown for message in kari.chat.visible()] == ["/start", "Hei"]


async def test_a_fault_can_be_for_one_chat_and_one_method_only(
    double: Double, api: Caller, kari: User
) -> None:
    ola = User(double, "Ola")
    await ola.send("/start")
    double.fail("sendMessage", status=503, chat=kari.id, skip=1)
    said = [(kari, 200), (ola, 200), (kari, 503), (kari, 200)]
    for user, status in said:
        assert (await api("sendMessage", chat_id=user.id, text="Hei"))[0] == status
    assert (await api("getMe"))[0] == 200


@pytest.mark.parametrize(
    ("fault", "is_done"),
    [
        pytest.param(Fault.RESET, False, id="reset before anything is done"),
        pytest.param(Fault.LOST_ANSWER, True, id="done and then reset"),
        pytest.param(Fault.HALF_ANSWER, True, id="done and half an answer"),
    ],
)
async def test_a_broken_connection_leaves_the_bot_in_doubt(
    double: Double, api: Caller, kari: User, fault: Fault, is_done: bool
) -> None:
    double.fail("sendMessage", fault=fault)
    with pytest.raises(BROKEN):
        await api("sendMessage", chat_id=kari.id, text="Hei")
    assert double.calls.all[-1].is_done is is_done
    assert ("Hei" in kari.transcript()) is is_done
    assert (await api("getMe"))[0] == 200


async def test_a_call_that_hangs_is_over_when_the_client_gives_up(
    double: Double, api: Caller, kari: User
) -> None:
    double.fail("sendMessage", fault=Fault.HANG)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.1):
            await api("sendMessage", chat_id=kari.id, text="Hei")
    assert "Hei" not in kari.transcript()


async def test_a_proxy_in_front_answers_with_a_page(double: Double, api: Caller) -> None:
    double.fail(status=502, as_page=True)
    with pytest.raises(aiohttp.ContentTypeError):
        await api("getMe")


async def test_every_answer_can_be_made_late(double: Double, api: Caller) -> None:
    double.latency = 0.05
    begin = time.monotonic()
    await api("getMe")
    assert time.monotonic() - begin >= 0.05


@pytest.mark.parametrize(
    ("times", "window", "most"),
    [
        pytest.param([], 1, 0, id="nothing"),
        pytest.param([0, 0.5, 1.0], 1, 2, id="a window is open at its end"),
        pytest.param([0, 0.9, 1.1, 1.2, 3], 1, 3, id="the fullest window counts"),
    ],
)
def test_the_fullest_window_is_found(times: list[float], window: float, most: int) -> None:
    assert most_within(window, [Call("sendMessage", at) for at in times]) == most
