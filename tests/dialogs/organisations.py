"""Complete sets of answers, and the moves a person can make, for Hypothesis to choose from.

Used by the property tests of `dialogs`.
"""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from dialogs.words import WORDS
from knowledge.slots import SLOTS, UNSURE, Value
from tests.dialogs.talk import SCHEME

# In the 20, outside them, one of two namesakes, the longest name, a name of two letters.
MUNICIPALITIES = ("0301", "0502", "0437", "1867", "1502", "1265", "1112")
Organisation = dict[str, Value]


def values_of(slot: str) -> st.SearchStrategy[Value]:
    """Any answer to a question that buttons can give."""
    if slot in ("municipality", "reception_centre_in"):
        return st.sampled_from((*MUNICIPALITIES, *SLOTS[slot].values))
    if not SLOTS[slot].many:
        return st.sampled_from(SLOTS[slot].values)
    alone = SCHEME.alone(slot)
    together = [value for value in SCHEME.values(slot) if value not in alone]
    ordered = st.sets(st.sampled_from(together), min_size=1).map(
        lambda chosen: tuple(value for value in together if value in chosen)
    )
    return st.one_of(ordered, st.sampled_from(alone).map(lambda value: (value,)))


organisations = st.fixed_dictionaries({slot: values_of(slot) for slot in SLOTS})


def phrases_in(file: Path) -> Iterator[str]:
    """Every phrase of a file of words, with its mark if it has one."""
    tables: list[Any] = [tomllib.loads(file.read_text(encoding="utf-8"))]
    while tables:
        for value in tables.pop().values():
            if isinstance(value, str):
                yield from filter(None, map(str.strip, re.split(r"[,\n]", value)))
            else:
                tables.append(value)


PLACES = ("Oslo", "Bø", "i Nome", "9008", "Tronheim", "Lillestrøm", "Os i Hordaland", "Atlantis")
PLANS = ("språkkafé", "A og C", "dialogmøter om tvangsekteskap", "drift av foreningen", "1, 3", "2")
SPOKEN = tuple(
    dict.fromkeys(
        phrase.removesuffix("*") for file in WORDS.glob("*.toml") for phrase in phrases_in(file)
    )
)
ATTACHMENTS = ("voice", "sticker", "photo", "document", "location", "contact")

# One move: what is done, and with what. A number counts through the buttons there are.
moves = st.one_of(
    st.tuples(st.just("tap"), st.integers(0, 20)),
    st.tuples(st.just("tap"), st.integers(0, 20)),
    st.tuples(st.just("tap an old one"), st.integers(0, 100)),
    st.tuples(st.just("write"), st.sampled_from((*SPOKEN, *PLACES, *PLANS))),
    st.tuples(st.just("write"), st.text(max_size=12)),
    st.tuples(st.just("press"), st.text(max_size=12)),
    st.tuples(st.just("send"), st.sampled_from(ATTACHMENTS)),
    st.tuples(st.just("return"), st.none()),
)

UNSURE_OF_EVERYTHING: Organisation = {
    slot: (UNSURE,) if SLOTS[slot].many else UNSURE for slot in SLOTS if slot != "organisation_type"
}
