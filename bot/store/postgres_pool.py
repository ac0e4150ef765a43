"""The way to one PostgreSQL database: a pool of connections, and transactions tried again.

Called by ``bot.store.postgres`` and what belongs to it. Knows no table. Opens the first connection
when it is first needed, in the event loop that needs it.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from typing import TypeVar

import asyncpg
from asyncpg.pool import Pool, PoolConnectionProxy

from bot.store.postgres_faults import busy, in_words, place_of

Connection = PoolConnectionProxy
Result = TypeVar("Result")
Work = Callable[[Connection], Awaitable[Result]]

CONNECT_S = 10
# The longest that a turn may wait for the database, and what looks at all of it.
TURN_S, CARE_S = 30, 600
MOST_CONNECTIONS = 10
MOST_TRIES = 10
_FIRST_PAUSE_S = 0.005
# Somebody took the same update while we waited for the lock: the second look sees it.
_TAKEN_MEANWHILE = "processed_pkey"


class PlainConnection(asyncpg.Connection):
    """A connection on which nothing is set that lasts longer than a transaction."""

    def get_reset_query(self) -> str:
        """Nothing to reset: the question would cost each turn a round trip."""
        return ""


class Database:
    """One database, known by its address; ``where`` is what may be shown of that."""

    def __init__(self, address: str, connection_class: type[PlainConnection]) -> None:
        self.where = place_of(address)
        self._address = address
        self._connection_class = connection_class
        self._pool: Pool | None = None
        self._one_opens = asyncio.Lock()
        self._free = asyncio.Semaphore(MOST_CONNECTIONS)
        self._at_hand: list[Connection] = []

    async def alone(self, work: Work[Result], *, has_time: bool = False) -> Result:
        """Do what is a transaction with each single statement."""
        return await self._tried_again(work, has_time)

    async def transaction(self, work: Work[Result], *, has_time: bool = False) -> Result:
        """Do the work in one transaction, anew from its beginning if others were in the way.

        Raises:
            StoreError: it could not be done, and nothing was changed.
        """

        async def once(connection: Connection) -> Result:
            async with connection.transaction():
                return await work(connection)

        return await self._tried_again(once, has_time)

    async def close(self, last: Work[None]) -> None:
        """Do one last thing if anything was done, and close every connection after its work."""
        if self._pool is None:
            return
        try:
            await self.alone(last)
        finally:
            pool, self._pool = self._pool, None
            with in_words(self.where):
                while self._at_hand:
                    await pool.release(self._at_hand.pop())
                await asyncio.wait_for(pool.close(), CONNECT_S)

    async def _tried_again(self, once: Work[Result], has_time: bool) -> Result:
        with in_words(self.where):
            pool = self._pool or await self._opened()
            for number in range(MOST_TRIES):
                try:
                    async with self._connection(pool, CARE_S if has_time else TURN_S) as connection:
                        return await once(connection)
                except asyncpg.PostgresError as error:
                    if not _is_in_the_way(error):
                        raise
                # At random, so that two who met do not meet again.
                await asyncio.sleep(random.random() * _FIRST_PAUSE_S * 2**number)
        raise busy(self.where)

    @asynccontextmanager
    async def _connection(self, pool: Pool, seconds: float) -> AsyncIterator[Connection]:
        """A connection for so long; it is kept at hand afterwards.

        Giving it back to the pool takes three rounds of the event loop and asyncpg's own limit a
        timer for each statement: together a tenth of a turn.
        """
        async with self._free:
            while self._at_hand and _is_lost(self._at_hand[-1]):
                await pool.release(self._at_hand.pop())
            connection = self._at_hand.pop() if self._at_hand else await pool.acquire()
            limit = asyncio.get_running_loop().call_later(seconds, connection.terminate)
            try:
                yield connection
            except BaseException as error:
                await pool.release(connection)
                is_over = limit.when() <= asyncio.get_running_loop().time()
                if is_over and isinstance(error, Exception):
                    raise TimeoutError from error
                raise
            finally:
                limit.cancel()
            self._at_hand.append(connection)

    async def _opened(self) -> Pool:
        async with self._one_opens:
            if self._pool is None:
                self._pool = await asyncpg.create_pool(
                    self._address,
                    min_size=0,
                    max_size=MOST_CONNECTIONS,
                    timeout=CONNECT_S,
                    connection_class=self._connection_class,
                )
            return self._pool


def _is_lost(connection: Connection) -> bool:
    try:
        return connection.is_closed()
    except asyncpg.InterfaceError:  # it went back to the pool by itself
        return True


def _is_in_the_way(error: BaseException) -> bool:
    if isinstance(error, asyncpg.UniqueViolationError):
        return error.constraint_name == _TAKEN_MEANWHILE
    return isinstance(error, asyncpg.SerializationError | asyncpg.DeadlockDetectedError)
