"""Takes what is personal out of a text: a marker says what stood there, the rest stays as written.

Called before anything a person wrote reaches a disk or a log. Keeps nothing, reads no file and no
clock, and never tells whose the data were.
"""

import re
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from bot.masking_markers import Found

    Finder = Callable[[str, str], Iterable[Found]]

# A command or a word alone holds nothing personal. What reads more is imported for more only: it
# takes some 20 ms, which a conversation's first question need not wait for.
_ONE_WORD = re.compile(r"/?[^\W\d_]{0,40}")


def mask(text: str) -> str:
    """The text with a marker such as ``‹telefonnummer›`` for each thing that is personal.

    A marker stands for so many digits as its kind has, and for one word of a name. Takes time in
    proportion to the text, whatever the text. Masking again changes nothing.
    """
    if _ONE_WORD.fullmatch(text):
        return text
    # A mask may uncover one more: with a name gone, what is left may read as shouted or as a
    # signature. Each round leaves less that can be masked, so the rounds end.
    while (masked := _masked_once(text)) != text:
        text = masked
    return text


def _masked_once(text: str) -> str:
    from bot.masking_page import Page

    page = Page(text)
    for find in _finders():
        page.cover(find(page.text, page.low))
    return page.masked()


@cache
def _finders() -> tuple["Finder", ...]:
    """Each reads what those before it have left: a number in a link is no telephone."""
    from bot.masking_addresses import find_addresses
    from bot.masking_names import find_names
    from bot.masking_numbers import find_numbers
    from bot.masking_web import find_web

    return find_web, find_numbers, find_addresses, find_names
