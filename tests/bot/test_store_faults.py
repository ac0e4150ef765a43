"""Whatever statement of a turn fails, SQLite keeps all of the turn or nothing of it."""

import asyncio
import sqlite3
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StoreError
from bot.store import Chat
from bot.store.sqlite import SqliteStore, open_store
from tests.bot.stores import CHAT, NOW, SECRET, erasing, is_whole, note, send_all, table

FULL, IO, NO_MEMORY = sqlite3.SQLITE_FULL, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_NOMEM


class Plan:
    """Which statement is to fail, before or after it is done; 0 is none."""

    at = 0
    after = False
    code = IO
    rolls_back = False
    met = 0

    def fail(self, *, at: int, after: bool, code: int = IO, rolls_back: bool = False) -> None:
        self.at, self.after, self.code, self.rolls_back, self.met = at, after, code, rolls_back, 0


class Failing(sqlite3.Connection):
    """A connection on which the statement that the plan names fails, once."""

    plan: Plan

    def execute(self, *given: Any) -> sqlite3.Cursor:
        return self._planned(partial(super().execute, *given))

    def executemany(self, *given: Any) -> sqlite3.Cursor:
        return self._planned(partial(super().executemany, *given))

    def _planned(self, run: Callable[[], sqlite3.Cursor]) -> sqlite3.Cursor:
        self.plan.met += 1
        is_it = self.plan.met == self.plan.at
        if is_it and not self.plan.after:
            self._fail()
        found = run()
        if is_it:
            self._fail()
        return found

    def _fail(self) -> None:
        if self.plan.rolls_back and self.in_transaction:  # as SQLite does on its own at times
            super().execute("ROLLBACK")
        error = sqlite3.OperationalError("planned")
        error.sqlite_errorcode = self.plan.code
        raise error


@pytest.fixture
def plan(monkeypatch: pytest.MonkeyPatch) -> Plan:
    plan = Plan()
    factory = type("Planned", (Failing,), {"plan": plan})
    monkeypatch.setattr(sqlite3, "connect", partial(sqlite3.connect, factory=factory))
    return plan


async def one_turn(store: SqliteStore) -> Iterable[object]:
    return await asyncio.gather(note(store, "b", 2), return_exceptions=True)


async def several(store: SqliteStore) -> Iterable[object]:
    chats = (CHAT, Chat("test", "43", is_sent_to=True), Chat("test", "44"))
    turns = (note(store, "b", 2, chat) for chat in chats)
    return await asyncio.gather(*turns, return_exceptions=True)


@pytest.mark.promise("R3")
@pytest.mark.parametrize("rolls_back", [False, True], ids=["", "SQLite rolls back by itself"])
@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("turns", [one_turn, several], ids=["one turn", "several together"])
async def test_a_turn_is_kept_wholly_or_not_at_all_whichever_statement_fails(
    plan: Plan, turns: Callable[[SqliteStore], Any], after: bool, rolls_back: bool
) -> None:
    for number in range(1, 100):
        store = open_store(None, SECRET)
        await note(store, "a", 1)
        plan.fail(at=number, after=after, rolls_back=rolls_back)
        results = await turns(store)
        has_happened = plan.met >= number
        plan.fail(at=0, after=False)
        for result in results:
            assert not isinstance(result, BaseException) or isinstance(result, StoreError)
        assert await is_whole(store), number
        taken = len(await table(store, "log"))
        told = sum(not isinstance(result, BaseException) for result in results)
        assert taken >= 1 + told, "what was told is kept"
        await turns(store)  # given again, as a channel does
        assert await is_whole(store), number
        said = [(row["key"], row["said"]) for row in await table(store, "log")]
        assert len(said) == len(set(said)) == 1 + len(list(results))
        sent = await send_all(store)
        assert len(sent) == len(await table(store, "address")) * 2 + 2
        await store.close()
        if not has_happened:
            assert number > 8, "the plan must have met the statements"
            return
    pytest.fail("there is no end to the statements")


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
async def test_an_erasure_is_whole_or_not_at_all_whichever_statement_fails(
    plan: Plan, after: bool
) -> None:
    for number in range(1, 100):
        store = open_store(None, SECRET)
        await note(store, "a", 1)
        await store.index(10)
        plan.fail(at=number, after=after)
        (result,) = await asyncio.gather(store.take(CHAT, 2, NOW, erasing), return_exceptions=True)
        has_happened = plan.met >= number
        plan.fail(at=0, after=False)
        is_there = await store.state(CHAT) is not None
        assert is_there or not await table(store, "log")
        assert len(await table(store, "outbox")) == (2 if is_there else 1)
        assert (await store.check()).faults == ()
        if isinstance(result, BaseException):
            await store.take(CHAT, 2, NOW, erasing)
        assert await store.state(CHAT) is None
        assert await send_all(store) == ["farewell"]
        await store.close()
        if not has_happened:
            assert number > 8
            return
    pytest.fail("there is no end to the statements")


@pytest.mark.promise("S1")
@pytest.mark.parametrize(
    ("code", "said"),
    [
        pytest.param(FULL, "no room for more", id="the disk is full"),
        pytest.param(IO, "disk reported an error", id="the disk fails"),
    ],
)
async def test_the_cause_is_told_where_sqlite_has_ended_the_transaction(
    plan: Plan, tmp_path: Path, code: int, said: str
) -> None:
    store = open_store(tmp_path / "samtaler.db", SECRET)
    plan.fail(at=5, after=False, code=code, rolls_back=True)
    with pytest.raises(StoreError, match=said):
        await note(store, "a", 1)
    await note(store, "a", 1)
    assert await is_whole(store)
    await store.close()
