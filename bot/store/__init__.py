"""What a store promises, whichever database is below.

Used by ``bot.turns``, the channels and the operator's commands, which know no database;
``bot.store.opening`` opens one. The contract is tested in ``tests/bot/test_store.py`` on SQLite and
on PostgreSQL.
"""

from collections.abc import AsyncIterator, Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from dialogs.messages import Reply
from dialogs.state import State


@dataclass(frozen=True, slots=True)
class Chat:
    """Where a conversation takes place.

    ``name`` is the chat as the channel names it. ``is_sent_to``: replies go out through the outbox,
    so the name is kept beside the pseudonym for as long as there is something to send or a
    conversation to go on with; without it only the pseudonym is kept.
    """

    channel: str
    name: str
    is_sent_to: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """What the log keeps of one turn. Holds no personal data: the text is masked already.

    ``said`` is the masked text, a button's id or the kind of an attachment, as ``way`` tells; it is
    empty where ``way`` is ``failed``: that update was set aside and changed no answers. Where it is
    ``unreadable`` the conversation began anew, and ``said`` is the state that could not be read.
    ``heard`` is what was understood, as JSON that `dialogs.conversation.step` can be given again.
    ``question`` was pending before the turn. ``faq`` is the entry that answered; ``unanswered``
    that they asked something and got no answer. ``outcome`` and ``verdict`` (JSON with rule ids and
    citations) are those that stood after the turn. ``took_us`` are microseconds.
    """

    way: str
    said: str
    heard: str
    intent: str
    confidence: float
    question: str | None
    faq: str | None
    unanswered: bool
    replies: tuple[Reply, ...]
    outcome: str | None
    verdict: str | None
    year: int
    version: str
    lang: str
    took_us: int = 0


@dataclass(frozen=True, slots=True)
class Turned:
    """What one turn leads to: the new state and what the log keeps, with all that was said.

    ``sent`` is what goes out instead, where the channel shows it in another way.
    """

    state: State
    record: Record
    sent: tuple[Reply, ...] | None = None

    @property
    def replies(self) -> tuple[Reply, ...]:
        """What goes out, in order."""
        return self.record.replies if self.sent is None else self.sent


@dataclass(frozen=True, slots=True)
class Kept:
    """A turn as the store kept it. ``turned`` is None for an update that was taken before."""

    state: State
    turned: Turned | None


@dataclass(frozen=True, slots=True)
class Lost:
    """What is left of a conversation whose state this program cannot read: its text, and so on."""

    state: str
    lang: str
    turns: int


# The pure part of a turn. A store may call it more than once, and keeps the last result only.
Work = Callable[[State], Turned]
# The same for a conversation whose state cannot be read.
Mend = Callable[[Lost], Turned]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """One message that waits to be sent.

    ``(key, seq, part)`` is its place: a chat's messages go out in that order, each after the one
    before was marked. ``turn`` is the turn's number as `dialogs.state.State` counts, which its
    buttons bring back; ``lang`` the language that the conversation was in.
    """

    key: str
    seq: int
    part: int
    channel: str
    chat: str
    reply: Reply
    made_at: int
    tries: int
    turn: int
    lang: str


@dataclass(frozen=True, slots=True)
class Erased:
    """How much a purge or a deletion took away."""

    conversations: int = 0
    turns: int = 0


@dataclass(frozen=True, slots=True)
class Health:
    """What `veiviser db check` tells; ``faults`` are in words, empty when all is well."""

    version: int
    rows: Mapping[str, int] = field(default_factory=dict)
    faults: tuple[str, ...] = ()


class Store(Protocol):
    """Keeps conversations, their log and what waits to be sent.

    Times are milliseconds since 1970 in UTC and given by the caller; order never depends on them,
    only on the numbers that the conversation counts. Any method may raise `bot.errors.StoreError`;
    then nothing was changed.
    """

    async def take(
        self, chat: Chat, update_id: int | None, at: int, work: Work, mend: Mend | None = None
    ) -> Kept:
        """Take one turn in one transaction.

        Under the conversation's lock: an update that was taken before changes nothing. Else the
        state is loaded, ``work`` is called, and state, update id, log row, counters and, for a chat
        that is sent to, the replies are kept together or not at all. A state that is ``erased``
        takes everything about the chat with it but the farewell to be sent. That its updates were
        taken is still known, but no longer whose they were, until `purge` takes that too.

        Args:
            chat: Whose turn it is.
            update_id: What the channel numbers the update with; None where nothing is sent twice.
            at: When it came in.
            work: The pure part. What it raises is raised from here, and nothing is kept.
            mend: What is done instead where the state cannot be read.

        Raises:
            bot.errors.UnreadableStateError: the state cannot be read, and there is no ``mend``.
        """

    async def fail(self, chat: Chat, update_id: int, at: int, where: str) -> int:
        """Note that an update failed, and where in the program; returns how often it has.

        The count outlives the process. An update without a number cannot come again, so it has
        nothing to count.
        """

    async def state(self, chat: Chat) -> State | None:
        """The conversation as it stands; None where there is none."""

    async def forget(self, chat: Chat) -> None:
        """Erase everything about a chat, also one whose state cannot be read."""

    def pseudonym(self, chat: Chat) -> str:
        """The code that a chat is kept under."""

    async def rename(self, key: str, chat: Chat) -> bool:
        """Put all that is kept under a pseudonym under the one of this chat, which goes on with it.

        For a chat that the channel now calls something else, and for a pseudonym that was made with
        another secret. What waits to be sent then goes to the new name.

        Returns:
            False where nothing is kept under ``key``, or something about the chat already; then
            nothing was changed.
        """

    async def due(self, at: int, limit: int, besides: Collection[str] = ()) -> Sequence[Outgoing]:
        """The first waiting message of each chat whose time has come, the oldest first.

        Args:
            at: The time it is.
            limit: How many at most.
            besides: Keys of chats to leave out: those whose message is in hand already.
        """

    async def mark_sent(self, sent: Outgoing) -> None:
        """A message has been sent: take it out. Marking it again changes nothing."""

    async def postpone(self, waiting: Outgoing, until: int) -> None:
        """Try this message, and those of its chat behind it, again at ``until``."""

    async def drop(self, chat_key: str) -> int:
        """Take out all that waits for a chat that cannot be reached; returns how many."""

    async def lease(self, name: str, holder: str, at: int, until: int) -> bool:
        """Take or keep what only one process may have at a time; returns whether it is had.

        It is to be had when nobody has it, when it has run out, or by its holder. A lease whose end
        lies many times its length ahead was made by a clock that has been set back since, and
        counts as run out.

        Args:
            name: What is leased.
            holder: Who asks, under a name of its own.
            at: The time it is.
            until: When it runs out unless it is kept.
        """

    async def release(self, name: str, holder: str) -> None:
        """Give a lease back; another's stays."""

    async def purge(self, before: int, unowned_before: int = 0) -> Erased:
        """Erase conversations and log rows last touched before a time; counts stay.

        Args:
            before: That time.
            unowned_before: Forget also which updates erased chats had sent before this time.
        """

    async def index(self, limit: int) -> int:
        """Make up to so many new log rows searchable; returns how many there were."""

    async def search(self, text: str, limit: int) -> Sequence[Mapping[str, Any]]:
        """The log rows with all of these words, the newest first; no text is wrong to ask for.

        Words are compared as `knowledge.faq_words.plain_words` folds them, and found by their
        beginnings.
        """

    async def newest(
        self, limit: int, outcome: str | None = None, municipality: str | None = None
    ) -> Sequence[Mapping[str, Any]]:
        """The conversations last touched, the newest first, without their states.

        Args:
            limit: How many at most.
            outcome: Only those that stand at this outcome.
            municipality: Only those of organisations in the municipality with this number.
        """

    async def called(self, beginning: str, limit: int) -> Sequence[Mapping[str, Any]]:
        """The conversations whose pseudonyms begin so, without their states."""

    async def put(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows of another store's table in here as they are, for moving house.

        Tables are filled in the order of `bot.store.rows.TABLES`: each row after those it needs.
        """

    async def export(self, chat: Chat) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """All that is kept about a chat, by table."""

    def rows(self, table: str) -> AsyncIterator[Mapping[str, Any]]:
        """Every row of a table in the order of its key, for export and for moving house."""

    async def log(self, key: str) -> Sequence[Mapping[str, Any]]:
        """The log rows of a conversation by its pseudonym, in order."""

    async def check(self) -> Health:
        """Look through the whole database for damage and broken promises."""

    async def close(self) -> None:
        """Let go of the database."""
