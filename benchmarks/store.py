"""How fast and how small the SQLite store is, beside what one would write by hand; no timed test.

Run by hand (`python -m benchmarks.store`). Every figure of a table is measured in the same run, in
rotation, and is the median of its rounds; ratios are what to trust.
"""

import argparse
import asyncio
import pickle
import resource
import sqlite3
import sys
from collections import defaultdict
from collections.abc import Awaitable, Callable, Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from time import perf_counter
from typing import Any

from telegram.ext import PicklePersistence

from benchmarks.store_filled import FIRST_OUTCOME, FIRST_PLACE, fill
from bot.privacy import pseudonym
from bot.store import Chat, Record, Turned
from bot.store.rows import log_row, outbox_rows
from bot.store.sqlite import SqliteStore, open_store
from dialogs.messages import Button, Reply
from dialogs.state import State

SECRET = "en hemmelighet for målinger"
CHATS, ROUNDS, TURNS = 64, 7, 1_920
SENT_AFTER = 640  # turns; what waits to be sent is sent in between, and not timed
PICKLED_CHATS, PICKLED_UPDATES = 1_000, 100
SMALL, LARGE = 10_000, 1_000_000
LOOKS = 100
HELD_CHATS, HELD_TURNS = 100_000, 1_000_000

STATE = State(
    greeted=True,
    answers={"registered": "yes", "municipality": "0301", "scope": "local"},
    from_text=("registered", "municipality"),
)
BUTTONS = tuple((Button(f"activities:{n}", f"Tiltak nummer {n}"),) for n in range(5))
TEXT = "Hva slags tiltak vil dere søke om støtte til? Velg ett eller flere, eller skriv. "
RECORD = Record(
    way="text",
    said="vi er en forening i Oslo som vil drive språkkafé for nyankomne flyktninger",
    heard='{"intent":"answer","answers":{"municipality":"0301"},"certain":false}',
    intent="answer",
    confidence=0.5,
    question="municipality",
    faq=None,
    unanswered=False,
    replies=(Reply(TEXT * 3, BUTTONS, "question"),),
    outcome=None,
    verdict=None,
    year=2019,
    version="0.1.0",
    lang="nb",
)


def work(state: State) -> Turned:
    """A turn of the usual size that takes no time of its own."""
    return Turned(replace(STATE, ticks=("a", *state.ticks[:2])), RECORD)


def chats(number: int, *, are_sent_to: bool = True) -> list[Chat]:
    """So many chats."""
    return [Chat("telegram", str(1_000_000 + n), are_sent_to) for n in range(number)]


def send(path: Path) -> None:
    """Empty the outbox, as a sender has when it keeps up."""
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute("DELETE FROM outbox")


def by_hand(path: Path) -> float:
    """Turns a second of a loop over plain sqlite3: the same rows, durable, and nothing else."""
    asyncio.run(open_store(path, SECRET).close())  # its tables
    connection = sqlite3.connect(path, isolation_level=None)
    run = connection.execute
    for setting in ("journal_mode = WAL", "synchronous = FULL", "foreign_keys = ON"):
        run(f"PRAGMA {setting}")
    talking, seconds = chats(CHATS), 0.0
    for number in range(TURNS):
        if number % SENT_AFTER == 0:
            send(path)
        begin = perf_counter()
        chat = talking[number % CHATS]
        key = pseudonym(SECRET.encode(), chat.channel, chat.name)
        run("BEGIN IMMEDIATE")
        run("INSERT OR IGNORE INTO processed VALUES (?, ?, ?, ?)", (key, "telegram", number, 0))
        found = run("SELECT state, turns FROM conversation WHERE key = ?", (key,)).fetchone()
        turned = work(State.from_json(found[0]) if found else State())
        seq = found[1] + 1 if found else 1
        stored = turned.state.to_json()
        if found:
            run(
                "UPDATE conversation SET state = ?, revision = revision + 1, turns = ?, "
                "seen_at = ? WHERE key = ?",
                (stored, seq, number, key),
            )
        else:
            run(
                "INSERT INTO conversation VALUES (?, ?, 1, 1, 'nb', NULL, '0301', 1, 0, 0)",
                (key, stored),
            )
            run("INSERT INTO address VALUES (?, ?, ?)", (key, chat.channel, chat.name))
        gaps = ", ".join("?" * 18)
        run(f"INSERT INTO log VALUES (NULL, {gaps})", log_row(key, seq, number, turned))
        for row in outbox_rows(key, seq, number, turned):
            run("INSERT INTO outbox VALUES (?, ?, ?, ?, ?, ?, ?)", row)
        run("COMMIT")
        seconds += perf_counter() - begin
    connection.close()
    return TURNS / seconds


async def one_at_a_time(path: Path) -> float:
    """Turns a second of the store where each waits for the one before."""
    store = open_store(path, SECRET)
    talking, seconds = chats(CHATS), 0.0
    for number in range(TURNS):
        if number % SENT_AFTER == 0:
            send(path)
        begin = perf_counter()
        await store.take(talking[number % CHATS], number, number, work)
        seconds += perf_counter() - begin
    await store.close()
    return TURNS / seconds


async def all_at_once(path: Path, waits: list[float]) -> float:
    """Turns a second of the store where every chat has one under way; notes how long each took."""
    store = open_store(path, SECRET)

    async def talk(chat: Chat, first: int) -> None:
        for number in range(first, first + SENT_AFTER // CHATS):
            asked = perf_counter()
            await store.take(chat, number, number, work)
            waits.append(perf_counter() - asked)

    talking, seconds, rounds = chats(CHATS), 0.0, 4 * TURNS // SENT_AFTER
    for number in range(rounds):
        send(path)
        first = number * SENT_AFTER // CHATS
        begin = perf_counter()
        await asyncio.gather(*(talk(chat, first) for chat in talking))
        seconds += perf_counter() - begin
    await store.close()
    return rounds * SENT_AFTER / seconds


async def pickled(path: Path) -> float:
    """Updates a second of python-telegram-bot's PicklePersistence, written at every update."""
    kept = PicklePersistence[dict[str, Any], dict[str, Any], dict[str, Any]](path)
    # As a bot has them: an object of its own for each chat, which pickle cannot write but once.
    copies = [pickle.loads(pickle.dumps(STATE)) for _ in range(PICKLED_CHATS)]
    kept.chat_data = defaultdict(dict)
    kept.chat_data.update((chat, {"state": state}) for chat, state in enumerate(copies))
    begin = perf_counter()
    for number in range(PICKLED_UPDATES):
        await kept.update_chat_data(number, {"state": copies[number], "turns": number})
    return PICKLED_UPDATES / (perf_counter() - begin)


def turns(folder: Path) -> None:
    """The table of turns a second, and how long the slowest wait."""
    found = defaultdict[str, list[float]](list)
    waits: list[float] = []
    for number in range(ROUNDS):
        found["by hand"].append(by_hand(folder / f"hand-{number}.db"))
        found["one chat at a time"].append(asyncio.run(one_at_a_time(folder / f"one-{number}.db")))
        found["64 chats at once"].append(
            asyncio.run(all_at_once(folder / f"many-{number}.db", waits))
        )
        found["PicklePersistence"].append(asyncio.run(pickled(folder / f"pickle-{number}")))
    hand, pickles = median(found["by hand"]), median(found["PicklePersistence"])
    for name, measured in found.items():
        middle = median(measured)
        against = f"{middle / hand:5.2f} of by hand, {middle / pickles:6.1f} of PicklePersistence"
        print(f"{name:<20} {middle:8.0f}/s ({min(measured):.0f}-{max(measured):.0f})  {against}")
    print(f"wait at 64 chats     median {median(waits) * 1e3:.1f} ms, p99 {p(waits, 99):.1f} ms")


async def growth(folder: Path) -> None:
    """What a turn costs with few and with many rows in the log; and how fast staff see them."""
    stores = {}
    for rows in (SMALL, LARGE):
        begin = perf_counter()
        store = stores[rows] = open_store(folder / f"{rows}.db", SECRET)
        await fill(store, rows)
        print(f"{rows:>9} rows          filled and indexed in {perf_counter() - begin:.0f} s")
    took = defaultdict[int, list[float]](list)
    talking = chats(CHATS)
    for number in range(TURNS // CHATS * CHATS):
        for rows, store in stores.items():
            begin = perf_counter()
            await store.take(talking[number % CHATS], number, 2_000_000_000_000 + number, work)
            took[rows].append(perf_counter() - begin)
    small, large = (median(took[rows]) * 1e6 for rows in (SMALL, LARGE))
    print(f"a turn               {small:.0f} µs at {SMALL}, {large:.0f} µs at {LARGE}: ", end="")
    print(f"{large / small:.2f}x; p99 {p(took[LARGE], 99):.1f} ms")
    await looks(stores[LARGE])
    for store in stores.values():
        await store.close()


async def looks(store: SqliteStore) -> None:
    """How long staff wait for what they look for in a large log."""
    asked: dict[str, Callable[[int], Awaitable[Sequence[object]]]] = {
        "first page": lambda _: store.newest(50),
        "outcome": lambda _: store.newest(50, outcome=FIRST_OUTCOME),
        "municipality": lambda _: store.newest(50, municipality=FIRST_PLACE),
        "both": lambda _: store.newest(50, outcome=FIRST_OUTCOME, municipality=FIRST_PLACE),
        "common word": lambda _: store.search("søknad", 50),
        "rare word": lambda n: store.search(f"ord{n * 31 % 30_000}", 50),
        "two words": lambda n: store.search(f"søknad ord{n % 50}", 50),
        "beginning": lambda _: store.search("søk", 50),
        "no such word": lambda _: store.search("finnesikke", 50),
    }
    for name, ask in asked.items():
        took = []
        for number in range(LOOKS):
            begin = perf_counter()
            await ask(number)
            took.append(perf_counter() - begin)
        print(f"{name:<20} median {median(took) * 1e3:6.2f} ms, p95 {p(took, 95):6.2f} ms")


async def memory(path: Path) -> None:
    """How much the process grows over a million turns of 100,000 chats."""
    store = open_store(path, SECRET)
    talking = chats(HELD_CHATS, are_sent_to=False)  # nobody here would empty the outbox
    begun: int | None = None
    for number in range(0, HELD_TURNS, CHATS):
        some = (talking[(number + n) % HELD_CHATS] for n in range(CHATS))
        await asyncio.gather(*(store.take(chat, number, number, work) for chat in some))
        if number >= HELD_TURNS // 100:
            begun = begun or peak_kb()
    await store.close()
    print(f"a million turns      peak grows by {(peak_kb() - (begun or 0)) / 1024:.1f} MB")


def peak_kb() -> int:
    """The most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


def p(seconds: Sequence[float], percent: int) -> float:
    """A percentile, in milliseconds."""
    return quantiles(seconds, n=100)[percent - 1] * 1e3


def main() -> int:
    """Measure, and print a line for each figure."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--memory", action="store_true", help="a million turns too: some minutes")
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        if given.memory:  # first, while the process is small
            asyncio.run(memory(Path(folder) / "held.db"))
        turns(Path(folder))
        asyncio.run(growth(Path(folder)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
