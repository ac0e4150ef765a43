"""What one text means against the question asked: an answer, a question, both, or nothing sure."""

import pytest

from dialogs.state import State
from dialogs.understand import Heard, read_text
from knowledge.slots import Value
from tests.dialogs.talk import SCHEME

Known = dict[str, Value]


def hear(text: str, asked: str | None = None, known: Known | None = None) -> Heard:
    return read_text(SCHEME, State(greeted=True, answers=known or {}), asked, text)


@pytest.mark.parametrize(
    ("asked", "text", "answer", "certain"),
    [
        pytest.param("registered", "Ja!", "yes", True, id="yes"),
        pytest.param("registered", "Hei, ja", "yes", True, id="greeted first"),
        pytest.param("registered", "ikke ennå", "no", True, id="not yet"),
        pytest.param("registered", "ja, det er vi", "yes", False, id="yes among other words"),
        pytest.param("municipality", "Hamar", "0403", True, id="a municipality"),
        pytest.param("municipality", "vet ikke", "unsure", True, id="they do not know"),
        pytest.param("scope", "landsdekkende", "national", True, id="one phrase"),
        pytest.param("scope", "turné landet rundt", "national", False, id="a phrase inside"),
        pytest.param(
            "scope", "nasjonalt, med overføringsverdi", "transferable", False, id="two that are one"
        ),
        pytest.param("target_groups", "de lokale", ("local_population",), True, id="a group"),
        pytest.param("target_groups", "flyktnigar", ("refugees",), False, id="with a slip"),
        pytest.param("target_groups", "vet ikke helt", ("unsure",), True, id="unsure of a list"),
        pytest.param("registered", "jaaa", "yes", True, id="a key held down"),
        pytest.param("registered", "aner ikke, må sjekke", "unsure", False, id="will look it up"),
        pytest.param("scope", "bare i nærmiljøe", "local", False, id="a letter left out"),
        pytest.param("scope", "lokalllt", "local", True, id="another key held down"),
        pytest.param(
            "target_groups", "jenter fra Eritrea uten jobb", ("immigrants",), False, id="a country"
        ),
        pytest.param(
            "target_groups",
            "unge med innvandrarforeldre som ikkje får jobb",
            ("immigrants",),
            False,
            id="a denial of something else",
        ),
        pytest.param(
            "target_groups",
            "folk i Hamar",
            ("local_population",),
            False,
            id="the people of a place",
        ),
        pytest.param(
            "target_groups",
            "nye og gamle naboer",
            ("immigrants", "local_population"),
            False,
            id="new and old neighbours",
        ),
        pytest.param("target_groups", "barn i Kenya", ("other",), False, id="people abroad"),
        pytest.param("target_groups", "hunder fra Spania", ("other",), False, id="animals"),
        pytest.param(
            "activities", "ny motor til båten", ("none_of_these",), False, id="a thing to buy"
        ),
        pytest.param(
            "activities",
            "Kor der alle syng i lag",
            ("community_activity",),
            False,
            id="a choir, not «where»",
        ),
        pytest.param("reception_centre_in", "flere mottak", "several", True, id="several centres"),
    ],
)
def test_a_text_as_the_answer(asked: str, text: str, answer: Value, certain: bool) -> None:
    heard = hear(text, asked)
    assert (heard.intent, heard.certain) == ("answer", certain)
    assert heard.answers[asked] == answer


@pytest.mark.parametrize(
    ("asked", "text"),
    [
        pytest.param("scope", "ikke nasjonalt", id="denied"),
        pytest.param("scope", "lokalt, kanskje nasjonalt", id="two that do not go together"),
        pytest.param("registered", "vi håper å bli registrert", id="another time"),
        pytest.param("registered", "ja, i Enhetsregisteret", id="another register"),
        pytest.param("organisation_type", "vet ikke", id="a question without «vet ikke»"),
        pytest.param("municipality", "kommer det regn i Hamar i morgen", id="the weather"),
        pytest.param("municipality", "974 760 673", id="an organisation number for a place"),
        pytest.param("registered", "974 760 673", id="an organisation number"),
        pytest.param("registered", "orgnr 974 760 673", id="an organisation number with its name"),
        pytest.param("target_groups", "974760673", id="an organisation number for a group"),
        pytest.param("target_groups", "flyktninger har vi ikke", id="a denial at the end"),
        pytest.param("activities", "kjøpe utstyr til fotball", id="a thing for an activity"),
    ],
)
def test_nothing_is_guessed(asked: str, text: str) -> None:
    assert hear(text, asked).answers == {}


@pytest.mark.parametrize(
    "text", ["god morgen, alle sammen", "Hei alle sammen!", "hello there", "tusen takk"]
)
@pytest.mark.parametrize("asked", [None, "registered", "municipality", "activities"])
def test_a_greeting_is_only_a_greeting(text: str, asked: str | None) -> None:
    assert hear(text, asked).intent == "greeting"


@pytest.mark.parametrize(
    ("text", "told"),
    [
        pytest.param(
            "Vi er et sjakklag i Hamar. Hva er fristen?",
            {"municipality": "0403"},
            id="told before the question",
        ),
        pytest.param("Hva er fristen i Hamar?", {}, id="named in the question"),
        pytest.param(
            "må man være registrert? vi holder norsktrening for flyktninger",
            {"target_groups": ("refugees",), "activities": ("norwegian_practice",)},
            id="told after the question",
        ),
    ],
)
def test_what_is_told_beside_a_question(text: str, told: Known) -> None:
    heard = hear(text)
    assert (heard.intent, heard.certain) == ("question", False)
    assert heard.answers == told


@pytest.mark.parametrize(
    ("asked", "text", "answer"),
    [
        ("registered", "Ja. Hva er fristen?", "yes"),
        ("registered", "nei, men hva koster det?", "no"),
        ("municipality", "Hamar. Hvem er IMDi?", "0403"),
        ("scope", "Bare lokalt. Må vi være registrert?", "local"),
    ],
)
def test_an_answer_and_a_question_at_once(asked: str, text: str, answer: str) -> None:
    heard = hear(text, asked)
    assert heard.intent == "question"
    assert heard.answers[asked] == answer


def test_a_question_that_tells_of_an_organisation_is_taken_as_what_it_tells_too() -> None:
    heard = hear("kan et kor i Hamar få støtte til sangkvelder for flyktninger?")
    assert set(heard.answers) == {"municipality", "target_groups", "activities", "scope"}


def test_what_was_answered_is_kept_unless_it_is_corrected() -> None:
    known: Known = {"municipality": "0301"}
    assert "municipality" not in hear("vi har språkkafé i Hamar", known=known).answers
    assert hear("nei, jeg mente Hamar", known=known).answers == {"municipality": "0403"}


def test_an_activity_abroad_leaves_the_reach_open_and_says_what_the_source_says() -> None:
    heard = hear("prosjektet er i Kenya", "scope")
    assert (heard.intent, heard.answers) == ("question", {"scope": "unsure"})
    assert [guess.key for guess in heard.faq] == ["nis_abroad"]


@pytest.mark.parametrize(
    ("text", "registered"),
    [
        ("nå så jeg etter, jo vi står der", "yes"),
        ("me står ikkje der", "no"),
        ("lokalt", None),
    ],
)
def test_who_did_not_know_may_look_it_up_and_tell(text: str, registered: str | None) -> None:
    heard = hear(text, "scope", {"registered": "unsure"})
    assert heard.answers.get("registered") == registered


def test_at_the_summary_what_is_told_is_a_correction() -> None:
    known: Known = {"municipality": "0301", "target_groups": ("immigrants",)}
    assert hear("vi er i Hamar", "check_answers", known).answers == {"municipality": "0403"}
