"""A reply as Telegram takes it: text as HTML in parts that are short enough, and a keyboard. Pure.

Called by ``bot.telegram.delivery``. Everything is escaped, so nothing that a person or a text of
ours says can be markup. Lengths are counted in UTF-16 units, as Telegram's clients count.
"""

import html
import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.telegram.buttons import pack
from dialogs.messages import Reply, Rows
from dialogs.numbered import numbered

LONGEST_TEXT, LONGEST_CAPTION = 4096, 1024  # UTF-16 units
_BREAKS = ("\n\n", "\n", " ")  # a paragraph is kept whole if it can be, then a line, then a word
_ENCODER = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True, slots=True)
class Part:
    """One message: its text as it reads, and what hangs below as JSON."""

    text: str
    keyboard: str | None = None

    @property
    def html(self) -> str:
        """The text with every sign of markup escaped."""
        return html.escape(self.text, quote=False)


def parts(reply: Reply, turn: int, note: str = "", owner: int | None = None) -> tuple[Part, ...]:
    """The messages that a reply makes; the keyboard is on the last.

    Args:
        reply: Any but one to be given as a file.
        turn: What the buttons bring back.
        note: A line to stand below the text.
        owner: Who alone may press them, in a group.
    """
    texts = tuple(split("\n\n".join(filter(None, (with_choices(reply), note)))))
    keys = keyboard(reply.buttons, turn, owner)
    last = len(texts) - 1
    return tuple(Part(text, keys if at == last else None) for at, text in enumerate(texts))


def with_choices(reply: Reply) -> str:
    """The text, with the choices below it as numbers and words where there is room for them.

    For phones and screen readers that make no buttons of buttons: the numbers can be typed.
    """
    lines = [f"{number}. {button.label}" for number, button in enumerate(numbered(reply), start=1)]
    if not lines:
        return reply.text
    listed = "\n".join((reply.text, "", *lines))
    return listed if length(listed) <= LONGEST_TEXT else reply.text


def keyboard(rows: Rows, turn: int, owner: int | None = None) -> str | None:
    """The buttons as JSON of an InlineKeyboardMarkup; None where there are none."""
    if not rows:
        return None
    made: list[list[dict[str, Any]]] = [
        [{"text": button.label, "callback_data": pack(button.id, turn, owner)} for button in row]
        for row in rows
    ]
    return _ENCODER.encode({"inline_keyboard": made})


def caption(text: str) -> str:
    """The first line of a text, as what stands below a file."""
    return _beginning(text.partition("\n")[0], LONGEST_CAPTION)


def length(text: str) -> int:
    """How long Telegram finds a text, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def split(text: str, limit: int = LONGEST_TEXT) -> Iterator[str]:
    """Parts of a text, each short enough and none empty; only blanks between them are lost."""
    text = text.strip()
    while length(text) > limit:
        room = len(_beginning(text, limit))
        found = (text.rfind(between, 1, room + len(between)) for between in _BREAKS)
        cut = next((at for at in found if at > 0), room)
        yield text[:cut].rstrip()
        text = text[cut:].lstrip()
    if text:
        yield text


def _beginning(text: str, limit: int) -> str:
    """As much of a text as there is room for, without half a character at its end."""
    return text.encode("utf-16-le")[: 2 * limit].decode("utf-16-le", "ignore")
