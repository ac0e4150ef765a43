"""How replies look in a terminal, and which button a typed line stands for. Pure.

Called by ``bot.terminal``. Writes nothing itself, and adds no words of its own.
"""

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

from dialogs.messages import Button, Reply, Utterance
from dialogs.numbered import numbered

LONGEST_TEXT = 4096  # characters
_WIDEST, _NARROWEST = 80, 24
_BOLD, _DIM, _NUMBER = "1", "2", "1;36"
_BETWEEN_WAYS = " · "
_HANGING = re.compile(r"\s*(?:•\s+|\d+\.\s+)?")


@dataclass(frozen=True, slots=True)
class Look:
    """What the terminal can do. Without ``width`` lines are left as long as they are."""

    width: int | None = None
    colour: bool = False

    @classmethod
    def of_terminal(cls, columns: int, colour: bool) -> "Look":
        """The look for a terminal of so many columns."""
        return cls(max(_NARROWEST, min(_WIDEST, columns - 1)), colour)


def choices(replies: Sequence[Reply]) -> tuple[Button, ...]:
    """What the numbers from 1 stand for: the last reply's choices.

    In a question these are its answers, counted as `dialogs.understand` counts them; where no
    answer is asked for they are all the buttons.
    """
    for reply in reversed(replies):
        if buttons := _buttons(reply):
            return numbered(reply) or buttons
    return ()


def every_button(replies: Sequence[Reply]) -> tuple[Button, ...]:
    """All buttons of a turn, the numbered ones first."""
    others = (button for reply in replies for button in _buttons(reply))
    return tuple(dict.fromkeys((*choices(replies), *others)))


def read_typed(line: str, replies: Sequence[Reply]) -> Utterance:
    """A number or the words on a button press it; all else is text, cut where it gets too long.

    Where several may be chosen they are text too, and so the whole answer: whoever types needs no
    ticks.
    """
    wanted = line.strip().casefold()
    buttons = every_button(replies)
    numbered = (b for n, b in enumerate(choices(replies), start=1) if wanted == str(n))
    labelled = (b for b in buttons if wanted == b.label.casefold())
    pressed = next(chain(numbered, labelled), None)
    if pressed is None or _is_ticked(pressed, buttons):
        return Utterance(text=line[:LONGEST_TEXT])
    return Utterance(button=pressed.id)


def _is_ticked(button: Button, buttons: Sequence[Button]) -> bool:
    """Whether a button only ticks one of several choices."""
    done = f"{button.id.partition(':')[0]}:done"
    return button.id != done and any(other.id == done for other in buttons)


def show(replies: Sequence[Reply], look: Look) -> str:
    """The replies as they are printed, with an empty line after each block."""
    numbered = choices(replies)
    last = next((reply for reply in reversed(replies) if reply.buttons), None)
    blocks = []
    for reply in replies:
        blocks.append(_text(reply, look))
        buttons = _buttons(reply)
        if reply is last:
            blocks.append("\n".join(_numbered(numbered, look)))
            buttons = tuple(button for button in buttons if button not in numbered)
        if buttons:
            blocks.append(_ways(buttons, look))
    return "\n\n".join(filter(None, blocks)) + "\n\n"


def _buttons(reply: Reply) -> tuple[Button, ...]:
    return tuple(button for row in reply.buttons for button in row)


def _numbered(buttons: Sequence[Button], look: Look) -> Iterator[str]:
    for number, button in enumerate(buttons, start=1):
        yield f"{_styled(f'{number:>3}', _NUMBER, look)}  {button.label}"


def _ways(buttons: Sequence[Button], look: Look) -> str:
    """The ways on that are no answers, side by side; they are chosen by their words."""
    line = _BETWEEN_WAYS.join(button.label for button in buttons)
    return "\n".join(_styled(part, _DIM, look) for part in _wrapped(f"  {line}", look))


def _text(reply: Reply, look: Look) -> str:
    style = _card_style if reply.kind == "card" else _question_style
    lines = reply.text.split("\n")
    shown = []
    for at, line in enumerate(lines):
        code = None if reply.kind == "message" else style(lines, at)
        shown += [_styled(part, code, look) for part in _wrapped(line, look)]
    if reply.kind == "card" and look.colour and look.width:
        rule = _styled("─" * look.width, _DIM, look)
        shown = [rule, *shown, rule]
    return "\n".join(shown)


def _question_style(lines: Sequence[str], at: int) -> str | None:
    """The question, which opens the last block, is bold; what stands in brackets is dimmed."""
    if "" not in lines[at:] and (at == 0 or not lines[at - 1]):
        return _BOLD
    return _DIM if lines[at].startswith("(") else None


def _card_style(lines: Sequence[str], at: int) -> str | None:
    """Below the first block, each block's first line is its heading. Sources are dimmed."""
    if at and not lines[at - 1]:
        return _BOLD if at + 1 < len(lines) else _DIM
    return _DIM if lines[at].startswith("  ") else None


def _wrapped(line: str, look: Look) -> list[str]:
    if look.width is None or len(line) <= look.width:
        return [line]
    hanging = _HANGING.match(line)
    return textwrap.wrap(
        line,
        look.width,
        subsequent_indent=" " * (hanging.end() if hanging else 0),
        break_long_words=False,  # an address stays whole
        break_on_hyphens=False,
    )


def _styled(text: str, code: str | None, look: Look) -> str:
    return f"\x1b[{code}m{text}\x1b[0m" if code and text and look.colour else text
