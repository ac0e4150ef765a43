"""The sender when something goes wrong: for a while, for good, or because a group has moved."""

import asyncio

import pytest
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    InvalidToken,
    NetworkError,
    TelegramError,
    TimedOut,
)

from bot.telegram.sender import LONGEST_PAUSE_S
from bot.telegram.transport import NotSent
from dialogs.messages import Button, Reply
from tests.telegram.outgoing import (
    NOW,
    Outbox,
    Telegram,
    Watched,
    flood,
    gaps,
    sending,
    sent,
    until_empty,
)
from tests.telegram.virtual_time import run

HOUR = 3_600_000
BUTTONS = ((Button("registered:yes", "Ja"), Button("registered:no", "Nei")),)


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
