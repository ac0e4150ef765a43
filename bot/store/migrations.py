"""The tables of the SQLite store, and the way to them from any earlier version.

Called by ``bot.store.sqlite_file`` alone, and only when a database is behind: sqlite-utils takes a
hundred milliseconds to import. A migration that has been released is never edited; a new one is
added.
"""

import sqlite3

from sqlite_utils import Database
from sqlite_utils.migrations import Migrations

MIGRATIONS = Migrations("veiviser")


def migrate(connection: sqlite3.Connection, application_id: int, version: int) -> None:
    """Bring the tables to this program's version: wholly or, whatever happens, not at all.

    Args:
        connection: In autocommit mode, with no transaction open.
        application_id: Marks the file as ours from now on.
        version: What the schema is called after the last migration.
    """
    connection.execute("BEGIN IMMEDIATE")
    try:
        MIGRATIONS.apply(Database(connection, recursive_triggers=False, execute_plugins=False))
        connection.execute(f"PRAGMA application_id = {application_id}")
        connection.execute(f"PRAGMA user_version = {version}")
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


@MIGRATIONS()
def conversations_and_processed_updates(db: Database) -> None:
    """Each conversation's state under its pseudonym, and the updates that were taken.

    Every primary key starts with the conversation's, as a database spread over machines needs it.
    """
    db.create_table(
        "conversation",
        {"key": str, "state": str, "revision": int},
        pk="key",
        not_null={"key", "state", "revision"},
        strict=True,
    )
    db.create_table(
        "processed",
        {"key": str, "channel": str, "update_id": int},
        pk=("key", "channel", "update_id"),
        not_null={"key", "channel", "update_id"},
        foreign_keys=[("key", "conversation", "key")],
        strict=True,
    )


# When old rows were made is not known: what is kept for some days is kept from now on.
_NOW = "CAST(strftime('%s', 'now') AS INTEGER) * 1000"

_LOG_AND_OUTBOX = (
    """
    CREATE TABLE processed_2 (
        key TEXT NOT NULL, channel TEXT NOT NULL, update_id INTEGER NOT NULL, at INTEGER NOT NULL,
        PRIMARY KEY (key, channel, update_id)
    ) STRICT, WITHOUT ROWID
    """,
    f"INSERT INTO processed_2 SELECT key, channel, update_id, {_NOW} FROM processed",
    "DROP TABLE processed",
    "ALTER TABLE processed_2 RENAME TO processed",
    """
    CREATE TABLE conversation_2 (
        key TEXT NOT NULL PRIMARY KEY, state TEXT NOT NULL, revision INTEGER NOT NULL,
        turns INTEGER NOT NULL, lang TEXT NOT NULL, outcome TEXT, municipality TEXT,
        notice INTEGER NOT NULL, began_at INTEGER NOT NULL, seen_at INTEGER NOT NULL
    ) STRICT
    """,
    # A state that cannot be read comes along as it is. Notice 0: nobody was told of a log yet.
    f"""
    INSERT INTO conversation_2
    SELECT key, state, revision, 0,
        coalesce(CASE WHEN json_valid(state) THEN json_extract(state, '$.lang') END, 'nb'),
        NULL,
        CASE WHEN json_valid(state) AND
            json_extract(state, '$.answers.municipality') GLOB '[0-9][0-9][0-9][0-9]'
        THEN json_extract(state, '$.answers.municipality') END,
        0, {_NOW}, {_NOW}
    FROM conversation
    """,
    "DROP TABLE conversation",
    "ALTER TABLE conversation_2 RENAME TO conversation",
    "CREATE INDEX conversation_seen ON conversation (seen_at)",
    "CREATE INDEX conversation_outcome ON conversation (outcome, seen_at) WHERE outcome NOTNULL",
    """
    CREATE INDEX conversation_municipality ON conversation (municipality, seen_at)
    WHERE municipality NOTNULL
    """,
    """
    CREATE TABLE address (
        key TEXT NOT NULL PRIMARY KEY, channel TEXT NOT NULL, chat TEXT NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    # The number is what the search index calls a row; everybody else calls it by key and seq.
    """
    CREATE TABLE log (
        id INTEGER PRIMARY KEY,
        key TEXT NOT NULL REFERENCES conversation (key), seq INTEGER NOT NULL,
        at INTEGER NOT NULL, way TEXT NOT NULL, said TEXT NOT NULL, heard TEXT NOT NULL,
        intent TEXT NOT NULL, confidence REAL NOT NULL, question TEXT, faq TEXT,
        unanswered INTEGER NOT NULL, replies TEXT NOT NULL, outcome TEXT, verdict TEXT,
        year INTEGER NOT NULL, version TEXT NOT NULL, lang TEXT NOT NULL, took_us INTEGER NOT NULL,
        UNIQUE (key, seq)
    ) STRICT
    """,
    # With rows in the order they came, and not by key: many turns at once fill few pages.
    """
    CREATE TABLE outbox (
        key TEXT NOT NULL REFERENCES address (key), seq INTEGER NOT NULL, part INTEGER NOT NULL,
        reply TEXT NOT NULL, made_at INTEGER NOT NULL, due_at INTEGER NOT NULL,
        tries INTEGER NOT NULL,
        PRIMARY KEY (key, seq, part)
    ) STRICT
    """,
    """
    CREATE TABLE failure (
        key TEXT NOT NULL, channel TEXT NOT NULL, update_id INTEGER NOT NULL, at INTEGER NOT NULL,
        tries INTEGER NOT NULL, place TEXT NOT NULL,
        PRIMARY KEY (key, channel, update_id)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE counter (
        slot TEXT NOT NULL, day TEXT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL,
        n INTEGER NOT NULL,
        PRIMARY KEY (slot, day, name, value)
    ) STRICT, WITHOUT ROWID
    """,
    """
    CREATE TABLE searchable (
        id INTEGER PRIMARY KEY REFERENCES log (id), words TEXT NOT NULL
    ) STRICT
    """,
    """
    CREATE TABLE upkeep (
        name TEXT NOT NULL PRIMARY KEY, value INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID
    """,
    "INSERT INTO upkeep (name, value) VALUES ('indexed', 0), ('erasures', 0), ('wiped', 0)",
)


@MIGRATIONS()
def log_outbox_and_search(db: Database) -> None:
    """The log and its search, what waits to be sent, failures, counters; old conversations stay."""
    for statement in _LOG_AND_OUTBOX:
        db.execute(statement)
    # The words are folded before they come here, so SQLite need not fold them again.
    db.table("searchable").enable_fts(
        ["words"], create_triggers=True, tokenize="unicode61 remove_diacritics 0"
    )


@MIGRATIONS()
def leases(db: Database) -> None:
    """What only one process may have at a time, such as the sending of what waits."""
    db.execute("""
        CREATE TABLE lease (
            name TEXT NOT NULL PRIMARY KEY, holder TEXT NOT NULL, until INTEGER NOT NULL
        ) STRICT, WITHOUT ROWID
    """)
