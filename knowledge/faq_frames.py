"""Reads a question as a frame: what is asked, about which concepts, and how much of it is ours.

Called by `knowledge.faq` for the entries' own phrasings and for what people write, so that both
are read alike. Never chooses an entry.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from knowledge.faq_lexicon import Lexicon, Match, without_shorter
from knowledge.faq_words import plain_words
from knowledge.municipalities import Municipalities
from knowledge.places import Places
from knowledge.scheme import Scheme

MANAGING, OTHER = "managing_place", "other_place"  # concepts that no lexicon holds
WHETHER = "whether"  # «er», «har»: asks at the start of a sentence, tells inside it
_SHORTEST_WITH_SLIP = 6  # letters; shorter words have too many neighbours
_LETTERS = ("a", "b", "c")
_BEFORE_LETTER = frozenset(
    plain_words("delmål del mål under part goal subgoal kategori category punkt about om både")
)
_AFTER_LETTER = frozenset(plain_words("og eller and or tiltak measures tiltaka tiltakene b c"))


@dataclass(frozen=True, slots=True)
class Frame:
    """What a text asks.

    ``words`` are in plain form, slips mended, names of places left out. ``asks`` and ``concepts``
    are labels of the lexicon; sub-goals called by letter and places are concepts too. ``content``
    counts the words that say what it is about, ``known`` those of them that the FAQ knows,
    ``elsewhere`` those that are other people's business. An order tells the machine what to be.
    ``is_ours`` says whether the concepts are enough to tell that it is our business.
    """

    words: tuple[str, ...]
    asks: frozenset[str]
    concepts: frozenset[str]
    content: int
    known: int
    elsewhere: int
    is_order: bool
    is_question: bool
    is_ours: bool

    @property
    def is_answerable(self) -> bool:
        """Whether to look for an answer at all."""
        is_doubtful = self.elsewhere > 0 or (self.content == 1 and not self.is_question)
        return not self.is_order and bool(self.concepts) and (self.is_ours or not is_doubtful)


class FrameReader:
    """Reads frames with the lexicon, the municipalities of a year, and the entries' words."""

    def __init__(self, scheme: Scheme, lexicon: Lexicon, vocabulary: Iterable[str]) -> None:
        self._lexicon = lexicon
        self._managing = frozenset(scheme.managing)
        self._places = Places.load(scheme.year)
        names = (word for m in Municipalities(scheme.year).all for word in plain_words(m.name))
        self._names = frozenset(names)
        self._vocabulary = frozenset(vocabulary)
        everything = {*self._vocabulary, *lexicon.concepts.words()}
        self._slips = _slip_index(w for w in everything if len(w) >= _SHORTEST_WITH_SLIP)

    def read_own(self, text: str, words: tuple[str, ...]) -> Frame:
        """The frame of a phrasing of ours, in which every name of a place is spelt right."""
        if self._names.isdisjoint(words):
            return self._frame(words, frozenset(), "?" in text)
        return self.read(text)

    def read(self, text: str) -> Frame:
        """The frame of a text; never raises."""
        reading = self._places.find(text)
        numbers = [place.number for place in reading.candidates]
        labels = frozenset(MANAGING if n in self._managing else OTHER for n in numbers)
        heard = frozenset(plain_words(reading.heard))
        words = tuple(word for word in plain_words(text) if word not in heard)
        return self._frame(words, labels, "?" in text)

    def _frame(self, written: tuple[str, ...], named: frozenset[str], is_marked: bool) -> Frame:
        lexicon = self._lexicon
        foreign = [m for m in lexicon.elsewhere.matches(written) if self._is_foreign(m, written)]
        is_order = any(True for _ in lexicon.never.matches(written))
        words = tuple(map(self._mended, written))
        asking = list(without_shorter(lexicon.asks.matches(words)))
        about = list(lexicon.concepts.matches(words))
        concepts = frozenset(m.label for m in about) | named | frozenset(_sub_goals(words))
        ours = {i for match in about for i in range(match.start, match.end)}
        content = [i for i, w in enumerate(words) if not lexicon.function.of_word(w)]
        known = sum(1 for i in content if i in ours or words[i] in self._vocabulary)
        elsewhere = len({m.start for m in foreign})
        return Frame(
            words=words,
            asks=frozenset(match.label for match in asking),
            concepts=concepts,
            content=len(content),
            known=known,
            elsewhere=elsewhere,
            is_order=is_order,
            is_question=is_marked or any(m.label != WHETHER or m.start == 0 for m in asking),
            is_ours=self._is_ours(concepts, len(content), known, elsewhere),
        )

    def _is_foreign(self, match: Match, words: tuple[str, ...]) -> bool:
        """A word of other people's business counts if no entry uses it; a phrase always does."""
        word = words[match.start]
        is_usual = word in self._vocabulary or bool(self._lexicon.function.of_word(word))
        return match.end > match.start + 1 or not is_usual

    def _is_ours(self, concepts: frozenset[str], content: int, known: int, elsewhere: int) -> bool:
        """Whether there is enough of our business in it, and not more of other people's."""
        places = concepts & {MANAGING, OTHER}
        about = concepts - places
        strong = about - self._lexicon.weak
        if elsewhere or content == 1:
            return bool(strong) and elsewhere < known
        if strong or (places and not content):
            return True
        return 2 * known >= content and len(about) >= (1 if known == content else 2)

    def _mended(self, word: str) -> str:
        """The word, or the known word that is one slip away from it."""
        if len(word) < _SHORTEST_WITH_SLIP or word in self._vocabulary:
            return word
        tables = (self._lexicon.concepts, self._lexicon.elsewhere, self._lexicon.function)
        if any(table.of_word(word) for table in tables):
            return word
        return next((self._slips[d] for d in _deletions(word) if d in self._slips), word)


def _sub_goals(words: Sequence[str]) -> Iterator[str]:
    """The sub-goals called by their letter; «a» and «å» are mostly other words."""
    for i, word in enumerate(words):
        if word not in _LETTERS:
            continue
        before = words[i - 1] if i else ""
        after = words[i + 1] if i + 1 < len(words) else ""
        if word != "a" or not after or before in _BEFORE_LETTER or after in _AFTER_LETTER:
            yield f"sub_goal_{word}"


def _slip_index(words: Iterable[str]) -> dict[str, str]:
    """Every word under itself and under what is left of it without one letter."""
    index: dict[str, str] = {}
    for word in sorted(words):
        for deletion in _deletions(word):
            index.setdefault(deletion, word)
    return index


def _deletions(word: str) -> Iterator[str]:
    yield word
    for i in range(len(word)):
        yield word[:i] + word[i + 1 :]
