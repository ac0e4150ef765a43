"""The PostgreSQL server that the tests of a process share, and a database of a test's own."""

import asyncio
import os
from collections.abc import Iterator

import pytest

from bot.store.postgres_schema import prepare
from tests.bot.postgres_server import NoServer, Server
from tests.bot.stores import open_again, open_one, store

__all__ = ["database", "open_again", "open_one", "postgres", "store"]


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    """A running server. Where none is installed the test is skipped, but not in CI."""
    try:
        server = Server()
    except NoServer as missing:
        if os.environ.get("CI") == "true":
            raise
        pytest.skip(str(missing))
    yield server
    server.close()


@pytest.fixture
def database(postgres: Server) -> str:
    """The address of a new, empty database on it."""
    return postgres.new_schema()


@pytest.fixture
def address(database: str) -> str:
    """The address of one with all the tables, and nothing in them."""
    asyncio.run(prepare(database))
    return database
