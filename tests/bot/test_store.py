"""What every store promises of a turn: none lost, none doubled, nothing half-kept.

Each test holds for SQLite in memory and in a file, and for PostgreSQL.
"""

import asyncio
from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import Chat, Store, Turned
from bot.store.rows import TABLES
from bot.store.sqlite import open_store
from dialogs.messages import Reply
from dialogs.state import State
from tests.bot.stores import (
    CHAT,
    DAY,
    HOUR,
    NOW,
    OTHER,
    SECRET,
    SILENT,
    breaking,
    erasing,
    is_whole,
    note,
    noted,
    noting,
    record,
    send_all,
    table,
)


async def test_a_new_chat_has_no_state_and_starts_with_an_empty_one(store: Store) -> None:
    assert await store.state(CHAT) is None
    met: list[State] = []

    def work(state: State) -> Turned:
        met.append(state)
        return noting("first")(state)

    kept = await store.take(CHAT, 1, NOW, work)
    assert met[0] == State()
    assert kept.turned is not None
    assert kept.state == kept.turned.state == await store.state(CHAT)


async def test_a_state_comes_back_as_it_was(store: Store) -> None:
    state = State(
        lang="nn",
        greeted=True,
        answers={"registered": "yes", "target_groups": ("refugees", "other")},
        from_text=("target_groups",),
        asked_back=("0301",),
    )
    await store.take(CHAT, None, NOW, lambda _: Turned(state, record("hei")))
    assert await store.state(CHAT) == state


@pytest.mark.promise("R2")
@pytest.mark.parametrize("times", [2, 3, 4, 5])
async def test_an_update_delivered_again_changes_nothing(store: Store, times: int) -> None:
    await note(store, "first", update_id=7)
    for _ in range(times - 1):
        kept = await note(store, "changed", update_id=7)
        assert (kept.turned, kept.state.ticks) == (None, ("first",))
    assert await noted(store) == ("first",)
    assert [row["said"] for row in await table(store, "log")] == ["first"]
    assert await send_all(store) == ["first, first", "first, last"]
    assert await is_whole(store)


@pytest.mark.promise("R2")
@pytest.mark.parametrize("times", [2, 5])
async def test_an_update_delivered_at_once_several_times_counts_once(
    store: Store, times: int
) -> None:
    taken = await asyncio.gather(*(note(store, "x", update_id=7) for _ in range(times)))
    assert sorted(kept.turned is None for kept in taken) == [False] + [True] * (times - 1)
    assert await noted(store) == ("x",)
    assert await is_whole(store)


@pytest.mark.promise("R2")
@given(st.lists(st.integers(1, 5), max_size=5), st.integers(2, 5), st.data())
def test_in_whatever_order_updates_are_repeated_each_counts_once(
    ids: list[int], times: int, data: st.DataObject
) -> None:
    """On SQLite in memory alone: a hundred databases."""
    delivered = data.draw(st.permutations(ids * times))

    async def deliver() -> tuple[object, bool]:
        store = open_store(None, SECRET)
        half = len(delivered) // 2
        for number in delivered[:half]:
            await note(store, str(number), update_id=number)
        await asyncio.gather(*(note(store, str(n), update_id=n) for n in delivered[half:]))
        found = await noted(store), await is_whole(store)
        await store.close()
        return found

    words, whole = asyncio.run(deliver())
    assert words == (tuple(map(str, dict.fromkeys(delivered))) or None)
    assert whole


async def test_updates_without_a_number_are_all_taken(store: Store) -> None:
    await note(store, "a")
    await note(store, "b")
    assert await noted(store) == ("a", "b")


async def test_chats_and_channels_are_apart(store: Store) -> None:
    await note(store, "mine", update_id=7)
    await note(store, "theirs", update_id=7, chat=OTHER)
    assert await noted(store) == ("mine",)
    assert await store.state(Chat("telegram", CHAT.name)) is None


@pytest.mark.promise("R6")
async def test_turns_at_the_same_moment_are_taken_one_after_the_other(store: Store) -> None:
    await asyncio.gather(*(note(store, str(n), update_id=n) for n in range(20)))
    found = await noted(store) or ()
    assert sorted(found, key=int) == [str(n) for n in range(20)]
    assert [row["said"] for row in await table(store, "log")] == list(found)
    assert await is_whole(store)


async def test_many_chats_at_once_keep_each_their_own(store: Store) -> None:
    chats = [Chat("test", str(n), is_sent_to=True) for n in range(30)]
    for number in range(3):
        await asyncio.gather(*(note(store, f"{c.name}.{number}", number, c) for c in chats))
    for chat in chats:
        assert await noted(store, chat) == tuple(f"{chat.name}.{number}" for number in range(3))
    assert await is_whole(store)


@pytest.mark.promise("R3")
async def test_a_turn_that_fails_leaves_everything_as_it_was(store: Store) -> None:
    await note(store, "kept", update_id=1)
    with pytest.raises(ZeroDivisionError):
        await store.take(CHAT, 8, NOW, breaking)
    assert await noted(store) == ("kept",)
    await note(store, "again", update_id=8)
    assert await noted(store) == ("kept", "again")
    assert await is_whole(store)


@pytest.mark.promise("R3")
async def test_one_that_fails_takes_no_other_with_it(store: Store) -> None:
    turns = [
        store.take(Chat("test", str(n)), n, NOW, breaking if n % 3 == 0 else noting(str(n)))
        for n in range(12)
    ]
    results = await asyncio.gather(*turns, return_exceptions=True)
    assert [isinstance(found, ZeroDivisionError) for found in results] == [
        n % 3 == 0 for n in range(12)
    ]
    assert len(await table(store, "conversation")) == 8
    assert await is_whole(store)


async def test_a_chat_that_never_came_to_a_turn_leaves_nothing(store: Store) -> None:
    with pytest.raises(ZeroDivisionError):
        await store.take(CHAT, 1, NOW, breaking)
    assert await store.state(CHAT) is None
    for one in TABLES:
        assert await table(store, one.name) == []


async def test_the_log_keeps_what_a_verdict_can_be_worked_out_from_again(store: Store) -> None:
    kept = record(
        "vi er i Oslo",
        Reply("Kortet", kind="card"),
        heard='{"intent":"answer"}',
        confidence=0.5,
        faq="deadline",
        unanswered=True,
        outcome="apply_imdi",
        verdict='{"rules":[]}',
        took_us=1200,
    )
    await store.take(CHAT, 1, NOW, lambda state: Turned(replace(state, greeted=True), kept))
    (conversation,) = await table(store, "conversation")
    (row,) = await store.log(conversation["key"])
    assert dict(row) == {
        "key": conversation["key"],
        "seq": 1,
        "at": NOW,
        "way": "text",
        "said": "vi er i Oslo",
        "heard": '{"intent":"answer"}',
        "intent": "answer",
        "confidence": 0.5,
        "question": "registered",
        "faq": "deadline",
        "unanswered": 1,
        "replies": '[{"text":"Kortet","kind":"card","buttons":[]}]',
        "outcome": "apply_imdi",
        "verdict": '{"rules":[]}',
        "year": 2019,
        "version": "0",
        "lang": "nb",
        "took_us": 1200,
    }


@pytest.mark.parametrize(
    "said",
    [
        pytest.param("\0 og \ud800 halv", id="NUL and half a character"),
        pytest.param("👩‍👩‍👧 \u202eמה", id="emoji, right to left"),
        pytest.param("'; DROP TABLE log; --", id="SQL"),
        pytest.param("x" * 100_000, id="long"),
        pytest.param("", id="nothing"),
    ],
)
async def test_whatever_was_written_is_kept(store: Store, said: str) -> None:
    await store.take(CHAT, 1, NOW, lambda state: Turned(state, record(said, Reply("hei"))))
    (row,) = await table(store, "log")
    assert row["said"] == said.replace("\0", "\ufffd").replace("\ud800", "?")


async def test_counters_count_each_outcome_once_and_outlive_the_conversation(
    store: Store,
) -> None:
    for number, outcome in enumerate((None, "apply_imdi", "apply_imdi", "either"), start=1):
        work = noting("x", outcome=outcome, faq="deadline" if number == 1 else None)
        await store.take(CHAT, number, NOW, work)
    await store.take(CHAT, 5, NOW, erasing)
    counted = {(row["name"], row["value"]): row["n"] for row in await table(store, "counter")}
    assert counted == {
        ("outcome", "apply_imdi"): 1,
        ("outcome", "either"): 1,
        ("faq", "deadline"): 1,
        ("erased", ""): 1,
    }
    assert {row["day"] for row in await table(store, "counter")} == {"2027-01-15"}


@pytest.mark.promise("R13")
@pytest.mark.parametrize(
    "jump",
    [
        pytest.param(-HOUR, id="an hour back"),
        pytest.param(DAY, id="a day ahead"),
        pytest.param(-NOW, id="to 1970"),
    ],
)
async def test_a_clock_that_jumps_reorders_and_doubles_nothing(store: Store, jump: int) -> None:
    await note(store, "a", update_id=1, at=NOW)
    await note(store, "b", update_id=2, at=NOW + jump)
    await note(store, "b again", update_id=2, at=NOW)
    await note(store, "c", update_id=3, at=NOW + jump // 2)
    assert await noted(store) == ("a", "b", "c")
    assert [row["seq"] for row in await table(store, "log")] == [1, 2, 3]
    sent = await send_all(store, at=NOW + min(jump, 0))
    assert sent == [f"{word}, {part}" for word in "abc" for part in ("first", "last")]


# Failures


@pytest.mark.promise("R9")
async def test_failures_of_an_update_are_counted_over_restarts(
    open_again: Callable[[], Store],
) -> None:
    for tries in (1, 2, 3):
        store = open_again()
        assert await store.fail(CHAT, 7, NOW, "ZeroDivisionError in step") == tries
        assert await store.fail(OTHER, 7, NOW, "elsewhere") == tries
        await store.close()
    store = open_again()
    rows = [row for row in await table(store, "failure") if row["place"] != "elsewhere"]
    assert [(row["update_id"], row["tries"], row["place"]) for row in rows] == [
        (7, 3, "ZeroDivisionError in step")
    ]
    await store.close()


# Erasing


@pytest.mark.promise("P8")
async def test_an_erased_conversation_is_gone_with_all_that_hangs_on_it(store: Store) -> None:
    await store.fail(CHAT, 1, NOW, "somewhere")
    await note(store, "secret", update_id=1)
    await note(store, "theirs", update_id=1, chat=OTHER)
    await store.index(10)
    kept = await store.take(CHAT, 2, NOW, erasing)
    assert kept.state.erased
    assert await store.state(CHAT) is None
    assert await store.search("secret", 10) == ()
    exported = await store.export(CHAT)
    assert {name for name, rows in exported.items() if rows} <= {"outbox", "address"}
    assert await noted(store, OTHER) == ("theirs",)
    kept = await note(store, "anew", update_id=3)
    assert kept.turned is not None
    assert await noted(store) == ("anew",)


@pytest.mark.promise("R2", "P8")
@pytest.mark.parametrize("chat", [CHAT, SILENT], ids=["sent to", "answered where it is"])
async def test_what_a_chat_sent_before_it_was_erased_does_not_begin_it_anew(
    store: Store, chat: Chat
) -> None:
    await note(store, "secret", update_id=1, chat=chat)
    await store.take(chat, 2, NOW, erasing)
    await note(store, "theirs", update_id=1, chat=OTHER)
    assert await noted(store, OTHER) == ("theirs",), "each chat has its own numbers"
    await send_all(store)
    for _ in range(2):
        for number in (1, 2):
            kept = await store.take(chat, number, NOW + HOUR, erasing)
            assert kept.turned is None
        assert await store.state(chat) is None
        assert await table(store, "outbox") == []
    await note(store, "anew", update_id=3, chat=chat, at=NOW + HOUR)
    for number in (1, 2):
        assert (await note(store, "repeated", number, chat)).turned is None
    await note(store, "next", update_id=4, chat=chat)
    assert await noted(store, chat) == ("anew", "next")
    assert (await store.check()).faults == ()


@pytest.mark.promise("P8")
async def test_what_is_known_of_erased_updates_tells_of_nobody_and_goes_in_two_days(
    store: Store,
) -> None:
    await note(store, "secret", update_id=7_654_321)
    await store.take(CHAT, 7_654_322, NOW + HOUR, erasing)
    await send_all(store)
    rows = await table(store, "processed")
    assert len(rows) == 2
    assert {(row["channel"], row["update_id"]) for row in rows} == {("", 0)}
    assert store.pseudonym(CHAT) not in str(rows)
    assert not any((await store.export(CHAT)).values())
    await store.purge(NOW - 21 * DAY, unowned_before=NOW + 1)
    assert [row["at"] for row in await table(store, "processed")] == [NOW + HOUR]
    await store.purge(NOW - 21 * DAY, unowned_before=NOW + 2 * HOUR)
    assert await table(store, "processed") == []


async def test_who_is_erased_still_gets_the_farewell_and_then_the_address_goes(
    store: Store,
) -> None:
    await note(store, "waiting", update_id=1)
    await store.take(CHAT, 2, NOW, erasing)
    again = await store.take(CHAT, 2, NOW, erasing)
    assert again.turned is None
    assert await send_all(store) == ["farewell"]
    assert all(not rows for rows in (await store.export(CHAT)).values())
    assert await table(store, "address") == []


async def test_what_comes_after_an_erasure_goes_out_after_the_farewell(store: Store) -> None:
    for number in range(1, 4):
        await note(store, str(number), update_id=number)
    await store.take(CHAT, 4, NOW, erasing)
    await note(store, "anew", update_id=5)
    assert await send_all(store) == ["farewell", "anew, first", "anew, last"]
    assert len(await table(store, "address")) == 1
    assert await noted(store) == ("anew",)


async def test_a_chat_that_is_answered_where_it_is_leaves_nothing_when_it_is_erased(
    store: Store,
) -> None:
    await note(store, "secret", update_id=1, chat=SILENT)
    await store.take(SILENT, 2, NOW, erasing)
    assert all(not rows for rows in (await store.export(SILENT)).values())
    assert await store.due(NOW, 10) == []


async def test_forgetting_takes_everything_and_nobody_else(store: Store) -> None:
    await note(store, "mine", update_id=1)
    await note(store, "theirs", update_id=1, chat=OTHER)
    await store.forget(CHAT)
    await store.forget(Chat("test", "nobody"))
    assert all(not rows for rows in (await store.export(CHAT)).values())
    assert await send_all(store) == ["theirs, first", "theirs, last"]
    assert await is_whole(store)


@pytest.mark.promise("P9")
async def test_export_holds_all_that_is_kept_about_a_chat_and_nothing_else(store: Store) -> None:
    await store.fail(CHAT, 1, NOW, "somewhere")
    await note(store, "mine", update_id=1)
    await note(store, "theirs", update_id=1, chat=OTHER)
    exported = await store.export(CHAT)
    assert set(exported) == {one.name for one in TABLES if one.is_personal}
    assert all(exported.values())
    assert [row["said"] for row in exported["log"]] == ["mine"]
    assert [row["chat"] for row in exported["address"]] == [CHAT.name]


# Retention


@pytest.mark.promise("P10")
async def test_a_purge_takes_what_is_old_and_leaves_the_counts(store: Store) -> None:
    await store.take(CHAT, 1, NOW - 30 * DAY, noting("old", outcome="either"))
    await note(store, "early", update_id=1, chat=OTHER, at=NOW - 30 * DAY)
    await note(store, "late", update_id=2, chat=OTHER)
    await store.fail(SILENT, 9, NOW - 30 * DAY, "somewhere")
    await store.index(10)
    erased = await store.purge(NOW - 21 * DAY)
    assert (erased.conversations, erased.turns) == (1, 2)
    assert all(not rows for rows in (await store.export(CHAT)).values())
    assert all(not rows for rows in (await store.export(SILENT)).values())
    assert await noted(store, OTHER) == ("early", "late")
    assert [row["said"] for row in await table(store, "log")] == ["late"]
    assert await store.search("early", 10) == ()
    assert await send_all(store) == ["late, first", "late, last"]
    assert [row["value"] for row in await table(store, "counter")] == ["either"]
    assert (await store.check()).faults == ()


async def test_a_purge_takes_a_farewell_that_could_not_be_sent(store: Store) -> None:
    await note(store, "x", update_id=1, at=NOW - 30 * DAY)
    await store.take(CHAT, 2, NOW - 30 * DAY, erasing)
    await store.purge(NOW - 21 * DAY)
    assert all(not rows for rows in (await store.export(CHAT)).values())


# Moving house, and looking


async def test_another_store_can_be_filled_from_this_one(store: Store) -> None:
    await store.take(CHAT, 1, NOW, noting("one", outcome="either"))
    await note(store, "two", update_id=2)
    await note(store, "theirs", update_id=1, chat=OTHER)
    copy = open_store(None, SECRET)
    for one in TABLES:
        await copy.put(one.name, await table(store, one.name))
    for one in TABLES:
        assert [dict(row) for row in await table(copy, one.name)] == [
            dict(row) for row in await table(store, one.name)
        ]
    kept = await note(copy, "again", update_id=2)
    assert kept.turned is None
    await note(copy, "three", update_id=3)
    assert await noted(copy) == ("one", "two", "three")
    assert await copy.index(10) == 4
    await copy.close()


async def test_rows_come_in_the_order_of_their_key_however_many(store: Store) -> None:
    rows = [
        {"slot": "0", "day": f"2026-{n:05}", "name": "outcome", "value": "either", "n": n}
        for n in range(1_234)
    ]
    await store.put("counter", rows[::-1])
    assert [dict(row) for row in await table(store, "counter")] == rows


async def test_a_store_in_order_has_no_faults_and_counts_its_rows(store: Store) -> None:
    await note(store, "one", update_id=1)
    health = await store.check()
    assert health.faults == ()
    assert health.rows["log"] == health.rows["conversation"] == 1
    assert health.rows["outbox"] == 2
