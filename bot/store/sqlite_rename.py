"""Puts what is kept under one pseudonym under another, with a transaction on SQLite open.

Called by ``bot.store.sqlite``.
"""

import sqlite3

from bot.store import Chat
from bot.store.rows import CONVERSATION, TABLES
from bot.store.sqlite_table import selected
from bot.store.sqlite_turn import note_erasure

_PERSONAL = tuple(table.name for table in TABLES if table.is_personal)
_IS_KEPT = " OR ".join(f"EXISTS (SELECT 1 FROM {name} WHERE key = ?1)" for name in _PERSONAL)
_REST = selected(CONVERSATION.columns[1:])
# A row that others hang on is made anew, and the old one goes when they hang on the new one.
_RENAME = (
    f"INSERT INTO conversation (key, {_REST}) SELECT :new, {_REST} FROM conversation"
    " WHERE key = :old",
    "INSERT INTO address SELECT :new, :channel, :chat FROM address WHERE key = :old",
    "UPDATE log SET key = :new WHERE key = :old",
    "UPDATE outbox SET key = :new WHERE key = :old",
    "UPDATE processed SET key = :new WHERE key = :old",
    "UPDATE failure SET key = :new WHERE key = :old",
    "DELETE FROM conversation WHERE key = :old",
    "DELETE FROM address WHERE key = :old",
)


def rename(connection: sqlite3.Connection, old: str, new: str, chat: Chat) -> bool:
    """See `bot.store.Store.rename`."""
    run = connection.execute
    is_kept, is_taken = (run(f"SELECT {_IS_KEPT}", (key,)).fetchone()[0] for key in (old, new))
    if is_taken or not is_kept:
        return False
    values = {"old": old, "new": new, "channel": chat.channel, "chat": chat.name}
    for statement in _RENAME:
        run(statement, values)
    note_erasure(connection)  # of the old pseudonym
    return True
