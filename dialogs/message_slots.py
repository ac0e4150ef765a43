"""Every slot that one message tells, whatever was asked: «ja, registrert, og vi er i Oslo».

Called by `dialogs.understand`. Takes only what is said; what two readings fit is left open. A
sentence that asks something says nothing of registration. All that is read here is shown to the
person before it counts.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field

from dialogs.slot_words import (
    ACTIVITY_HERE,
    CENTRE,
    DENIALS,
    GROUPS,
    INHABITANTS,
    NATIONWIDE_ORGANISATION,
    NOT_BOUND_TO_A_PLACE,
    NOT_YET,
    ONLY,
    OTHER_REGISTER,
    QUESTION_WORDS,
    REGISTER,
    REGISTERED,
    REGISTERED_HERE,
    SCOPE,
    UNREGISTERED,
)
from knowledge.activities import read_activities
from knowledge.places import PlaceMention, Places
from knowledge.reading import fold, values_in, words_of
from knowledge.scheme import Scheme
from knowledge.slots import Value

_CLAUSE = re.compile(r"[.;!?\n]|\bmen\b|\bbut\b", re.IGNORECASE)
_PART = re.compile(r"[,.;!?\n]|\bmen\b|\bbut\b", re.IGNORECASE)
_SENTENCE = re.compile(r"[^.;!?\n]*[.;!?\n]?")
LONGEST_TOLD = 1_000  # what an organisation says of itself; beyond that somebody has pasted a text
# So many words between «mottak» and a place, or a denial and what is denied, belong together.
NEAR = 4


@dataclass(frozen=True, slots=True)
class SlotReading:
    """What a message tells: answers by slot, and places that could be several, to ask about."""

    answers: dict[str, Value] = field(default_factory=dict)
    asked_back: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_slots(scheme: Scheme, text: str) -> SlotReading:
    """Read a whole message. Never raises, whatever it holds."""
    text = text[:LONGEST_TOLD]
    told = "".join(_told(sentence) for sentence in _SENTENCE.findall(text))
    answers: dict[str, Value] = {}
    if registered := _registered(told):
        answers["registered"] = registered
    places, asked_back = _places(scheme, text)
    answers |= places
    affirmed = _affirmed(text)
    if groups := _groups(scheme, affirmed):
        answers["target_groups"] = groups
    if activities := read_activities(text):
        answers["activities"] = activities
    if scope := _scope(affirmed, answers, asked_back):
        answers["scope"] = scope
    return SlotReading(answers, asked_back)


def _told(sentence: str) -> str:
    """A sentence without what it asks: «firma i Bærum, ikke registrert, kan vi søke?»."""
    if not is_question(sentence):
        return sentence
    *before, _asked = sentence.split(",")
    return ", ".join(part for part in before if not is_question(part)) + ". "


def is_question(text: str) -> bool:
    """Whether a sentence asks: it ends with a question mark, or begins as questions do."""
    if fold(text).endswith("?"):
        return True
    words = words_of(text)
    starts = (tuple(phrase.split()) for phrase in QUESTION_WORDS)
    return any(words[: len(start)] == start for start in starts)


def _registered(text: str) -> str | None:
    """Whether they say that they are, or are not, in the register; None when they say neither."""
    found = {_registered_in(words_of(clause)) for clause in _CLAUSE.split(text)} - {None}
    return found.pop() if len(found) == 1 else None


def _registered_in(words: tuple[str, ...]) -> str | None:
    if _at(words, UNREGISTERED):
        return "no"
    register, registered, denied = _at(words, REGISTER), _at(words, REGISTERED), _at(words, NOT_YET)
    if _at(words, OTHER_REGISTER) and not register:
        return "no" if any(words[i] in ONLY for i in denied) else None
    if not register and any(words[i + 1 : i + 2] in (("i",), ("på",), ("in",)) for i in registered):
        return None  # «registrert i Oslo» tells where, and not in which register
    said = register + registered
    if any(abs(i - j) <= NEAR for i in denied for j in said):
        return "no"
    return "yes" if said else None


def _affirmed(text: str) -> str:
    """The text without what it denies; a denial about the register says nothing of the rest."""
    return ", ".join(
        part
        for part in _PART.split(text)
        if not _at(words := words_of(part), DENIALS) or _at(words, REGISTER + REGISTERED)
    )


def _at(words: tuple[str, ...], phrases: Iterable[str]) -> list[int]:
    """Where in the words one of the phrases begins."""
    spoken = [(phrase, len(phrase.split())) for phrase in phrases]
    return [
        i
        for i in range(len(words))
        if any(values_in(words[i : i + size], {"": (phrase,)}) for phrase, size in spoken)
    ]


def _places(scheme: Scheme, text: str) -> tuple[dict[str, Value], dict[str, tuple[str, ...]]]:
    """Where the organisation is registered, and where the reception centre is."""
    mentions = [m for m in Places.load(scheme.year).mentions(text) if m.candidates]
    centres = [m for m in mentions if _is_centre(m)]
    others = [m for m in mentions if m not in centres]
    here = [m for m in others if _said_before(m, REGISTERED_HERE)]
    homes = here or [m for m in others if not _said_before(m, ACTIVITY_HERE)] or others
    answers: dict[str, Value] = {}
    asked_back: dict[str, tuple[str, ...]] = {}
    for slot, found in (("municipality", homes), ("reception_centre_in", centres)):
        numbers = tuple(dict.fromkeys(c.number for m in found for c in m.candidates))
        if len(numbers) == 1:
            answers[slot] = numbers[0]
        elif numbers:
            asked_back[slot] = numbers
    return answers, asked_back


def _is_centre(mention: PlaceMention) -> bool:
    """«mottaket i Drangedal», «Nome asylmottak»: the place belongs to the centre."""
    before, after = words_of(mention.before)[-3:], words_of(mention.after)[:1]
    return bool(_at(before, CENTRE)) or bool(_at(after, CENTRE))


def _said_before(mention: PlaceMention, phrases: Iterable[str]) -> bool:
    return bool(_at(words_of(mention.before)[-NEAR:], phrases))


def _groups(scheme: Scheme, text: str) -> tuple[str, ...]:
    words = words_of(text)
    found = set(values_in(words, GROUPS))
    if "local_population" not in found and any(_are_inhabitants(scheme, word) for word in words):
        found.add("local_population")
    return tuple(group for group in scheme.values("target_groups") if group in found)


def _are_inhabitants(scheme: Scheme, word: str) -> bool:
    """«mysenfolk», «hamarsinger»: a place and an ending for its people."""
    for ending in INHABITANTS:
        place = word.removesuffix(ending)
        if place != word and len(place) >= 3:
            found = Places.load(scheme.year).mentions(place.capitalize())
            if found and found[0].candidates:
                return True
    return False


def _scope(
    text: str, answers: dict[str, Value], asked_back: dict[str, tuple[str, ...]]
) -> str | None:
    """How far the measure reaches, if it is said or follows from what is done where."""
    words = words_of(text)
    phrases = {"organisation": NATIONWIDE_ORGANISATION, **SCOPE}
    found = set(values_in(words, phrases)) - {"organisation"}
    if found == {"local", "transferable"}:
        return "local_transferable"
    if found in ({"national", "central_body"}, {"national", "transferable"}):
        found.discard("central_body" if "central_body" in found else "national")
    if found:
        return found.pop() if len(found) == 1 else None
    is_somewhere = bool({"municipality", "reception_centre_in"} & {*answers, *asked_back})
    is_done = "activities" in answers or "target_groups" in answers
    if is_somewhere and is_done and not values_in(words, {"": NOT_BOUND_TO_A_PLACE}):
        return "local"
    return None
