"""`veiviser chat` as a person meets it: through a pipe, and in a real terminal."""

import asyncio
import io
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from bot.cli import main
from bot.errors import StoreError
from bot.store.sqlite import open_store
from dialogs.messages import Utterance
from dialogs.state import State
from dialogs.texts import days, say
from dialogs.understand import Heard, understand
from knowledge.scheme import Scheme
from tests.bot.running import CTRL_C, CTRL_D, TerminalRun, run

FIRST = say("nb", "ask-registered")
PLACE = say("nb", "ask-municipality")
SCOPE = say("nb", "ask-scope").splitlines()[0]
HEAVY = {"telegram", "starlette", "uvicorn", "aiohttp", "httpx", "numpy", "pandas"}
LATE = {"sqlite_utils", "prompt_toolkit"}

Talk = Callable[..., str]

# Through a pipe


def test_piped_lines_are_answered_in_plain_text_to_the_end(tmp_path: Path) -> None:
    found = run(tmp_path, "chat", given="ja\nOslo\n")
    assert (found.returncode, found.stderr) == (0, "")
    assert "\x1b" not in found.stdout
    texts = (FIRST, "\n  1  Ja\n", PLACE, SCOPE)
    places = [found.stdout.find(text) for text in texts]
    assert -1 < places[0] < places[1] < places[2] < places[3]


def test_a_closed_stdin_shows_the_question_and_ends(tmp_path: Path) -> None:
    found = run(tmp_path, "chat")
    assert found.returncode == 0
    assert FIRST in found.stdout


@pytest.mark.promise("R11")
def test_starting_again_goes_on_at_the_same_question(tmp_path: Path) -> None:
    run(tmp_path, "chat", given="ja\n")
    again = run(tmp_path, "chat").stdout
    assert again.startswith(say("nb", "welcome-back"))
    assert PLACE in again
    assert FIRST not in again


def test_new_starts_afresh(tmp_path: Path) -> None:
    run(tmp_path, "chat", given="ja\n")
    assert FIRST in run(tmp_path, "chat", "--new").stdout


def test_a_language_can_be_asked_for_at_any_start(tmp_path: Path) -> None:
    assert say("en", "ask-registered") in run(tmp_path, "chat", "--lang", "en").stdout
    assert say("nn", "ask-registered") in run(tmp_path, "chat", "--lang", "nn").stdout
    assert say("nn", "ask-registered") in run(tmp_path, "chat").stdout


def test_what_was_deleted_is_not_called_kept(tmp_path: Path) -> None:
    found = run(tmp_path, "chat", given="ja\nslett\n1\n")
    assert say("nb", "deleted") in found.stdout
    assert FIRST in run(tmp_path, "chat").stdout


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(b"\xff\xfe\x80\n", id="bytes that are no text"),
        pytest.param(b"\x00\n", id="NUL"),
        pytest.param(b"a" * 3_000_000 + b"\n", id="a line of three megabytes"),
        pytest.param("\N{RIGHT-TO-LEFT OVERRIDE}\N{WAVING HAND SIGN}\n".encode(), id="odd marks"),
    ],
)
def test_whatever_comes_in_the_question_is_asked_again(tmp_path: Path, given: bytes) -> None:
    found = run(tmp_path, "chat", given=b"ja\n" + given + b"oslo\n")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.count(PLACE) == 2
    assert SCOPE in found.stdout


def test_norwegian_letters_survive_a_poor_locale(tmp_path: Path) -> None:
    poor = {"LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    found = run(tmp_path, "chat", given="spørsmål\n", settings=poor)
    assert found.returncode == 0
    assert "spørsmål" in found.stdout


@pytest.mark.parametrize(
    "settings",
    [
        pytest.param({"HOME": ""}, id="no home folder"),
        pytest.param({"XDG_DATA_HOME": "/dev/null"}, id="a home where nothing can be made"),
    ],
)
def test_without_a_place_to_save_the_conversation_says_so_and_works(
    tmp_path: Path, settings: dict[str, str]
) -> None:
    found = run(tmp_path, "chat", given="ja\n", settings=settings)
    assert found.returncode == 0
    assert "huskes bare til dere avslutter" in found.stderr
    assert PLACE in found.stdout
    assert not list(tmp_path.iterdir())


def test_a_conversation_that_cannot_be_read_is_left_alone_until_asked_to_start_afresh(
    tmp_path: Path,
) -> None:
    run(tmp_path, "chat")
    database = tmp_path / ".local/share/veiviser/veiviser.db"
    with closing(sqlite3.connect(database)) as other:
        other.execute("UPDATE conversation SET state = '{}'")
        other.commit()
    found = run(tmp_path, "chat", given="ja\n")
    assert found.returncode == 1
    assert "veiviser chat --new" in found.stderr
    assert FIRST in run(tmp_path, "chat", "--new").stdout


@pytest.mark.promise("P10")
def test_a_conversation_that_lay_too_long_is_gone_and_that_is_told(tmp_path: Path) -> None:
    run(tmp_path, "chat", given="ja\n")
    database = tmp_path / ".local/share/veiviser/veiviser.db"
    with closing(sqlite3.connect(database)) as other:
        other.execute("UPDATE conversation SET seen_at = seen_at - 9 * 86400000")
        other.commit()
    kept = run(tmp_path, "chat", settings={"VEIVISER_RETENTION_DAYS": "10"})
    assert say("nb", "welcome-back") in kept.stdout
    gone = run(tmp_path, "chat", settings={"VEIVISER_RETENTION_DAYS": "8"})
    assert say("nb", "expired", days=days("nb", 8)) in gone.stdout
    assert FIRST in gone.stdout
    with closing(sqlite3.connect(database)) as other:
        assert other.execute("SELECT said FROM log").fetchall() == [("/start",)]


def test_what_was_said_can_be_found_when_the_talk_is_over(tmp_path: Path) -> None:
    run(tmp_path, "chat", given="vi vil ha språkkafé\n")
    store = open_store(tmp_path / ".local/share/veiviser/veiviser.db", None)

    async def found() -> int:
        rows = await store.search("språkkafé", 10)
        await store.close()
        return len(rows)

    assert asyncio.run(found()) == 1


@pytest.fixture
def talk(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Talk:
    """A conversation by piped lines in this process, where things can be made to fail."""

    def run_here(*lines: str) -> str:
        given = "".join(line + "\n" for line in lines)
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(given.encode())))
        assert main(["chat", "--new"]) == 0
        return capsys.readouterr().out

    monkeypatch.setenv("VEIVISER_DATABASE_URL", "sqlite://")
    return run_here


def test_a_turn_that_cannot_be_kept_is_told_of_and_the_talk_goes_on(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = State.to_json

    def full_disk(state: State) -> str:
        if state.answers.get("registered") == "no":
            raise StoreError(nb="Disken er full.", nn="Disken er full.", en="The disk is full.")
        return keep(state)

    monkeypatch.setattr(State, "to_json", full_disk)
    shown = talk("nei", "ja")
    assert "Disken er full.\n" in shown
    assert PLACE in shown


def test_a_fault_in_the_program_is_told_of_and_the_talk_goes_on(
    talk: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stumble(scheme: Scheme, state: State, utterance: Utterance) -> Heard:
        if utterance.text == "hemmelig":
            raise ZeroDivisionError(utterance.text)
        return understand(scheme, state, utterance)

    monkeypatch.setattr("bot.turns.understand", stumble)
    shown = talk("hemmelig", "ja")
    assert say("nb", "failed") in shown
    assert "hemmelig" not in shown
    assert PLACE in shown


# What is imported


def test_nothing_heavy_is_imported_before_the_first_question(tmp_path: Path) -> None:
    run(tmp_path, "chat")  # makes the database
    with TerminalRun(tmp_path, "chat", options=["-X", "importtime"]) as terminal:
        terminal.wait_for(FIRST)
        before = terminal.text.partition(FIRST)[0]
        imported = {
            line.rpartition("|")[2].strip().partition(".")[0]
            for line in before.splitlines()
            if line.startswith("import time:")
        }
        assert "dialogs" in imported
        assert not imported & (HEAVY | LATE)
        terminal.ready()
        assert "prompt_toolkit.shortcuts" in terminal.text


# In a terminal


def test_ctrl_c_loses_nothing_and_the_next_start_goes_on(tmp_path: Path) -> None:
    with TerminalRun(tmp_path, "chat") as terminal:
        terminal.ready()
        terminal.type("1\r")
        terminal.wait_for(PLACE)
        assert "> Ja\n" in terminal.text  # the number became its words
        terminal.ready(times=2)
        terminal.type("Osl" + CTRL_C)
        assert terminal.exit_code() == 130
        assert say("nb", "kept", days=days("nb", 21)) in terminal.text
    with TerminalRun(tmp_path, "chat") as terminal:
        terminal.wait_for(say("nb", "welcome-back"))
        terminal.wait_for(PLACE)
        terminal.ready()
        terminal.type(CTRL_D)
        assert terminal.exit_code() == 0
        assert say("nb", "kept", days=days("nb", 21)) in terminal.text
        assert FIRST not in terminal.text


def test_ctrl_c_before_the_first_line_is_as_friendly(tmp_path: Path) -> None:
    with TerminalRun(tmp_path, "chat", "--lang", "en") as terminal:
        terminal.wait_for(say("en", "ask-registered"))
        terminal.type(CTRL_C)
        assert terminal.exit_code() == 130
        assert say("en", "kept", days=days("en", 21)) in terminal.text
        assert "Traceback" not in terminal.text


def test_arrows_step_through_the_choices(tmp_path: Path) -> None:
    with TerminalRun(tmp_path, "chat") as terminal:
        terminal.ready()
        terminal.type("\x1b[B\x1b[B\x1b[A\r")  # down, down, up: the first
        terminal.wait_for(PLACE)
        assert "> Ja\n" in terminal.text


def test_tab_completes_a_choice(tmp_path: Path) -> None:
    with TerminalRun(tmp_path, "chat") as terminal:
        terminal.ready()
        terminal.type("vet\t\r")
        terminal.wait_for(PLACE)
        assert "> Vet ikke\n" in terminal.text


def test_pasting_several_lines_is_one_answer(tmp_path: Path) -> None:
    with TerminalRun(tmp_path, "chat") as terminal:
        terminal.ready()
        terminal.type("\x1b[200~ja\nnei\n\x1b[201~")
        terminal.type("\r")
        terminal.ready(times=2)
        assert PLACE not in terminal.text
        assert terminal.text.count(FIRST) == 2


def test_an_empty_line_asks_again_without_a_word(tmp_path: Path) -> None:
    with TerminalRun(tmp_path, "chat") as terminal:
        terminal.ready()
        terminal.type("\r")
        terminal.ready(times=2)
        assert terminal.text.count(FIRST) == 1


def test_colour_only_where_it_is_wanted(tmp_path: Path) -> None:
    with TerminalRun(tmp_path, "chat") as terminal:
        terminal.wait_for(FIRST)
        assert f"\x1b[1m{FIRST}\x1b[0m" in terminal.seen
    with TerminalRun(tmp_path, "chat", settings={"NO_COLOR": "1"}) as terminal:
        terminal.wait_for(FIRST)
        assert "\x1b[" not in terminal.seen.partition(FIRST)[0]
