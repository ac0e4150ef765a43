"""Kills `veiviser telegram` again and again in the midst of waiting updates, and counts losses.

Run by hand (`python -m benchmarks.telegram_crash`), and with few kills by the tests. Telegram is
played by the tests' double of the Bot API; the program is the real command in its own process.

Every update must be taken once and in its chat's order, and every reply arrive in order. A reply
may come twice in a chat only where a kill fell between sending and marking.
"""

import argparse
import asyncio
import random
import sqlite3
import sys
import time
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.telegram.double import Double, running
from tests.telegram.driver import User, users
from tests.telegram.processes import Running, settings, start

WORDS = ("/start", "ja", "Oslo", "lokalt")
REPLIES = (
    "Hei! Jeg er Veiviser",
    "Er organisasjonen",
    "I hvilken kommune",
    "Hvor skal tiltaket",
    "Hvem er tiltaket",
)
LONGEST_LIFE_S = 0.6  # half a second of it may be spent on waiting for the one before
PATIENCE_S = 600.0
# What a killed process had claimed is free again in half a second instead of fifteen.
PROGRAM = """
from bot.telegram import lease
lease.LASTS_S, lease.KEPT_EVERY_S, lease.ASKED_EVERY_S = 0.5, 0.1, 0.05
from bot.cli import main
raise SystemExit(main(["telegram"]))
"""


@dataclass(slots=True)
class Outcome:
    """What was seen; ``faults`` in words, empty when nothing was lost, doubled or out of order."""

    updates: int
    taken: int = 0
    kills: int = 0
    repeated_replies: int = 0
    seconds: float = 0.0
    faults: list[str] = field(default_factory=list)


async def crash(updates: int, kills: int, seed: int) -> Outcome:
    """Let so many updates wait, kill so often, and then let it finish."""
    found = Outcome(updates)
    chance = random.Random(seed)
    with TemporaryDirectory() as folder:
        async with running() as double:
            people = list(users(double, updates // len(WORDS)))
            for word in WORDS:
                for person in people:
                    await person.send(word)
            begun = time.monotonic()
            while found.kills < kills:
                await _killed_life(double, Path(folder), chance)
                found.kills += 1
            await _last_life(double, Path(folder), people)
            found.seconds = time.monotonic() - begun
            _look_at_log(Path(folder), found)
            _look_at_chats(people, found)
    return found


async def _begun(double: Double, folder: Path) -> Running:
    life = await start(folder, given=settings(double, TELEGRAM_RATE="1000"), code=PROGRAM)
    await life.says("Veiviser svarer", PATIENCE_S)
    return life


async def _killed_life(double: Double, folder: Path, chance: random.Random) -> None:
    life = await _begun(double, folder)
    await asyncio.sleep(chance.uniform(0, LONGEST_LIFE_S))
    await life.killed()


async def _last_life(double: Double, folder: Path, people: Sequence[User]) -> None:
    life = await _begun(double, folder)
    await double.intake.all_taken(PATIENCE_S)
    for person in people:
        await person.until(REPLIES[-1], PATIENCE_S)
    await life.stops()


def _look_at_log(folder: Path, found: Outcome) -> None:
    said: defaultdict[str, list[str]] = defaultdict(list)
    with sqlite3.connect(folder / "veiviser.db") as database:
        for key, words in database.execute("SELECT key, said FROM log ORDER BY key, seq"):
            said[key].append(words)
    found.taken = sum(map(len, said.values()))
    if len(said) != found.updates // len(WORDS):
        found.faults.append(f"{len(said)} chats")
    found.faults += [f"taken: {words}" for words in said.values() if words != list(WORDS)]


def _look_at_chats(people: Sequence[User], found: Outcome) -> None:
    """Each reply in order; one that comes twice comes twice in a row, at most once for a kill."""
    for person in people:
        shown = [e.message.shown for e in person.chat.events if e.message and e.what == "sent"]
        order = [next(n for n, reply in enumerate(REPLIES) if reply in text) for text in shown]
        once = [number for number, _ in groupby(order)]
        found.repeated_replies += len(order) - len(once)
        if once != list(range(len(REPLIES))):
            found.faults.append(f"replies: {order}")
    if found.repeated_replies > found.kills * len(people):
        found.faults.append(f"{found.repeated_replies} replies came twice")


def main() -> int:
    """Run and print; 1 if anything was lost, doubled or out of order."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--updates", type=int, default=200)
    parser.add_argument("--kills", type=int, default=20)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = asyncio.run(crash(given.updates, given.kills, given.seed))
    print(
        f"{found.taken} of {found.updates} updates taken in order, {found.kills} kills, "
        f"{found.repeated_replies} replies twice, {found.seconds:.0f} s"
    )
    print("\n".join(found.faults) or "no faults")
    return 1 if found.faults else 0


if __name__ == "__main__":
    sys.exit(main())
