"""A standby takes over from a PostgreSQL server that is gone, as docs/operating.md describes it."""

import asyncio
import time

import pytest

from bot.store.postgres import PostgresStore
from bot.store.postgres_schema import prepare
from tests.bot.postgres_server import Server
from tests.bot.stores import SECRET, is_whole, note, noted, send_all

FOLLOWS = "SELECT sync_state::text FROM pg_stat_replication WHERE state = 'streaming'"
PATIENCE_S = 20.0


async def take_until_it_stops(server: Server, updates: range) -> None:
    """Take turns; the server stops in the moment after the last was answered."""
    store = PostgresStore(server.address("postgres"), SECRET)
    for number in updates:
        await note(store, str(number), number)
    await asyncio.to_thread(server.stop, "immediate")


async def take_over(server: Server, updates: range) -> list[str]:
    """Take turns, and send what waits; returns all that the chat has said."""
    store = PostgresStore(server.address("postgres"), SECRET)
    for number in updates:
        await note(store, str(number), number)
    words = list(await noted(store) or ())
    assert await is_whole(store)
    sent = await send_all(store)
    assert sent == [f"{word}, {part}" for word in words for part in ("first", "last")]
    await store.close()
    return words


def is_followed(server: Server, how: str) -> bool:
    """Whether a standby follows the server in this way within some seconds."""
    until = time.monotonic() + PATIENCE_S
    while time.monotonic() < until:
        if server.run(FOLLOWS) == [(how,)]:
            return True
        time.sleep(0.05)
    return False


@pytest.mark.promise("S9")
def test_a_standby_that_is_waited_for_has_every_turn_that_was_answered(postgres: Server) -> None:
    first = Server()  # of its own, for it is stopped as when the power goes
    try:
        asyncio.run(prepare(first.address("postgres")))
        standby = Server(follows=first)
        try:
            assert is_followed(first, "async")
            first.run("ALTER SYSTEM SET synchronous_standby_names = '*'")
            first.run("SELECT pg_reload_conf()")
            assert is_followed(first, "sync")
            asyncio.run(take_until_it_stops(first, range(1, 30)))
            standby.promote()
            # Update 29 was answered but perhaps not confirmed: the channel gives it again.
            words = asyncio.run(take_over(standby, range(29, 32)))
            assert words == [str(number) for number in range(1, 32)]
        finally:
            standby.close()
    finally:
        first.close()
