"""What Telegram knows: people, chats, messages with their keyboards, and open queries.

Kept and changed by the methods and by the driver; knows nothing of HTTP and of updates. Message
numbers begin at 1 in each chat, so a bot that mixes up two chats is found out.
"""

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.telegram.double.arguments import Upload
from tests.telegram.double.clock import Clock
from tests.telegram.double.keyboards import Rows
from tests.telegram.double.markup import Text

Json = dict[str, Any]
ChatType = Literal["private", "group", "supergroup", "channel"]
Happening = Literal["sent", "edited", "deleted", "action"]

CALLBACK_LIVES = 150.0  # seconds in which a press can be answered
INLINE_LIVES = 30.0


class Changes:
    """Wakes whoever waits for something new in a chat."""

    def __init__(self) -> None:
        self._next = asyncio.Event()

    def tell(self) -> None:
        """Something is new."""
        told, self._next = self._next, asyncio.Event()
        told.set()

    async def wait(self) -> None:
        """Until something is new."""
        await self._next.wait()


@dataclass(slots=True, eq=False)
class Person:
    """A user; ``is_bot`` for the bot itself."""

    id: int
    first_name: str
    language_code: str = "nb"
    username: str = ""
    is_bot: bool = False
    is_deactivated: bool = False

    def as_json(self) -> Json:
        found: Json = {"id": self.id, "is_bot": self.is_bot, "first_name": self.first_name}
        if self.username:
            found["username"] = self.username
        if self.language_code and not self.is_bot:
            found["language_code"] = self.language_code
        return found


@dataclass(slots=True, eq=False)
class Message:
    """A message in a chat; ``content`` holds whatever else it carries, as the Bot API names it."""

    chat: "Chat"
    id: int
    sender: Person | None
    date: int
    text: Text = field(default_factory=lambda: Text(""))
    caption: Text = field(default_factory=lambda: Text(""))
    keyboard: Rows = field(default_factory=list)
    content: Json = field(default_factory=dict)
    reply_to: "Message | None" = None
    edited: int | None = None
    is_deleted: bool = False
    file: Upload | None = None

    @property
    def shown(self) -> str:
        """What is read: the text, or the caption of a file."""
        return self.text.shown or self.caption.shown

    def as_json(self, *, with_reply: bool = True) -> Json:
        found: Json = {"message_id": self.id, "date": self.date, "chat": self.chat.as_json()}
        if self.sender:
            found["from"] = self.sender.as_json()
        else:
            found["sender_chat"] = self.chat.as_json()
        found |= self.content
        for name, text in (("", self.text), ("caption_", self.caption)):
            if text.shown:
                found[name.rstrip("_") or "text"] = text.shown
            if text.entities:
                found[f"{name}entities"] = list(text.entities)
        if self.keyboard:
            found["reply_markup"] = {"inline_keyboard": self.keyboard}
        if self.reply_to and with_reply:
            found["reply_to_message"] = self.reply_to.as_json(with_reply=False)
        if self.edited:
            found["edit_date"] = self.edited
        return found


@dataclass(frozen=True, slots=True)
class Event:
    """Something that the bot did in a chat, as the people in it see it."""

    what: Happening
    message: Message | None
    detail: str = ""


@dataclass(slots=True, eq=False)
class Chat:
    """A chat as the bot sees it."""

    id: int
    type: ChatType
    title: str = ""
    person: Person | None = None  # of a private chat
    members: dict[int, Person] = field(default_factory=dict)
    messages: dict[int, Message] = field(default_factory=dict)
    events: list[Event] = field(default_factory=list)
    changes: Changes = field(default_factory=Changes)
    is_started: bool = False  # the person of a private chat has written first
    is_blocked: bool = False
    bot_has_left: Literal["", "kicked", "left"] = ""
    migrated_to: int | None = None
    _last: int = 0

    def as_json(self) -> Json:
        found: Json = {"id": self.id, "type": self.type}
        if self.person:
            found["first_name"] = self.person.first_name
            if self.person.username:
                found["username"] = self.person.username
        else:
            found["title"] = self.title
        return found

    def add(self, sender: Person | None, date: int, **more: Any) -> Message:
        """Write a message at the end of the chat."""
        self._last += 1
        message = Message(self, self._last, sender, date, **more)
        self.messages[message.id] = message
        return message

    def happened(self, what: Happening, message: Message | None, detail: str = "") -> None:
        """The bot did this; whoever waits for it is woken."""
        self.events.append(Event(what, message, detail))
        self.changes.tell()

    def visible(self) -> Iterator[Message]:
        """The messages that can be seen, oldest first."""
        return (message for message in self.messages.values() if not message.is_deleted)


@dataclass(slots=True, eq=False)
class Query:
    """A press of a button or an inline query, until the bot answers or it is too old."""

    id: str
    by: Person
    until: float
    answer: Json | None = None
    changes: Changes = field(default_factory=Changes)


@dataclass(slots=True, eq=False)
class InlineMessage:
    """A message that a person sent by way of the bot, in a chat that the bot cannot see."""

    id: str
    text: Text
    keyboard: Rows


class World:
    """Everything there is besides the updates on their way."""

    def __init__(self, bot: Person, clock: Clock) -> None:
        self.bot = bot
        self.clock = clock
        self.chats: dict[int, Chat] = {}
        self.callbacks: dict[str, Query] = {}
        self.inline_queries: dict[str, Query] = {}
        self.inline_messages: dict[str, InlineMessage] = {}
        self._ids = 0

    def new_id(self) -> int:
        """A number that nothing else in this world has."""
        self._ids += 1
        return self._ids

    def new_person(self, name: str, language_code: str, username: str) -> Person:
        """A person with a private chat with the bot, in which nothing has been written."""
        person = Person(100_000 + self.new_id(), name, language_code, username)
        self.chats[person.id] = Chat(person.id, "private", person=person)
        return person

    def new_chat(self, kind: ChatType, title: str, members: list[Person]) -> Chat:
        """A group or channel with the bot in it."""
        number = self.new_id()
        chat_id = -(5_000_000 + number) if kind == "group" else -(1_002_000_000_000 + number)
        chat = Chat(chat_id, kind, title, members={member.id: member for member in members})
        self.chats[chat_id] = chat
        return chat

    def ask(self, queries: dict[str, Query], by: Person, lives: float) -> Query:
        """A new query of a person."""
        query = Query(str(4_000_000_000 + self.new_id()), by, self.clock.now() + lives)
        queries[query.id] = query
        return query
