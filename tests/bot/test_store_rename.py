"""A chat that is called something else, or a new secret: everything goes along, and once."""

import asyncio
from pathlib import Path

import pytest

from bot.store import Chat, Store
from bot.store.rows import TABLES
from bot.store.sqlite import open_store
from tests.bot.stores import (
    CHAT,
    NOW,
    OTHER,
    SECRET,
    SILENT,
    all_bytes,
    erasing,
    is_whole,
    note,
    noted,
    send_all,
    table,
)

NEW = Chat("test", "-100987", is_sent_to=True)
SENT = ["waiting, first", "waiting, last"]


@pytest.mark.promise("P2")
async def test_all_that_is_kept_goes_along_and_the_conversation_goes_on(store: Store) -> None:
    await note(store, "sent", 1)
    await send_all(store)
    await note(store, "waiting", 2)
    await store.fail(CHAT, 9, NOW, "somewhere")
    await note(store, "theirs", 3, OTHER)
    await store.index(10)
    before, old = await store.export(CHAT), store.pseudonym(CHAT)
    assert await store.rename(old, NEW)

    assert not any((await store.export(CHAT)).values())
    for one in TABLES:
        assert old not in str(await table(store, one.name))
    changed = {"key": store.pseudonym(NEW), "chat": NEW.name}
    assert await store.export(NEW) == {
        name: tuple({c: changed.get(c, value) for c, value in row.items()} for row in rows)
        for name, rows in before.items()
    }
    assert len(await store.search("sent", 10)) == 1
    assert (await note(store, "repeated", 2, NEW)).turned is None
    await note(store, "next", 4, NEW)
    assert await noted(store, NEW) == ("sent", "waiting", "next")
    assert await noted(store, OTHER) == ("theirs",)
    waiting = await store.due(NOW, 10)
    assert {message.chat for message in waiting} == {NEW.name, OTHER.name}
    assert [m for m in await send_all(store) if "theirs" not in m] == [
        *SENT,
        "next, first",
        "next, last",
    ]
    assert await is_whole(store)


async def test_a_chat_without_an_address_goes_along_too(store: Store) -> None:
    await note(store, "said", 1, SILENT)
    assert await store.rename(store.pseudonym(SILENT), Chat("test", "new"))
    assert await noted(store, Chat("test", "new")) == ("said",)
    assert await table(store, "address") == []


async def test_a_farewell_that_waits_goes_along_too(store: Store) -> None:
    await note(store, "said", 1)
    await store.take(CHAT, 2, NOW, erasing)
    assert await store.rename(store.pseudonym(CHAT), NEW)
    assert [message.chat for message in await store.due(NOW, 10)] == [NEW.name]
    assert await send_all(store) == ["farewell"]
    assert await table(store, "address") == []


@pytest.mark.parametrize("there", ["a conversation", "a farewell", "a failure"])
async def test_what_is_kept_about_the_new_chat_is_never_mixed_with_it(
    store: Store, there: str
) -> None:
    await note(store, "old", 1)
    if there == "a failure":
        await store.fail(NEW, 2, NOW, "somewhere")
    else:
        await note(store, "new", 2, NEW)
    if there == "a farewell":
        await store.take(NEW, 3, NOW, erasing)
    before = [await table(store, one.name) for one in TABLES]
    assert not await store.rename(store.pseudonym(CHAT), NEW)
    assert not await store.rename(store.pseudonym(CHAT), CHAT)
    assert [await table(store, one.name) for one in TABLES] == before


async def test_where_nothing_is_kept_nothing_is_done(store: Store) -> None:
    assert not await store.rename(store.pseudonym(CHAT), NEW)
    await note(store, "old", 1)
    assert await store.rename(store.pseudonym(CHAT), NEW)
    assert not await store.rename(store.pseudonym(CHAT), NEW), "it was done already"
    assert await noted(store, NEW) == ("old",)


async def test_turns_meanwhile_are_kept_and_nothing_is_doubled(store: Store) -> None:
    await note(store, "first", 1)
    jobs = [note(store, str(n), n, chat) for n, chat in enumerate((CHAT, NEW, OTHER) * 3, 2)]
    await asyncio.gather(*jobs[:3], store.rename(store.pseudonym(CHAT), NEW), *jobs[3:])
    words = [word for chat in (CHAT, NEW, OTHER) for word in await noted(store, chat) or ()]
    assert sorted(words) == sorted(["first", *(str(n) for n in range(2, 11))])
    assert await is_whole(store)


@pytest.mark.promise("P2")
async def test_no_byte_of_the_old_pseudonym_is_left(tmp_path: Path) -> None:
    store = open_store(tmp_path / "samtaler.db", SECRET)
    for number in range(50):
        await note(store, f"word{number}", number, CHAT if number % 2 else OTHER)
    await store.index(100)
    old = store.pseudonym(CHAT)
    assert old.encode() in all_bytes(tmp_path)
    assert await store.rename(old, NEW)
    await store.close()
    assert old.encode() not in all_bytes(tmp_path)
    assert store.pseudonym(NEW).encode() in all_bytes(tmp_path)
