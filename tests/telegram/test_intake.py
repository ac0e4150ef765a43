"""An update from its JSON to the kept turn: each once, in order, and what is answered at once."""

import asyncio
import json
import random

import pytest

from bot.errors import StoreError, UnreadableStateError
from bot.metrics import Metrics
from bot.store import Chat, Store
from bot.telegram.buttons import pack
from bot.telegram.incoming import LONGEST_ALERT
from bot.telegram.intake import GroupGreeting, Intake, TapAnswer
from bot.telegram.lanes import LaneFull, Lanes
from bot.turns import MOST_TRIES
from dialogs.state import State
from dialogs.texts import say
from tests.bot.stores import damage, is_whole, table
from tests.telegram.double import Double
from tests.telegram.driver import User
from tests.telegram.parts import DAYS, counted, take
from tests.telegram.updates import (
    GROUP,
    KARI,
    OLA,
    Json,
    group,
    in_group,
    inline,
    keyboard,
    member,
    message,
    person,
    private,
    tap,
    text,
    update,
)

CHAT = Chat("telegram", str(KARI), is_sent_to=True)


async def said(store: Store) -> list[str]:
    """All replies that wait, in order."""
    return [json.loads(row["reply"])["text"] for row in await table(store, "outbox")]


async def state(store: Store, chat: Chat = CHAT) -> State:
    found = await store.state(chat)
    assert found is not None
    return found


def tap_on(shown: str, data: str, *others: tuple[str, str], number: int) -> Json:
    """A tap on a message of the bot's, with this text and these buttons."""
    buttons = keyboard((data, "Ja"), *others)
    on = message(person(4242, is_bot=True), private(), text=shown, message_id=9,
                 reply_markup=buttons)  # fmt: skip
    return tap(data, on, number)


@pytest.mark.promise("R2")
@pytest.mark.parametrize("at_once", [False, True], ids=["one after the other", "at the same time"])
async def test_an_update_that_comes_several_times_counts_once(
    intake: Intake, store: Store, at_once: bool
) -> None:
    chance = random.Random(4)
    await take(intake, text("/start", 1))
    for repeated in (text("ja", 2), text("Oslo", 3), tap("1.scope:local", number=4)):
        times = chance.randint(2, 5)
        if at_once:
            await asyncio.gather(*(take(intake, repeated) for _ in range(times)))
        else:
            for _ in range(times):
                await take(intake, repeated)
    assert len(await table(store, "log")) == 4
    assert await is_whole(store)


@pytest.mark.promise("R6")
@pytest.mark.parametrize("first", [0, 1])
async def test_a_text_and_a_tap_of_one_person_at_the_same_moment(
    intake: Intake, store: Store, first: int
) -> None:
    await take(intake, text("/start", 1))
    await take(intake, text("ja", 2))
    both = [text("Oslo", 3), tap(pack("registered:no", 1), number=4)]
    await asyncio.gather(*(take(intake, raw) for raw in (both[first], both[1 - first])))
    rows = await table(store, "log")
    assert [row["seq"] for row in rows] == [1, 2, 3, 4]
    assert [row["way"] for row in rows[2:]] == [["text", "button"], ["button", "text"]][first]
    assert await is_whole(store)


async def test_a_chat_that_floods_is_held_up_and_nobody_else() -> None:
    lanes, order = Lanes(most_waiting=3), list[str]()

    async def turn(name: str, word: str) -> None:
        async with lanes.turn(name):
            await asyncio.sleep(0)
            order.append(word)

    flood = [asyncio.ensure_future(turn("a", f"a{n}")) for n in range(5)]
    other = asyncio.ensure_future(turn("b", "b"))
    results = await asyncio.gather(*flood, other, return_exceptions=True)
    assert [isinstance(result, LaneFull) for result in results] == [False] * 3 + [True] * 2 + [
        False
    ]
    assert [word for word in order if word != "b"] == ["a0", "a1", "a2"]
    assert order.index("b") <= 1
    assert len(lanes) == 0, "nothing is kept of a lane that is empty"


@pytest.mark.promise("R8")
async def test_an_edited_text_is_told_that_it_is_not_read(intake: Intake, store: Store) -> None:
    await take(intake, text("/start", 1))
    await take(intake, text("ja", 2))
    await take(intake, text("Oslo", 3))
    edit = update(4, edited_message=message(text="Bergen", edit_date=1_800_000_001))
    await take(intake, edit)
    assert (await state(store)).answers == {"registered": "yes", "municipality": "0301"}
    assert say("nb", "edited") in (await said(store))[-1]
    assert (await table(store, "log"))[-1]["intent"] == "edited"


@pytest.mark.promise("R10")
async def test_what_is_passed_over_is_counted_and_leaves_nothing(
    intake: Intake, store: Store, metrics: Metrics
) -> None:
    for raw in (in_group("hei alle sammen"), update(), {"update_id": 1, "message": {}}):
        assert await take(intake, raw) is None
    for reason in ("not to us", "kind", "malformed"):
        assert counted(metrics, f'veiviser_updates_total{{kind="ignored: {reason}"}}') == 1
    assert [len(await table(store, name)) for name in ("log", "processed")] == [0, 0]


@pytest.mark.promise("P6", "P7")
async def test_neither_names_nor_files_are_kept(intake: Intake, store: Store) -> None:
    await take(intake, text("/start", 1))
    photo = {"file_id": "hemmelig", "file_unique_id": "hemmelig", "width": 1, "height": 1}
    await take(intake, update(2, message=message(photo=[photo], caption="hemmelig")))
    await take(intake, in_group("/start"))
    kept = [row for name in ("conversation", "log", "outbox") for row in await table(store, name)]
    assert len(kept) > 4
    for secret in ("Karianne", "Testesen", "karianne_t", "hemmelig"):
        assert secret not in str(kept)
    assert "photo" in {row["said"] for row in await table(store, "log")}


@pytest.mark.promise("R9")
async def test_a_group_whose_answers_cannot_be_read_begins_anew_and_holds_up_nobody(
    intake: Intake, store: Store
) -> None:
    await take(intake, update(1, message=message(chat=group(), text="/sammen")))
    await damage(store, "{", Chat("telegram", str(GROUP)))
    again = update(2, message=message(chat=group(), text="/start"))
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(UnreadableStateError):
            await take(intake, again)
        await take(intake, text("/start"))
    await take(intake, again)
    assert say("nb", "unreadable") in await said(store)
    assert (await state(store, Chat("telegram", str(GROUP)))).answers == {}


async def test_a_tap_lets_the_next_question_stand_where_this_one_stood(
    intake: Intake, store: Store
) -> None:
    await take(intake, text("/start", 1))
    why = (pack("why", 1), "Hvorfor?")
    answer = await take(intake, tap_on("Registrert?", pack("registered:yes", 1), why, number=2))
    assert answer == TapAnswer("998877")
    reply = json.loads((await table(store, "outbox"))[-1]["reply"])
    assert reply["replaces"] == 9
    assert reply["text"].startswith("✓ Registrert: Ja\n\nI hvilken kommune")


async def test_a_second_tap_on_the_same_button_is_explained_at_the_button(
    intake: Intake, store: Store
) -> None:
    await take(intake, text("/start", 1))
    why = (pack("why", 1), "Hvorfor?")
    for number in (2, 3):
        raw = tap_on("Registrert?", pack("registered:yes", 1), why, number=number)
        answer = await take(intake, raw)
    assert answer == TapAnswer("998877", say("nb", "button-noted"))
    assert len(await said(store)) == 3, "the greeting and two questions, and nothing more"


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
@pytest.mark.parametrize("notice", ["button-noted", "button-late"])
def test_an_alert_is_no_longer_than_telegram_shows(notice: str, lang: str) -> None:
    assert len(say(lang, notice)) <= LONGEST_ALERT


async def test_a_link_fills_in_answers_that_are_confirmed_before_they_count(
    intake: Intake, store: Store
) -> None:
    await take(intake, text("/start a-reg-yes-mun-0301-sco-local-tar-ref-act-meeting_place", 1))
    found = await state(store)
    assert found.answers["municipality"] == "0301"
    assert set(found.from_text) == set(found.answers)
    assert "Slik forstår jeg dere" in (await said(store))[-1]
    assert (await table(store, "log"))[0]["way"] == "link"


async def test_a_link_that_cannot_be_read_is_a_start(intake: Intake, store: Store) -> None:
    await take(intake, text("/start a-reg-maybe", 1))
    assert (await state(store)).answers == {}
    assert "Er organisasjonen" in (await said(store))[-1]


async def test_blocked_nothing_more_waits_for_them(intake: Intake, store: Store) -> None:
    await take(intake, text("/start", 1))
    await take(intake, text("/start", 2, chat=OLA))
    await take(intake, member(private(), "member", "kicked"))
    assert len(await said(store)) == 2, "Ola's greeting and question"
    assert await store.state(CHAT) is not None


@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
async def test_a_group_is_told_how_to_talk_to_the_bot(intake: Intake, lang: str) -> None:
    answer = await take(intake, member(group(), "left", "member", lang))
    assert isinstance(answer, GroupGreeting)
    assert answer.text == say(lang, "group-greeting")
    assert "/start" in answer.text


async def test_a_fault_beside_a_turn_holds_up_nobody(
    intake: Intake, metrics: Metrics, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.intake.answer_inline", lambda *_: 1 / 0)
    assert await take(intake, inline("kan vi søke")) is None
    assert counted(metrics, 'veiviser_errors_total{where="intake"}') == 1


@pytest.mark.promise("R9")
async def test_a_fault_in_a_turn_is_set_aside_and_the_chat_goes_on(
    intake: Intake, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.telegram.dressing._lasts", lambda *_: 1 / 0)
    await take(intake, text("/start", 1))
    why = (pack("why", 1), "Hvorfor?")
    await take(intake, tap_on("Registrert?", pack("registered:yes", 1), why, number=2))
    assert (await said(store))[-1] == say("nb", "failed")
    await take(intake, text("ja", 3))
    assert (await state(store)).answers == {"registered": "yes"}


async def test_what_cannot_be_kept_is_raised(
    intake: Intake, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def refuse(*_: object) -> None:
        raise StoreError(nb="full", nn="full", en="full")

    monkeypatch.setattr(store, "take", refuse)
    with pytest.raises(StoreError):
        await take(intake, text("/start", 1))


async def test_typing_is_shown_only_when_a_turn_takes_long(
    intake: Intake, double: Double, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kari = User(double, "Kari")
    await kari.send("/start")
    await take(intake, text("/start", 1, chat=kari.id))
    assert double.calls.of("sendChatAction") == []
    monkeypatch.setattr("bot.telegram.intake._TYPING_AFTER_S", 0.01)
    quickly = store.take

    async def slowly(*given: object) -> object:
        await asyncio.sleep(0.2)
        return await quickly(*given)  # type: ignore[arg-type]

    monkeypatch.setattr(store, "take", slowly)
    await take(intake, text("ja", 2, chat=kari.id))
    assert [call.chat for call in double.calls.of("sendChatAction")] == [kari.id]


async def test_somebody_new_is_told_how_long_they_are_remembered(
    intake: Intake, store: Store
) -> None:
    await take(intake, text("/start", 1))
    assert f"{DAYS} dager" in (await said(store))[0]


async def test_turns_are_counted(intake: Intake, metrics: Metrics) -> None:
    for number, words in enumerate(("/start", "ja", "Oslo", "hva er meningen med livet?"), start=1):
        await take(intake, text(words, number))
    assert counted(metrics, 'veiviser_turns_total{intent="start"}') == 1
    assert counted(metrics, 'veiviser_turns_total{intent="answer"}') >= 1
    assert counted(metrics, "veiviser_turn_seconds_count") == 4
    assert counted(metrics, "veiviser_unanswered_total") == 1
