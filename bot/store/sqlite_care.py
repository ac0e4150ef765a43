"""SQLite files as a whole: copied while others write, filled anew, put in another's place.

Called by ``bot.store.care`` and by the operator's commands. Everything is made under another name
beside the place it is for, and gets its own name only when it is whole and checked.
"""

import os
import sqlite3
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager, closing, suppress
from pathlib import Path
from typing import Any

from bot.store import faults
from bot.store.care import Rows
from bot.store.care_faults import in_use, not_empty
from bot.store.rows import TABLES, Table
from bot.store.sqlite_file import APPLICATION_ID, in_words, open_file, open_reader
from bot.store.sqlite_table import put, rows_after

UNFINISHED = ".unfinished"
_BESIDE = ("-wal", "-shm", "-journal")
_PAGES = 512  # copied at a time: 2 MB

Tell = Callable[[int, int], None]  # how many pages are done, and how many there are


def copy(source: Path, draft: Path, tell: Tell) -> None:
    """Copy a database as it stands at this moment, into one new file, and check the copy.

    Turns can be taken meanwhile. A file that is damaged, or not ours, is not copied.

    Raises:
        StoreError: it could not be copied; ``draft`` is gone again.
    """
    discard(draft)
    try:
        with in_words(str(draft)):
            os.close(os.open(draft, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600))
            with closing(open_reader(source)) as reader, closing(_draft(draft)) as copied:
                with in_words(str(source)):
                    _hold(reader, source)

                def progress(_: int, left: int, pages: int) -> None:
                    tell(pages - left, pages)

                reader.backup(copied, pages=_PAGES, progress=progress)
                _check(copied, str(source))
        _to_disk(draft)
    except BaseException:
        discard(draft)
        raise


def conversations(path: Path) -> int:
    """How many conversations a file of any version has.

    Raises:
        StoreError: it is damaged, or not ours.
    """
    with in_words(str(path)), closing(open_reader(path)) as reader:
        if not reader.execute("SELECT 1 FROM sqlite_master").fetchone():
            return 0  # nobody has used it yet
        _hold(reader, path)
        return int(reader.execute("SELECT count(*) FROM conversation").fetchone()[0])


def put_in_place(draft: Path, path: Path) -> None:
    """Give the finished file its name, so that there is a whole one at every moment."""
    draft.replace(path)
    _to_disk(path.parent)


def keep_beside(path: Path, name: str) -> Path:
    """Keep the file that is to be replaced under another name as well.

    Its log goes with it: beside another database, SQLite would read that log into it.
    """
    kept = path.with_name(name)
    for end in _BESIDE:
        beside = path.with_name(path.name + end)
        if beside.exists():
            beside.replace(kept.with_name(kept.name + end))
    os.link(path, kept)
    return kept


def discard(draft: Path) -> None:
    """Take away a file that was not finished, and what SQLite laid beside it."""
    for end in ("", *_BESIDE):
        draft.with_name(draft.name + end).unlink(missing_ok=True)


def refuse_in_use(path: Path) -> None:
    """Refuse a file that another process has open: whoever leaves last takes the log away."""
    if path.with_name(path.name + "-shm").exists():
        raise in_use(str(path))


@asynccontextmanager
async def reading(path: Path) -> AsyncIterator["Sqlite"]:
    """See `bot.store.care.reading`."""
    with closing(open_reader(path)) as connection, in_words(str(path)):
        _hold(connection, path)
        yield Sqlite(connection, str(path))


@asynccontextmanager
async def filling(path: Path, *, instead: bool) -> AsyncIterator["Sqlite"]:
    """See `bot.store.care.filling`."""
    _refuse_filled(path, instead=instead)
    draft = path.with_name(path.name + UNFINISHED)
    discard(draft)
    try:
        with in_words(str(path)), closing(open_file(draft)) as connection:
            yield Sqlite(connection, str(path))
            _check(connection, str(path))
        _to_disk(draft)
        put_in_place(draft, path)
    except BaseException:
        discard(draft)
        raise


class Sqlite:
    """The promises of `bot.store.care.Reading` and `Filling`, on one connection."""

    def __init__(self, connection: sqlite3.Connection, where: str) -> None:
        self._connection = connection
        self.where = where

    async def counts(self) -> Mapping[str, int]:
        """See `bot.store.care.Reading.counts`."""
        return _counts(self._connection)

    async def pages(self, table: Table) -> AsyncIterator[Rows]:
        """See `bot.store.care.Reading.pages`."""
        last: tuple[Any, ...] | None = None
        while page := rows_after(self._connection, table, last):
            yield page
            last = tuple(page[-1][column] for column in table.columns[: table.key])

    async def put(self, table: Table, rows: Rows) -> None:
        """See `bot.store.care.Filling.put`."""
        self._connection.execute("BEGIN")
        put(self._connection, table, rows)
        self._connection.execute("COMMIT")


def _refuse_filled(path: Path, *, instead: bool) -> None:
    if not path.exists():
        return
    with closing(open_file(path)) as there:
        if any(_counts(there).values()) and not instead:
            raise not_empty(str(path))
    refuse_in_use(path)


def _counts(connection: sqlite3.Connection) -> dict[str, int]:
    run = connection.execute
    return {t.name: run(f"SELECT count(*) FROM {t.name}").fetchone()[0] for t in TABLES}


def _draft(path: Path) -> sqlite3.Connection:
    return sqlite3.connect(path, isolation_level=None)


def _hold(connection: sqlite3.Connection, path: Path) -> None:
    """Begin to read: from here on the database stands still for this connection."""
    connection.execute("BEGIN")
    if connection.execute("PRAGMA application_id").fetchone() != (APPLICATION_ID,):
        raise faults.foreign(str(path))
    connection.execute("SELECT 1 FROM sqlite_master").fetchone()


def _check(connection: sqlite3.Connection, where: str) -> None:
    """Refuse damage, and rows that hang on nothing."""
    connection.execute("PRAGMA journal_mode = DELETE")  # all in one file, with no log beside it
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise faults.damaged(where)
    if connection.execute("PRAGMA foreign_key_check").fetchone():
        raise faults.damaged(where)


def _to_disk(path: Path) -> None:
    """Wait until a file, or a folder's names, would outlive a loss of power."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        # Not every file system lets a folder be waited for.
        with suppress(OSError):
            os.fsync(descriptor)
    finally:
        os.close(descriptor)
