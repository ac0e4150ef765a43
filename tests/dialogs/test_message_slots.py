"""What one message tells of an organisation, whatever was asked; and what it does not tell."""

import pytest

from dialogs.message_slots import LONGEST_TOLD, read_slots
from dialogs.message_words import Message
from knowledge.scheme import load_scheme
from knowledge.slots import Value

SCHEME = load_scheme(2019)


@pytest.mark.parametrize(
    ("text", "answers"),
    [
        pytest.param(
            "Hei, vi er et kor i Hamar, registrert i Frivillighetsregisteret, og vil ha "
            "sangkvelder for flyktninger og naboer",
            {
                "registered": "yes",
                "municipality": "0403",
                "scope": "local",
                "target_groups": ("refugees", "local_population"),
                "activities": ("community_activity", "meeting_place"),
            },
            id="a whole organisation in one sentence",
        ),
        pytest.param(
            "we are based in Skien, and practise Norwegian at the reception centre in Drangedal",
            {
                "municipality": "0806",
                "reception_centre_in": "0817",
                "scope": "local",
                "target_groups": ("reception_centre",),
                "activities": ("norwegian_practice",),
            },
            id="where the organisation is, and where the centre is",
        ),
        pytest.param(
            "Vi er ikke registrert i Frivillighetsregisteret enno",
            {"registered": "no"},
            id="not registered",
        ),
        pytest.param(
            "vi står bare i Enhetsregisteret", {"registered": "no"}, id="another register"
        ),
        pytest.param(
            "registrert i Fredrikstad, men aktiviteten er på Hvaler",
            {"municipality": "0106"},
            id="registered in one place, active in another",
        ),
        pytest.param(
            "nasjonal kampanje mot tvangsekteskap",
            {"scope": "national", "activities": ("prevention_information",)},
            id="a national campaign is nowhere in particular",
        ),
        pytest.param("ingen innvandrere", {}, id="a denial"),
        pytest.param("må vi være registrert?", {}, id="a question tells nothing"),
        pytest.param("", {}, id="nothing"),
        pytest.param("god morgen", {}, id="a greeting"),
        pytest.param("God morgen, alle sammen", {}, id="a greeting to all"),
        pytest.param(
            "hei alle sammen, vi er et kor i Hamar", {"municipality": "0403"}, id="greeted first"
        ),
    ],
)
def test_a_message_and_what_it_tells(text: str, answers: dict[str, Value]) -> None:
    assert read_slots(SCHEME, Message(text)).answers == answers


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("Vi er registrert i Frivillighetsregisteret", "yes"),
        ("registret i frivilighetsregistret", "yes"),  # one slip in each
        ("står i Frivilligregisteret", "yes"),
        ("ja, registrert, men aktiviteten er på Hvaler", "yes"),
        ("laget manglar registrering i Frivilligregisteret", "no"),
        ("we are not in the voluntary register yet", "no"),
        ("uregistrert", "no"),
        ("vi har bare meldt oss inn i Enhetsregisteret", "no"),
        ("vi er i Enhetsregisteret", None),
        ("orgnr 974 760 673", None),
        ("vi har organisasjonsnummer 974760673", None),
        ("registrert, 974 760 673", None),
        ("registrert i Oslo", None),
        ("vi skal registrere oss i Frivillighetsregisteret", None),
        ("vi vet ikke om vi står i Frivillighetsregisteret", None),
        ("vi er registrert og har ingen ansatte", "yes"),
        ("er vi registrert, eller må vi melde oss inn?", None),
        ("vi er registrert i Frivillighetsregisteret. vi er ikke registrert", None),
    ],
)
def test_whether_they_are_in_the_register(text: str, registered: str | None) -> None:
    assert read_slots(SCHEME, Message(text)).answers.get("registered") == registered


@pytest.mark.parametrize(
    ("text", "scope"),
    [
        ("fotball i Moss, Rygge og Råde", "several_municipalities"),
        ("in Hamar and Stange we help people find work", "several_municipalities"),
        ("vi jobber i tre nabokommuner", "several_municipalities"),
        ("leksehjelp på tvers av kommunegrensene", "several_municipalities"),
        ("kampanje over hele landet", "national"),
        ("turné, frå nord til sør", "national"),
        ("vi er sentralleddet", "central_body"),
        ("et opplegg som kan brukes over hele landet", "transferable"),
        ("ein metode andre kommunar kan overta", "transferable"),
        ("a method that others can copy", "transferable"),
        ("local, but of transfer value to the whole country", "local_transferable"),
        ("lokalt og nasjonalt", None),
        ("vi er en landsdekkende forening", None),
        ("språkkafé for flyktninger i Hamar", "local"),
        ("språkkafé for flyktninger", None),
        ("Hamar", None),
        ("digitalt norskkurs fra Hamar", None),
    ],
)
def test_how_far_the_measure_reaches(text: str, scope: str | None) -> None:
    assert read_slots(SCHEME, Message(text)).answers.get("scope") == scope


@pytest.mark.parametrize(
    ("text", "groups"),
    [
        ("norsktrening for flyktninger og naboer", ("refugees", "local_population")),
        ("jenter med invandrerbakgrun", ("immigrants",)),
        ("ski for flyktnigar", ("refugees",)),
        ("folk på transittmottaket", ("reception_centre",)),
        ("innvandrere og hamarsinger", ("immigrants", "local_population")),
        ("Mysen: grøtfest for flyktninger og mysenfolk", ("refugees", "local_population")),
        ("åpent for alle i bygda", ("local_population",)),
        ("mellom lokale og nyankomne familier", ("immigrants", "local_population")),
        ("flyktninger, men ikke naboer", ("refugees",)),
        ("penger til lokale og husleie", ()),
        ("driftsstøtte, husleie og strøm", ()),
        ("samarbeid med nabokommunen", ()),
        ("utfordringer og haldningar", ()),
        ("Kongsvinger", ()),
        ("mottakere av tilskudd", ()),
    ],
)
def test_whom_it_is_for(text: str, groups: tuple[str, ...]) -> None:
    assert read_slots(SCHEME, Message(text)).answers.get("target_groups", ()) == groups


@pytest.mark.parametrize(
    ("text", "municipality", "centre"),
    [
        ("me vil starte i Bergen, sjølv er laget frå Askøy", "1247", None),
        ("Laget ligger i Hole. Beboere på Hvalsmoen transittmottak", "0612", "0605"),
        ("mottaket i Drangedal", None, "0817"),
        ("My name is Sunniva Bergen", None, None),
        ("Hilsen Harald Lund", None, None),
        ("orgnr 974 760 673, Bergen", "1201", None),
        ("974 760 673", None, None),
    ],
)
def test_whose_place_it_is(text: str, municipality: str | None, centre: str | None) -> None:
    answers = read_slots(SCHEME, Message(text)).answers
    assert (answers.get("municipality"), answers.get("reception_centre_in")) == (
        municipality,
        centre,
    )


@pytest.mark.parametrize(
    "text",
    [
        "kommer det til å regne i Oslo i morgen",
        "fint vær på Hamar i dag",
        "skal vi på kino i kveld",
        "kom på fest hos meg på lørdag",
        "bursdagsfesten til naboen er i Drammen",
        "is it sunny in Bergen",
        "remind me to call Kari in Stavanger",
        "lag en spilleliste til festen",
        "vekk meg klokka sju",
    ],
)
def test_small_talk_fills_no_slot(text: str) -> None:
    assert read_slots(SCHEME, Message(text)).answers == {}


@pytest.mark.parametrize(
    "text",
    [
        "laget vårt har språkkafé for flyktninger i kveld",
        "vi er en forening i Oslo og har språkkafé på mottaket i morgen",
        "we run a cinema club for refugees in Bergen",
    ],
)
def test_our_business_is_read_whatever_else_is_said(text: str) -> None:
    assert "activities" in read_slots(SCHEME, Message(text)).answers


def test_an_organisation_number_is_known_as_one() -> None:
    reading = read_slots(SCHEME, Message("Vi er et kor, orgnr 974 760 673"))
    assert reading.organisation_numbers == ("974760673",)


def test_what_is_written_beyond_the_longest_told_is_not_read() -> None:
    text = "x " * (LONGEST_TOLD // 2) + "flyktninger"
    assert read_slots(SCHEME, Message(text)).answers == {}


def test_a_place_that_could_be_two_is_asked_back() -> None:
    reading = read_slots(
        SCHEME, Message("Vi er et lag i Herøy og vil ha norsktrening for flyktninger")
    )
    assert "municipality" not in reading.answers
    assert set(reading.asked_back["municipality"]) == {"1515", "1818"}
