"""Conflicts, connections that break at any statement, and a server that goes and comes back."""

import asyncio
from typing import Any
from urllib.parse import quote

import asyncpg
import pytest

from bot.errors import StoreError
from bot.store import Kept, Store, postgres_pool
from bot.store.postgres import PostgresStore
from bot.store.postgres_schema import prepare
from tests.bot.postgres_server import Server, ask
from tests.bot.postgres_workers import (
    Failing,
    Statement,
    conflict,
    deadlock,
    failing,
    lost_after,
    lost_before,
    workers,
)
from tests.bot.stores import (
    CHAT,
    NOW,
    OTHER,
    SECRET,
    is_whole,
    note,
    noted,
    noting,
    send_all,
    table,
)

# Of a chat's first turn: BEGIN, look for the conversation, begin it, keep the turn, two statements
# for the counter, COMMIT.
STATEMENTS = range(1, 8)


async def count(store: Store, word: str, update_id: int) -> Kept:
    """A turn that raises a counter too."""
    return await store.take(CHAT, update_id, NOW, noting(word, faq="deadline"))


async def were_kept(store: Store, *words: str) -> bool:
    """Whether just these turns were kept, each wholly and once."""
    counted = [row["n"] for row in await table(store, "counter")]
    return (
        await noted(store) == words
        and await is_whole(store)
        and counted == [len(words)]
        and await send_all(store) == [f"{w}, {part}" for w in words for part in ("first", "last")]
    )


@pytest.mark.promise("R3")
@pytest.mark.parametrize("fail", [conflict, deadlock])
@pytest.mark.parametrize("number", STATEMENTS)
async def test_a_turn_that_met_another_is_taken_anew(address: str, fail: Any, number: int) -> None:
    connection_class = failing(fail, number)
    store = PostgresStore(address, SECRET, connection_class)
    kept = await count(store, "first", update_id=1)
    assert kept.turned
    assert connection_class.seen > STATEMENTS[-1]  # it was begun twice
    await count(store, "second", update_id=2)
    assert await were_kept(store, "first", "second")
    await store.close()


@pytest.mark.promise("R1", "R3")
@pytest.mark.parametrize("fail", [lost_before, lost_after])
@pytest.mark.parametrize("number", STATEMENTS)
async def test_a_turn_given_again_after_its_connection_was_lost_counts_once(
    address: str, fail: Any, number: int
) -> None:
    store = PostgresStore(address, SECRET, failing(fail, number))
    with pytest.raises(StoreError, match="does not answer"):
        await count(store, "first", update_id=1)
    assert await noted(store) in (None, ("first",))
    await count(store, "first", update_id=1)
    await count(store, "second", update_id=2)
    assert await were_kept(store, "first", "second")
    await store.close()


async def test_others_who_are_always_in_the_way_are_told_of(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "MOST_TRIES", 3)

    class Always(Failing):
        async def _count(self, statement: Statement) -> Any:
            return await conflict(self, statement)

    store = PostgresStore(address, SECRET, Always)
    with pytest.raises(StoreError, match="too busy"):
        await note(store, "never")


@pytest.mark.promise("S2")
async def test_a_conversation_that_somebody_else_holds_is_waited_for_and_not_for_ever(
    address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(postgres_pool, "TURN_S", 0.3)
    async with workers(address, 1) as (store,):
        await note(store, "before", update_id=1)
        holder = await asyncpg.connect(address)
        async with holder.transaction():
            await holder.execute("SELECT FROM conversation FOR UPDATE")
            with pytest.raises(StoreError, match="took too long"):
                await note(store, "held up", update_id=2)
            await note(store, "other", update_id=2, chat=OTHER)
        await holder.close()
        await note(store, "held up", update_id=2)
        assert await noted(store) == ("before", "held up")
        assert await is_whole(store)


@pytest.mark.parametrize("level", ["repeatable read", "serializable"])
async def test_a_stricter_database_has_real_conflicts_and_no_turn_is_lost(
    address: str, level: str
) -> None:
    strict = f"{address}&default_transaction_isolation={quote(level)}"
    async with workers(strict, 3) as stores:
        for number in range(8):
            turns = (count(s, f"{number}{n}", 10 * number + n) for n, s in enumerate(stores))
            await asyncio.gather(*turns)
        assert await were_kept(stores[0], *(await noted(stores[0]) or ()))
        assert len(await table(stores[0], "log")) == 24


async def test_a_server_that_comes_back_is_used_again(postgres: Server) -> None:
    server = Server()  # of its own: the others go on meanwhile
    try:
        address = await asyncio.to_thread(server.new_schema)
        await prepare(address)
        async with workers(address, 1) as (store,):
            await note(store, "before", update_id=1)
            await asyncio.to_thread(server.stop, "immediate")  # as when the power goes
            for _ in range(3):
                with pytest.raises(StoreError, match="does not answer"):
                    await note(store, "during", update_id=2)
            await asyncio.to_thread(server.start)
            await note(store, "during", update_id=2)
            assert await noted(store) == ("before", "during")
            assert await is_whole(store)
    finally:
        server.close()


@pytest.mark.promise("S12")
async def test_what_was_answered_is_on_the_disk(address: str) -> None:
    for setting in ("fsync", "synchronous_commit", "full_page_writes"):
        assert await ask(address, f"SHOW {setting}") == [("on",)]
