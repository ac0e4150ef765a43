"""What was erased is in no byte of any file that SQLite writes, and nothing personal ever is."""

import asyncio
import random
import sqlite3
import sys
from collections.abc import Awaitable, Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Chat
from bot.store import sqlite as sqlite_store
from bot.store.sqlite import SqliteStore, open_store
from tests.bot.running import environment
from tests.bot.stores import CHAT, DAY, NOW, OTHER, SECRET, all_bytes, erasing, note, send_all

MARKER = "finnmegigjen"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "samtaler.db"


@pytest.mark.promise("P1", "P3")
async def test_no_file_holds_the_chat_or_the_key_it_is_hidden_with(path: Path) -> None:
    store = open_store(path, SECRET)
    await note(store, "word", chat=Chat("test", "marker-91234567"))
    assert b"marker-91234567" not in all_bytes(path.parent)
    assert SECRET.encode() not in all_bytes(path.parent)
    await store.close()


async def _erase_in_a_turn(store: SqliteStore, chat: Chat) -> None:
    await store.take(chat, 10_000, NOW, erasing)


async def _forget(store: SqliteStore, chat: Chat) -> None:
    await store.forget(chat)


async def _purge(store: SqliteStore, chat: Chat) -> None:
    await store.purge(NOW - DAY)


@pytest.mark.promise("P8", "P10")
@pytest.mark.parametrize("way", [_erase_in_a_turn, _forget, _purge])
@pytest.mark.parametrize("seed", range(3))
async def test_nothing_of_an_erased_conversation_is_left_in_any_byte(
    path: Path, way: Callable[[SqliteStore, Chat], Awaitable[None]], seed: int
) -> None:
    """Among many others whose rows come and go, so that pages are split, moved and freed."""
    drawn = random.Random(seed)
    store = open_store(path, SECRET)
    chats = [Chat("test", f"tel-9123456{n}", is_sent_to=True) for n in range(10)]
    mine = chats[4]
    for number in range(400):
        chat = drawn.choice(chats)
        word = f"{MARKER}{number}" if chat is mine else f"annet{number}"
        at = NOW - 2 * DAY if chat is mine else NOW
        said = f"{word} " + " ".join(drawn.choices(("ord", "møte", "kurs"), k=drawn.randrange(60)))
        await note(store, said, number, chat, at)
        if drawn.random() < 0.1:
            await store.index(30)
        if drawn.random() < 0.05:
            await store.forget(drawn.choice([c for c in chats if c is not mine]))
    while await store.index(100):
        pass
    assert MARKER.encode() in all_bytes(path.parent)
    assert mine.name.encode() in all_bytes(path.parent)
    await way(store, mine)
    assert MARKER.encode() not in all_bytes(path.parent)
    await send_all(store)  # the farewell, where there is one
    assert mine.name.encode() not in all_bytes(path.parent)
    assert (await store.check()).faults == ()
    assert await store.search("annet", 1000)
    await store.close()
    assert MARKER.encode() not in all_bytes(path.parent)
    assert mine.name.encode() not in all_bytes(path.parent)


@pytest.mark.promise("P8")
async def test_what_a_reader_holds_up_is_erased_when_it_is_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "_WIPE_AGAIN_S", 0)
    store = open_store(path, None)
    await note(store, MARKER)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM conversation").fetchall()
        await store.forget(CHAT)
        assert MARKER.encode() in all_bytes(path.parent)
    await note(store, "next", chat=OTHER)
    assert MARKER.encode() not in all_bytes(path.parent)
    await store.close()


KILLED_WHILE_WIPING = """
import asyncio, os, signal, sys
from pathlib import Path
from bot.store import sqlite_wipe
from bot.store.sqlite import open_store
from tests.bot.stores import CHAT, SECRET

sqlite_wipe.gather_words = lambda connection: os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(open_store(Path(sys.argv[1]), SECRET).forget(CHAT))
"""


@pytest.mark.promise("P8")
async def test_a_process_killed_while_it_wipes_goes_on_at_the_next_start(path: Path) -> None:
    store = open_store(path, SECRET)
    await note(store, MARKER, update_id=1)
    await note(store, "theirs", update_id=1, chat=OTHER)
    await store.index(10)
    await store.close()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-c", KILLED_WHILE_WIPING, path, env=environment(path.parent)
    )
    assert await process.wait() < 0
    assert MARKER.encode() in all_bytes(path.parent)
    store = open_store(path, SECRET)
    assert await store.state(CHAT) is None, "it was committed"
    await note(store, "next", update_id=2, chat=OTHER)
    assert MARKER.encode() not in all_bytes(path.parent)
    await store.close()
