"""What a button carries to Telegram and back: its id, the turn whose message it is on, and whose.

Called by ``bot.telegram.markup`` and ``bot.telegram.incoming``. Telegram allows 64 bytes; a test
packs every button that the conversation can make.
"""

import re

LONGEST = 64  # bytes of UTF-8
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_PACKED = re.compile(r"(0|[1-9a-z][0-9a-z]{0,9})(?:-([1-9a-z][0-9a-z]{0,11}))?\.(.+)", re.DOTALL)


def pack(button_id: str, turn: int, owner: int | None = None) -> str:
    """The data of a button, such as ``1f.registered:yes``: the turn in base 36 first.

    In a group each member has buttons of their own: ``owner`` is that member's number at Telegram,
    and then it stands behind the turn, as in ``1f-21i.registered:yes``.
    """
    whose = f"-{_in_base_36(owner)}" if owner else ""
    return f"{_in_base_36(turn)}{whose}.{button_id}"


def unpack(data: str) -> tuple[str, int | None]:
    """The id and the turn of a button that was pressed.

    What `pack` did not make is an id as it stands, with no turn: Telegram hands on whatever a
    client sends.
    """
    packed = _PACKED.fullmatch(data)
    return (packed[3], int(packed[1], 36)) if packed else (data, None)


def owner_of(data: str) -> int | None:
    """Whose button it is; None where everybody who sees it may press it."""
    packed = _PACKED.fullmatch(data)
    return int(packed[2], 36) if packed and packed[2] else None


def _in_base_36(number: int) -> str:
    digits = ""
    while number >= 36:
        number, digit = divmod(number, 36)
        digits = _DIGITS[digit] + digits
    return _DIGITS[number] + digits
