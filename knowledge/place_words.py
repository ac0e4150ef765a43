"""The spelling side of places: folding, words of a text, slips of the hand, and small word lists.

Called by the modules of ``knowledge`` that read places. Knows no places, so nothing here can take
one for another.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_SPELLINGS = (("aa", "å"), ("ae", "æ"), ("oe", "ø"), ("ä", "æ"), ("ö", "ø"))
_PLAIN_LETTERS = str.maketrans("åæøäöđŋłŧ", "aaoaodnlt")

SHORT = 3  # letters: names such as Os, Bø, Nes and Re look like too many words to be read freely

PREPOSITIONS = frozenset({"i", "pa", "fra", "ved", "til", "in", "from", "at"})
WITHIN = frozenset({"i", "pa", "in"})
CONJUNCTIONS = frozenset({"og", "and", "eller", "or", "samt", "pluss", "plus"})
MUNICIPALITY_WORDS = frozenset(
    {"kommune", "kommunen", "kommuna", "kommun", "herad", "municipality"}
)
# Words before and after a whole answer that add nothing to it.
FRAME_BEFORE = PREPOSITIONS | MUNICIPALITY_WORDS | {"city", "of"}
FRAME_AFTER = MUNICIPALITY_WORDS | {"by", "byen", "city"}
# Words between the names of a list.
LIST_WORDS = (
    FRAME_BEFORE
    | FRAME_AFTER
    | CONJUNCTIONS
    | {"bade", "begge", "kommuner", "kommunane", "kommunene"}
)
# «Ikke i Oslo», «just outside Oslo», «nabo til Oslo»: the place named is not the answer.
AWAY = frozenset({"ikke", "ikkje", "not", "unntatt", "except"}) | frozenset(
    {"utenfor", "utanfor", "utafor", "outside", "nabo", "nar", "near"}
)
POSTAL_CODE_WORDS = frozenset({"postnummer", "postnr", "postnummeret", "postkode", "postcode"})

# City districts that every town has: they tell nothing about which town.
EVERY_TOWN = frozenset({"sentrum", "marka", "midtbyen", "ostbyen"})


class Word(NamedTuple):
    """A word as it stands, and its folded form; ``written`` keeps aa, ae and oe as two letters."""

    raw: str
    key: str

    @property
    def written(self) -> str:
        return _plain(self.raw.casefold())


def split_words(text: str) -> tuple[Word, ...]:
    """The words of a text; punctuation and hyphens part them, invisible characters do not."""
    if not text.isascii():
        text = unicodedata.normalize("NFC", text).translate(_INVISIBLE)
    return tuple(Word(raw, _plain(spelled(raw))) for raw in _WORD.findall(text))


def fold(text: str) -> str:
    """The form names are compared in: lower case, æ/ae/a, ø/oe/o and å/aa/a alike, no accents."""
    return " ".join(word.key for word in split_words(text))


def spelled(word: str) -> str:
    """A word in lower case with å, æ and ø, however these were written."""
    word = unicodedata.normalize("NFC", word).casefold()
    for written, letter in _SPELLINGS:
        word = word.replace(written, letter)
    return word


def _plain(word: str) -> str:
    word = word.translate(_PLAIN_LETTERS)
    if word.isascii():
        return word
    parts = unicodedata.normalize("NFKD", word)
    return "".join(c for c in parts if not unicodedata.combining(c))


def inside_frame(words: Sequence[Word]) -> tuple[int, int]:
    """Where the name in «i Skien kommune» begins and ends; all of a text that is only a frame."""
    start, end = 0, len(words)
    while start < end and words[start].key in FRAME_BEFORE:
        start += 1
    while end > start and words[end - 1].key in FRAME_AFTER:
        end -= 1
    return (start, end) if start < end else (0, len(words))


def is_after_preposition(words: Sequence[Word], at: int) -> bool:
    """Whether «i», «på», «from» or the like stands just before a word."""
    return at > 0 and words[at - 1].key in PREPOSITIONS


def joined(words: Sequence[Word], start: int, end: int) -> str:
    """Some of the words as one folded name."""
    return " ".join(word.key for word in words[start:end])


def one_slip_apart(one: str, other: str) -> bool:
    """Whether one letter left out, put in, exchanged, or two neighbours swapped, leads across."""
    while one and other and one[0] == other[0]:
        one, other = one[1:], other[1:]
    while one and other and one[-1] == other[-1]:
        one, other = one[:-1], other[:-1]
    if len(one) <= 1 and len(other) <= 1:
        return one != other
    return len(one) == 2 and one == other[::-1]


class SlipIndex:
    """Finds the names one slip from a word, by the letters both have when one is left out."""

    def __init__(self, names: Iterable[str]) -> None:
        """Index the names that are not short."""
        self._by_rest: defaultdict[str, list[str]] = defaultdict(list)
        self._longest = 0
        for name in sorted(names):
            if len(name) > SHORT:
                self._longest = max(self._longest, len(name))
                for rest in {name, *_one_letter_less(name)}:
                    self._by_rest[rest].append(name)

    def near(self, word: str) -> tuple[str, ...]:
        """The names exactly one slip from the word."""
        if not SHORT < len(word) <= self._longest + 1:
            return ()
        found = dict.fromkeys(
            name for rest in (word, *_one_letter_less(word)) for name in self._by_rest.get(rest, ())
        )
        return tuple(name for name in found if one_slip_apart(word, name))


def _one_letter_less(word: str) -> Iterable[str]:
    return (word[:i] + word[i + 1 :] for i in range(len(word)))
