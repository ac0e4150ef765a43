"""One person at a terminal instead of a test: what is typed is done, what the bot does is shown.

Used by ``python -m tests.telegram.double``. Every button shown gets a number of its own that stays
its own, so that an old one can be pressed as well.
"""

import asyncio
import re
from collections.abc import AsyncIterator, Callable, Coroutine
from itertools import count
from pathlib import Path
from typing import Any

from tests.telegram.double.world import Event, Message
from tests.telegram.driver import ATTACHMENTS, NotSeen, Pressed, User

HELP = f"""\
Write as one would in Telegram. Besides:
  [3]              press the button with this number, however old
  [edit] text      change the message written last
  [inline] text    ask in some other chat: @bot text
  [block]          block the bot, [unblock] let it write again
  [{"], [".join(ATTACHMENTS)}]
                   send such a thing
  [?]              show this"""
_BRACKETS = re.compile(r"\[([\w?]+)\]\s*(.*)", re.DOTALL)


class ByHand:
    """The private chat of one person, in lines of text.

    Args:
        user: Who talks.
        show: Takes what is to be shown.
        files: A folder for the documents that the bot sends; they are not kept where it is None.
    """

    def __init__(self, user: User, show: Callable[[str], None], files: Path | None = None) -> None:
        self._user = user
        self._show = show
        self._files = files
        self._buttons: dict[int, tuple[Message, str, str]] = {}
        self._numbers = count(1)
        self._last: Message | None = None
        self._tasks: set[asyncio.Task[None]] = set()

    async def talk(self, lines: AsyncIterator[str]) -> None:
        """Do what the lines say, and show what the bot does, until there are no more."""
        watching = asyncio.create_task(self._watch())
        try:
            async for line in lines:
                await self.do(line)
        finally:
            for task in (watching, *self._tasks):
                task.cancel()

    async def do(self, line: str) -> None:
        """Do what one line says."""
        found = _BRACKETS.fullmatch(line.strip())
        if found is None:
            if line.strip():
                self._last = await self._user.send(line)
            return
        word, rest = found[1], found[2]
        if word.isdigit():
            self._press(int(word))
        elif word in ATTACHMENTS:
            self._last = await self._user.attach(word, rest)
        elif word == "edit" and self._last:
            await self._user.edit(self._last, rest)
        elif word == "inline":
            self._later(self._inline(rest))
        elif word == "block":
            await self._user.block()
        elif word == "unblock":
            await self._user.unblock()
        else:
            self._show(HELP)

    def _press(self, number: int) -> None:
        if number not in self._buttons:
            self._show(f"No button has the number {number}.")
            return
        message, data, label = self._buttons[number]
        self._later(self._answer_to(self._user.press_data(message, data, label)))

    async def _answer_to(self, pressed: Pressed) -> None:
        answer = await pressed.answered()
        if answer["text"]:
            self._show(f"({'alert' if answer['show_alert'] else 'note'}: {answer['text']})")

    async def _inline(self, text: str) -> None:
        for result in (await self._user.inline(text))["results"]:
            content = result.get("input_message_content", {}).get("message_text", "")
            self._show(f"({result.get('title', result['type'])})\n{content}")

    def _later(self, doing: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(self._without_failing(doing))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _without_failing(self, doing: Coroutine[Any, Any, None]) -> None:
        try:
            await doing
        except NotSeen as unseen:
            self._show(f"({str(unseen).splitlines()[0]})")

    async def _watch(self) -> None:
        chat, seen = self._user.chat, 0
        while True:
            while seen < len(chat.events):
                self._show(self._as_text(chat.events[seen]))
                seen += 1
            await chat.changes.wait()

    def _as_text(self, event: Event) -> str:
        message = event.message
        if message is None:
            return f"({event.detail} …)"
        if event.what == "deleted":
            return f"(message {message.id} deleted)"
        head = f"(message {message.id} is now:)\n" if event.what == "edited" else ""
        if message.file:
            head += (
                f"({message.file.name}, {len(message.file.content)} bytes{self._kept(message)})\n"
            )
        rows = [
            "  ".join(self._numbered(message, button) for button in row) for row in message.keyboard
        ]
        return "\n".join([head + message.shown, *rows])

    def _numbered(self, message: Message, button: dict[str, str]) -> str:
        data = button.get("callback_data")
        if data is None:
            return f"[{button['text']}]"
        number = next(self._numbers)
        self._buttons[number] = (message, data, button["text"])
        return f"[{number}] {button['text']}"

    def _kept(self, message: Message) -> str:
        if self._files is None or message.file is None:
            return ""
        path = self._files / f"{message.id}-{Path(message.file.name).name}"
        path.write_bytes(message.file.content)
        return f", in {path}"
