"""The spelling side of places: folding, the words of a text, and small word lists.

Called by the modules of ``knowledge`` that read places. Knows no places, so nothing here can take
one for another.
"""

import re
import unicodedata
from collections.abc import Sequence
from typing import NamedTuple

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = dict.fromkeys(
    [0xAD, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)]
)
_SPELLINGS = (
    *(("aa", "å"), ("ae", "æ"), ("oe", "ø"), ("ä", "æ"), ("ö", "ø")),
    *(("æe", "æ"), ("øe", "ø")),  # «Tromsøe»: in both ways at once
)
_PLAIN_LETTERS = str.maketrans("åæøäöđŋłŧ", "aaoaodnlt")

SHORT = 3  # letters: names such as Os, Bø, Nes and Re look like too many words to be read freely

LONGEST_NAME = 4  # words: «Herøy (Møre og Romsdal)», «Sogn og Fjordane»

WITHIN = frozenset({"i", "pa", "in", "innenfor", "innafor", "innafer", "within"})
INTO = frozenset({"i", "in"})
ORIGINS = frozenset({"fra", "ifra", "from"})
# Folded, so that «på», «oppå» and «attmed» stand beside their other spellings; dialect forms too.
LOCATIVES = (
    WITHIN
    | {"ved", "til", "te", "at", "attmed", "ute", "inne", "rundt", "omkring", "kring"}
    | {"oppi", "nedi", "uti", "inni", "borti", "oppe", "nede", "heime", "hjemme"}
    | {"uta", "oppa", "innpa", "utpa", "bortpa", "nedpa", "around"}
)
PREPOSITIONS = LOCATIVES | ORIGINS
CONJUNCTIONS = frozenset(
    {"og", "and", "eller", "or", "samt", "pluss", "plus", "a"}
)  # «a»: dialect «å»
MUNICIPALITY_WORDS = frozenset(
    {"kommune", "kommunen", "kommuna", "kommun", "komune", "herad", "municipality"}
)
# Words before and after a whole answer that add nothing to it.
FRAME_BEFORE = PREPOSITIONS | MUNICIPALITY_WORDS | {"city", "of", "bydel", "bydelen", "the"}
FRAME_AFTER = MUNICIPALITY_WORDS | {"by", "byen", "city", "bydel", "tettsted", "bygd"}
# Words between the names of a list.
LIST_WORDS = (
    FRAME_BEFORE
    | FRAME_AFTER
    | CONJUNCTIONS
    | {"bade", "begge", "kommuner", "kommunane", "kommunene"}
)
# After a name these make a street of it: «Oslo gate 5».
STREET_WORDS = frozenset(
    {"gate", "gata", "gaten", "gt", "vei", "veien", "veg", "vegen", "vn", "street"}
)
# After a name these make a region of it: «Oslo og omegn», «Bergen-området».
AREA_WORDS = frozenset(
    {"omradet", "omrade", "regionen", "region", "distriktet", "area", "omegn", "omland", "omegnen"}
    | {"traktene", "traktane", "surroundings", "nabokommunene", "nabokommunane"}
)
AREA_JOINTS = CONJUNCTIONS | {"med", "with"}
REGION_WORDS = AREA_WORDS | {"fylke", "fylket", "fylkeskommune", "county"}
AREA_ENDINGS = ("regionen", "regionane", "omradet", "distriktet", "traktene", "traktane")
# How the kinds of organisations end that bear a place's name: «mysen kvinnegruppe».
GROUP_ENDINGS = (
    *("gruppe", "gruppa", "forening", "foreining", "lag", "klubb", "kor", "korps", "forbund"),
    *("menighet", "nettverk", "club", "association", "choir", "group", "sentral", "sentralen"),
    *("kirke", "kirken", "kyrkje", "kyrkja", "hus", "huset", "senter", "senteret", "kia"),
)
# «Leder er Kari Bergen»: what comes is a person's name.
PERSON_WORDS = frozenset(
    {"hilsen", "helsing", "mvh", "regards", "name", "navn", "namn", "kontakt"}
    | {"kontaktperson", "leder", "lederen", "leiar", "leiaren", "styreleder", "styrelederen"}
    | {"styreleiar", "kasserer", "sekretar", "chair", "leader"}
)
# How a question begins, with a capital that marks no name: «Har Moss dette tilskuddet?»
OPENERS = frozenset(
    {"har", "er", "far", "kan", "skal", "ma", "vil", "gjelder", "gjeld", "deltar", "deltek", "star"}
    | {"horer", "hoyrer", "deler", "gir", "is", "has", "does", "can", "did", "will", "om", "hvis"}
)
# «Dette er Jon Sandnes»: a person, whose name a place bears too.
INTRODUCTIONS = frozenset(
    {("dette", "er"), ("her", "er"), ("jeg", "er"), ("eg", "er"), ("this", "is"), ("i", "am")}
)
HERE = frozenset({"her", "here"})  # «Stavanger her, vi vil søke»
NUMBER_WORDS = frozenset({"kommunenummer", "kommunenr", "kommunenummeret", "knr"})
POSTAL_CODE_WORDS = frozenset({"postnummer", "postnr", "postnummeret", "postkode", "postcode"})

# City districts that every town has: they tell nothing about which town.
EVERY_TOWN = frozenset({"sentrum", "marka", "midtbyen", "ostbyen"})


class Word(NamedTuple):
    """A word as it stands, its folded form, and where it begins in ``readable(text)``.

    ``written`` keeps aa, ae and oe as two letters.
    """

    raw: str
    key: str
    at: int

    @property
    def written(self) -> str:
        return without_marks(self.raw.casefold())

    @property
    def end(self) -> int:
        return self.at + len(self.raw)


def readable(text: str) -> str:
    """A text with composed letters and without invisible characters, otherwise as it was."""
    return text if text.isascii() else unicodedata.normalize("NFC", text.translate(_INVISIBLE))


def split_words(text: str) -> tuple[Word, ...]:
    """The words of a text; punctuation and hyphens part them, invisible characters do not."""
    found = [(match[0], match.start()) for match in _WORD.finditer(readable(text))]
    # Folded in one piece, which no letter of one word can change in another.
    keys = without_marks(spelled("\n".join(raw for raw, _ in found))).split("\n")
    return tuple(Word(raw, key, at) for (raw, at), key in zip(found, keys, strict=False))


def fold(text: str) -> str:
    """The form names are compared in: lower case, æ/ae/a, ø/oe/o and å/aa/a alike, no accents."""
    plain = spelled(readable(text)).translate(_PLAIN_LETTERS)
    if plain.isascii():  # nearly every name in the data files
        return " ".join(_WORD.findall(plain))
    return " ".join(word.key for word in split_words(text))


def as_spelled(name: str) -> str:
    """The words of a name in lower case, with its own å, æ and ø."""
    return " ".join(_WORD.findall(spelled(readable(name))))


def spelled(word: str) -> str:
    """A word in lower case with å, æ and ø, however these were written."""
    word = word.casefold() if word.isascii() else unicodedata.normalize("NFC", word).casefold()
    for written, letter in _SPELLINGS:
        word = word.replace(written, letter)
    return word


def without_marks(word: str) -> str:
    """A word as ``spelled`` in the letters a to z, where it is written in Latin letters at all."""
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


def joined_as_spoken(words: Sequence[Word], start: int, end: int) -> str:
    """Some of the words as one folded name, with «er» where «ær» was written: «Bærgen»."""
    raw = " ".join(word.raw for word in words[start:end]).casefold()
    return fold(raw.replace("ær", "er")) if "ær" in raw else ""


def joined(words: Sequence[Word], start: int, end: int) -> str:
    """Some of the words as one folded name."""
    return " ".join(word.key for word in words[start:end])
