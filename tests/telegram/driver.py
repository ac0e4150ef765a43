"""People who use the bot: they write, press buttons by their labels, send files and talk in groups.

Used by the tests of the Telegram channel. A `User` acts in the double (``tests.telegram.double``)
and sees what the bot does there; it knows nothing of the bot itself, which may run anywhere.
"""

import asyncio
import itertools
from collections.abc import Callable, Iterable, Sequence
from typing import Any

from tests.telegram.double.keyboards import labels
from tests.telegram.double.markup import Text, from_person
from tests.telegram.double.server import Double
from tests.telegram.double.world import (
    CALLBACK_LIVES,
    INLINE_LIVES,
    Chat,
    ChatType,
    Event,
    InlineMessage,
    Json,
    Message,
    Person,
    Query,
)
from tests.telegram.transcript import transcript

Match = str | Callable[[Message], bool] | None

PATIENCE = 10.0  # seconds that a person waits for the bot
_SHOWN = {"sent", "edited"}

ATTACHMENTS: dict[str, Json] = {
    "voice": {"duration": 3, "mime_type": "audio/ogg", "file_size": 4711},
    "document": {"file_name": "budsjett.pdf", "mime_type": "application/pdf", "file_size": 4711},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "emoji": "👍",
    },
    "photo": {"width": 90, "height": 51, "file_size": 1101},
    "video": {"width": 90, "height": 51, "duration": 3, "mime_type": "video/mp4"},
    "audio": {"duration": 3, "mime_type": "audio/mpeg", "title": "Sang"},
    "video_note": {"length": 240, "duration": 3},
}
_WITHOUT_FILE: dict[str, Json] = {
    "location": {"latitude": 59.913869, "longitude": 10.752245},
    "contact": {"phone_number": "+4791234567", "first_name": "Kari", "user_id": 99},
    "dice": {"emoji": "🎲", "value": 4},
}


class NotSeen(AssertionError):
    """The bot did not do what a person waited for."""


class Pressed:
    """A press of a button."""

    def __init__(self, query: Query, label: str, seen: Callable[[], str]) -> None:
        self._query = query
        self._label = label
        self._seen = seen

    async def answered(self, patience: float = PATIENCE) -> Json:
        """What the bot answered it with: ``text`` and ``show_alert``."""
        try:
            async with asyncio.timeout(patience):
                while self._query.answer is None:
                    await self._query.changes.wait()
        except TimeoutError:
            words = f"the press of [{self._label}] was not answered in {patience} s"
            raise NotSeen(f"{words}\n{self._seen()}") from None
        return self._query.answer


class Room:
    """One chat as one person sees it. ``User`` is a person in the private chat."""

    def __init__(self, double: Double, person: Person, chat: Chat) -> None:
        self.double = double
        self.person = person
        self.chat = chat
        self._seen = 0  # events of the chat that this person has looked at

    @property
    def id(self) -> int:
        return self.person.id

    async def send(self, text: str, reply_to: Message | None = None) -> Message:
        """Write a message."""
        return self._post(text=from_person(text), reply_to=reply_to)

    async def attach(self, kind: str, caption: str = "") -> Message:
        """Send a voice message, photo, sticker, document, location, contact or dice."""
        return self._post(content=self._attachment(kind), caption=from_person(caption))

    async def edit(self, message: Message, text: str) -> None:
        """Change one's own message."""
        message.text = from_person(text)
        message.edited = self.double.clock.date()
        self.double.says(message, "edited_message")

    async def press(self, label: str) -> Pressed:
        """Press the newest button with this label."""
        for message in reversed(list(self.chat.visible())):
            if label in labels(message.keyboard):
                return await self.press_on(message, label)
        known = [label for message in self.chat.visible() for label in labels(message.keyboard)]
        raise NotSeen(f"no button [{label}]; there are {known}\n{self.transcript()}")

    async def press_on(self, message: Message, label: str) -> Pressed:
        """Press a button of a certain message, which may be old."""
        for button in itertools.chain.from_iterable(message.keyboard):
            if button["text"] == label:
                return self.press_data(message, button["callback_data"], label)
        found = labels(message.keyboard)
        raise NotSeen(f"no button [{label}] on message {message.id}; it has {found}")

    def press_data(self, message: Message, data: str, label: str = "") -> Pressed:
        """Press a button that may not be shown any more, as an old app can."""
        self._look()
        world = self.double.world
        query = world.ask(world.callbacks, self.person, CALLBACK_LIVES)
        body = {
            "id": query.id,
            "from": self.person.as_json(),
            "chat_instance": str(message.chat.id),
            "message": message.as_json(),
            "data": data,
        }
        self.double.asks("callback_query", body, self.person)
        return Pressed(query, label or data, self.transcript)

    async def until(self, match: Match = None, patience: float = PATIENCE) -> Message:
        """The next message that the bot sends or edits here, and that matches.

        Looks at everything since this person's last action or the last message given back. A text
        matches when the message contains it.
        """
        event = await self._until(lambda event: _is_shown(event, match), match, patience)
        assert event.message is not None
        return event.message

    async def until_quiet(self, seconds: float = 0.3) -> list[Message]:
        """All that the bot has sent or edited here since, once it has been quiet so long."""
        while True:
            before = len(self.chat.events)
            await asyncio.sleep(seconds)
            if len(self.chat.events) == before:
                break
        found = [event.message for event in self.chat.events[self._seen :] if _is_shown(event)]
        self._look()
        return [message for message in found if message]

    @property
    def last(self) -> Message:
        """The newest message of the bot that can be seen."""
        for message in reversed(list(self.chat.visible())):
            if message.sender is self.double.world.bot:
                return message
        raise NotSeen(f"the bot has written nothing\n{self.transcript()}")

    def transcript(self) -> str:
        """The chat as text, as it looks now."""
        return transcript(self.chat, self.double.world.bot)

    def _post(self, **what: Any) -> Message:
        self._look()
        self.chat.is_started = True
        message = self.chat.add(self.person, self.double.clock.date(), **what)
        if self._is_for_bot(message):
            self.double.says(message)
        return message

    def _is_for_bot(self, message: Message) -> bool:
        """In a group, a bot with privacy mode gets commands, mentions and replies to itself."""
        if self.chat.type == "private" or self.double.reads_all_of_groups:
            return not (self.chat.is_blocked or self.chat.bot_has_left)
        bot = self.double.world.bot
        mention = f"@{bot.username}".lower()
        marked = [_part(message.text, entity).lower() for entity in message.text.entities]
        return (
            bool(message.reply_to and message.reply_to.sender is bot)
            or mention in marked
            or any(part.startswith("/") and ("@" not in part or mention in part) for part in marked)
        )

    def _attachment(self, kind: str) -> Json:
        if kind in _WITHOUT_FILE:
            return {kind: _WITHOUT_FILE[kind]}
        number = self.double.world.new_id()
        file = {"file_id": f"AwACAgQ{number:08d}", "file_unique_id": f"AgAD{number:08d}"}
        content = file | ATTACHMENTS[kind]
        return {kind: [content] if kind == "photo" else content}

    def _look(self) -> None:
        self._seen = len(self.chat.events)

    async def _until(self, found: Callable[[Event], bool], match: Match, patience: float) -> Event:
        try:
            async with asyncio.timeout(patience):
                while True:
                    while self._seen < len(self.chat.events):
                        event = self.chat.events[self._seen]
                        self._seen += 1
                        if found(event):
                            return event
                    await self.chat.changes.wait()
        except TimeoutError:
            wanted = "a message" if match is None else f"a message with {match!r}"
            calls = [f"{c.method} {c.status} {c.description}" for c in self.double.calls.all[-5:]]
            words = f"{self.person.first_name} saw no {wanted.removeprefix('a ')} in {patience} s"
            raise NotSeen(f"{words}\n{self.transcript()}\nlast calls: {calls}") from None


class User(Room):
    """A person, in the private chat with the bot."""

    def __init__(self, double: Double, name: str, language_code: str = "nb", username: str = ""):
        person = double.world.new_person(name, language_code, username)
        super().__init__(double, person, double.world.chats[person.id])

    async def block(self) -> None:
        """Block the bot: it cannot write any more."""
        self.chat.is_blocked = True
        self.double.membership(self.chat, self.person, "member", "kicked")

    async def unblock(self) -> None:
        self.chat.is_blocked = False
        self.double.membership(self.chat, self.person, "kicked", "member")

    async def inline(self, text: str, patience: float = PATIENCE) -> Json:
        """Write ``@bot text`` in some other chat: the bot's answer, with ``results``."""
        world = self.double.world
        query = world.ask(world.inline_queries, self.person, INLINE_LIVES)
        body = {"id": query.id, "from": self.person.as_json(), "query": text, "offset": ""}
        self.double.asks("inline_query", body | {"chat_type": "group"}, self.person)
        return await Pressed(query, f"@… {text}", self.transcript).answered(patience)

    async def choose(self, result: Json, query: str) -> InlineMessage:
        """Send one of the results of an inline query into that other chat."""
        world = self.double.world
        number = f"inline-{world.new_id()}"
        content = result["input_message_content"]["message_text"]
        rows = result.get("reply_markup", {}).get("inline_keyboard", [])
        message = InlineMessage(number, Text(content), rows)
        world.inline_messages[number] = message
        body = {"result_id": result["id"], "from": self.person.as_json(), "query": query}
        if rows:
            body["inline_message_id"] = number
        self.double.asks("chosen_inline_result", body, self.person)
        return message


class Group:
    """A group with the bot in it; ``group.of(kari)`` is the group as Kari sees it."""

    def __init__(
        self, double: Double, title: str, users: Sequence[User], *, is_supergroup: bool = True
    ) -> None:
        self.double = double
        people = [user.person for user in users]
        kind: ChatType = "supergroup" if is_supergroup else "group"
        self.chat = double.world.new_chat(kind, title, people)
        self._rooms: dict[int, Room] = {}

    def of(self, user: User) -> Room:
        """The group as this person sees it; the same object each time."""
        room = self._rooms.get(user.id)
        if room is None:
            room = self._rooms[user.id] = Room(self.double, user.person, self.chat)
        return room

    async def say(self, user: User, text: str, reply_to: Message | None = None) -> Message:
        return await self.of(user).send(text, reply_to)

    async def mention(self, user: User, text: str) -> Message:
        """Write to the bot by its name."""
        return await self.say(user, f"@{self.double.world.bot.username} {text}")

    async def add_bot(self, by: User) -> None:
        """Tell the bot that it has been put into the group."""
        self.chat.bot_has_left = ""
        self.double.membership(self.chat, by.person, "left", "member")

    async def kick_bot(self, by: User) -> None:
        self.chat.bot_has_left = "kicked"
        self.double.membership(self.chat, by.person, "member", "kicked")

    async def join(self, user: User) -> None:
        """Somebody more comes in."""
        self.chat.members[user.id] = user.person
        self._service(user.person, {"new_chat_members": [user.person.as_json()]})

    async def leave(self, user: User) -> None:
        self.chat.members.pop(user.id, None)
        self._service(user.person, {"left_chat_member": user.person.as_json()})

    async def migrate(self, by: User) -> "Group":
        """The group becomes a supergroup with another id, which is given back."""
        new = Group(self.double, self.chat.title, [])
        new.chat.members = self.chat.members
        self.chat.migrated_to = new.chat.id
        self._service(by.person, {"migrate_to_chat_id": new.chat.id})
        new._service(by.person, {"migrate_from_chat_id": self.chat.id})
        return new

    def transcript(self) -> str:
        return transcript(self.chat, self.double.world.bot)

    def _service(self, by: Person, content: Json) -> None:
        self.double.says(self.chat.add(by, self.double.clock.date(), content=content))


def users(double: Double, number: int) -> Iterable[User]:
    """So many people, told apart by their numbers."""
    return [User(double, f"Person {index}") for index in range(1, number + 1)]


def _is_shown(event: Event, match: Match = None) -> bool:
    if event.what not in _SHOWN or event.message is None:
        return False
    if isinstance(match, str):
        return match in event.message.shown
    return match is None or match(event.message)


def _part(text: Text, entity: Json) -> str:
    """What an entity marks."""
    encoded = text.shown.encode("utf-16-le")
    begin = entity["offset"] * 2
    return encoded[begin : begin + entity["length"] * 2].decode("utf-16-le")
