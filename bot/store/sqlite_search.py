"""What staff look for in the log of the SQLite store: words, and the newest conversations.

Called by ``bot.store.sqlite``. Indexing takes place outside the turn, in batches: inside, SQLite
would now and then merge the whole index while a person waits.
"""

import sqlite3
from collections.abc import Mapping
from typing import Any

from bot.store.rows import CONVERSATION, LOG
from bot.store.sqlite_table import as_mappings, selected
from knowledge.faq_words import plain_words

_NEW = "SELECT id, way, said FROM log WHERE id > ? ORDER BY id LIMIT ?"
_FOUND = f"""
    SELECT {selected(LOG.columns)} FROM log JOIN searchable_fts ON searchable_fts.rowid = log.id
    WHERE searchable_fts MATCH ? ORDER BY searchable_fts.rowid DESC LIMIT ?
"""
_SHOWN = tuple(column for column in CONVERSATION.columns if column != "state")


def index(connection: sqlite3.Connection, limit: int) -> int:
    """See `bot.store.Store.index`."""
    run = connection.execute
    (last,) = run("SELECT value FROM upkeep WHERE name = 'indexed'").fetchone()
    found = run(_NEW, (last, limit)).fetchall()
    if not found:
        return 0
    written = ((id, " ".join(plain_words(said))) for id, way, said in found if way == "text")
    connection.executemany(
        "INSERT INTO searchable (id, words) VALUES (?, ?)", (row for row in written if row[1])
    )
    run("UPDATE upkeep SET value = ? WHERE name = 'indexed'", (found[-1][0],))
    return len(found)


def search(connection: sqlite3.Connection, text: str, limit: int) -> tuple[Mapping[str, Any], ...]:
    """See `bot.store.Store.search`."""
    # In quotes, AND, NEAR and signs are words like all others. The star finds beginnings.
    query = " ".join(f'"{word}"*' for word in plain_words(text))
    if not query:
        return ()
    return as_mappings(LOG.columns, connection.execute(_FOUND, (query, limit)))


def newest(
    connection: sqlite3.Connection, limit: int, outcome: str | None, municipality: str | None
) -> tuple[Mapping[str, Any], ...]:
    """See `bot.store.Store.newest`."""
    wanted = {"outcome": outcome, "municipality": municipality}
    given = {column: value for column, value in wanted.items() if value is not None}
    where = " AND ".join(f"{column} = ?" for column in given) or "true"
    statement = f"""
        SELECT {selected(_SHOWN)} FROM conversation WHERE {where} ORDER BY seen_at DESC LIMIT ?
    """
    return as_mappings(_SHOWN, connection.execute(statement, (*given.values(), limit)))


def called(
    connection: sqlite3.Connection, beginning: str, limit: int
) -> tuple[Mapping[str, Any], ...]:
    """See `bot.store.Store.called`."""
    statement = f"""
        SELECT {selected(_SHOWN)} FROM conversation WHERE key >= ? AND key < ? ORDER BY key LIMIT ?
    """
    # Pseudonyms are hexadecimal: in none of them does a letter come after f.
    values = (beginning, beginning + "g", limit)
    return as_mappings(_SHOWN, connection.execute(statement, values))
