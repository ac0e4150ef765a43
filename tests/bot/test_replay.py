"""`veiviser replay`: any verdict in the log can be worked out again, or it is said why not."""

import io
import json
import sqlite3
from collections.abc import Sequence
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot import replay as replay_module
from bot.errors import StoreError
from bot.replay import Replay, compare, replay
from bot.replay_view import write_json, write_newest, write_text
from bot.store import Chat, Store
from bot.store.sqlite import open_store
from bot.turns import Update, heard_as_json, heard_from_json, take, take_surely
from dialogs.messages import Utterance
from dialogs.state import State
from dialogs.understand import understand
from knowledge.scheme import load_scheme
from tests.bot.stores import DAY, NOW, SECRET

SCHEME = load_scheme(2019)
CHAT = Chat("test", "42")
TALK = (
    "/start",
    "ja",
    "vi holder til i Drammen og vil ha språkkafé for innvandrere",
    "hva er delmål B?",
    "lokalt",
    "hva koster det å parkere?",
    "button:change:municipality",
    "Bodø",
    "ja",
    "attachment:voice",
    "english",
)


def utterance(text: str) -> Utterance:
    way, _, rest = text.partition(":")
    if way == "button":
        return Utterance(button=rest)
    return Utterance(attachment=rest) if way == "attachment" else Utterance(text=text)


async def talk(store: Store, said: Sequence[str] = TALK) -> None:
    for number, text in enumerate(said):
        await take(Update(CHAT, utterance(text), number), SCHEME, store, NOW + number)


async def code(store: Store) -> str:
    ((key),) = [row["key"] for row in await store.newest(10)]
    return str(key)


def shown(found: Replay) -> str:
    out = io.StringIO()
    write_text(found, out)
    return out.getvalue()


async def test_a_logged_conversation_comes_out_the_same(store: Store) -> None:
    await talk(store)
    found = await replay(store, await code(store))
    assert found.is_same
    assert [row["seq"] for row in found.rows] == list(range(1, len(TALK) + 1))
    assert found.rows[-2]["outcome"] == "apply_municipality"
    text = shown(found)
    assert text.endswith("\nsamme resultat\n")
    for part in ("«hva er delmål B?»", "mottaker Bodø", "registered", "trykket «change:", "[Ja]"):
        assert part in text


async def test_the_beginning_of_the_code_is_enough(store: Store) -> None:
    await talk(store)
    key = await code(store)
    assert (await replay(store, key[:6])).conversation["key"] == key


@pytest.mark.parametrize(
    ("wanted", "said"),
    [
        pytest.param("abcde", "at least 6", id="too short"),
        pytest.param("", "at least 6", id="nothing"),
        pytest.param("æøåæøå", "at least 6", id="no code"),
        pytest.param("%%%%%%%", "at least 6", id="signs of a database"),
        pytest.param("0000000", "No conversation", id="nobody's"),
    ],
)
async def test_a_code_that_is_nobody_s_is_refused_in_words(
    wanted: str, said: str, store: Store
) -> None:
    await talk(store, TALK[:1])
    with pytest.raises(StoreError, match=said):
        await replay(store, wanted)


async def test_a_code_that_is_several_s_is_refused_in_words() -> None:
    class Twins:
        async def called(self, beginning: str, limit: int) -> Sequence[Any]:
            return [{"key": beginning + end} for end in "ab"][:limit]

    with pytest.raises(StoreError, match="Several"):
        await replay(Twins(), "123456")  # type: ignore[arg-type]  # asked for one method only


async def changed(store: Store, **columns: Any) -> Replay:
    """The replay with the last log row of the verdict changed."""
    found = await replay(store, await code(store))
    rows = [*found.rows[:-2], {**found.rows[-2], **columns}, found.rows[-1]]
    return replace(found, rows=rows, differences=tuple(compare(rows)))


@pytest.mark.parametrize(
    ("column", "value"),
    [
        ("outcome", "no_grantor"),
        ("verdict", '{"outcome":"no_grantor","rules":[],"grantor":null}'),
        ("replies", '[{"text":"noe annet","kind":"message","buttons":[]}]'),
    ],
)
async def test_what_comes_out_otherwise_is_told(column: str, value: str, store: Store) -> None:
    await talk(store)
    found = await changed(store, **{column: value})
    assert not found.is_same
    assert [(one.turn, one.what) for one in found.differences] == [(len(TALK) - 1, column)]
    text = shown(found)
    assert f"FORSKJELL i tur {len(TALK) - 1}: {column}" in text
    assert text.endswith("\nikke samme resultat\n")


@pytest.mark.parametrize(
    "heard",
    [
        pytest.param("{}", id="nothing"),
        pytest.param(
            '{"intent":"answer","answers":{"shoe_size":"44"},"certain":true,"candidates":[],'
            '"slot":null,"value":"","faq":[],"lang":null}',
            id="an unknown question",
        ),
        pytest.param('{"intent":"answer","answers":{},"candidates":[],"faq":[],"new":1}', id="new"),
    ],
)
async def test_a_turn_this_version_cannot_take_is_told_and_ends_it(
    heard: str, store: Store
) -> None:
    await talk(store)
    found = await changed(store, heard=heard)
    assert not found.is_same
    assert found.differences[0].turn == len(TALK) - 1


async def test_a_log_of_another_version_says_so(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(store, TALK[:2])
    monkeypatch.setattr(replay_module, "program_version", lambda: "99")
    found = await replay(store, await code(store))
    assert found.is_same
    assert len(found.other_versions) == 1
    assert "skrevet av en annen versjon" in shown(found)


async def test_a_log_without_its_beginning_is_shown_but_proves_nothing(store: Store) -> None:
    await talk(store, TALK[:3])
    await take(Update(CHAT, Utterance(text="lokalt"), 9), SCHEME, store, NOW + 30 * DAY)
    await store.purge(NOW + 20 * DAY)
    found = await replay(store, await code(store))
    assert (found.is_whole, found.is_same, len(found.rows)) == (False, False, 1)
    assert "kan ikke spilles av på nytt" in shown(found)


async def test_a_turn_that_was_set_aside_is_passed_over(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    await talk(store, TALK[:2])
    with monkeypatch.context() as broken:
        broken.setattr("bot.turns.understand", lambda *_: 1 / 0)
        await take_surely(Update(CHAT, Utterance(text="gift"), 50), SCHEME, store, NOW)
    await take(Update(CHAT, Utterance(text="Drammen"), 51), SCHEME, store, NOW)
    found = await replay(store, await code(store))
    assert [row["way"] for row in found.rows] == ["text", "text", "failed", "text"]
    assert found.is_same


async def test_as_json_it_says_the_same(store: Store) -> None:
    await talk(store)
    found = await replay(store, await code(store))
    out = io.StringIO()
    write_json(found, out)
    plain = json.loads(out.getvalue())
    assert plain["is_same"] is True
    assert plain["conversation"] == found.conversation["key"]
    assert [turn["seq"] for turn in plain["turns"]] == [row["seq"] for row in found.rows]
    assert plain["turns"][-2]["verdict"]["outcome"] == "apply_municipality"
    assert plain["turns"][1]["heard"]["answers"] == {"registered": "yes"}


async def test_the_newest_are_listed(store: Store) -> None:
    out = io.StringIO()
    write_newest(await store.newest(5), out)
    assert out.getvalue() == "Ingen samtaler.\n"
    await talk(store)
    out = io.StringIO()
    write_newest(await store.newest(5), out)
    (line,) = out.getvalue().splitlines()
    assert line.startswith((await code(store))[:12])
    assert line.endswith("apply_municipality")


@given(st.text(max_size=80))
def test_what_was_understood_survives_the_log(text: str) -> None:
    heard = understand(SCHEME, State(greeted=True), Utterance(text=text))
    assert heard_from_json(heard_as_json(heard)) == heard


async def test_replaying_changes_nothing(tmp_path: Path) -> None:
    store = open_store(tmp_path / "a.db", SECRET)
    await talk(store)
    with closing(sqlite3.connect(tmp_path / "a.db")) as connection:
        before = list(connection.iterdump())
        await replay(store, await code(store))
        assert list(connection.iterdump()) == before
    await store.close()
