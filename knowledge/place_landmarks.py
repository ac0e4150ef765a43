"""Places that a text names without meaning them: what it denies, is near, or has moved from.

Called by ``knowledge.place_mentions`` and ``knowledge.places``. Knows no names of places but that
of the town where the national registers are.
"""

from collections.abc import Sequence
from typing import Literal

from knowledge.place_words import ORIGINS, PREPOSITIONS, Word

Standing = Literal["meant", "near", "out"]

_REACH = 5  # words before a name that can tell how it is meant
# A full stop after these ends nothing.
_ABBREVIATIONS = frozenset({"km", "min", "ca", "kl", "nr", "bl", "evt", "st", "dvs", "inkl"})
# «Registrert i Brønnøysund»: in the registers, wherever they live; however it is spelled.
_REGISTER_TOWN = ("bron", "sund")

# Words here are folded, so that «nær» and «sør» stand without their own letters.
# «Ikke i Oslo», «not in Oslo».
_DENIALS = frozenset({"ikke", "ikkje", "itte", "ikkj", "inte", "not", "unntatt", "except"})
# «Just outside Oslo», «nabo til Oslo».
_NEAR = frozenset({"utenfor", "utanfor", "utafor", "outside", "nabo", "nar", "near"}) | frozenset(
    {"nabokommunen", "nabokommune", "nabobygda", "naboby", "neighbour", "neighbor", "narmest"}
)
# «Nærmeste by er Drammen», «Drammen is the closest town».
_NEAREST = frozenset({"narmeste", "narmaste", "nearest", "closest"})
_TOWN_WORDS = frozenset({"byen", "kommunen", "kommuna", "bygda", "bydelen", "tettstedet", "city"})
# «Nord for Oslo», «en time fra Oslo», «i nærheten av Oslo».
_DIRECTIONS = frozenset(
    {"nord", "sor", "ost", "vest", "aust", "north", "south", "east", "west"}
    | {"nordvest", "nordost", "sorvest", "sorost", "nordaust", "soraust"}
)
_DISTANCES = frozenset(
    {"km", "kilometer", "mil", "minutt", "minutter", "minuttar", "min", "time", "timer", "timar"}
    | {"minutes", "miles", "hour", "hours", "langt", "far", "unna", "halvtime", "kvarter", "drive"}
    | {"kjoretur", "busstur", "togtur", "biltur", "gatur", "ferge", "ferje", "fergetur", "ferjetur"}
    | {"brua", "bruen", "fjorden", "grensa", "grensen", "sundet", "narheten", "narleiken"}
    | {"nerheten"}
)
_LANDMARK_LINKS = frozenset({"for", "om", "av", "of", "unna"})
# «Vi har flyttet fra Asker til Bærum», «tidligere holdt vi til i Asker».
_MOVED = frozenset({"flyttet", "flytta", "moved", "relocated"})
_FORMER = frozenset({"tidligere", "tidlegare", "formerly", "previously"})
_FORMER_SPELLED = "før"  # folded it is «for», which is another word
# Between «ikke» or «tidligere» and the place: «ikke lenger registrert i Oslo».
_BEING = frozenset(
    {"vi", "me", "we", "laget", "foreningen", "foreininga", "var", "er", "were", "was", "are"}
    | {"holdt", "heldt", "holder", "held", "til", "lenger", "lengre", "longer", "based", "located"}
    | {"lokalisert", "hjemmehorende", "registrert", "registrerte", "registered"}
    | {"la", "bodde", "budde", "hadde"}  # «før lå vi i Horten»
)
_REGISTERED = ("registr", "registered", "forretningsadress")  # how the words begin
_IN_REGISTERS = ("regist", "adress", "address", "forretningsadress")
_DWELLING = frozenset({"til", "bor", "bur", "er", "based", "live", "holder", "held"})
# Between a place and what it is near: «Os, rett utenfor Bergen».
_LIKE = frozenset({"rett", "like", "litt", "just", "right", "ligger", "ligg", "som"})


def standing(words: Sequence[Word], start: int, end: int) -> Standing:
    """How a place is named: as what is meant, as what that is near, or as what is not meant."""
    before = _before(words, start)
    if before and before[0].key in _TOWN_WORDS:  # «ikke i byen Tønsberg»
        del before[0]
    if _is_register(words, start, before):
        return "out"
    is_linked = bool(before) and before[0].key in PREPOSITIONS | _LANDMARK_LINKS
    link = before[0].key if is_linked else ""
    said = [word for word in before[is_linked:] if word.key not in _BEING]
    first = before[is_linked].key if len(before) > is_linked else ""
    if link in _LANDMARK_LINKS and first in _DIRECTIONS:
        return "near"
    if first in _NEAR or (link in _LANDMARK_LINKS and first in _DISTANCES):
        return "near"
    if link in ORIGINS and any(word.key in _DISTANCES for word in before[1:4]):
        return "near"  # «20 minutes by bus from Oslo»
    around = [*before[:3], *_after(words, end)]
    if any(word.key in _NEAREST for word in around):
        return "near"
    if said and (said[0].key in _DENIALS or _is_former(said[0], link)):
        return "out"
    if link in ORIGINS and any(word.key in _MOVED for word in before[:3]):
        return "out"
    return "meant"


def is_placed_by(words: Sequence[Word], at: int) -> int | None:
    """Where the landmark begins if the words here say what the place before them is near."""
    while at < len(words) and words[at].key in _LIKE:
        at += 1
    return at + 1 if at < len(words) and words[at].key in _NEAR else None


def is_registered_there(words: Sequence[Word], start: int) -> bool:
    """«Selve laget er registrert i Nittedal»: said of the place that begins here."""
    return any(word.key.startswith(_REGISTERED) for word in _before(words, start)[:4])


def is_parted(words: Sequence[Word], at: int) -> bool:
    """Whether a punctuation mark stands after a word that is no abbreviation."""
    if at + 1 >= len(words) or words[at + 1].at - words[at].end == 1:
        return False
    return words[at].key not in _ABBREVIATIONS


def _is_former(word: Word, link: str) -> bool:
    is_before = word.key in _FORMER or word.raw.casefold() == _FORMER_SPELLED
    return is_before and link in PREPOSITIONS


def _is_register(words: Sequence[Word], start: int, before: Sequence[Word]) -> bool:
    """Whether the town stands for the registers: they register, but do not say they live there."""
    begins, ends = _REGISTER_TOWN
    key = words[start].key
    if not (key.startswith(begins) and key.endswith(ends)):
        return False
    if any(word.key in _DWELLING for word in before[1:2]):
        return False
    return any(word.key.startswith(_IN_REGISTERS) for word in words)


def _before(words: Sequence[Word], start: int) -> list[Word]:
    """The words before a name in its clause, nearest first."""
    found: list[Word] = []
    for i in range(start - 1, max(start - 1 - _REACH, -1), -1):
        if is_parted(words, i):
            break
        found.append(words[i])
    return found


def _after(words: Sequence[Word], end: int) -> Sequence[Word]:
    """The few words after a name in its clause."""
    last = end
    while last < min(end + 3, len(words)) and not is_parted(words, last - 1):
        last += 1
    return words[end:last]
