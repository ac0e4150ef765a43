"""The tables that every store has, and the rows that one turn writes into them.

Called by the stores, which differ only in how they write. Every primary key starts with the
conversation's, as a database spread over machines needs it; the counters start with its first
digit, so that not all conversations wait for one row.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

from bot.store import Lost, Mend, Outgoing, Turned, Work
from dialogs.messages import Button, Reply
from dialogs.state import State

# Which notice about privacy a conversation was shown, in the first message; raised when its words
# change in substance. 2: for how long it is kept, and that what they write is kept too.
NOTICE = 2


@dataclass(frozen=True, slots=True)
class Table:
    """One table: its columns, how many of them are its key, and whose data it holds.

    ``is_personal``: rows belong to a conversation, and are purged and exported with it. Columns
    are text but for those of ``numbers`` (whole) and ``shares`` (with decimals).
    """

    name: str
    columns: tuple[str, ...]
    key: int
    is_personal: bool
    numbers: frozenset[str] = frozenset()
    shares: frozenset[str] = frozenset()
    empty: frozenset[str] = frozenset()


def _names(text: str) -> tuple[str, ...]:
    return tuple(text.split())


CONVERSATION = Table(
    "conversation",
    _names("key state revision turns lang outcome municipality notice began_at seen_at"),
    1,
    is_personal=True,
    numbers=frozenset(_names("revision turns notice began_at seen_at")),
    empty=frozenset(_names("outcome municipality")),
)
# The only table that leads back to a chat.
ADDRESS = Table("address", _names("key channel chat"), 1, is_personal=True)
# Updates that were taken. Of a chat that was erased they are known for a while by a code that does
# not tell whose they were, with `NOBODY` for a channel and no number.
PROCESSED = Table(
    "processed",
    _names("key channel update_id at"),
    3,
    is_personal=True,
    numbers=frozenset(_names("update_id at")),
)
LOG = Table(
    "log",
    _names("""
        key seq at way said heard intent confidence question faq unanswered replies outcome verdict
        year version lang took_us
    """),
    2,
    is_personal=True,
    numbers=frozenset(_names("seq at unanswered year took_us")),
    shares=frozenset(_names("confidence")),
    empty=frozenset(_names("question faq outcome verdict")),
)
OUTBOX = Table(
    "outbox",
    _names("key seq part reply made_at due_at tries"),
    3,
    is_personal=True,
    numbers=frozenset(_names("seq part made_at due_at tries")),
)
# Updates that the program failed at; `place` is where in the program, never what was written.
FAILURE = Table(
    "failure",
    _names("key channel update_id at tries place"),
    3,
    is_personal=True,
    numbers=frozenset(_names("update_id at tries")),
)
COUNTER = Table(
    "counter",
    _names("slot day name value n"),
    4,
    is_personal=False,
    numbers=frozenset(_names("n")),
)
TABLES = (CONVERSATION, ADDRESS, PROCESSED, LOG, OUTBOX, FAILURE, COUNTER)

NOBODY = ""

Row = tuple[Any, ...]

# A lease that ends so many of its lengths ahead was made by a clock that has been set back.
LONGEST_LEASE = 10


class Unreadable(Exception):
    """A stored state is damaged, or of a newer version than this program knows."""


def state_of(stored: str) -> State:
    """A stored state.

    Raises:
        Unreadable: this program cannot read it.
    """
    try:
        return State.from_json(stored)
    except (ValueError, LookupError, TypeError, AttributeError) as error:
        raise Unreadable from error


def standing_state(stored: str | None, mend: Mend | None) -> State:
    """The state of a conversation as it stands, for an update that was taken before.

    Raises:
        Unreadable: it cannot be read, and there is nothing to be done about that.
    """
    try:
        return state_of(stored) if stored else State()
    except Unreadable:
        if mend is None:
            raise
        return State()


def turned_from(lost: Lost, work: Work, mend: Mend | None) -> Turned:
    """The turn from a stored state, or the one that is taken where that cannot be read.

    Raises:
        Unreadable: it cannot be read, and there is nothing to be done instead.
    """
    try:
        state = state_of(lost.state)
    except Unreadable:
        if mend is None:
            raise
        return mend(lost)
    return work(state)


def log_row(key: str, seq: int, at: int, turned: Turned) -> Row:
    """The values of `LOG`, in the order of its columns."""
    r = turned.record
    return (
        key,
        seq,
        at,
        r.way,
        storable(r.said),
        storable(r.heard),
        r.intent,
        r.confidence,
        r.question,
        r.faq,
        int(r.unanswered),
        f"[{','.join(map(reply_as_json, r.replies))}]",
        r.outcome,
        r.verdict,
        r.year,
        r.version,
        r.lang,
        r.took_us,
    )


def outbox_rows(key: str, seq: int, at: int, turned: Turned) -> Iterator[Row]:
    """The values of `OUTBOX` for each reply of a turn, in order."""
    for part, reply in enumerate(turned.replies):
        # Due at once, whatever the clock says then: only what was postponed waits for a time.
        yield (key, seq, part, waiting_as_json(reply, turned), at, 0, 0)


def municipality_of(state: State) -> str | None:
    """What the log can be filtered by: the number of the organisation's municipality."""
    number = state.answers.get("municipality")
    return number if isinstance(number, str) and number.isdigit() else None


def counts(key: str, at: int, outcome_before: str | None, turned: Turned) -> Iterator[Row]:
    """The counters that a turn raises by one: slot, day, name and value."""
    record = turned.record
    counted = []
    if record.outcome and record.outcome != outcome_before:
        counted.append(("outcome", record.outcome))
    if record.faq:
        counted.append(("faq", record.faq))
    if record.unanswered:
        counted.append(("unanswered", record.lang))
    if turned.state.erased:
        counted.append(("erased", ""))
    for name, value in counted:
        yield (key[:1], day_of(at), name, value)


def storable(text: str) -> str:
    """A text that every database takes: without NUL and lone surrogates."""
    return text.replace("\0", "\ufffd").encode("utf-8", "replace").decode("utf-8")


def day_of(at: int) -> str:
    """The day of a time in UTC, as 2026-11-24."""
    return datetime.fromtimestamp(at / 1000, UTC).date().isoformat()


@lru_cache(maxsize=64)  # each goes into the log and into the outbox, and many are the same
def reply_as_json(reply: Reply) -> str:
    """A reply as text for the log and the outbox."""
    rows = [[{"id": button.id, "label": button.label} for button in row] for row in reply.buttons]
    stored: dict[str, Any] = {"text": reply.text, "kind": reply.kind, "buttons": rows}
    if reply.replaces is not None:
        stored["replaces"] = reply.replaces
    return _as_json(stored)


def waiting_as_json(reply: Reply, turned: Turned) -> str:
    """A reply as text for the outbox: with its turn's number, and the language it is in."""
    state = turned.state
    return f'{reply_as_json(reply)[:-1]},"turn":{state.turn},"lang":"{state.lang}"}}'


def outgoing(row: Mapping[str, Any]) -> Outgoing:
    """A message that waits, from a row of the outbox joined with its address."""
    stored = json.loads(row["reply"])
    rows = tuple(tuple(Button(b["id"], b["label"]) for b in r) for r in stored["buttons"])
    return Outgoing(
        row["key"],
        row["seq"],
        row["part"],
        row["channel"],
        row["chat"],
        Reply(stored["text"], rows, stored["kind"], stored.get("replaces")),
        row["made_at"],
        row["tries"],
        # What an earlier version left to send knows neither.
        stored.get("turn", row["seq"]),
        stored.get("lang", "nb"),
    )


_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


def _as_json(value: Any) -> str:
    return _ENCODER.encode(value)
