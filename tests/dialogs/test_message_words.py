"""A message taken apart: the greeting, what is asked, what is told, what is denied."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.message_words import Message

GREETINGS = (
    "Hei!",
    "God morgen, alle sammen",
    "hei alle sammen",
    "Good morning, everyone!",
    "morn",
)


@pytest.mark.parametrize("text", [*GREETINGS, "heisann 👋", "hei på dere", "Hi there."])
def test_a_greeting_alone(text: str) -> None:
    assert Message(text).is_greeting


@pytest.mark.parametrize(
    ("text", "rest"),
    [
        ("Hei! Vi er et kor", "Vi er et kor"),
        ("God morgen, alle sammen. Vi er et kor", "Vi er et kor"),
        ("hei alle sammen vi er et kor", "vi er et kor"),
        ("Hi there, we are a choir", "we are a choir"),
        ("Hei, alle kommuner kan søke", "alle kommuner kan søke"),
        ("Vi er alle sammen fra Hamar", "Vi er alle sammen fra Hamar"),
        ("Heimly kor", "Heimly kor"),
        ("", ""),
    ],
)
def test_what_follows_a_greeting(text: str, rest: str) -> None:
    message = Message(text)
    assert (message.text, message.is_greeting) == (rest, False)


@pytest.mark.parametrize(
    ("text", "asks"),
    [
        ("Hva er fristen", True),
        ("er det greit?", True),
        ("Can we apply for a café", True),
        ("kan naboer være med", True),
        ("mottak i Hammerfest, hvem støtter det", True),
        ("språkkafé på torsdager, når biblioteket er åpent", False),
        ("kan brukes av hele landet", False),
        ("vi er et lag", False),
        ("", False),
    ],
)
def test_whether_a_message_asks(text: str, asks: bool) -> None:
    assert Message(text).asks is asks


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("Firma i Bærum, ikke registrert, kan vi søke?", "Firma i Bærum. ikke registrert"),
        ("Vi er et kor. Kan vi søke? Vi er i Oslo.", "Vi er et kor. Vi er i Oslo"),
        ("vi er registrert men kan vi søke?", "vi er registrert"),
        ("er vi registrert, eller må vi melde oss?", ""),
        ("har laget registrert seg, tro?", ""),
        ("hva er delmål A", ""),
        ("vi er et kor", "vi er et kor"),
        ("", ""),
    ],
)
def test_what_is_told_and_not_asked(text: str, told: str) -> None:
    assert Message(text).told_text() == told


@pytest.mark.parametrize(
    ("text", "affirmed"),
    [
        ("flyktninger, ikke naboer", "flyktninger"),
        ("ikke naboer men flyktninger", "flyktninger"),
        ("vi er ikke registrert i Oslo", "vi er ikke registrert i oslo"),
        ("uten flyktninger", ""),
        ("", ""),
    ],
)
def test_what_is_not_denied(text: str, affirmed: str) -> None:
    message = Message(text)
    assert " ".join(message.words[i].key for i in sorted(message.affirmed())) == affirmed


@given(st.text())
def test_any_text_can_be_taken_apart(text: str) -> None:
    message = Message(text)
    numbers = set(range(len(message.words)))
    assert message.told() <= numbers
    assert message.affirmed() <= numbers
    assert all(message.text[w.at : w.end].lower() == w.key for w in message.words)
    assert message.is_greeting in (True, False)
    assert len(message.told_text()) <= 2 * len(message.text) + 2
