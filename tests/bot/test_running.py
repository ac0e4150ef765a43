"""A service that is asked to stop ends, also when something in it does not."""

import asyncio
import os
import signal
from collections.abc import Iterator
from contextlib import suppress

import pytest

from bot import running
from bot.settings import read_settings
from bot.store.sqlite import open_store
from knowledge.scheme import load_scheme

SCHEME = load_scheme(2019)


@pytest.fixture(autouse=True)
def signals_as_before() -> Iterator[None]:
    """The test's process listens to its own signals again afterwards."""
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


class Stubborn(running._Service):
    """One whose work does not end when it is asked to."""

    def __init__(self) -> None:
        store = open_store(None, "en hemmelighet for prøver")
        super().__init__(read_settings({}), SCHEME, store, None)

    async def _take_what_comes(self) -> None:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(60)
        await asyncio.sleep(60)


@pytest.mark.promise("R14")
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
async def test_what_does_not_end_is_broken_off(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, number: signal.Signals
) -> None:
    monkeypatch.setattr(running, "_STOPS_WITHIN_S", 0.1)
    monkeypatch.setattr(running, "_BROKEN_OFF_S", 0.1)
    ending = asyncio.ensure_future(Stubborn().run())
    await asyncio.sleep(0.05)
    for _ in range(3):
        os.kill(os.getpid(), number)
        await asyncio.sleep(0.01)
    async with asyncio.timeout(5):
        assert await ending == 1
    assert "broken off" in caplog.text


async def test_a_part_that_fails_ends_the_service_for_a_new_start(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    async def fail(_: object) -> None:
        raise ZeroDivisionError("hemmelig")

    monkeypatch.setattr("bot.upkeep.Upkeep.run", fail)
    monkeypatch.setattr(running, "_STOPS_WITHIN_S", 0.1)
    monkeypatch.setattr(running, "_BROKEN_OFF_S", 0.1)
    async with asyncio.timeout(5):
        assert await Stubborn().run() == 1
    assert "A part has failed" in caplog.text
    assert "hemmelig" not in caplog.text
