"""Reads names of places in a row of words: as they are spelled, in the genitive, with a county.

Called by ``knowledge.place_mentions`` and ``knowledge.place_guesses``. Never chooses between two
municipalities that both fit.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from pydantic import Field

from knowledge.elsewhere import Elsewhere, OutsideKind
from knowledge.gazetteer import Gazetteer
from knowledge.loading import Record, load_csv
from knowledge.municipalities import DATA, Municipality
from knowledge.place_landmarks import is_parted
from knowledge.place_words import (
    AREA_ENDINGS,
    AREA_JOINTS,
    AREA_WORDS,
    CONJUNCTIONS,
    FRAME_BEFORE,
    GROUP_ENDINGS,
    INTO,
    INTRODUCTIONS,
    MUNICIPALITY_WORDS,
    OPENERS,
    ORIGINS,
    PERSON_WORDS,
    SHORT,
    STREET_WORDS,
    WITHIN,
    Word,
    fold,
    is_after_preposition,
    joined,
)

PlaceKind = Literal[
    "municipality", "ambiguous", "several", "region", "national", "abroad", "svalbard", "none"
]


class OrdinaryWordRow(Record):
    """A word that must not be taken for a place.

    ``everyday_name``: it is a place's name too, and inside a sentence counts only where it cannot
    be the word. ``everyday_but_after_i``: the same, except that «i moss» is nothing but the place.
    ``never_a_place``: nobody means the place it names or almost names.
    """

    word: str = Field(min_length=2)
    kind: Literal["everyday_name", "everyday_but_after_i", "never_a_place"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words ``start`` up to ``end`` of a text, read as a place.

    ``has_region``: a county or region that follows the name is among the words. ``is_minor``: only
    a district or post town bears the name. ``is_unmistakable``: the words are an official name or a
    postal code of the one candidate. ``is_guess``: too far from the name to be taken unasked.
    ``outside``: what is meant instead of a municipality, which then has no candidates; "several"
    where a municipality is named together with something wider.
    """

    start: int
    end: int
    candidates: tuple[Municipality, ...] = ()
    has_region: bool = False
    is_minor: bool = False
    is_unmistakable: bool = False
    is_guess: bool = False
    outside: OutsideKind | Literal["several"] | None = None

    @property
    def kind(self) -> PlaceKind:
        """What these words alone say; "none" for a name that its own county contradicts."""
        if self.outside or not self.candidates:
            return self.outside or "none"
        return "municipality" if len(self.candidates) == 1 and not self.is_guess else "ambiguous"


class NameReader:
    """The names of one year, and the ordinary words among them."""

    def __init__(self, gazetteer: Gazetteer, elsewhere: Elsewhere) -> None:
        """Read ``ordinary_words.csv``.

        Raises:
            DataError: The file has faults.
        """
        self._gazetteer = gazetteer
        self._elsewhere = elsewhere
        words = load_csv(DATA / "ordinary_words.csv", OrdinaryWordRow)
        self._kinds = {fold(row.word): row.kind for row in words}

    def name(self, words: Sequence[Word], at: int) -> Mention | None:
        """The name that begins here and, with the county after it, reaches farthest."""
        if at >= len(words):
            return None
        key = words[at].key
        longest = self._gazetteer.most_words(key)
        ends = range(min(at + longest, len(words)), at, -1)
        found = [m for end in ends if (m := self._name_between(words, at, end))] if longest else []
        if not found:
            return self._area_named_after(key, at) if key.endswith(AREA_ENDINGS) else None
        # «Bø i Telemark» is a municipality and its county before it is a post town in two of them.
        return max(found, key=lambda m: (m.end, bool(m.candidates), not m.is_minor))

    def is_meant(self, words: Sequence[Word], found: Mention, is_marked: bool) -> bool:
        """Whether a name inside a sentence is meant as a place and is no ordinary word.

        ``is_marked``: it has a capital letter in a text that is not all capitals.
        """
        is_over = found.end == len(words)
        if found.has_region or (not is_over and words[found.end].key in MUNICIPALITY_WORDS):
            return True
        is_ordinary = self.is_ordinary(words, found)
        if _is_surname(words, found.start, is_likely=found.is_minor or is_ordinary):
            return False
        is_located = is_after_preposition(words, found.start)
        if is_ordinary:
            is_last = is_over or is_parted(words, found.end - 1)
            return self._is_word_meant(words, found, is_marked, is_located, is_last)
        return not found.is_minor or is_marked or is_located

    def _is_word_meant(
        self,
        words: Sequence[Word],
        found: Mention,
        is_marked: bool,
        is_located: bool,
        is_last: bool,
    ) -> bool:
        """The same of a name that is an ordinary word as well, or short as one."""
        if is_marked and (is_located or is_last):
            return True
        key = joined(words, found.start, found.end)
        before = words[found.start - 1].key if is_located else ""
        if self._kinds.get(key) == "everyday_but_after_i":
            return before in INTO or (is_marked and _is_inside(words, found.start))
        if self.is_everyday(key):
            return False
        # «Vi er i ås», «me er frå os», «det er Nes vi hører til»
        is_named = is_marked and not found.is_minor and _is_inside(words, found.start)
        return is_named or (is_last and before in INTO | ORIGINS)

    def is_ordinary(self, words: Sequence[Word], found: Mention) -> bool:
        """Whether the name is an everyday word, or so short that it looks like one."""
        key = joined(words, found.start, found.end)
        return len(key) <= SHORT or self.is_everyday(key)

    def is_everyday(self, key: str) -> bool:
        """Whether a folded name is an ordinary word as well."""
        return self._kinds.get(key) in ("everyday_name", "everyday_but_after_i")

    def is_never_a_place(self, key: str) -> bool:
        """Whether a folded word is an ordinary answer that merely looks like a name."""
        return self._kinds.get(key) == "never_a_place"

    def genitive(self, words: Sequence[Word], at: int, is_marked: bool) -> Mention | None:
        """«Bergens»: municipalities only, and none whose name is an everyday word."""
        name = words[at].key.removesuffix("s")
        if name == words[at].key or not is_marked or len(name) <= SHORT or self.is_everyday(name):
            return None
        meaning = self._gazetteer.meaning(name)
        if meaning is None or meaning.is_minor or self._is_street(words, at + 1):
            return None
        return self.with_region(words, Mention(at, at + 1, meaning.best), [meaning.best])

    def with_region(
        self,
        words: Sequence[Word],
        found: Mention,
        bearers: Iterable[Sequence[Municipality]],
        official: Sequence[Municipality] = (),
    ) -> Mention:
        """«Sande i Vestfold»: only those of the name's bearers that lie there, or nothing.

        ``bearers``: strongest first; the weaker count only where none of the stronger lie there.
        """
        if found.end == len(words):
            return found
        wider = self._widened(words, found)
        if wider:
            return wider
        at = found.end
        if at < len(words) and words[at].key in MUNICIPALITY_WORDS:
            at += 1
        if at < len(words) and words[at].key in WITHIN:
            at += 1
        region = self._elsewhere.region(words, at)
        if region is None:
            return found
        inside = (
            tuple(place for place in some if self._elsewhere.is_in(place, region.counties))
            for some in bearers
        )
        there = next((some for some in inside if some), ())
        return replace(
            found,
            end=region.end,
            candidates=there,
            has_region=True,
            is_guess=False,
            is_unmistakable=len(there) == 1 and there[0] in official,
        )

    def _name_between(self, words: Sequence[Word], start: int, end: int) -> Mention | None:
        key = joined(words, start, end)
        meaning = self._gazetteer.meaning_of(words[start:end])
        if meaning is None or self.is_never_a_place(key):
            return None
        if meaning.is_minor and key in self._elsewhere.names:
            return None
        if len(key) <= SHORT and not self._gazetteer.is_short_name(words[start].raw):
            return None  # «hæ» is not Hå
        if self._is_street(words, end):
            return Mention(start, end + 1)
        is_named_so = end < len(words) and words[end].key in MUNICIPALITY_WORDS
        found = Mention(
            start,
            end,
            meaning.as_municipality if is_named_so else meaning.best,
            is_minor=meaning.is_minor,
            is_unmistakable=meaning.is_unmistakable,
            is_guess=meaning.is_minor and meaning.is_shared,
            outside=None if meaning.all else "svalbard",
        )
        bearers = (meaning.official, meaning.other_years, meaning.minor)
        return self.with_region(words, found, bearers, meaning.official)

    def _widened(self, words: Sequence[Word], found: Mention) -> Mention | None:
        """«Oslo og Akershus», «Oslo og omegn», «Oslo-området» are more than the municipality."""
        at = found.end
        if at < len(words) and words[at].key in MUNICIPALITY_WORDS:
            at += 1
        is_joined = at < len(words) and words[at].key in AREA_JOINTS
        at += is_joined
        if at < len(words) and words[at].key in AREA_WORDS:
            return Mention(found.start, at + 1, outside="region")
        if is_joined and words[at - 1].key in CONJUNCTIONS:
            outside = self._elsewhere.at(words, at, is_located=True)
            if outside:
                return Mention(found.start, outside.end, outside="several")
        return None

    def _area_named_after(self, key: str, at: int) -> Mention | None:
        """«Stavangerregionen», «Bergensområdet»."""
        for ending in AREA_ENDINGS:
            stem = key.removesuffix(ending)
            if stem != key and len(stem) > SHORT:
                known = (self._gazetteer.meaning(name) for name in (stem, stem.removesuffix("s")))
                if any(meaning and not meaning.is_minor for meaning in known):
                    return Mention(at, at + 1, outside="region")
        return None

    def _is_street(self, words: Sequence[Word], at: int) -> bool:
        return at < len(words) and words[at].key in STREET_WORDS


def _is_surname(words: Sequence[Word], at: int, is_likely: bool) -> bool:
    """«Leder er Kari Hauge»: it follows another capitalised word, but not «på Nedre Grorud».

    It is not likely of a municipality's name, as in «Redd Barna Tromsø», unless a word tells.
    """
    if at < 2 or is_parted(words, at - 1) or is_after_preposition(words, at - 1):
        return False
    before = words[at - 1]
    if not (before.raw[0].isupper() and before.raw[1:].islower()) or before.key in FRAME_BEFORE:
        return False
    if is_likely or _introduces(words, at - 1):
        return True
    told = words[max(at - 5, 0) : at - 1]
    return words[at - 2].raw[0].islower() and any(word.key in PERSON_WORDS for word in told)


def _introduces(words: Sequence[Word], at: int) -> bool:
    """Whether one word, and no kind of organisation, comes after «dette er» or «I am»."""
    said = tuple(word.key for word in words[max(at - 2, 0) : at])
    return said in INTRODUCTIONS and not words[at].key.endswith(GROUP_ENDINGS)


def _is_inside(words: Sequence[Word], at: int) -> bool:
    """Whether a word stands after a lower-case one of its sentence, so that its capital counts."""
    if at == 0 or is_parted(words, at - 1):
        return False
    return words[at - 1].raw[0].islower() or words[at - 1].key in OPENERS
