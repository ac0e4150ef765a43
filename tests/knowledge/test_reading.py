"""Phrases found in a text: each where it stands, the longest first, with a slip in a long word."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.reading import LONGEST, Phrases, Spoken, fold, visible, without_shorter, words_of

TABLE: dict[str, dict[str, tuple[str, ...]]] = {
    "scope": {"national": ("nasjonal*", "hele landet"), "transferable": ("brukes i hele landet",)},
    "groups": {
        "immigrants": ("utenlandsk*",),
        "refugees": ("flyktning*",),
        "reception_centre": ("mottak", "mottakene"),
    },
    "denies": {"denies": ("ikke", "no")},
}
PHRASES = Phrases(TABLE, with_slips=("groups",))


def read(text: str) -> list[tuple[str, str]]:
    """Values, and the words that tell them."""
    words = words_of(text)
    return [(s.value, " ".join(words[s.start : s.end])) for s in PHRASES.found(words)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("Ikke nå", [("denies", "ikke")], id="a word"),
        pytest.param("nasjonalt", [("national", "nasjonalt")], id="the start of a word"),
        pytest.param("internasjonalt", [], id="not the end of one"),
        pytest.param("i hele, landet", [("national", "hele landet")], id="over a comma"),
        pytest.param(
            "brukes i hele landet",
            [("transferable", "brukes i hele landet"), ("national", "hele landet")],
            id="the longer phrase first",
        ),
        pytest.param("hele lan", [], id="a phrase that ends too soon"),
        pytest.param("flyktnigar", [("refugees", "flyktnigar")], id="a letter left out"),
        pytest.param("FLYKTNINGER", [("refugees", "flyktninger")], id="capitals"),
        pytest.param("utenlandstur", [], id="another word, whose slip would be at the end"),
        pytest.param("mottakere", [], id="another form, whose slip would be in the ending"),
        pytest.param("nasjnalt", [], id="no slip where none is looked for"),
        pytest.param("mottaker", [], id="no slip in a short word"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_text_and_the_phrases_in_it(text: str, found: list[tuple[str, str]]) -> None:
    assert read(text) == found


def test_each_word_counts_once_for_the_longest_phrase() -> None:
    found = PHRASES.found(words_of("ikke noe som brukes i hele landet"))
    assert [spoken.value for spoken in without_shorter(found)] == ["transferable", "denies"]


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("Hele landet!", (("scope", "national"),)),
        ("no.", (("denies", "denies"),)),
        ("over hele landet", ()),
        ("nasjonal", ()),  # a phrase with a * is never the whole
        ("?", ()),
    ],
)
def test_a_text_that_is_one_phrase(text: str, whole: tuple[tuple[str, str], ...]) -> None:
    assert PHRASES.whole(text) == whole


@pytest.mark.parametrize(
    ("text", "seen"),
    [
        ("Bo\u00addø\u200b", "bodø"),
        ("A\u030as", "ås"),
        ("\u202eOslo\ud800", "oslo"),
        ("to\tord\r\nog en  linje", "to ord og en linje"),
        ("５００３", "5003"),
    ],
)
def test_what_cannot_be_seen_does_not_count(text: str, seen: str) -> None:
    assert fold(text) == seen


def test_lines_are_kept_until_a_text_is_folded() -> None:
    assert visible("en\r\nto\u2028tre") == "en \nto\ntre"


WORDS = ("hele", "landet", "brukes", "i", "ikke", "nasjonalt", "mottak", "flyktningene", "og")


@given(st.lists(st.sampled_from(WORDS), max_size=12))
def test_the_index_finds_what_a_walk_through_all_phrases_finds(words: list[str]) -> None:
    by_walking = {
        Spoken(topic, value, start, start + len(pieces))
        for topic, values in TABLE.items()
        for value, phrases in values.items()
        for pieces in (phrase.split() for phrase in phrases)
        for start in range(len(words) - len(pieces) + 1)
        if all(
            word.startswith(piece[:-1]) if piece.endswith("*") else word == piece
            for word, piece in zip(words[start:], pieces, strict=False)
        )
    }
    found = PHRASES.found(words)
    assert set(found) == by_walking
    assert len(found) == len(by_walking)
    lengths = [spoken.end - spoken.start for spoken in found]
    assert lengths == sorted(lengths, reverse=True)


@given(st.text())
def test_any_text_can_be_folded_twice(text: str) -> None:
    folded = fold(text)
    assert len(visible(text)) <= 18 * LONGEST  # one sign of Arabic is eighteen letters
    assert "\n" not in folded
    assert fold(folded) == folded or len(folded) > LONGEST
