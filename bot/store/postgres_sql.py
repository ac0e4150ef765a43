"""What PostgreSQL is asked during a turn, by the outbox, and when something is erased.

Called by the modules of the PostgreSQL store. Only statements that databases spread over machines
know as well: no triggers, procedures, advisory locks, notices, temporary tables or extensions, and
in a conflict nothing but doing nothing. A test reads them all.
"""

from bot.store.rows import LOG, Table


def selected(columns: tuple[str, ...]) -> str:
    """Columns as they stand in a statement."""
    return ", ".join(columns)


def insert(table: Table) -> str:
    """The statement that puts one row in, its values in the order of the columns."""
    gaps = ", ".join(f"${n}" for n in range(1, len(table.columns) + 1))
    return f"INSERT INTO {table.name} ({selected(table.columns)}) VALUES ({gaps})"


# `is_first` is one that comes before all that the conversation has taken: it may be from before the
# chat was erased.
_WAS_TAKEN = """
    EXISTS (SELECT FROM processed AS p WHERE p.key = $1 AND p.channel = $2 AND p.update_id = $3)
        AS was_taken,
    NOT EXISTS (SELECT FROM processed AS p WHERE p.key = $1 AND p.channel = $2 AND p.update_id < $3)
        AS is_first
"""
# Waits for whoever has the conversation. What it sees of `processed` is as old as its waiting: when
# the same update was taken meanwhile, KEEP runs into it, and the turn begins anew.
LOCK = f"""
    SELECT c.state, c.lang, c.turns, c.outcome, c.revision, {_WAS_TAKEN}
    FROM conversation AS c WHERE c.key = $1 FOR UPDATE OF c
"""
# Revision 0 is a conversation that only its own transaction can see. Something may still wait for a
# chat that was erased; what comes now must go out after it.
BEGIN_CONVERSATION = f"""
    INSERT INTO conversation
        (key, state, revision, turns, lang, notice, began_at, seen_at)
    SELECT $1, '', 0, coalesce(max(seq), 0), '', $5::bigint, $4::bigint, $4::bigint
    FROM outbox WHERE key = $1
    ON CONFLICT DO NOTHING
    RETURNING state, lang, turns, outcome, revision, {_WAS_TAKEN}
"""
NEVER_BEGUN = "DELETE FROM conversation WHERE key = $1 AND revision = 0"

_AFTER_LOG = len(LOG.columns)
_STATE, _MUNICIPALITY, _CHANNEL, _UPDATE_ID, _CHAT, _REPLIES = (
    f"${_AFTER_LOG + n}" for n in range(1, 7)
)
# The values of the log row first: $1 is the key, $2 the number of the turn, $3 the time.
_OUTCOME, _LANG = (f"${LOG.columns.index(name) + 1}" for name in ("outcome", "lang"))
KEEP = f"""
    WITH kept AS (
        UPDATE conversation SET
            state = {_STATE}, revision = revision + 1, turns = $2, lang = {_LANG},
            outcome = {_OUTCOME}, municipality = {_MUNICIPALITY}, seen_at = $3
        WHERE key = $1
    ), marked AS (
        INSERT INTO processed (key, channel, update_id, at)
        SELECT $1, {_CHANNEL}::text, {_UPDATE_ID}::bigint, $3
        WHERE {_UPDATE_ID}::bigint IS NOT NULL
    ), known AS (
        INSERT INTO address (key, channel, chat)
        SELECT $1, {_CHANNEL}::text, {_CHAT}::text WHERE {_CHAT}::text IS NOT NULL
        ON CONFLICT DO NOTHING
    ), sent AS (
        INSERT INTO outbox (key, seq, part, reply, made_at, due_at, tries)
        SELECT $1, $2, part - 1, reply, $3, 0, 0
        FROM unnest({_REPLIES}::text[]) WITH ORDINALITY AS replies (reply, part)
    )
    {insert(LOG)}
"""
# Which updates a chat has sent, and the codes that they are known by when it has been erased.
TAKEN = "SELECT channel, update_id, at FROM processed WHERE key = $1"
MARK_UNOWNED = """
    INSERT INTO processed (key, channel, update_id, at)
    SELECT code, $1, 0, at FROM unnest($2::text[], $3::bigint[]) AS taken (code, at)
    ON CONFLICT DO NOTHING
"""
IS_UNOWNED = "SELECT EXISTS (SELECT FROM processed WHERE key = $1)"
# After all else about the chat was erased.
FAREWELL = """
    WITH known AS (
        INSERT INTO address (key, channel, chat) VALUES ($1, $4, $5)
    )
    INSERT INTO outbox (key, seq, part, reply, made_at, due_at, tries)
    SELECT $1, $2::bigint, part - 1, reply, $3::bigint, 0, 0
    FROM unnest($6::text[]) WITH ORDINALITY AS replies (reply, part)
"""
MAKE_COUNTERS = """
    INSERT INTO counter (slot, day, name, value, n)
    SELECT slot, day, name, value, 0
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS c (slot, day, name, value)
    ON CONFLICT DO NOTHING
"""
COUNT = """
    UPDATE counter AS c SET n = c.n + 1
    FROM unnest($1::text[], $2::text[], $3::text[], $4::text[]) AS r (slot, day, name, value)
    WHERE c.slot = r.slot AND c.day = r.day AND c.name = r.name AND c.value = r.value
"""

STATE = "SELECT state FROM conversation WHERE key = $1"

BEGIN_FAILURE = """
    INSERT INTO failure (key, channel, update_id, at, tries, place) VALUES ($1, $2, $3, $4, 0, $5)
    ON CONFLICT DO NOTHING
"""
FAIL = """
    UPDATE failure SET at = $4, tries = tries + 1, place = $5
    WHERE key = $1 AND channel = $2 AND update_id = $3
    RETURNING tries
"""

# Only the first message of each chat: what stands behind it waits with it. Whoever is given one has
# it to himself for a while, by the server's clock, since workers' clocks may differ.
DUE = """
    WITH head AS (
        SELECT o.key, o.seq, o.part FROM outbox AS o
        WHERE o.due_at <= $1 AND o.key <> ALL($5::text[])
            AND (o.sender IS NULL OR o.sender = $2 OR o.held_until <= now())
            AND NOT EXISTS (
                SELECT FROM outbox AS earlier
                WHERE earlier.key = o.key AND (earlier.seq, earlier.part) < (o.seq, o.part)
            )
        ORDER BY o.made_at, o.key LIMIT $3
        FOR UPDATE OF o SKIP LOCKED
    )
    UPDATE outbox AS o SET sender = $2, held_until = now() + $4::interval
    FROM head, address AS a
    WHERE o.key = head.key AND o.seq = head.seq AND o.part = head.part AND a.key = o.key
    RETURNING o.key, o.seq, o.part, a.channel, a.chat, o.reply, o.made_at, o.tries
"""
SENT = """
    WITH gone AS (
        DELETE FROM outbox WHERE key = $1 AND seq = $2 AND part = $3 AND made_at = $4
    )
    SELECT EXISTS (SELECT FROM conversation WHERE key = $1) AS goes_on
"""
POSTPONE = """
    UPDATE outbox SET due_at = $4, tries = tries + 1, sender = NULL
    WHERE key = $1 AND seq = $2 AND part = $3
"""
LET_GO = "UPDATE outbox SET sender = NULL WHERE sender = $1"
DROP = """
    WITH gone AS (DELETE FROM outbox WHERE key = $1 RETURNING seq)
    SELECT count(*) AS dropped, EXISTS (SELECT FROM conversation WHERE key = $1) AS goes_on
    FROM gone
"""
# With the conversation's lock taken and no conversation there.
LEAVE = """
    DELETE FROM address WHERE key = $1 AND NOT EXISTS (SELECT FROM outbox WHERE key = $1)
"""

KEEP_LEASE = """
    UPDATE lease SET holder = $2, until = $4
    WHERE name = $1 AND (
        holder = $2 OR until <= $3 OR until > $3 + $5::bigint * ($4::bigint - $3::bigint)
    )
    RETURNING name
"""
FIRST_LEASE = """
    INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3)
    ON CONFLICT DO NOTHING
    RETURNING name
"""
RELEASE = "DELETE FROM lease WHERE name = $1 AND holder = $2"

ERASE = """
    WITH waiting AS (DELETE FROM outbox WHERE key = ANY($1::text[])),
        known AS (DELETE FROM address WHERE key = ANY($1::text[])),
        marks AS (DELETE FROM processed WHERE key = ANY($1::text[])),
        failures AS (DELETE FROM failure WHERE key = ANY($1::text[])),
        notes AS (DELETE FROM log WHERE key = ANY($1::text[]) RETURNING seq),
        gone AS (DELETE FROM conversation WHERE key = ANY($1::text[]) RETURNING revision)
    SELECT (SELECT count(*) FROM gone) AS conversations, (SELECT count(*) FROM notes) AS turns
"""
# One in the middle of a turn is passed over: it is being touched.
UNTOUCHED = """
    SELECT key FROM conversation WHERE seen_at < $1 ORDER BY seen_at LIMIT $2
    FOR UPDATE SKIP LOCKED
"""
LEFT_BEHIND = """
    SELECT a.key FROM address AS a
    WHERE NOT EXISTS (SELECT FROM conversation AS c WHERE c.key = a.key)
        AND NOT EXISTS (SELECT FROM outbox AS o WHERE o.key = a.key)
"""
PURGE_ROWS = """
    WITH waiting AS (DELETE FROM outbox WHERE made_at < $1),
        marks AS (DELETE FROM processed WHERE at < $1 OR (channel = $2 AND at < $3)),
        failures AS (DELETE FROM failure WHERE at < $1),
        notes AS (DELETE FROM log WHERE at < $1 RETURNING seq)
    SELECT count(*) AS turns FROM notes
"""
