"""What staff find in the log of every store: by words, whatever they type, the newest first."""

import asyncio
from functools import partial

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.store import Chat, Store, Turned
from bot.store.sqlite import SqliteStore, open_store
from dialogs.state import State
from tests.bot.stores import CHAT, NOW, OTHER, SECRET, erasing, noting, record

TEXTS = (
    "Vi søker støtte til språkkafé i Bærum",
    "soknad om leksehjelp",
    "Når er søknadsfristen?",
    "fotball for jenter på Ås",
)


async def fill(store: Store) -> None:
    for number, text in enumerate(TEXTS, start=1):
        await store.take(CHAT, number, NOW + number, noting(text))
    await store.take(OTHER, 1, NOW, lambda s: Turned(s, record("registered:yes", way="button")))
    assert await store.index(3) == 3
    assert await store.index(10) > 0
    assert await store.index(10) == 0


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        pytest.param("søknad", [2, 1], id="ø, found by o, and as a beginning"),
        pytest.param("soknadsfrist", [2], id="o, written with ø"),
        pytest.param("SPRÅKKAFÉ", [0], id="capitals and accents"),
        pytest.param("sprakkafe baerum", [0], id="two words, å as a and æ as ae"),
        pytest.param("bærum fotball", [], id="never together"),
        pytest.param("aas", [3], id="å as aa"),
        pytest.param("leksehjelp OR fotball", [], id="an operator is a word"),
        pytest.param('"leksehjelp', [1], id="a quotation mark left open"),
        pytest.param("registered", [], id="buttons are not words"),
        pytest.param("  ", [], id="nothing"),
        pytest.param("* - NEAR( ) ^ :", [], id="signs only"),
    ],
)
async def test_words_are_found(store: Store, asked: str, found: list[int]) -> None:
    await fill(store)
    assert [row["said"] for row in await store.search(asked, 10)] == [TEXTS[n] for n in found]


async def test_no_more_than_asked_for(store: Store) -> None:
    await fill(store)
    assert [row["said"] for row in await store.search("søknad", 1)] == [TEXTS[2]]


async def test_what_is_erased_is_found_no_more_and_what_comes_after_is(store: Store) -> None:
    await fill(store)
    await store.take(CHAT, 9, NOW, erasing)
    assert await store.search("søknad", 10) == ()
    await store.take(OTHER, 2, NOW, noting("ny søknad"))
    await store.index(10)
    assert [row["said"] for row in await store.search("søknad", 10)] == ["ny søknad"]
    assert (await store.check()).faults == ()


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(asked=st.text() | st.text(alphabet="\"*^:()-+{}AND OR NOT NEAR \0'²"))
async def test_nothing_that_is_typed_is_an_error(asked: str, filled: SqliteStore) -> None:
    assert len(await filled.search(asked, 10)) <= 4


@pytest.fixture(scope="module")
def filled() -> SqliteStore:
    store = open_store(None, SECRET)
    asyncio.run(fill(store))
    return store


async def test_the_newest_conversations_come_first_and_can_be_chosen(store: Store) -> None:
    outcomes = ("apply_imdi", "either", None, "apply_imdi")
    for number, outcome in enumerate(outcomes):
        place = {"municipality": "0301"} if number % 2 else {}

        turned = noting("x", outcome=outcome)(State(answers=dict(place)))
        work = partial(lambda turned, _: turned, turned)
        await store.take(Chat("test", str(number)), 1, NOW + number, work)
    rows = await store.newest(10)
    assert [row["outcome"] for row in rows] == list(outcomes[::-1])
    assert "state" not in rows[0]
    assert [row["seen_at"] - NOW for row in await store.newest(2)] == [3, 2]
    found = await store.newest(10, outcome="apply_imdi")
    assert [row["seen_at"] - NOW for row in found] == [3, 0]
    found = await store.newest(10, municipality="0301")
    assert [row["seen_at"] - NOW for row in found] == [3, 1]
    found = await store.newest(10, outcome="apply_imdi", municipality="0301")
    assert [row["seen_at"] - NOW for row in found] == [3]
