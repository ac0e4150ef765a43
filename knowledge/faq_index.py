"""Finds the entries nearest to a question: pieces of words and frames, each with two votes.

Called by `knowledge.faq_search`. Holds no text; knows an entry only by its number, and never says
whether the nearest is near enough.

A feature votes twice. As in any search, a phrasing is near that shares many rare features with the
question. And an entry is likely whose phrasings have a feature much more often than other entries'
have it, though no phrasing of it has them all.
"""

from array import array
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from heapq import nlargest
from math import log, sqrt

from knowledge.faq_frames import Frame
from knowledge.faq_words import grams

# Found with `benchmarks/faq.py` by asking phrasings of an index that was built without them.
_NEAR_GRAMS, _NEAR_FRAME = 0.30, 0.36
_OFTEN_GRAMS, _OFTEN_FRAME = 0.14, 0.20
_SHORTLIST = 10
_OTHERS = 0.6  # weight of an entry's next best phrasings beside its best
_NEAREST = 3
_SURPRISE = 10.0  # how much a feature counts that others seldom have
_COMMON = 0.30  # pieces of words that more of the entries hold tell nothing
_MOST_GRAMS = 200  # of a long text, the rarest
_MOST_ASKED = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its score, 0–1: how well its phrasings and the question agree."""

    entry: int
    score: float


class _Side:
    """One kind of feature: where it stands, and what it weighs."""

    def __init__(self, phrasings: Sequence[tuple[int, frozenset[str]]], common: float) -> None:
        size: defaultdict[int, int] = defaultdict(int)
        counts: defaultdict[str, defaultdict[int, int]] = defaultdict(lambda: defaultdict(int))
        for entry, features in phrasings:
            size[entry] += 1
            for feature in features:
                counts[feature][entry] += 1
        entries = len(size)
        self._unknown = log(1 + entries)
        self._weight: dict[str, float] = {}
        self._likely: dict[str, list[tuple[int, float]]] = {}
        self._most: dict[str, float] = {}
        for feature, held in counts.items():
            if len(held) <= common * entries:
                usual = sum(n / size[entry] for entry, n in held.items()) / entries
                self._weight[feature] = log(1 + entries / len(held))
                self._most[feature] = log(1 + _SURPRISE / usual)
                self._likely[feature] = [
                    (entry, log(1 + _SURPRISE * n / size[entry] / usual))
                    for entry, n in held.items()
                ]
        self._most_unknown = log(1 + _SURPRISE * entries)
        self._common = frozenset(counts.keys() - self._weight.keys())
        self._postings: defaultdict[str, array[int]] = defaultdict(lambda: array("H"))
        self._norms = array("f")
        for number, (_, features) in enumerate(phrasings):
            weighed = [feature for feature in features if feature in self._weight]
            self._norms.append(sqrt(sum(self._weight[f] ** 2 for f in weighed)) or 1.0)
            for feature in weighed:
                self._postings[feature].append(number)

    def telling(self, features: Iterable[str], most: int) -> list[str]:
        """The features that are not common to most entries; of many, the rarest."""
        told = [feature for feature in features if feature not in self._common]
        if len(told) <= most:
            return told
        return nlargest(most, told, key=lambda f: (self._weight.get(f, 0.0), f))

    def nearness(self, features: Sequence[str], spans: Iterable[range]) -> dict[int, float]:
        """How near phrasings are, 0–1; features nobody has make all of them less near."""
        found: defaultdict[int, float] = defaultdict(float)
        held = [(self._postings[f], self._weight[f] ** 2) for f in features if f in self._weight]
        for span in spans:
            for numbers, weight in held:
                at = bisect_left(numbers, span.start)
                while at < len(numbers) and numbers[at] < span.stop:
                    found[numbers[at]] += weight
                    at += 1
        norm = sqrt(sum(self._weight.get(f, self._unknown) ** 2 for f in features)) or 1.0
        return {number: value / norm / self._norms[number] for number, value in found.items()}

    def likelihood(self, features: Sequence[str]) -> dict[int, float]:
        """How much more often each entry has the features than others have, 0–1."""
        found: defaultdict[int, float] = defaultdict(float)
        for feature in features:
            for entry, weight in self._likely.get(feature, ()):
                found[entry] += weight
        most = sum(self._most.get(f, self._most_unknown) for f in features) or 1.0
        return {entry: value / most for entry, value in found.items()}


class Index:
    """The phrasings of all entries, ready to be searched."""

    def __init__(self, phrasings: Iterable[tuple[int, Frame]]) -> None:
        held = sorted(phrasings, key=lambda phrasing: phrasing[0])
        self._grams = _Side([(e, gram_features(frame)) for e, frame in held], _COMMON)
        self._frames = _Side([(e, frame_features(frame)) for e, frame in held], 1.0)
        self._spans: dict[int, range] = {}
        for number, (entry, _) in enumerate(held):
            start = self._spans[entry].start if entry in self._spans else number
            self._spans[entry] = range(start, number + 1)

    def nearest(self, frame: Frame, most: int) -> list[Candidate]:
        """The nearest entries, best first; only the likeliest are looked at closely."""
        pieces = self._grams.telling(gram_features(frame), _MOST_GRAMS)
        asked = self._frames.telling(frame_features(frame), _MOST_ASKED)
        likely: defaultdict[int, float] = defaultdict(float)
        for found, weight in (
            (self._grams.likelihood(pieces), _OFTEN_GRAMS),
            (self._frames.likelihood(asked), _OFTEN_FRAME),
        ):
            for entry, value in found.items():
                likely[entry] += weight * value
        shortlist = nlargest(_SHORTLIST, likely, key=lambda entry: likely[entry])
        spans = [self._spans[entry] for entry in shortlist]
        by_grams = self._grams.nearness(pieces, spans)
        by_frame = self._frames.nearness(asked, spans)
        candidates = []
        for entry, span in zip(shortlist, spans, strict=True):
            top = nlargest(
                _NEAREST,
                (_NEAR_GRAMS * by_grams.get(n, 0) + _NEAR_FRAME * by_frame.get(n, 0) for n in span),
            )
            near = (top[0] + _OTHERS * sum(top) / _NEAREST) / (1 + _OTHERS)
            candidates.append(Candidate(entry, near + likely[entry]))
        return nlargest(most, candidates, key=lambda candidate: candidate.score)


def gram_features(frame: Frame) -> frozenset[str]:
    """The pieces of all words."""
    return frozenset(piece for word in frame.words for piece in grams(word))


def frame_features(frame: Frame) -> frozenset[str]:
    """What is asked, what about, and the two together."""
    return frozenset(_frame_features(frame))


def _frame_features(frame: Frame) -> Iterator[str]:
    yield from frame.concepts
    for ask in frame.asks:
        yield f"?{ask}"
        for concept in frame.concepts:
            yield f"?{ask} {concept}"
