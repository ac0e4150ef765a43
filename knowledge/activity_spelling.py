"""The spelling side of activities: the form words are compared in, their endings, one slip.

Called by `knowledge.activity_words`. Knows no activity, so nothing here can take one for another.
"""

from collections.abc import Iterable
from functools import lru_cache

from knowledge.reading import squeezed

_LETTERS = str.maketrans("æøåäöéèêëóòôáàâüđŋ", "aoaaoeeeeoooaaaudn", "'’´`")
_VOWELS = frozenset("aeiouy")
_NEEDS_FOUR = 4  # «kor» + r is no ending: a stem shorter than this takes none of one letter
# Endings of nouns, verbs and adjectives in bokmål, nynorsk and English, the longest first.
_ENDINGS = (
    *("enes", "anes", "ene", "ane", "ens", "ets", "ers", "ing", "nes"),
    *("en", "et", "er", "ar", "es", "ne", "te", "de", "a", "e", "r", "s", "t", "n"),
)
_ENDINGS_ON = {
    last: tuple(ending for ending in _ENDINGS if ending[-1] == last)
    for last in {ending[-1] for ending in _ENDINGS}
}
_AFTER_VOWEL = frozenset({"r", "n", "t", "ne", "te", "de"})
_Near = dict[tuple[str, int], list[tuple[str, str]]]
SHORTEST_OTHER = 8  # letters, for one letter that stands for another
SHORTEST_SLIP = 6  # letters: shorter words are one slip from too many others


def plain(text: str) -> str:
    """Lower-case text with æ, ø, å and accents as plain letters, without apostrophes."""
    return text.translate(_LETTERS)


@lru_cache(maxsize=8192)
def key(word: str) -> str:
    """The form a lower-case word is compared in: plain, and aa, ae and oe as one letter."""
    word = plain(word)
    if len(word) > 3 and ("aa" in word or "ae" in word or "oe" in word):
        word = word.replace("aa", "a").replace("ae", "a").replace("oe", "o")
    return word


def bases(word: str) -> tuple[str, ...]:
    """A folded word and what it may be an inflection of, the likeliest first."""
    found = [word]
    for ending in _ENDINGS_ON.get(word[-1:], ()):
        stem = word[: -len(ending)]
        if not word.endswith(ending) or len(stem) < 3:
            continue
        if ending in _AFTER_VOWEL and stem[-1] not in _VOWELS:
            continue
        if len(ending) == 1 and len(stem) < _NEEDS_FOUR:
            continue
        found.append(stem)
        if ending in ("a", "ing", "ar", "te", "de"):  # «gruppa», «baking», «gruppar»
            found.append(stem + "e")
        if stem.endswith("mm"):  # «rommet», «ungdommen»
            found.append(stem[:-1])
    return tuple(dict.fromkeys(found))


class Slips:
    """Finds the word of a list that a word is one slip away from: no loop over the list.

    One slip after the first letter leaves the second or the last ones as they were, so only words
    that share these, and are as long but for one letter, are compared. The words of a first letter
    are put in order when that letter is first asked about.
    """

    def __init__(self, words: Iterable[str], shortest: int = SHORTEST_SLIP) -> None:
        self._shortest = shortest
        self._words: dict[str, list[str]] = {}
        self._near: dict[str, _Near] = {}
        for word in words:
            if len(word) >= shortest:
                self._words.setdefault(word[0], []).append(word)

    def find(self, word: str) -> str | None:
        """The word that doubled or single letters and one slip more make of this one.

        A slip is a letter more, less, another, or two exchanged.
        """
        if len(word) < self._shortest:
            return None
        once = squeezed(word)
        near = self._near_to(word[0])
        for end in _ends(once):
            for length in (len(once), len(once) + 1, len(once) - 1):
                for meant, word_meant in near.get((end, length), ()):
                    if once == meant or _one_slip(once, meant):
                        return word_meant
        return None

    def _near_to(self, first: str) -> "_Near":
        if first in self._near or first not in self._words:
            return self._near.get(first, {})
        near = self._near[first] = {}
        for word in self._words[first]:
            once = squeezed(word)
            for end in _ends(once):
                near.setdefault((end, len(once)), []).append((once, word))
        return near


def _ends(word: str) -> tuple[str, str]:
    """The first two letters, and the first with the last ones, told apart by a mark."""
    return word[:2], f"{word[:1]}-{word[-2 if len(word) < SHORTEST_SLIP else -3 :]}"


def _one_slip(written: str, meant: str) -> bool:
    """Whether one slip makes one of the other; the first letter is right."""
    half = (min(len(written), len(meant)) - 1) // 2  # one slip leaves one of the halves as it was
    if written[:half] != meant[:half] and written[-half:] != meant[-half:]:
        return False
    start = 0
    for one, other in zip(written, meant, strict=False):
        if one != other:
            break
        start += 1
    a, b = written[start:], meant[start:]
    if len(a) == len(b) > 1 and a[0] == b[1] and a[1] == b[0] and a[2:] == b[2:]:
        return True
    other_letter = len(written) >= SHORTEST_OTHER and a[1:] == b[1:]
    return start > 0 and (other_letter or a[1:] == b or a == b[1:])
