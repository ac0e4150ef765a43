"""Personal data: every table that holds some is purged and exported, and no file holds a byte more.

The texts are such as people write; the numbers in them are made up, with checksums that hold.
"""

import asyncio
import base64
import io
import json
import logging
import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing
from functools import partial
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import SecretStr

from bot.database_files import back_up
from bot.export import export_log
from bot.jsonl import serve
from bot.own_data import export_own
from bot.privacy import key_beside, key_file
from bot.store import Chat, Store
from bot.store.opening import open_store as open_store_of
from bot.store.rows import TABLES
from bot.store.sqlite import open_store
from bot.turns import Update, take
from bot.upkeep import purge
from dialogs.conversation import step
from dialogs.messages import Utterance
from dialogs.state import State
from dialogs.understand import understand
from knowledge.scheme import load_scheme
from tests.bot.postgres_server import ask
from tests.bot.stores import DAY, NOW, OTHER, SECRET, all_bytes, erasing, note, send_all, table

SCHEME = load_scheme(2019)
CHAT = Chat("telegram", "8675309", is_sent_to=True)

# What else there is in a database, and why it need not be purged or exported by itself.
NOT_OURS = {
    "searchable": "the words of log rows, which go with them; shown below",
    "searchable_fts": "the search index over `searchable`",
    "searchable_fts_config": "a part of the index",
    "searchable_fts_data": "a part of the index",
    "searchable_fts_docsize": "a part of the index",
    "searchable_fts_idx": "a part of the index",
    "upkeep": "three numbers of the store's own",
    "lease": "which process sends, under a name it drew at random",
    "_sqlite_migrations": "which migrations there have been",
    "veiviser_schema": "which version the tables are of",
}
PERSONAL = {table.name for table in TABLES if table.is_personal}


def tables_of_sqlite(tmp_path: Path) -> set[str]:
    path = tmp_path / "samtaler.db"
    asyncio.run(open_store(path, SECRET).close())
    with closing(sqlite3.connect(path)) as connection:
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        return {name for (name,) in found if not name.startswith("sqlite_")}


TABLES_IN_POSTGRES = "SELECT tablename::text FROM pg_tables WHERE schemaname = current_schema()"


@pytest.mark.promise("P9", "P10")
@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_every_table_is_known(kind: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    if kind == "SQLite":
        there = tables_of_sqlite(tmp_path)
    else:
        rows = asyncio.run(ask(request.getfixturevalue("address"), TABLES_IN_POSTGRES))
        there = {name for (name,) in rows}
    assert {table.name for table in TABLES} <= there
    assert there - {table.name for table in TABLES} <= set(NOT_OURS)


async def live_everywhere(store: Store) -> None:
    """Leave rows about a chat in every table that may hold some."""
    await note(store, "sendt", 1, CHAT)
    await send_all(store)
    await note(store, "venter", 2, CHAT)
    await store.fail(CHAT, 3, NOW, "here:1")
    await note(store, "en annen", 4, OTHER, at=NOW + 30 * DAY)
    await store.index(100)


async def rows_about(store: Store, chat: Chat) -> dict[str, int]:
    """How many rows each table has about a chat, found by the pseudonym in them."""
    key = (await store.export(chat))["conversation"][0]["key"]
    return {
        one.name: len([row for row in await table(store, one.name) if row["key"] == key])
        for one in TABLES
        if one.is_personal
    }


@pytest.mark.promise("P9")
async def test_every_personal_table_is_exported(store: Store) -> None:
    await live_everywhere(store)
    there = await rows_about(store, CHAT)
    assert all(there.values()), f"no row in {[n for n, count in there.items() if not count]}"
    own = await export_own(store, CHAT)
    assert {name: len(rows) for name, rows in own.tables.items()} == there


@pytest.mark.promise("P8", "P10")
@pytest.mark.parametrize("how", ["purged", "erased by the person", "forgotten"])
async def test_every_personal_table_is_emptied(how: str, store: Store) -> None:
    await live_everywhere(store)
    keys = {row["key"] for row in (await store.export(CHAT))["conversation"]}
    assert len(keys) == 1
    if how == "purged":
        await purge(store, 21, NOW + 22 * DAY)
    elif how == "forgotten":
        await store.forget(CHAT)
    else:
        await store.take(CHAT, 9, NOW, erasing)
        await send_all(store)
    left = {
        one.name: [row for row in await table(store, one.name) if row["key"] in keys]
        for one in TABLES
        if one.is_personal
    }
    assert left == {name: [] for name in PERSONAL}
    assert not any((await export_own(store, CHAT)).tables.values())
    assert await store.search("venter", 10) == ()
    assert len(await store.search("annen", 10)) == 1  # of somebody else
    assert (await rows_about(store, OTHER))["log"] == 1


# Each with the piece of it that must be found nowhere.
MARKERS = {
    "01010112377": "01010112377",
    "010101 12377": "12377",
    "1234.56.78903": "56.78903",
    "kari.nordmann@eksempel.no": "kari.nordmann",
    "+47 413 99 876": "413 99 876",
    "41399876": "41399876",
    "jeg heter Oddvar Brå": "Oddvar",
    "hilsen Torbjørg Myhre": "Torbj",
    "Storgata 17B": "Storgata 17",
    "https://eksempel.no/?epost=ola%40eksempel.no": "ola%40",
}
CHAT_MARKER = "chat-7391-hemmelig"
TALK = (
    "/start",
    "ja",
    "vi holder til i Drammen, {}",
    "{}",
    "hva er delmål B? {}",
    "lokalt, {}",
    "innvandrere. {}",
    "språkkafé {}",
    "{} ja",
)


def lines(said: Sequence[str], chat: str = CHAT_MARKER) -> io.BytesIO:
    told = ({"chat": chat, "text": text, "update_id": n} for n, text in enumerate(said))
    return io.BytesIO(b"".join(json.dumps(line).encode() + b"\n" for line in told))


def everything_said() -> Iterator[str]:
    for marker in MARKERS:
        yield from (part.format(marker) for part in TALK)


def holding(folder: Path, pieces: Sequence[str]) -> list[tuple[str, str]]:
    """Which files hold which pieces, as UTF-8 or as JSON writes it."""
    found = []
    for path in folder.rglob("*"):
        content = path.read_bytes() if path.is_file() else b""
        for piece in pieces:
            ways = {piece.encode(), json.dumps(piece)[1:-1].encode(), piece.encode("utf-16-le")}
            found += [(path.name, piece)] if any(way in content for way in ways) else []
    return found


@pytest.fixture
def logged(tmp_path: Path) -> Iterator[Path]:
    """All that the program logs, at its most talkative, in a file."""
    path = tmp_path / "program.log"
    handler = logging.FileHandler(path, encoding="utf-8")
    root = logging.getLogger()
    before = root.level
    root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    yield path
    root.removeHandler(handler)
    root.setLevel(before)
    handler.close()


@pytest.mark.promise("P1", "P4")
def test_nothing_personal_is_in_any_byte_of_any_file(tmp_path: Path, logged: Path) -> None:
    pieces = [*MARKERS.values(), CHAT_MARKER]
    path = tmp_path / "samtaler.db"
    store = open_store(path, None)  # with a key file of its own
    out = io.StringIO()
    serve(lines([*everything_said()]), out, SCHEME, store)
    assert out.getvalue().count('"error"') == 0
    assert holding(tmp_path, pieces) == []

    async def write_all() -> None:
        again = open_store(path, None)
        await again.index(10_000)
        assert holding(tmp_path, pieces) == []  # the log beside the database among them
        assert len([row async for row in again.rows("log")]) == len(MARKERS) * len(TALK)
        await export_log(again, tmp_path / "csv", as_json=False)
        await export_log(again, tmp_path / "json", as_json=True)
        await back_up(str(path), tmp_path / "kopi.db", io.StringIO(), force=False)
        own = await export_own(again, Chat("jsonl", json.dumps(CHAT_MARKER)))
        (tmp_path / "own.json").write_text(own.as_json())
        (tmp_path / "own.txt").write_text(own.as_text(SCHEME, "nb"))
        await again.close()

    asyncio.run(write_all())
    assert len(list(tmp_path.rglob("*"))) > 10
    assert holding(tmp_path, pieces) == []
    # That the search would have found them, had they been there.
    (tmp_path / "proof.txt").write_text("Oddvar")
    assert holding(tmp_path, pieces) == [("proof.txt", "Oddvar")]


@pytest.mark.promise("P8")
@pytest.mark.parametrize("kind", ["SQLite", "PostgreSQL"])
def test_after_slett_not_even_what_was_masked_is_left(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    words = ("parkeringsplassen", "blåbærsyltetøy")
    said = ("/start", f"hva med {words[0]}?", f"{words[1]} og Drammen", "slett", "ja")
    pieces = [*words, "8675309"]
    if kind == "SQLite":
        database: str | SecretStr = str(tmp_path / "samtaler.db")
        opened: Callable[[], Store] = partial(open_store, tmp_path / "samtaler.db", None)
    else:
        from bot.store.postgres import PostgresStore

        address = request.getfixturevalue("address")
        database = SecretStr(address)
        opened = partial(PostgresStore, address, SECRET)

    async def talk() -> None:
        store = opened()
        for number, text in enumerate(said):
            if text == "slett":
                await store.index(100)
                assert len(await store.search(words[1], 10)) == 1
            await take(Update(CHAT, Utterance(text=text), number), SCHEME, store, NOW)
            await send_all(store)
        assert await store.search(words[1], 10) == ()
        await back_up(database, tmp_path / "kopi.db", io.StringIO(), force=False)
        assert holding(tmp_path, pieces) == []
        await store.close()

    asyncio.run(talk())
    assert holding(tmp_path, pieces) == []


@pytest.mark.promise("P3")
@pytest.mark.parametrize("kind", ["set, SQLite", "beside the file", "set, PostgreSQL"])
def test_the_key_is_in_no_byte_of_database_or_backup(
    kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    folder = tmp_path / "data"
    folder.mkdir()
    secret = None if kind == "beside the file" else SecretStr(SECRET)
    database: str | SecretStr = str(folder / "samtaler.db")
    if kind == "set, PostgreSQL":
        database = SecretStr(request.getfixturevalue("address"))
    store = open_store_of(database, secret)
    key = SECRET.encode() if secret else key_beside(folder / "samtaler.db")

    async def live() -> None:
        await live_everywhere(store)
        await store.take(OTHER, 5, NOW, erasing)  # which leaves codes made with the key
        await back_up(database, folder / "kopi.db", io.StringIO(), force=False)
        rows = [await table(store, one.name) for one in TABLES]
        (folder / "rows.txt").write_text(json.dumps([*map(str, rows)]))
        assert not any(way in all_bytes(folder) for way in ways)
        await store.close()

    ways = {key, key.hex().encode(), base64.b64encode(key)}
    if not secret:  # its own file is to be found, and is taken out of the search
        assert key.hex().encode() in all_bytes(folder)
        key_file(folder / "samtaler.db").rename(tmp_path / "key")
    asyncio.run(live())
    assert (folder / "kopi.db").stat().st_size > 10_000
    assert not any(way in all_bytes(folder) for way in ways)


@pytest.mark.promise("P4", "P6")
@pytest.mark.parametrize(
    "line",
    [
        pytest.param({"attachment": "zqxkari"}, id="the kind of an attachment"),
        pytest.param({"text": "hei", "lang": "zqxkari"}, id="the channel's language"),
        pytest.param({"button": "jeg heter zqxkari"}, id="a button that is none"),
    ],
)
def test_no_field_of_a_channel_lets_words_past_the_mask(
    line: dict[str, str], tmp_path: Path
) -> None:
    given = json.dumps({"chat": 1, **line}).encode()
    out = io.StringIO()
    serve(io.BytesIO(given), out, SCHEME, open_store(tmp_path / "a.db", None))
    assert holding(tmp_path, ["zqxkari"]) == []
    assert "zqxkari" not in out.getvalue()


MARKER = "zqxwvfj"
TEXTS = (
    "{}",
    "hei, jeg heter {}",
    "ja {}",
    "nei, {}",
    "vi holder til i {}",
    "{} kommune",
    "hva er {}?",
    "hvem er {} i Drammen?",
    "kan {} søke?",
    "endre {}",
    "språkkafé med {}",
    "lokalt, {}",
    "{} for innvandrere",
    "slett {}",
    "hvorfor {}?",
)
PRESSED = (
    "registered:yes",
    "registered:no",
    "municipality:0602",
    "scope:local",
    "target_groups:immigrants",
    "target_groups:done",
    "activities:norwegian_practice",
    "activities:done",
    "show_verdict",
    "change:scope",
    "delete",
    f"faq:{MARKER}",
    f"municipality:{MARKER}",
    f"change:{MARKER}",
    f"lang:{MARKER}",
    MARKER,
)
UTTERANCES = st.one_of(
    st.sampled_from(TEXTS).map(lambda text: Utterance(text=text.format(MARKER))),
    st.sampled_from(PRESSED).map(lambda button: Utterance(button=button)),
    st.sampled_from(("voice", MARKER)).map(lambda kind: Utterance(attachment=kind)),
    st.text(max_size=20).map(lambda text: Utterance(text=f"{text} {MARKER}", lang=MARKER)),
)


@given(st.lists(UTTERANCES, min_size=1, max_size=12))
def test_no_reply_says_again_what_a_person_wrote(utterances: list[Utterance]) -> None:
    """So the replies may be kept as they are."""
    state = State()
    for utterance in utterances:
        heard = understand(SCHEME, state, utterance)
        state, replies = step(SCHEME, state, heard)
        for reply in replies:
            assert MARKER not in repr(reply), (utterance, reply)
        assert MARKER not in state.to_json()
