"""The files of plain words: complete, without repetition, and refused where they name nothing."""

import re
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from dialogs import words
from dialogs.word_faults import word_faults
from dialogs.words import COMMANDS, WORDS, commands, in_answer, telling
from knowledge.errors import DataError
from knowledge.slots import PLACE, SLOTS, UNSURE
from tests.dialogs.organisations import phrases_in

FILES = sorted(WORDS.glob("*.toml"))
# Values with no words of their own: two told together, and those of another reader.
TOLD_OTHERWISE = {"local_transferable", UNSURE}
CHOICES = [s for s in SLOTS if SLOTS[s].kind == "choice"]


def table(name: str) -> dict[str, Any]:
    return tomllib.loads((WORDS / name).read_text(encoding="utf-8"))


def listed(phrases: str) -> list[str]:
    return [phrase.strip() for phrase in re.split(r"[,\n]", phrases) if phrase.strip()]


def test_every_phrase_is_written_as_it_is_compared_and_once_in_a_list() -> None:
    assert word_faults() == []
    for file in FILES:
        assert len(list(phrases_in(file))) > 30


@pytest.mark.parametrize("command", COMMANDS)
def test_every_phrase_of_a_command_is_that_command_alone(command: str) -> None:
    phrases = listed(table("commands.toml")["commands"][command])
    assert phrases
    for phrase in phrases:
        assert [v for t, v in commands().whole(phrase) if t == "commands"] == [command]


@pytest.mark.parametrize("slot", CHOICES)
def test_every_choice_can_be_said_in_plain_words(slot: str) -> None:
    told = table("slots.toml")[slot]
    assert set(told) == set(SLOTS[slot].values) - TOLD_OTHERWISE
    for value, some in told.items():
        phrases = listed("\n".join((some.get("anywhere", ""), some.get("answer", ""))))
        for phrase in (p for p in phrases if "*" not in p):
            told_by = {v for t, v in telling().whole(phrase) if t in (slot, in_answer(slot))}
            assert told_by == {value}, phrase


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The files in a folder where a test may spoil them."""
    for file in FILES:
        (tmp_path / file.name).write_bytes(file.read_bytes())
    monkeypatch.setattr(words, "WORDS", tmp_path)
    caches = (words.commands, words.telling, words._command_file, words._slot_file)
    for cached in caches:
        cached.cache_clear()
    yield tmp_path
    for cached in caches:
        cached.cache_clear()


@pytest.mark.parametrize(
    ("file", "before", "after", "fault"),
    [
        ("slots.toml", "[scope.local]", "[scope.lokal]", "did you mean 'local'"),
        ("slots.toml", "[scope.local]", "[reach.local]", "reach"),
        ("slots.toml", "\nanywhere =", "\neverywhere =", "everywhere: unknown field"),
        ("signs.toml", "[denies]", "[denis]", "denies: missing"),
        ("commands.toml", "restart =", "restrat =", "did you mean 'restart'"),
    ],
)
def test_a_file_that_names_nothing_we_know_is_refused(
    copied: Path, file: str, before: str, after: str, fault: str
) -> None:
    text = (copied / file).read_text(encoding="utf-8")
    assert before in text
    (copied / file).write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(DataError) as caught:
        words.telling()
    assert any(fault in line and line.startswith(file) for line in caught.value.faults)


@pytest.mark.parametrize(
    ("before", "after", "fault"),
    [
        ('answer = "lokale"', 'answer = "lokale, lokale"', "'lokale' stands 2 times"),
        ('answer = "lokale"', 'answer = "Lokale"', "'Lokale' is not in lower case"),
        ('answer = "lokale"', 'answer = "lok*le"', "'lok*le' has a * inside a word"),
        (
            'answer = "lokale"',
            'answer = "på flukt"',
            "'på flukt' tells local_population and refugees",
        ),
    ],
)
def test_a_phrase_that_is_written_amiss_is_a_fault(
    copied: Path, before: str, after: str, fault: str
) -> None:
    text = (copied / "slots.toml").read_text(encoding="utf-8")
    assert before in text
    (copied / "slots.toml").write_text(text.replace(before, after, 1), encoding="utf-8")
    (found,) = word_faults(copied)
    assert found.startswith("slots.toml: target_groups")
    assert found.endswith(fault)


def test_places_have_no_list_of_words() -> None:
    places = [slot for slot in SLOTS if SLOTS[slot].kind == PLACE]
    told = [slot for slot in places if slot in table("slots.toml")]
    assert told == ["reception_centre_in"], "only «several», which is no place"
