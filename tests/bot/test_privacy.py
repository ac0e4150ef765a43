"""The store knows a chat by a code, made with a key that lies beside the database, never in it."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import StoreError
from bot.privacy import key_beside, pseudonym

NAMES = st.text(st.characters(exclude_characters="\0"))


@pytest.mark.promise("P1")
@given(channel=NAMES, chat=st.text(), other_channel=NAMES, other_chat=st.text())
def test_two_chats_never_share_a_code(
    channel: str, chat: str, other_channel: str, other_chat: str
) -> None:
    same = (channel, chat) == (other_channel, other_chat)
    assert (pseudonym(b"k", channel, chat) == pseudonym(b"k", other_channel, other_chat)) == same


@pytest.mark.promise("P1", "P2")
def test_a_code_tells_nothing_and_hangs_on_the_key() -> None:
    code = pseudonym(b"one key", "telegram", "12345678")
    assert "12345678" not in code
    assert code != pseudonym(b"another key", "telegram", "12345678")


@pytest.mark.promise("P3")
def test_the_key_is_made_once_and_for_its_owner_only(tmp_path: Path) -> None:
    database = tmp_path / "samtaler.db"
    key = key_beside(database)
    assert key_beside(database) == key
    (file,) = tmp_path.iterdir()
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("", id="empty"),
        pytest.param("abcd", id="too short"),
        pytest.param("dette er ingen nøkkel", id="not hexadecimal"),
    ],
)
def test_a_damaged_key_is_refused_and_left_alone(tmp_path: Path, content: str) -> None:
    file = tmp_path / "samtaler.db.key"
    file.write_text(content)
    with pytest.raises(StoreError, match="hexadecimal digits were expected"):
        key_beside(tmp_path / "samtaler.db")
    assert file.read_text() == content
