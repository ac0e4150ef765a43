"""Phrases of several words, found by following the words of a text.

Called by `knowledge.activity_words` and `knowledge.activity_evidence`. However many phrases begin
with a word, only those that go on as the text does are looked at.
"""

from collections.abc import Sequence

from knowledge.activity_files import Mark
from knowledge.activity_text import Word


class Phrases:
    """Phrases that have begun with the same words: how each goes on, and what is said so far.

    They are put in order the first time one of them is followed: most never are.
    """

    __slots__ = ("_added", "_longer", "_next", "marks")

    def __init__(self) -> None:
        self.marks: list[Mark] = []
        self._added: list[tuple[Sequence[str], Mark]] = []
        self._next: dict[str, Phrases] = {}
        self._longer: dict[str, Phrases] = {}  # after a word with * at its end

    def add(self, words: Sequence[str], mark: Mark) -> None:
        """Take in a phrase; a * at the end of a word also takes longer words."""
        if words:
            self._added.append((words, mark))
        else:
            self.marks.append(mark)

    def follow(self, word: str, found: list["Phrases"]) -> None:
        """Add the phrases that go on with this word to those that were found."""
        if self._added:
            self._put_in_order()
        if word in self._next:
            found.append(self._next[word])
        for start, phrases in self._longer.items():
            if word.startswith(start):
                found.append(phrases)

    def _put_in_order(self) -> None:
        for words, mark in self._added:
            word = words[0]
            if word.endswith("*"):
                self._longer.setdefault(word[:-1], Phrases()).add(words[1:], mark)
            else:
                self._next.setdefault(word, Phrases()).add(words[1:], mark)
        self._added.clear()


def phrases_at(
    begun: Sequence[Phrases], words: Sequence[Word], start: int
) -> list[tuple[Mark, int]]:
    """What the phrases say that stand in one item of a list, and where they end; longest first.

    ``begun`` is how the phrases go on that begin with the word at ``start``.
    """
    part, at = words[start].part, start + 1
    found: list[tuple[Mark, int]] = []
    while begun and at < len(words) and words[at].part == part:
        longer: list[Phrases] = []
        for phrases in begun:
            phrases.follow(words[at].key, longer)
        at += 1
        for phrases in longer:
            if phrases.marks:
                found[:0] = [(mark, at) for mark in phrases.marks]
        begun = longer
    return found
