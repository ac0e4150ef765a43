"""Sends one message of the outbox to Telegram: its parts in order, a file, or in another's place.

Called by ``bot.telegram.sender``, which decides what becomes of a message that was not taken. Waits
for Telegram's limits before every call, and repeats no part that has been sent.
"""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping, Sequence

from telegram.error import ChatMigrated, TelegramError

from bot.own_data import OwnFile
from bot.store import Outgoing
from bot.store.rows import day_of
from bot.telegram.calls import Caller
from bot.telegram.chats import owner_in
from bot.telegram.fates import Fate, fate_of, is_about_entities, reason
from bot.telegram.markup import Part, caption, keyboard, parts
from bot.telegram.pace import Pace
from bot.telegram.transport import File
from bot.turns import now, where
from dialogs.texts import say

# The text of a card and its language, to a file.
AsPdf = Callable[[str, str], bytes]
# The name of a chat, to all that is kept about it.
OwnFiles = Callable[[str], Awaitable[Sequence[OwnFile]]]
# Told the old number of a group and the new one, as text.
OnMigrated = Callable[[str, str], Awaitable[None]]

LATE_MS = 3_600_000  # a reply that is older says that it comes late
_NO_PREVIEW = '{"is_disabled":true}'
_FILE = "veiviser-{day}.pdf"

Place = tuple[str, int, int]
_logger = logging.getLogger(__name__)


class Delivery:
    """The way of single messages to Telegram."""

    def __init__(
        self,
        caller: Caller,
        pace: Pace,
        *,
        clock: Callable[[], int] = now,
        as_pdf: AsPdf | None = None,
        own_files: OwnFiles | None = None,
        on_migrated: OnMigrated | None = None,
    ) -> None:
        """Send nothing yet.

        Args:
            caller: What calls the Bot API.
            pace: The limits to keep.
            clock: Milliseconds since 1970, UTC.
            as_pdf: Makes a file of a card; without it the card goes as a message.
            own_files: Reads all that is kept about a chat; without it whoever
                asks for theirs gets an apology.
            on_migrated: Told when a group has a new number.
        """
        self._caller = caller
        self._pace = pace
        self._clock = clock
        self._as_pdf = as_pdf
        self._own_files = own_files
        self._on_migrated = on_migrated
        self._one_file = asyncio.Lock()
        self._moved: dict[str, str] = {}
        # How many parts of a message have been sent, while the rest waits.
        self._begun: dict[Place, int] = {}

    async def send(self, message: Outgoing) -> None:
        """Send what of a message has not been sent yet.

        Raises:
            TelegramError: it was not taken, and may be tried again unless it is refused.
            bot.telegram.pace.Stopped: the program ends.
        """
        note = say(message.lang, "late") if self._clock() - message.made_at > LATE_MS else ""
        if message.reply.kind == "own_data":
            await self._own_data(message)
        elif message.reply.kind != "document" or not await self._document(message, note):
            made = parts(message.reply, message.turn, note, owner_in(message.chat))
            await self._parts(message, made)
        self.forget(message)

    def forget(self, message: Outgoing) -> None:
        """Nothing more of it is to be sent."""
        self._begun.pop(_place(message), None)

    async def apologise(self, message: Outgoing) -> None:
        """Tell a person that there is no answer in place of one that Telegram refuses."""
        await self._call(message, "sendMessage", {"text": say(message.lang, "failed")})

    async def _document(self, message: Outgoing, note: str) -> bool:
        """Send a card as a file; returns whether that could be done."""
        file = await self._file(message)
        if file is None:
            return False
        fields = {"caption": "\n\n".join(filter(None, (caption(message.reply.text), note)))}
        if keys := keyboard(message.reply.buttons, message.turn, owner_in(message.chat)):
            fields["reply_markup"] = keys
        try:
            await self._call(message, "sendDocument", fields, {"document": file})
        except TelegramError as error:
            if fate_of(error) is not Fate.REFUSED:
                raise
            _logger.error("file refused, sent as text", extra={"reason": reason(error)})
            return False
        return True

    async def _own_data(self, message: Outgoing) -> None:
        """Send all that is kept about a chat, read only now; what introduces it is on the first."""
        if self._own_files is None:  # the introduction alone would claim that nothing is kept
            raise LookupError("nobody reads what is kept about a chat")
        files, place = await self._own_files(message.chat), _place(message)
        for number in range(self._begun.get(place, 0), len(files)):
            one = files[number]
            fields = {} if number else {"caption": caption(message.reply.text)}
            document = (one.name, one.content, one.media_type)
            await self._call(message, "sendDocument", fields, {"document": document})
            self._begun[place] = number + 1

    async def _parts(self, message: Outgoing, made: tuple[Part, ...]) -> None:
        place = _place(message)
        for number in range(self._begun.get(place, 0), len(made)):
            replaces = message.reply.replaces if number == 0 else None
            await self._part(message, made[number], replaces)
            self._begun[place] = number + 1

    async def _part(self, message: Outgoing, part: Part, replaces: int | None) -> None:
        fields = {"text": part.html, "parse_mode": "HTML", "link_preview_options": _NO_PREVIEW}
        if part.keyboard:
            fields["reply_markup"] = part.keyboard
        method = "sendMessage"
        if replaces is not None:
            method, fields["message_id"] = "editMessageText", str(replaces)
        try:
            await self._call(message, method, fields)
        except TelegramError as error:
            fate = fate_of(error)
            if fate is Fate.GONE:
                await self._part(message, part, None)
            elif fate is Fate.REFUSED:
                _logger.error("refused, sent as plain text", extra={"reason": reason(error)})
                await self._call(message, method, _plain(fields, part, error))
            elif fate is not Fate.SENT:
                raise

    async def _file(self, message: Outgoing) -> File | None:
        """The card as a file; None where none can be made."""
        if self._as_pdf is None:
            return None
        try:
            async with self._one_file:  # each takes a processor for a while
                text, lang = message.reply.text, message.lang
                content = await asyncio.to_thread(self._as_pdf, text, lang)
        # Whatever is wrong with it, the person gets the card.
        except Exception as error:
            _logger.error("no file could be made of a card", extra={"reason": where(error)})
            return None
        return _FILE.format(day=day_of(message.made_at)), content, "application/pdf"

    async def _call(
        self,
        message: Outgoing,
        method: str,
        fields: Mapping[str, str],
        files: Mapping[str, File] | None = None,
    ) -> None:
        """Call when it is time, also where a group has moved to meanwhile."""
        name = chat_of(message)
        chat = self._moved.get(name, name)
        try:
            async with self._pace.turn(chat, is_edit=method == "editMessageText"):
                await self._caller.call(method, {"chat_id": chat, **fields}, files)
        except ChatMigrated as error:
            self._moved[name] = str(error.new_chat_id)
            await self._tell_of_move(chat, self._moved[name])
            await self._call(message, method, fields, files)

    async def _tell_of_move(self, old: str, new: str) -> None:
        if self._on_migrated is None:
            return
        try:
            await self._on_migrated(old, new)
        # What is to be sent goes to the new number, whatever becomes of the conversation.
        except Exception as error:
            _logger.error("a group that moved was not moved here", extra={"reason": where(error)})


def chat_of(message: Outgoing) -> str:
    """The chat's number at Telegram: in a group, what comes before the member's."""
    return message.chat.partition("/")[0]


def _place(message: Outgoing) -> Place:
    return message.key, message.seq, message.part


def _plain(fields: Mapping[str, str], part: Part, error: TelegramError) -> Mapping[str, str]:
    """The same as plain text; without its buttons if those may be what is refused."""
    dropped = {"parse_mode"} if is_about_entities(error) else {"parse_mode", "reply_markup"}
    kept = {name: value for name, value in fields.items() if name not in dropped}
    return {**kept, "text": part.text}
