"""What a channel does beside its turns: what goes when, what stays, and that all can be found."""

import asyncio
from dataclasses import dataclass

import pytest

from bot.errors import StoreError
from bot.store import Chat, Erased, Store
from bot.upkeep import BATCH, Upkeep, purge
from tests.bot.stores import CHAT, DAY, HOUR, NOW, OTHER, erasing, note, noted, noting, table

DAY_S = 86_400.0


@dataclass
class Clocks:
    """A clock that can be set, and one that only goes forward."""

    wall: int = NOW
    measured: float = 1_000.0

    def now(self) -> int:
        return self.wall

    def measure(self) -> float:
        return self.measured


@pytest.mark.promise("P10")
@pytest.mark.parametrize("days", [1, 21, 365])
async def test_what_is_older_goes_and_what_is_younger_stays(days: int, store: Store) -> None:
    await note(store, "gammel", 1, CHAT, at=NOW)
    await note(store, "ny", 2, OTHER, at=NOW + 2)
    assert await purge(store, days, NOW + 1 + days * DAY) == Erased(conversations=1, turns=1)
    assert (await noted(store, CHAT), await noted(store, OTHER)) == (None, ("ny",))
    assert {row["key"] for row in await table(store, "log")} == {
        row["key"] for row in await table(store, "conversation")
    }


@pytest.mark.promise("P10")
async def test_counts_stay(store: Store) -> None:
    await store.take(CHAT, 1, NOW, noting("en", outcome="apply_imdi", unanswered=True))
    await store.take(OTHER, 2, NOW, erasing)
    before = await table(store, "counter")
    assert {row["name"] for row in before} == {"outcome", "unanswered", "erased"}
    await purge(store, 21, NOW + 400 * DAY)
    assert await table(store, "counter") == before
    assert await table(store, "log") == []


@pytest.mark.promise("P10")
async def test_it_is_due_at_the_start_and_then_daily(store: Store) -> None:
    clocks = Clocks()
    upkeep = Upkeep(store, 21, clocks.now, clocks.measure)
    await note(store, "gammel", 1, at=NOW - 22 * DAY)
    assert await upkeep.purge_if_due() == Erased(1, 1)
    clocks.measured += DAY_S - 1
    assert await upkeep.purge_if_due() is None
    clocks.measured += 1
    assert await upkeep.purge_if_due() == Erased()


@pytest.mark.promise("R13", "P10")
@pytest.mark.parametrize("jump", [-HOUR, DAY, -400 * DAY], ids=["back", "forward", "far back"])
async def test_a_clock_that_jumps_does_not_hold_up_the_next_purge(jump: int, store: Store) -> None:
    clocks = Clocks()
    upkeep = Upkeep(store, 21, clocks.now, clocks.measure)
    await upkeep.purge_if_due()
    clocks.wall += jump
    assert await upkeep.purge_if_due() is None
    clocks.measured += DAY_S
    assert await upkeep.purge_if_due() is not None


async def test_a_purge_that_fails_is_logged_and_tried_again_in_an_hour(
    store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(before: int, unowned_before: int) -> Erased:
        raise StoreError(nb="opptatt", nn="oppteken", en="in use")

    clocks = Clocks()
    upkeep = Upkeep(store, 21, clocks.now, clocks.measure)
    with monkeypatch.context() as broken:
        broken.setattr(store, "purge", refuse)
        assert await upkeep.purge_if_due() is None
    assert "Not purged: in use" in caplog.text
    assert await upkeep.purge_if_due() is None
    clocks.measured += HOUR / 1000
    assert await upkeep.purge_if_due() == Erased()


async def test_a_channel_purges_and_indexes_in_the_background(store: Store) -> None:
    await note(store, "gammel", 1, at=NOW - 22 * DAY)
    await note(store, "funnet", 2, OTHER)
    running = asyncio.create_task(Upkeep(store, 21, lambda: NOW).run())
    for _ in range(500):
        if await store.search("funnet", 1) and await noted(store) is None:
            break
        await asyncio.sleep(0.01)
    assert await noted(store) is None
    assert len(await store.search("funnet", 10)) == 1
    running.cancel()
    with pytest.raises(asyncio.CancelledError):
        await running


async def test_everything_can_be_found_however_much_there_is(store: Store) -> None:
    turns = 2 * BATCH + 1
    await asyncio.gather(*(note(store, "funnet", 1, Chat("test", str(n))) for n in range(turns)))
    await Upkeep(store, 21, lambda: NOW).index()
    assert len(await store.search("funnet", turns + 1)) == turns


async def test_between_lines_it_indexes_at_most_once_a_minute(store: Store) -> None:
    clocks = Clocks()
    upkeep = Upkeep(store, 21, clocks.now, clocks.measure)
    await upkeep.between()
    await note(store, "funnet", 1)
    clocks.measured += 59
    await upkeep.between()
    assert await store.search("funnet", 1) == ()
    clocks.measured += 1
    await upkeep.between()
    assert len(await store.search("funnet", 1)) == 1


async def test_an_index_that_fails_is_logged_and_tried_again(
    store: Store, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(limit: int) -> int:
        raise StoreError(nb="opptatt", nn="oppteken", en="in use")

    await note(store, "funnet", 1)
    upkeep = Upkeep(store, 21, lambda: NOW)
    with monkeypatch.context() as broken:
        broken.setattr(store, "index", refuse)
        await upkeep.index()
    assert "Not indexed: in use" in caplog.text
    await upkeep.index()
    assert len(await store.search("funnet", 1)) == 1
