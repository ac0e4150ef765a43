"""What does not grow: memory with the turns and chats there have been, a look with the log.

Small runs. The long ones are commands: `python -m benchmarks.store`, with `--memory` too.
"""

import asyncio
import gc
import tracemalloc
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.store import Chat, Turned
from bot.store.sqlite import open_store
from dialogs.messages import Reply
from dialogs.state import State
from tests.bot.stores import CHAT, DAY, NOW, OTHER, SECRET, noting, record, send_all

AT_ONCE, ROUNDS = 64, 50
MOST_GROWTH = 50_000  # bytes; were 16 left of each of the 3,200 turns, it would be as much


def work(state: State) -> Turned:
    return Turned(state, record("hei", Reply("svar")))


@pytest.mark.promise("S10")
async def test_memory_does_not_grow_with_turns_and_chats(tmp_path: Path) -> None:
    store = open_store(tmp_path / "samtaler.db", SECRET)

    async def take(rounds: range) -> None:
        for number in rounds:  # each time in other chats
            chats = (Chat("test", f"{number}/{n}") for n in range(AT_ONCE))
            await asyncio.gather(*(store.take(chat, number, NOW, work) for chat in chats))

    await take(range(ROUNDS))
    tracemalloc.start()
    try:
        await take(range(ROUNDS, ROUNDS + 10))
        gc.collect()
        before, _ = tracemalloc.get_traced_memory()
        await take(range(ROUNDS + 10, 2 * ROUNDS + 10))
        gc.collect()
        after, _ = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert after - before < MOST_GROWTH
    await store.close()


def walks_through(step: str) -> bool:
    """Whether SQLite looks at every row of a table that grows, by what it says of the step."""
    is_scan = step.startswith("SCAN ") and "CONSTANT ROW" not in step
    # An index gives the newest first, and all is not looked at; a list of ours is no table. What
    # waits to be sent is looked through: it is short, and longest when nothing can be sent.
    return is_scan and not any(word in step for word in (" USING ", "VIRTUAL TABLE", "SCAN head"))


@pytest.fixture
def plans(tmp_path: Path) -> Iterator[dict[str, list[str]]]:
    """How SQLite goes about each statement of turns, the outbox, and what staff look for."""
    store = open_store(tmp_path / "samtaler.db", SECRET)
    connection = store._writer._connection
    told: set[str] = set()

    async def live() -> None:
        await store.take(CHAT, 1, NOW, noting("en", faq="deadline", outcome="either"))
        await store.take(CHAT, 1, NOW, noting("en"))
        await store.take(OTHER, 1, NOW, noting("to"))
        await store.fail(CHAT, 2, NOW, "somewhere")
        await send_all(store)
        await store.index(10)
        await store.rename(store.pseudonym(OTHER), Chat("test", "new"))

    async def look() -> None:
        await store.newest(50)
        await store.newest(50, outcome="either")
        await store.newest(50, municipality="0301")
        await store.called("abcdef", 2)
        await store.search("en", 50)
        await store.log(store.pseudonym(CHAT))

    connection.set_trace_callback(told.add)
    store._reader._connection.set_trace_callback(told.add)
    asyncio.run(live())
    asyncio.run(look())
    connection.set_trace_callback(None)
    store._reader._connection.set_trace_callback(None)
    wanted = ("SELECT", "INSERT", "UPDATE", "DELETE", "WITH")
    yield {
        statement: [row[3] for row in connection.execute(f"EXPLAIN QUERY PLAN {statement}")]
        for statement in (one.strip() for one in told)
        if statement.startswith(wanted) and "searchable_fts" not in statement.split("(")[0]
    }
    asyncio.run(store.close())


@pytest.mark.promise("S11")
def test_nothing_that_somebody_waits_for_walks_through_a_whole_table(
    plans: dict[str, list[str]],
) -> None:
    assert len(plans) > 25
    walking = {
        " ".join(statement.split()): step
        for statement, steps in plans.items()
        for step in steps
        if walks_through(step)
    }
    assert walking == {}


@pytest.mark.promise("S11")
async def test_the_time_of_a_turn_hangs_on_no_other_conversation(tmp_path: Path) -> None:
    """Counted in SQLite's own steps, which no other work on the machine changes."""
    steps: list[int] = []
    store = open_store(tmp_path / "samtaler.db", SECRET)

    def counted() -> int:
        steps[-1] += 1
        return 0

    for size in (100, 10_000):
        while (there := (await store.check()).rows["log"]) < size:
            chats = (Chat("test", str(there + n)) for n in range(500 if size > 500 else 50))
            await asyncio.gather(*(store.take(chat, 1, NOW - DAY, work) for chat in chats))
        steps.append(0)
        store._writer._connection.set_progress_handler(counted, 1)
        await store.take(Chat("test", f"counted {size}"), 1, NOW, work)
        store._writer._connection.set_progress_handler(None, 0)
    small, large = steps
    assert small > 50
    assert large < 1.3 * small
    await store.close()
