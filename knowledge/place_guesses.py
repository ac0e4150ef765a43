"""Reads names with slips of the hand in them: what to take, what to ask about, what to refuse.

Called by ``knowledge.place_mentions`` for words that are no name as they stand. Never chooses
between two municipalities that both are near.
"""

from collections.abc import Sequence
from dataclasses import replace
from functools import cached_property

from knowledge.elsewhere import Elsewhere
from knowledge.gazetteer import Gazetteer
from knowledge.municipalities import Municipality
from knowledge.place_meaning import Meaning
from knowledge.place_names import Mention, NameReader
from knowledge.place_slips import SlipIndex, typing_cost
from knowledge.place_words import (
    MUNICIPALITY_WORDS,
    Word,
    is_after_preposition,
    joined,
    joined_as_spoken,
)

_FIRST_LETTER_COUNTS = 4  # letters: up to here a slip in the first letter makes another word
_MINOR_SLIP = 7  # letters: shorter names of post towns are one slip from too many ordinary words
_OUTSIDE_SLIP = 6  # letters: the same for the names of regions and countries
_SLIP_IN_SENTENCE = 6  # letters: a shorter word is too often an ordinary one
_SLIP_AFTER_PREPOSITION = 4  # letters: the same for a capitalised word after «i», «på», «from»
_TWO_SLIPS_ASKED = 7  # letters: from here a name with two slips, one of them likely, is asked about
_TWO_SLIPS_LONG = 9  # letters: from here also with two unlikely slips, and if a post town's
_TWO_SLIPS_COST = 1.5  # what the two may cost together in a shorter name
_MOST_GUESSES = 3
# How long a name must be to be taken unasked through slips of up to so much (``typing_cost``): the
# name of a village that is in no list is often one letter from that of a municipality.
_LETTERS_FOR = ((0.5, 4), (1, 7), (1.5, 11), (2, 13))
_NEVER = 100
_LIKELY_COST = 0.5  # one likely slip
_MINOR_NEEDS = 6  # letters more for the name of a post town or a district
_FIRST_NEEDS = 3  # letters more for a slip in the first one


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
        self,
        words: Sequence[Word],
        start: int,
        end: int,
        shortest: int = 0,
        may_be_far: bool = True,
    ) -> Mention | None:
        """The municipalities with a name one slip from these words, or a few with two.

        Args:
            words: The text.
            start: Where the name may begin.
            end: Where it ends.
            shortest: How many letters a name must have to be thought of.
            may_be_far: Names two slips away are thought of where none is nearer.
        """
        key = joined(words, start, end)
        if self._names.is_never_a_place(key) or key in self._elsewhere.names:
            return None
        # «Fausae» is one slip from Fauske as written, and from Fusa when ae is read as æ.
        typed = tuple({key: None, " ".join(word.written for word in words[start:end]): None})
        near = dict.fromkeys(name for form in typed for name in self._slips.near(form))
        spoken = joined_as_spoken(words, start, end)
        if self._gazetteer.meaning(spoken):
            near, typed = {spoken: None, **near}, (*typed, spoken)
        names = [name for name in near if len(name) >= shortest]
        if not names:
            found = self._two_slips(key, start, end) if may_be_far else None
        elif len(key) <= _FIRST_LETTER_COUNTS and all(name[0] != key[0] for name in names):
            return None
        else:
            found = self._nearest(typed, names, start, end)
            if found and found.is_minor and max(map(len, names)) < _MINOR_SLIP:
                return None
        return self._names.with_region(words, found, [found.candidates]) if found else None

    def slip_in_sentence(self, words: Sequence[Word], at: int, is_marked: bool) -> Mention | None:
        """A slip in one word that stands where a place would.

        It is one to ask about only with «kommune» after it. ``is_marked``: it has a capital letter
        that it has for no other reason.
        """
        key = words[at].key
        is_placed = is_marked and is_after_preposition(words, at)
        shortest = _SLIP_AFTER_PREPOSITION if is_placed else _SLIP_IN_SENTENCE
        if len(key) < shortest or self._names.is_everyday(key):
            return None
        found = self.slip(words, at, at + 1, shortest, may_be_far=is_marked)
        is_named = words[at + 1 : at + 2] and words[at + 1].key in MUNICIPALITY_WORDS
        return None if found and found.is_guess and not is_named else found

    def _two_slips(self, key: str, start: int, end: int) -> Mention | None:
        if len(key) < _TWO_SLIPS_ASKED or key.count(" ") > 1:  # three words are a sentence
            return None
        is_long = len(key) >= _TWO_SLIPS_LONG
        names = [
            name
            for name in self._slips.far(key)
            if len(name) >= _TWO_SLIPS_ASKED
            if is_long or typing_cost(key, name) <= _TWO_SLIPS_COST
        ]
        found = self._nearest((key,), names, start, end)
        if found is None or found.outside or (found.is_minor and not is_long):
            return None
        return replace(found, is_guess=found.is_guess or found.is_minor)

    def _nearest(
        self, typed: Sequence[str], names: Sequence[str], start: int, end: int
    ) -> Mention | None:
        """What these names stand for: of at most three municipalities, the likelier first.

        Nothing where more than three fit as well.
        """
        costs = {name: min([typing_cost(form, name) for form in typed]) for name in names}
        wider = sorted([(cost, name) for name, cost in costs.items() if self._is_wider(name)])
        known = [(m, costs[name]) for name in names if (m := self._gazetteer.meaning(name))]
        if wider and all(wider[0][0] < cost for _, cost in known):
            return self._outside(typed, *wider[0], start, end)
        known.sort(key=lambda each: (each[0].rank, each[1]))
        if known and known[0][1] <= _LIKELY_COST and not known[0][0].is_minor:
            # Nobody means a village that is farther off than the municipality.
            known = [(m, cost) for m, cost in known if not m.is_minor or cost <= known[0][1]]
        places, is_complete = _first_few([meaning for meaning, _ in known])
        if not places:
            return None
        is_minor = all(meaning.is_minor for meaning, _ in known)
        is_near = any(
            _is_near(form, name, cost, is_minor) for form in typed for name, cost in costs.items()
        )
        is_guess = bool(wider) or not is_complete or not is_near
        return Mention(start, end, places, is_minor=is_minor, is_guess=is_guess)

    def _outside(
        self, typed: Sequence[str], cost: float, name: str, start: int, end: int
    ) -> Mention | None:
        """A region or country, but not the people of one: «somali», «american»."""
        for form in typed:
            is_people = name.startswith(form) or form.startswith(name)
            if is_people or not _is_near(form, name, cost, is_minor=False):
                return None
        return Mention(start, end, outside=self._elsewhere.kind_of(name))

    def _is_wider(self, name: str) -> bool:
        return name in self._elsewhere.names


def _is_near(typed: str, name: str, cost: float, is_minor: bool) -> bool:
    """Whether a name is near enough to be taken unasked."""
    needed = next((letters for limit, letters in _LETTERS_FOR if cost <= limit), _NEVER)
    needed += (_MINOR_NEEDS if is_minor else 0) + (_FIRST_NEEDS if typed[0] != name[0] else 0)
    return len(name) >= needed


def _first_few(meanings: Sequence[Meaning]) -> tuple[tuple[Municipality, ...], bool]:
    """Up to three municipalities, and whether these are all; none where a fourth fits as well.

    More only where one name alone stands for them, as Sunnfjord does for four.
    """
    places = dict.fromkeys(place for meaning in meanings[:1] for place in meaning.best)
    is_complete = True
    for meaning in meanings[1:]:
        more = places | dict.fromkeys(meaning.best)
        if len(more) <= _MOST_GUESSES:
            places = more
        elif meaning.rank == meanings[0].rank:
            return (), False
        else:
            is_complete = False
    return tuple(places), is_complete
