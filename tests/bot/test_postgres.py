"""What PostgreSQL alone can get wrong: several workers and several senders at once.

What every store promises is tested in ``test_store*.py``, on PostgreSQL too.
"""

import asyncio
from collections.abc import Sequence

import pytest

from bot.store import Chat, Outgoing, Store, postgres_log
from bot.store import postgres_turn as turn
from tests.bot.postgres_server import ask
from tests.bot.postgres_workers import workers
from tests.bot.stores import HOUR, NOW, SILENT, erasing, is_whole, note, noted, table

CHATS = [Chat("test", str(n), is_sent_to=True) for n in range(10)]


def texts(messages: Sequence[Outgoing]) -> list[str]:
    return sorted(message.reply.text for message in messages)


# Turns of several workers


@pytest.mark.promise("R6")
async def test_turns_of_several_workers_in_one_chat_all_count(address: str) -> None:
    async with workers(address, 4) as stores:
        await asyncio.gather(*(note(stores[n % 4], str(n), n) for n in range(60)))
        words = await noted(stores[0]) or ()
        assert sorted(words, key=int) == [str(n) for n in range(60)]
        assert [row["said"] for row in await table(stores[0], "log")] == list(words)
        assert await is_whole(stores[0])


@pytest.mark.promise("R2", "R15")
async def test_an_update_that_reaches_several_workers_at_once_is_taken_once(address: str) -> None:
    async with workers(address, 4) as stores:
        for number in range(25):
            kept = await asyncio.gather(*(note(store, str(number), number) for store in stores))
            assert sum(one.turned is not None for one in kept) == 1
        assert await noted(stores[0]) == tuple(str(n) for n in range(25))
        assert await is_whole(stores[0])


async def test_turns_of_a_chat_that_is_being_erased_come_before_it_or_after_it(
    address: str,
) -> None:
    async with workers(address, 4) as (one, two, three, four):
        for chat in CHATS * 3:
            await note(one, "before", chat=chat)
            await asyncio.gather(
                two.take(chat, None, NOW, erasing),
                *(note(store, "during", chat=chat) for store in (three, four)),
            )
            assert await noted(one, chat) in (None, ("during",), ("during", "during"))
            await one.forget(chat)
        assert (await one.check()).faults == ()


async def test_a_chat_that_writes_fast_does_not_hold_up_the_others(address: str) -> None:
    async with workers(address, 1) as (store,):
        flood = [asyncio.create_task(note(store, str(n))) for n in range(300)]
        await asyncio.sleep(0)
        await note(store, "other", chat=SILENT)
        assert sum(task.done() for task in flood) < 100
        await asyncio.gather(*flood)


# The outbox with several senders


async def test_two_senders_are_never_given_messages_of_one_chat(address: str) -> None:
    async with workers(address, 2) as (one, other):
        for chat in CHATS:
            await note(one, chat.name, chat=chat)
        mine, theirs = await asyncio.gather(one.due(NOW, 6), other.due(NOW, 6))
        assert len({message.key for message in (*mine, *theirs)}) == len(mine) + len(theirs) == 10
        assert texts(await one.due(NOW, 6)) == texts(mine)
        await one.mark_sent(mine[0])
        behind = f"{mine[0].chat}, last"
        assert texts(await other.due(NOW, 9)) == sorted([*texts(theirs), behind])


@pytest.mark.promise("R5", "R15")
async def test_several_senders_send_each_message_once_and_a_chat_in_order(address: str) -> None:
    sent: dict[str, list[str]] = {}

    async def send(store: Store) -> None:
        while waiting := await store.due(NOW, 3):
            for message in waiting:
                sent.setdefault(message.chat, []).append(message.reply.text)
                await asyncio.sleep(0)
                await store.mark_sent(message)

    async with workers(address, 3) as stores:
        for number in range(50):
            await note(stores[0], str(number), chat=CHATS[number % len(CHATS)])
        while await table(stores[0], "outbox"):
            await asyncio.gather(*map(send, stores))
    assert sent == {
        chat.name: [f"{n}, {part}" for n in range(first, 50, 10) for part in ("first", "last")]
        for first, chat in enumerate(CHATS)
    }


async def test_what_a_sender_left_is_sent_by_another_at_once(address: str) -> None:
    async with workers(address, 2) as (one, other):
        await note(one, "hei")
        assert texts(await one.due(NOW, 9)) == ["hei, first"]
        assert texts(await other.due(NOW, 9)) == []
        await one.close()
        assert texts(await other.due(NOW, 9)) == ["hei, first"]


async def test_what_a_sender_died_over_is_sent_by_another_after_a_while(address: str) -> None:
    async with workers(address, 2) as (one, other):
        await note(one, "hei")
        await one.due(NOW, 9)
        assert texts(await other.due(NOW + HOUR, 9)) == []  # the server's clock counts, not ours
        await ask(address, "UPDATE outbox SET held_until = held_until - $1::interval", turn.HELD)
        assert texts(await other.due(NOW, 9)) == ["hei, first"]


async def test_what_a_sender_postponed_is_anyone_s_to_send(address: str) -> None:
    async with workers(address, 2) as (one, other):
        await note(one, "hei")
        (waiting,) = await one.due(NOW, 9)
        await one.postpone(waiting, NOW + HOUR)
        assert texts(await other.due(NOW, 9)) == []
        assert texts(await other.due(NOW + HOUR, 9)) == ["hei, first"]


async def test_a_chat_that_comes_back_while_its_farewell_is_marked_keeps_its_address(
    address: str,
) -> None:
    async with workers(address, 2) as (one, other):
        for chat in CHATS * 2:
            await one.take(chat, None, NOW, erasing)
            (farewell,) = await one.due(NOW, 1)
            await asyncio.gather(one.mark_sent(farewell), note(other, "hei", chat=chat))
            (answer,) = await other.due(NOW, 1)
            assert (answer.chat, answer.reply.text) == (chat.name, "hei, first")
            await one.forget(chat)
        assert (await one.check()).faults == ()


# Search


async def test_a_rare_word_is_looked_up_and_not_walked_to(address: str) -> None:
    async with workers(address, 1) as (store,):
        await note(store, "Bærumsløa")
        await store.index(10)
        await ask(address, MANY_ROWS)
        await ask(address, "ANALYZE log")
        (found,) = await store.search("baerumsloa", 50)
        assert found["said"] == "Bærumsløa"
    plan = str(await ask(address, f"EXPLAIN {postgres_log.FOUND}", "barumsloa:*", 50))
    assert "Bitmap Index Scan on log_words" in plan
    assert "log_newest" not in plan


async def test_a_word_that_many_use_is_found_among_the_newest_rows(address: str) -> None:
    await ask(address, MANY_ROWS)
    await ask(address, "ANALYZE log")
    async with workers(address, 1) as (store,):
        found = await store.search("vanlig ord", 3)
        assert [row["seq"] for row in found] == [50_000, 49_999, 49_998]
        assert [row["seq"] for row in await store.search("vanlig 4999", 3)] == [
            49_999,
            49_998,
            49_997,
        ]
    plan = str(await ask(address, f"EXPLAIN {postgres_log.FOUND_RECENTLY}", "vanlig:*", 50))
    assert "Index Scan Backward using log_newest" in plan
    assert "Seq Scan" not in plan


MANY_ROWS = """
    INSERT INTO log (key, seq, at, way, said, heard, intent, confidence, unanswered, replies, year,
        version, lang, took_us, words)
    SELECT 'f', n, n, 'text', '', '', '', 1, 0, repeat('x', 500), 2019, '', 'nb', 0,
        to_tsvector('simple', 'et vanlig ord ' || n)
    FROM generate_series(1, 50000) AS n
"""


async def test_workers_index_no_row_twice(address: str) -> None:
    async with workers(address, 3) as stores:
        for number in range(30):
            await note(stores[0], f"ord{number}", chat=Chat("test", str(number)))
        done = 0
        while some := sum(await asyncio.gather(*(store.index(4) for store in stores))):
            done += some
        assert done == 30
        assert len(await stores[0].search("ord", 50)) == 30
