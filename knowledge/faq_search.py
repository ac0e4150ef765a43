"""From a text to the entries it may ask for, each with a confidence.

Called by `knowledge.faq`. Knows entries by their keys and phrasings, and no answer.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import chain

from knowledge.faq_confidence import confidence, evidence
from knowledge.faq_frames import Frame, FrameReader
from knowledge.faq_index import Index
from knowledge.faq_lexicon import load_lexicon
from knowledge.faq_words import plain_words
from knowledge.scheme import Scheme

MOST_GUESSES = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """An entry, and how likely it is what was asked, 0–1."""

    key: str
    confidence: float


class Search:
    """The phrasings of the FAQ's entries, each under its entry's key, ready to be searched."""

    def __init__(self, scheme: Scheme, phrasings: Sequence[tuple[str, str]]) -> None:
        self.keys = tuple(dict.fromkeys(key for key, _ in phrasings))
        number = {key: i for i, key in enumerate(self.keys)}
        words = [plain_words(text) for _, text in phrasings]
        self.reader = FrameReader(scheme, load_lexicon(), chain.from_iterable(words))
        self.index = Index(
            (number[key], self.reader.read_own(text, own))
            for (key, text), own in zip(phrasings, words, strict=True)
        )

    def guesses(self, frame: Frame) -> tuple[Guess, ...]:
        """Up to three entries, best first; the confidence of the first is calibrated."""
        if not frame.is_answerable:
            return ()
        candidates = self.index.nearest(frame, MOST_GUESSES + 1)
        if not candidates:
            return ()
        sure = confidence(evidence(frame, candidates))
        return tuple(
            Guess(self.keys[c.entry], round(sure * c.score / candidates[0].score, 3))
            for c in candidates[:MOST_GUESSES]
        )
