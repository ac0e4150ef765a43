"""Backups: whole while turns are taken, private, never half-written; and restoring them."""

import asyncio
import io
import os
import sqlite3
import stat
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import database_files
from bot.database_files import back_up, restore
from bot.errors import StoreError
from bot.store import Store
from bot.store.care import reading
from bot.store.postgres import PostgresStore
from bot.store.rows import TABLES
from bot.store.sqlite import open_store as open_sqlite
from bot.store.sqlite_file import APPLICATION_ID, SCHEMA_VERSION
from tests.bot.stores import CHAT, OTHER, SECRET, is_whole, note, noted, send_all, table

OUT = io.StringIO()
KEPT = ".old-20261124T120000Z"
Database = str | SecretStr


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def there(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    """A database with the tables and nothing in them."""
    if request.param == "PostgreSQL":
        return SecretStr(request.getfixturevalue("address"))
    path = tmp_path / "samtaler.db"
    asyncio.run(open_sqlite(path, SECRET).close())
    return str(path)


def store_of(database: Database) -> Store:
    if isinstance(database, SecretStr):
        return PostgresStore(database.get_secret_value(), SECRET)
    return open_sqlite(Path(database), SECRET)


async def everything(database: Database) -> Mapping[str, list[Mapping[str, Any]]]:
    async with reading(database) as read:
        return {
            one.name: sorted([row async for page in read.pages(one) for row in page], key=repr)
            for one in TABLES
        }


async def lived_in(database: Database, *words: str) -> None:
    store = store_of(database)
    for n, word in enumerate(words):
        await note(store, word, n)
    await store.close()


def files_in(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.promise("S7", "S8")
async def test_what_was_backed_up_is_there_again(there: Database, tmp_path: Path) -> None:
    await lived_in(there, "før")
    before = await everything(there)
    await back_up(there, tmp_path / "kopi.db", OUT, force=False)
    await lived_in(there, "etter 1", "etter 2")

    kept = await restore(tmp_path / "kopi.db", there, KEPT, OUT, force=True)

    assert await everything(there) == before
    store = store_of(there)
    assert await noted(store) == ("før",)
    assert (await send_all(store)) == ["før, first", "før, last"]
    await note(store, "videre", 9)
    assert await is_whole(store)
    await store.close()
    # The old one is beside it, whole.
    assert kept
    old = open_sqlite(kept, SECRET)
    assert await noted(old) == ("før", "etter 2")
    await old.close()


@pytest.mark.promise("P3")
async def test_a_backup_is_one_private_file_that_belongs_to_us(
    there: Database, tmp_path: Path
) -> None:
    await lived_in(there, "før")
    before = files_in(tmp_path)
    await back_up(there, tmp_path / "kopi.db", OUT, force=False)
    assert files_in(tmp_path) - before == {"kopi.db"}
    assert stat.S_IMODE((tmp_path / "kopi.db").stat().st_mode) == 0o600
    with closing(sqlite3.connect(tmp_path / "kopi.db")) as copy:
        assert copy.execute("PRAGMA application_id").fetchone() == (APPLICATION_ID,)
        assert copy.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert copy.execute("PRAGMA integrity_check").fetchall() == [("ok",)]


@pytest.mark.promise("S7", "S8")
async def test_a_backup_under_load_is_one_moment_of_it(there: Database, tmp_path: Path) -> None:
    store = store_of(there)
    for n in range(200):
        await note(store, f"{n}" * 50, n)
    await send_all(store)
    stopped = asyncio.Event()

    async def talk() -> int:
        n = 200
        while not stopped.is_set():
            await note(store, str(n), n)
            await send_all(store)
            n += 1
        return n

    talking = asyncio.create_task(talk())
    for number in range(3):
        await asyncio.sleep(0.05)
        await asyncio.to_thread(
            asyncio.run, back_up(there, tmp_path / f"kopi{number}.db", OUT, force=False)
        )
    stopped.set()
    turns = await talking
    assert turns > 203, "nothing was written meanwhile"
    assert await is_whole(store)
    await store.close()
    lengths = []
    for number in range(3):
        copy = open_sqlite(tmp_path / f"kopi{number}.db", SECRET)
        (conversation,) = await table(copy, "conversation")
        assert not (await copy.check()).faults
        assert len(await table(copy, "log")) == conversation["revision"]
        # The updates that it has taken are not taken again; those after it are.
        before = await noted(copy)
        await note(copy, "igjen", conversation["revision"] - 1)
        assert await noted(copy) == before
        await note(copy, "ny", conversation["revision"])
        assert (await noted(copy) or ())[-1] == "ny"
        lengths.append(conversation["revision"])
        await copy.close()
    assert 200 <= lengths[0] <= lengths[1] <= lengths[2] <= turns


async def test_a_file_that_is_there_is_replaced_only_when_asked(
    there: Database, tmp_path: Path
) -> None:
    await lived_in(there, "en")
    await back_up(there, tmp_path / "kopi.db", OUT, force=False)
    first = (tmp_path / "kopi.db").read_bytes()
    await lived_in(there, "en", "to")
    with pytest.raises(StoreError, match="is there already"):
        await back_up(there, tmp_path / "kopi.db", OUT, force=False)
    assert (tmp_path / "kopi.db").read_bytes() == first
    await back_up(there, tmp_path / "kopi.db", OUT, force=True)
    copy = open_sqlite(tmp_path / "kopi.db", SECRET)
    assert await noted(copy) == ("en", "to")
    await copy.close()


async def test_conversations_are_replaced_only_when_asked(there: Database, tmp_path: Path) -> None:
    await lived_in(there, "en")
    await back_up(there, tmp_path / "kopi.db", OUT, force=False)
    before, files = await everything(there), files_in(tmp_path)
    with pytest.raises(StoreError, match="has 1 conversations"):
        await restore(tmp_path / "kopi.db", there, KEPT, OUT, force=False)
    assert await everything(there) == before
    assert files_in(tmp_path) == files


async def test_an_empty_database_is_filled_unasked(there: Database, tmp_path: Path) -> None:
    await lived_in(str(tmp_path / "annen.db"), "en")
    await back_up(str(tmp_path / "annen.db"), tmp_path / "kopi.db", OUT, force=False)
    await restore(tmp_path / "kopi.db", there, KEPT, OUT, force=False)
    store = store_of(there)
    assert await noted(store) == ("en",)
    await store.close()


async def test_a_database_in_use_is_not_replaced(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    await lived_in(str(path), "en")
    await back_up(str(path), tmp_path / "kopi.db", OUT, force=False)
    used = open_sqlite(path, SECRET)
    await note(used, "to", 1)
    with pytest.raises(StoreError, match="in use"):
        await restore(tmp_path / "kopi.db", str(path), KEPT, OUT, force=True)
    await note(used, "tre", 2)
    assert await noted(used) == ("en", "to", "tre")
    await used.close()
    # A process that was killed leaves a log behind; nobody uses the file.
    assert await restore(tmp_path / "kopi.db", str(path), KEPT, OUT, force=True)


UNUSABLE = {
    "missing": None,
    "empty": b"",
    "text": b"not a database, but long enough to be taken for one " * 100,
}


@pytest.mark.parametrize("content", UNUSABLE.values(), ids=UNUSABLE)
async def test_what_is_not_a_backup_restores_nothing(
    content: bytes | None, there: Database, tmp_path: Path
) -> None:
    await lived_in(there, "en")
    before = await everything(there)
    if content is not None:
        (tmp_path / "kopi.db").write_bytes(content)
    files = files_in(tmp_path)
    with pytest.raises(StoreError):
        await restore(tmp_path / "kopi.db", there, KEPT, OUT, force=True)
    assert await everything(there) == before
    assert {name for name in files_in(tmp_path) if ".unfinished" in name} == set()
    assert files <= files_in(tmp_path)


@pytest.mark.parametrize("harm", ["foreign", "newer", "torn"])
async def test_a_backup_that_was_changed_restores_nothing(
    harm: str, there: Database, tmp_path: Path
) -> None:
    await lived_in(there, *map(str, range(50)))
    before = await everything(there)
    copy = tmp_path / "kopi.db"
    await back_up(there, copy, OUT, force=False)
    if harm == "torn":
        os.truncate(copy, copy.stat().st_size // 2)
    else:
        setting = "application_id = 1" if harm == "foreign" else f"user_version = {10**6}"
        with closing(sqlite3.connect(copy)) as connection:
            connection.execute(f"PRAGMA {setting}")
    with pytest.raises(StoreError):
        await restore(copy, there, KEPT, OUT, force=True)
    assert await everything(there) == before


async def test_a_damaged_database_is_replaced_when_asked_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    await lived_in(str(path), *map(str, range(50)))
    await back_up(str(path), tmp_path / "kopi.db", OUT, force=False)
    os.truncate(path, path.stat().st_size // 2)
    harmed = path.read_bytes()
    with pytest.raises(StoreError):
        await restore(tmp_path / "kopi.db", str(path), KEPT, OUT, force=False)
    assert path.read_bytes() == harmed
    kept = await restore(tmp_path / "kopi.db", str(path), KEPT, OUT, force=True)
    assert kept
    assert kept.read_bytes() == harmed
    store = open_sqlite(path, SECRET)
    assert len(await noted(store) or ()) == 50
    await store.close()


@pytest.mark.promise("S3")
async def test_damage_is_not_backed_up(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    await lived_in(str(path), *map(str, range(50)))
    with path.open("r+b") as file:
        file.seek(3 * 4096)
        file.write(b"\xff" * 4096)
    with pytest.raises(StoreError, match="damaged"):
        await back_up(str(path), tmp_path / "kopi.db", OUT, force=False)
    assert files_in(tmp_path) == {"samtaler.db"}


async def test_a_backup_broken_off_leaves_nothing(
    there: Database, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Stopping:
        def __init__(self, *_: Any) -> None: ...

        def __enter__(self) -> "Stopping":
            return self

        def __exit__(self, *_: Any) -> None: ...

        def reach(self, done: int, total: int) -> None:
            raise KeyboardInterrupt

        def add(self, parts: int) -> None:
            raise KeyboardInterrupt

    await lived_in(there, "en")
    monkeypatch.setattr(database_files, "Progress", Stopping)
    monkeypatch.setattr("bot.database_move.Progress", Stopping)
    files = files_in(tmp_path)
    with pytest.raises(KeyboardInterrupt):
        await back_up(there, tmp_path / "kopi.db", OUT, force=False)
    assert files_in(tmp_path) - {"samtaler.db-wal", "samtaler.db-shm"} == files


async def test_where_nothing_can_be_written_it_says_so(there: Database, tmp_path: Path) -> None:
    await lived_in(there, "en")
    with pytest.raises(StoreError, match=r"Cannot write|cannot be opened"):
        await back_up(there, tmp_path / "ingen mappe" / "kopi.db", OUT, force=False)


async def test_nothing_is_copied_onto_itself(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    await lived_in(str(path), "en")
    for again in (
        back_up(str(path), path, OUT, force=True),
        restore(path, str(path), KEPT, OUT, force=True),
    ):
        with pytest.raises(StoreError, match="both from and to"):
            await again
    store = open_sqlite(path, SECRET)
    assert await noted(store) == ("en",)
    await note(store, "annen", 1, OTHER)
    assert await noted(store, CHAT) == ("en",)
    await store.close()
