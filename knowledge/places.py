"""From what a person wrote to the municipality meant: one, several to ask about, or nothing.

Called by ``dialogs.understand`` when a place is expected or may have been named. Never chooses
between two municipalities that both fit: a wrong one is worse than a question.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise, zip_longest

from knowledge.municipalities import Municipalities, Municipality
from knowledge.place_mentions import MentionFinder
from knowledge.place_names import Mention
from knowledge.place_words import CONJUNCTIONS, WITHIN, Word, split_words

_LONGEST_TEXT = 4096  # characters; Telegram's longest message
_MOST_CANDIDATES = 6


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What a text says about a place.

    ``candidates``: none, the one to take, or up to six to ask about, best first.
    ``certain``: the text is nothing but an official name or postal code of the one candidate.
    ``heard``: the words that were read as the place, as written.
    """

    candidates: tuple[Municipality, ...] = ()
    certain: bool = False
    heard: str = ""


class Places:
    """The municipalities of one scheme year, and what people call them."""

    def __init__(self, year: int) -> None:
        """Read the data files; ``Places.load`` does so once for each year.

        Raises:
            DataError: A data file has faults, or holds nothing for the year.
        """
        self._municipalities = Municipalities(year)
        self._finder = MentionFinder(self._municipalities, year)
        names = [place.name for place in self._municipalities.all]
        self._namesakes = frozenset(name for name in names if names.count(name) > 1)

    @staticmethod
    @cache
    def load(year: int) -> "Places":
        """The places of a scheme year, read on the first call.

        Raises:
            DataError: A data file has faults, or holds nothing for the year.
        """
        return Places(year)

    def by_number(self, number: str) -> Municipality | None:
        """The municipality that bears a four-digit number this year."""
        return self._municipalities.by_number.get(number)

    def label(self, municipality: Municipality) -> str:
        """The name, with the county where two municipalities share it; at most 30 characters."""
        if municipality.name in self._namesakes:
            return f"{municipality.name} ({municipality.county})"
        return municipality.name

    def find(self, text: str) -> PlaceReading:
        """Read a place out of an answer, a sentence, or anything else; never raises.

        An exact name wins over a slip. Of a text that names several municipalities all are
        candidates; of one that fits too many none is.
        """
        text = text[:_LONGEST_TEXT]
        words = split_words(text)
        whole = self._finder.whole_answer(words)
        if whole:
            found = [whole]
        else:
            found = self._finder.listed(words) or self._finder.in_sentence(words, text.isupper())
        mentions = [mention for mention in found if mention.candidates]
        candidates = _combined(words, mentions)
        if not 1 <= len(candidates) <= _MOST_CANDIDATES:
            return PlaceReading()
        return PlaceReading(
            candidates,
            certain=whole is not None and whole.is_unmistakable and len(candidates) == 1,
            heard=" ".join(word.raw for m in mentions for word in words[m.start : m.end]),
        )


def _combined(words: Sequence[Word], mentions: Sequence[Mention]) -> tuple[Municipality, ...]:
    """What several mentions mean together: what all fit, otherwise all there is to ask about."""
    mentions = list(_without_parts(words, mentions))
    every = tuple(dict.fromkeys(place for mention in mentions for place in mention.candidates))
    are_joined = any(
        word.key in CONJUNCTIONS for a, b in pairwise(mentions) for word in words[a.end : b.start]
    )
    if are_joined:
        return every
    common = [place for place in every if all(place in m.candidates for m in mentions)]
    return tuple(common) or every


def _without_parts(words: Sequence[Word], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Leave out a village named as part of a municipality: «Åsen i Drammen» is in Drammen."""
    for mention, following in zip_longest(mentions, mentions[1:]):
        if following and mention.is_minor and not following.is_minor:
            between = [word.key for word in words[mention.end : following.start]]
            is_elsewhere = not set(mention.candidates) & set(following.candidates)
            if len(between) == 1 and between[0] in WITHIN and is_elsewhere:
                continue
        yield mention
