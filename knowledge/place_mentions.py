"""Finds every place that a text mentions, by name or postal code.

Called by ``knowledge.places``, which decides what the mentions mean together.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice

from knowledge.elsewhere import Elsewhere, OutsideKind
from knowledge.gazetteer import Gazetteer
from knowledge.municipalities import Municipalities, Municipality
from knowledge.place_guesses import SlipReader
from knowledge.place_landmarks import Standing, is_parted, is_placed_by, standing
from knowledge.place_names import Mention, NameReader
from knowledge.place_words import (
    AREA_ENDINGS,
    CONJUNCTIONS,
    GROUP_ENDINGS,
    HERE,
    LIST_WORDS,
    LONGEST_NAME,
    NUMBER_WORDS,
    POSTAL_CODE_WORDS,
    Word,
    inside_frame,
    is_after_preposition,
    joined,
)

_MOST_NAMED = 24  # places; a text that names more is no answer, and is not read to its end


class MentionFinder:
    """Reads the words of a text against the names and codes of one year."""

    def __init__(self, municipalities: Municipalities, year: int) -> None:
        """Read the data files of names and codes.

        Raises:
            DataError: A file has faults.
        """
        self._municipalities = municipalities
        self._gazetteer = Gazetteer(municipalities, year)
        self._elsewhere = Elsewhere(municipalities)
        self._names = NameReader(self._gazetteer, self._elsewhere)
        self._slips = SlipReader(self._gazetteer, self._elsewhere, self._names)

    def whole_answer(self, words: Sequence[Word]) -> Mention | None:
        """The whole text as one name, one code, one address, one wider place, or a slip."""
        if not words or len(words) > 2 * LONGEST_NAME:
            return None
        start, end = inside_frame(words)
        named = self._names.name(words, start)
        if named and named.end == end:
            return named
        exact = self._whole(words[start:end])
        if exact:
            return replace(exact, start=start, end=end)
        outside = self._elsewhere.whole(words, start, end)
        if outside:
            return Mention(start, end, outside=outside.kind)
        # «nesse by» is Nesseby before «by» is left out.
        slip = self._slips.slip(words, 0, len(words))
        return slip or (self._slips.slip(words, start, end) if end - start < len(words) else None)

    def _whole(self, words: Sequence[Word]) -> Mention | None:
        if len(words) == 1 and _is_code(words[0]):
            return self._code_alone(words[0].key)
        if _is_code(words[-1]):  # «Oslo 0170»
            words = (words[-1], *words[:-1])
        found = self._address(words, 0) if _is_code(words[0]) else self._names.name(words, 0)
        return found if found and found.end == len(words) else None

    def listed(self, words: Sequence[Word]) -> list[Mention]:
        """The places of a text that is nothing but a list of names; empty for any other."""
        found: list[Mention] = []
        at = 0
        while at < len(words) and len(found) <= _MOST_NAMED:
            if words[at].key in LIST_WORDS:
                at += 1
            elif mention := self._names.name(words, at):
                found.append(mention)
                at = mention.end
            else:
                return []
        # «Namna på kommunane» is no list of one.
        is_word = len(found) == 1 and self._names.is_ordinary(words, found[0])
        return [] if is_word and found[0].end < len(words) else found

    def in_sentence(self, words: Sequence[Word], is_shouted: bool) -> list[Mention]:
        """The places that a sentence names, from left to right.

        Args:
            words: The sentence.
            is_shouted: It is all in capitals, so that a capital letter does not mark a name.
        """
        named = list(islice(self._named(words, is_shouted), _MOST_NAMED))
        found = [mention for mention, how in named if how == "meant"]
        if all(len(mention.candidates) < 2 for mention in found):
            return found
        regions = (self._elsewhere.region(words, at) for at in range(len(words)))
        counties = frozenset().union(*(region.counties for region in regions if region))
        for landmark, how in named:
            if how == "near" and len(landmark.candidates) == 1:
                counties |= self._elsewhere.counties_of(landmark.candidates[0])
        return [self._narrowed(mention, counties) for mention in found]

    def _named(self, words: Sequence[Word], is_shouted: bool) -> Iterator[tuple[Mention, Standing]]:
        at = 0
        last_end = -2  # no place named yet
        how: Standing = "meant"
        while at < len(words):
            is_marked = _has_capital(words[at]) and not is_shouted
            if not is_marked and self._is_plain(words, at):
                at += 1
                continue
            is_after_and = last_end == at - 1 and words[last_end].key in CONJUNCTIONS
            # «Near Hamar, Stange to be exact»
            is_beside = last_end == at and is_parted(words, at - 1) and is_marked
            is_joined = is_after_and or is_beside
            found = self._one(words, at, is_marked, is_joined)
            if found is None:
                at += 1
                continue
            if how == "meant" or not is_after_and:  # «ikke i Oslo eller Asker»: neither of them
                how = standing(words, at, found.end)
            yield found, how
            at = last_end = found.end

    def _is_plain(self, words: Sequence[Word], at: int) -> bool:
        """Whether nothing can begin here: nearly every word of a sentence, and so the sooner."""
        key = words[at].key
        if at == 0 or key.isdigit() or key.endswith(AREA_ENDINGS):
            return False
        is_known = self._gazetteer.most_words(key) or key in self._elsewhere.beginnings
        return not is_known and not is_after_preposition(words, at)

    def _one(
        self, words: Sequence[Word], at: int, is_marked: bool, is_joined: bool
    ) -> Mention | None:
        """The municipality or wider place that is named here, whichever takes more words."""
        outside = self._elsewhere.at(words, at, is_located=is_joined)
        found = self._code_or_name(words, at, is_marked, is_joined)
        if outside is None or (found and found.end >= outside.end):
            return found
        if outside.end < len(words) and words[outside.end].key in CONJUNCTIONS:
            other = self._names.name(words, outside.end + 1)
            if other:  # «Akershus og Oslo» is no municipality
                return Mention(at, other.end, outside="several")
        return Mention(at, outside.end, outside=outside.kind)

    def _code_or_name(
        self, words: Sequence[Word], at: int, is_marked: bool, is_joined: bool
    ) -> Mention | None:
        if _is_code(words[at]):
            if at > 0 and words[at - 1].key in NUMBER_WORDS:
                places = self._municipalities.in_year(words[at].key)
                return Mention(at, at + 1, places) if places else None
            return self._address(words, at) if self._reads_as_code(words, at) else None
        found = self._names.name(words, at)
        if found:
            is_meant = (
                is_joined
                or self._opens(words, found, is_marked)
                or self._names.is_meant(words, found, is_marked)
                or self._is_told_by_next(words, found)
            )
            return found if is_meant else None
        genitive = self._names.genitive(words, at, is_marked)
        # A capital at the start of a sentence marks nothing.
        is_placed = (is_marked and at > 0) or is_after_preposition(words, at)
        if genitive or not (is_placed or _opens_text(words, at, at + 1)):
            return genitive
        return self._slips.slip_in_sentence(words, at, is_marked and at > 0)

    def _opens(self, words: Sequence[Word], found: Mention, is_marked: bool) -> bool:
        """«mysen! grøtfest for alle», «mysen kvinnelag»: the first words, and no ordinary one."""
        is_of_group = found.start == 0 and _is_group(words, found.end)
        if not is_of_group and not _opens_text(words, found.start, found.end):
            return False
        return (is_marked and not found.is_minor) or not self._names.is_ordinary(words, found)

    def _is_told_by_next(self, words: Sequence[Word], found: Mention) -> bool:
        """«ski og drammen», «Os utenfor Bergen»: what is named with a place is a place."""
        landmark = is_placed_by(words, found.end)
        if landmark is not None:
            return self._names.name(words, landmark) is not None
        if found.end >= len(words) or words[found.end].key not in CONJUNCTIONS:
            return False
        other = self._names.name(words, found.end + 1)
        return other is not None and self._names.is_meant(words, other, is_marked=False)

    def _narrowed(self, found: Mention, counties: frozenset[str]) -> Mention:
        """Of namesakes, those in a county that the sentence names somewhere."""
        there = tuple(p for p in found.candidates if self._elsewhere.is_in(p, counties))
        return replace(found, candidates=there) if there else found

    def _code_alone(self, code: str) -> Mention | None:
        """A postal code; where it is another municipality's number as well, both."""
        places = self._gazetteer.postal_code(code)
        if places is None:
            return None
        numbered = self._municipalities.by_number.get(code)
        if numbered and numbered not in places:
            return Mention(0, 1, (*places, numbered))
        return _at_code(0, 1, places, is_unmistakable=True)

    def _address(self, words: Sequence[Word], at: int) -> Mention | None:
        """«0170 Oslo»: the code decides, unless the name is of somewhere else: then both."""
        code = words[at].key
        places = self._gazetteer.postal_code(code)
        name = self._names.name(words, at + 1)
        if name is None:
            return None if places is None else _at_code(at, at + 1, places)
        if places is None:
            return replace(name, start=at, is_unmistakable=False)
        town = joined(words, at + 1, name.end)
        agree = self._gazetteer.is_post_town_of(town, code) or set(places) <= set(name.candidates)
        if agree or not places:
            return _at_code(at, name.end, places, is_unmistakable=agree)
        return Mention(at, name.end, tuple(dict.fromkeys((*places, *name.candidates))))

    def _reads_as_code(self, words: Sequence[Word], at: int) -> bool:
        """Whether four digits in a sentence are a postal code, not a year or an amount."""
        if at > 0 and words[at - 1].key in POSTAL_CODE_WORDS:
            return True
        name = self._names.name(words, at + 1)
        if name:
            return self._names.is_meant(words, name, is_marked=_has_capital(words[at + 1]))
        is_like_year = words[at].key[:2] in ("19", "20")
        is_alone = is_after_preposition(words, at) or (at > 0 and is_parted(words, at - 1))
        return not is_like_year and at + 1 == len(words) and is_alone


def _at_code(
    start: int, end: int, places: tuple[Municipality, ...], is_unmistakable: bool = False
) -> Mention:
    """A postal code with no municipality is one of Svalbard or Jan Mayen."""
    outside: OutsideKind | None = None if places else "svalbard"
    return Mention(start, end, places, is_unmistakable=is_unmistakable, outside=outside)


def _opens_text(words: Sequence[Word], start: int, end: int) -> bool:
    """Whether these are the first words, with a punctuation mark and a space after, or «her»."""
    if start > 0 or end == len(words):
        return False
    return words[end].at - words[end - 1].end > 1 or words[end].key in HERE


def _is_group(words: Sequence[Word], at: int) -> bool:
    """Whether an organisation is named by the place before it."""
    return at < len(words) and words[at].key.endswith(GROUP_ENDINGS)


def _has_capital(word: Word) -> bool:
    return word.raw[0].isupper()


def _is_code(word: Word) -> bool:
    return len(word.raw) == 4 and word.raw.isascii() and word.raw.isdigit()
