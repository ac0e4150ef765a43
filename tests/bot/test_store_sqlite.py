"""SQLite's file: refused when it is not ours, durable in every write, empty of what was erased."""

import asyncio
import logging
import os
import resource
import sqlite3
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.errors import StoreError
from bot.store import Chat, sqlite_file, sqlite_writer
from bot.store.sqlite import open_store
from bot.store.sqlite_file import APPLICATION_ID, SCHEMA_VERSION, network_kind
from tests.bot.running import environment
from tests.bot.stores import (
    CHAT,
    all_bytes,
    is_whole,
    note,
    noted,
    table,
)

MARKER = "finnmegigjen"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "samtaler.db"


async def with_one_turn(path: Path, word: str = MARKER) -> None:
    store = open_store(path, None)
    await note(store, word, update_id=1)
    await store.close()


def mode(path: Path) -> int:
    return path.stat().st_mode & 0o777


def change(path: Path, *statements: str) -> None:
    """Do something to the file behind the store's back."""
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        for statement in statements:
            other.execute(statement)


# Opening


@pytest.mark.promise("R11")
async def test_a_conversation_survives_a_restart(path: Path) -> None:
    await with_one_turn(path)
    store = open_store(path, None)
    assert await noted(store) == (MARKER,)
    assert (await note(store, "again", update_id=1)).turned is None
    await store.close()


@pytest.mark.promise("S12")
async def test_every_write_is_durable_and_every_deletion_real(path: Path) -> None:
    store = open_store(path, None)
    names = ("journal_mode", "synchronous", "foreign_keys", "secure_delete", "temp_store")
    found = await store._writer.read(
        lambda connection: [connection.execute(f"PRAGMA {n}").fetchone()[0] for n in names]
    )
    await store.close()
    assert found == ["wal", 2, 1, 1, 2]
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert other.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
    assert mode(path) == 0o600


@pytest.mark.promise("S12")
def test_a_setting_that_is_not_taken_stops_the_start(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = (*sqlite_file._SETTINGS, ("synchronous", "OFF", (2,)))
    monkeypatch.setattr(sqlite_file, "_SETTINGS", settings)
    with pytest.raises(StoreError, match="does not take synchronous = OFF"):
        open_store(path, None)


MOUNTS = """\
/dev/vda1 / ext4 rw 0 0
server:/home /home nfs4 rw 0 0
/dev/vdb1 /home/local ext4 rw 0 0
//server/felles /mnt/felles\\040mappe cifs rw 0 0
"""


@pytest.mark.promise("S12")
@pytest.mark.parametrize(
    ("file", "kind"),
    [
        pytest.param("/srv/samtaler.db", None, id="a disk of this machine"),
        pytest.param("/home/kari/samtaler.db", "nfs4", id="a home folder on a server"),
        pytest.param("/home/local/samtaler.db", None, id="a disk inside that"),
        pytest.param("/mnt/felles mappe/samtaler.db", "cifs", id="a share with a space"),
        pytest.param("/homestead/samtaler.db", None, id="a name that only begins the same"),
    ],
)
def test_a_network_drive_is_known(tmp_path: Path, file: str, kind: str | None) -> None:
    mounts = tmp_path / "mounts"
    mounts.write_text(MOUNTS)
    assert network_kind(Path(file), mounts) == kind
    assert network_kind(Path(file), tmp_path / "none") is None


@pytest.mark.promise("S12")
async def test_the_operator_is_warned_of_a_network_drive(
    path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sqlite_file, "network_kind", lambda _: "nfs4")
    with caplog.at_level(logging.WARNING):
        await open_store(path, None).close()
    assert "network drive (nfs4)" in caplog.text


def _flip_a_page(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:8192] = b"\xff" * 4096
    path.write_bytes(data)


@pytest.mark.promise("S3", "S4")
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
    path: Path, spoil: Callable[[Path], object], said: str
) -> None:
    await with_one_turn(path)
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
    with pytest.raises(StoreError, match="cannot be read by this Veiviser"):
        await store.state(CHAT)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT state FROM conversation").fetchone() == ('{"version": 999}',)
    await store.forget(CHAT)
    await note(store, "afresh")
    assert await noted(store) == ("afresh",)
    await store.close()


@pytest.mark.parametrize("harm", ["UPDATE log SET seq = 9", "UPDATE conversation SET revision = 0"])
async def test_a_check_finds_what_was_tampered_with(path: Path, harm: str) -> None:
    await with_one_turn(path)
    change(path, harm)
    store = open_store(path, None)
    (fault,) = (await store.check()).faults
    assert "the log of" in fault
    await store.close()


# Refused turns


@pytest.mark.promise("S1")
@pytest.mark.parametrize("together", [1, 5], ids=["alone", "among others"])
@pytest.mark.parametrize(
    ("setting", "said"),
    [
        pytest.param("max_page_count = 60", "no room for more", id="the disk is full"),
        pytest.param("query_only = ON", "cannot be written to", id="only reading is allowed"),
    ],
)
async def test_a_turn_that_cannot_be_written_is_refused_whole(
    path: Path, setting: str, said: str, together: int
) -> None:
    await with_one_turn(path, "kept")
    store = open_store(path, None)
    await store._writer.read(lambda connection: connection.execute(f"PRAGMA {setting}"))
    turns = [note(store, "x" * 200_000, n, Chat("test", str(n))) for n in range(together)]
    for refused in await asyncio.gather(*turns, return_exceptions=True):
        assert isinstance(refused, StoreError)
        assert said in str(refused)
    assert await noted(store) == ("kept",)
    await store._writer.read(lambda connection: connection.execute("PRAGMA query_only = OFF"))
    await store._writer.read(
        lambda connection: connection.execute("PRAGMA max_page_count = 9999").fetchone()
    )
    await note(store, "room again", update_id=2)
    assert await noted(store) == ("kept", "room again")
    assert await is_whole(store)
    await store.close()


@pytest.mark.promise("S1")
async def test_a_limit_on_the_size_of_files_is_named(path: Path) -> None:
    store = open_store(path, None)
    await note(store, "kept", 1)
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (300_000, before[1]))
    try:
        with pytest.raises(StoreError, match="a quota, or a limit on how large files may be"):
            await note(store, "x" * 400_000, 2)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    await note(store, "room again", 2)
    assert await noted(store) == ("kept", "room again")
    assert await is_whole(store)
    await store.close()


@pytest.mark.promise("S1")
async def test_what_fits_is_kept_when_what_comes_with_it_does_not(path: Path) -> None:
    store = open_store(path, None)
    await store._writer.read(lambda connection: connection.execute("PRAGMA max_page_count = 60"))
    words = ("a", "x" * 400_000, "b")
    turns = [note(store, word, 1, Chat("test", word[0])) for word in words]
    first, refused, last = await asyncio.gather(*turns, return_exceptions=True)
    assert isinstance(refused, StoreError)
    assert not isinstance(first, BaseException)
    assert not isinstance(last, BaseException)
    assert len(await table(store, "conversation")) == 2
    assert await is_whole(store)
    await store.close()


@pytest.mark.promise("S2")
@pytest.mark.parametrize("together", [1, 3], ids=["alone", "among others"])
async def test_a_locked_database_refuses_the_turn_and_works_again(
    path: Path, monkeypatch: pytest.MonkeyPatch, together: int
) -> None:
    monkeypatch.setattr(sqlite_writer, "BUSY_S", 0.02)
    store = open_store(path, None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        turns = [note(store, "too early", n) for n in range(together)]
        for refused in await asyncio.gather(*turns, return_exceptions=True):
            assert isinstance(refused, StoreError)
            assert "in use by another program" in str(refused)
    await note(store, "later", update_id=1)
    assert await noted(store) == ("later",)
    await store.close()


async def test_a_turn_waits_for_another_program_and_the_loop_does_not(path: Path) -> None:
    store = open_store(path, None)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        turn = asyncio.create_task(note(store, "patient", update_id=1))
        ticks = 0
        while ticks < 20:  # meanwhile the loop goes round
            await asyncio.sleep(0.002)
            ticks += 1
        assert not turn.done()
        other.execute("COMMIT")
        await turn
    assert await noted(store) == ("patient",)
    await store.close()


# Several processes

OPENED = """
import asyncio, sys
from pathlib import Path
from bot.store import Chat
from bot.store.sqlite import open_store
from tests.bot.stores import note

async def main():
    store = open_store(Path(sys.argv[1]), None)
    await note(store, "x", 1, Chat("test", sys.argv[2]))
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
