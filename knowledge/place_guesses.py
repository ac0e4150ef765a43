"""Reads names with slips of the hand in them: what to take, what to ask about, what to refuse.

Called by ``knowledge.place_mentions`` for words that are no name as they stand. Never chooses
between two municipalities that both are near.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from knowledge.elsewhere import Elsewhere
from knowledge.gazetteer import Gazetteer, Meaning
from knowledge.municipalities import Municipality
from knowledge.place_names import Mention, NameReader
from knowledge.place_slips import SlipIndex, typing_cost
from knowledge.place_words import Word, joined

_FIRST_LETTER_COUNTS = 4  # letters: up to here a slip in the first letter makes another word
_SHORT_NAME = 5  # letters: up to here a letter too many or another one may be an ordinary word
_MINOR_SLIP = 7  # letters: shorter names of post towns are one slip from too many ordinary words
_OUTSIDE_SLIP = 6  # letters: the same for the names of regions and countries
_SLIP_IN_SENTENCE = 6  # letters: a shorter word is too often an ordinary one
_TWO_SLIPS_ASKED = 7  # letters: from here a name with two slips, one of them likely, is asked about
_TWO_SLIPS_TAKEN = 9  # letters: from here it is taken, unless it is only a post town's
_TWO_SLIPS_COST = 1.5  # what the two may cost together in a shorter name
_MOST_GUESSES = 3


class SlipReader:
    """The names of one year, read generously."""

    def __init__(self, gazetteer: Gazetteer, elsewhere: Elsewhere, names: NameReader) -> None:
        self._gazetteer = gazetteer
        self._elsewhere = elsewhere
        self._names = names

    @cached_property
    def _slips(self) -> SlipIndex:
        outside = {name for name in self._elsewhere.names if len(name) >= _OUTSIDE_SLIP}
        return SlipIndex(self._gazetteer.well_known | outside)

    def slip(
        self, words: Sequence[Word], start: int, end: int, shortest: int = 0
    ) -> Mention | None:
        """The municipalities with a name one slip from these words, or a few with two.

        ``shortest``: how many letters a name must have to be thought of.
        """
        key = joined(words, start, end)
        if self._names.is_never_a_place(key) or key in self._elsewhere.names:
            return None
        # «Fausae» is one slip from Fauske as written, and from Fusa when ae is read as æ.
        typed = tuple({key: None, " ".join(word.written for word in words[start:end]): None})
        near = dict.fromkeys(name for form in typed for name in self._slips.near(form))
        names = [name for name in near if len(name) >= shortest]
        if not names:
            found = self._two_slips(key, start, end)
        elif len(key) <= _FIRST_LETTER_COUNTS and all(name[0] != key[0] for name in names):
            return None
        else:
            found = self._nearest(typed, names, start, end)
            if found and found.is_minor and max(map(len, names)) < _MINOR_SLIP:
                return None
        return self._names.with_region(words, found, [found.candidates]) if found else None

    def slip_in_sentence(self, words: Sequence[Word], at: int) -> Mention | None:
        """A slip in one long word that stands where a place would; never one to ask about."""
        key = words[at].key
        if len(key) < _SLIP_IN_SENTENCE or self._names.is_everyday(key):
            return None
        found = self.slip(words, at, at + 1, shortest=_SLIP_IN_SENTENCE)
        return None if found and found.is_guess else found

    def _two_slips(self, key: str, start: int, end: int) -> Mention | None:
        if len(key) < _TWO_SLIPS_ASKED or key.count(" ") > 1:  # three words are a sentence
            return None
        is_long = len(key) >= _TWO_SLIPS_TAKEN
        names = [
            name
            for name in self._slips.far(key)
            if len(name) >= _TWO_SLIPS_ASKED
            if is_long or typing_cost(key, name) <= _TWO_SLIPS_COST
        ]
        found = self._nearest((key,), names, start, end)
        if found is None or found.outside or (found.is_minor and not is_long):
            return None
        return replace(found, is_guess=found.is_guess or found.is_minor or not is_long)

    def _nearest(
        self, typed: Sequence[str], names: Sequence[str], start: int, end: int
    ) -> Mention | None:
        """What these names stand for: of at most three municipalities, the likelier first.

        Nothing where more than three fit as well.
        """
        if len(names) == 1 and len(typed[0]) > _SHORT_NAME:
            return self._only(names[0], start, end)
        costs = {name: min(typing_cost(form, name) for form in typed) for name in names}
        wider = sorted((cost, name) for name, cost in costs.items() if self._is_wider(name))
        known = [(m, costs[name]) for name in names if (m := self._gazetteer.meaning(name))]
        if wider and all(wider[0][0] < cost for _, cost in known):
            return self._only(wider[0][1], start, end)
        known.sort(key=lambda each: (each[0].rank, each[1]))
        places, is_complete = _first_few([meaning for meaning, _ in known])
        if not places:
            return None
        is_far = all(
            cost >= 1 and len(name) <= len(form) <= _SHORT_NAME
            for name, cost in costs.items()
            for form in typed
        )
        is_guess = bool(wider) or not is_complete or is_far
        is_minor = all(meaning.is_minor for meaning, _ in known)
        return Mention(start, end, places, is_minor=is_minor, is_guess=is_guess)

    def _only(self, name: str, start: int, end: int) -> Mention:
        meaning = self._gazetteer.meaning(name)
        if meaning is None or self._is_wider(name):
            return Mention(start, end, outside=self._elsewhere.kind_of(name))
        return Mention(start, end, meaning.best, is_minor=meaning.is_minor)

    def _is_wider(self, name: str) -> bool:
        return name in self._elsewhere.names


def _first_few(meanings: Sequence[Meaning]) -> tuple[tuple[Municipality, ...], bool]:
    """Up to three municipalities, and whether these are all; none where a fourth fits as well."""
    places: dict[Municipality, None] = {}
    is_complete = True
    for meaning in meanings:
        more = places | dict.fromkeys(meaning.best)
        if len(more) <= _MOST_GUESSES:
            places = more
        elif meaning.rank == meanings[0].rank:
            return (), False
        else:
            is_complete = False
    return tuple(places), is_complete
