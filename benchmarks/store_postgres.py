"""How fast the PostgreSQL store is beside a bare asyncpg loop with the same statements; no test.

Run by hand (`python -m benchmarks.store_postgres`). Starts a server of its own. In every round both
ways are run with each number of worker processes, in rotation; ratios are what to trust.
"""

import argparse
import asyncio
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable
from itertools import product
from multiprocessing import get_context
from multiprocessing.queues import Queue
from multiprocessing.synchronize import Barrier
from statistics import median
from time import monotonic

import asyncpg

from benchmarks.store import SECRET, chats, work
from bot.privacy import pseudonym
from bot.store import Chat
from bot.store.postgres import PostgresStore
from bot.store.postgres_schema import prepare
from bot.store.postgres_sql import KEEP, LOCK
from bot.store.rows import log_row, municipality_of, reply_as_json
from dialogs.state import State
from tests.bot.postgres_server import Server

WORKERS, AT_ONCE = (1, 2, 4), (1, 8)
CHATS = 64  # of each worker
ROUNDS, TURNS = 7, 800
GOAL = 0.7

Turn = Callable[[Chat, int], Awaitable[object]]


async def bare(
    address: str, at_once: int, talking: list[Chat], first: int, ready: Barrier
) -> tuple[float, float]:
    """A loop over asyncpg by hand: the same statements and values, in one transaction a turn."""
    free = [await asyncpg.connect(address) for _ in range(at_once)]

    async def turn(chat: Chat, number: int) -> None:
        connection = free.pop()
        key = pseudonym(SECRET.encode(), chat.channel, chat.name)
        await connection.execute("BEGIN;")
        found = await connection.fetchrow(LOCK, key, chat.channel, number)
        assert found
        turned = work(State.from_json(found["state"]))
        row = log_row(key, found["turns"] + 1, number, turned)
        state, municipality = turned.state.to_json(), municipality_of(turned.state)
        replies = [reply_as_json(reply) for reply in turned.replies]
        more = (state, municipality, chat.channel, number, chat.name, replies)
        await connection.execute(KEEP, *row, *more)
        await connection.execute("COMMIT;")
        free.append(connection)

    return await _from_to(turn, at_once, talking, first, ready)


async def ours(
    address: str, at_once: int, talking: list[Chat], first: int, ready: Barrier
) -> tuple[float, float]:
    """The store as a channel uses it."""
    store = PostgresStore(address, SECRET)

    async def turn(chat: Chat, number: int) -> None:
        await store.take(chat, number, number, work)

    times = await _from_to(turn, at_once, talking, first, ready)
    await store.close()
    return times


async def _from_to(
    turn: Turn, at_once: int, talking: list[Chat], first: int, ready: Barrier
) -> tuple[float, float]:
    """When the turns began and ended, so many chats at once, after a round to warm up."""

    async def line(chats: list[Chat], numbers: range) -> None:
        for number in numbers:
            await turn(chats[number % len(chats)], number)

    async def lines(first: int, number: int) -> None:
        each = range(first, first + number // at_once)
        await asyncio.gather(*(line(talking[n::at_once], each) for n in range(at_once)))

    await lines(first, CHATS)
    ready.wait()
    begin = monotonic()
    await lines(first + CHATS, TURNS)
    return begin, monotonic()


WAYS = {"bare asyncpg": bare, "store": ours}


def _worker(
    way: str,
    address: str,
    at_once: int,
    number: int,
    first: int,
    ready: Barrier,
    told: "Queue[tuple[float, float]]",
) -> None:
    told.put(asyncio.run(WAYS[way](address, at_once, _chats_of(number), first, ready)))


def _chats_of(worker: int) -> list[Chat]:
    return chats(CHATS * max(WORKERS))[worker :: max(WORKERS)]


def turns_a_second(way: str, address: str, workers: int, at_once: int, first: int) -> float:
    """Of all workers together, from the first one's beginning to the last one's end."""
    context = get_context("spawn")
    ready = context.Barrier(workers)
    told: Queue[tuple[float, float]] = context.Queue()
    given = [(way, address, at_once, n, first, ready, told) for n in range(workers)]
    processes = [context.Process(target=_worker, args=each) for each in given]
    for process in processes:
        process.start()
    times = [told.get(timeout=120) for _ in processes]
    for process in processes:
        process.join()
    begun, ended = min(begun for begun, _ in times), max(ended for _, ended in times)
    return workers * TURNS / (ended - begun)


async def begin_chats(address: str) -> None:
    """Make the tables and a first turn in every chat, which takes a statement more."""
    await prepare(address)
    store = PostgresStore(address, SECRET)
    for chat in chats(CHATS * max(WORKERS)):
        await store.take(chat, 0, 0, work)
    await store.close()


def main() -> int:
    """Measure, tell, and fail where the goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    rounds = parser.parse_args().rounds
    rates = defaultdict[tuple[str, int, int], list[float]](list)
    server = Server(shared_buffers="512MB")
    try:
        address = server.new_database()
        asyncio.run(begin_chats(address))
        for number in range(rounds):
            ways = list(WAYS) if number % 2 else list(WAYS)[::-1]
            for at, (workers, at_once, way) in enumerate(product(WORKERS, AT_ONCE, ways)):
                first = 1 + (number * 100 + at) * (CHATS + TURNS)
                rate = turns_a_second(way, address, workers, at_once, first)
                rates[way, workers, at_once].append(rate)
    finally:
        server.close()
    return report(rates)


def report(rates: dict[tuple[str, int, int], list[float]]) -> int:
    """Print the table; returns 1 where the store is slower than the goal."""
    is_reached = True
    print(f"{'workers':>8}{'at once':>9}{'bare/s':>9}{'store/s':>9}{'ratio':>7}  (goal {GOAL})")
    for workers, at_once in product(WORKERS, AT_ONCE):
        by_hand, store = (rates[way, workers, at_once] for way in WAYS)
        ratio = median(s / b for s, b in zip(store, by_hand, strict=True))
        is_reached &= ratio >= GOAL
        print(f"{workers:8}{at_once:9}{median(by_hand):9.0f}{median(store):9.0f}{ratio:7.2f}")
    return 0 if is_reached else 1


if __name__ == "__main__":
    sys.exit(main())
