"""A PostgreSQL database as a whole: read as of one moment, and filled in one transaction.

Called by ``bot.store.care`` for the operator's commands; no turn waits for this.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager

import asyncpg

from bot.store.care import Rows
from bot.store.care_faults import not_empty
from bot.store.postgres_faults import in_words, place_of
from bot.store.postgres_pool import CONNECT_S
from bot.store.postgres_schema import prepare
from bot.store.postgres_sql import selected
from bot.store.rows import TABLES, Table

_PAGE = 500  # rows read at once


@asynccontextmanager
async def reading(address: str) -> AsyncIterator["Postgres"]:
    """See `bot.store.care.reading`."""
    async with (
        _connected(address) as connection,
        connection.transaction(isolation="repeatable_read", readonly=True),
    ):
        yield Postgres(connection, place_of(address))


@asynccontextmanager
async def filling(address: str, *, instead: bool) -> AsyncIterator["Postgres"]:
    """See `bot.store.care.filling`."""
    await prepare(address)
    async with _connected(address) as connection, connection.transaction():
        filled = Postgres(connection, place_of(address))
        if instead:
            for table in reversed(TABLES):
                await connection.execute(f"DELETE FROM {table.name}")
        elif any((await filled.counts()).values()):
            raise not_empty(filled.where)
        yield filled


class Postgres:
    """The promises of `bot.store.care.Reading` and `Filling`, in one transaction."""

    def __init__(self, connection: asyncpg.Connection, where: str) -> None:
        self._connection = connection
        self.where = where

    async def counts(self) -> Mapping[str, int]:
        """See `bot.store.care.Reading.counts`."""
        count = self._connection.fetchval
        return {t.name: await count(f"SELECT count(*) FROM {t.name}") for t in TABLES}

    async def pages(self, table: Table) -> AsyncIterator[Rows]:
        """See `bot.store.care.Reading.pages`."""
        statement = f"SELECT {selected(table.columns)} FROM {table.name}"
        cursor = await self._connection.cursor(statement)
        while page := await cursor.fetch(_PAGE):
            yield [dict(row) for row in page]

    async def put(self, table: Table, rows: Rows) -> None:
        """See `bot.store.care.Filling.put`."""
        records = ([row[column] for column in table.columns] for row in rows)
        await self._connection.copy_records_to_table(
            table.name, records=records, columns=table.columns
        )


@asynccontextmanager
async def _connected(address: str) -> AsyncIterator[asyncpg.Connection]:
    """A connection of its own, without the limit that a turn has on how long it may take."""
    with in_words(place_of(address)):
        connection = await asyncpg.connect(address, timeout=CONNECT_S)
        try:
            yield connection
        finally:
            await connection.close()
