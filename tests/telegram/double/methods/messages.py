"""Methods that send, edit and delete messages.

Called by way of ``methods.ALL``. Every text is parsed and counted as the server does it; its length
is counted in UTF-16 units, which is the stricter of the two ways that people report.
"""

from typing import Any

from tests.telegram.double.arguments import Arguments
from tests.telegram.double.keyboards import Rows, inline_rows
from tests.telegram.double.markup import Text, from_bot, units
from tests.telegram.double.methods.chats import known, writable
from tests.telegram.double.refusals import NOT_MODIFIED, impossible, malformed
from tests.telegram.double.state import Telegram
from tests.telegram.double.world import Chat, InlineMessage, Json, Message

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # UTF-16 units
EDITABLE_FOR = 48 * 3600  # seconds in which a message can be deleted
LARGEST_FILE = 50 * 1024 * 1024


async def send_message(telegram: Telegram, arguments: Arguments) -> Json:
    chat = writable(telegram, arguments)
    text = _text(arguments, too_long="message is too long")
    message = chat.add(
        telegram.world.bot,
        telegram.clock.date(),
        text=text,
        keyboard=inline_rows(arguments.nested("reply_markup")) or [],
        reply_to=_replied_to(chat, arguments),
        content=_preview(arguments),
    )
    chat.happened("sent", message)
    return message.as_json()


async def send_document(telegram: Telegram, arguments: Arguments) -> Json:
    chat = writable(telegram, arguments)
    file = arguments.file("document")
    if file is None and not arguments.text("document"):
        raise malformed("there is no document in the request")
    if file is None:
        raise malformed("wrong file identifier/HTTP URL specified")
    if not file.content:
        raise malformed("file must be non-empty")
    if len(file.content) > LARGEST_FILE:
        raise malformed("file is too big")
    caption = _caption(arguments)
    number = telegram.world.new_id()
    document = {
        "file_name": file.name,
        "mime_type": file.mime_type,
        "file_id": f"BQACAgQAAx{number:08d}",
        "file_unique_id": f"AgAD{number:08d}",
        "file_size": len(file.content),
    }
    message = chat.add(
        telegram.world.bot,
        telegram.clock.date(),
        caption=caption,
        keyboard=inline_rows(arguments.nested("reply_markup")) or [],
        reply_to=_replied_to(chat, arguments),
        content={"document": document},
        file=file,
    )
    chat.happened("sent", message)
    return message.as_json()


async def edit_message_text(telegram: Telegram, arguments: Arguments) -> Json | bool:
    rows = inline_rows(arguments.nested("reply_markup")) or []
    if arguments.text("inline_message_id"):
        text = _text(arguments, too_long="MESSAGE_TOO_LONG")
        return _edit_inline(_inline_message(telegram, arguments), text, rows)
    chat = writable(telegram, arguments)
    message = _own(telegram, chat, arguments, "edit", "can't be edited")
    text = _text(arguments, too_long="MESSAGE_TOO_LONG")
    if not message.text.shown:
        raise malformed("there is no text in the message to edit")
    return _edit(telegram, message, text, rows)


async def edit_message_caption(telegram: Telegram, arguments: Arguments) -> Json | bool:
    chat = writable(telegram, arguments)
    message = _own(telegram, chat, arguments, "edit", "can't be edited")
    if not message.file:
        raise malformed("there is no caption in the message to edit")
    rows = inline_rows(arguments.nested("reply_markup")) or []
    caption = _caption(arguments)
    if (caption, rows) == (message.caption, message.keyboard):
        raise impossible(NOT_MODIFIED)
    message.caption = caption
    return _edited(telegram, message, rows)


async def edit_message_reply_markup(telegram: Telegram, arguments: Arguments) -> Json | bool:
    rows = inline_rows(arguments.nested("reply_markup")) or []
    if arguments.text("inline_message_id"):
        inline = _inline_message(telegram, arguments)
        return _edit_inline(inline, inline.text, rows)
    chat = writable(telegram, arguments)
    message = _own(telegram, chat, arguments, "edit", "can't be edited")
    return _edit(telegram, message, message.text, rows)


async def delete_message(telegram: Telegram, arguments: Arguments) -> bool:
    chat = known(telegram, arguments)
    number = _number(arguments)
    message = chat.messages.get(number)
    if message is None or message.is_deleted:
        raise impossible("message to delete not found")
    if telegram.clock.date() - message.date > EDITABLE_FOR:
        raise impossible("message can't be deleted for everyone")
    if message.sender is not telegram.world.bot and chat.type != "private":
        raise impossible("message can't be deleted")
    message.is_deleted = True
    chat.happened("deleted", message)
    return True


def _text(arguments: Arguments, too_long: str) -> Text:
    raw = arguments.text("text")
    if not raw:
        raise malformed("message text is empty")
    entities = arguments.objects("entities")
    text = from_bot(raw, arguments.text("parse_mode"), entities)
    if not text.shown:
        raise malformed("text must be non-empty")
    if units(text.shown) > LONGEST_TEXT:
        raise malformed(too_long)
    return text


def _caption(arguments: Arguments) -> Text:
    entities = arguments.objects("caption_entities")
    caption = from_bot(arguments.text("caption"), arguments.text("parse_mode"), entities)
    if units(caption.shown) > LONGEST_CAPTION:
        raise malformed("message caption is too long")
    return caption


def _preview(arguments: Arguments) -> Json:
    options = arguments.nested("link_preview_options")
    return {"link_preview_options": options} if options else {}


def _replied_to(chat: Chat, arguments: Arguments) -> Message | None:
    parameters = arguments.nested("reply_parameters")
    if parameters is None:
        number = arguments.integer("reply_to_message_id")
        may_be_gone = arguments.flag("allow_sending_without_reply")
    elif isinstance(parameters, dict) and isinstance(parameters.get("message_id"), int):
        number = parameters["message_id"]
        may_be_gone = bool(parameters.get("allow_sending_without_reply"))
    else:
        raise malformed("can't parse reply parameters: message_id is missing")
    found = chat.messages.get(number)
    if number and (found is None or found.is_deleted):
        if may_be_gone:
            return None
        raise impossible("message to be replied not found")
    return found


def _number(arguments: Arguments) -> int:
    number = arguments.integer("message_id")
    if not number:
        raise malformed("message identifier is not specified")
    return number


def _own(telegram: Telegram, chat: Chat, arguments: Arguments, what: str, not_ours: str) -> Message:
    message = chat.messages.get(_number(arguments))
    if message is None or message.is_deleted:
        raise impossible(f"message to {what} not found")
    if message.sender is not telegram.world.bot:
        raise malformed(f"message {not_ours}")
    return message


def _inline_message(telegram: Telegram, arguments: Arguments) -> InlineMessage:
    found = telegram.world.inline_messages.get(arguments.text("inline_message_id"))
    if found is None:
        raise malformed("MESSAGE_ID_INVALID")
    return found


def _edit_inline(message: InlineMessage, text: Text, rows: Rows) -> bool:
    if (text, rows) == (message.text, message.keyboard):
        raise impossible(NOT_MODIFIED)
    message.text, message.keyboard = text, rows
    return True


def _edit(telegram: Telegram, message: Message, text: Text, rows: Rows) -> Json:
    if (text, rows) == (message.text, message.keyboard):
        raise impossible(NOT_MODIFIED)
    message.text = text
    return _edited(telegram, message, rows)


def _edited(telegram: Telegram, message: Message, rows: Rows) -> Json:
    message.keyboard = rows
    message.edited = telegram.clock.date()
    message.chat.happened("edited", message)
    return message.as_json()


METHODS: dict[str, Any] = {
    "sendMessage": send_message,
    "sendDocument": send_document,
    "editMessageText": edit_message_text,
    "editMessageCaption": edit_message_caption,
    "editMessageReplyMarkup": edit_message_reply_markup,
    "deleteMessage": delete_message,
}
