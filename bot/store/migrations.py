"""The tables of the SQLite store, and the way to them from any earlier version.

Called by ``bot.store.sqlite`` alone, and only when a database is behind: sqlite-utils takes a
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
