"""What is read from PostgreSQL beside the turn, and whole rows put there.

Called by ``bot.store.postgres``. Indexing takes place outside the turn, in batches: a person never
waits for it.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from bot.store import Health
from bot.store.postgres_pool import Connection
from bot.store.postgres_schema import version_of
from bot.store.postgres_sql import LOCK, insert, selected
from bot.store.rows import CONVERSATION, LOG, TABLES, Table
from knowledge.faq_words import plain_words

Rows = tuple[Mapping[str, Any], ...]

PAGE = 500  # rows read at once
_MOST = 20  # faults of one sort that are told

_NEW = """
    SELECT key, seq, said FROM log WHERE words IS NULL AND way = 'text'
    ORDER BY key, seq LIMIT $1 FOR UPDATE SKIP LOCKED
"""
# Without the places of the words, which nobody asks for.
_INDEX = """
    UPDATE log SET words = strip(to_tsvector('simple', new.words))
    FROM unnest($1::text[], $2::bigint[], $3::text[]) AS new (key, seq, words)
    WHERE log.key = new.key AND log.seq = new.seq
"""
# A word that many use is found among the newest rows; for one that few use there are few rows to
# put in order. Asked for the newest hits in one go, PostgreSQL walks back through all rows for a
# rare word, half a minute in a log of ten million, or sorts half of them for a common one.
_RECENT = 10_000
_NEWEST_FIRST = "ORDER BY at DESC, seq DESC, key DESC LIMIT"
FOUND_RECENTLY = f"""
    SELECT {selected(LOG.columns)} FROM (
        SELECT * FROM log WHERE words IS NOT NULL {_NEWEST_FIRST} {_RECENT}
    ) AS recent
    WHERE words @@ to_tsquery('simple', $1) {_NEWEST_FIRST} $2
"""
FOUND = f"""
    WITH hit AS MATERIALIZED (
        SELECT key, seq, at FROM log WHERE words @@ to_tsquery('simple', $1)
    ), newest AS (
        SELECT key, seq FROM hit {_NEWEST_FIRST} $2
    )
    SELECT {selected(LOG.columns)} FROM newest JOIN log USING (key, seq) {_NEWEST_FIRST} $2
"""
_SHOWN = tuple(column for column in CONVERSATION.columns if column != "state")

# Each fault with the statement that finds it; what it finds is told by its key.
_BROKEN = (
    (
        "the log of {} goes further than its conversation has counted",
        """
        SELECT c.key FROM conversation AS c
        WHERE c.turns < (SELECT max(l.seq) FROM log AS l WHERE l.key = c.key)
        """,
    ),
    (
        "the log of {} has more rows than turns were taken",
        """
        SELECT c.key FROM conversation AS c
        WHERE c.revision < (SELECT count(*) FROM log AS l WHERE l.key = c.key)
        """,
    ),
    (
        "the log of {} hangs on no conversation",
        """
        SELECT DISTINCT l.key FROM log AS l
        WHERE NOT EXISTS (SELECT FROM conversation AS c WHERE c.key = l.key)
        """,
    ),
    (
        "the messages of {} have no address to be sent to",
        """
        SELECT DISTINCT o.key FROM outbox AS o
        WHERE NOT EXISTS (SELECT FROM address AS a WHERE a.key = o.key)
        """,
    ),
    (
        "the address of {} is kept with nothing to send and no conversation",
        """
        SELECT a.key FROM address AS a
        WHERE NOT EXISTS (SELECT FROM conversation AS c WHERE c.key = a.key)
            AND NOT EXISTS (SELECT FROM outbox AS o WHERE o.key = a.key)
        """,
    ),
)


async def index(connection: Connection, limit: int) -> int:
    """See `bot.store.Store.index`; what another process is at is left to it."""
    found = await connection.fetch(_NEW, limit)
    if found:
        words = [" ".join(plain_words(row["said"])) for row in found]
        keys, numbers = [row["key"] for row in found], [row["seq"] for row in found]
        await connection.execute(_INDEX, keys, numbers, words)
    return len(found)


async def search(connection: Connection, text: str, limit: int) -> Rows:
    """See `bot.store.Store.search`."""
    # Words are letters and digits only, so nothing in them can be a sign of the query's.
    query = " & ".join(f"{word}:*" for word in plain_words(text))
    if not query:
        return ()
    found = await connection.fetch(FOUND_RECENTLY, query, limit)
    if len(found) < limit:
        found = await connection.fetch(FOUND, query, limit)
    return tuple(map(dict, found))


async def newest(
    connection: Connection, limit: int, outcome: str | None, municipality: str | None
) -> Rows:
    """See `bot.store.Store.newest`."""
    wanted = {"outcome": outcome, "municipality": municipality}
    given = {column: value for column, value in wanted.items() if value is not None}
    where = " AND ".join(f"{column} = ${n}" for n, column in enumerate(given, 2)) or "true"
    statement = f"""
        SELECT {selected(_SHOWN)} FROM conversation WHERE {where} ORDER BY seen_at DESC LIMIT $1
    """
    return tuple(map(dict, await connection.fetch(statement, limit, *given.values())))


async def called(connection: Connection, beginning: str, limit: int) -> Rows:
    """See `bot.store.Store.called`."""
    statement = f"""
        SELECT {selected(_SHOWN)} FROM conversation
        WHERE key >= $1 AND key < $2 ORDER BY key LIMIT $3
    """
    # Pseudonyms are hexadecimal: in none of them does a letter come after f.
    return tuple(map(dict, await connection.fetch(statement, beginning, beginning + "g", limit)))


async def put(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """See `bot.store.Store.put`."""
    values = [tuple(row[column] for column in table.columns) for row in rows]
    await connection.executemany(insert(table), values)


async def log_of(connection: Connection, key: str) -> Rows:
    """See `bot.store.Store.log`."""
    statement = f"SELECT {selected(LOG.columns)} FROM log WHERE key = $1 ORDER BY seq"
    return tuple(map(dict, await connection.fetch(statement, key)))


async def export(connection: Connection, key: str) -> dict[str, Rows]:
    """See `bot.store.Store.export`: every table with rows about a chat, with no turn between."""
    await connection.fetch(LOCK, key, "", None)
    found: dict[str, Rows] = {}
    for table in TABLES:
        if table.is_personal:
            statement = f"""
                SELECT {selected(table.columns)} FROM {table.name} WHERE key = $1
                ORDER BY {selected(table.columns[: table.key])}
            """
            found[table.name] = tuple(map(dict, await connection.fetch(statement, key)))
    return found


async def rows_after(connection: Connection, table: Table, last: tuple[Any, ...] | None) -> Rows:
    """The next page of a table in the order of its key, after the key of the last one."""
    key = table.columns[: table.key]
    gaps = ", ".join(f"${n}" for n in range(1, table.key + 1))
    where = "" if last is None else f"WHERE ({selected(key)}) > ({gaps})"
    statement = f"""
        SELECT {selected(table.columns)} FROM {table.name} {where}
        ORDER BY {selected(key)} LIMIT {PAGE}
    """
    return tuple(map(dict, await connection.fetch(statement, *(last or ()))))


async def check(connection: Connection) -> Health:
    """See `bot.store.Store.check`. Changes nothing."""
    counted = {
        table.name: await connection.fetchval(f"SELECT count(*) FROM {table.name}")
        for table in TABLES
    }
    broken = [
        fault.format(row["key"])
        for fault, statement in _BROKEN
        for row in await connection.fetch(f"{statement} LIMIT {_MOST}")
    ]
    return Health(await version_of(connection) or 0, counted, tuple(broken))
