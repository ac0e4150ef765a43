"""The lexicon of the FAQ, `faq/concepts.toml`: which labels words have, and what sort of labels.

Called by `knowledge.faq_frames`. Knows no entry, and no place but by the labels that places have.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Annotated, Any, NamedTuple, cast

from pydantic import Field

from knowledge.faq_patterns import Patterns, Phrase
from knowledge.faq_words import plain_words
from knowledge.faults import not_one_of
from knowledge.loading import Record, load_toml

CONCEPTS = Path(__file__).parent / "faq" / "concepts.toml"
WHETHER = "whether"  # «er», «har»: asks at the start of a sentence, tells inside it
LISTED_PLACE, OTHER_PLACE = "listed_place", "other_place"  # a place that is named
SUB_GOALS = ("a", "b", "c")  # a sub-goal called by its letter
NAMED = (LISTED_PLACE, OTHER_PLACE, *SUB_GOALS)  # labels that no pattern stands for
_BEFORE_LETTER = frozenset(
    plain_words("delmål del mål under part goal subgoal kategori category punkt about om både er")
)
_AFTER_LETTER = frozenset(
    plain_words("og eller and or tiltak measures tiltaka tiltakene hva kva handler står b c")
)

Patterned = Annotated[str, Field(min_length=1)]  # patterns, or names of labels, between commas


class LexiconFile(Record):
    """The lexicon as written: labels with their patterns, and what sort of labels they are."""

    strong: Patterned
    anchors: Patterned
    asks: dict[str, Patterned]
    concepts: dict[str, Patterned]
    together: dict[str, Patterned]
    elsewhere: dict[str, Patterned]
    never: dict[str, Patterned]
    function: dict[str, Patterned]


class LabelReading(NamedTuple):
    """The labels of a text; a bit for each word that stands for a concept; whether it asks."""

    labels: int
    telling: int
    is_asked: bool


@dataclass(frozen=True, slots=True)
class Lexicon:
    """What is asked and about what (``labels``), and the tables that weigh against an answer.

    ``bits`` number all labels, those of named places, of sub-goals and of two labels together
    too. ``asks`` are the labels of what is asked, ``strong`` those that only our business has,
    ``anchors`` those that show that it is about a grant. ``together`` are sets of labels that have
    another.
    """

    bits: Mapping[str, int]
    asks: int
    strong: int
    anchors: int
    labels: Patterns
    together: tuple[tuple[int, int], ...]
    elsewhere: Patterns
    never: Patterns
    function: Patterns

    def read(self, words: Sequence[str], named: int) -> LabelReading:
        """The labels of a text beside those that are ``named`` in it.

        Of what is asked, the longest phrase counts; concepts may overlap.
        """
        table, asks, about, whether = self.labels, self.asks, ~self.asks, self.bits[WHETHER]
        of_word, of_two, longer = table.of_word, table.two.get, table.longer.get
        labels, telling, is_asked, asked_until = named, 0, False, 0
        for i, two in enumerate(pairwise((*words, ""))):
            found = of_word(two[0])
            asked, length = found & asks, 1
            if both := of_two(two):
                found |= both
                telling |= 3 << i if both & about else 0
                asked, length = (both & asks, 2) if both & asks else (asked, length)
            phrases = longer(two, _NONE)
            if two[0] in table.openings:
                phrases = [*phrases, *table.opened(two)]
            for phrase in phrases:
                if phrase.is_at(words, i):
                    if not phrase.bit & asks:
                        found |= phrase.bit
                        telling |= ((1 << phrase.length) - 1) << i
                    elif phrase.length > length:
                        asked, length = phrase.bit, phrase.length
            if concepts := found & about:
                labels |= concepts
                telling |= 1 << i
            if asked and i >= asked_until:
                labels |= asked
                asked_until = i + length
                is_asked = is_asked or i == 0 or asked != whether
        labels |= 0 if _LETTERS.isdisjoint(words) else self._sub_goals(words)
        for some, label in self.together:
            if labels & some == some:
                labels |= label
        return LabelReading(labels, telling, is_asked)

    def _sub_goals(self, words: Sequence[str]) -> int:
        """The sub-goals called by their letter; «a» and «å» are mostly other words."""
        found = 0
        for before, (word, after) in zip(("", *words), pairwise((*words, "")), strict=False):
            is_named = not after or before in _BEFORE_LETTER or after in _AFTER_LETTER
            if word in _LETTERS and (word != "a" or is_named):
                found |= self.bits[word]
        return found


_LETTERS = frozenset(SUB_GOALS)
_NONE: list[Phrase] = []


@cache
def load_lexicon() -> Lexicon:
    """The lexicon, read on the first call; ``DataError`` if its file has faults."""
    return read_lexicon(CONCEPTS)


def read_lexicon(path: Path) -> Lexicon:
    """A lexicon from its file.

    Raises:
        DataError: The file has faults; every one is listed.
    """
    file = load_toml(path, LexiconFile, _faults)
    labels = Patterns(file.asks | file.concepts)
    bits = dict(labels.bits)
    for name in (*NAMED, *file.together):
        bits[name] = 1 << len(bits)
    return Lexicon(
        bits,
        asks=_set(bits, file.asks),
        strong=_set(bits, (*SUB_GOALS, *_names(file.strong))),
        anchors=_set(bits, _names(file.anchors)),
        labels=labels,
        together=tuple((_set(bits, _names(n)), bits[label]) for label, n in file.together.items()),
        elsewhere=Patterns(file.elsewhere),
        never=Patterns(file.never),
        function=Patterns(file.function),
    )


def _names(text: str) -> list[str]:
    return [name.strip() for name in text.split(",")]


def _set(bits: Mapping[str, int], names: Iterable[str]) -> int:
    return sum(bits[name] for name in names)


def _faults(values: Mapping[str, Any]) -> Iterator[str]:
    """Labels that stand twice, and labels named in the file that are not in it."""
    tables = [values.get(name) for name in ("asks", "concepts", "together")]
    if not all(isinstance(table, dict) for table in tables):
        return
    asks, concepts, together = (cast(dict[str, Any], table) for table in tables)
    known = {*asks, *concepts, *NAMED}
    if WHETHER not in asks:
        yield f"asks: no label {WHETHER!r}"
    for twice in asks.keys() & concepts.keys():
        yield f"concepts.{twice}: there is such a label in asks already"
    named = {sort: values.get(sort) for sort in ("strong", "anchors")}
    named |= {f"together.{label}": names for label, names in together.items()}
    for where, names in named.items():
        for name in _names(names) if isinstance(names, str) else ():
            if name not in known:
                yield f"{where}: {not_one_of(name, known, 'a label')}"
