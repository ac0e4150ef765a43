"""The verdict card's text as parts: what `dialogs.card` wrote, read back by its layout alone.

Called by what shows the card as more than plain text (`bot.card_pdf`). Knows no word of any
language, and loses none: every line of a text lands in some part, whatever the text is.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby

BULLET = "• "
NOTE = "  "  # before a line that belongs to the line above it
_BLOCK_END = re.compile(r"\n(?:[ \t]*\n)+")
_STEP = re.compile(r"([1-9][0-9]{0,2})\. (.+)")


@dataclass(frozen=True, slots=True)
class Note:
    """A line below a line: the source's own sentence in its language, or a remark of ours."""

    text: str
    is_quotation: bool


@dataclass(frozen=True, slots=True)
class Line:
    """One line and its notes; ``number`` is a step's, 0 for a bullet, None for plain text."""

    text: str
    number: int | None
    notes: tuple[Note, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, and below it runs of lines of one kind: a list, numbered steps, or plain text."""

    heading: str
    runs: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True, slots=True)
class CardText:
    """The card: which rules it is about, the scheme's name, the answer and its reasons, the end."""

    over: tuple[str, ...]
    title: str
    sections: tuple[Section, ...]
    end: tuple[str, ...]


def read(text: str) -> CardText:
    """Read a card's text, in any language.

    The first block ends in the scheme's name, the last is the closing remark, and each block
    between them begins with its heading; the first of those headings is the answer.
    """
    blocks = [block.split("\n") for block in _BLOCK_END.split(text.strip("\n"))]
    *over, title = blocks[0]
    end = tuple(blocks[-1]) if len(blocks) > 1 else ()
    sections = tuple(
        Section(heading, tuple(_runs(_lines(below)))) for heading, *below in blocks[1:-1]
    )
    return CardText(tuple(over), title, sections, end)


def _lines(block: Iterable[str]) -> Iterator[Line]:
    written: list[str] = []
    for line in block:
        if written and not line.startswith(NOTE):
            yield _line(written)
            written = []
        written.append(line)
    if written:
        yield _line(written)


def _line(written: list[str]) -> Line:
    """A line with what is written below it."""
    first, *below = written
    notes = tuple(_note(line.strip()) for line in below)
    if first.startswith(BULLET):
        return Line(first.removeprefix(BULLET), 0, notes)
    if step := _STEP.fullmatch(first):
        return Line(step[2], int(step[1]), notes)
    return Line(first, None, notes)


def _note(text: str) -> Note:
    return Note(text, is_quotation="«" in text and text.endswith("»"))


def _runs(lines: Iterable[Line]) -> Iterator[tuple[Line, ...]]:
    kinds = groupby(lines, key=lambda line: None if line.number is None else line.number > 0)
    return (tuple(run) for _, run in kinds)
