"""A sentence sent in two messages is read as one, if the second comes within half a minute."""

import pytest

from bot.recent import MOST_CHATS, TOGETHER_MS, Recent
from bot.settings import IN_MEMORY
from bot.store import Chat
from bot.store.opening import open_store
from bot.turns import Update, take
from dialogs.messages import Utterance
from dialogs.understand import Heard
from knowledge.scheme import load_scheme

CHAT = Chat("test", "42")
NOT_UNDERSTOOD, UNDERSTOOD = Heard("unknown"), Heard("answer")


@pytest.mark.parametrize(
    ("after_ms", "heard", "text"),
    [
        pytest.param(0, NOT_UNDERSTOOD, "vi er ikke", id="at once"),
        pytest.param(TOGETHER_MS, NOT_UNDERSTOOD, "vi er ikke", id="after half a minute"),
        pytest.param(TOGETHER_MS + 1, NOT_UNDERSTOOD, None, id="later: a message of its own"),
        pytest.param(-1, NOT_UNDERSTOOD, None, id="the clock was set back"),
        pytest.param(0, UNDERSTOOD, None, id="the first was understood by itself"),
    ],
)
def test_only_what_was_not_understood_just_before_counts(
    after_ms: int, heard: Heard, text: str | None
) -> None:
    recent = Recent()
    recent.note(CHAT, 1_000_000, Utterance(text="vi er ikke"), heard)
    assert recent.before(CHAT, 1_000_000 + after_ms) == text
    assert recent.before(Chat("test", "43"), 1_000_000) is None


def test_the_next_message_ends_the_sentence() -> None:
    recent = Recent()
    recent.note(CHAT, 0, Utterance(text="vi er ikke"), NOT_UNDERSTOOD)
    recent.note(CHAT, 1, Utterance(attachment="voice"), NOT_UNDERSTOOD)
    assert recent.before(CHAT, 2) is None


def test_it_forgets_the_oldest_of_very_many_chats() -> None:
    recent = Recent()
    for number in range(MOST_CHATS + 1):
        recent.note(Chat("test", str(number)), 0, Utterance(text="hm"), NOT_UNDERSTOOD)
    assert recent.before(Chat("test", "0"), 0) is None
    assert recent.before(Chat("test", "1"), 0) == "hm"


async def test_a_denial_cut_in_two_is_not_read_as_its_opposite() -> None:
    scheme, store, recent = load_scheme(2019), open_store(IN_MEMORY, None), Recent()
    for text in ("/start", "Frivillighetsregisteret, der er vi nok", "ikke registrert"):
        taken = await take(Update(CHAT, Utterance(text=text)), scheme, store, recent=recent)
    assert taken.state.answers["registered"] == "no"
    await store.close()
