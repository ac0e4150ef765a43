"""What people write for a place, and the municipalities of 2019 it is read as.

A wrong municipality is the worst error there is; asking back is never one.
"""

from collections.abc import Iterator

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from knowledge.errors import DataError
from knowledge.gazetteer import Gazetteer
from knowledge.loading import read_table
from knowledge.municipalities import DATA, Municipalities, Municipality
from knowledge.place_words import fold
from knowledge.places import PlaceReading, Places
from knowledge.postal_register import PostalRow

PLACES = Places.load(2019)
MUNICIPALITIES = Municipalities(2019)
NAMES = Gazetteer(MUNICIPALITIES, 2019).names
LONGEST_MESSAGE = 4096
# Names of municipalities that many use for a part of another one: of these it asks.
CONTESTED = {"Fjell", "Lund", "Åmot"}


def labels(reading: PlaceReading) -> list[str]:
    return [PLACES.label(place) for place in reading.candidates]


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Skien", "Skien", id="an official name"),
        pytest.param("skien", "Skien", id="in lower case"),
        pytest.param("TROMSØ", "Tromsø", id="in capitals"),
        pytest.param("Tromso", "Tromsø", id="o for ø"),
        pytest.param("Tromsoe", "Tromsø", id="oe for ø"),
        pytest.param("Tromsøe", "Tromsø", id="øe for ø"),
        pytest.param("Tromsö", "Tromsø", id="a Swedish keyboard"),
        pytest.param("Baerum", "Bærum", id="ae for æ"),
        pytest.param("bArum", "Bærum", id="a for æ"),
        pytest.param("Maalselv", "Målselv", id="aa for å"),
        pytest.param("Ralingen", "Rælingen", id="a for æ in a longer name"),
        pytest.param("A\u030alesund", "Ålesund", id="å as a and a ring"),
        pytest.param("Bodø\u200b", "Bodø", id="an invisible character at the end"),
        pytest.param("Bo\u00addø", "Bodø", id="a soft hyphen inside"),
        pytest.param("  Skien.  ", "Skien", id="with spaces and a full stop"),
        pytest.param("Nord-Odal", "Nord-Odal", id="hyphen"),
        pytest.param("nord odal", "Nord-Odal", id="space for hyphen"),
        pytest.param("Nore og Uvdal", "Nore og Uvdal", id="a name of three words"),
        pytest.param("Skien kommune", "Skien", id="with «kommune»"),
        pytest.param("i Skien", "Skien", id="with a preposition"),
        pytest.param("Bodø by", "Bodø", id="with «by»"),
        pytest.param("Voss herad", "Voss", id="with «herad»"),
        pytest.param("municipality of Oslo", "Oslo", id="in English"),
        pytest.param("Time", "Time", id="an everyday word, alone"),
        pytest.param("Hå", "Hå", id="two letters"),
        pytest.param("Aas", "Ås", id="two letters with aa"),
        pytest.param("Kárášjohka", "Karasjok", id="a Sámi name"),
        pytest.param("Karasjohka", "Karasjok", id="a Sámi name without accents"),
        pytest.param("Snåase - Snåsa", "Snåsa", id="a parallel name"),
        pytest.param("Porsanki", "Porsanger", id="a Kven name"),
        pytest.param("Våler (Østfold)", "Våler (Østfold)", id="a namesake, as officially written"),
        pytest.param("våler hedmark", "Våler (Hedmark)", id="a namesake and its county"),
        pytest.param("Sande i Vestfold", "Sande (Vestfold)", id="a namesake in its county"),
        pytest.param("Sande på Sunnmøre", "Sande (Møre og Romsdal)", id="a namesake in its region"),
        pytest.param("Bø i Telemark", "Bø (Telemark)", id="a namesake that is a post town too"),
        pytest.param("Bø i Vesterålen", "Bø (Nordland)", id="a post town in its region"),
        pytest.param("Nes på Romerike", "Nes (Akershus)", id="a traditional name of a namesake"),
        pytest.param("Våler i Innlandet", "Våler (Hedmark)", id="a county of a later year"),
        pytest.param("5003", "Bergen", id="a postal code"),
        pytest.param("0170 Oslo", "Oslo", id="a postal code and its town"),
        pytest.param("Oslo 0170", "Oslo", id="a postal code after its town"),
        pytest.param("8445 Melbu", "Hadsel", id="a postal code and a town that is no municipality"),
        pytest.param("2000 Lillestrøm", "Skedsmo", id="a town named like a later municipality"),
        pytest.param("3340 Åmot", "Modum", id="a town named like another municipality"),
        pytest.param("3157 Barkåker", "Tønsberg", id="a town inside a municipality"),
    ],
)
def test_an_exact_whole_answer_is_taken_without_doubt(text: str, label: str) -> None:
    reading = PLACES.find(text)
    assert labels(reading) == [label]
    assert reading.certain


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Trodnheim", "Trondheim", id="two letters swapped"),
        pytest.param("Kristansand", "Kristiansand", id="a letter left out"),
        pytest.param("Elverumm", "Elverum", id="a letter too many"),
        pytest.param("Stacanger", "Stavanger", id="a neighbouring key"),
        pytest.param("Bergens", "Bergen", id="genitive"),
        pytest.param("Sør-Vaanger", "Sør-Varanger", id="a slip that looks like å"),
        pytest.param("Stord-Elvdal", "Stor-Elvdal", id="a slip that makes another name"),
        pytest.param("HAKADAL", "Nittedal", id="a post town"),
        pytest.param("Grünerløkka", "Oslo", id="a city district"),
        pytest.param("Stokke", "Sandefjord", id="a municipality until 2017"),
        pytest.param("Andebu", "Sandefjord", id="another until 2017"),
        pytest.param("Hof", "Holmestrand", id="a municipality until 2018"),
        pytest.param("Nøtterøy", "Færder", id="another until 2018"),
        pytest.param("Tjøme og Nøtterøy", "Færder", id="two that became one"),
        pytest.param("Mosvik", "Inderøy", id="a municipality until 2012"),
        pytest.param("Moxs", "Moss", id="a slip in a name of four letters"),
        pytest.param("Maaselv", "Målselv", id="aa for å and a slip"),
        pytest.param("Hemnes", "Hemnes", id="the name of a post town elsewhere, too"),
        pytest.param("Berg i Østfold", "Halden", id="the post town in that county"),
        pytest.param("Kvam i Gudbrandsdalen", "Nord-Fron", id="the post town in that region"),
        pytest.param("vi er i Skien", "Skien", id="a sentence"),
        pytest.param("registrert i Fredrikstad", "Fredrikstad", id="where registered"),
        pytest.param("Strømsø i Drammen", "Drammen", id="an unknown part of a town"),
        pytest.param("Åsen i Drammen", "Drammen", id="a part named like a post town elsewhere"),
        pytest.param("His ved Arendal", "Arendal", id="a village near a town"),
        pytest.param("Lillestrøm i Skedsmo", "Skedsmo", id="the town, not the later municipality"),
        pytest.param("laget høyrer til i Ålesund", "Ålesund", id="nynorsk"),
        pytest.param("we are a Trondheim based group", "Trondheim", id="English"),
        pytest.param("forening vår er kristiansund by", "Kristiansund", id="no preposition"),
        pytest.param("VI HOLDER TIL I OSLO", "Oslo", id="shouted"),
        pytest.param("Bergens innvandrerforening", "Bergen", id="genitive in a name"),
        pytest.param("vi bor i trodnheim", "Trondheim", id="a slip in a sentence"),
        pytest.param("vi er fra Time kommune", "Time", id="an everyday word with «kommune»"),
        pytest.param("vi holder til i Ski", "Ski", id="a short name with capital and preposition"),
        pytest.param("Songdalen, nabo til Kristiansand", "Songdalen", id="a neighbour"),
        pytest.param("ikke i Oslo, men i Asker", "Asker", id="not there but here"),
        pytest.param("Vi er i Våler, som ligger i Hedmark", "Våler (Hedmark)", id="county apart"),
        pytest.param("postnummer 5003", "Bergen", id="a postal code by name"),
        pytest.param("vi holder til i 5003", "Bergen", id="a postal code at the end"),
        pytest.param("Storgata 1, 0155 Oslo, Norge", "Oslo", id="an address"),
        pytest.param("i 2015 startet vi i Bergen", "Bergen", id="a year is no postal code"),
        pytest.param("vi trenger 5000 kroner i Skien", "Skien", id="an amount is no postal code"),
        pytest.param("9999 Oslo", "Oslo", id="a code not in use"),
    ],
)
def test_what_is_not_an_exact_whole_answer_is_taken_with_doubt(text: str, label: str) -> None:
    reading = PLACES.find(text)
    assert labels(reading) == [label]
    assert not reading.certain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Våler", ["Våler (Østfold)", "Våler (Hedmark)"], id="Våler"),
        pytest.param("Nes kommune", ["Nes (Akershus)", "Nes (Buskerud)"], id="Nes"),
        pytest.param("os", ["Os (Hedmark)", "Os (Hordaland)"], id="Os, alone in lower case"),
        pytest.param("vi er i Os", ["Os (Hedmark)", "Os (Hordaland)"], id="Os in a sentence"),
        pytest.param("Bø", ["Bø (Telemark)", "Bø (Nordland)"], id="Bø"),
        pytest.param("Herøy", ["Herøy (Møre og Romsdal)", "Herøy (Nordland)"], id="Herøy"),
        pytest.param("Lillestrøm kommune", ["Skedsmo", "Sørum", "Fet"], id="of 2020, town first"),
        pytest.param("Nordre Follo", ["Ski", "Oppegård"], id="a municipality of 2020"),
        pytest.param("Frogner", ["Oslo", "Sørum"], id="a district and a post town"),
        pytest.param("Hamar og Stange", ["Hamar", "Stange"], id="two municipalities"),
        pytest.param("ski og drammen", ["Ski", "Drammen"], id="an everyday word and a town"),
        pytest.param("vi er i drammen og ski", ["Drammen", "Ski"], id="the same in a sentence"),
        pytest.param("Ski, Moss og Ås", ["Ski", "Moss", "Ås"], id="a list of short names"),
        pytest.param("Lillestrøm og Sørum", ["Skedsmo", "Sørum", "Fet"], id="a name and its part"),
        pytest.param("Berg i Drammen", ["Berg", "Drammen"], id="a municipality's name in a town"),
        pytest.param("0170 Bergen", ["Oslo", "Bergen"], id="code and name disagree"),
        pytest.param("2019", ["Skedsmo", "Nordkapp"], id="a code that is a number of another"),
        pytest.param("Hustadvika", ["Fræna", "Eide"], id="another of 2020"),
        pytest.param("nordodal", ["Nord-Odal", "Norddal"], id="a slip that fits two names"),
    ],
)
def test_when_several_fit_all_are_asked_about(text: str, expected: list[str]) -> None:
    reading = PLACES.find(text)
    assert labels(reading) == expected
    assert not reading.certain


@pytest.mark.parametrize(
    "text",
    [
        "vet ikke", "ja", "nei", "lokalt", "innvandrere", "mottak", "alle",
        "mandag", "nå", "hæ", "ha", "as", "sentrum", "byen", "kommune", "i", "xyz123", "9999",
        "012", "01700", "٠١٧٠", "hos os", "vi går på ski", "en time i uka", "vi sitter i sola",
        "VI HAR DET BRA I SOLA", "Hun er med i kor", "Time til kurs", "møte på mandag",
        "ikke i Oslo", "like utenfor Oslo", "Skien i Nordland",
        "vi søker om 5000 kroner", "siden 1997", "", " ",
    ],
)  # fmt: skip
def test_what_is_no_place_gives_nothing(text: str) -> None:
    assert PLACES.find(text) == PlaceReading()


def test_what_was_heard_is_told_as_written() -> None:
    assert PLACES.find("Hei, vi er i Nord-Odal kommune").heard == "Nord Odal"
    assert PLACES.find("hamar, og STANGE").heard == "hamar STANGE"


@pytest.mark.parametrize("place", MUNICIPALITIES.all, ids=PLACES.label)
def test_every_official_name_finds_its_municipality(place: Municipality) -> None:
    found = PLACES.find(place.name)
    assert place in found.candidates
    if place.name in CONTESTED:
        assert found.kind == "ambiguous"
    else:
        assert all(other.name == place.name for other in found.candidates)
        assert PLACES.find(PLACES.label(place)).candidates == (place,)
    assert place in PLACES.find(f"{place.name} kommune").candidates
    assert PLACES.by_number(place.number) == place


def one_slips(name: str, letters: str) -> Iterator[str]:
    for i in range(len(name) + 1):
        head, tail = name[:i], name[i:]
        yield from (head + letter + tail for letter in letters)
        if tail:
            yield head + tail[1:]
            yield from (head + letter + tail[1:] for letter in letters)
        if len(tail) > 1:
            yield head + tail[1] + tail[0] + tail[2:]


LONG_NAMES = [place for place in MUNICIPALITIES.all if len(place.name) > 3]
SHORT_NAMES = [place for place in MUNICIPALITIES.all if len(place.name) <= 3]


@pytest.mark.parametrize("place", LONG_NAMES, ids=PLACES.label)
def test_a_slip_in_a_name_never_silently_gives_another(place: Municipality) -> None:
    """The right one is taken or asked about, or nothing is; unless another name was typed."""
    for text in one_slips(place.name.lower(), "aeioklnrstvy -"):
        found = PLACES.find(text).candidates
        assert not found or place in found or fold(text) in NAMES, text


@pytest.mark.parametrize("place", SHORT_NAMES, ids=PLACES.label)
def test_a_slip_in_a_short_name_is_not_guessed(place: Municipality) -> None:
    slips = [text for text in one_slips(place.name.lower(), "aeioklnrstvy") if len(text) <= 3]
    assert slips
    for text in slips:
        found = PLACES.find(text).candidates
        assert not found or fold(text) in NAMES, text


def test_every_postal_code_of_2019_gives_its_municipality() -> None:
    rows = [PostalRow(*row) for _, row in read_table(DATA / "places.csv", PostalRow._fields)]
    mainland = [row for row in rows if row.municipality_2019 not in ("", "2100", "2211")]
    assert len(mainland) > 5000
    for row in mainland:
        numbers = [place.number for place in PLACES.find(row.postal_code).candidates]
        assert numbers[0] == row.municipality_2019
        assert numbers[1:] in ([], [row.postal_code])


def test_a_code_newer_than_the_year_gives_all_that_its_area_was() -> None:
    assert labels(PLACES.find("3786")) == ["Skien"]
    assert labels(PLACES.find("1951")) == ["Rømskog", "Aurskog-Høland"]


def test_labels_tell_all_municipalities_apart_on_a_button() -> None:
    all_labels = [PLACES.label(place) for place in MUNICIPALITIES.all]
    assert len(set(all_labels)) == len(all_labels) == 422
    assert max(map(len, all_labels)) <= 30


@pytest.mark.parametrize(
    ("year", "count"),
    [(2013, 428), (2017, 426), (2018, 422), (2019, 422), (2020, 356), (2024, 357)],
)
def test_each_year_has_its_own_municipalities(year: int, count: int) -> None:
    assert len(Municipalities(year).all) == count
    assert [place.name for place in Places.load(year).find("5003").candidates] == ["Bergen"]


def test_places_follow_the_municipalities_through_the_years() -> None:
    def names(year: int, text: str) -> list[str]:
        return [place.name for place in Places.load(year).find(text).candidates]

    assert names(2024, "Skedsmo") == ["Lillestrøm"]
    assert names(2013, "Stokke") == ["Stokke"]
    assert names(2024, "Haram") == ["Haram"]
    assert names(2020, "Haram") == ["Ålesund"]
    # Tysfjord was divided: nobody chooses which part.
    assert names(2024, "Tysfjord") == ["Narvik", "Hamarøy"]


def test_a_year_before_the_data_is_refused_in_words() -> None:
    with pytest.raises(DataError, match="begins in 2013, asked for 2012"):
        Places.load(2012)


def test_an_unknown_number_is_no_municipality() -> None:
    assert PLACES.by_number("0301") == Municipality("0301", "Oslo", "Oslo")
    assert PLACES.by_number("4601") is None  # Bergen from 2020
    assert MUNICIPALITIES.in_year("0000") == ()


@given(text=st.text(st.characters(codec=None), max_size=200))
@example(text="\0" * LONGEST_MESSAGE)
@example(text="\ud800" * LONGEST_MESSAGE)
@example(text="\u202eOslo\u202c " * 600)
@example(text="a" + "\u0301" * LONGEST_MESSAGE)
@example(text="👨‍👩‍👧" * 900)
@example(text=" " * LONGEST_MESSAGE)
@example(text="a" * LONGEST_MESSAGE)
@example(text="Os i " * 900)
@example(text="0170 " * 900)
def test_any_text_is_read_without_harm(text: str) -> None:
    reading = PLACES.find(text)
    assert len(reading.candidates) <= 6
    assert len(set(reading.candidates)) == len(reading.candidates)
    assert bool(reading.heard) == (reading.kind != "none")
    assert not reading.candidates or reading.kind in ("municipality", "ambiguous", "several")
    assert len(reading.candidates) == 1 or reading.kind != "municipality"
    assert not reading.certain or reading.kind == "municipality"
    assert all(len(mention.candidates) <= 6 for mention in PLACES.mentions(text))


@given(
    place=st.sampled_from(MUNICIPALITIES.all),
    before=st.sampled_from(["vi er i ", "registrert i ", "Laget held til på ", "we are from "]),
    after=st.sampled_from(["", " kommune", ".", ", og vi har norskkurs", "!"]),
)
def test_a_name_in_a_sentence_is_never_read_as_another(
    place: Municipality, before: str, after: str
) -> None:
    reading = PLACES.find(f"{before}{place.name}{after}")
    assert place in reading.candidates
    assert all(other.name == place.name for other in reading.candidates)
    assert not reading.certain
