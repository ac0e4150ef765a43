"""Updates by webhook come as the real server sends them: in order in a queue, until received."""

import asyncio
import itertools
from collections.abc import AsyncIterator, Callable
from typing import Any

import aiohttp
import pytest_asyncio
from aiohttp import web

from tests.telegram.calling import Caller
from tests.telegram.double import Double, running
from tests.telegram.double.webhook import SECRET_HEADER
from tests.telegram.double.world import Changes
from tests.telegram.driver import User

SECRET = "hemmelig-0123456789_abcdefghijklmnop"
Answer = Callable[[dict[str, Any]], web.Response]


class Hook:
    """An address of the bot: notes what comes, and answers as the test says."""

    def __init__(self) -> None:
        self.url = ""
        self.changes = Changes()
        self.received: list[dict[str, Any]] = []
        self.secrets: list[str | None] = []
        self.at_once = self.most_at_once = 0
        self.answer: Answer = lambda update: web.Response()
        self.seconds = 0.0

    async def post(self, request: web.Request) -> web.Response:
        self.at_once += 1
        self.most_at_once = max(self.most_at_once, self.at_once)
        self.secrets.append(request.headers.get(SECRET_HEADER))
        update = await request.json()
        self.received.append(update)
        self.changes.tell()
        await asyncio.sleep(self.seconds)
        self.at_once -= 1
        return self.answer(update)

    def texts(self) -> list[str]:
        return [update["message"]["text"] for update in self.received if "message" in update]

    async def until(self, number: int) -> None:
        async with asyncio.timeout(10):
            while len(self.received) < number:
                await self.changes.wait()


@pytest_asyncio.fixture
async def hook() -> AsyncIterator[Hook]:
    found = Hook()
    app = web.Application()
    app.router.add_post("/hook", found.post)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    found.url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    yield found
    await runner.cleanup()


async def test_what_waited_and_what_comes_is_sent_with_the_secret(
    double: Double, api: Caller, kari: User, hook: Hook
) -> None:
    await api("setWebhook", url=hook.url, secret_token=SECRET, max_connections=10)
    await kari.send("Hei")
    await hook.until(2)
    assert hook.texts() == ["/start", "Hei"]
    assert hook.secrets == [SECRET, SECRET]
    await double.intake.all_taken()
    _, body = await api("getWebhookInfo")
    assert body["result"]["url"] == hook.url
    assert body["result"]["pending_update_count"] == 0


async def test_messages_of_one_chat_come_one_at_a_time_and_others_beside_them(
    double: Double, api: Caller, kari: User, hook: Hook
) -> None:
    hook.seconds = 0.05
    await api("setWebhook", url=hook.url)
    for number in range(3):
        await kari.send(str(number))
    await hook.until(4)
    assert hook.texts() == ["/start", "0", "1", "2"]
    assert hook.most_at_once == 1
    ola = User(double, "Ola")
    await asyncio.gather(kari.send("a"), ola.send("b"))
    await hook.until(6)
    assert hook.most_at_once == 2


async def test_a_press_does_not_wait_for_a_message_of_the_same_person(
    double: Double, api: Caller, kari: User, hook: Hook
) -> None:
    button = {"text": "Ja", "callback_data": "ja"}
    markup = {"inline_keyboard": [[button]]}
    await api("sendMessage", chat_id=kari.id, text="Klar?", reply_markup=markup)
    hook.seconds = 0.05
    await api("setWebhook", url=hook.url)
    await asyncio.gather(kari.press("Ja"), kari.send("Hei"))
    await hook.until(3)
    assert hook.most_at_once == 2


async def test_an_update_is_sent_again_until_it_is_received_and_holds_up_its_queue(
    double: Double, api: Caller, kari: User, hook: Hook
) -> None:
    answers = iter([500, 500, 500])
    hook.answer = lambda update: web.Response(status=next(answers, 200))
    await api("setWebhook", url=hook.url)
    await kari.send("Hei")
    await hook.until(5)
    assert hook.texts() == ["/start"] * 4 + ["Hei"]
    assert double.webhook is not None
    times = [delivery.at for delivery in double.webhook.deliveries]
    # At once, then after 2 and 4 seconds, each of which lasts 0.01 here.
    waits = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert waits[1] >= 0.02
    assert waits[2] >= 0.04


async def test_retry_after_is_honoured(double: Double, api: Caller, kari: User, hook: Hook) -> None:
    answers = iter([web.Response(status=503, headers={"Retry-After": "20"})])
    hook.answer = lambda update: next(answers, web.Response())
    await api("setWebhook", url=hook.url)
    await double.intake.all_taken()
    assert double.webhook is not None
    first, second = double.webhook.deliveries
    assert second.at - first.at >= 0.2


async def test_an_update_that_is_too_old_is_given_up(
    api: Caller, double: Double, kari: User, hook: Hook
) -> None:
    hook.answer = lambda update: web.Response(status=500)
    await api("setWebhook", url=hook.url)
    await hook.until(2)
    double.clock.skip(24 * 3600)
    await double.intake.all_taken()
    assert double.webhook is not None
    assert double.webhook.deliveries[-1].status == 500


async def test_a_call_in_the_answer_is_carried_out(
    double: Double, api: Caller, kari: User, hook: Hook
) -> None:
    call = {"method": "sendMessage", "chat_id": kari.id, "text": "Hei"}
    hook.answer = lambda update: web.json_response(call)
    await api("setWebhook", url=hook.url)
    assert (await kari.until("Hei")).shown == "Hei"


async def test_after_the_webhook_is_deleted_what_was_not_received_can_be_polled(
    double: Double, api: Caller, kari: User, hook: Hook
) -> None:
    hook.answer = lambda update: web.Response(status=500)
    await api("setWebhook", url=hook.url)
    await hook.until(1)
    status, body = await api("getUpdates")
    assert (status, body["description"].split(";")[0]) == (
        409,
        "Conflict: can't use getUpdates method while webhook is active",
    )
    await api("deleteWebhook")
    _, body = await api("getUpdates")
    assert [update["message"]["text"] for update in body["result"]] == ["/start"]
    await api("setWebhook", url=hook.url)
    await api("deleteWebhook", drop_pending_updates=True)
    assert (await api("getUpdates"))[1]["result"] == []


async def test_a_long_backlog_is_delivered_in_the_order_of_each_chat(hook: Hook) -> None:
    async with running() as double:
        people = [User(double, str(number)) for number in range(20)]
        for number in range(20):
            for user in people:
                await user.send(f"{user.id} {number}")
        async with aiohttp.ClientSession() as session:
            await Caller(double, session)("setWebhook", url=hook.url, max_connections=100)
            await hook.until(400)
        for user in people:
            mine = [text for text in hook.texts() if text.startswith(f"{user.id} ")]
            assert mine == [f"{user.id} {number}" for number in range(20)]
