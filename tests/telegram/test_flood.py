"""A chat that floods does not make others wait."""

import asyncio
import time
from pathlib import Path
from typing import Any

import pytest
from telegram import Bot

from bot.store import Chat, Kept, Store
from bot.telegram.intake import Intake
from tests.telegram.double import Double
from tests.telegram.driver import User, users
from tests.telegram.parts import polling
from tests.telegram.processes import bot

PEOPLE = 30
FLOOD = 100  # messages a second
LONGEST_S = 0.2


async def _waited(person: User) -> float:
    """Seconds from a message to its answer."""
    await person.send("/start")
    begun = time.monotonic()
    await person.until("Er organisasjonen")
    return time.monotonic() - begun


async def _all_waited(double: Double) -> float:
    """How long all but a twentieth of people wait who write one after the other."""
    seconds = sorted([await _waited(person) for person in users(double, PEOPLE)])
    return seconds[int(0.95 * PEOPLE)]


async def _flood(person: User) -> None:
    while True:
        await person.send("ja")
        await asyncio.sleep(1 / FLOOD)


@pytest.mark.promise("W18")
async def test_others_are_answered_as_soon_as_without_the_flood(
    double: Double, tmp_path: Path
) -> None:
    """The best of three: on a machine that has much else to do, seconds alone say little."""
    async with bot(double, tmp_path):
        for _ in range(3):
            quiet = await _all_waited(double)
            flooding = asyncio.ensure_future(_flood(User(double, "Ola")))
            flooded = await _all_waited(double)
            flooding.cancel()
            if flooded < max(LONGEST_S, 3 * quiet):
                return
    pytest.fail(f"{flooded:.3f} s, and {quiet:.3f} s without")


@pytest.mark.promise("W18")
async def test_in_one_batch_a_flood_waits_behind_itself_and_nobody_else(
    client: Bot,
    intake: Intake,
    double: Double,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    flooding, *others = users(double, 6)
    for number in range(80):
        await flooding.send(f"nummer {number}")
    for other in others:
        await other.send("/start")
    taken: list[str] = []
    keep = store.take

    async def note(chat: Chat, *rest: Any) -> Kept:
        kept = await keep(chat, *rest)
        taken.append(chat.name)
        return kept

    monkeypatch.setattr(store, "take", note)
    async with polling(client, intake):
        await double.intake.all_taken()
    assert len(taken) == 85
    last = max(taken.index(str(other.id)) for other in others)
    assert last < 20, "side by side, and not after all of the flood"
