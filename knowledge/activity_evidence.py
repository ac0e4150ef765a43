"""What the words of one sentence are evidence of, and which of it does not count.

Called by `knowledge.activities`. Looks words up in `knowledge.activity_words`; weighs nothing.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from knowledge.activity_text import Sentence, Word
from knowledge.activity_words import ActivityWords, Mark, Marks, Pair

TELLS, HINTS, METHOD, CLUB = "tells", "hints", "method", "club"
CLASS, CONTEXT = "class", "context"
LANGUAGE = "norwegian_practice"  # what the name of the language tells, alone
_LONGEST_QUESTION = 14  # words; a longer text that starts with «hvor» or «når» tells a story
_LONGEST_COMMAND = 24
_NEAR = 3  # words between «kjøpe» and what is bought


@dataclass(frozen=True, slots=True)
class Hit:
    """Words that say something about a kind: where they stand, and whether they tell or hint."""

    mark: Mark
    start: int
    end: int
    paired: bool = False

    @property
    def kind(self) -> str:
        """The kind of activity it speaks of."""
        return self.mark.name


@dataclass(slots=True)
class Evidence:
    """All that one sentence says, before it is weighed."""

    sentence: Sentence
    hits: list[Hit] = field(default_factory=list)
    classes: dict[str, list[tuple[int, int]]] = field(default_factory=dict)
    context: dict[str, list[int]] = field(default_factory=dict)

    def has(self, *names: str) -> bool:
        """Whether a word of one of these classes or contexts stands in the sentence."""
        return any(name in self.classes or name in self.context for name in names)

    def settle_clubs(self, alone: bool) -> None:
        """A club's name tells what is done if it is all that was said, or newcomers are to join."""
        sort = TELLS if alone or self.has("newcomer") else HINTS
        self.hits = [
            replace(hit, mark=Mark(sort, hit.kind)) if hit.mark.sort == CLUB else hit
            for hit in self.hits
        ]

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
        return self.sentence.words[hit.start].part


def gather(sentence: Sentence, vocabulary: ActivityWords) -> Evidence:
    """All that the words, phrases and compounds of a sentence say."""
    evidence = Evidence(sentence)
    read = [vocabulary.word(word.key) for word in sentence.words]
    words = tuple(map(_as_meant, sentence.words, read))
    spoken_for = [False] * len(words)
    for start in range(len(words)):
        for mark, end in _phrases_at(words, start, vocabulary):
            _note(evidence, mark, start, end, spoken_for)
    for start in range(len(words)):
        compound = None if spoken_for[start] else _over_two(words, start, vocabulary)
        if compound:
            end = start + (1 if words[start].hangs else 2)
            _note(evidence, compound, start, end, spoken_for)
        elif not spoken_for[start] and _is_language(words, start, vocabulary):
            _note(evidence, Mark(TELLS, LANGUAGE), start, start + 1, spoken_for)
        for mark in read[start][1]:
            if mark.sort in (CLASS, METHOD) or not spoken_for[start]:
                _note(evidence, mark, start, start + 1, None)
    evidence.hits += _pairs(evidence, vocabulary.pairs)
    return evidence


def _as_meant(word: Word, read: tuple[str, Marks]) -> Word:
    return word if word.key == read[0] else word._replace(key=read[0])


def _phrases_at(
    words: tuple[Word, ...], start: int, vocabulary: ActivityWords
) -> list[tuple[Mark, int]]:
    """What the phrases say that stand here; of those that tell or hint, only the longest."""
    return [
        (phrase.mark, start + len(phrase.words))
        for phrase in vocabulary.phrases_from(words[start].key)
        if _stands(words, start, phrase.words)
    ]


def _stands(words: tuple[Word, ...], start: int, phrase: tuple[str, ...]) -> bool:
    end = start + len(phrase)
    if end > len(words) or words[start].part != words[end - 1].part:
        return False
    for offset, part in enumerate(phrase):
        word = words[start + offset].key
        if word != part and not (part[-1] == "*" and word.startswith(part[:-1])):
            return False
    return True


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


def _over_two(words: tuple[Word, ...], start: int, vocabulary: ActivityWords) -> Mark | None:
    """A compound written apart, or whose last part comes with the next compound."""
    if words[start].hangs:
        later = (word.key for word in words[start + 1 : start + 4])
        found = (vocabulary.hanging(words[start].key, word) for word in later)
        return next((mark for mark in found if mark), None)
    if start + 1 == len(words) or words[start].part != words[start + 1].part:
        return None
    return vocabulary.apart(words[start].key, words[start + 1].key)


def _is_language(words: tuple[Word, ...], start: int, vocabulary: ActivityWords) -> bool:
    """«Mat og norsk»: the language at the end of an item, not «vi er norsk» or «norsk nabo»."""
    if words[start].key not in vocabulary.language_names:
        return False
    last = start + 1 == len(words) or words[start + 1].part != words[start].part
    return last and (not start or words[start - 1].key not in vocabulary.context("am"))


def _pairs(evidence: Evidence, pairs: Iterable[Pair]) -> list[Hit]:
    """Kinds told by words of two classes; no word is both of them."""
    found = []
    for pair in pairs:
        if pair.within == "text":
            continue
        for first in evidence.classes.get(pair.first, ()):
            others = evidence.classes.get(pair.second, ())
            second = next((o for o in others if _go_together(evidence, pair, first, o)), None)
            if second:
                mark = Mark(TELLS, pair.kind)
                found += [Hit(mark, *first, paired=True), Hit(mark, *second, paired=True)]
                break
    return found


def _go_together(
    evidence: Evidence, pair: Pair, first: tuple[int, int], second: tuple[int, int]
) -> bool:
    apart = second[0] >= first[1] or second[1] <= first[0]
    return apart and (pair.within == "sentence" or _same_item(evidence, first[0], second[0]))


def _same_item(evidence: Evidence, one: int, other: int) -> bool:
    return evidence.sentence.words[one].part == evidence.sentence.words[other].part


def pair_across(gathered: list[Evidence], pairs: Iterable[Pair]) -> Iterator[tuple[Evidence, Hit]]:
    """Kinds told by words of two classes in different sentences."""
    for pair in pairs:
        if pair.within != "text":
            continue
        firsts = [(e, place) for e in gathered for place in e.classes.get(pair.first, ())]
        if firsts and any(pair.second in e.classes for e in gathered):
            evidence, place = firsts[0]
            yield evidence, Hit(Mark(TELLS, pair.kind), *place, paired=True)


def is_question(evidence: Evidence) -> bool:
    """Asked of somebody who knows things, not told about a plan or asked about support for it."""
    words = evidence.sentence.words
    asks = evidence.context.get("asks", [])
    starts_so = 0 in asks or (1 in asks and 0 in evidence.context.get("greets", ()))
    return (
        starts_so
        and len(words) <= _LONGEST_QUESTION
        and not evidence.has("asks_us", "newcomer", "others")
    )


def is_own_question(evidence: Evidence) -> bool:
    """«Hvor mye skatt skal jeg betale?»: a question of one's own, not the title of a course."""
    return is_question(evidence) and (evidence.sentence.is_question or evidence.has("i_ask"))


def is_command(evidence: Evidence, vocabulary: ActivityWords) -> bool:
    """«Spill noe jazz»: said to a machine that plays, wakes and looks up."""
    if len(evidence.sentence.words) > _LONGEST_COMMAND:
        return False
    commanded = evidence.first in vocabulary.context("commands")
    several = len(evidence.sentence.words) > 1
    told = evidence.has("newcomer", "others")
    return evidence.has("machine") or (commanded and several and not told)


def is_private(evidence: Evidence) -> bool:
    """Somebody's own matters, or things to buy, with nobody to be included."""
    if evidence.has("private"):
        return True
    bought = any(
        0 <= thing[0] - buys[1] < _NEAR and _same_item(evidence, buys[0], thing[0])
        for buys in evidence.classes.get("buys", ())
        for thing in evidence.classes.get("thing", ())
    )
    return bought and not evidence.has("newcomer")
