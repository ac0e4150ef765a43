"""`veiviser export` and one's own data: all that is said to be there, and nothing else."""

import csv
import json
import os
import stat
from pathlib import Path
from typing import Any

import pytest

from bot.errors import StoreError
from bot.export import DICTIONARY, cell, column_page, export_log
from bot.export_columns import COLUMNS
from bot.own_data import LONGEST_PART, export_own, own_files
from bot.store import Chat, Store
from bot.store.rows import TABLES
from bot.turns import Update, take
from dialogs.messages import Utterance
from dialogs.state import LANGUAGES
from dialogs.texts import say
from knowledge.scheme import load_scheme
from tests.bot.stores import NOW, damage, erasing
from tests.dialogs.limits import units

SCHEME = load_scheme(2019)
CHAT, OTHER = Chat("telegram", "8675309", is_sent_to=True), Chat("test", "en annen")
TALK = (
    "/start",
    "ja",
    "=SUM(A1:A9) Drammen",
    "hva er delmål B?",
    "+4 lokale lag",
    "vi er\nto linjer, og «æøå»",
)


async def talk(store: Store) -> None:
    for number, text in enumerate(TALK):
        await take(Update(CHAT, Utterance(text=text), number), SCHEME, store, NOW + number)
    await take(Update(OTHER, Utterance(text="hei")), SCHEME, store, NOW + 100)
    await store.take(Chat("test", "borte"), 99, NOW, erasing)


def exported(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


async def test_csv_holds_every_row_and_column(store: Store, tmp_path: Path) -> None:
    await talk(store)
    files = await export_log(store, tmp_path / "ut", as_json=False)
    assert {path.name for path in files} == {*(f"{name}.csv" for name in COLUMNS), DICTIONARY}
    for name in COLUMNS:
        there = [row async for row in store.rows(name)]
        found = exported(tmp_path / "ut", name)
        assert len(found) == len(there) > 0
        assert tuple(found[0]) == tuple(COLUMNS[name])
    log = [row for row in exported(tmp_path / "ut", "log") if row["said"] != "hei"]
    assert [row["said"] for row in log][-1] == TALK[-1]
    assert json.loads(log[1]["heard"])["answers"] == {"registered": "yes"}
    assert log[1]["at"] == "2027-01-15T08:00:00Z"


async def test_json_holds_the_same(store: Store, tmp_path: Path) -> None:
    await talk(store)
    await export_log(store, tmp_path / "ut", as_json=True)
    for name in COLUMNS:
        there = [row async for row in store.rows(name)]
        found = json.loads((tmp_path / "ut" / f"{name}.json").read_text("utf-8"))
        assert len(found) == len(there)
        assert tuple(found[0]) == tuple(COLUMNS[name])
    log = json.loads((tmp_path / "ut" / "log.json").read_text("utf-8"))
    assert {row["said"] for row in log} == {*TALK, "hei"}
    assert {"registered": "yes"} in [row["heard"]["answers"] for row in log]


async def test_an_empty_log_gives_empty_files(store: Store, tmp_path: Path) -> None:
    await export_log(store, tmp_path / "csv", as_json=False)
    await export_log(store, tmp_path / "json", as_json=True)
    assert exported(tmp_path / "csv", "log") == []
    assert json.loads((tmp_path / "json" / "log.json").read_text()) == []


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+47", "-2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "＠x", '=cmd|"/c"!A1'],
)
def test_a_text_is_never_a_formula(text: str) -> None:
    assert cell(text) == "'" + text


@pytest.mark.parametrize("value", ["Drammen", "3 - 2", "a=b", "", -1, 0.5, None, "{}"])
def test_other_cells_are_as_they_were(value: Any) -> None:
    assert cell(value) == value


async def test_formulas_are_disarmed_in_the_file(store: Store, tmp_path: Path) -> None:
    await talk(store)
    await export_log(store, tmp_path / "ut", as_json=False)
    said = [row["said"] for row in exported(tmp_path / "ut", "log")]
    assert "'=SUM(A1:A9) Drammen" in said
    assert "'+4 lokale lag" in said


async def test_the_files_are_the_owner_s_alone(store: Store, tmp_path: Path) -> None:
    files = await export_log(store, tmp_path / "ut", as_json=False)
    assert {stat.S_IMODE(path.stat().st_mode) for path in files} == {0o600}
    assert stat.S_IMODE((tmp_path / "ut").stat().st_mode) == 0o700


async def test_an_export_that_is_there_is_left_alone(store: Store, tmp_path: Path) -> None:
    await talk(store)
    (tmp_path / "log.csv").write_text("min egen")
    with pytest.raises(StoreError, match="already"):
        await export_log(store, tmp_path, as_json=False)
    assert os.listdir(tmp_path) == ["log.csv"]
    assert (tmp_path / "log.csv").read_text() == "min egen"


async def test_what_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    (tmp_path / "fil").write_text("")
    with pytest.raises(StoreError, match="Cannot write"):
        await export_log(store, tmp_path / "fil" / "ut", as_json=False)


def test_every_column_of_an_exported_table_is_explained() -> None:
    columns = {table.name: table.columns for table in TABLES}
    assert {name: tuple(COLUMNS[name]) for name in COLUMNS} == {n: columns[n] for n in COLUMNS}
    page = column_page()
    for explained in COLUMNS.values():
        for name, meaning in explained.items():
            assert f"| {name} | {meaning.kind} | {meaning.nb} | {meaning.en} |" in page
    assert "address" not in COLUMNS


@pytest.mark.promise("P9")
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_one_s_own_data_can_be_read(lang: str, store: Store) -> None:
    await talk(store)
    text = (await export_own(store, CHAT)).as_text(SCHEME, lang)
    assert text.startswith(say(lang, "own-data"))
    assert say(lang, "own-address", channel="telegram", chat="8675309") in text
    for said in TALK[:-1]:
        assert f"> {said}\n" in text
    assert "Drammen" in text.split(say(lang, "own-log", n=len(TALK)))[0]
    assert "> hei" not in text


@pytest.mark.promise("P9")
@pytest.mark.parametrize("state", ["{", "null", '{"version":2}'], ids=["damaged", "null", "newer"])
async def test_one_s_own_data_can_be_had_where_the_answers_cannot_be_read(
    state: str, store: Store
) -> None:
    await talk(store)
    await damage(store, state, CHAT)
    own = await export_own(store, CHAT)
    assert "Drammen" not in own.as_text(SCHEME, "nb").split(say("nb", "own-log", n=len(TALK)))[0]
    assert f"> {TALK[0]}" in own.as_text(SCHEME, "nb")
    kept = json.loads(own.as_json())["conversation"][0]["state"]
    assert kept == (state if state == "{" else json.loads(state))


@pytest.mark.promise("P9")
async def test_one_s_own_data_for_a_program(store: Store) -> None:
    await talk(store)
    plain = json.loads((await export_own(store, CHAT)).as_json())
    assert set(plain) == {table.name for table in TABLES if table.is_personal}
    assert [turn["said"] for turn in plain["log"]] == list(TALK)
    assert plain["conversation"][0]["state"]["answers"]["registered"] == "yes"
    assert plain["address"][0]["chat"] == "8675309"
    assert plain["outbox"][0]["reply"]["text"]


@pytest.mark.parametrize("lang", LANGUAGES)
async def test_of_whom_nothing_is_kept_it_says_so(lang: str, store: Store) -> None:
    await talk(store)
    own = await export_own(store, Chat("telegram", "nobody"))
    assert own.as_text(SCHEME, lang) == say(lang, "own-nothing")
    assert not any(json.loads(own.as_json()).values())


ASKED = {"nb": "Vis mine data", "nn": "mine data", "en": "My data"}
AT_ONCE = Chat("terminal", "own")
LONG = "æ😀" * 1500 + "\n" * 3000 + "slutt"


@pytest.mark.promise("P9")
@pytest.mark.parametrize("lang", LANGUAGES)
async def test_asked_for_in_the_conversation_one_s_own_data_is_shown_there(
    lang: str, store: Store
) -> None:
    await talk(store)
    for button, text in ((f"lang:{lang}", None), (None, "vår tekst"), (None, LONG)):
        said = Utterance(text=text, button=button)
        await take(Update(AT_ONCE, said), SCHEME, store, NOW)
    taken = await take(Update(AT_ONCE, Utterance(text=ASKED[lang])), SCHEME, store, NOW)
    *shown, question = taken.replies
    assert shown[0].text.startswith(say(lang, "own-data"))
    assert len(shown) > 1
    assert all(0 < units(reply.text) <= LONGEST_PART for reply in shown)
    text = "\n".join(reply.text for reply in shown)
    assert "> vår tekst\n" in text
    assert f"> {ASKED[lang]}\n" in text
    assert text.count("😀") == LONG.count("😀")
    assert "Drammen" not in text
    assert question.buttons


@pytest.mark.promise("P9")
async def test_where_replies_are_sent_it_is_read_when_it_is_sent_and_nowhere_copied(
    store: Store,
) -> None:
    await talk(store)
    asked = Update(CHAT, Utterance(text="mine data"), len(TALK))
    shown, _ = (await take(asked, SCHEME, store, NOW + 50)).replies
    assert (shown.kind, shown.text) == ("own_data", say("nb", "own-data"))
    tables = await store.export(CHAT)
    assert json.loads(tables["outbox"][-2]["reply"])["text"] == shown.text
    assert json.loads(tables["log"][-1]["replies"])[0]["text"] == shown.text
    to_read, for_programs = await own_files(store, CHAT, SCHEME)
    assert f"> {TALK[2]}\n" in to_read.content.decode()
    assert json.loads(for_programs.content)["log"][-1]["said"] == "mine data"
