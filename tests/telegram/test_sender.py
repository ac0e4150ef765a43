"""The sender in time that costs nothing: order, places, and the limits it keeps."""

import asyncio

import pytest
from telegram.error import (
    BadRequest,
)

from bot.telegram.pace import ON_THE_WAY_S
from dialogs.messages import Button, Reply
from tests.telegram.outgoing import (
    Outbox,
    Telegram,
    fullest,
    sending,
    sent,
    until_empty,
)
from tests.telegram.virtual_time import run

BUTTONS = ((Button("registered:yes", "Ja"), Button("registered:no", "Nei")),)
NOT_MODIFIED = BadRequest("Message is not modified: specified new message content and reply markup")


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
