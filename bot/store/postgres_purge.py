"""Erases what is old from PostgreSQL: conversations, log rows, and what was left behind.

Called by ``bot.store.postgres`` with a transaction open.
"""

from bot.store import Erased
from bot.store import postgres_sql as sql
from bot.store.postgres_pool import Connection
from bot.store.postgres_turn import erase, leave
from bot.store.rows import NOBODY

CHATS_AT_ONCE = 200  # erased in one transaction, so that a turn need not wait long for it


async def purge_conversations(connection: Connection, before: int) -> Erased:
    """Erase some conversations last touched before a time; none when there are no more."""
    keys = [row["key"] for row in await connection.fetch(sql.UNTOUCHED, before, CHATS_AT_ONCE)]
    return await erase(connection, keys) if keys else Erased()


async def purge_rows(connection: Connection, before: int, unowned_before: int) -> int:
    """Erase the old rows of conversations that go on, and of those that are gone.

    Returns:
        How many rows of the log there were.
    """
    turns = await connection.fetchval(sql.PURGE_ROWS, before, NOBODY, unowned_before)
    for row in await connection.fetch(sql.LEFT_BEHIND):
        await leave(connection, row["key"])
    return int(turns)
