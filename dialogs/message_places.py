"""Which of the places in a message is the organisation's, and which the reception centre's.

Called by `dialogs.message_slots`. Where it is registered, where it is active and where
a centre lies are told apart by the words just before; what remains unclear is asked back about.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from dialogs.words import telling
from knowledge.place_words import fold
from knowledge.places import PlaceMention, Places
from knowledge.reading import words_of
from knowledge.scheme import Scheme
from knowledge.slots import Value

PLACE_SLOTS = ("municipality", "reception_centre_in")
NEAR = 4  # so many words before a place say whose it is
JOINS = {"og", "and", "samt", "både", "both", "i", "på", "in", "kommune", "kommunene", "kommunane"}
SENTENCE_ENDS = frozenset(".;!?\n")


@dataclass(frozen=True, slots=True)
class PlacesRead:
    """Where the organisation is registered and where the reception centre is, or may be."""

    answers: dict[str, Value]
    asked_back: dict[str, tuple[str, ...]]
    named: frozenset[str]  # as `knowledge.place_words.fold` has them
    are_several: bool  # «i Hamar, Stange og Løten»: it is done in all of them


def read_places(scheme: Scheme, text: str) -> PlacesRead:
    """Read the places of a message. Names of persons are none, though a place may bear them too."""
    named = [m for m in Places.load(scheme.year).mentions(text) if m.candidates]
    mentions = [m for m in named if not _said_before(m, "person")]
    centres = [m for m in mentions if _is_centre(m)]
    others = [m for m in mentions if m not in centres]
    listed = _listed(others)
    here = [m for m in others if _said_before(m, "registered_here")]
    others = [m for m in others if not _said_before(m, "tried_here")]
    not_there = [m for m in others if not _said_before(m, "activity_here")]
    if any(m in listed for m in here):  # «lag i Eid, Stryn og Gloppen»
        here = listed
    homes = here or [m for m in not_there if m not in listed] or not_there or others
    answers: dict[str, Value] = {}
    asked_back: dict[str, tuple[str, ...]] = {}
    for slot, found in zip(PLACE_SLOTS, (homes, centres), strict=True):
        numbers = tuple(dict.fromkeys(c.number for m in found for c in m.candidates))
        if len(numbers) == 1:
            answers[slot] = numbers[0]
        elif numbers:
            asked_back[slot] = numbers
    heard = frozenset(fold(mention.heard) for mention in mentions)
    return PlacesRead(answers, asked_back, heard, bool(listed))


def _listed(mentions: Sequence[PlaceMention]) -> list[PlaceMention]:
    """Those named in a row, each another municipality."""
    found: dict[PlaceMention, None] = {}
    for one, other in pairwise(mentions):
        are_joined = set(words_of(other.before)) <= JOINS and not SENTENCE_ENDS & {*other.before}
        if are_joined and not set(one.candidates) & set(other.candidates):
            found |= {one: None, other: None}
    return list(found)


def _is_centre(mention: PlaceMention) -> bool:
    """«mottaket i Drangedal», «Nome asylmottak»: the place belongs to the centre."""
    before, after = words_of(mention.before)[-3:], words_of(mention.after)[:1]
    return _says(before, "centre") or _says(after, "centre")


def _said_before(mention: PlaceMention, sign: str) -> bool:
    return _says(words_of(mention.before)[-NEAR:], sign)


def are_people_at(mention: PlaceMention) -> bool:
    """«folk i Hamar», «alle som bor på Saupstad»: the place tells which people."""
    words = words_of(mention.before)[-NEAR:]
    spoken = telling().found(words)
    return any(some.topic == "people_at" and some.end == len(words) for some in spoken)


def _says(words: Sequence[str], sign: str) -> bool:
    return any(spoken.topic == sign for spoken in telling().found(words))
