"""The double by hand: lines typed reach the bot, and what the bot does is shown with numbers."""

import asyncio
import sys
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import pytest
import pytest_asyncio

from tests.telegram.by_hand import ByHand
from tests.telegram.calling import Caller
from tests.telegram.double import TOKEN, Double
from tests.telegram.double.world import Changes
from tests.telegram.driver import User

MARKUP = {
    "inline_keyboard": [
        [{"text": "Ja", "callback_data": "ja"}, {"text": "Vet ikke", "callback_data": "?"}]
    ]
}


class Terminal:
    """What was shown to somebody who types lines one by one."""

    def __init__(self) -> None:
        self.shown: list[str] = []
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        self._changes = Changes()

    def show(self, text: str) -> None:
        self.shown.append(text)
        self._changes.tell()

    async def typed(self) -> AsyncIterator[str]:
        while True:
            yield await self.lines.get()

    async def until(self, part: str) -> str:
        async with asyncio.timeout(5):
            while True:
                for text in self.shown:
                    if part in text:
                        return text
                await self._changes.wait()


@pytest_asyncio.fixture
async def terminal(double: Double, kari: User, tmp_path: Path) -> AsyncIterator[Terminal]:
    found = Terminal()
    talking = asyncio.create_task(ByHand(kari, found.show, tmp_path).talk(found.typed()))
    yield found
    talking.cancel()


async def next_of(api: Caller, kind: str) -> dict[str, object]:
    """The next update of this kind; those before it are passed over."""
    offset = 0
    async with asyncio.timeout(5):
        while True:
            _, body = await api("getUpdates", offset=offset, limit=1, timeout=5)
            for update in body["result"]:
                offset = update["update_id"] + 1
                if kind in update:
                    await api("getUpdates", offset=offset)
                    found: dict[str, object] = update[kind]
                    return found


async def test_each_button_shown_has_a_number_that_stays_its_own(
    api: Caller, kari: User, terminal: Terminal
) -> None:
    for text in ("Klar?", "Sikker?"):
        await api("sendMessage", chat_id=kari.id, text=text, reply_markup=MARKUP)
    assert await terminal.until("Klar?") == "Klar?\n[1] Ja  [2] Vet ikke"
    assert await terminal.until("Sikker?") == "Sikker?\n[3] Ja  [4] Vet ikke"
    await terminal.lines.put("[2]")
    press = await next_of(api, "callback_query")
    assert press["data"] == "?"
    call = {"callback_query_id": press["id"], "text": "Takk", "show_alert": True}
    await api("answerCallbackQuery", **call)
    assert await terminal.until("alert") == "(alert: Takk)"
    edited = {"chat_id": kari.id, "message_id": 2, "text": "Klar: ja"}
    await api("editMessageText", **edited)
    assert await terminal.until("Klar: ja") == "(message 2 is now:)\nKlar: ja"


@pytest.mark.parametrize(
    ("line", "kind", "field", "value"),
    [
        pytest.param("Hei [der]", "message", "text", "Hei [der]", id="a line is a message"),
        pytest.param("[voice]", "message", "text", None, id="a voice message"),
        pytest.param("[edit] Hopp", "edited_message", "text", "Hopp", id="the last one changed"),
        pytest.param("[inline] kafé", "inline_query", "query", "kafé", id="an inline query"),
        pytest.param("[block]", "my_chat_member", "text", None, id="the bot is blocked"),
    ],
)
async def test_a_line_becomes_an_update(
    api: Caller, terminal: Terminal, line: str, kind: str, field: str, value: object
) -> None:
    assert (await next_of(api, "message"))["text"] == "/start"
    await terminal.lines.put("Hei")
    assert (await next_of(api, "message"))["text"] == "Hei"
    await terminal.lines.put(line)
    assert (await next_of(api, kind)).get(field) == value


@pytest.mark.parametrize(
    ("line", "shown"),
    [
        pytest.param("[?]", "press the button with this number", id="help"),
        pytest.param("[7]", "No button has the number 7.", id="no such button"),
    ],
)
async def test_what_cannot_be_done_is_explained(terminal: Terminal, line: str, shown: str) -> None:
    await terminal.lines.put(line)
    assert shown in await terminal.until(shown)


async def test_a_document_is_kept(
    api: Caller, kari: User, terminal: Terminal, tmp_path: Path
) -> None:
    form = aiohttp.FormData({"chat_id": str(kari.id), "caption": "Svaret"})
    form.add_field("document", b"%PDF-1.7", filename="svar.pdf")
    await api.sent("sendDocument", data=form)
    shown = await terminal.until("Svaret")
    assert shown == f"(svar.pdf, 8 bytes, in {tmp_path / '2-svar.pdf'})\nSvaret"
    assert (tmp_path / "2-svar.pdf").read_bytes() == b"%PDF-1.7"


async def test_the_command_says_where_it_listens_and_ends_with_its_input() -> None:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "tests.telegram.double", "--port", "0", "--quick"),
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    async with asyncio.timeout(30):
        head = (await process.stdout.readuntil(b"show this")).decode()
        address = head.partition("BASE_URL=")[2].split()[0]
        process.stdin.write(b"Hei\n")
        async with aiohttp.ClientSession() as session:
            async with session.get(f"{address}/bot{TOKEN}/getUpdates?timeout=20") as response:
                (update,) = (await response.json())["result"]
            call = {"chat_id": update["message"]["chat"]["id"], "text": "Hei, Kari"}
            async with session.post(f"{address}/bot{TOKEN}/sendMessage", json=call) as response:
                assert response.status == 200
            await process.stdout.readuntil(b"< Hei, Kari")
        process.stdin.close()
        assert await process.wait() == 0
