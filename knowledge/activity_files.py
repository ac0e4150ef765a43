"""The data files of the activity vocabulary as checked records, and how their lists are written.

Called by the vocabulary's parts (`activity_words`, `activity_compounds`). Knows no single word.
"""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Literal, NamedTuple

from knowledge.activity_spelling import key, plain
from knowledge.loading import Record, load_toml

DATA = Path(__file__).parent / "data"
TELLS, HINTS, WHOM, METHOD = "tells", "hints", "whom", "method"
# Who does it, where it is, what one may also only go to: they tell in some sentences.
CLUB, GROUP, VENUE, SHOW = "club", "group", "venue", "show"
TELLING = frozenset((TELLS, CLUB, GROUP, VENUE, SHOW))
CLASS, CONTEXT = "class", "context"


class Mark(NamedTuple):
    """One thing a word says: ``sort`` is one of the constants above, ``name`` a kind or a list."""

    sort: str
    name: str


class WordList(Record):
    """Words and phrases of one kind of activity; ``cites`` is a passage of the scheme file."""

    cites: str
    words: str


class WordFile(Record):
    """Words that tell a kind, alone or in some sentences; hints; methods under sub-goal C."""

    words: dict[str, WordList]
    clubs: dict[str, WordList]
    shows: dict[str, WordList]
    groups: dict[str, WordList]
    venues: dict[str, WordList]
    hints: dict[str, WordList]
    whom: dict[str, WordList]
    methods: dict[str, WordList]

    def tables(self) -> Iterator[tuple[str, Mapping[str, WordList]]]:
        """The tables, each with what its words are evidence of."""
        yield TELLS, self.words
        yield CLUB, self.clubs
        yield SHOW, self.shows
        yield GROUP, self.groups
        yield VENUE, self.venues
        yield HINTS, self.hints
        yield WHOM, self.whom
        yield METHOD, self.methods


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
    """Words of two classes in one item of a list, one sentence or one text tell a kind."""

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
    small_words: dict[str, str]
    spelling: dict[str, str]


class VocabularyFiles(NamedTuple):
    """The three files."""

    words: WordFile
    compounds: CompoundFile
    frames: FrameFile

    @property
    def kinds(self) -> frozenset[str]:
        """Every kind of activity that some list or rule names."""
        named = [kind for _, table in self.words.tables() for kind in table]
        named += [kind for kinds in self.frames.sub_goals.values() for kind in names_in(kinds)]
        named += [rule.kind for rule in self.compounds.rule]
        named += [pair.kind for pair in self.frames.pair]
        return frozenset((*named, self.compounds.any_first_part.kind))

    @property
    def cites(self) -> frozenset[str]:
        """The passages of the scheme file that the lists stand for."""
        of_lists = (some.cites for _, table in self.words.tables() for some in table.values())
        return frozenset((*of_lists, *(pair.cites for pair in self.frames.pair)))

    def spoken(self) -> Iterator[tuple[Mark, str]]:
        """Every list whose words say something by themselves, with what they say."""
        for sort, table in self.words.tables():
            for kind, some in table.items():
                yield Mark(sort, kind), some.words
        for name, words in self.frames.classes.items():
            yield Mark(CLASS, name), words
        for name, words in self.frames.context.items():
            yield Mark(CONTEXT, name), words


def load_files() -> VocabularyFiles:
    """Read the files of the project.

    Raises:
        DataError: a file is not readable as a vocabulary.
    """
    return VocabularyFiles(
        load_toml(DATA / "activity_words.toml", WordFile),
        load_toml(DATA / "activity_compounds.toml", CompoundFile),
        load_toml(DATA / "activity_frames.toml", FrameFile),
    )


def listed(words: str) -> Iterator[str]:
    """The words and phrases of a list in a data file, folded."""
    for phrase in plain(words.lower()).replace("-", " ").split(","):
        spoken = phrase.split()
        if "aa" in phrase or "ae" in phrase or "oe" in phrase:
            spoken = [key(word) for word in spoken]
        if spoken:
            yield " ".join(spoken)


def names_in(names: str) -> tuple[str, ...]:
    """The names of a list of kinds, as they are."""
    return tuple(name.strip() for name in names.split(","))


def pairs_in(pairs: str) -> dict[str, str]:
    """«wrong = right, wrong = right» as a dictionary, folded."""
    split = (" ".join(pair.split()).partition(" = ") for pair in pairs.split(","))
    return {key(wrong.strip()): key(right.strip()) for wrong, _, right in split}
