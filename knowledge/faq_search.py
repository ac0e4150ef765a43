"""From a text to the entries it may ask for, each with a confidence.

Called by `knowledge.faq`. Knows entries by their keys and phrasings, and no answer.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from knowledge.faq_confidence import Evidence, confidence, evidence
from knowledge.faq_frames import Frame, FrameReader
from knowledge.faq_index import Candidate, Index
from knowledge.faq_lexicon import load_lexicon
from knowledge.scheme import Scheme

MOST_GUESSES = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """An entry, and how likely it is what was asked, 0–1."""

    key: str
    confidence: float


class Search:
    """The phrasings of the FAQ's entries, each under its entry's key, ready to be searched."""

    def __init__(self, scheme: Scheme, phrasings: Iterable[tuple[str, str]]) -> None:
        by_key: defaultdict[str, list[str]] = defaultdict(list)
        for key, text in phrasings:
            by_key[key].append(text)
        self.keys = tuple(by_key)
        self._reader = FrameReader(scheme, load_lexicon())
        self._index = Index([self._reader.read_own(lines) for lines in by_key.values()])

    def frame(self, text: str) -> Frame:
        """What a text asks; never raises."""
        return self._reader.read(text, self._index.vocabulary)

    def nearest(self, frame: Frame, most: int) -> list[Candidate]:
        """The entries to look at, best first; none if it is not to be answered at all."""
        if frame.is_order or not frame.concepts:
            return []
        if frame.is_bare and not self._index.has_bare(frame.words):
            return []
        return self._index.nearest(frame, most)

    def evidence(self, frame: Frame, candidates: list[Candidate]) -> Evidence:
        """What speaks for the first of the candidates, and against it."""
        uses, best = self._index.vocabulary.uses, candidates[0].entry
        foreign = [some for some in frame.elsewhere if len(some) > 1 or not uses(best, some[0])]
        return evidence(frame, candidates, len(foreign))

    def guesses(self, frame: Frame, most: int = MOST_GUESSES) -> tuple[Guess, ...]:
        """So many entries at most, best first; the confidence of the first is calibrated."""
        candidates = self.nearest(frame, most)
        if not candidates:
            return ()
        sure = confidence(self.evidence(frame, candidates))
        return tuple(
            Guess(self.keys[c.entry], round(sure * c.score / candidates[0].score, 3))
            for c in candidates
        )
