"""Several workers on one PostgreSQL database, and connections on which a statement fails.

Used by the tests of the PostgreSQL store.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from functools import partial
from typing import Any

import asyncpg

from bot.store.postgres import PostgresStore
from bot.store.postgres_pool import PlainConnection
from tests.bot.stores import SECRET

Statement = Callable[[], Awaitable[Any]]


@asynccontextmanager
async def workers(address: str, number: int) -> AsyncIterator[list[PostgresStore]]:
    """So many stores on one database, as so many processes have them."""
    stores = [PostgresStore(address, SECRET) for _ in range(number)]
    try:
        yield stores
    finally:
        for store in stores:
            await store.close()


class Failing(PlainConnection):
    """A connection on which the statement with this number fails, once, counted over them all."""

    seen = 0
    fails_at = 0
    fail: Callable[["Failing", Statement], Awaitable[Any]]

    async def execute(self, *given: Any, **options: Any) -> str:
        return str(await self._count(partial(super().execute, *given, **options)))

    async def fetch(self, *given: Any, **options: Any) -> Any:
        return await self._count(partial(super().fetch, *given, **options))

    async def fetchrow(self, *given: Any, **options: Any) -> Any:
        return await self._count(partial(super().fetchrow, *given, **options))

    async def fetchval(self, *given: Any, **options: Any) -> Any:
        return await self._count(partial(super().fetchval, *given, **options))

    async def _count(self, statement: Statement) -> Any:
        kind = type(self)
        kind.seen += 1
        return await (kind.fail(self, statement) if kind.seen == kind.fails_at else statement())


def failing(fail: Callable[[Failing, Statement], Awaitable[Any]], at: int) -> type[Failing]:
    """Connections on which the statement with this number fails in this way."""
    return type("Failing", (Failing,), {"seen": 0, "fails_at": at, "fail": staticmethod(fail)})


async def conflict(connection: Failing, statement: Statement) -> Any:
    raise asyncpg.SerializationError("could not serialize access due to concurrent update")


async def deadlock(connection: Failing, statement: Statement) -> Any:
    raise asyncpg.DeadlockDetectedError("deadlock detected")


async def lost_before(connection: Failing, statement: Statement) -> Any:
    connection.terminate()
    return await statement()


async def lost_after(connection: Failing, statement: Statement) -> Any:
    await statement()
    connection.terminate()
    raise asyncpg.ConnectionDoesNotExistError("connection was closed in the middle of operation")
