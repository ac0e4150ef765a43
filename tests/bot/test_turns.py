"""A turn from the update to what is kept of it; and an update that the program fails at."""

import asyncio
import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.errors import TurnError, UnreadableStateError
from bot.replay import replay
from bot.store import Chat, Store
from bot.store.rows import NOTICE
from bot.turns import MOST_TRIES, Update, take, take_surely
from dialogs.messages import Reply, Utterance
from dialogs.state import State
from dialogs.texts import say
from dialogs.understand import Heard, understand
from knowledge.scheme import Scheme, load_scheme
from tests.bot.stores import CHAT, NOW, OTHER, damage, is_whole, table

SCHEME = load_scheme(2019)
SECRET_WORDS = "hemmelig ord"


def press(button: str, number: int, chat: Chat = CHAT) -> Update:
    return Update(chat, Utterance(button=button), number)


@pytest.fixture
def poison(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Makes the program fail at one text; returns the texts it has tried."""
    tried: list[str] = []

    def stumble(scheme: Scheme, state: State, utterance: Utterance) -> Heard:
        tried.append(utterance.text or "")
        if utterance.text == SECRET_WORDS:
            raise ZeroDivisionError(SECRET_WORDS)
        return understand(scheme, state, utterance)

    monkeypatch.setattr("bot.turns.understand", stumble)
    return tried


async def test_a_turn_leaves_a_row_from_which_it_can_be_followed(store: Store) -> None:
    await take(press("registered:yes", 1), SCHEME, store, NOW)
    taken = await take(Update(CHAT, Utterance(text="Oslo"), 2), SCHEME, store, NOW)
    first, second = await table(store, "log")
    assert (first["way"], first["said"]) == ("button", "registered:yes")
    assert (second["way"], second["said"], second["question"]) == ("text", "Oslo", "municipality")
    assert json.loads(second["heard"])["answers"] == {"municipality": "0301"}
    assert [reply["text"] for reply in json.loads(second["replies"])] == [
        reply.text for reply in taken.replies
    ]
    assert (second["year"], second["lang"], second["at"]) == (2019, "nb", NOW)
    assert await is_whole(store)


@pytest.mark.promise("P4")
async def test_what_is_personal_is_masked_before_it_is_kept(store: Store) -> None:
    text = "Ring meg på 91234567, eller skriv til kari.nordmann@example.org"
    await take(Update(CHAT, Utterance(text=text), 1), SCHEME, store, NOW)
    (row,) = await table(store, "log")
    assert "91234567" not in row["said"]
    assert "nordmann" not in row["said"]


async def test_a_fault_of_the_program_is_told_without_their_words(
    store: Store, poison: list[str]
) -> None:
    with pytest.raises(TurnError, match=r"update 7: ZeroDivisionError in stumble") as error:
        await take(Update(CHAT, Utterance(text=SECRET_WORDS), 7), SCHEME, store, NOW)
    assert SECRET_WORDS not in str(error.value)


@pytest.mark.promise("R9")
@pytest.mark.parametrize("lang", ["nb", "nn", "en"])
async def test_a_poison_update_is_set_aside_after_three_tries_and_the_chat_goes_on(
    store: Store, poison: list[str], lang: str
) -> None:
    await take_surely(press("registered:yes", 1), SCHEME, store, NOW)
    update = Update(CHAT, Utterance(text=SECRET_WORDS, lang=lang), 2)
    taken = await take_surely(update, SCHEME, store, NOW)
    assert poison.count(SECRET_WORDS) == MOST_TRIES
    assert [reply.text for reply in taken.replies] == [say(lang, "failed")]
    assert taken.state.answers == {"registered": "yes"}
    (failure,) = await table(store, "failure")
    assert (failure["update_id"], failure["tries"]) == (2, MOST_TRIES)
    assert "ZeroDivisionError in stumble" in failure["place"]
    for name in ("log", "failure", "conversation", "outbox"):
        assert SECRET_WORDS not in str(await table(store, name))

    again = await take_surely(update, SCHEME, store, NOW)
    assert again.replies == ()
    assert poison.count(SECRET_WORDS) == MOST_TRIES, "it counts as taken"
    after = await take_surely(Update(CHAT, Utterance(text="Oslo"), 3), SCHEME, store, NOW)
    assert after.state.answers["municipality"] == "0301"
    assert [row["way"] for row in await table(store, "log")] == ["button", "failed", "text"]
    assert await is_whole(store)


async def test_a_poison_update_that_comes_first_is_answered_too(
    store: Store, poison: list[str]
) -> None:
    update = Update(CHAT, Utterance(text=SECRET_WORDS, lang="en"), 1)
    taken = await take_surely(update, SCHEME, store, NOW)
    assert [reply.text for reply in taken.replies] == [say("en", "failed")]
    after = await take_surely(Update(CHAT, Utterance(text="/start"), 2), SCHEME, store, NOW)
    assert len(after.replies) == 2, "the greeting and the first question"


@pytest.mark.promise("R9")
async def test_the_tries_count_over_restarts(
    open_again: Callable[[], Store], poison: list[str]
) -> None:
    for _ in range(2):
        store = open_again()
        await store.fail(CHAT, 1, NOW, "killed before it was done")
        await store.close()
    store = open_again()
    taken = await take_surely(Update(CHAT, Utterance(text=SECRET_WORDS), 1), SCHEME, store, NOW)
    assert poison.count(SECRET_WORDS) == 1
    assert len(taken.replies) == 1
    await store.close()


async def test_an_update_without_a_number_is_tried_once(store: Store, poison: list[str]) -> None:
    taken = await take_surely(Update(CHAT, Utterance(text=SECRET_WORDS)), SCHEME, store, NOW)
    assert poison == [SECRET_WORDS]
    assert [reply.text for reply in taken.replies] == [say("nb", "failed")]


@pytest.mark.promise("R9")
async def test_other_chats_go_on_meanwhile(store: Store, poison: list[str]) -> None:
    updates = [Update(CHAT, Utterance(text=SECRET_WORDS), 1), press("registered:yes", 1, OTHER)]
    _, other = await asyncio.gather(*(take_surely(u, SCHEME, store, NOW) for u in updates))
    assert other.state.answers == {"registered": "yes"}


@pytest.mark.promise("R6")
async def test_a_message_and_a_tap_at_the_same_moment_are_taken_one_after_the_other(
    store: Store,
) -> None:
    """They come through two queues at Telegram; the result is that of one order or the other."""
    await take(press("registered:yes", 1), SCHEME, store, NOW)
    both = (Update(CHAT, Utterance(text="Oslo"), 2), press("registered:no", 3))
    await asyncio.gather(*(take(update, SCHEME, store, NOW) for update in both))
    state = await store.state(CHAT)
    assert state is not None
    assert state.answers["registered"] == "no"
    assert [row["seq"] for row in await table(store, "log")] == [1, 2, 3]
    assert await is_whole(store)


async def test_a_channel_may_show_a_reply_in_another_way_than_the_log_has_it(store: Store) -> None:
    def in_place(*turn: Any) -> tuple[Reply, ...]:
        return tuple(replace(reply, replaces=77) for reply in turn[-1])

    await take(press("registered:yes", 1), SCHEME, store, NOW, dress=in_place)
    (row,) = await table(store, "log")
    assert "replaces" not in row["replies"]
    (waiting,) = await store.due(NOW, 10)
    assert waiting.reply.replaces == 77


@pytest.mark.promise("R7")
async def test_a_press_on_an_old_message_is_told_of_by_a_notice(store: Store) -> None:
    await take(press("registered:yes", 1), SCHEME, store, NOW)
    late = Update(CHAT, Utterance(button="registered:no", turn=1), 2)
    taken = await take(late, SCHEME, store, NOW, dress=lambda *turn: ())
    assert (taken.notice, taken.replies) == (say("nb", "button-late"), ())
    assert taken.state.answers == {"registered": "yes"}


async def test_the_state_counts_the_turns_as_the_log_does(poison: list[str], store: Store) -> None:
    await take_surely(press("registered:yes", 1), SCHEME, store, NOW)
    await take_surely(Update(CHAT, Utterance(text=SECRET_WORDS), 2), SCHEME, store, NOW)
    taken = await take_surely(press("municipality:0301", 3), SCHEME, store, NOW)
    assert [row["seq"] for row in await table(store, "log")] == [1, 2, taken.state.turn]


# A state that cannot be read

DAMAGED = '{"version":1,"answers":{"regis'
NEWER = '{"version":2,"lang":"nn","answers":{"registered":"yes"}}'


@pytest.mark.promise("R9")
@pytest.mark.parametrize(
    "stored", [DAMAGED, NEWER, "", "null"], ids=["damaged", "newer", "empty", "null"]
)
async def test_where_the_answers_cannot_be_read_the_chat_begins_anew_at_the_third_try(
    store: Store, stored: str
) -> None:
    lang = Utterance(button="lang:nn")
    await take_surely(Update(CHAT, lang, 1), SCHEME, store, NOW)
    await take_surely(press("registered:yes", 2), SCHEME, store, NOW)
    await take_surely(press("registered:yes", 1, OTHER), SCHEME, store, NOW)
    await damage(store, stored)
    update = Update(CHAT, Utterance(text="Oslo"), 3)
    for _ in range(MOST_TRIES - 1):  # a newer worker may be able to
        with pytest.raises(UnreadableStateError):
            await take_surely(update, SCHEME, store, NOW)
    taken = await take_surely(update, SCHEME, store, NOW)
    told, asked = taken.replies
    assert (told.text, taken.state.answers) == (say("nn", "unreadable"), {})
    assert asked.text.startswith(say("nn", "ask-registered"))
    rows = await store.log(store.pseudonym(CHAT))
    assert [(row["way"], row["said"]) for row in rows][-1] == ("unreadable", stored)
    assert (await take_surely(update, SCHEME, store, NOW)).replies == (), "it counts as taken"
    after = await take_surely(press("registered:no", 4), SCHEME, store, NOW)
    assert after.state.answers == {"registered": "no"}
    other = await store.state(OTHER)
    assert other is not None
    assert other.answers == {"registered": "yes"}
    assert await is_whole(store)
    assert (await replay(store, store.pseudonym(CHAT))).differences == ()


async def test_a_button_from_before_is_left_behind(store: Store) -> None:
    for number in range(1, 4):
        await take_surely(press("registered:yes", number), SCHEME, store, NOW)
    await damage(store, DAMAGED)
    await take(Update(CHAT, Utterance(text="Oslo"), 4), SCHEME, store, NOW, mends=True)
    old = Update(CHAT, Utterance(button="show_verdict", turn=2), 5)
    taken = await take(old, SCHEME, store, NOW)
    assert (taken.state.answers, taken.notice) == ({}, say("nb", "button-late"))


async def test_an_update_taken_before_the_answers_were_lost_stays_taken(store: Store) -> None:
    await take_surely(press("registered:yes", 1), SCHEME, store, NOW)
    await damage(store, DAMAGED)
    for _ in range(MOST_TRIES - 1):
        with pytest.raises(UnreadableStateError):
            await take_surely(press("registered:yes", 1), SCHEME, store, NOW)
    assert (await take_surely(press("registered:yes", 1), SCHEME, store, NOW)).replies == ()


@pytest.mark.promise("P11")
async def test_a_conversation_knows_which_notice_it_was_shown(store: Store) -> None:
    """Whoever changes these words in substance raises `bot.store.rows.NOTICE`."""
    taken = await take(Update(CHAT, Utterance(text="/start"), 1), SCHEME, store, NOW)
    (conversation,) = await table(store, "conversation")
    assert (conversation["notice"], NOTICE) == (2, 2)
    kept = "Jeg lagrer svarene og det dere skriver i 21 dager, uten navn jeg kjenner igjen;"
    assert f"{kept} «slett» fjerner alt." in taken.replies[0].text
