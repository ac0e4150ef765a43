"""Looks through a whole SQLite database for damage and for promises that were not kept.

Called by ``bot.store.sqlite``. Changes nothing.
"""

import sqlite3

from bot.store import Health
from bot.store.rows import TABLES

_MOST = 20  # faults of one sort that are told

# Each fault with the statement that finds it; what it finds is told by its key.
_BROKEN = (
    (
        "the log of {} goes further than its conversation has counted",
        """
        SELECT key FROM conversation
        WHERE turns < (SELECT max(seq) FROM log WHERE log.key = conversation.key)
        """,
    ),
    (
        "the log of {} has more rows than turns were taken",
        """
        SELECT key FROM conversation
        WHERE revision < (SELECT count(*) FROM log WHERE log.key = conversation.key)
        """,
    ),
    (
        "the address of {} is kept with nothing to send and no conversation",
        """
        SELECT key FROM address WHERE key NOT IN (SELECT key FROM conversation)
            AND key NOT IN (SELECT key FROM outbox)
        """,
    ),
)


def check(connection: sqlite3.Connection) -> Health:
    """See `bot.store.Store.check`."""
    run = connection.execute
    (version,) = run("PRAGMA user_version").fetchone()
    try:
        damage = [row[0] for row in run(f"PRAGMA integrity_check({_MOST})") if row[0] != "ok"]
        counted = {t.name: run(f"SELECT count(*) FROM {t.name}").fetchone()[0] for t in TABLES}
        astray = [
            f"{table}: row {row} hangs on nothing in {parent}"
            for table, row, parent, _ in run("PRAGMA foreign_key_check").fetchmany(_MOST)
        ]
        broken = [
            fault.format(key)
            for fault, statement in _BROKEN
            for (key,) in run(f"{statement} LIMIT {_MOST}")
        ]
    except sqlite3.DatabaseError as error:  # damage can also show as an error
        return Health(version, {}, (str(error),))
    return Health(version, counted, (*damage, *astray, *broken))
