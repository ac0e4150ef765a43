"""Reads a question as a frame: what is asked, about which concepts, and how much of it is ours.

Called by `knowledge.faq_search` for the entries' own phrasings and for what people write, so that
both are read alike. Never chooses an entry.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from knowledge.faq_lexicon import LISTED_PLACE, OTHER_PLACE, Lexicon
from knowledge.faq_vocabulary import Vocabulary
from knowledge.faq_words import plain_words, words_of_own
from knowledge.places import Places
from knowledge.scheme import Scheme

_OF_ONE = frozenset(plain_words("min mi mitt mine my myself mamma pappa"))
_GAP = re.compile(r"\{(\w+)\}(?:'?s\b)?")


@dataclass(frozen=True, slots=True)
class Frame:
    """What a text asks.

    ``words`` are in plain form, names of places left out. ``labels`` are those of the lexicon.
    ``content`` counts the words that say what it is about, ``known`` those of them that the FAQ
    knows, ``concepts`` the labels of what it is about; ``elsewhere`` are words of other people's
    business. It is anchored that is about a grant, personal that speaks of one person, bare that
    is one word and no question, and an order that tells the machine what to be.
    """

    words: tuple[str, ...]
    labels: int
    content: int
    known: int
    concepts: int
    elsewhere: tuple[tuple[str, ...], ...]
    is_anchored: bool
    is_personal: bool
    is_question: bool
    is_bare: bool
    is_order: bool


class FrameReader:
    """Reads frames with the lexicon and the municipalities of a year."""

    def __init__(self, scheme: Scheme, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._managing = frozenset(scheme.managing)
        self._places = Places.load(scheme.year)

    def read_own(self, lines: Sequence[str]) -> Iterator[tuple[list[str], int]]:
        """The words and labels of phrasings of ours, which name places by gaps."""
        bare = (_GAP.sub(" ", line) if "{" in line else line for line in lines)
        for line, words in zip(lines, words_of_own(bare), strict=True):
            named = 0
            if "{" in line:
                for gap in _GAP.findall(line):
                    named |= self._lexicon.bits[gap]
            yield words, self._lexicon.read(words, named).labels

    def read(self, text: str, vocabulary: Vocabulary) -> Frame:
        """The frame of a text; never raises."""
        lexicon = self._lexicon
        reading = self._places.find(text)
        named = 0
        for place in reading.candidates:
            named |= lexicon.bits[LISTED_PLACE if place.number in self._managing else OTHER_PLACE]
        heard = frozenset(plain_words(reading.heard) if named else ())
        written = tuple(word for word in plain_words(text) if word not in heard)
        words = tuple(self._mended(word, vocabulary) for word in written)
        labels, telling, is_asked = lexicon.read(words, named)
        content = [i for i, word in enumerate(words) if not lexicon.function.of_word(word)]
        is_question = is_asked or "?" in text
        concepts = labels & ~lexicon.asks
        return Frame(
            words=words,
            labels=labels,
            content=len(content),
            known=sum(1 for i in content if telling >> i & 1 or words[i] in vocabulary),
            concepts=concepts.bit_count(),
            elsewhere=self._foreign(written),
            is_anchored=bool(concepts & lexicon.anchors),
            is_personal=not _OF_ONE.isdisjoint(words),
            is_question=is_question,
            is_bare=len(content) <= 1 and not is_question and not concepts & lexicon.strong,
            is_order=any(True for _ in lexicon.never.found_in(written)),
        )

    def _mended(self, word: str, vocabulary: Vocabulary) -> str:
        """The word, or the one of ours that is one slip away from it."""
        lexicon = self._lexicon
        tables = (lexicon.labels, lexicon.elsewhere, lexicon.function)
        if word in vocabulary or any(table.of_word(word) for table in tables):
            return word
        return vocabulary.mended(word)

    def _foreign(self, words: Sequence[str]) -> tuple[tuple[str, ...], ...]:
        """The words and phrases that are other people's business."""
        function = self._lexicon.function.of_word
        found = self._lexicon.elsewhere.found_in(words)
        return tuple(some for some in found if len(some) > 1 or not function(some[0]))
