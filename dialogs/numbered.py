"""What the numbers from 1 choose in a message, for channels that list its choices. Pure.

Called by the channels in `bot` that show numbers. Counts as `dialogs.understand` reads them.
"""

from dialogs.messages import Button, Reply
from knowledge.slots import SLOTS


def numbered(reply: Reply) -> tuple[Button, ...]:
    """A question's answers, or all buttons of a menu; in other messages a number means nothing."""
    buttons = tuple(button for row in reply.buttons for button in row)
    if reply.kind == "menu":
        return buttons
    return tuple(filter(_is_answer, buttons)) if reply.kind == "question" else ()


def _is_answer(button: Button) -> bool:
    slot, _, value = button.id.partition(":")
    return slot in SLOTS and value != "done"
