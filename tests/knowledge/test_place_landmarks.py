"""Places that are named without being meant, and which of two the organisation is registered in."""

import pytest

from knowledge.place_landmarks import Standing, standing
from knowledge.place_words import split_words
from knowledge.places import PlaceReading, Places

PLACES = Places.load(2019)


def labels(reading: PlaceReading) -> list[str]:
    return [PLACES.label(place) for place in reading.candidates]


@pytest.mark.parametrize(
    ("text", "name", "how"),
    [
        pytest.param("vi er i Lier", "Lier", "meant", id="there"),
        pytest.param("ikke i Lier", "Lier", "out", id="not there"),
        pytest.param("vi er ikke registrert i Lier", "Lier", "out", id="not registered there"),
        pytest.param("me held ikkje til i Lier", "Lier", "out", id="nynorsk"),
        pytest.param("tidligere holdt vi til i Lier", "Lier", "out", id="formerly"),
        pytest.param("før var vi i Lier", "Lier", "out", id="before"),
        pytest.param("for kvinner i Lier", "Lier", "meant", id="«for» is not «før»"),
        pytest.param("tidligere Lier kommune", "Lier", "meant", id="what it was called"),
        pytest.param("vi har flyttet fra Lier", "Lier", "out", id="moved from"),
        pytest.param("vi har flyttet til Lier", "Lier", "meant", id="moved to"),
        pytest.param("rett utenfor Lier", "Lier", "near", id="just outside"),
        pytest.param("nabokommune til Lier", "Lier", "near", id="a neighbour"),
        pytest.param("20 minutes by bus from Lier", "Lier", "near", id="a distance in English"),
        pytest.param("10 km. fra Lier", "Lier", "near", id="after an abbreviation"),
        pytest.param("sør for Lier", "Lier", "near", id="a direction"),
        pytest.param("nærmeste by er Lier", "Lier", "near", id="the nearest"),
        pytest.param("Lier er nærmeste by", "Lier", "near", id="the nearest, turned round"),
        pytest.param(
            "ikke ennå, vi er i Lier", "Lier", "meant", id="the denial is of another clause"
        ),
        pytest.param("Registrert i Brønnøysund", "Brønnøysund", "out", id="in the registers"),
        pytest.param("vi bor i Brønnøysund", "Brønnøysund", "meant", id="in the town itself"),
    ],
)
def test_how_a_place_is_named(text: str, name: str, how: Standing) -> None:
    words = split_words(text)
    at = [word.raw for word in words].index(name)
    assert standing(words, at, at + 1) == how


@pytest.mark.parametrize(
    ("text", "label"),
    [
        pytest.param("vi er ikke registrert i Oslo, men i Asker", "Asker", id="not registered"),
        pytest.param("vi har flyttet fra Asker til Bærum", "Bærum", id="moved"),
        pytest.param("tidligere i Skien, nå Porsgrunn", "Porsgrunn", id="then and now"),
        pytest.param("Nesodden, en halvtime fra Oslo", "Nesodden", id="half an hour away"),
        pytest.param("Lier utenfor Drammen", "Lier", id="an everyday word and its landmark"),
        pytest.param("Lier, som er nabokommune til Drammen", "Lier", id="the same in a clause"),
        pytest.param("det er Lier og ikke Drammen", "Lier", id="one and not the other"),
        pytest.param("somewhere near Hamar, Stange to be exact", "Stange", id="to be exact"),
        pytest.param("Moss, sør for Oslo", "Moss", id="an everyday word first, with a comma"),
        pytest.param(
            "Os utenfor Bergen", "Os (Hordaland)", id="the landmark tells namesakes apart"
        ),
        pytest.param("Herøy utenfor Ålesund", "Herøy (Møre og Romsdal)", id="another"),
        pytest.param(
            "Registrert i Brønnøysund med adresse i Sandnes", "Sandnes", id="the register's town"
        ),
        pytest.param(
            "Vi holder til i Brønnøysund, registrert i fjor", "Brønnøy", id="who lives there"
        ),
        pytest.param("stavnger her, vi vil søke", "Stavanger", id="a town that reports"),
        pytest.param("kommunenummer 0219", "Bærum", id="the municipality's number"),
        pytest.param("kommunenr 4601", "Bergen", id="its number in another year"),
    ],
)
def test_the_place_meant_is_taken_and_its_landmark_is_not(text: str, label: str) -> None:
    reading = PLACES.find(text)
    assert (reading.kind, labels(reading)) == ("municipality", [label])


@pytest.mark.parametrize(
    "text",
    [
        "Vi er registrert i Brønnøysund", "korleis registrerer vi laget i brønøysund",
        "ny adresse, hvordan retter vi det i Bronnoysund", "ikke lenger i Bergen",
        "vi bor ikke i Oslo", "Vi er en nabokommune til Drammen", "før var vi i Asker",
    ],
)  # fmt: skip
def test_what_is_only_a_landmark_settles_nothing(text: str) -> None:
    assert PLACES.find(text) == PlaceReading()


@pytest.mark.parametrize(
    ("text", "home", "all_named"),
    [
        pytest.param(
            "Vi driver tilbudet i Oslo, men selve laget er registrert i Nittedal",
            ["Nittedal"], ["Oslo", "Nittedal"], id="registered in the second",
        ),
        pytest.param(
            "registrert i Moss, men aktiviteten er i Halden",
            ["Moss"], ["Moss", "Halden"], id="in the first",
        ),
        pytest.param(
            "Forretningsadressen er i Ski, kursene går i Oslo",
            ["Ski"], ["Ski", "Oslo"], id="by the business address",
        ),
        pytest.param(
            "Kontor i Oslo. Registered in Ski.", ["Ski"], ["Oslo", "Ski"], id="in English",
        ),
        pytest.param(
            "vi er registrert i Oslo og Asker",
            ["Oslo", "Asker"], ["Oslo", "Asker"], id="in two: both are asked about",
        ),
        pytest.param(
            "registrert i Moss, mottaket er i Halden",
            ["Moss", "Halden"], ["Moss", "Halden"], id="a centre may be registered, too",
        ),
        pytest.param(
            "laget er i Førde, kursa held vi i Florø",
            ["Førde", "Flora"], ["Førde", "Flora"], id="neither is said to be registered",
        ),
    ],
)  # fmt: skip
def test_the_place_of_registration_wins_when_that_is_what_was_asked(
    text: str, home: list[str], all_named: list[str]
) -> None:
    assert labels(PLACES.find(text)) == home
    assert labels(PLACES.find(text, is_home=False)) == all_named
