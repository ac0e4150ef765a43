"""A PostgreSQL database is brought up to date wholly or not at all, and one not ours is refused."""

import asyncio
import signal
import subprocess
import sys
import time
import traceback

import asyncpg
import pytest

from bot.errors import StoreError
from bot.store import postgres_schema
from bot.store.postgres import PostgresStore
from bot.store.postgres_faults import in_words, place_of
from bot.store.postgres_schema import MIGRATIONS, SCHEMA_VERSION, prepare
from bot.store.rows import TABLES
from tests.bot.postgres_server import USER, Server, ask
from tests.bot.running import ROOT
from tests.bot.stores import SECRET, note, noted, send_all

STATEMENTS = [statement for migration in MIGRATIONS for statement in migration]
SECRET_WORD = "hemmelig"  # in every password here
OURS = """
    SELECT table_name::text, column_name::text, data_type::text, is_nullable = 'YES'
    FROM information_schema.columns WHERE table_schema = current_schema()
"""
# What PostgreSQL alone has a use for.
OWN = {
    ("log", "words", "tsvector", True),
    ("outbox", "sender", "text", True),
    ("outbox", "held_until", "timestamp with time zone", True),
    ("lease", "name", "text", False),
    ("lease", "holder", "text", False),
    ("lease", "until", "bigint", False),
    ("veiviser_schema", "application", "text", False),
    ("veiviser_schema", "version", "bigint", False),
}


async def tables(address: str) -> set[str]:
    return {row[0] for row in await ask(address, OURS)}


async def refused(address: str, said: str) -> None:
    """It is refused in three languages, and nothing that is told shows the password."""
    with pytest.raises(StoreError, match=said) as error:
        await prepare(address)
    assert set(error.value.said) == {"nb", "nn", "en"}
    told = "".join(traceback.format_exception(error.value)) + repr(error.value.said)
    assert SECRET_WORD not in told
    assert place_of(address) in told


# Making the tables


async def test_the_tables_are_those_of_every_store(address: str) -> None:
    expected = {
        (
            table.name,
            column,
            "bigint"
            if column in table.numbers
            else "double precision"
            if column in table.shares
            else "text",
            column in table.empty,
        )
        for table in TABLES
        for column in table.columns
    }
    assert set(await ask(address, OURS)) == expected | OWN


async def test_making_the_tables_again_changes_nothing(address: str) -> None:
    store = PostgresStore(address, SECRET)
    await note(store, "kept", update_id=1)
    await prepare(address)
    assert await noted(store) == ("kept",)
    assert (await store.check()).version == SCHEMA_VERSION
    await store.close()


async def test_several_workers_may_be_the_first(database: str) -> None:
    await asyncio.gather(*(prepare(database) for _ in range(6)))
    assert await ask(database, "SELECT * FROM veiviser_schema") == [("veiviser", SCHEMA_VERSION)]


@pytest.mark.promise("S5")
@pytest.mark.parametrize("number", range(len(STATEMENTS) + 1))
async def test_what_breaks_off_half_way_leaves_nothing_and_is_done_at_the_next_start(
    database: str, monkeypatch: pytest.MonkeyPatch, number: int
) -> None:
    broken = (*STATEMENTS[:number], "SELECT 1 / 0", *STATEMENTS[number:])
    with monkeypatch.context() as patched:
        patched.setattr(postgres_schema, "MIGRATIONS", (broken,))
        with pytest.raises(StoreError, match=r"error 22012\. Nothing was changed"):
            await prepare(database)
    assert await tables(database) == set()
    await prepare(database)
    assert {table.name for table in TABLES} < await tables(database)


@pytest.mark.promise("S5", "S6")
async def test_an_earlier_version_is_brought_over_with_all_that_is_in_it(
    database: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(postgres_schema, "MIGRATIONS", MIGRATIONS[:1])
        patched.setattr(postgres_schema, "SCHEMA_VERSION", 1)
        await prepare(database)
    store = PostgresStore(database, SECRET)
    await note(store, "kept", update_id=1)
    await prepare(database)
    assert (await store.check()).version == SCHEMA_VERSION
    assert await noted(store) == ("kept",)
    assert await send_all(store) == ["kept, first", "kept, last"]
    await store.close()


KILLED = """
import asyncio, sys
from bot.store import postgres_schema
statements = postgres_schema.MIGRATIONS[0]
postgres_schema.MIGRATIONS = ((*statements[:5], "SELECT pg_sleep(60)", *statements[5:]),)
asyncio.run(postgres_schema.prepare(sys.argv[1]))
"""
ASLEEP = "SELECT count(*) FROM pg_stat_activity WHERE query = 'SELECT pg_sleep(60)'"


@pytest.mark.promise("S5")
def test_a_process_killed_half_way_leaves_nothing(database: str) -> None:
    with subprocess.Popen([sys.executable, "-c", KILLED, database], cwd=ROOT) as process:
        for _ in range(300):
            if asyncio.run(ask(database, ASLEEP)) == [(1,)]:
                break
            time.sleep(0.1)
        process.send_signal(signal.SIGKILL)
    assert process.returncode == -signal.SIGKILL
    assert asyncio.run(tables(database)) == set()
    sleeping = (
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE query LIKE '%sleep(60)'"
    )
    asyncio.run(ask(database, sleeping))  # it would notice in a minute that nobody is there
    asyncio.run(prepare(database))
    assert {table.name for table in TABLES} < asyncio.run(tables(database))


# What is refused


@pytest.mark.promise("S3")
@pytest.mark.parametrize(
    "made",
    [
        pytest.param("CREATE TABLE handleliste (vare text)", id="another table"),
        pytest.param(
            "CREATE TABLE veiviser_schema (application text, version bigint)",
            id="a table called as ours, of another application",
        ),
    ],
)
async def test_a_database_of_another_program_is_refused(database: str, made: str) -> None:
    await ask(database, made)
    before = await ask(database, OURS)
    await refused(database, "another program")
    assert await ask(database, OURS) == before


@pytest.mark.promise("S4")
async def test_a_database_from_the_future_is_refused_and_not_touched(address: str) -> None:
    await ask(address, "UPDATE veiviser_schema SET version = 99")
    await refused(address, "newer Veiviser")
    assert await ask(address, "SELECT version FROM veiviser_schema") == [(99,)]


async def test_a_database_without_every_letter_is_refused(postgres: Server) -> None:
    more = "ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0"
    address = await asyncio.to_thread(postgres.new_database, more)
    await refused(address, "every letter")


async def test_no_such_database(postgres: Server) -> None:
    await refused(postgres.address("ingensteds"), "Make it with createdb")


async def test_a_wrong_password(postgres: Server) -> None:
    await refused(postgres.address("postgres", "hemmelig-feil"), "Check the user name and the pass")


async def test_a_server_that_is_not_there() -> None:
    await refused(f"postgresql://{USER}:hemmelig@127.0.0.1:1/base", "does not answer")


async def test_a_host_that_is_not_there() -> None:
    await refused(f"postgresql://{USER}:hemmelig@vert.invalid/base", "does not answer")


@pytest.mark.parametrize("rest", ["?sslmode=hemmelig", "?target_session_attrs=hemmelig"])
async def test_an_address_with_something_wrong_at_its_end(postgres: Server, rest: str) -> None:
    await refused(postgres.address("postgres") + rest, "Check what follows the")


async def test_a_copy_that_can_only_be_read(database: str) -> None:
    with pytest.raises(StoreError, match="can only be read"):
        await prepare(f"{database}&default_transaction_read_only=on")


async def test_a_user_who_may_not_make_tables(database: str) -> None:
    await ask(database, "CREATE ROLE gjest LOGIN PASSWORD 'hemmelig'")
    guest = database.replace(database[13 : database.index("@")], "gjest:hemmelig")
    try:
        await refused(guest, "not allowed")
        await ask(database, "ALTER ROLE gjest CONNECTION LIMIT 0")
        await refused(guest, "takes no more connections")
    finally:
        await ask(database, "DROP ROLE gjest")


def test_what_we_did_not_foresee_is_told_by_its_code_and_quotes_no_row() -> None:
    error = asyncpg.PostgresError.new({"C": "23514", "M": "hemmelig", "D": "row: hemmelig"})
    with pytest.raises(StoreError, match="error 23514") as told, in_words("vert/base"):
        raise error
    assert "hemmelig" not in "".join(traceback.format_exception(told.value))


def test_a_place_shows_neither_user_nor_password_nor_options() -> None:
    address = f"postgresql://{USER}:hemmelig@vert:5432/base?passfile=hemmelig"
    assert place_of(address) == "vert:5432/base"
