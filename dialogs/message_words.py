"""A message as words: its sentences, their parts, and which of our phrases stand in it.

Called by `dialogs.understand` once for each message. Says what stands where; never what it means.
"""

import re
from collections import defaultdict
from collections.abc import Container, Mapping
from functools import cached_property
from itertools import chain, groupby
from typing import NamedTuple

from dialogs.words import commands, telling
from knowledge.reading import WORD, Spoken, visible, without_shorter

# Words, and the marks that part them one by one: nothing here can backtrack.
_TOKEN = re.compile(rf"{WORD.pattern}|[,.;!?\n]")
_ENDS = frozenset(".;!?\n")
_BUT = frozenset({"men", "but"})
_LONGEST_GREETING = 6  # words
_AFTER_GREETING = " \n,.!:;–-"


class Word(NamedTuple):
    """A word folded, and the numbers of its sentence, clause and item in the message.

    «Men» parts clauses; commas part items as well. It stands in the text from ``at`` to ``end``.
    """

    key: str
    sentence: int
    clause: int
    item: int
    at: int
    end: int


class Message:
    """What was written, without a greeting at its start where more follows.

    ``text`` is as written but for invisible characters. Reading never raises, whatever it holds.
    """

    def __init__(self, text: str) -> None:
        self.text = visible(text)
        self.words, self._marked = _split(self.text)
        greeted = _greeted(self.words)
        self.is_greeting = 0 < greeted == len(self.words)
        if 0 < greeted < len(self.words):
            self.text = self.text[self.words[greeted - 1].end :].lstrip(_AFTER_GREETING)
            self.words, self._marked = _split(self.text)

    @cached_property
    def keys(self) -> tuple[str, ...]:
        """The words, folded."""
        return tuple(word.key for word in self.words)

    @cached_property
    def folded(self) -> str:
        """The text on one line in lower case."""
        return " ".join(self.text.lower().split())

    @cached_property
    def asks(self) -> bool:
        """Whether a sentence of it is a question, or its last item asks after all."""
        if self._asking or self.folded.endswith("?"):
            return True
        last = self.items[-1].start if self.items else -1
        return any(spoken.start == last for spoken in self.spoken("asks_after_all"))

    def whole(self) -> dict[str, str]:
        """Topics and values of the phrase that all of it is, if it is one."""
        return dict(telling().whole(self.folded))

    @cached_property
    def _found(self) -> Mapping[str, list[Spoken]]:
        """The phrases by topic, the longest first."""
        found: defaultdict[str, list[Spoken]] = defaultdict(list)
        for spoken in telling().found(self.keys):
            found[spoken.topic].append(spoken)
        return found

    def spoken(self, *topics: str, within: Container[int] | None = None) -> list[Spoken]:
        """The phrases of these topics, in words that all count; of each topic, the longest first.

        Args:
            topics: Which phrases to look for.
            within: Numbers of the words that count; all if left out.
        """
        found = [spoken for topic in topics for spoken in self._found.get(topic, ())]
        if within is None:
            return found
        return [s for s in found if all(i in within for i in range(s.start, s.end))]

    def values(self, *topics: str, within: Container[int] | None = None) -> frozenset[str]:
        """The values that phrases tell, each word counting once, for the longest that covers it.

        Of two phrases as long, that of the earlier topic counts.
        """
        found = self.spoken(*topics, within=within)
        found.sort(key=lambda spoken: spoken.start - spoken.end)
        return frozenset(spoken.value for spoken in without_shorter(found))

    def begins_with(self, *topics: str) -> bool:
        """Whether the first words are a phrase of these topics."""
        return any(spoken.start == 0 for spoken in self.spoken(*topics))

    @cached_property
    def items(self) -> tuple[range, ...]:
        """The words between commas, «men» and the ends of sentences."""
        found: list[range] = []
        for at, word in enumerate(self.words):
            if word.key in _BUT:
                continue
            if found and self.words[found[-1].start].item == word.item:
                found[-1] = range(found[-1].start, at + 1)
            else:
                found.append(range(at, at + 1))
        return tuple(found)

    @cached_property
    def _asking(self) -> frozenset[int]:
        """The numbers of the sentences that end or begin as questions."""
        begins = self._asked_from
        firsts = (next(some).start for _, some in groupby(self.items, self._sentence))
        return self._marked | {self.words[at].sentence for at in firsts if at in begins}

    @cached_property
    def _asked_from(self) -> frozenset[int]:
        """Where something is asked from: «kor skal vi søkje», not «kor der alle syng» or «kor»."""
        choirs = {spoken.start for spoken in self.spoken("choir")}
        found = (s for s in self.spoken("asks") if s.start not in choirs)
        return frozenset(s.start for s in found if s.end < len(self.words))

    def _sentence(self, item: range) -> int:
        return self.words[item.start].sentence

    def told(self) -> frozenset[int]:
        """The words of what is told and not asked.

        «Firma i Bærum, ikke registrert, kan vi søke?» tells two things and asks a third.
        """
        begins = self._asked_from
        inverted = {spoken.start for spoken in self.spoken("inverted")}
        told: set[int] = set()
        for sentence, some in groupby(self.items, self._sentence):
            items = list(some)
            if sentence in self._asking:
                not_told = begins | inverted if sentence in self._marked else begins
                items = [item for item in items[:-1] if item.start not in not_told]
            told.update(chain.from_iterable(items))
        return frozenset(told)

    def told_text(self) -> str:
        """What is told and not asked, as written."""
        told = self.told()
        items = [item for item in self.items if item.start in told]
        pieces = (self.text[self.words[i.start].at : self.words[i[-1]].end] for i in items)
        return ". ".join(pieces)

    def affirmed(self, *topics: str) -> frozenset[int]:
        """The words of what is not denied; a denial about the register says nothing of the rest.

        A denial is of what follows it: «innvandrere uten jobb» are immigrants. Where nothing
        follows, it is of what stands before: «innvandrere er det ikke».

        Args:
            topics: What denies; if left out, what does so wherever it stands.
        """
        denials: dict[int, int] = {}  # where the first of each item stands
        for spoken in self.denials(*(topics or ("denies", "excludes"))):
            number = self.words[spoken.start].item
            denials[number] = min(spoken.start, denials.get(number, spoken.start))
        registers = {s.start for s in self.spoken("register_name", "being_registered")}
        kept: set[int] = set()
        for item in self.items:
            first = denials.get(self.words[item.start].item, item.stop)
            if first == item.stop or registers.intersection(item):
                kept.update(item)
            elif first + 1 < item.stop:
                kept.update(range(item.start, first))
        return frozenset(kept)

    def denials(self, *topics: str) -> list[Spoken]:
        """The phrases of topics that deny, but for those that only begin so: «ikke bare»."""
        added = {i for spoken in self.spoken("adds") for i in range(spoken.start, spoken.end)}
        return [spoken for spoken in self.spoken(*topics) if spoken.start not in added]


def _split(text: str) -> tuple[tuple[Word, ...], frozenset[int]]:
    """The words of a text, and the numbers of the sentences that end in a question mark."""
    words: list[Word] = []
    marked: set[int] = set()
    sentence = clause = item = 0
    for match in _TOKEN.finditer(text):
        token = match.group()
        if token in _ENDS:
            if token == "?":
                marked.add(sentence)
            sentence += 1
        is_but = token.lower() in _BUT
        clause += is_but or token in _ENDS
        item += is_but or token in _ENDS or token == ","
        if token[0].isalnum():
            words.append(Word(token.lower(), sentence, clause, item, *match.span()))
    return tuple(words), frozenset(marked)


def _greeted(words: tuple[Word, ...]) -> int:
    """How many words at the start are a greeting and whom it is to: «god morgen, alle sammen»."""
    spoken = commands().found([word.key for word in words[:_LONGEST_GREETING]])
    greetings = [s for s in spoken if s.topic == "greetings"]
    greeted = max((s.end for s in greetings if s.value == "first" and s.start == 0), default=0)
    whom = [s for s in greetings if s.value == "whom"]
    while greeted:
        ends = [s.end for s in whom if s.start == greeted and _is_address(words, s)]
        if not ends:
            break
        greeted = max(ends)
    return greeted


def _is_address(words: tuple[Word, ...], whom: Spoken) -> bool:
    """Whether it follows the greeting at once, or stands alone after a comma."""
    item = words[whom.start].item
    is_alone = whom.end == len(words) or words[whom.end].item != item
    return is_alone or words[whom.start - 1].item == item
