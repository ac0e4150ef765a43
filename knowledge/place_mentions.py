"""Finds every place that a text mentions, by name or postal code.

Called by ``knowledge.places``, which decides what the mentions mean together.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from knowledge.gazetteer import Gazetteer
from knowledge.municipalities import Municipalities
from knowledge.place_names import LONGEST_NAME, Mention, NameReader
from knowledge.place_words import (
    AWAY,
    CONJUNCTIONS,
    LIST_WORDS,
    POSTAL_CODE_WORDS,
    Word,
    inside_frame,
    is_after_preposition,
    joined,
)


class MentionFinder:
    """Reads the words of a text against the names and codes of one year."""

    def __init__(self, municipalities: Municipalities, year: int) -> None:
        """Read the data files of names and codes.

        Raises:
            DataError: A file has faults.
        """
        self._by_number = municipalities.by_number
        self._gazetteer = Gazetteer(municipalities, year)
        self._names = NameReader(municipalities, self._gazetteer)

    def whole_answer(self, words: Sequence[Word]) -> Mention | None:
        """The whole text as one name, one code, one address, or a slip of one name."""
        if not words or len(words) > 2 * LONGEST_NAME:
            return None
        start, end = inside_frame(words)
        exact = self._whole(words[start:end])
        if exact:
            return replace(exact, start=start, end=end)
        # «nesse by» is Nesseby before «by» is left out.
        return self._names.slip(words, 0, len(words)) or self._names.slip(words, start, end)

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
        while at < len(words):
            if words[at].key in LIST_WORDS:
                at += 1
            elif mention := self._names.name(words, at):
                found.append(mention)
                at = mention.end
            else:
                return []
        return found

    def in_sentence(self, words: Sequence[Word], is_shouted: bool) -> list[Mention]:
        """The places that a sentence names, from left to right.

        Args:
            words: The sentence.
            is_shouted: It is all in capitals, so that a capital letter does not mark a name.
        """
        found = list(self._named(words, is_shouted))
        if all(len(mention.candidates) < 2 for mention in found):
            return found
        regions = (self._names.region(words, at) for at in range(len(words)))
        counties = {region[1] for region in regions if region}
        return [self._narrowed(mention, counties) for mention in found]

    def _named(self, words: Sequence[Word], is_shouted: bool) -> Iterator[Mention]:
        at = 0
        last_end = -2  # no place named yet
        while at < len(words):
            is_marked = _has_capital(words[at]) and not is_shouted
            is_joined = last_end == at - 1 and words[last_end].key in CONJUNCTIONS
            found = self._code_or_name(words, at, is_marked, is_joined)
            if found and not _is_ruled_out(words, at):
                yield found
                last_end = found.end
            at = found.end if found else self._after_region(words, at)

    def _after_region(self, words: Sequence[Word], at: int) -> int:
        """Past a county, and past what is named with it: «Akershus og Oslo» is no municipality."""
        region = self._names.region(words, at)
        if region is None:
            return at + 1
        end = region[0]
        if end < len(words) and words[end].key in CONJUNCTIONS:
            other = self._names.name(words, end + 1)
            return other.end if other else end
        return end

    def _code_or_name(
        self, words: Sequence[Word], at: int, is_marked: bool, is_joined: bool
    ) -> Mention | None:
        if _is_code(words[at]):
            return self._address(words, at) if self._reads_as_code(words, at) else None
        found = self._names.name(words, at)
        if found:
            is_meant = is_joined or self._names.is_meant(words, found, is_marked)
            return found if is_meant or self._is_joined_to_next(words, found) else None
        return self._names.genitive(words, at, is_marked) or self._names.slip_in_sentence(
            words, at, is_marked
        )

    def _is_joined_to_next(self, words: Sequence[Word], found: Mention) -> bool:
        """«ski og drammen»: what is named together with a place is a place."""
        if found.end >= len(words) or words[found.end].key not in CONJUNCTIONS:
            return False
        other = self._names.name(words, found.end + 1)
        return other is not None and self._names.is_meant(words, other, is_marked=False)

    def _narrowed(self, found: Mention, counties: Iterable[str]) -> Mention:
        """Of namesakes, those in a county that the sentence names somewhere."""
        there = tuple(
            place
            for place in found.candidates
            if any(self._names.is_in(place, county) for county in counties)
        )
        return replace(found, candidates=there) if there else found

    def _code_alone(self, code: str) -> Mention | None:
        """A postal code; where it is another municipality's number as well, both."""
        places = self._gazetteer.postal_code(code)
        if places is None:
            return None
        if code in self._by_number and self._by_number[code] not in places:
            return Mention(0, 1, (*places, self._by_number[code]))
        return Mention(0, 1, places, is_unmistakable=True)

    def _address(self, words: Sequence[Word], at: int) -> Mention | None:
        """«0170 Oslo»: the code decides, unless the name is of somewhere else: then both."""
        code = words[at].key
        places = self._gazetteer.postal_code(code)
        name = self._names.name(words, at + 1)
        if name is None:
            return Mention(at, at + 1, places) if places else None
        if places is None:
            return replace(name, start=at, is_unmistakable=False)
        town = joined(words, at + 1, name.end)
        agree = self._gazetteer.is_post_town_of(town, code) or set(places) <= set(name.candidates)
        if agree or not places:
            return Mention(at, name.end, places, is_unmistakable=agree)
        return Mention(at, name.end, tuple(dict.fromkeys((*places, *name.candidates))))

    def _reads_as_code(self, words: Sequence[Word], at: int) -> bool:
        """Whether four digits in a sentence are a postal code, not a year or an amount."""
        if at > 0 and words[at - 1].key in POSTAL_CODE_WORDS:
            return True
        name = self._names.name(words, at + 1)
        if name:
            return self._names.is_meant(words, name, is_marked=_has_capital(words[at + 1]))
        is_like_year = words[at].key[:2] in ("19", "20")
        return not is_like_year and at + 1 == len(words) and is_after_preposition(words, at)


def _is_ruled_out(words: Sequence[Word], at: int) -> bool:
    """«Ikke i Oslo», «utenfor Oslo»."""
    before = at - 2 if is_after_preposition(words, at) else at - 1
    return before >= 0 and words[before].key in AWAY


def _has_capital(word: Word) -> bool:
    return word.raw[0].isupper()


def _is_code(word: Word) -> bool:
    return len(word.raw) == 4 and word.raw.isascii() and word.raw.isdigit()
