"""The vocabulary of activities: what one word, a compound or a phrase may tell.

Called by `knowledge.activities`. Built once from the data files into dictionaries, so that reading
a word never walks through the vocabulary. Decides nothing about a text.
"""

from functools import cache, cached_property, lru_cache
from itertools import chain
from typing import NamedTuple

from knowledge.activity_compounds import Compounds
from knowledge.activity_files import (
    CLASS,
    CONTEXT,
    TELLING,
    TELLS,
    Mark,
    VocabularyFiles,
    listed,
    load_files,
    names_in,
    pairs_in,
)
from knowledge.activity_phrases import Phrases
from knowledge.activity_spelling import Slips, bases

LONGEST_WORD = 40  # letters; no word of the vocabulary is longer, with its ending
_SHORTEST_HINT_SLIP = 7  # letters of a word that only hints
_SHORTEST_BASE_SLIP = 8  # letters of a word that has both an ending and a slip
_REMEMBERED = 8192  # words whose reading is kept


class WordReading(NamedTuple):
    """The word that was meant, what it says alone, and the phrases that begin with it."""

    key: str
    marks: tuple[Mark, ...] = ()
    phrases: tuple[Phrases, ...] = ()
    is_first_part: bool = False


class ActivityWords:
    """The vocabulary, compiled."""

    def __init__(self, files: VocabularyFiles) -> None:
        frames = files.frames
        self.pairs = tuple(pair for pair in frames.pair if pair.within != "text")
        self.pairs_across = tuple(pair for pair in frames.pair if pair.within == "text")
        self.goal_of = {
            kind: goal for goal, kinds in frames.sub_goals.items() for kind in names_in(kinds)
        }
        self.kinds = tuple(self.goal_of)
        self.named, self.cites = files.kinds, files.cites
        self.small_words = {
            name: frozenset(listed(spoken)) for name, spoken in frames.small_words.items()
        }
        self.language_names = frozenset(listed(frames.classes["norwegian"]))
        self._exact: dict[str, list[Mark]] = {}
        self._starts: dict[str, list[Mark]] = {}
        self._phrases = Phrases()
        self._in_phrases: set[str] = set()
        for mark, spoken in files.spoken():
            for phrase in listed(spoken):
                self._add(phrase, mark)
        own = (*self.small_words.values(), listed(frames.spelling["not_forms"]))
        for word in chain.from_iterable(own):
            self._exact.setdefault(word, [])  # a word of its own, no slip or form of another
        self._lengths_of_starts = sorted({len(start) for start in self._starts}, reverse=True)
        self._errors = pairs_in(frames.spelling["typing_errors"])
        never = tuple(listed(frames.spelling["not_slips"]))
        self._not_slips = frozenset(word for word in never if not word.endswith("*"))
        self._not_slip_starts = tuple(word[:-1] for word in never if word.endswith("*"))
        self.compounds = Compounds(files.compounds, self._not_slips)
        self.word = lru_cache(maxsize=_REMEMBERED)(self._word)

    @classmethod
    @cache
    def load(cls) -> "ActivityWords":
        """The vocabulary of the project.

        Raises:
            DataError: a file is not readable as a vocabulary.
        """
        return cls(load_files())

    def is_theme(self, mark: Mark) -> bool:
        """Whether a mark tells for certain of sub-goal C."""
        return mark.sort == TELLS and self.goal_of[mark.name] == "C"

    def is_of(self, mark: Mark, goal: str) -> bool:
        """Whether a mark speaks of this sub-goal."""
        return self.goal_of.get(mark.name) == goal

    def _add(self, phrase: str, mark: Mark) -> None:
        words = phrase.split()
        if len(words) > 1:
            self._phrases.add(words, mark)
            self._in_phrases.update(words)
        elif phrase.endswith("*"):
            self._starts.setdefault(phrase[:-1], []).append(mark)
        else:
            self._exact.setdefault(phrase, []).append(mark)

    def _word(self, word: str) -> WordReading:
        """The word a folded word was meant as, and what that says; cached as ``word``."""
        if len(word) > LONGEST_WORD:
            return WordReading(word)
        word = self._errors.get(word, word)
        of_word = bases(word)
        marks = self._marks(word, of_word)
        known = word in self._exact or word in self._in_phrases
        if not marks and not known and (meant := self._slip_of(word, of_word)):
            word, marks = meant, self._marks(meant, bases(meant))
        begun: list[Phrases] = []
        self._phrases.follow(word, begun)
        return WordReading(word, marks, tuple(begun), word in self.compounds.modifiers)

    def _marks(self, word: str, of_word: tuple[str, ...]) -> tuple[Mark, ...]:
        found = self._listed_marks(word, of_word)
        if any(mark.sort in TELLING for mark in found):
            return found
        return (*found, *self.compounds.marks(of_word))

    def _listed_marks(self, word: str, of_word: tuple[str, ...]) -> tuple[Mark, ...]:
        by_start = [
            mark
            for length in self._lengths_of_starts
            for mark in self._starts.get(word[:length], ())
            if length <= len(word)
        ]
        if self._exact.get(word) == []:
            return tuple(by_start)
        found = []
        for is_class in (True, False):
            said = (self._said(base, word, is_class) for base in of_word if base in self._exact)
            found += next(filter(None, said), [])
        return (*found, *by_start)

    def _said(self, base: str, word: str, is_class: bool) -> list[Mark]:
        """What a word of the lists says of which this one may be a form."""
        marks = [mark for mark in self._exact[base] if (mark.sort == CLASS) is is_class]
        if base != word:  # «minner» are memories, not «minn meg på»
            marks = [mark for mark in marks if mark.sort != CONTEXT]
        return marks

    def _slip_of(self, word: str, of_word: tuple[str, ...]) -> str:
        if word in self._not_slips or word.startswith(self._not_slip_starts):
            return ""
        for base in of_word:
            long_enough = base == word or len(base) >= _SHORTEST_BASE_SLIP
            if long_enough and (meant := self._slips.find(base)):
                return meant
        return ""

    @cached_property
    def _slips(self) -> Slips:
        """Of words that may have been meant: a short one only if it tells something for certain."""
        meant = [
            word
            for word, marks in self._exact.items()
            if len(word) >= _SHORTEST_HINT_SLIP or any(mark.sort in TELLING for mark in marks)
        ]
        compounds = (*self.compounds.modifiers, *self.compounds.heads)
        return Slips(dict.fromkeys((*meant, *compounds, *sorted(self._in_phrases))))
