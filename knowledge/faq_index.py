"""Finds the entries nearest to a question: by its words, by its labels, and by both together.

Called by `knowledge.faq_search`. Holds no text; knows an entry only by its number, and never says
whether the nearest is near enough.

An entry is likely whose phrasings have a word or a label much more often than those of others have
it, though no phrasing of it has them all. And it is near if some of its phrasings have about the
same labels as the question.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain
from math import log, sqrt

from knowledge.faq_frames import Frame
from knowledge.faq_vocabulary import Vocabulary, Weights, weights

# Found with `benchmarks/faq.py` by asking phrasings of an index that was built without them.
_BY_WORDS, _BY_LABELS, _NEAR = 0.40, 0.20, 0.36
_SHORTLIST = 6
_OTHERS = 0.6  # weight of an entry's next best phrasings beside its best
_NEAREST = 3
_REMEMBERED = 8192  # sets of labels; the same come again and again
_MOST_WORDS = 60  # of a long text, the first that differ


@dataclass(frozen=True, slots=True)
class Candidate:
    """An entry with its score, 0–1, and the parts of it: how well words and labels agree."""

    entry: int
    score: float
    by_words: float
    by_labels: float


class Index:
    """The phrasings of all entries, ready to be searched."""

    def __init__(self, entries: Sequence[Iterable[tuple[Sequence[str], int]]]) -> None:
        """Take the words and labels of each phrasing of each entry."""
        by_word: defaultdict[str, dict[int, float]] = defaultdict(dict)
        self._by_label: defaultdict[int, dict[int, float]] = defaultdict(dict)
        self._sets: list[Counter[int]] = []
        often: Counter[int] = Counter()
        bare: set[str] = set()
        for entry, phrasings in enumerate(entries):
            said, labels = zip(*phrasings, strict=True)
            bare.update(words[0] for words in said if len(words) == 1)
            self._sets.append(Counter(labels))
            for word, count in Counter(chain.from_iterable(said)).items():
                by_word[word][entry] = count / len(said)
            single: Counter[int] = Counter(chain.from_iterable(map(each, labels)))
            often.update(single)
            for label, count in single.items():
                self._by_label[label][entry] = count / len(said)
        self._bare = frozenset(bare)
        self.vocabulary = Vocabulary(by_word, len(self._sets))
        most = sum(held.total() for held in self._sets)
        self._rarity = {label: log(1 + most / n) ** 2 for label, n in often.items()}
        self._most_rare = log(1 + most) ** 2
        # What few questions come near is worked out when one does.
        self._rarity_of = lru_cache(maxsize=_REMEMBERED)(self._sum_of_rarities)
        self._sized = lru_cache(maxsize=None)(self._with_sizes)
        self._label_weights = lru_cache(maxsize=None)(self._weights_of)

    def has_bare(self, words: Sequence[str]) -> bool:
        """Whether some phrasing is this one word and nothing else."""
        return len(words) == 1 and words[0] in self._bare

    def nearest(self, frame: Frame, most: int) -> list[Candidate]:
        """The nearest entries, best first; only the likeliest are looked at closely."""
        words = list(dict.fromkeys(frame.words))[:_MOST_WORDS]
        by_words = _together(map(self.vocabulary.weights, words))
        by_labels = _together(map(self._label_weights, each(frame.labels)))
        likely: defaultdict[int, float] = defaultdict(float)
        for found, weight in ((by_words, _BY_WORDS), (by_labels, _BY_LABELS)):
            for entry, value in found.items():
                likely[entry] += weight * value
        size = self._size(frame.labels)
        candidates = []
        for entry in sorted(likely, key=likely.__getitem__, reverse=True)[:_SHORTLIST]:
            near = self._near(entry, frame.labels) / size
            candidates.append(
                Candidate(entry, likely[entry] + _NEAR * near, by_words.get(entry, 0.0), near)
            )
        return sorted(candidates, key=lambda candidate: -candidate.score)[:most]

    def _near(self, entry: int, labels: int) -> float:
        """How near the nearest phrasings are."""
        rarity = self._rarity_of
        found = [rarity(held & labels) / size for held, size in self._sized(entry)]
        top = sorted(found, reverse=True)[:_NEAREST]
        return (top[0] + _OTHERS * sum(top) / _NEAREST) / (1 + _OTHERS)

    def _with_sizes(self, entry: int) -> tuple[tuple[int, float], ...]:
        """The different sets of labels of an entry's phrasings, each with its size."""
        return tuple((labels, self._size(labels)) for labels in self._sets[entry])

    def _weights_of(self, label: int) -> Weights:
        return weights(self._by_label.get(label, {}), len(self._sets))

    def _size(self, labels: int) -> float:
        return sqrt(self._rarity_of(labels)) or 1.0

    def _sum_of_rarities(self, labels: int) -> float:
        return sum(self._rarity.get(label, self._most_rare) for label in each(labels))


def each(labels: int) -> Iterator[int]:
    """The labels of a set, each by itself."""
    while labels:
        yield (lowest := labels & -labels)
        labels ^= lowest


def _together(found: Iterable[Weights]) -> dict[int, float]:
    """How much all together speak for each entry, 0–1."""
    total: defaultdict[int, float] = defaultdict(float)
    most = 0.0
    for one in found:
        most += one.most
        for entry, weight in one.by_entry.items():
            total[entry] += weight
    return {entry: weight / most for entry, weight in total.items()}
