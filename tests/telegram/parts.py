"""The parts of a channel that the tests put together in their own process, beside the double.

``conftest.py`` makes the fixtures known.
"""

import asyncio
import contextlib
from collections.abc import AsyncIterator

import pytest
import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.metrics import Metrics
from bot.store import Store
from bot.store.sqlite import open_store
from bot.telegram.intake import Answer, Intake
from bot.telegram.lease import POLLING, Lease
from bot.telegram.polling import Polling
from bot.telegram.transport import AiohttpRequest
from knowledge.scheme import load_scheme
from tests.telegram.double import Double
from tests.telegram.updates import ME, Json

SCHEME = load_scheme(2019)
DAYS = 14
SECRET = "en hemmelighet for prøver"


@pytest_asyncio.fixture
async def store() -> AsyncIterator[Store]:
    """An empty store in memory."""
    opened = open_store(None, SECRET)
    yield opened
    await opened.close()


@pytest.fixture
def metrics() -> Metrics:
    """Counters at nought."""
    return Metrics()


@pytest_asyncio.fixture
async def client(double: Double) -> AsyncIterator[Bot]:
    """A client of the double."""
    request = HTTPXRequest(8)
    bot = Bot(double.token, f"{double.base_url}/bot", request=request, get_updates_request=request)
    await bot.initialize()
    yield bot
    await bot.shutdown()


@pytest.fixture
def intake(client: Bot, store: Store, metrics: Metrics) -> Intake:
    """What takes updates into that store."""
    return Intake(ME, client, SCHEME, store, metrics, DAYS, lambda: None)


@contextlib.asynccontextmanager
async def polling(
    client: Bot, intake: Intake, store: Store | None = None
) -> AsyncIterator[asyncio.Task[None]]:
    """Polls until the block ends, and then stops as a signal would have it.

    ``store`` is where the lease is; without one that of another machine.
    """
    stop, request = asyncio.Event(), AiohttpRequest(2)
    await request.initialize()
    lease = Lease(store or open_store(None, SECRET), lambda: None, name=POLLING)
    task = asyncio.ensure_future(Polling(client, request, intake, lease, stop).run())
    try:
        yield task
    finally:
        stop.set()
        async with asyncio.timeout(10):
            await asyncio.wait({task})
        await request.shutdown()


async def take(intake: Intake, raw: Json) -> Answer | None:
    """Take one update."""
    return await intake.take(intake.read(raw))


def counted(metrics: Metrics, sample: str) -> float:
    """A sample as Prometheus reads it, such as ``veiviser_turns_total{intent="answer"}``."""
    for line in metrics.page().decode().splitlines():
        name, _, value = line.rpartition(" ")
        if name == sample:
            return float(value)
    return 0.0
