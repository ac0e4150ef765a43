"""What no reply may go beyond, checked on any reply a test comes across.

Used by the tests of `dialogs`.
"""

from collections.abc import Iterable, Iterator

from dialogs.messages import Reply

LONGEST_MESSAGE = 600  # characters
MOST_LINES = 8
LONGEST_CARD = 4096  # UTF-16 code units, as Telegram counts them
LONGEST_LABEL = 30  # characters
LONGEST_ID = 64  # bytes


def limit_faults(replies: Iterable[Reply]) -> list[str]:
    """What is too long in these replies, missing, or cannot be sent at all."""
    return [fault for reply in replies for fault in _faults(reply)]


def _faults(reply: Reply) -> Iterator[str]:
    start = repr(reply.text[:60])
    if not reply.text.strip():
        yield "an empty message"
    if units(reply.text) > LONGEST_CARD:
        yield f"{start}: {units(reply.text)} UTF-16 units"
    if reply.kind != "card":
        if len(reply.text) > LONGEST_MESSAGE:
            yield f"{start}: {len(reply.text)} characters"
        if len(reply.text.splitlines()) > MOST_LINES:
            yield f"{start}: {len(reply.text.splitlines())} lines"
    for row in reply.buttons:
        for button in row:
            if not 1 <= len(button.label) <= LONGEST_LABEL:
                yield f"[{button.label}]: {len(button.label)} characters"
            if not 1 <= len(button.id.encode()) <= LONGEST_ID:
                yield f"#{button.id}: {len(button.id.encode())} bytes"


def units(text: str) -> int:
    """The length in UTF-16 code units; a text that cannot be sent fails here."""
    return len(text.encode("utf-16-le")) // 2
