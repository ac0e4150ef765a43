"""What every store promises of a lease: one holder at a time, and none for ever."""

import asyncio
from collections.abc import Callable

import pytest

from bot.store import Store
from tests.bot.stores import DAY, HOUR, NOW

LENGTH = 15_000


async def ask(store: Store, holder: str, at: int, name: str = "sender") -> bool:
    return await store.lease(name, holder, at, at + LENGTH)


async def test_the_first_who_asks_has_it_until_it_runs_out(store: Store) -> None:
    assert await ask(store, "one", NOW)
    assert not await ask(store, "other", NOW + LENGTH - 1)
    assert await ask(store, "other", NOW + LENGTH)
    assert not await ask(store, "one", NOW + LENGTH)


async def test_its_holder_keeps_it_by_asking_again(store: Store) -> None:
    for at in range(NOW, NOW + 4 * LENGTH, LENGTH // 3):
        assert await ask(store, "one", at)
        assert not await ask(store, "other", at)


async def test_given_back_it_is_had_by_the_next_at_once(store: Store) -> None:
    await ask(store, "one", NOW)
    await store.release("sender", "one")
    assert await ask(store, "other", NOW)


async def test_nobody_gives_back_what_another_has(store: Store) -> None:
    await ask(store, "one", NOW)
    await store.release("sender", "other")
    await store.release("another", "one")
    assert not await ask(store, "other", NOW)


async def test_each_name_is_a_lease_of_its_own(store: Store) -> None:
    assert await ask(store, "one", NOW)
    assert await ask(store, "other", NOW, "upkeep")
    assert not await ask(store, "one", NOW, "upkeep")


async def test_of_many_who_ask_at_once_one_has_it(store: Store) -> None:
    for round_ in range(3):
        at = NOW + round_ * LENGTH
        answers = await asyncio.gather(*(ask(store, f"{round_} {n}", at) for n in range(8)))
        assert sum(answers) == 1


@pytest.mark.promise("R13")
@pytest.mark.parametrize("back", [HOUR, DAY, 400 * DAY])
async def test_a_clock_that_is_set_back_does_not_hold_it_up(store: Store, back: int) -> None:
    await ask(store, "one", NOW)  # and dies
    assert await ask(store, "other", NOW - back)
    assert not await ask(store, "one", NOW - back + 1)


@pytest.mark.promise("R13")
async def test_a_clock_that_is_a_little_behind_takes_nothing_from_the_holder(store: Store) -> None:
    await ask(store, "one", NOW)
    assert not await ask(store, "other", NOW - LENGTH)


async def test_it_outlives_its_process(open_again: Callable[[], Store]) -> None:
    store = open_again()
    await ask(store, "one", NOW)
    await store.close()
    store = open_again()
    assert not await ask(store, "other", NOW + 1)
    assert await ask(store, "other", NOW + LENGTH)
    await store.close()
