"""Conversations in one SQLite file, or in memory: every turn one durable transaction.

Opened by ``bot.cli``. Plain SQL on the turn, sqlite-utils for the schema. A file that is damaged,
of another program or of a newer Veiviser is refused and never recreated.
"""

import asyncio
import os
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.privacy import key_beside, new_key, pseudonym
from bot.store import Turn, faults
from dialogs.state import State

APPLICATION_ID = 0x56656976  # "Veiv"
SCHEMA_VERSION = 1  # how many migrations there are
IN_MEMORY = ":memory:"
BUSY_MS = 5_000

_SETTINGS = (
    "journal_mode = WAL",
    "synchronous = FULL",
    "foreign_keys = ON",
    "secure_delete = ON",
)
_LOAD = "SELECT state FROM conversation WHERE key = ?"
_SEEN = "SELECT 1 FROM processed WHERE key = ? AND channel = ? AND update_id = ?"
_KEEP = """
    INSERT INTO conversation (key, state, revision) VALUES (?, ?, 1)
    ON CONFLICT (key) DO UPDATE SET state = excluded.state, revision = revision + 1
"""
_MARK = "INSERT INTO processed (key, channel, update_id) VALUES (?, ?, ?)"


def open_store(path: Path | None, secret: str | None) -> "SqliteStore":
    """Open a database, make it where there is none, and bring it up to date.

    Args:
        path: The file, in a folder that exists; None for a store that lives in memory.
        secret: What pseudonyms are made with; None for a random key, kept beside the file.

    Raises:
        StoreError: the file cannot be used as it is.
    """
    where = str(path) if path else IN_MEMORY
    if path:
        with suppress(OSError):  # SQLite says better what is wrong
            os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    with _in_words(where), ExitStack() as on_failure:
        connection = sqlite3.connect(path or IN_MEMORY, isolation_level=None)
        on_failure.callback(connection.close)
        _prepare(connection, where)
        key = secret.encode() if secret else key_beside(path) if path else new_key()
        on_failure.pop_all()
    return SqliteStore(connection, key, where)


class SqliteStore:
    """The promise of `bot.store.Store`, kept by one connection that takes one turn at a time."""

    def __init__(self, connection: sqlite3.Connection, key: bytes, where: str) -> None:
        self._connection = connection
        self._key = key
        self._where = where
        self._one_at_a_time = asyncio.Lock()
        self._log_holds_erased = False

    @asynccontextmanager
    async def turn(self, channel: str, chat: str, update_id: int | None) -> AsyncIterator[Turn]:
        """See `bot.store.Store.turn`."""
        key = pseudonym(self._key, channel, chat)
        async with self._one_at_a_time:
            with self._transaction():
                update = None if update_id is None else (key, channel, update_id)
                repeated = bool(update and self._one(_SEEN, *update))
                turn = Turn(self._load(key) or State(), repeated)
                yield turn
                if turn.state.erased:
                    self._erase(key)
                elif not repeated:
                    self._run(_KEEP, key, turn.state.to_json())
                    if update:
                        self._run(_MARK, *update)
            self._wipe_log()

    async def state(self, channel: str, chat: str) -> State | None:
        """See `bot.store.Store.state`."""
        with _in_words(self._where):
            return self._load(pseudonym(self._key, channel, chat))

    async def forget(self, channel: str, chat: str) -> None:
        """See `bot.store.Store.forget`."""
        async with self._one_at_a_time:
            with self._transaction():
                self._erase(pseudonym(self._key, channel, chat))
            self._wipe_log()

    async def close(self) -> None:
        """See `bot.store.Store.close`."""
        with _in_words(self._where):
            self._connection.close()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with _in_words(self._where):
            self._run("BEGIN IMMEDIATE")
            try:
                yield
                self._run("COMMIT")
            except BaseException:
                # A full disk may have ended the transaction already; a second end would hide why.
                if self._connection.in_transaction:
                    self._run("ROLLBACK")
                raise

    def _load(self, key: str) -> State | None:
        found = self._one(_LOAD, key)
        if found is None:
            return None
        try:
            return State.from_json(found[0])
        except (ValueError, LookupError, TypeError, AttributeError) as error:
            raise faults.unreadable_state(self._where) from error

    def _erase(self, key: str) -> None:
        self._run("DELETE FROM processed WHERE key = ?", key)
        self._run("DELETE FROM conversation WHERE key = ?", key)
        self._log_holds_erased = True

    def _wipe_log(self) -> None:
        """Empty the write-ahead log of what was erased; while somebody reads it, later."""
        if self._log_holds_erased:
            with _in_words(self._where):
                busy = self._one("PRAGMA wal_checkpoint(TRUNCATE)")[0]
            self._log_holds_erased = bool(busy)

    def _run(self, sql: str, *values: str | int) -> sqlite3.Cursor:
        return self._connection.execute(sql, values)

    def _one(self, sql: str, *values: str | int) -> Any:
        return self._run(sql, *values).fetchone()


def _prepare(connection: sqlite3.Connection, where: str) -> None:
    """Refuse what is not ours; then make writes durable, deletions real and the tables there."""

    def pragma(text: str) -> Any:
        return connection.execute(f"PRAGMA {text}").fetchone()

    pragma(f"busy_timeout = {BUSY_MS}")
    owner, version = pragma("application_id")[0], pragma("user_version")[0]
    is_empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    if owner != APPLICATION_ID and not (is_empty and owner == version == 0):
        raise faults.foreign(where)
    if version > SCHEMA_VERSION:
        raise faults.newer(where)
    if pragma("quick_check(1)") != ("ok",):
        raise faults.damaged(where)
    for setting in _SETTINGS:
        pragma(setting)
    if version < SCHEMA_VERSION:
        from bot.store.migrations import migrate  # the import alone takes 100 ms

        migrate(connection, APPLICATION_ID, SCHEMA_VERSION)


@contextmanager
def _in_words(where: str) -> Iterator[None]:
    try:
        yield
    except sqlite3.Error as error:
        raise faults.in_words(error, where) from error
