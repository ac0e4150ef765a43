"""Whole databases, for the operator: read as of one moment, and filled wholly or not at all.

Called by ``bot.database`` and its modules. What is written here is written as it was read: it makes
no turn and counts nothing.
"""

import hashlib
import json
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from pydantic import SecretStr

from bot.store.rows import Table

Rows = Sequence[Mapping[str, Any]]
_SIZE = 1 << 256


class Reading(Protocol):
    """A database as it stood at one moment, whatever others write meanwhile."""

    where: str

    async def counts(self) -> Mapping[str, int]:
        """How many rows each table has."""

    def pages(self, table: Table) -> AsyncIterator[Rows]:
        """A table's rows, some at a time, in any order."""


class Filling(Reading, Protocol):
    """An empty database that is being filled; what was put can be read back."""

    async def put(self, table: Table, rows: Rows) -> None:
        """Add rows. Tables are filled in the order of `bot.store.rows.TABLES`."""


async def bring_up_to_date(database: str | SecretStr) -> None:
    """Refuse a database that cannot be used, and make the tables of one that is new or old.

    Raises:
        StoreError: it cannot be used as it is, and was not touched.
    """
    if isinstance(database, SecretStr):
        from bot.store.postgres_schema import prepare

        await prepare(database.get_secret_value())
    else:
        from bot.store.sqlite_file import open_file

        open_file(Path(database)).close()


def reading(database: str | SecretStr) -> AbstractAsyncContextManager[Reading]:
    """Read a database (as in `bot.settings.Settings`) that its store has brought up to date."""
    if isinstance(database, SecretStr):
        from bot.store import postgres_care

        return postgres_care.reading(database.get_secret_value())
    from bot.store import sqlite_care

    return sqlite_care.reading(Path(database))


def filling(
    database: str | SecretStr, *, instead: bool = False
) -> AbstractAsyncContextManager[Filling]:
    """Fill an empty database. Broken off or killed, it is as it was before.

    Args:
        database: As in `bot.settings.Settings`.
        instead: Put the rows in the place of those that are there.

    Raises:
        StoreError: there are rows already, or it cannot be used as it is.
    """
    if isinstance(database, SecretStr):
        from bot.store import postgres_care

        return postgres_care.filling(database.get_secret_value(), instead=instead)
    from bot.store import sqlite_care

    return sqlite_care.filling(Path(database), instead=instead)


@dataclass(slots=True)
class Sum:
    """How many rows there were, and a checksum of them all that does not depend on their order."""

    rows: int = 0
    digest: int = 0

    def add(self, table: Table, rows: Rows) -> None:
        """Count these too."""
        for row in rows:
            values = json.dumps([row[column] for column in table.columns]).encode()
            hashed = int.from_bytes(hashlib.sha256(values).digest(), "big")
            self.digest = (self.digest + hashed) % _SIZE
        self.rows += len(rows)
