"""A turn, the outbox and erasing, on a connection to PostgreSQL with a transaction open.

Called by ``bot.store.postgres``, which opens and ends the transaction and may begin it anew.
"""

from collections.abc import Callable
from datetime import timedelta

import asyncpg

from bot.store import Chat, Erased, Kept, Lost, Mend, Outgoing, Work
from bot.store import postgres_sql as sql
from bot.store.postgres_pool import Connection
from bot.store.rows import (
    LONGEST_LEASE,
    NOBODY,
    NOTICE,
    Row,
    counts,
    log_row,
    municipality_of,
    outgoing,
    standing_state,
    state_of,
    turned_from,
    waiting_as_json,
)
from dialogs.state import State

# How long a message belongs to the sender it was given to: longer than any sending takes, and the
# time that it waits when that sender dies.
HELD = timedelta(seconds=60)

# The code of an update, from its chat's key, its channel and number: `bot.privacy.update_code`.
Code = Callable[[str, str, int], str]


async def take(
    connection: Connection,
    key: str,
    code: Code,
    chat: Chat,
    update_id: int | None,
    at: int,
    work: Work,
    mend: Mend | None,
) -> Kept:
    """See `bot.store.Store.take`."""
    found = await locked(connection, key, chat.channel, update_id, at)
    is_new = found["revision"] == 0
    was_taken = found["was_taken"]
    if update_id is not None and found["is_first"] and not was_taken:
        was_taken = await connection.fetchval(sql.IS_UNOWNED, code(key, chat.channel, update_id))
    if was_taken:
        if is_new:
            await connection.execute(sql.NEVER_BEGUN, key)
        return Kept(standing_state(found["state"], mend), None)
    lost = Lost(found["state"], found["lang"], found["turns"])
    turned = work(State()) if is_new else turned_from(lost, work, mend)
    seq = found["turns"] + 1
    replies = (
        [waiting_as_json(reply, turned) for reply in turned.replies] if chat.is_sent_to else []
    )
    if turned.state.erased:
        taken = [tuple(row) for row in await connection.fetch(sql.TAKEN, key)]
        if update_id is not None:
            taken.append((chat.channel, update_id, at))
        await erase(connection, [key])
        codes, times = [code(key, *one[:2]) for one in taken], [then for _, _, then in taken]
        await connection.execute(sql.MARK_UNOWNED, NOBODY, codes, times)
        if replies:
            values = (key, seq, at, chat.channel, chat.name, replies)
            await connection.execute(sql.FAREWELL, *values)
    else:
        await connection.execute(
            sql.KEEP,
            *log_row(key, seq, at, turned),
            turned.state.to_json(),
            municipality_of(turned.state),
            chat.channel,
            update_id,
            chat.name if replies else None,
            replies,
        )
    await _count(connection, list(counts(key, at, found["outcome"], turned)))
    return Kept(turned.state, turned)


async def load(connection: Connection, key: str) -> State | None:
    """The state of a conversation; None where there is none."""
    stored = await connection.fetchval(sql.STATE, key)
    return None if stored is None else state_of(stored)


async def fail(
    connection: Connection, key: str, channel: str, update_id: int, at: int, place: str
) -> int:
    """See `bot.store.Store.fail`."""
    values = (key, channel, update_id, at, place)
    await connection.execute(sql.BEGIN_FAILURE, *values)
    return int(await connection.fetchval(sql.FAIL, *values))


async def forget(connection: Connection, key: str) -> None:
    """See `bot.store.Store.forget`."""
    await connection.fetch(sql.LOCK, key, "", None)
    await erase(connection, [key])


async def erase(connection: Connection, keys: list[str]) -> Erased:
    """Delete all rows about these chats."""
    gone = await connection.fetchrow(sql.ERASE, keys)
    return Erased(**gone) if gone else Erased()


async def due(
    connection: Connection, sender: str, at: int, limit: int, besides: list[str]
) -> list[Outgoing]:
    """See `bot.store.Store.due`."""
    found = await connection.fetch(sql.DUE, at, sender, limit, HELD, besides)
    return [outgoing(dict(row)) for row in sorted(found, key=lambda r: (r["made_at"], r["key"]))]


async def mark_sent(connection: Connection, sent: Outgoing) -> None:
    """See `bot.store.Store.mark_sent`."""
    goes_on = await connection.fetchval(sql.SENT, sent.key, sent.seq, sent.part, sent.made_at)
    if not goes_on:
        await leave(connection, sent.key)


async def postpone(connection: Connection, waiting: Outgoing, until: int) -> None:
    """See `bot.store.Store.postpone`."""
    await connection.execute(sql.POSTPONE, waiting.key, waiting.seq, waiting.part, until)


async def let_go(connection: Connection, sender: str) -> None:
    """Leave to other senders what this one was given."""
    await connection.execute(sql.LET_GO, sender)


async def drop(connection: Connection, key: str) -> int:
    """See `bot.store.Store.drop`."""
    found = await connection.fetchrow(sql.DROP, key)
    assert found
    if not found["goes_on"]:
        await leave(connection, key)
    return int(found["dropped"])


async def lease(connection: Connection, name: str, holder: str, at: int, until: int) -> bool:
    """See `bot.store.Store.lease`."""
    values = (name, holder, at, until)
    had = await connection.fetchval(sql.KEEP_LEASE, *values, LONGEST_LEASE)
    had = had or await connection.fetchval(sql.FIRST_LEASE, name, holder, until)
    return had is not None


async def release(connection: Connection, name: str, holder: str) -> None:
    """See `bot.store.Store.release`."""
    await connection.execute(sql.RELEASE, name, holder)


async def leave(connection: Connection, key: str) -> None:
    """Erase the address of a chat without a conversation, once nothing is to be sent.

    Under the conversation's lock, since its next conversation may be about to begin.
    """
    found = await locked(connection, key, "", None, 0)
    if found["revision"] == 0:
        await connection.execute(sql.LEAVE, key)
        await connection.execute(sql.NEVER_BEGUN, key)


async def locked(
    connection: Connection, key: str, channel: str, update_id: int | None, at: int
) -> asyncpg.Record:
    """Lock a conversation until the transaction ends; one that is not there begins."""
    asked = (key, channel, update_id)
    while True:
        found = await connection.fetchrow(sql.LOCK, *asked)
        found = found or await connection.fetchrow(sql.BEGIN_CONVERSATION, *asked, at, NOTICE)
        if found:
            return found
        # Somebody began it just now, or erased it while we waited: look again.


async def _count(connection: Connection, rows: list[Row]) -> None:
    if rows:
        columns = [list(column) for column in zip(*sorted(rows), strict=True)]
        await connection.execute(sql.MAKE_COUNTERS, *columns)
        await connection.execute(sql.COUNT, *columns)
