"""Updates as Telegram sends them, in JSON.

Used by the tests of the channel. Everybody has names here, so that a test can look for them where
they must not be.
"""

from itertools import count
from typing import Any

from bot.telegram.incoming import Me

ME = Me(4242, "veiviser_bot")
KARI, OLA = 7001, 7002
GROUP = -1001234
NAMES = ("Karianne", "Testesen", "karianne_t")
Json = dict[str, Any]
_numbers = count(1)


def person(number: int = KARI, lang: str | None = "nb", **more: Any) -> Json:
    """Somebody with a first, a last and a user name."""
    first, last, user = NAMES
    named = {"first_name": first, "last_name": last, "username": user}
    return {"id": number, "is_bot": False, **named, "language_code": lang, **more}


def private(number: int = KARI) -> Json:
    """The chat that somebody has with the bot alone."""
    first, last, user = NAMES
    return {
        "id": number,
        "type": "private",
        "first_name": first,
        "last_name": last,
        "username": user,
    }


def group(kind: str = "supergroup") -> Json:
    """A group of several."""
    return {"id": GROUP, "type": kind, "title": "Styret i Karianne Testesens kor"}


def message(sender: Json | None = None, chat: Json | None = None, **content: Any) -> Json:
    """A message with some content, such as ``text=...``."""
    found = {"message_id": 1, "date": 1_800_000_000, "chat": chat or private(), **content}
    found.setdefault("from", sender or person())
    return {name: value for name, value in found.items() if value is not None}


def update(number: int | None = None, **content: Any) -> Json:
    """An update of one kind, such as ``message=...``."""
    return {"update_id": next(_numbers) if number is None else number, **content}


def text(said: str, number: int | None = None, chat: int = KARI, lang: str = "nb") -> Json:
    """Somebody writes to the bot."""
    sent = message(person(chat, lang), private(chat), text=said)
    return update(number, message=sent)


def in_group(said: str, **more: Any) -> Json:
    """Somebody writes in a group."""
    return update(message=message(chat=group(), text=said, **more))


def entity(kind: str, said: str, part: str, **more: Any) -> Json:
    """Where a part of a text stands, counted as Telegram counts."""
    before = said[: said.index(part)]
    units = [len(piece.encode("utf-16-le")) // 2 for piece in (before, part)]
    return {"type": kind, "offset": units[0], "length": units[1], **more}


def keyboard(*buttons: tuple[str, str]) -> Json:
    """Buttons below each other, each with its data and label."""
    return {
        "inline_keyboard": [[{"text": label, "callback_data": data}] for data, label in buttons]
    }


def tap(
    data: str | None,
    on: Json | None = None,
    number: int | None = None,
    sender: Json | None = None,
) -> Json:
    """Somebody taps a button on one of the bot's messages."""
    sender = sender or person()
    bot = {"id": ME.id, "is_bot": True, "first_name": "Veiviser", "username": ME.username}
    default = message(bot, private(sender["id"]), text="Ja eller nei?", message_id=55)
    query = {
        "id": "998877",
        "from": sender,
        "chat_instance": "1",
        "data": data,
        "message": on or default,
    }
    return update(number, callback_query={k: v for k, v in query.items() if v is not None})


def inline(said: str, lang: str = "nb") -> Json:
    """Somebody asks from another chat."""
    query = {"id": "556677", "from": person(lang=lang), "query": said, "offset": ""}
    return update(inline_query=query)


def member(chat: Json, before: str, after: str, lang: str = "nb") -> Json:
    """The bot's place in a chat changes."""
    bot = {"id": ME.id, "is_bot": True, "first_name": "Veiviser"}
    rights = (
        "be_edited", "manage_chat", "delete_messages", "manage_video_chats", "restrict_members",
        "promote_members", "change_info", "invite_users", "post_stories", "edit_stories",
        "delete_stories",
    )  # fmt: skip
    more = {f"can_{right}": False for right in rights} | {"is_anonymous": False, "until_date": 0}
    change = {
        "chat": chat,
        "from": person(lang=lang),
        "date": 1_800_000_000,
        "old_chat_member": {"user": bot, "status": before, **more},
        "new_chat_member": {"user": bot, "status": after, **more},
    }
    return update(my_chat_member=change)
