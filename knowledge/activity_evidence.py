"""What the words of one sentence are evidence of, and which of it does not count.

Called by `knowledge.activities`. Looks words up in `knowledge.activity_words`; weighs nothing.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from knowledge.activity_files import CLASS, CONTEXT, METHOD, TELLS, Mark, Pair
from knowledge.activity_phrases import phrases_at
from knowledge.activity_text import Sentence, Word
from knowledge.activity_words import ActivityWords

SAYS_NOTHING = Mark(CONTEXT, "says_nothing")  # «norsk nabo», «i kveld»
LANGUAGE = "norwegian_practice"  # what the name of the language tells, alone


Place = tuple[int, int]  # the first word, and the one after the last


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that say something about a kind: where they stand, and whether they tell or hint."""

    mark: Mark
    start: int
    end: int
    beside: int | None = None  # where the other word of a pair stands

    @property
    def paired(self) -> bool:
        """Whether it says something only together with another word."""
        return self.beside is not None

    @property
    def kind(self) -> str:
        """The kind of activity it speaks of."""
        return self.mark.name


@dataclass(slots=True)
class Evidence:
    """All that one sentence says, before it is weighed."""

    sentence: Sentence
    hits: list[Hit] = field(default_factory=list)
    classes: dict[str, list[Place]] = field(default_factory=dict)
    context: dict[str, list[int]] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Whether a word of one of these classes or contexts stands in the sentence."""
        apart = self.classes.keys().isdisjoint(names) and self.context.keys().isdisjoint(names)
        return not apart

    @property
    def first(self) -> str:
        """The sentence's first word, folded."""
        return self.sentence.words[0].key

    def words(self, hit: Hit) -> str:
        """The words of a hit as they were written."""
        return " ".join(word.written for word in self.sentence.words[hit.start : hit.end])

    def piece(self, hit: Hit) -> int:
        """The number of the piece of a list item that a hit stands in."""
        return self.sentence.words[hit.start].piece

    def part(self, hit: Hit) -> int:
        """The number of the list item that a hit stands in."""
        return self.part_at(hit.start)

    def part_at(self, place: int) -> int:
        """The number of the list item that a word stands in."""
        return self.sentence.words[place].part


def gather(sentence: Sentence, vocabulary: ActivityWords) -> Evidence:
    """All that the words, phrases and compounds of a sentence say."""
    evidence = Evidence(sentence)
    read = [vocabulary.word(word.key) for word in sentence.words]
    words = [
        word if word.key == reading.key else word._replace(key=reading.key)
        for word, reading in zip(sentence.words, read, strict=True)
    ]
    spoken_for = [False] * len(words)
    silent: set[int] = set()
    for start, reading in enumerate(read):
        if reading.phrases and start not in silent:
            for mark, end in phrases_at(reading.phrases, words, start):
                _note(evidence, mark, start, end, spoken_for)
                if mark == SAYS_NOTHING:
                    silent.update(range(start, end))
    for start, reading in enumerate(read):
        if start in silent:
            continue
        if (reading.is_first_part or words[start].joined) and not spoken_for[start]:
            _note_parts(evidence, words, start, vocabulary, spoken_for)
        for mark in reading.marks:
            if mark.sort in (CLASS, METHOD) or not spoken_for[start]:
                _note(evidence, mark, start, start + 1, None)
    for within_items in (True, False) if len(evidence.classes) > 1 else ():
        _note_pairs(evidence, vocabulary.pairs, within_items)
    return evidence


def _note(
    evidence: Evidence, mark: Mark, start: int, end: int, spoken_for: list[bool] | None
) -> None:
    """Keep what was said. A phrase speaks for its words, which then tell nothing by themselves."""
    if mark.sort == CLASS:
        evidence.classes.setdefault(mark.name, []).append((start, end))
    elif mark.sort == CONTEXT:
        evidence.context.setdefault(mark.name, []).append(start)
    elif spoken_for is None or not spoken_for[start]:
        evidence.hits.append(Hit(mark, start, end))
    if spoken_for is not None and mark.sort != CLASS:
        spoken_for[start:end] = [True] * (end - start)


def _note_parts(
    evidence: Evidence,
    words: Sequence[Word],
    start: int,
    vocabulary: ActivityWords,
    spoken_for: list[bool],
) -> None:
    """A compound written apart or with a hyphen, or whose last part comes with the next one."""
    first, end = words[start].key, start + 2
    mark = None
    if words[start].hangs:
        end = start + 1
        later = (vocabulary.compounds.hanging(first, w.key) for w in words[end : start + 4])
        mark = next((found for found in later if found), None)
    elif end <= len(words) and words[start].part == words[start + 1].part:
        mark = vocabulary.compounds.apart(first, words[start + 1].key)
        if not mark and words[start].joined:
            whole = vocabulary.word(first + words[start + 1].key)
            mark = next((found for found in whole.marks if found.sort == TELLS), None)
    if mark:
        _note(evidence, mark, start, end, spoken_for)
    elif _is_language(words, start, vocabulary):
        _note(evidence, Mark(TELLS, LANGUAGE), start, start + 1, spoken_for)


def _is_language(words: Sequence[Word], start: int, vocabulary: ActivityWords) -> bool:
    """«Mat og norsk»: the language at the end of an item, not «vi er norsk» or «norsk nabo»."""
    if words[start].key not in vocabulary.language_names:
        return False
    last = start + 1 == len(words) or words[start + 1].part != words[start].part
    ends = vocabulary.small_words["by_means"] | vocabulary.small_words["when"]
    last = last or words[start + 1].key in ends
    return last and (not start or words[start - 1].key not in vocabulary.small_words["am"])


def _note_pairs(evidence: Evidence, pairs: Iterable[Pair], within_items: bool) -> None:
    """Keep the kinds told by words of two classes; no word is both of them.

    Where one item of a list tells a kind by itself, a pair says it no better.
    """
    told = {(h.kind, evidence.part(h)) for h in evidence.hits if h.mark.sort == TELLS}
    kinds = {kind for kind, _ in told}
    for pair in pairs:
        if pair.first not in evidence.classes or pair.second not in evidence.classes:
            continue
        if not within_items and (pair.within == "item" or pair.kind in kinds):
            continue
        for first, second in _together(evidence, pair, within_items):
            if (pair.kind, evidence.part_at(first[0])) not in told:
                mark = Mark(TELLS, pair.kind)
                evidence.hits += [Hit(mark, *first, second[0]), Hit(mark, *second, first[0])]
            break


def _together(evidence: Evidence, pair: Pair, within_items: bool) -> Iterator[tuple[Place, Place]]:
    seconds = _by_item(evidence, evidence.classes[pair.second], within_items)
    for item, firsts in _by_item(evidence, evidence.classes[pair.first], within_items).items():
        for first in firsts:
            for second in seconds.get(item, ()):
                if second[0] >= first[1] or second[1] <= first[0]:
                    yield first, second


def _by_item(evidence: Evidence, places: list[Place], within_items: bool) -> dict[int, list[Place]]:
    """Where the words of a class stand by the item they stand in, or all as if in one."""
    if not within_items:
        return {0: places}
    found: dict[int, list[Place]] = {}
    for place in places:
        found.setdefault(evidence.part_at(place[0]), []).append(place)
    return found


def pair_across(gathered: list[Evidence], pairs: Iterable[Pair]) -> Iterator[tuple[Evidence, Hit]]:
    """Kinds told by words of two classes in different sentences."""
    for pair in pairs:
        firsts = [(e, place) for e in gathered for place in e.classes.get(pair.first, ())]
        if firsts and any(pair.second in e.classes for e in gathered):
            evidence, place = firsts[0]
            yield evidence, Hit(Mark(TELLS, pair.kind), *place, place[0])
