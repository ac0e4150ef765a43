"""What one message tells of an organisation, whatever was asked; and what it does not tell."""

import pytest

from dialogs.message_slots import is_question, read_slots
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
    ],
)
def test_a_message_and_what_it_tells(text: str, answers: dict[str, Value]) -> None:
    assert read_slots(SCHEME, text).answers == answers


def test_a_place_that_could_be_two_is_asked_back() -> None:
    reading = read_slots(SCHEME, "Vi er et lag i Herøy og vil ha norsktrening for flyktninger")
    assert "municipality" not in reading.answers
    assert set(reading.asked_back["municipality"]) == {"1515", "1818"}


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Hva er fristen", True),
        ("er det greit?", True),
        ("Can we apply for a café", True),
        ("vi er et lag", False),
        ("", False),
    ],
)
def test_whether_a_sentence_asks(text: str, asks: bool) -> None:
    assert is_question(text) is asks
