"""A chat that floods does not make others wait."""

import asyncio
import time
from pathlib import Path

import pytest

from tests.telegram.double import Double
from tests.telegram.driver import User, users
from tests.telegram.processes import bot

PEOPLE = 30
FLOOD = 100  # messages a second


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


@pytest.mark.promise("W18")
async def test_others_are_answered_as_soon_as_without_the_flood(
    double: Double, tmp_path: Path
) -> None:
    async with bot(double, tmp_path):
        flooding = User(double, "Ola")
        quiet = await _all_waited(double)

        async def flood() -> None:
            while True:
                await flooding.send("ja")
                await asyncio.sleep(1 / FLOOD)

        task = asyncio.ensure_future(flood())
        try:
            flooded = await _all_waited(double)
        finally:
            task.cancel()
    # A promise in seconds, on a machine that may have much else to do.
    assert flooded < max(0.2, 3 * quiet), f"{flooded:.3f} s, and {quiet:.3f} s without"
