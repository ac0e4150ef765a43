"""The statements of a turn and of the outbox, on a connection to SQLite with a transaction open.

Called by ``bot.store.sqlite`` in the writer's thread. Fixed statements, so that SQLite keeps them
prepared. Opens and ends no transaction.
"""

import json
import sqlite3
from collections.abc import Callable, Collection

from bot.store import Chat, Kept, Lost, Mend, Outgoing, Work
from bot.store.rows import (
    ADDRESS,
    LOG,
    LONGEST_LEASE,
    NOBODY,
    NOTICE,
    OUTBOX,
    PROCESSED,
    counts,
    log_row,
    municipality_of,
    outbox_rows,
    outgoing,
    standing_state,
    state_of,
    turned_from,
)
from bot.store.sqlite_table import insert, selected
from dialogs.state import State

_LOAD = "SELECT state, lang, turns, outcome FROM conversation WHERE key = ?"
_MARK = insert(PROCESSED) + " ON CONFLICT DO NOTHING"
_IS_MARKED = "SELECT 1 FROM processed WHERE key = ?"
_MARKED = "SELECT channel, update_id, at FROM processed WHERE key = ?"
_KEEP = """
    INSERT INTO conversation
        (key, state, revision, turns, lang, outcome, municipality, notice, began_at, seen_at)
    VALUES (?, ?, 1, ?, ?, ?, ?, ?, ?, ?)
    ON CONFLICT (key) DO UPDATE SET
        state = excluded.state, revision = revision + 1, turns = excluded.turns,
        lang = excluded.lang, outcome = excluded.outcome, municipality = excluded.municipality,
        seen_at = excluded.seen_at
"""
_NOTE = insert(LOG)
_COUNT = """
    INSERT INTO counter (slot, day, name, value, n) VALUES (?, ?, ?, ?, 1)
    ON CONFLICT (slot, day, name, value) DO UPDATE SET n = n + 1
"""
_ADDRESS = insert(ADDRESS) + " ON CONFLICT DO NOTHING"
_SEND = insert(OUTBOX)
_FAIL = """
    INSERT INTO failure (key, channel, update_id, at, tries, place) VALUES (?, ?, ?, ?, 1, ?)
    ON CONFLICT (key, channel, update_id) DO UPDATE SET
        at = excluded.at, tries = tries + 1, place = excluded.place
    RETURNING tries
"""
# The head of each chat's line, and only that: what stands behind it waits with it.
_WAITING = ("key", "seq", "part", "channel", "chat", "reply", "made_at", "tries")
_DUE = f"""
    SELECT {selected(_WAITING)} FROM outbox AS head JOIN address USING (key)
    WHERE due_at <= ? AND key NOT IN (SELECT value FROM json_each(?)) AND NOT EXISTS (
        SELECT 1 FROM outbox AS earlier
        WHERE earlier.key = head.key AND (earlier.seq, earlier.part) < (head.seq, head.part)
    )
    ORDER BY made_at, key LIMIT ?
"""
_SENT = "DELETE FROM outbox WHERE key = ? AND seq = ? AND part = ? AND made_at = ?"
_POSTPONE = """
    UPDATE outbox SET due_at = ?, tries = tries + 1 WHERE key = ? AND seq = ? AND part = ?
"""
_IS_NEEDED = """
    SELECT EXISTS (SELECT 1 FROM conversation WHERE key = ?1)
        OR EXISTS (SELECT 1 FROM outbox WHERE key = ?1)
"""
_LEASE = f"""
    INSERT INTO lease (name, holder, until) VALUES (?1, ?2, ?4)
    ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
    WHERE holder = excluded.holder OR until <= ?3
        OR until > ?3 + {LONGEST_LEASE} * (excluded.until - ?3)
"""
_RELEASE = "DELETE FROM lease WHERE name = ? AND holder = ?"
# In an order that leaves no row behind without the one it hangs on.
_ERASE = (
    "DELETE FROM searchable WHERE id IN (SELECT id FROM log WHERE key = ?)",
    "DELETE FROM outbox WHERE key = ?",
    "DELETE FROM address WHERE key = ?",
    "DELETE FROM processed WHERE key = ?",
    "DELETE FROM failure WHERE key = ?",
    "DELETE FROM conversation WHERE key = ?",
)


# The code of an update, from its chat's key, its channel and number: `bot.privacy.update_code`.
Code = Callable[[str, str, int], str]


def take(
    connection: sqlite3.Connection,
    key: str,
    code: Code,
    chat: Chat,
    update_id: int | None,
    at: int,
    work: Work,
    mend: Mend | None,
) -> Kept:
    """See `bot.store.Store.take`."""
    run = connection.execute
    if update_id is not None:
        is_repeated = run(_IS_MARKED, (code(key, chat.channel, update_id),)).fetchone()
        if is_repeated or not run(_MARK, (key, chat.channel, update_id, at)).rowcount:
            (before, *_) = run(_LOAD, (key,)).fetchone() or (None,)
            return Kept(standing_state(before, mend), None)
    if found := run(_LOAD, (key,)).fetchone():
        *before, outcome = found
        turned, seq = turned_from(Lost(*before), work, mend), found[2]
    else:
        # Something may still wait for a chat that was erased; what comes now goes out after it.
        turned, seq, outcome = work(State()), _last_waiting(connection, key), None
    seq += 1
    state, record = turned.state, turned.record
    if state.erased:
        taken = run(_MARKED, (key,)).fetchall()
        erase(connection, key)
        marks = ((code(key, channel, number), NOBODY, 0, then) for channel, number, then in taken)
        connection.executemany(_MARK, marks)
    else:
        run(
            _KEEP,
            (
                key,
                state.to_json(),
                seq,
                state.lang,
                record.outcome,
                municipality_of(state),
                NOTICE,
                at,
                at,
            ),
        )
        run(_NOTE, log_row(key, seq, at, turned))
    for count in counts(key, at, outcome, turned):
        run(_COUNT, count)
    if chat.is_sent_to and turned.replies:
        run(_ADDRESS, (key, chat.channel, chat.name))
        connection.executemany(_SEND, outbox_rows(key, seq, at, turned))
    return Kept(state, turned)


def load(connection: sqlite3.Connection, key: str) -> State | None:
    """The state of a conversation; None where there is none."""
    found = connection.execute(_LOAD, (key,)).fetchone()
    return None if found is None else state_of(found[0])


def erase(connection: sqlite3.Connection, key: str) -> int:
    """Delete all rows about a chat; returns how many turns there were."""
    run = connection.execute
    searchable, *others = _ERASE
    run(searchable, (key,))
    turns = run("DELETE FROM log WHERE key = ?", (key,)).rowcount
    for statement in others:
        run(statement, (key,))
    note_erasure(connection)
    return turns


def note_erasure(connection: sqlite3.Connection) -> None:
    """Remember, also through a crash, that bytes are to be wiped; and mend the search's mark."""
    connection.execute("UPDATE upkeep SET value = value + 1 WHERE name = 'erasures'")
    # SQLite gives the number of the last row anew when that row is gone.
    connection.execute("""
        UPDATE upkeep SET value = min(value, (SELECT coalesce(max(id), 0) FROM log))
        WHERE name = 'indexed'
    """)


def fail(
    connection: sqlite3.Connection, key: str, channel: str, update_id: int, at: int, place: str
) -> int:
    """See `bot.store.Store.fail`."""
    (tries,) = connection.execute(_FAIL, (key, channel, update_id, at, place)).fetchone()
    return int(tries)


def due(
    connection: sqlite3.Connection, at: int, limit: int, besides: Collection[str]
) -> list[Outgoing]:
    """See `bot.store.Store.due`."""
    found = connection.execute(_DUE, (at, json.dumps(list(besides)), limit))
    return [outgoing(dict(zip(_WAITING, row, strict=True))) for row in found]


def mark_sent(connection: sqlite3.Connection, sent: Outgoing) -> bool:
    """See `bot.store.Store.mark_sent`; returns whether the address went too."""
    connection.execute(_SENT, (sent.key, sent.seq, sent.part, sent.made_at))
    return _leave(connection, sent.key)


def postpone(connection: sqlite3.Connection, waiting: Outgoing, until: int) -> None:
    """See `bot.store.Store.postpone`."""
    connection.execute(_POSTPONE, (until, waiting.key, waiting.seq, waiting.part))


def drop(connection: sqlite3.Connection, key: str) -> tuple[int, bool]:
    """See `bot.store.Store.drop`; returns also whether the address went too."""
    dropped = connection.execute("DELETE FROM outbox WHERE key = ?", (key,)).rowcount
    return dropped, _leave(connection, key)


def lease(connection: sqlite3.Connection, name: str, holder: str, at: int, until: int) -> bool:
    """See `bot.store.Store.lease`."""
    return bool(connection.execute(_LEASE, (name, holder, at, until)).rowcount)


def release(connection: sqlite3.Connection, name: str, holder: str) -> None:
    """See `bot.store.Store.release`."""
    connection.execute(_RELEASE, (name, holder))


def _leave(connection: sqlite3.Connection, key: str) -> bool:
    """Erase the address once nothing is to be sent and no conversation is to go on."""
    if connection.execute(_IS_NEEDED, (key,)).fetchone()[0]:
        return False
    if not connection.execute("DELETE FROM address WHERE key = ?", (key,)).rowcount:
        return False
    note_erasure(connection)
    return True


def _last_waiting(connection: sqlite3.Connection, key: str) -> int:
    found = connection.execute("SELECT max(seq) FROM outbox WHERE key = ?", (key,)).fetchone()
    return found[0] or 0
