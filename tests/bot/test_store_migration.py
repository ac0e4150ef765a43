"""A database of every earlier version is brought over whole, wherever the program dies."""

import asyncio
import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from bot.store import Chat
from bot.store.rows import TABLES
from bot.store.sqlite import open_store
from bot.store.sqlite_file import SCHEMA_VERSION
from tests.bot.running import environment
from tests.bot.stores import NOW, SECRET, is_whole, note, noted, table

HERE = Path(__file__).parent
EARLIER = sorted(HERE.glob("version_*.sql"))
CHAT = Chat("telegram", "42", is_sent_to=True)


def old(path: Path, dump: Path) -> None:
    """Make a database from what an earlier version left."""
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(dump.read_text(encoding="utf-8"))
        connection.execute("PRAGMA journal_mode = WAL")


def output(command: list[str | Path]) -> str:
    """What a command writes when it goes well."""
    folder = Path(command[-1])
    done = subprocess.run(
        command, env=environment(folder), stdout=subprocess.PIPE, text=True, check=True
    )
    return done.stdout


def kept(path: Path) -> tuple[list[object], list[object]]:
    """The conversations and the updates taken, as every version has them."""
    with closing(sqlite3.connect(path)) as connection:
        states, updates = (
            connection.execute(f"SELECT {columns} ORDER BY {columns.split(' FROM ')[0]}").fetchall()
            for columns in (
                "key, state, revision FROM conversation",
                "key, channel, update_id FROM processed",
            )
        )
    return states, updates


def left_behind(path: Path) -> dict[str, list[object]]:
    """Every row of the log and of what waits, with its search, where that version had them."""
    found = {}
    with closing(sqlite3.connect(path)) as connection:
        for name in ("log", "outbox", "address", "failure", "counter", "searchable"):
            has = connection.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (name,))
            if has.fetchone():
                found[name] = connection.execute(f"SELECT * FROM {name} ORDER BY 1, 2").fetchall()
    return found


@pytest.mark.promise("S5")
def test_there_is_a_database_of_every_earlier_version() -> None:
    assert [dump.stem for dump in EARLIER] == [f"version_{n}" for n in range(1, SCHEMA_VERSION)]


@pytest.mark.promise("S5", "S6")
@pytest.mark.parametrize("dump", EARLIER, ids=lambda dump: dump.stem)
async def test_old_conversations_go_on_where_they_were(dump: Path, tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    old(path, dump)
    before = kept(path)
    store = open_store(path, SECRET)
    assert kept(path) == before
    state = await store.state(CHAT)
    assert state is not None
    assert state.answers["municipality"] == "0301"
    shown = sorted((row["lang"], row["municipality"]) for row in await store.newest(10))
    assert shown == [("nb", "0301"), ("nb", "0301"), ("nn", None)]
    assert (await note(store, "again", update_id=4, chat=CHAT)).turned is None
    await note(store, "new", update_id=5, chat=CHAT)
    assert await noted(store, CHAT) == (*state.ticks, "new")
    assert (await store.check()).faults == ()
    assert (await store.purge(NOW - 10**12)).conversations == 0, "kept from now on, not from 1970"
    await store.close()


@pytest.mark.promise("S6")
async def test_what_was_logged_and_not_sent_yet_is_still_there(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    old(path, HERE / "version_2.sql")
    before = left_behind(path)
    assert len(before["outbox"]) == 2
    store = open_store(path, SECRET)
    assert left_behind(path) == before
    (found,) = await store.search("språkkafé", 10)
    (waiting,) = await store.due(NOW, 10)
    assert (waiting.reply.text, waiting.turn, waiting.lang) == ("språkkafé, first", 1, "nb")
    assert (found["key"], found["seq"]) == (waiting.key, waiting.seq)
    await store.close()


async def test_a_state_that_cannot_be_read_comes_along_as_it_is(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    old(path, HERE / "version_1.sql")
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("UPDATE conversation SET state = 'not JSON'")
    before = kept(path)
    await open_store(path, SECRET).close()
    assert kept(path) == before


async def test_the_tables_are_those_that_the_rows_are_made_for(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    store = open_store(path, SECRET)
    await note(store, "one", update_id=1)
    assert await is_whole(store)
    await store.close()
    own = {"log": ("id",)}  # what SQLite calls a row by, for its search
    with closing(sqlite3.connect(path)) as connection:
        for one in TABLES:
            found = connection.execute(
                f"SELECT name, type, pk FROM pragma_table_info('{one.name}')"
            )
            columns = {name: (kind, key) for name, kind, key in found}
            assert tuple(columns) == (*own.get(one.name, ()), *one.columns)
            for name in one.columns:
                kind = "INTEGER" if name in one.numbers else "TEXT"
                assert columns[name][0] == ("REAL" if name in one.shares else kind), name
        listed = connection.execute(
            "SELECT name, strict FROM pragma_table_list WHERE type = 'table'"
        )
        strict = {name: strict for name, strict in listed if not name.startswith(("sqlite_", "_"))}
    ours = {one.name for one in TABLES} | {"searchable", "upkeep", "lease"}
    assert {name for name, is_strict in strict.items() if is_strict} == ours
    assert all(name in ours or name.startswith("searchable_fts") for name in strict)


KILLED = """
import os, shutil, signal, sys
from pathlib import Path
from sqlite3 import Connection
from bot.store import migrations
from bot.store.sqlite import open_store

source, folder = Path(sys.argv[1]), Path(sys.argv[2])
migrate = migrations.migrate

def migrate_and_die(connection, *rest):
    left = step
    def count(_):
        nonlocal left
        left -= 1
        if not left:
            os.kill(os.getpid(), signal.SIGKILL)
    connection.set_trace_callback(count)
    migrate(connection, *rest)

migrations.migrate = migrate_and_die
for step in range(1, 1000):
    path = folder / f"{step}.db"
    if source.exists():
        shutil.copy(source, path)
    child = os.fork()
    if not child:
        open_store(path, "en hemmelighet for prøver")
        os._exit(0)
    if not os.waitpid(child, 0)[1]:
        print(step)
        break
"""


@pytest.mark.promise("S5", "S6")
@pytest.mark.parametrize("dump", [*EARLIER, None], ids=lambda d: d.stem if d else "no file yet")
async def test_killed_at_any_statement_it_finishes_at_the_next_start(
    dump: Path | None, tmp_path: Path
) -> None:
    source, folder = tmp_path / "old.db", tmp_path / "killed"
    folder.mkdir()
    if dump:
        old(source, dump)
    before = left_behind(source) if dump else {}
    steps = int(await asyncio.to_thread(output, [sys.executable, "-c", KILLED, source, folder]))
    assert steps > 20, "the trace must have seen the statements"
    for step in range(1, steps + 1):
        path = folder / f"{step}.db"
        store = open_store(path, SECRET)
        if dump:
            assert kept(path) == kept(source), step
        assert (await store.check()).faults == ()
        assert len(await table(store, "log")) == len(before.get("log", ())), step
        await store.close()
        found = left_behind(path)
        assert {name: found[name] for name in before} == before, step


def test_the_kill_is_real(tmp_path: Path) -> None:
    """The script of the test above does die in the middle, and does not only say so."""
    script = KILLED.replace("range(1, 1000)", "[7]").replace("os.fork()", "0")
    process = subprocess.run(
        [sys.executable, "-c", script, tmp_path / "none", tmp_path], env=environment(tmp_path)
    )
    assert process.returncode == -signal.SIGKILL
    assert os.listdir(tmp_path)
