"""The verdict card as a document for the board: tagged PDF, made by Typst from `card.typ`.

Called by the channels, in a thread. Reads no font, file or clock of the machine it runs on: the
same card gives the same bytes everywhere. The card's text is handed over as data and is never part
of the template, so nothing written in it can be taken for Typst's markup.
"""

import json
from dataclasses import asdict
from functools import cache
from pathlib import Path
from typing import Literal
from unicodedata import category

import typst

from dialogs.card_text import BULLET, read
from dialogs.texts import say

TEMPLATE = Path(__file__).with_name("card.typ")
AUTHOR = "Veiviser"
# ISO 14289-1, for readers who hear the document instead of seeing it.
STANDARD: Literal["ua-1"] = "ua-1"
_LAST_LATIN = "\u024f"  # up to here the fonts in Typst's package have every letter
_CONTROL, _SURROGATE = "Cc", "Cs"
_NOT_A_CHARACTER = "\N{REPLACEMENT CHARACTER}"


def as_pdf(text: str, lang: str) -> bytes:
    """Set a card as PDF/UA-1: A4, a title, headings, lists, quotations, numbered pages.

    Args:
        text: A card as `dialogs.card.card` writes it. Any other text becomes a document, too.
        lang: nb, nn or en, the card's language; quotations are marked as bokmål in all three.

    Returns:
        The file. A letter that no font has stands in it as its code point: «[U+4E2D]».
    """
    text = "".join(_a_character(char) for char in text)
    try:
        return _typeset(text, lang)
    except typst.TypstError:
        return _typeset("".join(_in_latin(char) for char in text), lang)


def _typeset(text: str, lang: str) -> bytes:
    card = {
        **asdict(read(text)),
        "lang": lang,
        "author": AUTHOR,
        "footer": say(lang, "pdf-footer"),
    }
    return typst.compile(
        _template(),
        ignore_system_fonts=True,
        pdf_standards=STANDARD,
        sys_inputs={"card": json.dumps(card)},
    )


@cache
def _template() -> bytes:
    return TEMPLATE.read_bytes()


def _a_character(char: str) -> str:
    is_one = char == "\n" or category(char) not in (_CONTROL, _SURROGATE)
    return char if is_one else _NOT_A_CHARACTER


def _in_latin(char: str) -> str:
    return char if char <= _LAST_LATIN or char in BULLET else f"[U+{ord(char):04X}]"
