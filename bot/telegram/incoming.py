"""From an update of Telegram to what a person did, or to why it is passed over.

Called by ``bot.telegram.intake``. Pure: no network, no database, no clock. Nobody's name and no
file goes further than this module, only the kind of what was sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from telegram import CallbackQuery, ChatMemberUpdated, Message, MessageEntity, Update, User

from bot.store import Chat
from bot.telegram.buttons import owner_of, unpack
from bot.telegram.chats import members_own, whole
from dialogs.conversation import OPENING
from dialogs.messages import Utterance

LONGEST_ALERT = 200  # signs of what is shown at a button
GROUPS = ("group", "supergroup")
GONE = ("left", "kicked")
# What a message holds beside text, in the words of `dialogs`; looked for in this order.
ATTACHMENTS = {
    "voice": "voice",
    "sticker": "sticker",
    "photo": "photo",
    "venue": "location",
    "location": "location",
    "animation": "other",  # Telegram sends a document with it
    "document": "document",
    "audio": "other",
    "video": "other",
    "video_note": "other",
    "contact": "other",
    "poll": "other",
    "dice": "other",
}


@dataclass(frozen=True, slots=True)
class Me:
    """The bot itself; ``username`` without its @."""

    id: int
    username: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A button that was tapped, and the message it was on.

    ``message`` is that message's number, None where Telegram no longer gives it; ``keyboard`` the
    data and label of its buttons; ``turn`` that of the pressed one.
    """

    query: str
    data: str = ""
    turn: int | None = None
    message: int | None = None
    text: str = ""
    keyboard: tuple[tuple[str, str], ...] = ()

    @property
    def label(self) -> str:
        """What stood on the button; empty where the message is not given."""
        return next((label for data, label in self.keyboard if data == self.data), "")


@dataclass(frozen=True, slots=True)
class Incoming:
    """Something a person said to the bot.

    ``place`` is the chat's number at Telegram and ``person`` the sender's; both are kept in memory
    only. ``addressed`` tells how a group turned to the bot: command, reply, mention or tap.
    ``link`` is what a deep link carried.
    """

    id: int
    chat: Chat
    place: int
    person: int
    utterance: Utterance
    tap: Tap | None = None
    addressed: str | None = None
    link: str | None = None

    @property
    def is_group(self) -> bool:
        return self.addressed is not None

    @property
    def is_anothers(self) -> bool:
        """Whether the button is one that somebody else was given."""
        owner = owner_of(self.tap.data) if self.tap else None
        return owner is not None and owner != self.person


@dataclass(frozen=True, slots=True)
class InlineQuestion:
    """Somebody asks from another chat, as «@bot kan vi søke»."""

    query: str
    text: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Membership:
    """The bot was ``added`` to a group, or is ``gone``: blocked by a person or out of a group."""

    chat: Chat
    place: int
    change: str
    lang: str | None


@dataclass(frozen=True, slots=True)
class Moved:
    """A group has become a supergroup, which has another number."""

    old: int
    new: int


@dataclass(frozen=True, slots=True)
class Ignored:
    """An update that means nothing here. ``query``: a tap that waits for some answer."""

    reason: str
    query: str | None = None


Read = Incoming | InlineQuestion | Membership | Moved | Ignored


def lane_of(read: Read) -> str | None:
    """What must be taken in order: all of a chat, for the members of a group may answer together.

    None for what belongs to no chat.
    """
    match read:
        case Incoming() | Membership():
            return str(read.place)
        case Moved():
            return str(read.old)
    return None


def read_update(raw: Mapping[str, Any], me: Me) -> Read:
    """Read an update as Telegram's JSON gives it; never raises, whatever it holds."""
    try:
        update = Update.de_json(dict(raw))
        for kind, read in _KINDS.items():
            if (content := getattr(update, kind)) is not None:
                return read(update.update_id, content, me)
    # Telegram may change anything at any time, and what cannot be read must hold nobody up.
    except Exception:
        return Ignored("malformed")
    return Ignored("kind")


def _message(number: int, message: Message, me: Me) -> Read:
    if message.migrate_to_chat_id is not None:
        return Moved(message.chat.id, message.migrate_to_chat_id)
    sender = message.from_user
    if sender is None or sender.is_bot or message.sender_chat is not None:
        return Ignored("not a person")
    if message.via_bot is not None and message.via_bot.id == me.id:
        return Ignored("our own answer")
    utterance, is_mention = _said(message, me)
    if utterance is None:
        return Ignored("service message")
    addressed = None
    if message.chat.type in GROUPS:
        addressed = _addressed(message, utterance, is_mention, me)
        if addressed is None:
            return Ignored("not to us")
    elif message.chat.type != "private":
        return Ignored("not a person")
    incoming = Incoming(
        number,
        _conversation(message.chat.id, sender, message.chat.type),
        message.chat.id,
        sender.id,
        replace(utterance, lang=sender.language_code),
        addressed=addressed,
    )
    return _with_link(incoming)


def _edited(number: int, message: Message, me: Me) -> Read:
    """An edited text is told that it is not read; a position that moves would be told for ever."""
    if not message.text:
        return Ignored("edited")
    read = _message(number, message, me)
    if not isinstance(read, Incoming):
        return read
    return replace(read, utterance=replace(read.utterance, is_edited=True), link=None)


def _tapped(number: int, query: CallbackQuery, me: Me) -> Read:
    message = query.message
    if message is None or query.data is None or query.from_user.is_bot:
        return Ignored("tap without a message", query.id)
    kind = message.chat.type
    if kind not in ("private", *GROUPS):
        return Ignored("not a person", query.id)
    button, turn = unpack(query.data)
    tap = Tap(query.id, query.data, turn)
    if isinstance(message, Message) and message.is_accessible:  # else it is too old to be given
        rows = message.reply_markup.inline_keyboard if message.reply_markup else ()
        pairs = tuple((str(b.callback_data), b.text) for row in rows for b in row)
        tap = replace(tap, message=message.message_id, text=message.text or "", keyboard=pairs)
    return Incoming(
        number,
        _conversation(message.chat.id, query.from_user, kind),
        message.chat.id,
        query.from_user.id,
        Utterance(button=button, lang=query.from_user.language_code, turn=turn),
        tap=tap,
        addressed="tap" if kind in GROUPS else None,
    )


def _asked_inline(number: int, query: Any, me: Me) -> Read:
    return InlineQuestion(query.id, query.query, query.from_user.language_code)


def _membership(number: int, changed: ChatMemberUpdated, me: Me) -> Read:
    before, after = changed.old_chat_member.status, changed.new_chat_member.status
    is_group = changed.chat.type in GROUPS
    if changed.chat.type != "private" and not is_group:
        return Ignored("not a person")
    change = None
    if after in GONE:
        change = "gone"
    elif before in GONE and is_group:
        change = "added"
    if change is None:
        return Ignored("membership")
    chat = whole(changed.chat.id)
    return Membership(chat, changed.chat.id, change, changed.from_user.language_code)


_KINDS: dict[str, Callable[[int, Any, Me], Read]] = {
    "message": _message,
    "callback_query": _tapped,
    "inline_query": _asked_inline,
    "edited_message": _edited,
    "my_chat_member": _membership,
}


def _conversation(place: int, person: User, kind: str) -> Chat:
    return members_own(place, person.id) if kind in GROUPS else whole(place)


def _said(message: Message, me: Me) -> tuple[Utterance | None, bool]:
    """What was said, without our own name, and whether that name was in it."""
    if message.text is not None:
        text, is_mention = _without_name(message.text, message.entities, me)
        return Utterance(text=text or OPENING.text), is_mention
    for field, kind in ATTACHMENTS.items():
        if getattr(message, field):
            _, is_mention = _without_name(message.caption or "", message.caption_entities, me)
            return Utterance(attachment=kind), is_mention
    return None, False


def _without_name(text: str, entities: tuple[MessageEntity, ...], me: Me) -> tuple[str, bool]:
    """The text without «@bot», also behind a command; Telegram counts in UTF-16 units."""
    units = text.encode("utf-16-le", "surrogatepass")
    name, is_mention = f"@{me.username}".casefold(), False
    for entity in sorted(entities, key=lambda entity: entity.offset, reverse=True):
        start, end = 2 * entity.offset, 2 * (entity.offset + entity.length)
        said = units[start:end].decode("utf-16-le", "replace")
        is_us = entity.type == "text_mention" and entity.user and entity.user.id == me.id
        if is_us or (entity.type == "mention" and said.casefold() == name):
            units, is_mention = units[:start] + units[end:], True
        elif entity.type == "bot_command" and said.casefold().endswith(name):
            end -= 2 * len(name)
            units = units[:end] + units[2 * (entity.offset + entity.length) :]
    left = units.decode("utf-16-le", "surrogatepass")
    return (" ".join(left.split()) if is_mention else left), is_mention


def _addressed(message: Message, utterance: Utterance, is_mention: bool, me: Me) -> str | None:
    """How a message in a group turns to the bot; None where it does not."""
    text = utterance.text or ""
    if text.startswith("/"):
        command = text.split(maxsplit=1)[0]
        return None if "@" in command else "command"  # an @ that is left is another bot's
    if is_mention:
        return "mention"
    answered = message.reply_to_message
    is_reply = answered is not None and answered.from_user and answered.from_user.id == me.id
    return "reply" if is_reply else None


def _with_link(incoming: Incoming) -> Incoming:
    """«/start» with something behind it came by a deep link."""
    command, _, link = (incoming.utterance.text or "").partition(" ")
    if command != OPENING.text or not link:
        return incoming
    opening = replace(incoming.utterance, text=OPENING.text)
    return replace(incoming, utterance=opening, link=link.strip())
