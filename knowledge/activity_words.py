"""The vocabulary of activities: what one word, a compound or a phrase may tell.

Called by `knowledge.activities`. Built once from the data files into dictionaries, so that reading
a word never walks through the vocabulary. Decides nothing about a text.
"""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache, cached_property, lru_cache
from pathlib import Path
from typing import Literal, NamedTuple

from knowledge.activity_spelling import Slips, bases, key, plain
from knowledge.loading import Record, load_toml

DATA = Path(__file__).parent / "data"
LONGEST_WORD = 40  # letters; no word of the vocabulary is longer, with its ending
_SHORTEST_PART = 2
_PREFIX = 3  # letters that the first word of a phrase has at least, if it ends in *
SHORTEST_PART_SLIP = 5  # letters of one part of a compound, where the other part is right
_SHORTEST_BASE_SLIP = 8  # letters of a word that has both an ending and a slip
_REMEMBERED = 8192  # words whose reading is kept


class WordList(Record):
    """Words and phrases of one kind of activity; ``cites`` is a passage of the scheme file."""

    cites: str
    words: str


class WordFile(Record):
    """Words that tell a kind, words that hint at one, and the methods under sub-goal C."""

    words: dict[str, WordList]
    hints: dict[str, WordList]
    methods: dict[str, WordList]


class CompoundRule(Record):
    """A first part of one list with a last part of another tells a kind."""

    modifier: str
    head: str
    kind: str


class AnyFirstPart(Record):
    """Last parts that tell a kind after any first part but a few."""

    kind: str
    heads: str
    not_after: str


class CompoundFile(Record):
    """How compounds are made."""

    written_together: str
    no_compounds: str
    modifiers: dict[str, str]
    heads: dict[str, str]
    rule: tuple[CompoundRule, ...]
    any_first_part: AnyFirstPart


class Pair(Record):
    """Words of two classes in one sentence tell a kind."""

    kind: str
    cites: str
    first: str
    second: str
    within: Literal["item", "sentence", "text"] = "sentence"


class FrameFile(Record):
    """Words that tell only together, and those that make a sentence tell nothing."""

    classes: dict[str, str]
    pair: tuple[Pair, ...]
    sub_goals: dict[str, str]
    context: dict[str, str]
    spelling: dict[str, str]


class Mark(NamedTuple):
    """One thing a word says: ``sort`` is tells, hints, method, class or context."""

    sort: str
    name: str


class Phrase(NamedTuple):
    """Words in a row, a * at the end of one also taking longer words, and what they say."""

    words: tuple[str, ...]
    mark: Mark


Marks = tuple[Mark, ...]


def listed(words: str) -> Iterator[str]:
    """The words and phrases of a list in a data file, folded."""
    for phrase in plain(words.lower()).replace("-", " ").split(","):
        if folded := " ".join([key(word) for word in phrase.split()]):
            yield folded


class ActivityWords:
    """The vocabulary, compiled."""

    def __init__(self, words: WordFile, compounds: CompoundFile, frames: FrameFile) -> None:
        self.pairs = frames.pair
        self.goal_of = {kind: g for g, kinds in frames.sub_goals.items() for kind in _names(kinds)}
        self.kinds = tuple(self.goal_of)
        self._exact: dict[str, list[Mark]] = {}
        self._prefixes: dict[str, list[Mark]] = {}
        self._phrases: dict[str, list[Phrase]] = {}
        for mark, spoken in _spoken(words, frames):
            for phrase in listed(spoken):
                self._add(phrase, mark)
        self._in_phrases = {w for some in self._phrases.values() for p in some for w in p.words}
        self._prefix_lengths = sorted({len(prefix) for prefix in self._prefixes}, reverse=True)
        for phrases in self._phrases.values():
            phrases.sort(key=lambda phrase: -len(phrase.words))
        self._modifiers = _classes_of(compounds.modifiers)
        self._heads = _classes_of(compounds.heads | {"any": compounds.any_first_part.heads})
        self._rules = compounds.rule
        self.language_names = frozenset(listed(frames.classes["norwegian"]))
        self._contexts = {n: frozenset(listed(spoken)) for n, spoken in frames.context.items()}
        made = (*(rule.kind for rule in self._rules), *(pair.kind for pair in self.pairs))
        self.named = frozenset((*self.kinds, *words.words, *words.hints, *words.methods, *made))
        lists = (*words.words.values(), *words.hints.values(), *words.methods.values())
        self.cites = frozenset((*(some.cites for some in lists), *(p.cites for p in self.pairs)))
        self._any_kind = compounds.any_first_part.kind
        self._not_after = frozenset(listed(compounds.any_first_part.not_after))
        self._no_compounds = frozenset(listed(compounds.no_compounds))
        self._together = frozenset(listed(compounds.written_together))
        self._errors = _pairs_of(frames.spelling["typing_errors"])
        never = list(listed(frames.spelling["not_slips"]))
        self._not_slips = frozenset(word for word in never if not word.endswith("*"))
        self._not_slip_starts = tuple(word[:-1] for word in never if word.endswith("*"))
        self.word = lru_cache(maxsize=_REMEMBERED)(self._word)

    @classmethod
    @cache
    def load(cls) -> "ActivityWords":
        """The vocabulary of the project.

        Raises:
            DataError: a file is not readable as a vocabulary.
        """
        return cls(
            load_toml(DATA / "activity_words.toml", WordFile),
            load_toml(DATA / "activity_compounds.toml", CompoundFile),
            load_toml(DATA / "activity_frames.toml", FrameFile),
        )

    def context(self, name: str) -> frozenset[str]:
        """The words of a list that says what a sentence makes of an activity."""
        return self._contexts[name]

    def is_theme(self, mark: Mark) -> bool:
        """Whether a mark tells for certain of sub-goal C."""
        return mark.sort == "tells" and self.goal_of[mark.name] == "C"

    def phrases_from(self, first: str) -> list[Phrase]:
        """Phrases whose first word may be this one, the longest first."""
        exact, by_start = self._phrases.get(first), self._phrases.get(first[:_PREFIX])
        if exact and by_start and exact is not by_start:
            return sorted(exact + by_start, key=lambda phrase: -len(phrase.words))
        return exact or by_start or []

    def apart(self, first: str, last: str) -> Mark | None:
        """What two words in a row tell as parts of one compound, if they do."""
        modifier = self._modifiers.get(first)
        if not modifier or first in self._together:
            return None
        heads = (self._heads[base] for base in bases(last) if base in self._heads)
        return next((mark for some in heads if (mark := self._told_by(modifier, some))), None)

    def hanging(self, first: str, compound: str) -> Mark | None:
        """What «norsk-» tells in «norsk- og datakurs»: it hangs on a later compound's last part."""
        for base in bases(compound):
            for start in range(len(base) - _SHORTEST_PART):
                if base[start:] in self._heads and first in self._modifiers:
                    return self._told_by(self._modifiers[first], self._heads[base[start:]])
        return None

    def _add(self, phrase: str, mark: Mark) -> None:
        words = tuple(phrase.split())
        if len(words) > 1:
            first = words[0][:_PREFIX] if words[0].endswith("*") else words[0]
            self._phrases.setdefault(first, []).append(Phrase(words, mark))
        elif phrase.endswith("*"):
            self._prefixes.setdefault(phrase[:-1], []).append(mark)
        else:
            self._exact.setdefault(phrase, []).append(mark)

    def _word(self, word: str) -> tuple[str, Marks]:
        """The word a folded word was meant as, and what that says; cached as ``word``."""
        if len(word) > LONGEST_WORD:
            return word, ()
        word = self._errors.get(word, word)
        if marks := self._marks(word):
            return word, marks
        if word in self._in_phrases or not (meant := self._slip_of(word)):
            return word, ()
        return meant, self._marks(meant)

    def _marks(self, word: str) -> Marks:
        found = self._listed_marks(word)
        if any(mark.sort == "tells" for mark in found):
            return found
        return (*found, *self._compound(word))

    def _listed_marks(self, word: str) -> Marks:
        by_start = [
            mark
            for length in self._prefix_lengths
            for mark in self._prefixes.get(word[:length], ())
            if length <= len(word)
        ]
        for base in bases(word):
            if base in self._exact:
                return (*self._exact[base], *by_start)
        return tuple(by_start)

    def _compound(self, word: str) -> Marks:
        """What a compound tells: by parts that are right, else by a last part with a slip."""
        of_word = bases(word)
        if not self._no_compounds.isdisjoint(of_word):
            return ()
        for last_part in (self._head, self._head_slip):
            for base in of_word:
                for start in range(_SHORTEST_PART, len(base) - _SHORTEST_PART + 1):
                    last = last_part(base, start)
                    if last and (marks := self._parts(base[:start], last, self._heads[last])):
                        return marks
        return ()

    def _head(self, base: str, start: int) -> str | None:
        return base[start:] if base[start:] in self._heads else None

    def _head_slip(self, base: str, start: int) -> str | None:
        """A last part with a slip in it, after a first part that is right."""
        if base[:start] not in self._modifiers:
            return None
        return self._head_slips.find(base[start:])

    def _parts(self, first: str, last: str, heads: frozenset[str]) -> Marks:
        modifiers = self._modifier(first, last)
        if modifiers and (mark := self._told_by(modifiers, heads)):
            return (mark,)
        if "thing" in heads and len(first) > 2:
            return (Mark("class", "thing"),)
        if "any" in heads and len(first) > 2 and first not in self._not_after:
            return (Mark("tells", self._any_kind),)
        return ()

    def _modifier(self, first: str, last: str) -> frozenset[str] | None:
        """What a first part is about: with or without a linking letter, or by its own last part."""
        for part in (first, first + last[0], first[:-1] if first[-1:] in ("s", "e") else first):
            if part in self._modifiers:
                return self._modifiers[part]
        for start in range(3, len(first) - 2):
            if first[start:] in self._modifiers:
                return self._modifiers[first[start:]]
        meant = self._modifier_slips.find(first) if first not in self._not_slips else None
        return self._modifiers.get(meant) if meant else None

    def _told_by(self, modifiers: frozenset[str], heads: frozenset[str]) -> Mark | None:
        for rule in self._rules:
            if rule.modifier in modifiers and rule.head in heads:
                return Mark("tells", rule.kind)
        if "organisation" in heads and "leisure" in modifiers:
            return Mark("club", self._any_kind)
        return None

    def _slip_of(self, word: str) -> str:
        if word in self._not_slips or word.startswith(self._not_slip_starts):
            return ""
        for base in bases(word):
            long_enough = base == word or len(base) >= _SHORTEST_BASE_SLIP
            if long_enough and (meant := self._slips.find(base)):
                return meant
        return ""

    @cached_property
    def _modifier_slips(self) -> Slips:
        return Slips(self._modifiers, SHORTEST_PART_SLIP)

    @cached_property
    def _head_slips(self) -> Slips:
        return Slips(self._heads, SHORTEST_PART_SLIP)

    @cached_property
    def _slips(self) -> Slips:
        telling = (w for w, marks in self._exact.items() if len(w) > 6 or _tells(marks))
        return Slips(
            dict.fromkeys((*telling, *self._modifiers, *self._heads, *sorted(self._in_phrases)))
        )


def _spoken(words: WordFile, frames: FrameFile) -> Iterator[tuple[Mark, str]]:
    """Every list of words in the files, with what its words say."""
    tables: tuple[tuple[str, Mapping[str, WordList]], ...] = (
        ("tells", words.words),
        ("hints", words.hints),
        ("method", words.methods),
    )
    for sort, table in tables:
        for kind, some in table.items():
            yield Mark(sort, kind), some.words
    for name, spoken in frames.classes.items():
        yield Mark("class", name), spoken
    for name, spoken in frames.context.items():
        yield Mark("context", name), spoken


def _tells(marks: Iterable[Mark]) -> bool:
    return any(mark.sort == "tells" for mark in marks)


def _names(names: str) -> Iterable[str]:
    return (name.strip() for name in names.split(","))


def _classes_of(lists: Mapping[str, str]) -> dict[str, frozenset[str]]:
    """The lists that each word stands in."""
    found: dict[str, set[str]] = {}
    for name, words in lists.items():
        for word in listed(words):
            found.setdefault(word, set()).add(name)
    return {word: frozenset(names) for word, names in found.items()}


def _pairs_of(pairs: str) -> dict[str, str]:
    """«wrong = right, wrong = right» as a dictionary."""
    split = (" ".join(pair.split()).partition(" = ") for pair in pairs.split(","))
    return {key(wrong.strip()): key(right.strip()) for wrong, _, right in split}
