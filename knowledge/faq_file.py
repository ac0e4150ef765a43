"""The entries of the FAQ as written in `faq/<year>*.toml`, checked before anything is built.

Called by `knowledge.faq`. Fills no gap and searches nothing.
"""

from collections.abc import Collection, Iterator
from pathlib import Path
from string import Formatter
from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StringConstraints

from knowledge.errors import DataError
from knowledge.faq_lexicon import LISTED_PLACE, OTHER_PLACE
from knowledge.faults import not_one_of
from knowledge.loading import Record, load_toml
from knowledge.scheme import Scheme
from knowledge.scheme_file import Id, Passage, Source

FOLDER = Path(__file__).parent / "faq"
LANGUAGES = ("nb", "nn", "en")
MILLIONS = "_millions"  # after a fact's id: the same sum in millions of kroner
OF_ALL = ("municipalities",)
PLACES = (LISTED_PLACE, OTHER_PLACE)  # gaps in phrasings
OF_ONE = ("municipality", "share")  # gaps about the municipality that was asked about

Line = Annotated[str, StringConstraints(min_length=2, max_length=120)]


def _divided(text: Any) -> Any:
    """The phrasings of a text that has them on lines of their own or with ``|`` between."""
    if not isinstance(text, str):
        return text
    parts = (part.strip() for line in text.splitlines() for part in line.split("|"))
    return tuple(part for part in parts if part)


Lines = Annotated[tuple[Line, ...], Field(min_length=1), BeforeValidator(_divided)]


class Title(Record):
    """The question as we would put it, in the three languages."""

    nb: Line
    nn: Line
    en: Line


class Phrasings(Record):
    """Other ways to ask it."""

    nb: Lines
    nn: Lines
    en: Lines


class AnswerText(Record):
    """The answer with its gaps, in the three languages."""

    nb: str = Field(min_length=1)
    nn: str = Field(min_length=1)
    en: str = Field(min_length=1)


class Entry(Record):
    """A question with its answer. ``in_source`` is false where the scheme's source is silent."""

    key: Id
    in_source: bool
    cites: tuple[Id, ...]
    title: Title
    phrasings: Phrasings
    answer: AnswerText


class EntriesFile(Record):
    """One file of entries."""

    entry: tuple[Entry, ...] = Field(min_length=1)


class SourcesFile(Record):
    """Sources and passages that only the FAQ cites."""

    source: tuple[Source, ...] = ()
    passage: tuple[Passage, ...] = ()


class Entries:
    """The entries of a year by key, and the sources and passages they may cite."""

    def __init__(self, scheme: Scheme, folder: Path = FOLDER) -> None:
        """Read and check all files.

        Raises:
            DataError: Holds every fault of every file.
        """
        self.faults: list[str] = []
        self.by_key: dict[str, Entry] = {}
        own = self._own_sources(folder)
        self.sources = scheme.sources | {source.id: source for source in own.source}
        self.passages = scheme.passages | {passage.id: passage for passage in own.passage}
        self.faults += [
            f"{_SOURCES}: passage {p.id}: {not_one_of(p.source, self.sources, 'a source')}"
            for p in own.passage
            if p.source not in self.sources
        ]
        for path in sorted(folder.glob(f"{scheme.year}*.toml")):
            self._add_file(scheme, path)
        if not self.by_key and not self.faults:
            self.faults.append(f"{scheme.year}*.toml: no such file in {folder.name}/")
        if self.faults:
            raise DataError(self.faults)

    def _own_sources(self, folder: Path) -> SourcesFile:
        if not (folder / _SOURCES).exists():
            return SourcesFile()
        try:
            return load_toml(folder / _SOURCES, SourcesFile)
        except DataError as error:
            self.faults += error.faults
            return SourcesFile()

    def _add_file(self, scheme: Scheme, path: Path) -> None:
        try:
            entries = load_toml(path, EntriesFile).entry
        except DataError as error:
            self.faults += error.faults
            return
        for entry in entries:
            place = f"{path.name}: {entry.key}"
            if entry.key in self.by_key:
                self.faults.append(f"{place}: the key is there twice")
            self.faults += [
                f"{place}: cites: {not_one_of(cite, self.passages, 'a passage')}"
                for cite in entry.cites
                if cite not in self.passages
            ]
            self.faults += [f"{place}: {fault}" for fault in _gap_faults(scheme, entry)]
            self.by_key[entry.key] = entry


_SOURCES = "sources.toml"


def gaps_of(text: str) -> list[str]:
    """The names of the gaps in an answer, in order.

    Raises:
        ValueError: A brace stands alone.
    """
    return [name for _, name, _, _ in Formatter().parse(text) if name is not None]


def _gap_faults(scheme: Scheme, entry: Entry) -> Iterator[str]:
    sums = [id for id, fact in scheme.facts.items() if fact.unit == "NOK"]
    known = (*scheme.facts, *(id + MILLIONS for id in sums), *OF_ALL, *OF_ONE)
    for lang in LANGUAGES:
        yield from _unknown_gaps(f"answer.{lang}", getattr(entry.answer, lang), known)
        for line in getattr(entry.phrasings, lang):
            if "{" in line or "}" in line:
                yield from _unknown_gaps(f"phrasings.{lang}", line, PLACES)


def _unknown_gaps(where: str, text: str, known: Collection[str]) -> Iterator[str]:
    try:
        gaps = gaps_of(text)
    except ValueError as error:
        yield f"{where}: {error}"
        return
    yield from (f"{where}: {not_one_of(gap, known, 'a gap')}" for gap in gaps if gap not in known)
