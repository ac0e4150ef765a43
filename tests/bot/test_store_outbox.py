"""What every store promises of what waits to be sent: in order, none lost or left."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.store import Chat, Store, Turned
from dialogs.messages import Reply
from dialogs.state import State
from tests.bot.stores import (
    CHAT,
    HOUR,
    NOW,
    OTHER,
    SILENT,
    erasing,
    note,
    noting,
    record,
    send_all,
    table,
)


async def test_a_message_comes_out_as_it_went_in(store: Store) -> None:
    await note(store, "hei", update_id=1)
    (waiting,) = await store.due(NOW, 10)
    assert (waiting.channel, waiting.chat) == (CHAT.channel, CHAT.name)
    assert (waiting.seq, waiting.part, waiting.tries, waiting.made_at) == (1, 0, 0, NOW)
    await store.mark_sent(waiting)
    (waiting,) = await store.due(NOW, 10)
    state = (await store.take(CHAT, None, NOW, noting("x"))).state
    turned = noting("hei")(state)
    assert waiting.reply == turned.replies[1]


async def test_a_chat_that_is_answered_where_it_is_has_no_address_and_no_outbox(
    store: Store,
) -> None:
    await note(store, "hei", update_id=1, chat=SILENT)
    assert await store.due(NOW, 10) == []
    assert await table(store, "address") == []


async def test_each_chat_has_one_message_due_and_the_oldest_comes_first(store: Store) -> None:
    await note(store, "late", update_id=1, at=NOW)
    await note(store, "early", update_id=1, chat=OTHER, at=NOW - 1)
    due = await store.due(NOW, 10)
    assert [message.reply.text for message in due] == ["early, first", "late, first"]
    assert len(await store.due(NOW + 10 * HOUR, 1)) == 1


@pytest.mark.promise("R5")
async def test_the_messages_of_a_chat_come_in_the_order_of_its_turns(store: Store) -> None:
    for number in range(12):
        await note(store, str(number), update_id=number, at=NOW - number)
    sent = await send_all(store)
    assert sent == [f"{number}, {part}" for number in range(12) for part in ("first", "last")]


async def test_marking_again_changes_nothing(store: Store) -> None:
    await note(store, "a", update_id=1)
    (first,) = await store.due(NOW, 10)
    await store.mark_sent(first)
    await store.mark_sent(first)
    assert await send_all(store) == ["a, last"]


async def test_what_is_postponed_holds_its_own_chat_up_and_no_other(store: Store) -> None:
    await note(store, "a", update_id=1)
    await note(store, "b", update_id=1, chat=OTHER)
    (first,) = [m for m in await store.due(NOW, 10) if m.chat == CHAT.name]
    await store.postpone(first, NOW + HOUR)
    assert await send_all(store) == ["b, first", "b, last"]
    assert await store.due(NOW + HOUR - 1, 10) == []
    (again,) = await store.due(NOW + HOUR, 10)
    assert (again.reply, again.tries) == (first.reply, 1)
    assert await send_all(store, NOW + HOUR) == ["a, first", "a, last"]


async def test_a_chat_that_cannot_be_reached_is_dropped_and_its_conversation_stays(
    store: Store,
) -> None:
    await note(store, "a", update_id=1)
    await note(store, "b", update_id=1, chat=OTHER)
    (first,) = [m for m in await store.due(NOW, 10) if m.chat == CHAT.name]
    assert await store.drop(first.key) == 2
    assert await store.drop(first.key) == 0
    assert await send_all(store) == ["b, first", "b, last"]
    assert await store.state(CHAT) is not None
    await note(store, "back", update_id=2)
    assert await send_all(store) == ["back, first", "back, last"]


async def test_a_dropped_farewell_takes_the_address_with_it(store: Store) -> None:
    await note(store, "a", update_id=1)
    await store.take(CHAT, 2, NOW, erasing)
    (farewell,) = await store.due(NOW, 10)
    assert await store.drop(farewell.key) == 1
    assert all(not rows for rows in (await store.export(CHAT)).values())


@pytest.mark.promise("R11")
async def test_what_waits_survives_a_restart(open_again: Callable[[], Store]) -> None:
    store = open_again()
    await note(store, "a", update_id=1)
    (first,) = await store.due(NOW, 10)
    await store.mark_sent(first)
    await store.close()
    store = open_again()
    assert await send_all(store) == ["a, last"]
    await store.close()


async def test_a_mark_that_comes_late_takes_no_message_of_a_later_conversation(
    store: Store,
) -> None:
    await note(store, "old", update_id=1, at=NOW - HOUR)
    (under_way,) = await store.due(NOW, 10)
    await store.forget(CHAT)
    await note(store, "new", update_id=2)
    await store.mark_sent(under_way)
    assert await send_all(store) == ["new, first", "new, last"]


async def test_what_is_in_hand_already_is_left_out(store: Store) -> None:
    for number, chat in enumerate((CHAT, OTHER)):
        await note(store, str(number), update_id=1, chat=chat, at=NOW + number)
    first, second = await store.due(NOW, 10)
    assert await store.due(NOW, 10, [first.key]) == [second]
    assert await store.due(NOW, 10, [second.key, first.key, "somebody's"]) == []
    await store.mark_sent(first)
    assert [message.reply.text for message in await store.due(NOW, 10, [second.key])] == ["0, last"]


async def test_a_message_knows_its_turn_and_its_language(store: Store) -> None:
    def work(state: State) -> Turned:
        return Turned(replace(state, turn=5, lang="nn"), record("hei", Reply("hei")))

    await store.take(CHAT, 1, NOW, work)
    (waiting,) = await store.due(NOW, 10)
    assert (waiting.seq, waiting.turn, waiting.lang) == (1, 5, "nn")
    assert waiting.reply == Reply("hei")


async def test_a_great_many_chats_are_all_sent_to(store: Store) -> None:
    for number in range(60):
        await note(store, str(number), 1, Chat("test", f"chat {number}", is_sent_to=True))
    assert len(await store.due(NOW, 25)) == 25
    assert len(await send_all(store)) == 120
    assert await table(store, "outbox") == []
