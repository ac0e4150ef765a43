"""Every slot that one message tells, whatever was asked: «ja, registrert, og vi er i Oslo».

Called by `dialogs.understand`. Takes only what is said; what two readings fit is left open. A
sentence that asks something says nothing of registration. All that is read here is shown to the
person before it counts.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from dialogs.message_places import PLACE_SLOTS, read_places
from dialogs.message_words import Message
from dialogs.words import people_of
from knowledge.activities import read_activities
from knowledge.organisation_numbers import organisation_numbers
from knowledge.place_words import fold as fold_place
from knowledge.places import Places
from knowledge.scheme import Scheme
from knowledge.slots import Value

LONGEST_TOLD = 1_000  # what an organisation says of itself; beyond that somebody has pasted a text
NEAR = 4  # so many words between a denial and what is denied
NEAR_OTHER_REGISTER = 6  # «bare meldt oss inn i Enhetsregisteret»
SHORTEST_PLACE = 4  # letters before «-folk»
NOT_OURS_ALONE = frozenset({"local_population"})  # everybody has neighbours
REGISTER_SIGNS = (
    *("register_name", "being_registered", "unregistered", "in_none", "other_register", "number"),
    *("will_register", "doubts", "only", "denies", "lacks"),
)


@dataclass(frozen=True, slots=True)
class SlotReading:
    """What a message tells: answers by slot, and places that could be several, to ask about.

    ``organisation_numbers`` are the numbers it names; they answer nothing by themselves.
    """

    answers: dict[str, Value] = field(default_factory=dict)
    asked_back: dict[str, tuple[str, ...]] = field(default_factory=dict)
    organisation_numbers: tuple[str, ...] = ()


def read_slots(scheme: Scheme, message: Message) -> SlotReading:
    """Read a whole message. Never raises, whatever it holds."""
    if len(message.text) > LONGEST_TOLD:
        message = Message(message.text[:LONGEST_TOLD])
    if is_other_talk(message):
        return SlotReading()
    answers: dict[str, Value] = {}
    if registered := _registered(message):
        answers["registered"] = registered
    places = read_places(scheme, message.text)
    answers |= places.answers
    affirmed = message.affirmed()
    if groups := _groups(scheme, message, affirmed, places.named):
        answers["target_groups"] = groups
    if activities := read_activities(message.text):
        answers["activities"] = activities
    if scope := _scope(message, affirmed, {*answers, *places.asked_back}, places.are_several):
        answers["scope"] = scope
    numbers = organisation_numbers(message.keys)
    return SlotReading(answers, places.asked_back, tuple(number.digits for number in numbers))


def is_other_talk(message: Message) -> bool:
    """Whether it is about the weather or the cinema, with nothing in it that is our business."""
    if not message.spoken("other_talk") or message.spoken("of_ours"):
        return False
    return message.values("target_groups") <= NOT_OURS_ALONE


def _registered(message: Message) -> str | None:
    """Whether they say that they are, or are not, in the register; None when they say neither."""
    told = message.told()
    clauses: defaultdict[int, dict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for sign in REGISTER_SIGNS:
        for spoken in message.spoken(sign, within=told):
            clause = message.words[spoken.start].clause
            if clause == message.words[spoken.end - 1].clause:
                clauses[clause][sign].append(spoken.start)
    for number in organisation_numbers(message.keys):
        clauses[message.words[number.start].clause]["number"].append(number.start)
    found = {_registered_in(message, signs) for signs in clauses.values()} - {None}
    return found.pop() if len(found) == 1 else None


def _registered_in(message: Message, signs: Mapping[str, list[int]]) -> str | None:
    """What one clause says, by the words at which each sign stands in it."""
    if signs["doubts"] or signs["will_register"]:
        return None
    if signs["in_none"]:
        return "no"
    if signs["unregistered"]:
        return "yes" if _are_near(signs["denies"], signs["unregistered"]) else "no"
    register, registered = signs["register_name"], signs["being_registered"]
    if not register:
        if _are_near(signs["only"], signs["other_register"], NEAR_OTHER_REGISTER):
            return "no"
        if signs["other_register"] or signs["number"]:
            return None
        # «Registrert i Oslo» tells where, and not in which register.
        nexts = (message.words[i + 1 : i + 2] for i in registered if message.words[i].key != "i")
        if any(word.key in ("i", "på", "in") for some in nexts for word in some):
            return None
    said = register + registered
    if _are_near([*signs["denies"], *signs["lacks"], *signs["only"]], said):
        return "no"
    return "yes" if said else None


def _are_near(some: Iterable[int], others: Collection[int], most: int = NEAR) -> bool:
    return any(abs(i - j) <= most for i in some for j in others)


def _groups(
    scheme: Scheme, message: Message, affirmed: Collection[int], named: Collection[str]
) -> tuple[str, ...]:
    if is_for_others(scheme, message):
        return ()
    found = set(message.values("neighbouring_places", "target_groups", within=affirmed))
    if any(_is_abroad(scheme, message, s.end) for s in message.spoken("origin", within=affirmed)):
        found.add("immigrants")
    for group, endings in people_of().items():
        if endings and group not in found:
            words = (message.words[i].key for i in affirmed)
            if any(_are_people_of(scheme, word, endings, named) for word in words):
                found.add(group)
    return tuple(group for group in scheme.values("target_groups") if group in found)


def is_for_others(scheme: Scheme, message: Message) -> bool:
    """Whether it is for animals, or for people abroad, and for none of the target groups here."""
    if not message.values("target_groups") <= NOT_OURS_ALONE:
        return False
    mentions = Places.load(scheme.year).mentions(message.text)
    is_abroad = any(m.kind == "abroad" for m in mentions) and not any(
        m.candidates for m in mentions
    )
    return is_abroad or bool(message.spoken("not_people"))


def _is_abroad(scheme: Scheme, message: Message, at: int) -> bool:
    """Whether the words from here name a country or a part of the world: «frå Sri Lanka»."""
    places = Places.load(scheme.year)
    names = (" ".join(message.keys[at : at + length]) for length in (1, 2))
    return any(places.find(name).kind == "abroad" for name in names)


def _are_people_of(
    scheme: Scheme, word: str, endings: tuple[str, ...], named: Collection[str]
) -> bool:
    """«mysenfolk», «hamarsinger»: an ending after a place named beside it, or a municipality."""
    if not word.endswith(endings):
        return False
    for ending in endings:
        place = fold_place(word.removesuffix(ending))
        if not word.endswith(ending) or len(place) < SHORTEST_PLACE:
            continue
        if place in named or place.rstrip("aes") in named:
            return True
        # Read with slips, «haldningar» would be people of Halden.
        found = Places.load(scheme.year).find(place.capitalize()).candidates
        if any(fold_place(municipality.name) == place for municipality in found):
            return True
    return False


def _scope(
    message: Message, affirmed: Collection[int], known: Collection[str], are_several: bool
) -> str | None:
    """How far the measure reaches, if it is said or follows from what is done where."""
    found = message.values("scope", "nationwide_organisation", within=affirmed)
    scopes = one_scope(found - {"nationwide_organisation"})
    if are_several and scopes in ((), ("local",)):
        return "several_municipalities"
    if scopes:
        return scopes[0] if len(scopes) == 1 else None
    is_somewhere = any(slot in known for slot in PLACE_SLOTS)
    is_done = "activities" in known or "target_groups" in known
    if is_somewhere and is_done and not message.spoken("not_bound_to_a_place", within=affirmed):
        return "local"
    return None


def one_scope(found: Collection[str]) -> tuple[str, ...]:
    """The scopes told; of two that mean a third that one, and of two the one that says more.

    «Lokalt, med overføringsverdi»; a central body's measure is national, and one with transfer
    value is so to the whole country.
    """
    told = set(found)
    if told == {"local", "transferable"}:
        return ("local_transferable",)
    if told in ({"national", "transferable"}, {"national", "central_body", "transferable"}):
        return ("transferable",)
    if told == {"central_body", "transferable"}:
        return ("central_body",)
    if told == {"national", "central_body"}:
        return ("national",)
    return tuple(told)
