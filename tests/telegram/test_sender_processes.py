"""The sender among other processes: one sends, the database is away, it is asked to stop."""

import asyncio
import logging
from collections.abc import Awaitable, Callable

import pytest
from telegram.error import (
    BadRequest,
    Forbidden,
    NetworkError,
)

from tests.telegram.outgoing import (
    NOW,
    Outbox,
    Telegram,
    flood,
    sending,
    sent,
    until_empty,
)
from tests.telegram.virtual_time import run

HOUR = 3_600_000


# One process sends


async def two(
    work: Callable[[Outbox, Telegram, Telegram], Awaitable[None]],
) -> tuple[Outbox, Telegram, Telegram]:
    outbox, one, other = Outbox(), Telegram(), Telegram()
    async with sending(outbox, one):
        await asyncio.sleep(0.1)
        async with sending(outbox, other):
            await work(outbox, one, other)
    return outbox, one, other


@pytest.mark.promise("R22")
def test_of_two_processes_one_sends() -> None:
    async def work(outbox: Outbox, one: Telegram, other: Telegram) -> None:
        for number in range(200):
            outbox.put(str(number), "a")
        await until_empty(outbox)

    _, one, other = run(two(work))
    assert len(one.taken) == 200
    assert other.calls == []


def test_a_clean_stop_hands_over_at_once() -> None:
    outbox, one, other = Outbox(), Telegram(), Telegram()

    async def work() -> float:
        async with sending(outbox, one), sending(outbox, other) as second:
            await asyncio.sleep(3)
            assert not second._lease.is_held
        async with sending(outbox, other):
            outbox.put("5", "a")
            begun = asyncio.get_running_loop().time()
            await until_empty(outbox)
            return asyncio.get_running_loop().time() - begun

    assert run(work()) < 1.5
    assert other.texts() == ["a"]


def test_after_a_crash_another_takes_over_within_twenty_seconds() -> None:
    outbox, telegram = Outbox(), Telegram()
    outbox.holder = ("a process that died", NOW + 15_000)
    outbox.put("5", "a")
    sent(outbox, telegram)
    assert telegram.calls[0].at - 1_000 < 20
    assert outbox.holder[0] == "", "given back"


def test_who_has_lost_the_lease_begins_nothing_more() -> None:
    outbox, telegram = Outbox(), Telegram()

    async def work() -> None:
        async with sending(outbox, telegram):
            await asyncio.sleep(1)
            outbox.holder = ("another", NOW + HOUR)
            await asyncio.sleep(6)
            outbox.put("5", "a")
            await asyncio.sleep(30)

    run(work())
    assert telegram.calls == []


# The database is away


@pytest.mark.promise("R18", "R24")
def test_while_the_database_is_away_nothing_is_sent_twice_and_it_goes_on_by_itself() -> None:
    outbox, telegram = Outbox(), Telegram(takes=0.5)
    for chat in "56":
        outbox.put(chat, "a", "b")

    async def work() -> None:
        async with sending(outbox, telegram):
            await asyncio.sleep(0.1)
            outbox.is_down = True  # while both first messages are on their way
            await asyncio.sleep(20)
            assert telegram.texts() == ["a", "a"]
            outbox.is_down = False
            await until_empty(outbox)

    run(work())
    assert [telegram.texts(chat) for chat in "56"] == [["a", "b"], ["a", "b"]]


# Stopping


@pytest.mark.promise("R14")
def test_stopping_finishes_what_is_under_way_and_begins_nothing() -> None:
    outbox, telegram = Outbox(), Telegram(takes=2.0)
    for chat in "567":
        outbox.put(chat, "a", "b")

    async def work() -> float:
        async with sending(outbox, telegram):
            await asyncio.sleep(0.5)
            begun = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() - begun

    assert run(work()) == pytest.approx(1.5, abs=0.1)
    assert sorted(telegram.texts()) == ["a", "a", "a"]
    assert [message.reply.text for message in outbox.waiting] == ["b", "b", "b"]


@pytest.mark.promise("R14")
def test_stopping_waits_for_no_window_and_no_pause() -> None:
    outbox, telegram = Outbox(), Telegram(answers=[flood(600)])
    outbox.put("5", "a")
    for number in range(200):
        outbox.put("6", str(number))

    async def work() -> float:
        async with sending(outbox, telegram):
            await asyncio.sleep(5)
            begun = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() - begun

    assert run(work()) < 0.1
    assert outbox.waiting[0].reply.text == "a"


@pytest.mark.promise("R14")
def test_what_does_not_end_in_time_is_broken_off() -> None:
    outbox, telegram = Outbox(), Telegram(takes=600.0)
    outbox.put("5", "a")

    async def work() -> float:
        async with sending(outbox, telegram):
            await asyncio.sleep(0.5)
            begun = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() - begun

    assert run(work()) == pytest.approx(5, abs=0.1)
    assert len(outbox.waiting) == 1


# How much work it is


def test_a_long_backlog_is_not_read_anew_for_every_message() -> None:
    outbox, telegram = Outbox(), Telegram()
    for number in range(2_000):
        outbox.put(str(number), "a")
    sent(outbox, telegram)
    assert outbox.looks < 300


def test_no_chat_and_no_text_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    outbox = Outbox()
    errors: list[Exception | None] = [flood(1), NetworkError("x"), BadRequest("x"), Forbidden("x")]
    telegram = Telegram(answers=errors)
    outbox.put("987654321", "hemmelig")
    sent(outbox, telegram)
    assert len(caplog.records) >= 4
    for record in caplog.records:
        assert "hemmelig" not in str(record.__dict__)
        assert "987654321" not in str(record.__dict__)
