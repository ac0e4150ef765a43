"""Conversations in PostgreSQL, for any number of workers: every turn one durable transaction.

Opened by ``bot.store.opening``. The statements stand in ``bot.store.postgres_turn`` and
``bot.store.postgres_log``; here is who may begin them, and that they are one transaction.
"""

import asyncio
import uuid
from collections.abc import AsyncIterator, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any
from weakref import WeakValueDictionary

from bot.privacy import key_of, pseudonym, update_code
from bot.store import Chat, Erased, Health, Kept, Mend, Outgoing, Work
from bot.store import postgres_log as log
from bot.store import postgres_turn as turn
from bot.store.postgres_faults import unreadable_state
from bot.store.postgres_pool import Database, PlainConnection
from bot.store.postgres_purge import purge_conversations, purge_rows
from bot.store.postgres_rename import rename
from bot.store.rows import TABLES, Unreadable
from dialogs.state import State

_TABLES = {table.name: table for table in TABLES}


class PostgresStore:
    """The promise of `bot.store.Store`, kept by the conversation's row being locked in a turn."""

    def __init__(
        self,
        address: str,
        secret: str,
        connection_class: type[PlainConnection] = PlainConnection,
    ) -> None:
        """Connect to nothing yet.

        Args:
            address: ``postgresql://…``, of a database that `postgres_schema.prepare` has been at.
            secret: What pseudonyms are made with; all workers have the same.
            connection_class: What talks to the database.
        """
        self._database = Database(address, connection_class)
        self._key = key_of(secret)
        self._code = partial(update_code, self._key)
        # Who holds a message that is being sent.
        self._sender = uuid.uuid4().hex
        # A chat that writes fast waits for itself here, and not on all of the pool's connections.
        self._in_turn: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def take(
        self, chat: Chat, update_id: int | None, at: int, work: Work, mend: Mend | None = None
    ) -> Kept:
        """See `bot.store.Store.take`."""
        key = self.pseudonym(chat)
        given = (key, self._code, chat, update_id, at, work, mend)
        async with self._in_turn.setdefault(key, asyncio.Lock()):
            with self._readable():
                return await self._database.transaction(lambda c: turn.take(c, *given))

    async def fail(self, chat: Chat, update_id: int, at: int, where: str) -> int:
        """See `bot.store.Store.fail`."""
        values = (self.pseudonym(chat), chat.channel, update_id, at, where)
        return await self._database.transaction(lambda c: turn.fail(c, *values))

    async def state(self, chat: Chat) -> State | None:
        """See `bot.store.Store.state`."""
        key = self.pseudonym(chat)
        with self._readable():
            return await self._database.alone(lambda c: turn.load(c, key))

    async def forget(self, chat: Chat) -> None:
        """See `bot.store.Store.forget`."""
        key = self.pseudonym(chat)
        await self._database.transaction(lambda c: turn.forget(c, key))

    def pseudonym(self, chat: Chat) -> str:
        """See `bot.store.Store.pseudonym`."""
        return pseudonym(self._key, chat.channel, chat.name)

    async def rename(self, key: str, chat: Chat) -> bool:
        """See `bot.store.Store.rename`."""
        new = self.pseudonym(chat)
        return await self._database.transaction(lambda c: rename(c, key, new, chat))

    async def due(self, at: int, limit: int, besides: Collection[str] = ()) -> Sequence[Outgoing]:
        """See `bot.store.Store.due`. What another worker was given is its own for a while."""
        values = (self._sender, at, limit, list(besides))
        return await self._database.alone(lambda c: turn.due(c, *values))

    async def mark_sent(self, sent: Outgoing) -> None:
        """See `bot.store.Store.mark_sent`."""
        await self._database.transaction(lambda c: turn.mark_sent(c, sent))

    async def postpone(self, waiting: Outgoing, until: int) -> None:
        """See `bot.store.Store.postpone`."""
        await self._database.alone(lambda c: turn.postpone(c, waiting, until))

    async def drop(self, chat_key: str) -> int:
        """See `bot.store.Store.drop`."""
        return await self._database.transaction(lambda c: turn.drop(c, chat_key))

    async def lease(self, name: str, holder: str, at: int, until: int) -> bool:
        """See `bot.store.Store.lease`."""
        return await self._database.alone(lambda c: turn.lease(c, name, holder, at, until))

    async def release(self, name: str, holder: str) -> None:
        """See `bot.store.Store.release`."""
        await self._database.alone(lambda c: turn.release(c, name, holder))

    async def purge(self, before: int, unowned_before: int = 0) -> Erased:
        """See `bot.store.Store.purge`. Some at a time, so that turns need not wait for it."""
        conversations = turns = 0
        while True:
            some = await self._database.transaction(
                lambda c: purge_conversations(c, before), has_time=True
            )
            conversations += some.conversations
            turns += some.turns
            if not some.conversations:
                break
        turns += await self._database.transaction(
            lambda c: purge_rows(c, before, unowned_before), has_time=True
        )
        return Erased(conversations, turns)

    async def index(self, limit: int) -> int:
        """See `bot.store.Store.index`."""
        return await self._database.transaction(lambda c: log.index(c, limit))

    async def search(self, text: str, limit: int) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.search`."""
        return await self._database.alone(lambda c: log.search(c, text, limit))

    async def newest(
        self, limit: int, outcome: str | None = None, municipality: str | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.newest`."""
        return await self._database.alone(lambda c: log.newest(c, limit, outcome, municipality))

    async def called(self, beginning: str, limit: int) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.called`."""
        return await self._database.alone(lambda c: log.called(c, beginning, limit))

    async def put(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """See `bot.store.Store.put`."""
        await self._database.transaction(lambda c: log.put(c, _TABLES[table], rows), has_time=True)

    async def export(self, chat: Chat) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """See `bot.store.Store.export`."""
        key = self.pseudonym(chat)
        return await self._database.transaction(lambda c: log.export(c, key))

    async def rows(self, table: str) -> AsyncIterator[Mapping[str, Any]]:
        """See `bot.store.Store.rows`."""
        asked, last = _TABLES[table], None
        while page := await self._database.alone(partial(log.rows_after, table=asked, last=last)):
            for row in page:
                yield row
            last = tuple(page[-1][column] for column in asked.columns[: asked.key])

    async def log(self, key: str) -> Sequence[Mapping[str, Any]]:
        """See `bot.store.Store.log`."""
        return await self._database.alone(lambda c: log.log_of(c, key))

    async def check(self) -> Health:
        """See `bot.store.Store.check`."""
        return await self._database.alone(log.check, has_time=True)

    async def close(self) -> None:
        """See `bot.store.Store.close`; others may send at once what was this worker's to send."""
        await self._database.close(lambda c: turn.let_go(c, self._sender))

    @contextmanager
    def _readable(self) -> Iterator[None]:
        """Tell in words of a state that cannot be read."""
        try:
            yield
        except Unreadable as error:
            raise unreadable_state(self._database.where) from error
