"""The tables of the PostgreSQL store, and the way to them from any earlier version.

Called by ``bot.store.opening`` before anything else, and by the operator's commands. A migration
that has been released is never edited; a new one is added.
"""

import asyncpg
from asyncpg.pool import PoolConnectionProxy

from bot.store.postgres_faults import foreign, in_words, newer, not_utf8, place_of
from bot.store.postgres_pool import CONNECT_S

APPLICATION = "veiviser"
_MOST_TRIES = 20

# Which version of which application's tables these are.
_OWNER_TABLE = "veiviser_schema"
_MAKE_OWNER = """
    CREATE TABLE veiviser_schema (application text PRIMARY KEY, version bigint NOT NULL)
"""
_OWN = "INSERT INTO veiviser_schema (application, version) VALUES ($1, 0)"
_VERSION = "SELECT version FROM veiviser_schema WHERE application = $1"
_LOCK_VERSION = _VERSION + " FOR UPDATE"
_SET_VERSION = "UPDATE veiviser_schema SET version = $2 WHERE application = $1"
# The catalogue itself: the views of the standard hide what belongs to others.
_TABLES = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"

# Keys compare by their bytes, whatever the language of the database.
_CONVERSATIONS_LOG_AND_OUTBOX = (
    """
    CREATE TABLE conversation (
        key text COLLATE "C" PRIMARY KEY,
        state text NOT NULL,
        revision bigint NOT NULL,
        turns bigint NOT NULL,
        lang text NOT NULL,
        outcome text,
        municipality text,
        notice bigint NOT NULL,
        began_at bigint NOT NULL,
        seen_at bigint NOT NULL
    )
    """,
    "CREATE INDEX conversation_seen ON conversation (seen_at)",
    "CREATE INDEX conversation_outcome ON conversation (outcome, seen_at)",
    "CREATE INDEX conversation_municipality ON conversation (municipality, seen_at)",
    """
    CREATE TABLE address (
        key text COLLATE "C" PRIMARY KEY,
        channel text NOT NULL,
        chat text NOT NULL
    )
    """,
    """
    CREATE TABLE processed (
        key text COLLATE "C" NOT NULL,
        channel text COLLATE "C" NOT NULL,
        update_id bigint NOT NULL,
        at bigint NOT NULL,
        PRIMARY KEY (key, channel, update_id)
    )
    """,
    # `words` is what it is found by, null until it is indexed, outside the turn.
    """
    CREATE TABLE log (
        key text COLLATE "C" NOT NULL,
        seq bigint NOT NULL,
        at bigint NOT NULL,
        way text NOT NULL,
        said text NOT NULL,
        heard text NOT NULL,
        intent text NOT NULL,
        confidence double precision NOT NULL,
        question text,
        faq text,
        unanswered bigint NOT NULL,
        replies text NOT NULL,
        outcome text,
        verdict text,
        year bigint NOT NULL,
        version text NOT NULL,
        lang text NOT NULL,
        took_us bigint NOT NULL,
        words tsvector,
        PRIMARY KEY (key, seq)
    )
    """,
    "CREATE INDEX log_to_index ON log (key, seq) WHERE words IS NULL AND way = 'text'",
    "CREATE INDEX log_words ON log USING gin (words) WHERE words IS NOT NULL",
    "CREATE INDEX log_newest ON log (at, seq, key) WHERE words IS NOT NULL",
    # `sender` has the message to itself until `held_until`.
    """
    CREATE TABLE outbox (
        key text COLLATE "C" NOT NULL,
        seq bigint NOT NULL,
        part bigint NOT NULL,
        reply text NOT NULL,
        made_at bigint NOT NULL,
        due_at bigint NOT NULL,
        tries bigint NOT NULL,
        sender text,
        held_until timestamptz,
        PRIMARY KEY (key, seq, part)
    )
    """,
    "CREATE INDEX outbox_oldest ON outbox (made_at, key)",
    """
    CREATE TABLE failure (
        key text COLLATE "C" NOT NULL,
        channel text COLLATE "C" NOT NULL,
        update_id bigint NOT NULL,
        at bigint NOT NULL,
        tries bigint NOT NULL,
        place text NOT NULL,
        PRIMARY KEY (key, channel, update_id)
    )
    """,
    """
    CREATE TABLE counter (
        slot text COLLATE "C" NOT NULL,
        day text COLLATE "C" NOT NULL,
        name text COLLATE "C" NOT NULL,
        value text COLLATE "C" NOT NULL,
        n bigint NOT NULL,
        PRIMARY KEY (slot, day, name, value)
    )
    """,
)
# What only one process may have at a time.
_LEASES = (
    """
    CREATE TABLE lease (
        name text COLLATE "C" PRIMARY KEY,
        holder text NOT NULL,
        until bigint NOT NULL
    )
    """,
)
MIGRATIONS = (_CONVERSATIONS_LOG_AND_OUTBOX, _LEASES)
SCHEMA_VERSION = len(MIGRATIONS)

# Another process made the tables just now.
_MADE_MEANWHILE = (
    asyncpg.UniqueViolationError,
    asyncpg.DuplicateTableError,
    asyncpg.SerializationError,
    asyncpg.DeadlockDetectedError,
)


async def prepare(address: str) -> None:
    """Refuse a database that is not ours; bring one that is to this program's version.

    Wholly or, whatever happens, not at all; any number of processes may do it at once.

    Raises:
        StoreError: the database cannot be used as it is, and was not touched.
    """
    where = place_of(address)
    with in_words(where):
        connection = await asyncpg.connect(address, timeout=CONNECT_S)
        try:
            for tries_left in reversed(range(_MOST_TRIES)):
                try:
                    async with connection.transaction():
                        await _migrate(connection, where)
                    return
                except _MADE_MEANWHILE:
                    if not tries_left:
                        raise
        finally:
            await connection.close()


async def version_of(
    connection: asyncpg.Connection | PoolConnectionProxy, *, lock: bool = False
) -> int | None:
    """The version of the tables; None where they belong to another application."""
    version = await connection.fetchval(_LOCK_VERSION if lock else _VERSION, APPLICATION)
    return None if version is None else int(version)


async def _migrate(connection: asyncpg.Connection, where: str) -> None:
    tables = {row["tablename"] for row in await connection.fetch(_TABLES)}
    if not tables:
        if connection.get_settings().server_encoding != "UTF8":
            raise not_utf8(where)
        await connection.execute(_MAKE_OWNER)
        await connection.execute(_OWN, APPLICATION)
    version = await version_of(connection) if not tables or _OWNER_TABLE in tables else None
    if version is None:
        raise foreign(where)
    if version > SCHEMA_VERSION:
        raise newer(where)
    if version < SCHEMA_VERSION:
        version = await version_of(connection, lock=True)
        for statements in MIGRATIONS[version:]:
            for statement in statements:
                await connection.execute(statement)
        await connection.execute(_SET_VERSION, APPLICATION, SCHEMA_VERSION)
