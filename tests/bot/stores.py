"""What the tests of the stores share: a store of each sort, a turn to take, and what it left.

Used by the tests of ``bot.store`` and ``bot.turns``; ``conftest.py`` makes the fixtures known.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.store import Chat, Kept, Record, Store, Turned, Work
from bot.store.rows import TABLES
from bot.store.sqlite import open_store
from dialogs.messages import Button, Reply
from dialogs.state import State

SECRET = "en hemmelighet for prøver"
NOW = 1_800_000_000_000  # milliseconds, UTC
HOUR, DAY = 3_600_000, 86_400_000
CHAT, OTHER = Chat("test", "42", is_sent_to=True), Chat("test", "43", is_sent_to=True)
SILENT = Chat("test", "44")  # answered where it is, like a terminal
KINDS = ("SQLite in memory", "SQLite file", "PostgreSQL")
LASTING = KINDS[1:]


@pytest.fixture(params=KINDS)
def open_one(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Store]:
    """Opens a store of each sort; a second call opens the same database, if it lasts."""
    return opener(request, tmp_path_factory.mktemp("store"), request.param)


@pytest.fixture(params=LASTING)
def open_again(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Callable[[], Store]:
    """The same for those that outlive their process."""
    return opener(request, tmp_path_factory.mktemp("store"), request.param)


@pytest_asyncio.fixture
async def store(open_one: Callable[[], Store]) -> AsyncIterator[Store]:
    """An empty store of each sort."""
    opened = open_one()
    yield opened
    await opened.close()


def opener(request: pytest.FixtureRequest, folder: Path, kind: str) -> Callable[[], Store]:
    """What opens a store of a kind, on a database of this test's own."""
    if kind == "PostgreSQL":
        from bot.store.postgres import PostgresStore
        from bot.store.postgres_schema import prepare

        address = request.getfixturevalue("database")
        asyncio.run(prepare(address))
        return lambda: PostgresStore(address, SECRET)
    path = None if kind == "SQLite in memory" else folder / "samtaler.db"
    return lambda: open_store(path, SECRET)


def record(said: str, *replies: Reply, **changes: Any) -> Record:
    """What the log keeps of a turn in which this was said."""
    plain = Record(
        way="text",
        said=said,
        heard="null",
        intent="answer",
        confidence=1.0,
        question="registered",
        faq=None,
        unanswered=False,
        replies=replies,
        outcome=None,
        verdict=None,
        year=2019,
        version="0",
        lang="nb",
    )
    return replace(plain, **changes)


def noting(word: str, **changes: Any) -> Work:
    """A turn that adds a word to the state and says it in two messages."""
    replies = (Reply(f"{word}, first"), Reply(f"{word}, last", ((Button("a:b", "Ja"),),), "card"))

    def work(state: State) -> Turned:
        after = replace(state, ticks=(*state.ticks, word))
        return Turned(after, record(word, *replies, **changes))

    return work


def erasing(state: State) -> Turned:
    """A turn that has everything forgotten, with a farewell."""
    return Turned(State(lang=state.lang, erased=True), record("slett", Reply("farewell")))


def breaking(state: State) -> Turned:
    """A turn that the program fails at."""
    raise ZeroDivisionError


async def note(
    store: Store, word: str, update_id: int | None = None, chat: Chat = CHAT, at: int = NOW
) -> Kept:
    """Take a turn that notes a word."""
    return await store.take(chat, update_id, at, noting(word))


async def noted(store: Store, chat: Chat = CHAT) -> Sequence[str] | None:
    """The words that a chat's turns have noted."""
    state = await store.state(chat)
    return None if state is None else state.ticks


async def table(store: Store, name: str) -> list[Mapping[str, Any]]:
    """All rows of a table."""
    return [row async for row in store.rows(name)]


async def damage(store: Store, state: str, chat: Chat = CHAT) -> None:
    """Put another text in the place of a chat's state, as only a fault or a newer program does."""
    rows = await table(store, "conversation")
    (mine,) = (row for row in rows if row["key"] == store.pseudonym(chat))
    kept = {one.name: await table(store, one.name) for one in TABLES if one.is_personal}
    await store.forget(chat)
    for name, found in kept.items():
        changed = [{**row, "state": state} if name == "conversation" else row for row in found]
        await store.put(name, [row for row in changed if row["key"] == mine["key"]])


async def is_whole(store: Store) -> bool:
    """Whether each numbered turn left one row of each sort, and the database has no fault."""
    conversations = await table(store, "conversation")
    taken = sum(row["revision"] for row in conversations)
    rows = [len(await table(store, name)) for name in ("log", "processed")]
    return rows == [taken, taken] and not (await store.check()).faults


async def send_all(store: Store, at: int = NOW) -> list[str]:
    """Send what is due until nothing is; returns the texts in order."""
    sent: list[str] = []
    while waiting := await store.due(at, 10):
        for message in waiting:
            sent.append(message.reply.text)
            await store.mark_sent(message)
    return sent


def all_bytes(path: Path) -> bytes:
    """What a file holds, or every file in a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return b"".join(file.read_bytes() for file in files)
