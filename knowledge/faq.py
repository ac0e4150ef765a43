"""Questions and answers about the scheme: what a text asks, how sure that is, and the answer.

Called by `dialogs`. Every figure in an answer is filled in from the scheme file, and every answer
names its sources and their year. Never answers what it is not sure of.
"""

from dataclasses import dataclass
from functools import cache
from typing import Literal

from knowledge.errors import DataError
from knowledge.faq_answers import answer_text, length_faults
from knowledge.faq_file import LANGUAGES, Entries
from knowledge.faq_lexicon import load_lexicon
from knowledge.faq_search import Guess, Search
from knowledge.scheme import Scheme

# Least confidence to answer and to offer; `python -m benchmarks.faq --thresholds` shows what each
# would answer right, wrong, and without having been asked.
SURE, NEAR = 0.6, 0.25

Band = Literal["sure", "near", "unknown"]


@dataclass(frozen=True, slots=True)
class FaqReading:
    """What a text asks: one guess when sure, up to three when near, none when unknown.

    ``asks`` is false of a text without a question in it: it may rather tell us something.
    """

    guesses: tuple[Guess, ...] = ()
    band: Band = "unknown"
    asks: bool = False


class Faq:
    """The questions and answers of one scheme year."""

    def __init__(self, scheme: Scheme, entries: Entries) -> None:
        self._scheme = scheme
        self._entries = entries
        self._search = Search(scheme, phrasings_of(entries))

    @staticmethod
    @cache
    def load(scheme: Scheme) -> "Faq":
        """The FAQ of the scheme's year, read on the first call.

        Raises:
            DataError: Its files have faults; every one is listed.
        """
        return Faq(scheme, _checked(scheme))

    def read(self, text: str) -> FaqReading:
        """What a text asks; never raises, whatever was sent."""
        frame = self._search.frame(text)
        guesses = self._search.guesses(frame)
        best = guesses[0].confidence if guesses else 0.0
        if best >= SURE:
            return FaqReading(guesses[:1], "sure", frame.is_question)
        if best >= NEAR:
            return FaqReading(guesses, "near", frame.is_question)
        return FaqReading(asks=frame.is_question)

    def nearest(self, text: str, most: int) -> tuple[str, ...]:
        """The keys of the entries nearest to a text, best first, for a list to choose from.

        None where not even the first is near.
        """
        guesses = self._search.guesses(self._search.frame(text), most)
        is_near = bool(guesses) and guesses[0].confidence >= NEAR
        return tuple(guess.key for guess in guesses) if is_near else ()

    def answer(self, key: str, lang: str, municipality: str | None = None) -> str:
        """The answer with its figures and sources, at most 600 characters.

        Args:
            key: The entry.
            lang: nb, nn or en.
            municipality: The four-digit number, where the answer is about one.

        Raises:
            ValueError: The answer is about one municipality, and none that fits was given.
        """
        return answer_text(self._scheme, self._entries, key, lang, municipality)

    def keys(self) -> tuple[str, ...]:
        """Every entry's key, in the order of the files."""
        return tuple(self._entries.by_key)

    def has(self, key: str) -> bool:
        """Whether there is such an entry."""
        return key in self._entries.by_key

    def title(self, key: str, lang: str) -> str:
        """The question as we would put it."""
        return str(getattr(self._entries.by_key[key].title, lang))


def check_faq(scheme: Scheme) -> list[str]:
    """Every fault of the FAQ's files, each as ``file: entry: fault``; none if all is well."""
    faults: list[str] = []
    for read in (load_lexicon, lambda: _checked(scheme)):
        try:
            read()
        except DataError as error:
            faults += error.faults
    return faults


@cache
def _checked(scheme: Scheme) -> Entries:
    entries = Entries(scheme)
    if faults := length_faults(scheme, entries):
        raise DataError(faults)
    return entries


def phrasings_of(entries: Entries) -> list[tuple[str, str]]:
    """All the ways in which entries are asked, each under its key; places are gaps in them."""
    return [
        (key, text)
        for key, entry in entries.by_key.items()
        for lang in LANGUAGES
        for text in (getattr(entry.title, lang), *getattr(entry.phrasings, lang))
    ]
