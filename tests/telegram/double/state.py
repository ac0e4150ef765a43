"""Everything the server knows, in one place, for the methods and for the driver.

Made by ``server``. Holds the parts and joins what happens in a chat to the update it gives.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from tests.telegram.double.clock import Clock
from tests.telegram.double.intake import Intake
from tests.telegram.double.webhook import Webhook
from tests.telegram.double.world import Chat, Json, Message, Person, World

# Where the updates of one person that are no messages wait (Client.cpp, add_update).
QUEUES = {"inline_query": 1 << 33, "chosen_inline_result": 2 << 33, "callback_query": 3 << 33}


@dataclass(slots=True)
class Profile:
    """What the bot has told about itself, by language and, for commands, by scope."""

    commands: dict[tuple[str, str], list[Json]] = field(default_factory=dict)
    descriptions: dict[str, str] = field(default_factory=dict)
    short_descriptions: dict[str, str] = field(default_factory=dict)


class Telegram:
    """The server's state; ``pace`` is what a second of its own waiting lasts, in seconds."""

    def __init__(self, token: str, username: str, pace: float) -> None:
        self.token = token
        self.pace = pace
        self.clock = Clock()
        bot = Person(int(token.partition(":")[0]), "Veiviser", "", username, is_bot=True)
        self.world = World(bot, self.clock)
        self.intake = Intake(self.clock, pace)
        self.webhook: Webhook | None = None
        self.profile = Profile()
        self.reads_all_of_groups = True
        self.call: Callable[[Json], Awaitable[None]] = _no_call

    def says(self, message: Message, kind: str = "message") -> None:
        """Tell the bot of a message, if it can see it."""
        if message.chat.type == "channel":
            kind = {"message": "channel_post", "edited_message": "edited_channel_post"}[kind]
        self.intake.add(kind, message.as_json(), message.chat.id)

    def asks(self, kind: str, body: Json, by: Person) -> None:
        """Tell the bot of something that a person did and that is no message."""
        self.intake.add(kind, body, by.id + QUEUES[kind])

    def membership(self, chat: Chat, by: Person, before: str, after: str) -> None:
        """Tell the bot that its own place in a chat has changed."""
        change = {
            "chat": chat.as_json(),
            "from": by.as_json(),
            "date": self.clock.date(),
            "old_chat_member": member(self.world.bot, before),
            "new_chat_member": member(self.world.bot, after),
        }
        self.intake.add("my_chat_member", change, chat.id)


def member(person: Person, status: str) -> Json:
    """A ChatMember as the Bot API writes it."""
    found: Json = {"user": person.as_json(), "status": status}
    if status == "kicked":
        found["until_date"] = 0
    if status == "creator":
        found["is_anonymous"] = False
    return found


async def _no_call(body: Json) -> None:
    """What a webhook answered with, until there is a server to carry it out."""
