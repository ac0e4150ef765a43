"""The sender in time that costs nothing: order, limits, patience, and what cannot be sent."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from itertools import pairwise

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    RetryAfter,
    TelegramError,
    TimedOut,
)

from bot.telegram.pace import ON_THE_WAY_S
from bot.telegram.sender import LONGEST_PAUSE_S
from bot.telegram.transport import NotSent
from dialogs.messages import Button, Reply
from tests.telegram.outgoing import NOW, Called, Outbox, Telegram, Watched, sending, until_empty
from tests.telegram.virtual_time import run

HOUR = 3_600_000
BUTTONS = ((Button("registered:yes", "Ja"), Button("registered:no", "Nei")),)
NOT_MODIFIED = BadRequest("Message is not modified: specified new message content and reply markup")


def flood(seconds: float) -> RetryAfter:
    return RetryAfter(int(seconds))


def gaps(calls: list[Called]) -> list[float]:
    """The seconds from the beginning of each call to that of the next."""
    return [round(b.at - a.at, 3) for a, b in pairwise(calls)]


def fullest(calls: list[Called], seconds: float) -> int:
    """How many calls the fullest stretch of so many seconds holds, open at its end."""
    times = [call.at for call in calls]
    return max(sum(0 <= other - at < seconds - 1e-6 for other in times) for at in times)


def sent(outbox: Outbox, telegram: Telegram, **how: object) -> Watched:
    """Send until nothing waits; what was counted."""
    watched = Watched()

    async def work() -> None:
        async with sending(outbox, telegram, watching=watched, **how):
            await until_empty(outbox)

    run(work())
    return watched


# What goes well


@pytest.mark.promise("R5")
def test_each_chat_in_order_and_chats_side_by_side() -> None:
    outbox, telegram = Outbox(), Telegram(takes=0.2)
    for number in range(20):
        outbox.put(str(number), "a", "b")
        outbox.put(str(number), "c")
    watched = sent(outbox, telegram, rate=1_000)
    for number in range(20):
        assert telegram.texts(str(number)) == ["a", "b", "c"]
    assert telegram.calls[-1].at - telegram.calls[0].at < 1.0, "side by side"
    assert watched.outcomes == {"sent": 60}


def test_a_message_says_what_it_is() -> None:
    outbox, telegram = Outbox(), Telegram()
    outbox.put("5", Reply("Er <dere> & de registrert?", BUTTONS, "question"))
    sent(outbox, telegram)
    (call,) = telegram.calls
    assert call.method == "sendMessage"
    assert call.fields == {
        "chat_id": "5",
        "text": "Er &lt;dere&gt; &amp; de registrert?\n\n1. Ja\n2. Nei",
        "parse_mode": "HTML",
        "link_preview_options": '{"is_disabled":true}',
        "reply_markup": '{"inline_keyboard":[[{"text":"Ja","callback_data":"1.registered:yes"},'
        '{"text":"Nei","callback_data":"1.registered:no"}]]}',
    }


def test_a_turn_of_this_process_is_sent_at_once_and_one_of_another_soon() -> None:
    outbox, telegram = Outbox(), Telegram()

    async def work() -> tuple[float, float]:
        async with sending(outbox, telegram) as sender:
            await asyncio.sleep(1.001)
            kept = asyncio.get_running_loop().time()
            outbox.put("5", "own")
            sender.wake()
            await until_empty(outbox)
            own = telegram.calls[-1].at - kept
            outbox.put("6", "another's")
            kept = asyncio.get_running_loop().time()
            await until_empty(outbox)
            return own, telegram.calls[-1].at - kept

    own, others = run(work())
    assert own <= 0.005
    assert others <= 0.055


def test_a_long_text_is_sent_in_parts_with_the_keyboard_last() -> None:
    outbox, telegram = Outbox(), Telegram()
    outbox.put("5", Reply("ord " * 2_000, BUTTONS, "card"))
    sent(outbox, telegram)
    assert ["reply_markup" in call.fields for call in telegram.calls] == [False, True]


def test_to_a_member_of_a_group_it_is_sent_to_the_group() -> None:
    outbox, telegram = Outbox(), Telegram()
    outbox.put("-100/7", "til sju")
    outbox.put("-100/8", "til åtte")
    sent(outbox, telegram)
    assert [call.chat for call in telegram.calls] == ["-100", "-100"]
    assert sorted(telegram.texts()) == ["til sju", "til åtte"]


# In the place of an old message


@pytest.mark.parametrize(
    ("answer", "methods"),
    [
        pytest.param(None, ["editMessageText"], id="changed in place"),
        pytest.param(NOT_MODIFIED, ["editMessageText"], id="it stands there already"),
        pytest.param(
            BadRequest("Message to edit not found"),
            ["editMessageText", "sendMessage"],
            id="it was deleted",
        ),
        pytest.param(
            BadRequest("Message can't be edited"),
            ["editMessageText", "sendMessage"],
            id="it cannot be changed",
        ),
        pytest.param(
            BadRequest("There is no text in the message to edit"),
            ["editMessageText", "sendMessage"],
            id="it is a file",
        ),
    ],
)
def test_a_reply_takes_the_place_of_a_message(answer: Exception | None, methods: list[str]) -> None:
    outbox, telegram = Outbox(), Telegram(answers=[answer])
    outbox.put("5", Reply("Ny", BUTTONS, "question", replaces=12), "mer")
    sent(outbox, telegram)
    *changed, last = telegram.calls
    assert [call.method for call in changed] == methods
    assert changed[0].fields["message_id"] == "12"
    assert all("message_id" not in call.fields for call in changed[1:])
    assert last.text == "mer"


def test_ticks_need_not_wait_for_each_other() -> None:
    outbox, telegram = Outbox(), Telegram(takes=0.05)
    for number in range(8):
        outbox.put("5", Reply(f"Valgt: {number}", replaces=12))
    sent(outbox, telegram)
    assert telegram.calls[-1].at - telegram.calls[0].at < 1


# Limits


@pytest.mark.promise("R21")
def test_a_chat_gets_no_more_than_one_a_second_in_the_long_run() -> None:
    outbox, telegram = Outbox(), Telegram(takes=0.1)
    for number in range(30):
        outbox.put("5", str(number))
    sent(outbox, telegram)
    assert telegram.texts() == [str(number) for number in range(30)]
    assert fullest(telegram.calls, 3) == 3
    assert telegram.calls[-1].at - telegram.calls[0].at < 31


@pytest.mark.promise("R22")
def test_the_bot_keeps_to_its_rate_and_uses_it() -> None:
    outbox, telegram = Outbox(), Telegram(takes=0.05)
    for number in range(1_000):
        outbox.put(str(number), "a")
    sent(outbox, telegram)
    assert fullest(telegram.calls, 1) == 30
    assert telegram.calls[-1].at - telegram.calls[0].at < 1_000 / 30 + 1


@pytest.mark.promise("R22")
def test_however_slow_the_way_no_second_holds_too_many_there() -> None:
    outbox = Outbox()
    telegram = Telegram(by_call=lambda call: setattr(telegram, "takes", int(call.chat) % 7 / 4))
    for number in range(300):
        outbox.put(str(number), "a")
    sent(outbox, telegram)
    ends = sorted(telegram.ends)
    for first, later in zip(ends, telegram.calls[30:], strict=False):
        assert later.at >= first + 1 - ON_THE_WAY_S - 1e-6


@pytest.mark.promise("R23")
def test_a_group_gets_no_more_than_twenty_a_minute_whoever_it_is_for() -> None:
    outbox, telegram = Outbox(), Telegram(takes=0.1)
    for number in range(25):
        outbox.put("-100/7", f"sju {number}")
        outbox.put("-100/8", Reply(f"åtte {number}", replaces=3))
    sent(outbox, telegram)
    assert len(telegram.taken) == 50
    assert fullest(telegram.calls, 60) == 20
    assert fullest(telegram.calls, 3) == 3


def test_a_group_that_waits_holds_up_nobody_else() -> None:
    outbox, telegram = Outbox(), Telegram()
    for number in range(300):
        for _ in range(3):
            outbox.put(f"-{number}", "a")
            outbox.put(f"-{number}", "b")

    async def work() -> float:
        async with sending(outbox, telegram, rate=1_000):
            await asyncio.sleep(1)
            outbox.put("5", "ut")
            begun = asyncio.get_running_loop().time()
            await asyncio.sleep(0.2)
            (call,) = [call for call in telegram.taken if call.text == "ut"]
            return call.at - begun

    assert run(work()) < 0.1


# What goes wrong for a while


@pytest.mark.promise("R17")
def test_asked_to_wait_it_waits_exactly_so_long_and_in_that_chat_only() -> None:
    outbox, telegram = Outbox(), Telegram()
    telegram.by_call = lambda call: (
        flood(17) if call.chat == "5" and len(telegram.calls) < 2 else None
    )
    outbox.put("5", "a", "b")
    outbox.put("6", "c")
    watched = sent(outbox, telegram)
    first, again = [call for call in telegram.calls if call.text == "a"]
    assert again.at - first.at == pytest.approx(17 + telegram.takes, abs=0.001)
    assert telegram.texts("5") == ["a", "b"]
    (other,) = [call for call in telegram.calls if call.chat == "6"]
    assert other.at < first.at + 1
    assert watched.outcomes == {"sent": 3, "again": 1}


@pytest.mark.promise("R17")
def test_two_chats_asked_at_once_mean_the_whole_bot() -> None:
    outbox, telegram = Outbox(), Telegram()
    telegram.by_call = lambda _: flood(10) if len(telegram.calls) <= 2 else None
    for chat in "567":
        outbox.put(chat, f"til {chat}")

    async def work() -> None:
        async with sending(outbox, telegram):
            await asyncio.sleep(1)
            outbox.put("8", "til 8")
            await until_empty(outbox)

    run(work())
    begun = telegram.calls[0].at
    after = [call for call in telegram.calls if call.at > begun + 0.5]
    assert min(call.at for call in after) >= begun + 10
    assert sorted(telegram.texts()) == ["til 5", "til 6", "til 7", "til 8"]


@pytest.mark.promise("R17")
def test_of_a_long_message_only_the_part_that_was_not_taken_is_sent_again() -> None:
    outbox, telegram = Outbox(), Telegram(answers=[None, flood(5)])
    outbox.put("5", Reply("a" * 4_000 + "\n\n" + "b" * 4_000))
    sent(outbox, telegram)
    assert [text[0] for text in telegram.texts()] == ["a", "b"]
    assert len(telegram.calls) == 3


@pytest.mark.promise("R18")
@pytest.mark.parametrize(
    ("error", "in_doubt"),
    [
        pytest.param(NetworkError("Bad Gateway"), True, id="a fault of the server's"),
        pytest.param(TimedOut(), True, id="no answer"),
        pytest.param(NetworkError("ServerDisconnectedError"), True, id="reset"),
        pytest.param(NotSent("ClientConnectorDNSError"), False, id="no such host"),
    ],
)
def test_what_fails_on_the_way_is_sent_again_after_longer_and_longer_pauses(
    error: TelegramError, in_doubt: bool, caplog: pytest.LogCaptureFixture
) -> None:
    outbox, telegram = Outbox(), Telegram(answers=[error] * 10, takes=0.0)
    outbox.put("5", "a", "b")
    watched = sent(outbox, telegram)
    assert telegram.texts() == ["a", "b"]
    tries = [call for call in telegram.calls if call.text == "a"]
    assert gaps(tries) == [0.5, 1, 2, 4, 8, 16, 32, 60, 60, 60]
    assert max(gaps(tries)) == LONGEST_PAUSE_S
    assert watched.outcomes == {"sent": 2, "again": 10}
    told = [r for r in caplog.records if r.message == "sent again later"]
    assert {getattr(r, "may_have_arrived", None) for r in told} == {in_doubt}


@pytest.mark.promise("R18")
def test_pauses_differ_and_the_age_of_what_waits_is_told() -> None:
    outbox, telegram = Outbox(), Telegram(answers=[NetworkError("x")] * 3)
    outbox.put("5", "a", made_at=NOW - 2_000)
    watched = Watched()

    async def work() -> None:
        async with sending(outbox, telegram, watching=watched) as sender:
            sender._jitter = lambda: 0.5
            await until_empty(outbox)
            await asyncio.sleep(2)

    run(work())
    assert gaps(telegram.calls)[0] == pytest.approx(0.375 + 0.02, abs=0.001)
    assert watched.ages[0] == pytest.approx(2, abs=0.1)
    assert max(watched.ages) > 3
    assert watched.ages[-1] == 0


def test_a_wrong_token_holds_everything_up_and_loses_nothing() -> None:
    outbox, telegram = Outbox(), Telegram(answers=[InvalidToken("Unauthorized")] * 4)
    for chat in range(5):
        outbox.put(str(chat), "a")
    sent(outbox, telegram)
    assert len(telegram.taken) == 5


# What can never be sent


@pytest.mark.promise("R19")
@pytest.mark.parametrize(
    "error",
    [
        pytest.param(Forbidden("Forbidden: bot was blocked by the user"), id="blocked"),
        pytest.param(Forbidden("Forbidden: user is deactivated"), id="gone"),
        pytest.param(Forbidden("Forbidden: bot was kicked from the group chat"), id="kicked"),
        pytest.param(BadRequest("Chat not found"), id="no such chat"),
        pytest.param(BadRequest("PEER_ID_INVALID"), id="no such person"),
        pytest.param(
            BadRequest("Not enough rights to send text messages to the chat"), id="not allowed"
        ),
    ],
)
def test_a_chat_that_cannot_be_reached_is_dropped(error: TelegramError) -> None:
    outbox = Outbox()
    telegram = Telegram(by_call=lambda call: error if call.chat == "5" else None)
    outbox.put("5", "a", "b", "c")
    outbox.put("6", "d")
    watched = sent(outbox, telegram)
    assert [call.text for call in telegram.calls if call.chat == "5"] == ["a"]
    assert outbox.dropped == ["key of 5"]
    assert telegram.texts() == ["d"]
    assert watched.outcomes == {"dropped": 3, "sent": 1}


@pytest.mark.promise("R20")
@pytest.mark.parametrize(
    ("said", "keeps_buttons"),
    [
        pytest.param("Can't parse entities: unsupported start tag", True, id="the text"),
        pytest.param("BUTTON_DATA_INVALID", False, id="the buttons"),
    ],
)
def test_refused_markup_is_sent_once_more_as_plain_text(
    said: str, keeps_buttons: bool, caplog: pytest.LogCaptureFixture
) -> None:
    outbox, telegram = Outbox(), Telegram(answers=[BadRequest(f'{said} "hemmelig"')])
    outbox.put("5", Reply("<Hei> & hå", BUTTONS), "neste")
    watched = sent(outbox, telegram)
    _, plain, after = telegram.calls
    assert plain.text == "<Hei> & hå"
    assert "parse_mode" not in plain.fields
    assert ("reply_markup" in plain.fields) is keeps_buttons
    assert after.text == "neste"
    assert watched.outcomes == {"sent": 2}
    (record,) = [r for r in caplog.records if "plain" in r.message]
    assert said in str(record.__dict__["reason"])
    assert "hemmelig" not in str(record.__dict__)


@pytest.mark.promise("R20")
def test_what_is_refused_even_so_is_given_up_with_an_apology(
    caplog: pytest.LogCaptureFixture,
) -> None:
    outbox, telegram = Outbox(), Telegram(answers=[BadRequest("no")] * 2)
    outbox.put("5", "umulig", "neste", lang="en")
    watched = sent(outbox, telegram)
    assert [call.text for call in telegram.calls[:2]] == ["umulig", "umulig"]
    assert telegram.texts()[0].startswith("Something went wrong")
    assert telegram.texts()[1:] == ["neste"]
    assert watched.outcomes == {"refused": 1, "sent": 1}
    assert "umulig" not in caplog.text


def test_a_fault_of_ours_costs_one_message_and_no_chat() -> None:
    outbox, telegram = Outbox(), Telegram()
    outbox.put("5", Reply("\ud800"), "neste")  # half a character, which no database would take
    watched = sent(outbox, telegram)
    assert telegram.texts()[1:] == ["neste"]
    assert watched.outcomes == {"refused": 1, "sent": 1}


# Groups that move, files, and answers that come late


def test_a_group_that_moved_is_sent_to_at_its_new_number() -> None:
    moved: list[tuple[str, str]] = []

    async def on_migrated(old: str, new: str) -> None:
        moved.append((old, new))

    outbox = Outbox()
    telegram = Telegram(by_call=lambda c: ChatMigrated(-200) if c.chat == "-100" else None)
    outbox.put("-100/7", "a", "b")
    sent(outbox, telegram, on_migrated=on_migrated)
    assert moved == [("-100", "-200")]
    assert telegram.texts("-200") == ["a", "b"]
    assert [call.chat for call in telegram.calls] == ["-100", "-200", "-200"]


def test_what_fails_when_a_group_moves_does_not_hold_up_its_messages() -> None:
    async def on_migrated(old: str, new: str) -> None:
        raise ZeroDivisionError

    outbox = Outbox()
    telegram = Telegram(by_call=lambda c: ChatMigrated(-200) if c.chat == "-100" else None)
    outbox.put("-100", "a")
    sent(outbox, telegram, on_migrated=on_migrated)
    assert telegram.texts("-200") == ["a"]


@pytest.mark.promise("R12")
@pytest.mark.parametrize(
    ("age", "is_late"),
    [pytest.param(HOUR - 1_000, False, id="an hour"), pytest.param(HOUR + 1_000, True, id="more")],
)
@pytest.mark.parametrize(("lang", "word"), [("nb", "sent"), ("nn", "seint"), ("en", "late")])
def test_an_old_reply_says_that_it_is_late(age: int, is_late: bool, lang: str, word: str) -> None:
    outbox, telegram = Outbox(), Telegram()
    outbox.put("5", "Svaret.", made_at=NOW - age, lang=lang)
    sent(outbox, telegram)
    (text,) = telegram.texts()
    assert text.startswith("Svaret.")
    assert (word in text) is is_late


# One process sends


async def two(
    work: Callable[[Outbox, Telegram, Telegram], Awaitable[None]],
) -> tuple[Outbox, Telegram, Telegram]:
    outbox, one, other = Outbox(), Telegram(), Telegram()
    async with sending(outbox, one):
        await asyncio.sleep(0.1)
        async with sending(outbox, other):
            await work(outbox, one, other)
    return outbox, one, other


@pytest.mark.promise("R22")
def test_of_two_processes_one_sends() -> None:
    async def work(outbox: Outbox, one: Telegram, other: Telegram) -> None:
        for number in range(200):
            outbox.put(str(number), "a")
        await until_empty(outbox)

    _, one, other = run(two(work))
    assert len(one.taken) == 200
    assert other.calls == []


def test_a_clean_stop_hands_over_at_once() -> None:
    outbox, one, other = Outbox(), Telegram(), Telegram()

    async def work() -> float:
        async with sending(outbox, one), sending(outbox, other) as second:
            await asyncio.sleep(3)
            assert not second._lease.is_held
        async with sending(outbox, other):
            outbox.put("5", "a")
            begun = asyncio.get_running_loop().time()
            await until_empty(outbox)
            return asyncio.get_running_loop().time() - begun

    assert run(work()) < 1.5
    assert other.texts() == ["a"]


def test_after_a_crash_another_takes_over_within_twenty_seconds() -> None:
    outbox, telegram = Outbox(), Telegram()
    outbox.holder = ("a process that died", NOW + 15_000)
    outbox.put("5", "a")
    sent(outbox, telegram)
    assert telegram.calls[0].at - 1_000 < 20
    assert outbox.holder[0] == "", "given back"


def test_who_has_lost_the_lease_begins_nothing_more() -> None:
    outbox, telegram = Outbox(), Telegram()

    async def work() -> None:
        async with sending(outbox, telegram):
            await asyncio.sleep(1)
            outbox.holder = ("another", NOW + HOUR)
            await asyncio.sleep(6)
            outbox.put("5", "a")
            await asyncio.sleep(30)

    run(work())
    assert telegram.calls == []


# The database is away


@pytest.mark.promise("R18", "R24")
def test_while_the_database_is_away_nothing_is_sent_twice_and_it_goes_on_by_itself() -> None:
    outbox, telegram = Outbox(), Telegram(takes=0.5)
    for chat in "56":
        outbox.put(chat, "a", "b")

    async def work() -> None:
        async with sending(outbox, telegram):
            await asyncio.sleep(0.1)
            outbox.is_down = True  # while both first messages are on their way
            await asyncio.sleep(20)
            assert telegram.texts() == ["a", "a"]
            outbox.is_down = False
            await until_empty(outbox)

    run(work())
    assert [telegram.texts(chat) for chat in "56"] == [["a", "b"], ["a", "b"]]


# Stopping


@pytest.mark.promise("R14")
def test_stopping_finishes_what_is_under_way_and_begins_nothing() -> None:
    outbox, telegram = Outbox(), Telegram(takes=2.0)
    for chat in "567":
        outbox.put(chat, "a", "b")

    async def work() -> float:
        async with sending(outbox, telegram):
            await asyncio.sleep(0.5)
            begun = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() - begun

    assert run(work()) == pytest.approx(1.5, abs=0.1)
    assert sorted(telegram.texts()) == ["a", "a", "a"]
    assert [message.reply.text for message in outbox.waiting] == ["b", "b", "b"]


@pytest.mark.promise("R14")
def test_stopping_waits_for_no_window_and_no_pause() -> None:
    outbox, telegram = Outbox(), Telegram(answers=[flood(600)])
    outbox.put("5", "a")
    for number in range(200):
        outbox.put("6", str(number))

    async def work() -> float:
        async with sending(outbox, telegram):
            await asyncio.sleep(5)
            begun = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() - begun

    assert run(work()) < 0.1
    assert outbox.waiting[0].reply.text == "a"


@pytest.mark.promise("R14")
def test_what_does_not_end_in_time_is_broken_off() -> None:
    outbox, telegram = Outbox(), Telegram(takes=600.0)
    outbox.put("5", "a")

    async def work() -> float:
        async with sending(outbox, telegram):
            await asyncio.sleep(0.5)
            begun = asyncio.get_running_loop().time()
        return asyncio.get_running_loop().time() - begun

    assert run(work()) == pytest.approx(5, abs=0.1)
    assert len(outbox.waiting) == 1


# How much work it is


def test_a_long_backlog_is_not_read_anew_for_every_message() -> None:
    outbox, telegram = Outbox(), Telegram()
    for number in range(2_000):
        outbox.put(str(number), "a")
    sent(outbox, telegram)
    assert outbox.looks < 300


def test_no_chat_and_no_text_is_logged(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    outbox = Outbox()
    errors: list[Exception | None] = [flood(1), NetworkError("x"), BadRequest("x"), Forbidden("x")]
    telegram = Telegram(answers=errors)
    outbox.put("987654321", "hemmelig")
    sent(outbox, telegram)
    assert len(caplog.records) >= 4
    for record in caplog.records:
        assert "hemmelig" not in str(record.__dict__)
        assert "987654321" not in str(record.__dict__)
