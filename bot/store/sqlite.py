"""Conversations in one SQLite file, or in memory: every turn one durable transaction.

Opened by ``bot.store.opening``. One connection writes, another reads; here is only what they are
given to do, and who waits for it. The statements are in the modules beside this one.
"""

import sqlite3
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Collection, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

from bot.privacy import key_beside, key_of, new_key, pseudonym, update_code
from bot.store import (
    Chat,
    Erased,
    Health,
    Kept,
    Mend,
    Outgoing,
    Work,
    faults,
    sqlite_health,
    sqlite_rename,
    sqlite_search,
    sqlite_table,
    sqlite_turn,
    sqlite_wipe,
)
from bot.store.rows import TABLES, Unreadable
from bot.store.sqlite_file import IN_MEMORY, connect, in_words, open_file, open_reader
from bot.store.sqlite_writer import Reader, Writer
from dialogs.state import State

T = TypeVar("T")
Job = Callable[[sqlite3.Connection], T]

_TABLES = {table.name: table for table in TABLES}
_WIPE_AGAIN_S = 1.0  # while somebody reads what was erased
_ROWS_AT_ONCE = 1_000


def open_store(path: Path | None, secret: str | None) -> "SqliteStore":
    """Open a database, make it where there is none, and bring it up to date.

    Args:
        path: The file, in a folder that exists; None for a store that lives in memory.
        secret: What pseudonyms are made with; None for a random key, kept beside the file.

    Raises:
        StoreError: the file cannot be used as it is.
    """
    if path is None:
        key = key_of(secret) if secret else new_key()
        return SqliteStore(connect(IN_MEMORY, IN_MEMORY), None, key, IN_MEMORY)
    connection = open_file(path)
    try:
        key = key_of(secret) if secret else key_beside(path)
        return SqliteStore(connection, open_reader(path), key, str(path))
    except BaseException:
        connection.close()
        raise


class SqliteStore:
    """The promise of `bot.store.Store`. Without a second connection the writer reads too."""

    def __init__(
        self,
        connection: sqlite3.Connection,
        reading: sqlite3.Connection | None,
        key: bytes,
        where: str,
    ) -> None:
        self._writer = Writer(connection)
        self._reader = Reader(reading) if reading else self._writer
        self._key = key
        self._code = partial(update_code, key)
        self._where = where
        # Something may be left to wipe from a process that was killed while it wiped.
        self._wipe_at: float | None = time.monotonic() if reading else None

    async def take(
        self, chat: Chat, update_id: int | None, at: int, work: Work, mend: Mend | None = None
    ) -> Kept:
        """See `bot.store.Store.take`."""
        given = (self.pseudonym(chat), self._code, chat, update_id, at, work, mend)
        kept = await self._write(lambda connection: sqlite_turn.take(connection, *given))
        if kept.state.erased or self._wipe_at is not None:
            await self._wipe(now=kept.state.erased)
        return kept

    async def fail(self, chat: Chat, update_id: int, at: int, where: str) -> int:
        """See `bot.store.Store.fail`."""
        key = self.pseudonym(chat)
        return await self._write(
            lambda connection: sqlite_turn.fail(connection, key, chat.channel, update_id, at, where)
        )

    async def state(self, chat: Chat) -> State | None:
        """See `bot.store.Store.state`."""
        load = partial(sqlite_turn.load, key=self.pseudonym(chat))
        return await self._told(self._writer.read(load))

    async def forget(self, chat: Chat) -> None:
        """See `bot.store.Store.forget`."""
        await self._write(partial(sqlite_turn.erase, key=self.pseudonym(chat)))
        await self._wipe(now=True)

    def pseudonym(self, chat: Chat) -> str:
        """See `bot.store.Store.pseudonym`."""
        return pseudonym(self._key, chat.channel, chat.name)

    async def rename(self, key: str, chat: Chat) -> bool:
        """See `bot.store.Store.rename`."""
        new = self.pseudonym(chat)
        is_done = await self._write(
            lambda connection: sqlite_rename.rename(connection, key, new, chat)
        )
        if is_done and self._wipe_at is None:  # many at once are wiped together
            self._wipe_at = time.monotonic() + _WIPE_AGAIN_S
        await self._wipe(now=False)
        return is_done

    async def due(self, at: int, limit: int, besides: Collection[str] = ()) -> Sequence[Outgoing]:
        """See `bot.store.Store.due`."""
        return await self._read(partial(sqlite_turn.due, at=at, limit=limit, besides=besides))

    async def mark_sent(self, sent: Outgoing) -> None:
        """See `bot.store.Store.mark_sent`."""
        has_left = await self._write(partial(sqlite_turn.mark_sent, sent=sent))
        await self._wipe(now=has_left)

    async def postpone(self, waiting: Outgoing, until: int) -> None:
        """See `bot.store.Store.postpone`."""
        await self._write(partial(sqlite_turn.postpone, waiting=waiting, until=until))

    async def drop(self, chat_key: str) -> int:
        """See `bot.store.Store.drop`."""
        dropped, has_left = await self._write(partial(sqlite_turn.drop, key=chat_key))
        await self._wipe(now=has_left)
        return dropped

    async def lease(self, name: str, holder: str, at: int, until: int) -> bool:
        """See `bot.store.Store.lease`."""
        return await self._write(
            lambda connection: sqlite_turn.lease(connection, name, holder, at, until)
        )

    async def release(self, name: str, holder: str) -> None:
        """See `bot.store.Store.release`."""
        await self._write(partial(sqlite_turn.release, name=name, holder=holder))

    async def purge(self, before: int, unowned_before: int = 0) -> Erased:
        """See `bot.store.Store.purge`. In many small transactions, so that turns can go between."""
        conversations = turns = 0
        some = partial(sqlite_wipe.purge_conversations, before=before)
        while (erased := await self._write(some)).conversations:
            conversations += erased.conversations
            turns += erased.turns
        old = partial(sqlite_wipe.old_log_rows, before=before, limit=_ROWS_AT_ONCE)
        while rows := await self._read(old):  # looked for where nobody waits
            await self._write(partial(sqlite_wipe.purge_log, before=before, rows=rows))
            turns += len(rows)
        rest = partial(sqlite_wipe.purge_rest, before=before, unowned_before=unowned_before)
        await self._write(rest)
        await self._wipe(now=True)
        return Erased(conversations, turns)

    async def index(self, limit: int) -> int:
        """See `bot.store.Store.index`."""
        found = await self._write(partial(sqlite_search.index, limit=limit))
        await self._wipe(now=False)
        return found

    async def search(self, text: str, limit: int) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.search`."""
        return await self._read(partial(sqlite_search.search, text=text, limit=limit))

    async def newest(
        self, limit: int, outcome: str | None = None, municipality: str | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.newest`."""
        return await self._read(
            lambda connection: sqlite_search.newest(connection, limit, outcome, municipality)
        )

    async def called(self, beginning: str, limit: int) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.called`."""
        return await self._read(partial(sqlite_search.called, beginning=beginning, limit=limit))

    async def put(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """See `bot.store.Store.put`."""
        await self._write(partial(sqlite_table.put, table=_TABLES[table], rows=rows))

    async def export(self, chat: Chat) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """See `bot.store.Store.export`."""
        return await self._read(partial(sqlite_table.export, key=self.pseudonym(chat)))

    async def rows(self, table: str) -> AsyncIterator[Mapping[str, Any]]:
        """See `bot.store.Store.rows`. Page by page, so that nobody waits for the whole table."""
        found = _TABLES[table]
        last: tuple[Any, ...] | None = None
        while page := await self._read(partial(sqlite_table.rows_after, table=found, last=last)):
            for row in page:
                yield row
            last = tuple(page[-1][column] for column in found.columns[: found.key])

    async def log(self, key: str) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.log`."""
        return await self._read(partial(sqlite_table.log_of, key=key))

    async def check(self) -> Health:
        """See `bot.store.Store.check`."""
        return await self._read(sqlite_health.check)

    async def close(self) -> None:
        """See `bot.store.Store.close`."""
        with in_words(self._where):
            await self._wipe(now=self._wipe_at is not None)
            if self._reader is not self._writer:
                self._reader.close()
            self._writer.close()

    async def _wipe(self, *, now: bool) -> None:
        """Leave no byte of what was erased; while somebody reads it, later."""
        if self._where == IN_MEMORY:
            return
        if not now and (self._wipe_at is None or time.monotonic() < self._wipe_at):
            return
        self._wipe_at = None
        erasures = await self._told(self._writer.read(sqlite_wipe.erasures_to_wipe))
        if erasures is None:
            return
        await self._write(sqlite_wipe.gather_words)
        while await self._write(sqlite_wipe.merge_words):
            pass
        if await self._told(self._writer.read(sqlite_wipe.empty_log)):
            await self._write(partial(sqlite_wipe.note_wiped, erasures=erasures))
        else:
            self._wipe_at = time.monotonic() + _WIPE_AGAIN_S

    def _write(self, job: Job[T]) -> Awaitable[T]:
        return self._told(self._writer.write(job))

    def _read(self, job: Job[T]) -> Awaitable[T]:
        return self._told(self._reader.read(job))

    async def _told(self, answer: Awaitable[T]) -> T:
        """What comes of it; what befell the database is told in words."""
        try:
            return await answer
        except sqlite3.Error as error:
            raise faults.in_words(error, self._where) from error
        except Unreadable as error:
            raise faults.unreadable_state(self._where) from error
