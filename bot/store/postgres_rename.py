"""Puts what is kept under one pseudonym under another, with a transaction on PostgreSQL open.

Called by ``bot.store.postgres``. A row's key is never changed where it stands: in a database spread
over machines the row has to move, so it goes and is put in anew.
"""

from bot.store import Chat
from bot.store import postgres_sql as sql
from bot.store.postgres_pool import Connection
from bot.store.postgres_turn import locked
from bot.store.rows import ADDRESS, CONVERSATION, LOG, OUTBOX, TABLES, Table

_OTHERS = [table.name for table in TABLES if table.is_personal and table is not CONVERSATION]
# A conversation of revision 0 is only our own lock.
_IS_KEPT = "SELECT " + " OR ".join(
    (
        "EXISTS (SELECT FROM conversation WHERE key = $1 AND revision > 0)",
        *(f"EXISTS (SELECT FROM {name} WHERE key = $1)" for name in _OTHERS),
    )
)
# What only this store has.
_MORE = {LOG: ("words",), OUTBOX: ("sender", "held_until")}


def _moving(table: Table) -> str:
    rest = sql.selected(table.columns[1:] + _MORE.get(table, ()))
    return f"""
        WITH gone AS (DELETE FROM {table.name} WHERE key = $1 RETURNING {rest})
        INSERT INTO {table.name} (key, {rest}) SELECT $2::text, {rest} FROM gone
    """


_MOVE = [_moving(table) for table in TABLES if table.is_personal and table is not ADDRESS]
_MOVE_ADDRESS = """
    WITH gone AS (DELETE FROM address WHERE key = $1 RETURNING chat)
    INSERT INTO address (key, channel, chat) SELECT $2::text, $3::text, $4::text FROM gone
"""


async def rename(connection: Connection, old: str, new: str, chat: Chat) -> bool:
    """See `bot.store.Store.rename`."""
    await connection.fetch(sql.LOCK, old, "", None)
    await locked(connection, new, "", None, 0)
    is_taken, is_kept = [await connection.fetchval(_IS_KEPT, key) for key in (new, old)]
    await connection.execute(sql.NEVER_BEGUN, new)
    if is_taken or not is_kept:
        return False
    for statement in _MOVE:
        await connection.execute(statement, old, new)
    await connection.execute(_MOVE_ADDRESS, old, new, chat.channel, chat.name)
    return True
