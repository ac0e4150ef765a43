"""Names that several places share, names that look alike, and places that are in no list.

The lists of places never will be complete: a village that is in none must not be read as the
municipality it is one letter from.
"""

import pytest

from knowledge.place_slips import SlipIndex
from knowledge.place_words import Word, split_words
from knowledge.places import PlaceReading, Places

PLACES = Places.load(2019)


def labels(reading: PlaceReading) -> list[str]:
    return [PLACES.label(place) for place in reading.candidates]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Fjell", ["Fjell", "Drammen"], id="a municipality and a part of a town"),
        pytest.param("Lund", ["Lund", "Nærøy", "Kristiansand"], id="and a post town"),
        pytest.param("lardal", ["Lærdal", "Larvik"], id="Lærdal and Lardal without æ"),
        pytest.param("lardal kommune", ["Lærdal", "Larvik"], id="with «kommune»"),
        pytest.param("Leirvik", ["Hyllestad", "Stord"], id="«Leirvik i Sogn» and a centre"),
        pytest.param("Hovden", ["Bykle"], id="«Hovden i Setesdal» is not the only one"),
        pytest.param("Dale", ["Fjaler", "Vaksdal"], id="two villages"),
        pytest.param("Forus", ["Sandnes", "Stavanger", "Sola"], id="one across three borders"),
    ],
)
def test_a_shared_name_is_asked_about(text: str, expected: list[str]) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, labels(reading)) == ("ambiguous", expected)


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Fjell kommune", "Fjell", id="the municipality"),
        pytest.param("vi er i lund kommune", "Lund", id="in a sentence"),
        pytest.param("Fjell i Drammen", "Drammen", id="the part of the town"),
        pytest.param("språkkafé på Lund i Kristiansand", "Kristiansand", id="in a sentence, too"),
        pytest.param("Åmot i Buskerud", "Modum", id="by its county"),
        pytest.param("Lærdal", "Lærdal", id="with its own letter"),
        pytest.param("Laerdal", "Lærdal", id="with ae"),
        pytest.param("Lardal i Vestfold", "Larvik", id="a former name by its county"),
        pytest.param("Røa", "Oslo", id="not Roa"),
        pytest.param("Roa på Hadeland", "Lunner", id="by its region"),
        pytest.param("Hovden i Setesdal", "Bykle", id="as the register calls it"),
        pytest.param("Leirvik på Stord", "Stord", id="by the municipality"),
    ],
)
def test_what_stands_beside_a_shared_name_settles_it(text: str, label: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, labels(reading)) == ("municipality", [label])


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Svortland", "Sortland"), ("Blakstad", "Flakstad"), ("Rensvik", "Lensvik"),
        ("Nordstranda", "Nordstrand"), ("Gullhaug", "Gullaug"), ("Strinda", "Stranda"),
        ("Hillestad", "Hyllestad"), ("Evanger", "Levanger"),
    ],
)  # fmt: skip
def test_a_village_is_not_the_place_it_is_one_slip_from(typed: str, name: str) -> None:
    wrong = set(PLACES.find(name).candidates)
    reading = PLACES.find(typed)
    assert wrong
    assert reading.kind != "municipality" or not wrong & set(reading.candidates)


@pytest.mark.parametrize(
    ("typed", "kind"),
    [
        pytest.param("Trondhiem", "municipality", id="two letters swapped"),
        pytest.param("Drmmen", "municipality", id="a vowel left out"),
        pytest.param("Sandnesd", "municipality", id="a key hit with its neighbour"),
        pytest.param("Trondeim", "municipality", id="a consonant left out of a long name"),
        pytest.param("Hamr", "municipality", id="a vowel left out of a short name"),
        pytest.param("Hamak", "ambiguous", id="an unlikely slip in a short name"),
        pytest.param("Gevanger", "ambiguous", id="another beginning"),
        pytest.param("Fornebi", "ambiguous", id="a likely slip in a post town"),
    ],
)
def test_a_slip_is_taken_only_when_it_is_likely_or_the_name_long(typed: str, kind: str) -> None:
    reading = PLACES.find(typed)
    assert reading.kind == kind
    assert reading.candidates


@pytest.mark.parametrize(
    "text",
    [
        "Leder er Kari Hauge", "hilsen Per Brekke", "My name is Sunniva Bergen",
        "Med vennlig hilsen Ingrid Voss og Harald Lund", "jentene i klassen", "vi er på lista",
        "sett den andre på listen", "vi skal på kampen", "feiring av jul", "tretten kvinner",
        "somali", "american women", "hørte", "drømmen", "timer",
    ],
)  # fmt: skip
def test_people_and_ordinary_words_are_no_places(text: str) -> None:
    assert PLACES.find(text) == PlaceReading()


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("vi holder til på Nedre Grorud", "Oslo", id="a part of a part"),
        pytest.param("kafé i Bydel Stovner", "Oslo", id="with its word"),
        pytest.param("Hilsen Per Brekke, Tromsø", "Tromsø", id="a signature and a town"),
        pytest.param("Vi er Redd Barna Tromsø", "Tromsø", id="an organisation's name"),
        pytest.param("Hilsen Norsk Folkehjelp Steinkjer", "Steinkjer", id="one that signs"),
        pytest.param("feiring i Lier, og kurs", "Lier", id="a town beside an ordinary word"),
    ],
)
def test_capitals_before_a_name_do_not_always_make_a_person(text: str, label: str) -> None:
    assert labels(PLACES.find(text)) == [label]


def test_an_index_of_slips_gives_the_names_in_order() -> None:
    index = SlipIndex(["hamar", "hamarøy", "hammer"])
    assert index.near("hammar") == ("hamar", "hammer")


def test_folding_a_text_word_by_word_or_at_once_is_the_same() -> None:
    text = "Ærlig talt: ÅS, Bø, Malmö og I\u0307stanbul! Straße 9"
    one_by_one = [split_words(word.raw)[0].key for word in split_words(text)]
    assert [word.key for word in split_words(text)] == one_by_one
    assert all(isinstance(word, Word) for word in split_words(text))


def test_a_text_read_twice_is_read_the_same() -> None:
    text = "Vi er i Moss, kursene går i Halden"
    first, mentions = PLACES.find(text), PLACES.mentions(text)
    assert (PLACES.find(text), PLACES.mentions(text)) == (first, mentions)
