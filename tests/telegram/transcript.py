"""A chat as text: who wrote what, with the buttons as they are shown now.

Used by the driver's errors, by tests and by the documents that show a conversation.
"""

from tests.telegram.double.world import Chat, Message, Person

_INDENT = "    "


def transcript(chat: Chat, bot: Person) -> str:
    """The messages that can be seen, oldest first; the bot's have ``<``, people's ``>``."""
    return "\n".join(_message(message, bot) for message in chat.visible())


def _message(message: Message, bot: Person) -> str:
    sender = message.sender
    if sender is bot:
        head = "<"
    elif sender and message.chat.type != "private":
        head = f"> {sender.first_name}:"
    else:
        head = ">"
    lines = [f"{head} {_what(message)}".replace("\n", f"\n{_INDENT}")]
    lines += [
        _INDENT + " ".join(f"[{button['text']}]" for button in row) for row in message.keyboard
    ]
    return "\n".join(lines)


def _what(message: Message) -> str:
    kinds = [kind for kind in message.content if kind != "link_preview_options"]
    carried = "".join(f"({_named(message, kind)}) " for kind in kinds)
    changed = " (edited)" if message.edited and message.sender and not message.sender.is_bot else ""
    return f"{carried}{message.shown}{changed}".rstrip()


def _named(message: Message, kind: str) -> str:
    """A document by its name, everything else by its kind."""
    return message.file.name if kind == "document" and message.file else kind
