"""`veiviser db rekey`: another key, and the same conversations; also when it is broken off."""

import asyncio
import io
import os
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.database_rekey import Rekeyed, rekey
from bot.errors import StoreError
from bot.privacy import key_beside, key_file
from bot.settings import Settings
from bot.store import Chat, Store
from bot.store.opening import open_store
from bot.terminal import CHAT as TERMINAL
from tests.bot.running import run
from tests.bot.stores import CHAT, SILENT, all_bytes, is_whole, note, noted, table

OLD, NEW = "den gamle hemmeligheten", "den nye hemmeligheten"
CHATS = [Chat("test", f"chat {n}", is_sent_to=True) for n in range(120)]

Database = str | SecretStr


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def database(request: pytest.FixtureRequest, tmp_path: Path) -> Database:
    if request.param == "PostgreSQL":
        return SecretStr(request.getfixturevalue("address"))
    return str(tmp_path / "samtaler.db")


async def opened(database: Database, secret: str | None) -> Store:
    return await asyncio.to_thread(open_store, database, SecretStr(secret) if secret else None)


async def talk(database: Database, secret: str | None) -> None:
    """Leave a conversation of each sort."""
    store = await opened(database, secret)
    await asyncio.gather(*(note(store, "før", 1, chat) for chat in (*CHATS, SILENT, TERMINAL)))
    await store.close()


def settings(new: str | None = None, old: str | None = None) -> Settings:
    given = {"SECRET_KEY": new, "OLD_SECRET_KEY": old}
    return Settings.model_validate({name: value for name, value in given.items() if value})


async def changed(
    database: Database, new: str | None, old: str | None, *, force: bool = True
) -> Rekeyed:
    return await rekey(database, settings(new, old), io.StringIO(), force=force)


@pytest.mark.promise("P2")
async def test_with_a_new_key_the_same_conversations_go_on(database: Database) -> None:
    await talk(database, OLD)
    assert await changed(database, NEW, OLD) == Rekeyed(renamed=len(CHATS) + 1, left=1)
    store = await opened(database, NEW)
    for chat in (CHATS[0], CHATS[-1], TERMINAL):
        assert (await note(store, "gjentatt", 1, chat)).turned is None
        await note(store, "etter", 2, chat)
        assert await noted(store, chat) == ("før", "etter")
    assert await noted(store, SILENT) is None, "nobody knows whose it was"
    assert await is_whole(store)
    await store.close()
    assert await changed(database, NEW, OLD) == Rekeyed(renamed=0, left=1)


async def test_a_conversation_that_would_be_lost_is_told_of_first(database: Database) -> None:
    await talk(database, OLD)
    with pytest.raises(StoreError, match=r"keeps no address: 1\. Nothing was changed"):
        await changed(database, NEW, OLD, force=False)
    store = await opened(database, OLD)
    assert await noted(store, CHATS[0]) == ("før",)
    await store.forget(SILENT)
    await store.close()
    assert (await changed(database, NEW, OLD, force=False)).left == 0
    assert (await changed(database, NEW, OLD, force=False)).renamed == 0


async def test_a_key_that_was_not_changed_to_leaves_nothing(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    await talk(str(path), None)
    key = key_beside(path)
    with pytest.raises(StoreError, match="Nothing was changed"):
        await changed(str(path), None, None, force=False)
    assert set(os.listdir(tmp_path)) == {"samtaler.db", "samtaler.db.key"}
    assert key_beside(path) == key


@pytest.mark.promise("P2")
async def test_broken_off_it_goes_on_with_the_rest(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(database, OLD)
    store = await opened(database, NEW)
    kind = type(store)
    await store.close()
    rename, done = kind.rename, 0

    async def breaking(store: Store, key: str, chat: Chat) -> bool:
        nonlocal done
        if done == 70:
            raise StoreError(nb="borte", nn="borte", en="gone")
        done += 1
        return await rename(store, key, chat)

    with monkeypatch.context() as broken:
        broken.setattr(kind, "rename", breaking)
        with pytest.raises(StoreError, match="gone"):
            await changed(database, NEW, OLD)
    store = await opened(database, NEW)
    found = [await noted(store, chat) for chat in CHATS]
    assert None in found
    assert ("før",) in found
    await store.close()
    again = await changed(database, NEW, OLD)
    assert 0 < again.renamed < len(CHATS)
    store = await opened(database, NEW)
    assert {await noted(store, chat) for chat in (*CHATS, TERMINAL)} == {("før",)}
    await store.close()


async def test_who_began_anew_meanwhile_keeps_both_apart(database: Database) -> None:
    await talk(database, OLD)
    store = await opened(database, NEW)
    await note(store, "ny", 2, CHATS[3])
    await store.close()
    assert (await changed(database, NEW, OLD)).left == 2
    store = await opened(database, NEW)
    assert await noted(store, CHATS[3]) == ("ny",)
    assert len(await table(store, "conversation")) == len(CHATS) + 3
    await store.close()


@pytest.mark.promise("P2", "P3")
async def test_the_key_beside_a_file_is_replaced_by_a_random_one(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    await talk(str(path), None)
    old = key_beside(path)
    done = await changed(str(path), None, None)
    assert (done.renamed, done.left, done.key_file) == (len(CHATS) + 1, 1, key_file(path))
    assert key_beside(path) != old
    assert key_file(path).stat().st_mode & 0o777 == 0o600
    store = await opened(str(path), None)
    assert await noted(store, CHATS[5]) == ("før",)
    await store.close()
    assert old.hex().encode() not in all_bytes(tmp_path)


@pytest.mark.promise("P2")
async def test_half_changed_nobody_may_use_the_key_beside_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "samtaler.db"
    await talk(str(path), None)
    with monkeypatch.context() as broken:
        broken.setattr("bot.database_rekey.change_key_beside", lambda path: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            await changed(str(path), None, None)
    with pytest.raises(StoreError, match="only half changed"):
        await opened(str(path), None)
    done = await changed(str(path), None, None)
    assert (done.renamed, done.left) == (0, 1)
    store = await opened(str(path), None)
    assert await noted(store, CHATS[5]) == ("før",)
    await store.close()


async def test_a_file_in_use_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "samtaler.db"
    store = await opened(str(path), OLD)
    await note(store, "før", 1, CHAT)
    with pytest.raises(StoreError, match="in use"):
        await changed(str(path), NEW, OLD)
    assert await noted(store, CHAT) == ("før",)
    await store.close()


async def test_without_the_old_key_the_addresses_are_enough(database: Database) -> None:
    await talk(database, OLD)
    assert await changed(database, NEW, None) == Rekeyed(renamed=len(CHATS), left=2)
    store = await opened(database, NEW)
    assert await noted(store, CHATS[7]) == ("før",)
    await store.close()


def test_the_conversation_in_the_terminal_goes_on_with_another_key(tmp_path: Path) -> None:
    run(tmp_path, "chat", given="ja\n")
    changed = run(tmp_path, "db", "rekey")
    assert changed.returncode == 0, changed.stderr
    assert "1 samtaler i" in changed.stdout
    assert "Den nye nøkkelen er i" in changed.stdout
    assert "I hvilken kommune" in run(tmp_path, "chat").stdout
    moved = run(tmp_path, "db", "rekey", settings={"VEIVISER_SECRET_KEY": NEW})
    assert "holder den gamle nøkkelen" in moved.stdout
    assert (
        "I hvilken kommune" in run(tmp_path, "chat", settings={"VEIVISER_SECRET_KEY": NEW}).stdout
    )
