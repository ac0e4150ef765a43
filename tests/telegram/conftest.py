"""What the tests of the Telegram channel share: a Bot API server, a person, and a plain client."""

from collections.abc import AsyncIterator

import aiohttp
import pytest_asyncio

from tests.telegram.calling import Caller
from tests.telegram.double import Double, running
from tests.telegram.driver import User
from tests.telegram.parts import client, intake, metrics, store

__all__ = ["api", "client", "double", "intake", "kari", "metrics", "store"]


@pytest_asyncio.fixture
async def double() -> AsyncIterator[Double]:
    """A double that answers on loopback; the test fails if the bot broke the Bot API's rules.

    A test in which the bot is meant to break them empties ``double.calls.all`` when it has looked.
    """
    async with running() as found:
        yield found
    assert found.complaints == []


@pytest_asyncio.fixture
async def kari(double: Double) -> User:
    """A person who has started the bot; that update is still on its way."""
    user = User(double, "Kari")
    await user.send("/start")
    return user


@pytest_asyncio.fixture
async def api(double: Double) -> AsyncIterator[Caller]:
    """The plain client."""
    async with aiohttp.ClientSession() as session:
        yield Caller(double, session)
