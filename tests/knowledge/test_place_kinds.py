"""Places that are no single municipality, short forms, heavy slips, and each place of a sentence.

Only the kind "municipality" may be taken unasked; the tables show what is and what is not.
"""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.elsewhere import ElsewhereRow, RegionRow
from knowledge.gazetteer import Gazetteer, ShortFormRow, TownPartRow
from knowledge.loading import load_csv
from knowledge.municipalities import DATA, Municipalities
from knowledge.place_slips import SlipIndex, typing_cost
from knowledge.place_words import fold, split_words
from knowledge.places import PlaceReading, Places

PLACES = Places.load(2019)
MUNICIPALITIES = Municipalities(2019)
GAZETTEER = Gazetteer(MUNICIPALITIES, 2019)


def labels(reading: PlaceReading) -> list[str]:
    return [PLACES.label(place) for place in reading.candidates]


@pytest.mark.parametrize(
    "text",
    [
        "hele landet", "i hele Norge", "over hele landet", "Vi driver over hele landet", "Norge",
        "i Norge", "nasjonalt", "Tilbudet er landsdekkende", "heile Noreg", "i heile landet",
        "me arbeider landet over", "alle kommuner i landet", "the whole country", "nationwide",
        "all over Norway", "we work throughout Norway", "på landsbasis", "HELE LANDET",
    ],
)  # fmt: skip
def test_the_whole_country(text: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, reading.candidates) == ("national", ())
    assert reading.heard


@pytest.mark.parametrize(
    "text",
    [
        "Telemark", "Nordland", "Nordland fylke", "hele Trøndelag", "Troms og Finnmark", "Viken",
        "Toten", "Romerike", "vi er en forening i Hardanger", "Lofoten", "på Vestlandet",
        "Austlandet", "Sorlandet", "nord-norge", "Northern Norway", "Stavangerregionen",
        "Oslo og omegn", "Bergen-området", "Trondheimsområdet", "Fosenregionen", "Hamar med omland",
        "Møre og Romsdal fylkeskommune", "Telmark", "Buskreud", "vi jobber i Vest-Finnmark",
    ],
)  # fmt: skip
def test_a_part_of_the_country(text: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, reading.candidates) == ("region", ())


@pytest.mark.parametrize(
    "text",
    [
        "Sverige", "i Polen", "Stockholm", "vi holder til i København", "utlandet", "Syria",
        "Me held til i Danmark", "we are based in Germany", "vi er i Göteborg", "Somaliland",
        "fra Tyskland", "New York", "Karlstad", "in Ukraine",
    ],
)  # fmt: skip
def test_abroad(text: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, reading.candidates) == ("abroad", ())


@pytest.mark.parametrize(
    "text",
    [
        "Svalbard", "på Svalbard", "Longyearbyen", "vi er i Longyearbyen", "Jan Mayen", "9170",
        "9170 Longyearbyen", "8099", "Ny-Ålesund", "postnummer 9171",
    ],
)  # fmt: skip
def test_svalbard_is_no_municipality(text: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, reading.candidates) == ("svalbard", ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Oslo og Bergen", ["Oslo", "Bergen"], id="two"),
        pytest.param("Moss, Halden og Askim", ["Moss", "Halden", "Askim"], id="three"),
        pytest.param("i Molde å Volda", ["Molde", "Volda"], id="dialect «å»"),
        pytest.param("Vi er både i Narvik og i Bodø", ["Narvik", "Bodø"], id="in a sentence"),
        pytest.param("Harstad/Tromsø", ["Harstad", "Tromsø"], id="with a stroke"),
        pytest.param("Vadsø or Alta", ["Vadsø", "Alta"], id="English"),
        pytest.param("registrert i Moss og Halden", ["Moss", "Halden"], id="registered in two"),
        pytest.param(
            "Laget er frå Førde, kursa held vi i Florø", ["Førde", "Flora"], id="nynorsk clauses"
        ),
        pytest.param("Oslo og Akershus", [], id="with a county"),
        pytest.param("Akershus og Oslo", [], id="a county first"),
        pytest.param("Oslo kommune og Viken fylke", [], id="with their words"),
        pytest.param("Halden og Strömstad", [], id="with a town abroad"),
        pytest.param("Oslo, Bergen, Moss, Bodø, Hamar, Alta og Vadsø", [], id="more than six"),
    ],
)
def test_several_places_are_never_one(text: str, expected: list[str]) -> None:
    reading = PLACES.find(text)
    assert reading.kind == "several"
    assert labels(reading) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Kr.sand", "Kristiansand", id="Kr.sand"),
        pytest.param("KRSAND", "Kristiansand", id="in capitals"),
        pytest.param("vi er i krs", "Kristiansand", id="three letters in a sentence"),
        pytest.param("Kr. sund", "Kristiansund", id="with a space"),
        pytest.param("T.heim", "Trondheim", id="T.heim"),
        pytest.param("Me er frå Trondhjem", "Trondheim", id="an older form"),
        pytest.param("fr.stad kommune", "Fredrikstad", id="with «kommune»"),
        pytest.param("laget holder til i Tbg", "Tønsberg", id="Tbg"),
        pytest.param("Plankebyen", "Fredrikstad", id="a nickname"),
        pytest.param("L.hammer", "Lillehammer", id="L.hammer"),
        pytest.param("P.grunn", "Porsgrunn", id="P.grunn"),
        pytest.param("V. Toten", "Vestre Toten", id="a shortened first part"),
        pytest.param("hovedstaden", "Oslo", id="the capital, as an answer"),
        pytest.param("Møhlenpris", "Bergen", id="a neighbourhood"),
        pytest.param("kvinnegruppe på Furuset", "Oslo", id="a neighbourhood in a sentence"),
        pytest.param("Vågsbygd, Kristiansand", "Kristiansand", id="a part and its town"),
        pytest.param("bydel Stovner", "Oslo", id="with «bydel»"),
    ],
)
def test_short_forms_and_parts_of_towns_are_taken_with_doubt(text: str, label: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, labels(reading)) == ("municipality", [label])
    assert not reading.certain


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("Fredirkstda", "Fredrikstad", id="two swaps"),
        pytest.param("Lilehamer", "Lillehammer", id="two letters left out"),
        pytest.param("Haugesunndd", "Haugesund", id="two letters doubled"),
        pytest.param("Trobdhwim", "Trondheim", id="two neighbouring keys"),
        pytest.param("vi bor i Kongsvnger", "Kongsvinger", id="one slip in a sentence"),
        pytest.param("Me bur i Sarpsbrog", "Sarpsborg", id="nynorsk"),
        pytest.param("soer-varangr", "Sør-Varanger", id="oe for ø and a slip"),
        pytest.param("STJORDALL", "Stjørdal", id="o for ø and a slip, in capitals"),
        pytest.param("hmar", "Hamar", id="a letter left out of a short name"),
    ],
)
def test_a_long_name_is_taken_through_its_slips(text: str, label: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, labels(reading)) == ("municipality", [label])
    assert not reading.certain


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Kristinsnd", ["Kristiansand", "Kristiansund"], id="two slips from two names"),
        pytest.param("nor-fron", ["Nord-Fron", "Sør-Fron"], id="the likelier slip first"),
        pytest.param("sidal", ["Sigdal", "Sirdal"], id="one slip from two names"),
        pytest.param("Elvrmu", [], id="two slips in a short name"),
        pytest.param("Senja", ["Tranøy", "Torsken", "Berg", "Lenvik"], id="a future name"),
        pytest.param("roa", ["Lunner", "Oslo"], id="Røa and Roa, without æøå the same"),
    ],
)
def test_when_two_are_close_it_asks_or_says_nothing(text: str, expected: list[str]) -> None:
    reading = PLACES.find(text)
    assert reading.kind == ("ambiguous" if expected else "none")
    assert labels(reading) == expected


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("kvinner fra Syria i Drammen", "Drammen", id="a people and a place"),
        pytest.param("Jeg er fra Eritrea og bor i Skien", "Skien", id="an origin and a place"),
        pytest.param("Storgata 3, Gjøvik", "Gjøvik", id="a street with a common name"),
        pytest.param("Oslo gate 7, Skien", "Skien", id="a street named after a town"),
        pytest.param("Bergens gate 7 i Hamar", "Hamar", id="the same in the genitive"),
        pytest.param("ikke i Oslo eller Asker, men i Moss", "Moss", id="neither of two"),
        pytest.param("Registrert i Oslo, arbeider i hele landet", "Oslo", id="and nationwide"),
        pytest.param("Kongsberg på Østlandet", "Kongsberg", id="in a wide region"),
        pytest.param("Sveio på Haugalandet", "Sveio", id="in a region across counties"),
        pytest.param("Drammen i Buskerud", "Drammen", id="not what it was merged with later"),
        pytest.param("vi holder til i ås", "Ås", id="a short name in lower case"),
        pytest.param(
            "vi holder til i moss og har kurs", "Moss", id="a word that is a town after «i»"
        ),
        pytest.param("forening i lier, norskkurs", "Lier", id="another"),
        pytest.param("vikersund! kafé for alle", "Modum", id="a village, then a mark"),
        pytest.param("tromsoø, vi vil ha norskkurs", "Tromsø", id="a slip, then a mark"),
        pytest.param("vi er oppi Lom", "Lom", id="a dialect preposition"),
        pytest.param("me er heime i Volda", "Volda", id="nynorsk"),
        pytest.param("det ligg innafor Stord kommune", "Stord", id="dialect with «kommune»"),
    ],
)
def test_the_place_of_the_organisation_is_found_among_others(text: str, label: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, labels(reading)) == ("municipality", [label])


@pytest.mark.parametrize(
    "text",
    [
        "somaliske kvinner", "barn fra Syria", "polsk forening", "innvandrere fra Irak og Iran",
        "en organisasjon i Norge", "nord for Trondheim", "en time fra Bergen", "10 mil fra Alta",
        "i nærheten av Hamar", "sør for Moss", "Oslo gate 5", "nabokommunen til Skien",
        "ikke i Oslo eller Bergen", "ikkje på Stord", "vi vil gjerne søke", "språkkafe for damer",
        "hva er hovedstaden i landet", "spill litt musikk", "vekk meg klokka sju", "tusen takk",
        "norskkurs hver tirsdag", "kan du gjenta det", "sett på lyset på kjøkkenet", "haha",
        "ok da", "vi trenger penger til lokaler", "jeg elsker deg", "slå av alarmen", "asdfghjkl",
        "??", "husk å kjøpe melk", "hvor mye kan vi få", "bestill en pizza", "fotball på lørdag",
        "ring mamma", "kommer det snø i helga", "når er neste møte", "både unge og eldre",
        "Kari Nordmann", "hele familien", "hele uka", "noen land", "støtte", "spiller", "trenger",
        "vinteren", "forsvant", "svart", "frivillige", "foreldre", "barnehage", "ungdommer",
    ],
)  # fmt: skip
def test_other_talk_names_no_place(text: str) -> None:
    assert PLACES.find(text) == PlaceReading()
    assert PLACES.mentions(text) == ()


def test_each_place_of_a_sentence_comes_with_the_words_around_it() -> None:
    text = "Vi er registrert i Moss, men mottaket ligger i Halden. Kursene går i hele landet!"
    moss, halden, everywhere = PLACES.mentions(text)
    assert (moss.before, moss.heard, moss.after) == (
        "Vi er registrert i ", "Moss", ", men mottaket ligger i ",
    )  # fmt: skip
    assert (halden.before, halden.heard) == (", men mottaket ligger i ", "Halden")
    assert (everywhere.heard, everywhere.after) == ("hele landet", "!")
    assert [m.kind for m in (moss, halden, everywhere)] == [
        "municipality", "municipality", "national",
    ]  # fmt: skip
    assert [place.name for m in (moss, halden) for place in m.candidates] == ["Moss", "Halden"]
    assert [word.raw for word in split_words(text)[halden.start : halden.end]] == ["Halden"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("Grünerløkka i Oslo", [("Grünerløkka i Oslo", "municipality")], id="a part"),
        pytest.param(
            "vi i Bø har senter i Skien",
            [("Bø", "ambiguous"), ("Skien", "municipality")],
            id="one of them to be asked about",
        ),
        pytest.param(
            "kurs i Telemark, kontor i Oslo",
            [("Telemark", "region"), ("Oslo", "municipality")],
            id="a county and a town",
        ),
        pytest.param("Bodø\u200b og A\u030alesund", [("Bodø", "municipality"),
                     ("Ålesund", "municipality")], id="invisible and composed characters"),
        pytest.param("ikke i Oslo", [], id="a place that is ruled out"),
    ],
)  # fmt: skip
def test_mentions_keep_their_own_kind(text: str, expected: list[tuple[str, str]]) -> None:
    assert [(m.heard, m.kind) for m in PLACES.mentions(text)] == expected


def test_only_a_whole_answer_is_certain() -> None:
    assert [m.certain for m in PLACES.mentions("Moss")] == [True]
    assert [m.certain for m in PLACES.mentions("vi er i Moss")] == [False]


@given(text=st.text(max_size=120))
def test_the_pieces_around_the_mentions_make_up_the_text(text: str) -> None:
    sentence = f"{text} i Moss og {text} på Svalbard {text}"
    mentions = PLACES.mentions(sentence)
    pieces = [piece for m in mentions for piece in (m.before, m.heard)]
    rebuilt = "".join([*pieces, mentions[-1].after]) if mentions else ""
    assert not mentions or [w.key for w in split_words(rebuilt)] == [
        w.key for w in split_words(sentence)
    ]


@given(text=st.text(st.sampled_from("aeoåæøÄöÖ éßčŋ-_'.½\u0301\u030aİK"), max_size=12))
def test_a_folded_text_is_its_folded_words(text: str) -> None:
    assert fold(text) == " ".join(word.key for word in split_words(text))


def test_town_parts_stand_once_and_in_order() -> None:
    rows = [(row.number, fold(row.name)) for row in load_csv(DATA / "town_parts.csv", TownPartRow)]
    assert rows == sorted(set(rows))


def test_short_forms_and_town_parts_never_hide_an_official_name() -> None:
    rows = [
        *((row.form, row.number) for row in load_csv(DATA / "short_forms.csv", ShortFormRow)),
        *((row.name, row.number) for row in load_csv(DATA / "town_parts.csv", TownPartRow)),
    ]
    assert len(rows) > 300
    for name, number in rows:
        meaning = GAZETTEER.meaning(fold(name))
        assert meaning, name
        assert meaning.official == () or meaning.is_contested, name
        assert MUNICIPALITIES.by_number[number] in PLACES.find(name).candidates, name
    meanings = {name: GAZETTEER.meaning(fold(name)) for name, _ in rows}
    contested = {name for name, m in meanings.items() if m and m.official}
    assert contested == {"Fjell", "Lund", "Åmot"}


def test_nothing_elsewhere_bears_the_name_of_a_municipality_of_2019() -> None:
    names = [
        *(row.region for row in load_csv(DATA / "regions.csv", RegionRow)),
        *(row.name for row in load_csv(DATA / "elsewhere.csv", ElsewhereRow)),
    ]
    assert len(names) > 400
    for name in names:
        meaning = GAZETTEER.meaning(fold(name))
        assert meaning is None or not meaning.official, name


def test_every_county_of_a_region_is_one() -> None:
    counties = {place.county for place in MUNICIPALITIES.all}
    rows = load_csv(DATA / "regions.csv", RegionRow)
    assert {row.county for row in rows} <= counties


@pytest.mark.parametrize(
    ("typed", "name", "cost"),
    [
        pytest.param("hamar", "hamar", 0, id="as it is"),
        pytest.param("hanar", "hamar", 0.5, id="a neighbouring key"),
        pytest.param("hsmar", "hamar", 0.5, id="the key beside"),
        pytest.param("hapar", "hamar", 1, id="a key far away"),
        pytest.param("hmaar", "hamar", 0.5, id="two letters swapped"),
        pytest.param("hammar", "hamar", 0.5, id="a letter doubled"),
        pytest.param("porsgrun", "porsgrunn", 0.5, id="one of two left out"),
        pytest.param("hmar", "hamar", 0.5, id="a vowel left out"),
        pytest.param("haar", "hamar", 1, id="a consonant left out"),
        pytest.param("amar", "hamar", 1, id="the first letter left out"),
        pytest.param("hanmar", "hamar", 0.5, id="two keys hit together"),
        pytest.param("hagmar", "hamar", 1, id="a key too many"),
        pytest.param("hsmsr", "hamar", 1, id="two neighbouring keys"),
    ],
)
def test_likely_slips_cost_less(typed: str, name: str, cost: float) -> None:
    assert typing_cost(typed, name) == cost


def test_two_slips_are_looked_for_where_one_is_not_enough() -> None:
    index = SlipIndex(["lillehammer", "lillesand", "hammerfest"])
    assert index.near("lilehammer") == ("lillehammer",)
    assert index.near("lilehamer") == ()
    assert index.far("lilehamer") == ("lillehammer",)
    assert index.far("lillehammer") == ()
