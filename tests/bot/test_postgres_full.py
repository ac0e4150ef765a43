"""A disk that is full under PostgreSQL: the server itself says so, in the middle of a turn.

No unprivileged test can fill the server's disk. A trigger refuses what would be written, with the
code that a full disk has, and the server ends the transaction as it does then.
"""

import pytest

from bot.errors import StoreError
from bot.store.postgres import PostgresStore
from tests.bot.postgres_server import ask
from tests.bot.stores import CHAT, NOW, OTHER, SECRET, erasing, is_whole, note, noted, send_all

NO_ROOM = """
    CREATE FUNCTION no_room() RETURNS trigger LANGUAGE plpgsql AS $$
    BEGIN
        RAISE EXCEPTION 'could not extend file: No space left on device' USING ERRCODE = '53100';
    END $$
"""
AT_ONCE = (
    "CREATE TRIGGER no_room BEFORE INSERT OR UPDATE OR DELETE ON {} EXECUTE FUNCTION no_room()"
)
AT_COMMIT = """
    CREATE CONSTRAINT TRIGGER no_room AFTER INSERT OR UPDATE OR DELETE ON {}
    DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION no_room()
"""
TABLES = ("conversation", "log", "outbox", "processed")


@pytest.mark.promise("S1")
@pytest.mark.parametrize("full", [AT_ONCE, AT_COMMIT], ids=["at a statement", "at the commit"])
@pytest.mark.parametrize("table", TABLES)
async def test_a_turn_is_refused_whole_and_with_room_it_goes_on(
    address: str, full: str, table: str
) -> None:
    store = PostgresStore(address, SECRET)
    await note(store, "before", 1)
    await ask(address, NO_ROOM)
    await ask(address, full.format(table))
    for chat, update in ((CHAT, 2), (OTHER, 1), (CHAT, 2)):
        with pytest.raises(StoreError, match="no room for more") as refused:
            await note(store, "refused", update, chat)
        assert "Ingenting ble endret; frigjør plass" in refused.value.said["nb"]
        assert await is_whole(store)
    assert (await noted(store), await noted(store, OTHER)) == (("before",), None)

    await ask(address, f"DROP TRIGGER no_room ON {table}")
    await note(store, "after", 2)
    await note(store, "theirs", 1, OTHER)
    assert (await noted(store), await noted(store, OTHER)) == (("before", "after"), ("theirs",))
    assert await is_whole(store)
    assert len(await send_all(store)) == 6
    await store.close()


@pytest.mark.promise("S1")
async def test_what_cannot_be_erased_is_all_there_and_goes_when_there_is_room(address: str) -> None:
    store = PostgresStore(address, SECRET)
    await note(store, "before", 1)
    await ask(address, NO_ROOM)
    await ask(address, AT_ONCE.format("log"))
    with pytest.raises(StoreError, match="no room for more"):
        await store.take(CHAT, 2, NOW, erasing)
    assert await noted(store) == ("before",)
    await ask(address, "DROP TRIGGER no_room ON log")
    await store.take(CHAT, 2, NOW, erasing)
    assert await noted(store) is None
    await store.close()
