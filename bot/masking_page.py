"""A text as it is searched for personal data: plain characters, each knowing where it came from.

Called by `bot.masking`. Full-width digits, accents, invisible characters and odd spaces fool
nobody here; it finds nothing itself.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from functools import lru_cache

from bot.masking_markers import COVERED, Found, Marker

_LINE_ENDS = "\n\r\v\f\x85\u2028\u2029"
_ALIKE = {
    **dict.fromkeys("‘’ʼ´`′", "'"),
    **dict.fromkeys("−⁃", "-"),
    # «allé» is a street, «alle» is everybody.
    **{accented: accented for accented in "éÉèÈ"},
    **dict.fromkeys(_LINE_ENDS, "\n"),
    "\t": " ",
}
# Letters by name, yet nothing is seen of them: the Hangul fillers and an empty braille cell.
_BLANK = "\u115f\u1160\u3164\uffa0\u2800"
# Marks on a letter or digit, controls, formats, surrogates, private use, and what is unassigned.
_UNSEEN = frozenset({"Mn", "Me", "Cc", "Cf", "Cs", "Co", "Cn"})
_LONGEST_FOLD = 3  # «⑴» is three; a ligature of 18 would make hostile text 18 times as long


@lru_cache(maxsize=4096)
def _fold(character: str) -> str:
    """The character as it is compared: accents gone, digits 0 to 9, nothing for what is unseen."""
    if alike := _ALIKE.get(character):
        return alike
    category = unicodedata.category(character)
    if category in _UNSEEN or character in _BLANK:
        return ""
    if category in ("Zs", "Pd"):
        return " " if category == "Zs" else "-"
    digit = unicodedata.digit(character, -1)
    if digit >= 0:
        return str(digit)
    parts = unicodedata.normalize("NFKD", character)
    if parts == character or len(parts) > _LONGEST_FOLD:
        return character
    return "".join(map(_fold, parts))


# Most texts hold only these, which stay one character each, so that places need no list. What
# begins a marker is not among them.
_FOLDED = {
    code: _fold(chr(code))
    for code in (*range(0x250), *range(0x2010, 0x2039), *range(0x203A, 0x2040), ord("€"))
    if len(_fold(chr(code))) == 1
}
_ODD = re.compile("[^" + re.escape("".join(map(chr, _FOLDED))) + "]")
_ODD_OR_MARKER = re.compile(f"(?P<marker>{'|'.join(Marker)})|{_ODD.pattern}")


def folded(text: str) -> str:
    """The text in lower case as a page holds it."""
    return "".join(map(_fold, text)).lower()


class Page:
    """A text, what was found in it, and its plain copy with that covered.

    Markers that stand in the text already are covered from the start.
    """

    def __init__(self, text: str) -> None:
        self._original = text
        self._found: list[Found] = []
        self.text, self._origin = _plain(text)
        # Everything that grows in lower case was taken apart before: places stay the same.
        self.low = self.text.lower()

    def cover(self, found: Iterable[Found]) -> None:
        """Remember what was found and cover it; what overlaps something before it is left out."""
        pieces, end = [], 0
        for one in sorted(found):
            if one.start >= end and COVERED not in self.text[one.start : one.end]:
                self._found.append(one)
                pieces += [(end, one.start), (one.start, one.end)]
                end = one.end
        if pieces:
            self.text = _covered(self.text, pieces, end)
            self.low = _covered(self.low, pieces, end)

    def masked(self) -> str:
        """The original text with a marker for everything found."""
        pieces, end = [], 0
        for one in sorted(self._found):
            start = self._origin[one.start]
            pieces += [self._original[end:start], one.marker]
            # Unseen characters after the last one go with it.
            end = max(self._origin[one.end], self._origin[one.end - 1] + 1)
        return "".join((*pieces, self._original[end:]))


def _covered(text: str, pieces: Sequence[tuple[int, int]], rest: int) -> str:
    """Every second piece stays; those between are covered, character by character."""
    parts = [
        COVERED * (end - start) if number % 2 else text[start:end]
        for number, (start, end) in enumerate(pieces)
    ]
    return "".join(parts) + text[rest:]


def _plain(text: str) -> tuple[str, Sequence[int]]:
    """The plain copy, and for each of its characters, and its end, the place in the text."""
    if not _ODD.search(text):
        return text.translate(_FOLDED), range(len(text) + 1)
    copy: list[str] = []
    origin: list[int] = []
    end = 0
    for odd in _ODD_OR_MARKER.finditer(text):
        start = odd.start()
        copy.append(text[end:start].translate(_FOLDED))
        origin.extend(range(end, start))
        end = odd.end()
        plain = COVERED if odd.lastgroup else _fold(odd[0])
        copy.append(plain)
        origin.extend([start] * len(plain))
    copy.append(text[end:].translate(_FOLDED))
    return "".join(copy), [*origin, *range(end, len(text) + 1)]
