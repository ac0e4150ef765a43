"""Which of the three languages a message is written in, by words that only one of them has.

Called by `dialogs.understand`. Says nothing of a message with a single such word: a name or a loan
word must not change the language of a conversation.
"""

import unicodedata
from collections.abc import Iterable

from knowledge.reading import words_of

FEWEST = 2  # so many words of one language, and more than of each other

MARKERS: dict[str, frozenset[str]] = {
    lang: frozenset(words.split())
    for lang, words in {
        "nb": """
            jeg ikke hva hvem hvor hvordan hvorfor hvilken hvilke hvilket dere deres fra noen
            noe mye gjøre søke søker være blir hun bare sammen en uke også selv egen flere mange
            hele hverandre nå kommer heter
        """,
        "nn": """
            eg ikkje kva kven kvar korleis kvifor kor dykk dykkar frå nokon nokre noko mykje gjere
            søkje søkjer vere vert ho berre saman ein eit ei veke òg sjølv eigen fleire heile
            kvarandre høyrer heiter kjem
        """,
        "en": """
            the we is are you your our and of with have has want would like from who what where
            which when how why can could does they them their it that this my not apply about there
            in people women need please looking
        """,
    }.items()
}


def language_of(text: str) -> str | None:
    """The language of a message: nb, nn or en; None where its words do not settle it."""
    return _most(words_of(text))


def _most(words: Iterable[str]) -> str | None:
    spoken = list(words)
    counted = sorted(
        ((sum(word in marks for word in spoken), lang) for lang, marks in MARKERS.items()),
        reverse=True,
    )
    (most, lang), (second, _), _ = counted
    return lang if most >= FEWEST and most > second else None


def is_in_another_script(text: str) -> bool:
    """Whether most letters are of another alphabet than ours: Arabic, Cyrillic, Ge'ez."""
    letters = [char for char in text[:200] if char.isalpha()]
    foreign = sum(not unicodedata.name(char, "").startswith("LATIN") for char in letters)
    return foreign * 2 > len(letters)
