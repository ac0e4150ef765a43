"""Methods about chats and their members, and the check that a chat can be written to.

Called by way of ``methods.ALL``; ``writable`` by the methods about messages.
"""

from typing import Any

from tests.telegram.double.arguments import Arguments
from tests.telegram.double.refusals import forbidden, malformed, migrated
from tests.telegram.double.state import Telegram, member
from tests.telegram.double.world import Chat, Json

_ACTIONS = {
    "typing",
    "upload_photo",
    "record_video",
    "upload_video",
    "record_voice",
    "upload_voice",
    "upload_document",
    "choose_sticker",
    "find_location",
    "record_video_note",
    "upload_video_note",
}
_KINDS = {"group": "group", "supergroup": "supergroup", "channel": "channel"}


def known(telegram: Telegram, arguments: Arguments) -> Chat:
    """The chat that a call names.

    Raises:
        Refused: no such chat, or the bot is not in it any more.
    """
    name = arguments.text("chat_id")
    if not name:
        raise malformed("chat_id is empty")
    if name.startswith("@"):
        raise malformed("chat not found")
    chat = telegram.world.chats.get(arguments.integer("chat_id"))
    if chat is None:
        raise malformed("chat not found")
    if chat.bot_has_left == "kicked":
        raise forbidden(f"bot was kicked from the {_KINDS[chat.type]} chat")
    if chat.bot_has_left == "left":
        raise forbidden(f"bot is not a member of the {_KINDS[chat.type]} chat")
    return chat


def writable(telegram: Telegram, arguments: Arguments) -> Chat:
    """The chat that a call names, if the bot may write to it now."""
    chat = known(telegram, arguments)
    if chat.migrated_to is not None:
        raise migrated(chat.migrated_to)
    if chat.person and chat.person.is_deactivated:
        raise forbidden("user is deactivated")
    if chat.is_blocked:
        raise forbidden("bot was blocked by the user")
    if chat.person and not chat.is_started:
        raise forbidden("bot can't initiate conversation with a user")
    return chat


async def get_chat(telegram: Telegram, arguments: Arguments) -> Json:
    chat = known(telegram, arguments)
    accepted = {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    }
    return chat.as_json() | {
        "accent_color_id": 0,
        "max_reaction_count": 11,
        "accepted_gift_types": accepted,
    }


async def get_chat_member(telegram: Telegram, arguments: Arguments) -> Json:
    chat = known(telegram, arguments)
    user = arguments.integer("user_id")
    if not user:
        raise malformed("invalid user_id specified")
    if user == telegram.world.bot.id:
        return member(telegram.world.bot, "member")
    if chat.person and chat.person.id == user:
        return member(chat.person, "member")
    if user in chat.members:
        first = next(iter(chat.members))
        return member(chat.members[user], "creator" if user == first else "member")
    for other in telegram.world.chats.values():
        if other.person and other.person.id == user:
            return member(other.person, "left")
    raise malformed("PARTICIPANT_ID_INVALID")


async def send_chat_action(telegram: Telegram, arguments: Arguments) -> bool:
    chat = writable(telegram, arguments)
    action = arguments.text("action")
    if action not in _ACTIONS:
        raise malformed("wrong parameter action in request")
    chat.happened("action", None, action)
    return True


async def leave_chat(telegram: Telegram, arguments: Arguments) -> bool:
    chat = known(telegram, arguments)
    if chat.type == "private":
        raise malformed("chat member status can't be changed in private chats")
    chat.bot_has_left = "left"
    telegram.membership(chat, telegram.world.bot, "member", "left")
    return True


METHODS: dict[str, Any] = {
    "getChat": get_chat,
    "getChatMember": get_chat_member,
    "sendChatAction": send_chat_action,
    "leaveChat": leave_chat,
}
