"""The sender, the transport and a real store before the double, in real time."""

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import pytest_asyncio

from bot.own_data import OwnFile, own_files
from bot.store import Chat, Store, Turned
from bot.store.sqlite import open_store
from bot.telegram.calls import Calls
from bot.telegram.pace import ON_THE_WAY_S
from bot.telegram.sender import Sender
from bot.telegram.transport import AiohttpRequest
from bot.turns import now
from dialogs.messages import Button, Reply
from dialogs.state import State
from dialogs.texts import say
from knowledge.scheme import load_scheme
from tests.bot.conftest import database, postgres
from tests.bot.stores import LASTING, SECRET, opener, record, table
from tests.telegram.double import Double, Fault
from tests.telegram.double.calls import most_within
from tests.telegram.driver import Group, User, users

__all__ = ["database", "postgres"]  # fixtures

YES_NO = ((Button("registered:yes", "Ja"), Button("registered:no", "Nei")),)
QUESTION = Reply("Er dere <registrert> & klare?", YES_NO, "question")


@pytest_asyncio.fixture
async def store() -> AsyncIterator[Store]:
    opened = open_store(None, SECRET)
    yield opened
    await opened.close()


@pytest_asyncio.fixture(params=LASTING)
async def two_stores(
    request: pytest.FixtureRequest, tmp_path: Path
) -> AsyncIterator[tuple[Store, Store]]:
    """Two processes' stores on one database of each sort."""
    open_one = await asyncio.to_thread(opener, request, tmp_path, request.param)
    stores = open_one(), open_one()
    yield stores
    for one in stores:
        await one.close()


@asynccontextmanager
async def sending(double: Double, store: Store, **how: Any) -> AsyncIterator[Sender]:
    """A sender at work, with little patience."""
    async with AiohttpRequest(64, read_timeout=0.3, connect_timeout=1) as transport:
        calls = Calls(transport, f"{double.base_url}/bot{double.token}")
        sender = Sender(store, calls, **how)
        task = asyncio.create_task(sender.run())
        try:
            yield sender
        finally:
            await sender.stop()
            await task


async def keep(store: Store, chat: int | str, *replies: Reply | str) -> None:
    """Take a turn in a chat that has these replies."""
    said = tuple(Reply(reply) if isinstance(reply, str) else reply for reply in replies)

    def work(state: State) -> Turned:
        return Turned(replace(state, turn=state.turn + 1), record("hei", *said))

    await store.take(Chat("telegram", str(chat), is_sent_to=True), None, now(), work)


async def until_empty(store: Store, within: float = 20.0) -> None:
    async with asyncio.timeout(within):
        while await table(store, "outbox"):  # noqa: ASYNC110  # a database tells nobody
            await asyncio.sleep(0.02)


def shown(user: User) -> list[str]:
    """What the bot has said to a person, as it stands there now."""
    return [m.shown for m in user.chat.visible() if m.sender is user.double.world.bot]


@pytest.mark.promise("R5", "R16")
async def test_what_was_kept_is_shown_with_its_buttons(
    double: Double, store: Store, kari: User
) -> None:
    async with sending(double, store) as sender:
        await keep(store, kari.id, "Hei!", QUESTION)
        sender.wake()
        await kari.until("registrert")
        await until_empty(store)
    assert shown(kari) == ["Hei!", "Er dere <registrert> & klare?\n\n1. Ja\n2. Nei"]
    yes, _ = kari.last.keyboard[0]
    assert (yes["text"], yes["callback_data"]) == ("Ja", "1.registered:yes")


@pytest.mark.promise("R17")
async def test_429_is_obeyed_and_the_message_comes_once(
    double: Double, store: Store, kari: User
) -> None:
    double.fail("sendMessage", retry_after=1)
    async with sending(double, store):
        await keep(store, kari.id, "a", "b")
        await until_empty(store)
    assert shown(kari) == ["a", "b"]
    first, again, _ = double.calls.of("sendMessage")
    assert 1.0 <= again.at - first.at < 1.5


@pytest.mark.promise("R18")
@pytest.mark.parametrize(
    ("fault", "may_repeat"),
    [
        pytest.param({"status": 500}, False, id="a fault of the server's"),
        pytest.param({"status": 502, "as_page": True}, False, id="a page of a proxy's"),
        pytest.param({"fault": Fault.RESET}, False, id="reset"),
        pytest.param({"fault": Fault.HANG}, False, id="no answer"),
        pytest.param({"fault": Fault.LOST_ANSWER}, True, id="done, and the answer lost"),
        pytest.param({"fault": Fault.HALF_ANSWER}, True, id="done, and half an answer"),
    ],
)
async def test_what_fails_on_the_way_is_sent_again(
    double: Double, store: Store, kari: User, fault: dict[str, Any], may_repeat: bool
) -> None:
    double.fail("sendMessage", **fault)
    async with sending(double, store, jitter=lambda: 0.0):
        await keep(store, kari.id, "a", "b")
        await until_empty(store)
    assert shown(kari) == (["a", "a", "b"] if may_repeat else ["a", "b"])


@pytest.mark.promise("R19")
async def test_who_has_blocked_the_bot_is_dropped(double: Double, store: Store, kari: User) -> None:
    await kari.block()
    async with sending(double, store):
        await keep(store, kari.id, "a", "b", "c")
        await until_empty(store)
    assert len(double.calls.of("sendMessage")) == 1
    assert await table(store, "conversation"), "the answers stay"


@pytest.mark.promise("R20")
async def test_text_that_is_refused_comes_as_plain_text(
    double: Double, store: Store, kari: User
) -> None:
    double.fail("sendMessage", status=400, description="Bad Request: can't parse entities: no")
    async with sending(double, store):
        await keep(store, kari.id, QUESTION)
        await until_empty(store)
    assert shown(kari) == ["Er dere <registrert> & klare?\n\n1. Ja\n2. Nei"]
    assert kari.last.keyboard


async def test_a_message_is_changed_in_place_or_sent_anew(
    double: Double, store: Store, kari: User
) -> None:
    async with sending(double, store):
        await keep(store, kari.id, "første")
        await until_empty(store)
        number = kari.last.id
        for text in ("andre", "andre"):  # the second time nothing is modified
            await keep(store, kari.id, Reply(text, replaces=number))
        await until_empty(store)
        assert shown(kari) == ["andre"]
        kari.last.is_deleted = True
        await keep(store, kari.id, Reply("tredje", replaces=number))
        await until_empty(store)
    assert shown(kari) == ["tredje"]
    assert kari.last.id != number


async def test_a_group_that_moves_gets_its_messages_at_its_new_number(
    double: Double, store: Store, kari: User
) -> None:
    group = Group(double, "Styret", [kari], is_supergroup=False)
    moved = await group.migrate(kari)
    seen: list[tuple[str, str]] = []

    async def on_migrated(old: str, new: str) -> None:
        seen.append((old, new))

    async with sending(double, store, on_migrated=on_migrated):
        await keep(store, f"{group.chat.id}/{kari.id}", "a", "b")
        await until_empty(store)
    assert seen == [(str(group.chat.id), str(moved.chat.id))]
    assert [message.shown for message in moved.chat.visible()][-2:] == ["a", "b"]


@pytest.mark.parametrize("breaks", [False, True])
async def test_a_card_is_a_file_or_at_least_a_message(
    double: Double, store: Store, kari: User, breaks: bool
) -> None:
    def as_pdf(text: str, lang: str) -> bytes:
        assert not breaks
        return f"%PDF-1.7 {lang} {text}".encode()

    async with sending(double, store, as_pdf=as_pdf):
        await keep(store, kari.id, Reply("Søk til IMDi\n\nFordi …", YES_NO, "document"))
        await until_empty(store)
    assert kari.last.keyboard
    if breaks:
        assert kari.last.shown == "Søk til IMDi\n\nFordi …"
    else:
        assert kari.last.shown == "Søk til IMDi"
        assert kari.last.file
        assert kari.last.file.name.startswith("veiviser-20")
        assert kari.last.file.content.decode() == "%PDF-1.7 nb Søk til IMDi\n\nFordi …"


@pytest.mark.promise("P9")
async def test_one_s_own_data_comes_as_files_each_once(
    double: Double, store: Store, kari: User
) -> None:
    scheme = load_scheme(2019)

    async def read(chat: str) -> tuple[OwnFile, ...]:
        return await own_files(store, Chat("telegram", chat, is_sent_to=True), scheme)

    await keep(store, kari.id, "Hei!", Reply("Dette er alt.", kind="own_data"), QUESTION)
    (other,) = users(double, 1)
    await other.send("/start")
    await keep(store, other.id, "Noe til en annen")
    double.fail("sendDocument", skip=1, status=500)
    async with sending(double, store, own_files=read, jitter=lambda: 0.0):
        await until_empty(store)
    to_read, for_programs = (m for m in kari.chat.visible() if m.file)
    assert shown(kari)[:3] == ["Hei!", "Dette er alt.", ""]
    assert len(shown(kari)) == 4
    assert to_read.file
    assert for_programs.file
    assert "< Hei!" in to_read.file.content.decode()
    assert "Noe til en annen" not in to_read.file.content.decode()
    (address,) = json.loads(for_programs.file.content)["address"]
    assert address["chat"] == str(kari.id)


async def test_one_s_own_data_that_cannot_be_read_is_not_said_to_be_there(
    double: Double, store: Store, kari: User
) -> None:
    async with sending(double, store):
        await keep(store, kari.id, Reply("Dette er alt.", kind="own_data"), "Videre")
        await until_empty(store)
    assert shown(kari) == [say("nb", "failed"), "Videre"]


@pytest.mark.promise("R5", "R21", "R22")
async def test_a_burst_keeps_to_every_limit_and_to_the_order(
    double: Double, two_stores: tuple[Store, Store]
) -> None:
    store, other = two_stores
    rate, people = 60, list(users(double, 90))
    for user in people:
        await user.send("/start")
    for user in people:
        await keep(store, user.id, "a", "b")
    async with sending(double, store, rate=rate), sending(double, other, rate=rate):
        await until_empty(store)
    assert all(shown(user) == ["a", "b"] for user in people)
    sent = double.calls.messages()
    assert len(sent) == 180
    assert most_within(1 - ON_THE_WAY_S, sent) <= rate


@pytest.mark.promise("R21")
async def test_a_chat_gets_three_at_once_and_then_one_a_second(
    double: Double, store: Store, kari: User
) -> None:
    async with sending(double, store):
        await keep(store, kari.id, *"abcde")
        await until_empty(store)
    assert shown(kari) == list("abcde")
    assert most_within(3, double.calls.messages(kari.id)) == 3


@pytest.mark.promise("T2")
async def test_the_token_is_in_nothing_that_is_logged(
    double: Double, store: Store, kari: User, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG, "bot")
    for how in ({"status": 502, "as_page": True}, {"fault": Fault.RESET}, {"status": 401}):
        double.fail("sendMessage", **how)
    async with sending(double, store, jitter=lambda: 0.0):
        await keep(store, kari.id, "a")
        await until_empty(store)
    ours = [record for record in caplog.records if record.name.startswith("bot")]
    assert len(ours) >= 3
    assert double.token not in "".join(str(record.__dict__) for record in ours)
