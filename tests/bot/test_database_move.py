"""Moving house: everything arrives as it was, or the new house stays empty."""

import io
import signal
import subprocess
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from pydantic import SecretStr

from bot import database_move
from bot.database_move import move
from bot.errors import StoreError
from bot.store import Chat, Store
from bot.store.care import Filling, Rows, Sum, bring_up_to_date, filling, reading
from bot.store.postgres import PostgresStore
from bot.store.rows import LOG, TABLES, Table
from bot.store.sqlite import open_store as open_sqlite
from tests.bot.running import command, environment
from tests.bot.stores import CHAT, NOW, OTHER, SECRET, SILENT, erasing, note, noted, send_all, table

OUT = io.StringIO()


async def live_in(store: Store) -> None:
    """Leave rows in every table, and letters that not every database takes."""
    await note(store, "å, 日本, '\"\\", 1)
    await send_all(store)
    await note(store, "ikke sendt", 2)
    await note(store, "en annen", 3, OTHER)
    await note(store, "uten adresse", None, SILENT)
    await store.take(Chat("test", "45"), 5, NOW, erasing)  # it is counted
    await store.fail(OTHER, 4, NOW, "here:1")


async def everything(store: Store) -> Mapping[str, list[Mapping[str, Any]]]:
    return {one.name: await table(store, one.name) for one in TABLES}


@pytest.fixture(params=["SQLite to PostgreSQL", "PostgreSQL to SQLite", "SQLite to SQLite"])
def ends(request: pytest.FixtureRequest, tmp_path: Path) -> list[str | SecretStr]:
    """Where to move from, and where to."""
    return [
        SecretStr(request.getfixturevalue("address")) if kind == "PostgreSQL" else str(tmp_path / n)
        for kind, n in zip(request.param.split(" to "), ("first.db", "last.db"), strict=True)
    ]


async def test_everything_arrives_and_the_conversations_go_on(ends: list[str | SecretStr]) -> None:
    first, last = ends
    source = store_of(first)
    await live_in(source)
    before = await everything(source)
    await source.close()
    assert all(before.values()), "a table with no row proves nothing"

    sums = await move(first, last, OUT)

    assert {name: one.rows for name, one in sums.items()} == {n: len(r) for n, r in before.items()}
    target = store_of(last)
    assert await everything(target) == before
    assert await noted(target) == ("å, 日本, '\"\\", "ikke sendt")
    assert not (await target.check()).faults
    await note(target, "videre", 5)
    assert (await send_all(target))[-2:] == ["videre, first", "videre, last"]
    await target.index(100)
    assert await target.search("videre", 10)
    await target.close()
    source = store_of(first)
    assert await everything(source) == before
    await source.close()


def store_of(database: str | SecretStr) -> Store:
    """The store of a database whose tables are there, or of a file."""
    if isinstance(database, SecretStr):
        return PostgresStore(database.get_secret_value(), SECRET)
    return open_sqlite(Path(database), SECRET)


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def target(request: pytest.FixtureRequest, tmp_path: Path) -> str | SecretStr:
    """Where to move to: a file that is not there yet, or a database with nothing in it."""
    if request.param == "SQLite":
        return str(tmp_path / "ny.db")
    return SecretStr(request.getfixturevalue("address"))


@pytest.fixture
async def source(tmp_path: Path) -> str:
    """A file with something of everything."""
    path = tmp_path / "gammel.db"
    store = open_sqlite(path, SECRET)
    await live_in(store)
    await store.close()
    return str(path)


async def rows_in(database: str | SecretStr) -> int:
    await bring_up_to_date(database)
    async with reading(database) as read:
        return sum((await read.counts()).values())


async def test_a_database_that_is_not_empty_is_not_moved_into(
    source: str, target: str | SecretStr
) -> None:
    store = store_of(target)
    await note(store, "bor her")
    await store.close()
    there = await rows_in(target)
    with pytest.raises(StoreError, match="not empty"):
        await move(source, target, OUT)
    assert await rows_in(target) == there


async def test_an_empty_one_that_is_in_use_is_not_moved_into(source: str, tmp_path: Path) -> None:
    used = open_sqlite(tmp_path / "ny.db", SECRET)
    await used.state(CHAT)
    with pytest.raises(StoreError, match="in use"):
        await move(source, str(tmp_path / "ny.db"), OUT)
    await note(used, "går videre")
    assert await noted(used) == ("går videre",)
    await used.close()


async def test_a_turn_taken_meanwhile_stops_the_move(
    source: str, target: str | SecretStr, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill = database_move.fill

    async def fill_slowly(*values: Any) -> Any:
        sums = await fill(*values)
        store = open_sqlite(Path(source), SECRET)
        await note(store, "imens")
        await store.close()
        return sums

    monkeypatch.setattr(database_move, "fill", fill_slowly)
    with pytest.raises(StoreError, match="used while it was moved"):
        await move(source, target, OUT)
    assert await rows_in(target) == 0


async def test_what_cannot_be_read_back_stops_the_move(
    source: str, target: str | SecretStr, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def put_wrong(filled: Filling, one: Table, rows: Rows) -> None:
        await put(filled, one, [{**row, "said": "noe annet"} for row in rows])

    async with filling(target) as filled:
        put = type(filled).put
    monkeypatch.setattr(type(filled), "put", put_wrong)
    with pytest.raises(StoreError, match=r"read back .* \(log\)"):
        await move(source, target, OUT)
    assert await rows_in(target) == 0


async def test_broken_off_in_the_middle_nothing_is_left(
    source: str, target: str | SecretStr, monkeypatch: pytest.MonkeyPatch
) -> None:
    @asynccontextmanager
    async def stopping(database: str | SecretStr) -> AsyncIterator[Filling]:
        async with filling(database) as filled:
            put = filled.put

            async def stop_at_log(one: Table, rows: Rows) -> None:
                await put(one, rows)
                if one == LOG:
                    raise KeyboardInterrupt

            monkeypatch.setattr(filled, "put", stop_at_log)
            yield filled

    monkeypatch.setattr(database_move, "filling", stopping)
    with pytest.raises(KeyboardInterrupt):
        await move(source, target, OUT)
    if isinstance(target, str):
        assert [path.name for path in Path(target).parent.iterdir()] == [Path(source).name]
    assert await rows_in(target) == 0


async def many_rows(path: Path, conversations: int) -> None:
    """A database that takes a while to move."""
    async with filling(str(path)) as filled:
        by_name = {one.name: one for one in TABLES}
        plain = {"state": "{}", "revision": 1, "turns": 1, "lang": "nb", "outcome": None}
        plain |= {"municipality": None, "notice": 1, "began_at": NOW, "seen_at": NOW}
        rows = [{"key": f"{n:064x}", **plain} for n in range(conversations)]
        await filled.put(by_name["conversation"], rows)


@pytest.mark.parametrize("sent", [signal.SIGINT, signal.SIGKILL], ids=["Ctrl-C", "killed"])
async def test_ctrl_c_and_a_kill_leave_the_target_empty(
    sent: signal.Signals, target: str | SecretStr, tmp_path: Path
) -> None:
    path = tmp_path / "stor.db"
    await many_rows(path, 60_000)
    to = f"sqlite:///{target}" if isinstance(target, str) else target.get_secret_value()
    process = subprocess.Popen(  # noqa: ASYNC220 - nothing else goes on
        command("db", "move", f"sqlite:///{path}", to),
        env=environment(tmp_path),
        cwd=tmp_path,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stderr
    assert process.stderr.readline().startswith("Flytter: ferdig")
    process.send_signal(sent)
    assert process.wait(30) == {signal.SIGINT: 130}.get(sent, -sent)
    process.stderr.close()
    assert await rows_in(target) == 0
    assert await rows_in(str(path)) == 60_000
    assert (tmp_path / "ny.db.unfinished").exists() == (
        sent == signal.SIGKILL and isinstance(target, str)
    )
    # What a killed move left behind is not in the way of the next.
    assert (await move(str(path), target, OUT))["conversation"].rows == 60_000


def test_the_checksum_tells_rows_apart_but_not_their_order() -> None:
    rows = [{"key": key, "channel": "c", "chat": chat} for key, chat in (("a", "1"), ("b", "2"))]
    other = [{**rows[0], "chat": "2"}, {**rows[1], "chat": "1"}]
    one, turned, changed = Sum(), Sum(), Sum()
    address = next(table for table in TABLES if table.name == "address")
    one.add(address, rows)
    turned.add(address, rows[::-1])
    changed.add(address, other)
    assert one == turned != changed
