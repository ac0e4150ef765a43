"""The keyboards that come with a message, checked as strictly as the server and its documents do.

Called by the methods that send or edit a message. Knows nothing of chats and messages.
"""

from collections.abc import Iterable
from typing import Any

from tests.telegram.double.refusals import malformed

Button = dict[str, Any]
Rows = list[list[Button]]

MOST_DATA = 64  # bytes of UTF-8
MOST_IN_A_ROW, MOST_BUTTONS = 8, 100
_ACTIONS = {
    "url",
    "callback_data",
    "web_app",
    "login_url",
    "switch_inline_query",
    "switch_inline_query_current_chat",
    "switch_inline_query_chosen_chat",
    "copy_text",
    "callback_game",
    "pay",
}
_OTHER_KINDS = {"keyboard", "remove_keyboard", "force_reply"}


def inline_rows(markup: Any) -> Rows | None:
    """The rows of an inline keyboard; None where the markup is of another kind, or none at all.

    Raises:
        Refused: it is not a keyboard. A button without a label, and more than eight in a row, are
            refused as well, where the real server leaves them out without a word.
    """
    if markup is None:
        return None
    if not isinstance(markup, dict):
        raise malformed("object expected as reply markup")
    if "inline_keyboard" not in markup:
        if markup and not _OTHER_KINDS & markup.keys():
            raise malformed(f"unknown reply markup: {sorted(markup)}")
        return None
    rows = markup["inline_keyboard"]
    if not isinstance(rows, list) or not all(isinstance(row, list) for row in rows):
        raise malformed("can't parse inline keyboard: field must be an Array of Arrays")
    found = [[_button(button) for button in row] for row in rows if row]
    if max(map(len, found), default=0) > MOST_IN_A_ROW:
        raise malformed(f"a row has more than {MOST_IN_A_ROW} buttons")
    if sum(map(len, found)) > MOST_BUTTONS:
        raise malformed("reply markup is too long")
    return found


def labels(rows: Rows) -> Iterable[str]:
    """What is written on the buttons, in reading order."""
    return [button["text"] for row in rows for button in row]


def _button(button: Any) -> Button:
    where = "can't parse inline keyboard button"
    if not isinstance(button, dict):
        raise malformed(f"{where}: InlineKeyboardButton must be an Object")
    label = button.get("text")
    if not isinstance(label, str):
        raise malformed(f'{where}: Can\'t find field "text"')
    if not label.strip():
        raise malformed(f"{where}: Field text is empty")
    actions = _ACTIONS & button.keys()
    if not actions:
        raise malformed(f"{where}: Text buttons are unallowed in the inline keyboard")
    if len(actions) > 1:
        raise malformed(f"{where}: exactly one of {sorted(actions)} must be used")
    if "callback_data" in button:
        data = button["callback_data"]
        if not isinstance(data, str) or not 1 <= len(data.encode()) <= MOST_DATA:
            raise malformed("BUTTON_DATA_INVALID")
    if "url" in button and not str(button["url"]).startswith(("http://", "https://", "tg://")):
        raise malformed("BUTTON_URL_INVALID")
    return button
