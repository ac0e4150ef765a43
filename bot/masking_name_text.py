"""Reads the words of a name at a place in a text, and tells organisations from people.

Called by `bot.masking_names`, which knows the places where a name may stand.
"""

import re
from collections.abc import Iterable, Sequence

from bot import masking_name_words as words
from bot.masking_page import folded

Span = tuple[int, int]

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
_MOST_WORDS, _MOST_SMALL = 5, 3
_END = re.compile(r" *(?:[^\w '-]|- |$)")
_PREFIX = re.compile(r"(?:al|el|abu|ibn)-(?=[^\W\d_])")  # «al-Masri» has its capital later
_MIXED = re.compile(r"[^\W\d_]*[A-ZÆØ]{2}[a-zæø]")  # «IMDi»
_FROM_SOMEWHERE = re.compile(r" (?:fra|from|her|here|som|speaking|calling)\b")
_NATIONAL = ("ian", "ish", "ese", "sk")  # how most words for belonging to a country end


def phrases_of(text: str) -> frozenset[str]:
    """The phrases of a table in `masking_name_words`, folded."""
    lines = text.replace("\n", "|").split("|")
    return frozenset(folded(" ".join(line.split())) for line in lines if line.strip())


def words_of(text: str) -> frozenset[str]:
    """The single words of a table, folded."""
    return frozenset(folded(text).split())


def any_of(phrases: Iterable[str]) -> str:
    """A pattern of phrases, the longest first; where one has a space there may be a few."""
    longest_first = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    return "|".join(re.escape(phrase).replace(r"\ ", r"[ \n]{1,3}") for phrase in longest_first)


_NO_NAMES = words_of(words.NO_NAMES)
_NO_PERSONS = words_of(words.NO_PERSONS)
_PARTICLES = words_of(words.PARTICLES)
_ORGANISATION_WORDS = words_of(words.ORGANISATION_WORDS)
_ORGANISATION_ENDINGS = tuple(words_of(words.ORGANISATION_ENDINGS))


class NameText:
    """A page's text, read for names. A text all in capitals is read as one all in small letters."""

    def __init__(self, text: str, low: str) -> None:
        self.text, self.low = text, low
        self._is_shouted = text.isupper()
        self._end = len(text.rstrip(" .!\n"))

    def name_at(self, place: int, *, small: bool, any_first: bool = False) -> Sequence[Span]:
        """The words of the name that begins here.

        Args:
            place: Where its first letter should stand.
            small: Whether small letters may begin it.
            any_first: Whether a word such as «Per» or «Are» may begin it for having a capital.
        """
        spans: list[Span] = []
        while len(spans) < _MOST_WORDS and (match := _WORD.match(self.low, place)):
            word, is_capital = match[0], self._is_capital(match.start())
            is_first = any_first and is_capital and not spans
            if word in _NO_NAMES and not is_first and not self._is_particle(match, spans):
                break
            if not is_capital and not self._is_particle(match, spans):
                # Once a name has begun with a capital, a small word must end it.
                started_capital = bool(spans) and self._is_capital(spans[0][0])
                if not small or len(spans) == _MOST_SMALL:
                    break
                if started_capital and not self.ends_at(match.end()):
                    break
            spans.append(match.span())
            place = self._next_word(match)
        return spans

    def ends_at(self, place: int) -> bool:
        """Whether the line or a part of it ends here, or a word follows that is nobody's name."""
        if _END.match(self.low, place):
            return True
        after = _WORD.match(self.low, place + 1) if self.low[place] == " " else None
        return after is not None and after[0] in _NO_NAMES

    def is_last(self, spans: Sequence[Span]) -> bool:
        """Whether nothing follows."""
        return spans[-1][1] >= self._end

    def is_person(self, spans: Sequence[Span]) -> bool:
        """Whether the words can be somebody's name, rather than an organisation's or a place's."""
        names = [self.low[start:end] for start, end in spans]
        after = _WORD.match(self.low, min(spans[-1][1] + 1, len(self.low)))
        named_after = [after[0]] if after and self.low[spans[-1][1]] in " -" else []
        is_group = any(
            not _ORGANISATION_WORDS.isdisjoint(name.split("-"))
            or name.endswith(_ORGANISATION_ENDINGS)
            for name in (*names, *named_after)
        )
        is_word = len(names) == 1 and (names[0] in _NO_PERSONS or names[0].endswith(_NATIONAL))
        return not is_group and not is_word and not any(map(self._is_no_name, spans))

    def is_from_somewhere(self, place: int) -> bool:
        """Whether it goes on with «fra …» or «her», as after the name of one who presents."""
        return _FROM_SOMEWHERE.match(self.low, place) is not None

    def _is_no_name(self, span: Span) -> bool:
        """«IMDi» and «Oslo-jente»: capitals inside, or none after the hyphen."""
        word = self.text[span[0] : span[1]]
        first, _, second = word.partition("-")
        return bool(_MIXED.match(word)) or (first[0].isupper() and second[:1].islower())

    def _is_capital(self, place: int) -> bool:
        if self._is_shouted:
            return False
        prefix = _PREFIX.match(self.text, place)
        return not self.text[prefix.end() if prefix else place].islower()

    def _is_particle(self, match: re.Match[str], spans: Sequence[Span]) -> bool:
        """«van» and «al» inside a name, up to two before a word with a capital."""
        if not spans or match[0] not in _PARTICLES:
            return False
        after = _WORD.match(self.low, self._next_word(match))
        if after and after[0] in _PARTICLES and not self._is_capital(after.start()):
            after = _WORD.match(self.low, self._next_word(after))
        return after is not None and self._is_capital(after.start())

    def _next_word(self, match: re.Match[str]) -> int:
        """Where the name may go on; behind the text where it cannot."""
        end = match.end()
        if len(match[0]) == 1 and self.low[end : end + 1] == ".":  # «Kari M. Nordmann»
            end += 1
            return end + (self.low[end : end + 1] == " ")
        gap = len(self.low[end : end + 2]) - len(self.low[end : end + 2].lstrip(" "))
        return end + gap if gap else len(self.low)
