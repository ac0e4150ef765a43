"""Takes what was erased out of every byte of SQLite's files, and old conversations with it.

Called by ``bot.store.sqlite``. A deleted row is zeroed in its page at once (``secure_delete``), but
lives on in the search index until its parts are merged, and in the write-ahead log until that is
emptied.
"""

import sqlite3

from bot.store import Erased
from bot.store.rows import NOBODY
from bot.store.sqlite_turn import erase, note_erasure

CHATS_AT_ONCE = 50  # erased in one transaction, so that turns need not wait long
_PAGES = 64  # merged at a time, for the same reason

_OLD = "SELECT key FROM conversation WHERE seen_at < ? LIMIT ?"
# Of conversations that go on, and of chats whose conversation is gone already.
_OLD_ROWS = (
    "DELETE FROM outbox WHERE made_at < ?1",
    "DELETE FROM processed WHERE at < ?1",
    "DELETE FROM failure WHERE at < ?1",
)
_UNOWNED = "DELETE FROM processed WHERE channel = ? AND at < ?"
_OLD_LOG = """
    SELECT id FROM log
    WHERE at < ?1 AND key IN (SELECT key FROM conversation WHERE began_at < ?1) LIMIT ?2
"""
_OLD_ADDRESSES = """
    DELETE FROM address WHERE key NOT IN (SELECT key FROM conversation)
        AND key NOT IN (SELECT key FROM outbox)
"""


def purge_conversations(connection: sqlite3.Connection, before: int) -> Erased:
    """Erase some conversations last touched before a time; none when there are no more."""
    keys = connection.execute(_OLD, (before, CHATS_AT_ONCE)).fetchall()
    return Erased(len(keys), sum(erase(connection, key) for (key,) in keys))


def old_log_rows(connection: sqlite3.Connection, before: int, limit: int) -> list[tuple[int]]:
    """The numbers of some old log rows, of conversations that go on."""
    return connection.execute(_OLD_LOG, (before, limit)).fetchall()


def purge_log(connection: sqlite3.Connection, before: int, rows: list[tuple[int]]) -> None:
    """Erase these log rows, if they are still the old ones: SQLite may give a number anew."""
    old = [(id, before) for (id,) in rows]
    connection.executemany(
        "DELETE FROM searchable WHERE id IN (SELECT id FROM log WHERE id = ? AND at < ?)", old
    )
    connection.executemany("DELETE FROM log WHERE id = ? AND at < ?", old)
    note_erasure(connection)


def purge_rest(connection: sqlite3.Connection, before: int, unowned_before: int) -> None:
    """Erase what else is old: updates, failures, messages that could not be sent, addresses."""
    gone = sum(connection.execute(statement, (before,)).rowcount for statement in _OLD_ROWS)
    gone += connection.execute(_UNOWNED, (NOBODY, unowned_before)).rowcount
    if connection.execute(_OLD_ADDRESSES).rowcount or gone:
        note_erasure(connection)


def erasures_to_wipe(connection: sqlite3.Connection) -> int | None:
    """The number of the last erasure that has left bytes behind; None where there is none."""
    last, wiped = (
        connection.execute("SELECT value FROM upkeep WHERE name = ?", (name,)).fetchone()[0]
        for name in ("erasures", "wiped")
    )
    return last if last > wiped else None


def gather_words(connection: sqlite3.Connection) -> None:
    """Begin to merge the whole search index into one part, which holds nothing deleted."""
    _merge(connection, -_PAGES)


def merge_words(connection: sqlite3.Connection) -> bool:
    """Merge some more of it; returns whether that is not all."""
    return _merge(connection, _PAGES)


def _merge(connection: sqlite3.Connection, pages: int) -> bool:
    before = connection.total_changes
    connection.execute(
        "INSERT INTO searchable_fts (searchable_fts, rank) VALUES ('merge', ?)", (pages,)
    )
    return connection.total_changes - before > 1  # one change is the command itself


def empty_log(connection: sqlite3.Connection) -> bool:
    """Empty the write-ahead log; returns False while somebody still reads it."""
    busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    return not busy


def note_wiped(connection: sqlite3.Connection, erasures: int) -> None:
    """Remember up to which erasure nothing is left."""
    connection.execute("UPDATE upkeep SET value = max(value, ?) WHERE name = 'wiped'", (erasures,))
