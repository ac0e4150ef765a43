"""The contract of a store: no turn lost, none doubled, nothing left of what was erased.

Every test in the first part holds for any store; the second part is about SQLite's file.
"""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
import pytest_asyncio
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.store import Store
from bot.store import sqlite as sqlite_store
from bot.store.sqlite import APPLICATION_ID, SCHEMA_VERSION, open_store
from dialogs.state import State
from tests.bot.running import environment

CHANNEL, CHAT = "test", "42"
MARKER = "finn-meg-igjen"
SECRET = "en hemmelighet for prøver"


@pytest_asyncio.fixture
async def store() -> AsyncIterator[Store]:
    opened = open_store(None, SECRET)
    yield opened
    await opened.close()


async def note(store: Store, word: str, update_id: int | None = None, chat: str = CHAT) -> None:
    """A turn that adds a word to the state."""
    async with store.turn(CHANNEL, chat, update_id) as turn:
        turn.state = replace(turn.state, ticks=(*turn.state.ticks, word))


async def fail(store: Store, update_id: int) -> None:
    """A turn that breaks off after it has changed the state."""
    async with store.turn(CHANNEL, CHAT, update_id) as turn:
        turn.state = replace(turn.state, ticks=("half done",))
        raise ZeroDivisionError


async def noted(store: Store, chat: str = CHAT) -> Sequence[str] | None:
    state = await store.state(CHANNEL, chat)
    return None if state is None else state.ticks


# Any store


async def test_a_new_chat_has_no_state_and_starts_with_an_empty_one(store: Store) -> None:
    assert await store.state(CHANNEL, CHAT) is None
    async with store.turn(CHANNEL, CHAT, 1) as turn:
        assert turn.state == State()
        assert not turn.repeated


async def test_a_state_comes_back_as_it_was(store: Store) -> None:
    state = State(
        lang="nn",
        greeted=True,
        answers={"registered": "yes", "target_groups": ("refugees", "other")},
        from_text=("target_groups",),
        asked_back=("0301",),
    )
    async with store.turn(CHANNEL, CHAT, None) as turn:
        turn.state = state
    assert await store.state(CHANNEL, CHAT) == state


async def test_an_update_delivered_twice_changes_nothing(store: Store) -> None:
    await note(store, "first", update_id=7)
    async with store.turn(CHANNEL, CHAT, 7) as turn:
        assert turn.repeated
        turn.state = replace(turn.state, ticks=("changed",))
    assert await noted(store) == ("first",)


async def test_updates_without_a_number_are_all_taken(store: Store) -> None:
    await note(store, "a")
    await note(store, "b")
    assert await noted(store) == ("a", "b")


async def test_chats_and_channels_are_apart(store: Store) -> None:
    await note(store, "mine", update_id=7)
    await note(store, "theirs", update_id=7, chat="43")
    assert await noted(store) == ("mine",)
    assert await store.state("telegram", CHAT) is None


@given(st.lists(st.integers(1, 5)), st.integers(2, 3))
def test_however_often_updates_are_repeated_each_counts_once(ids: list[int], times: int) -> None:
    async def deliver() -> Sequence[str] | None:
        store = open_store(None, SECRET)
        for number in ids * times:
            await note(store, str(number), update_id=number)
        found = await noted(store)
        await store.close()
        return found

    each_once = tuple(map(str, dict.fromkeys(ids)))
    assert asyncio.run(deliver()) == (each_once or None)


async def test_turns_at_the_same_moment_are_taken_one_after_the_other(store: Store) -> None:
    async def slow(word: str) -> None:
        async with store.turn(CHANNEL, CHAT, None) as turn:
            before = turn.state.ticks
            await asyncio.sleep(0)
            turn.state = replace(turn.state, ticks=(*before, word))

    await asyncio.gather(*(slow(str(n)) for n in range(20)))
    assert sorted(await noted(store) or (), key=int) == [str(n) for n in range(20)]


async def test_a_turn_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    await note(store, "kept")
    with pytest.raises(ZeroDivisionError):
        await fail(store, update_id=8)
    assert await noted(store) == ("kept",)
    await note(store, "again", update_id=8)
    assert await noted(store) == ("kept", "again")


async def test_an_erased_conversation_is_gone_with_its_updates(store: Store) -> None:
    await note(store, "secret", update_id=1)
    await note(store, "theirs", chat="43")
    async with store.turn(CHANNEL, CHAT, 2) as turn:
        turn.state = State(erased=True)
    assert await store.state(CHANNEL, CHAT) is None
    async with store.turn(CHANNEL, CHAT, 1) as turn:
        assert (turn.state, turn.repeated) == (State(), False)
    assert await noted(store, "43") == ("theirs",)


async def test_forgetting_somebody_unknown_does_nothing(store: Store) -> None:
    await store.forget(CHANNEL, "nobody")
    assert await store.state(CHANNEL, "nobody") is None


# SQLite's file


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "samtaler.db"


async def with_one_turn(path: Path, word: str = MARKER) -> None:
    store = open_store(path, None)
    await note(store, word, update_id=1)
    await store.close()


def all_bytes(path: Path) -> bytes:
    """What a file holds, or every file in a folder."""
    files = sorted(path.iterdir()) if path.is_dir() else [path]
    return b"".join(file.read_bytes() for file in files)


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def change(path: Path, *statements: str) -> None:
    """Do something to the file behind the store's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


async def test_a_conversation_survives_a_restart(path: Path) -> None:
    await with_one_turn(path)
    store = open_store(path, None)
    assert await noted(store) == (MARKER,)
    async with store.turn(CHANNEL, CHAT, 1) as turn:
        assert turn.repeated
    await store.close()


async def test_every_write_is_durable_and_every_deletion_real(path: Path) -> None:
    await with_one_turn(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA journal_mode").fetchone() == ("wal",)
        assert other.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert other.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        tables = other.execute("SELECT name, strict FROM pragma_table_list WHERE type = 'table'")
        ours = {name: strict for name, strict in tables if not name.startswith(("sqlite_", "_"))}
    assert ours == {"conversation": 1, "processed": 1}
    assert mode(path) == 0o600


async def test_every_turn_is_counted_once(path: Path) -> None:
    store = open_store(path, None)
    for update_id in (1, 2, 2, 1, 3):
        await note(store, "word", update_id)
    await store.close()
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT revision FROM conversation").fetchall() == [(3,)]
        assert other.execute("SELECT count(*) FROM processed").fetchone() == (3,)


async def test_no_file_holds_the_chat_or_the_key_it_is_hidden_with(path: Path) -> None:
    store = open_store(path, SECRET)
    await note(store, "word", chat="marker-91234567")
    assert b"marker-91234567" not in all_bytes(path.parent)
    assert SECRET.encode() not in all_bytes(path.parent)
    await store.close()


async def test_nothing_of_an_erased_conversation_is_left_in_any_byte(path: Path) -> None:
    store = open_store(path, None)
    for number in range(200):  # long enough to fill pages of its own, and to free some
        await note(store, f"{MARKER}-{number}", update_id=number)
    await note(store, "theirs", chat="43")
    assert MARKER.encode() in all_bytes(path.parent)
    async with store.turn(CHANNEL, CHAT, None) as turn:
        turn.state = State(erased=True)
    assert MARKER.encode() not in all_bytes(path.parent)
    await store.close()
    assert MARKER.encode() not in all_bytes(path.parent)


async def test_what_a_reader_holds_up_is_erased_when_it_is_done(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "BUSY_MS", 10)
    store = open_store(path, None)
    await note(store, MARKER)
    with closing(sqlite3.connect(path, isolation_level=None)) as reader:
        reader.execute("BEGIN")
        reader.execute("SELECT * FROM conversation").fetchall()
        await store.forget(CHANNEL, CHAT)
        assert MARKER.encode() in all_bytes(path.parent)
    await note(store, "next", chat="43")
    assert MARKER.encode() not in all_bytes(path.parent)
    await store.close()


def _flip_a_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        pytest.param(lambda p: p.write_text("Kjære dagbok! " * 99), "damaged", id="not a database"),
        pytest.param(_flip_a_page, "damaged", id="a damaged page"),
        pytest.param(lambda p: os.truncate(p, 8192), "damaged", id="cut short"),
        pytest.param(
            lambda p: change(p, "PRAGMA application_id = 1234"), "another program", id="not ours"
        ),
        pytest.param(
            lambda p: change(p, "PRAGMA user_version = 99"), "newer Veiviser", id="from the future"
        ),
    ],
)
async def test_a_file_that_cannot_be_used_is_refused_and_not_touched(
    path: Path, spoil: object, said: str
) -> None:
    await with_one_turn(path)
    assert callable(spoil)
    spoil(path)
    before = all_bytes(path)
    with pytest.raises(StoreError, match=said) as error:
        open_store(path, None)
    assert set(error.value.said) == {"nb", "nn", "en"}
    assert all(str(path) in sentence for sentence in error.value.said.values())
    assert all_bytes(path) == before


def test_a_database_that_another_program_made_is_refused(path: Path) -> None:
    change(path, "CREATE TABLE handleliste (vare TEXT)")
    with pytest.raises(StoreError, match="belongs to another program"):
        open_store(path, None)
    assert [file.name for file in path.parent.iterdir()] == [path.name]


def test_a_folder_that_does_not_exist_is_named(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match=r"ingensteds.*cannot be opened"):
        open_store(tmp_path / "ingensteds" / "samtaler.db", None)


async def test_a_state_that_cannot_be_read_is_not_overwritten(path: Path) -> None:
    await with_one_turn(path)
    change(path, """UPDATE conversation SET state = '{"version": 999}'""")
    store = open_store(path, None)
    with pytest.raises(StoreError, match="cannot be read by this Veiviser"):
        await note(store, "new")
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT state FROM conversation").fetchone() == ('{"version": 999}',)
    await store.forget(CHANNEL, CHAT)
    await note(store, "afresh")
    assert await noted(store) == ("afresh",)
    await store.close()


@pytest.mark.parametrize(
    ("setting", "said"),
    [
        pytest.param("max_page_count = 6", "no room for more", id="the disk is full"),
        pytest.param("query_only = ON", "cannot be written to", id="only reading is allowed"),
    ],
)
async def test_a_turn_that_cannot_be_written_is_refused_whole(
    path: Path, monkeypatch: pytest.MonkeyPatch, setting: str, said: str
) -> None:
    await with_one_turn(path, "kept")
    monkeypatch.setattr(sqlite_store, "_SETTINGS", (*sqlite_store._SETTINGS, setting))
    store = open_store(path, None)
    with pytest.raises(StoreError, match=said):
        await note(store, "x" * 100_000, update_id=2)
    assert await noted(store) == ("kept",)
    await store.close()


async def test_a_locked_database_refuses_the_turn_and_works_again(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_store, "BUSY_MS", 10)
    store = open_store(path, None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(StoreError, match="in use by another program"):
            await note(store, "too early", update_id=1)
    await note(store, "later", update_id=1)
    assert await noted(store) == ("later",)
    await store.close()


KILLED = """
import asyncio, sys
from pathlib import Path
from bot.store.sqlite import open_store
from dataclasses import replace

async def main():
    store = open_store(Path(sys.argv[1]), None)
    for number in range(1, 4):
        async with store.turn("test", "42", number) as turn:
            turn.state = replace(turn.state, ticks=(*turn.state.ticks, str(number)))
            if number == 3 and sys.argv[2] == "inside":
                print("now", flush=True)
                await asyncio.sleep(60)
    print("now", flush=True)
    await asyncio.sleep(60)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("moment", "kept"),
    [
        pytest.param("inside", ("1", "2"), id="in the middle of a turn: it was never taken"),
        pytest.param("after", ("1", "2", "3"), id="right after a turn: it is there"),
    ],
)
def test_a_killed_process_loses_nothing(path: Path, moment: str, kept: tuple[str, ...]) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", KILLED, path, moment],
        stdout=subprocess.PIPE,
        env=environment(path.parent),
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == b"now\n"
        process.send_signal(signal.SIGKILL)

    async def go_on() -> None:
        store = open_store(path, None)
        assert await noted(store) == kept
        await note(store, "3", update_id=3)
        assert await noted(store) == ("1", "2", "3")
        await store.close()

    asyncio.run(go_on())


OPENED = """
import asyncio, sys
from pathlib import Path
from bot.store.sqlite import open_store

async def main():
    store = open_store(Path(sys.argv[1]), None)
    async with store.turn("test", sys.argv[2], 1) as turn:
        pass
    await store.close()

asyncio.run(main())
"""


def test_several_processes_may_be_the_first_to_open_it(path: Path) -> None:
    started = [
        subprocess.Popen([sys.executable, "-c", OPENED, path, str(n)], env=environment(path.parent))
        for n in range(4)
    ]
    assert [process.wait(60) for process in started] == [0, 0, 0, 0]
    with closing(sqlite3.connect(path)) as other:
        keys = other.execute("SELECT count(DISTINCT key) FROM conversation").fetchone()
    assert keys == (4,)
