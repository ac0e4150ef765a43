"""The operator's commands: what they are given, what they answer, and that they end as they say."""

import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.progress import Progress
from bot.turns import now
from dialogs.texts import say
from tests.bot.running import TerminalRun, run
from tests.bot.stores import DAY, SECRET
from tests.bot.test_database_move import many_rows

TALK = [
    {"chat": 1, "text": "/start"},
    {"chat": 1, "text": "ja"},
    {"chat": 1, "text": "vi vil ha språkkafé i Drammen, lokalt, for innvandrere"},
    {"chat": 1, "text": "ja"},
    {"chat": 2, "text": "hei"},
]
Command = Callable[..., tuple[int, str, str]]


@pytest.fixture
def veiviser(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> Command:
    """The command in the test's folder, with settings by their short names."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.delenv("XDG_DATA_HOME", raising=False)

    def given(*arguments: str, stdin: str = "", **settings: str) -> tuple[int, str, str]:
        named = {f"VEIVISER_{name}": value for name, value in settings.items()}
        with monkeypatch.context() as context:
            for name, value in {"VEIVISER_DATABASE_URL": "sqlite:///a.db", **named}.items():
                context.setenv(name, value)
            context.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
            code = main(arguments)
        return code, *capfd.readouterr()

    return given


@pytest.fixture
def talked(veiviser: Command) -> Command:
    """The same, with two conversations in the database."""
    stdin = "".join(json.dumps(line) + "\n" for line in TALK)
    assert veiviser("jsonl", stdin=stdin)[0] == 0
    return veiviser


def test_migrate_makes_or_updates_the_tables(veiviser: Command) -> None:
    assert veiviser("db", "migrate") == (0, "a.db: oppdatert\n", "")
    assert veiviser("db", "migrate") == (0, "a.db: oppdatert\n", "")


def test_check_counts_rows_and_finds_nothing_wrong(talked: Command) -> None:
    code, out, _ = talked("db", "check")
    assert code == 0
    counts = dict(line.split() for line in out.splitlines()[1:-1])
    assert (counts["conversation"], counts["log"]) == ("2", "5")
    assert out.endswith("ingen feil\n")


def test_check_tells_faults_and_ends_with_1(talked: Command) -> None:
    with closing(sqlite3.connect("a.db")) as connection:
        connection.execute("UPDATE conversation SET turns = 0")
        connection.commit()
    code, out, _ = talked("db", "check")
    assert code == 1
    assert out.count("FEIL: ") == 2


def test_check_tells_a_key_that_does_not_fit(talked: Command) -> None:
    with closing(sqlite3.connect("a.db")) as connection:
        connection.execute("INSERT INTO address SELECT key, 'telegram', '42' FROM conversation")
        connection.commit()
    code, out, _ = talked("db", "check")
    assert code == 1
    assert "2 av 2 samtaler med adresse: VEIVISER_SECRET_KEY eller nøkkelfila passer ikke" in out


def test_backup_and_restore(talked: Command) -> None:
    code, out, _ = talked("db", "backup", "kopi.db")
    assert (code, out.startswith("Sikkerhetskopien er i kopi.db.")) == (0, True)
    code, out, err = talked("db", "restore", "kopi.db")
    assert (code, out) == (1, "")
    assert "har 2 samtaler" in err
    assert "has 2 conversations" in err
    code, out, _ = talked("db", "restore", "kopi.db", "--force")
    assert code == 0
    assert "Den gamle er i a.db.old-" in out
    assert talked("db", "check")[0] == 0


@pytest.mark.promise("P10")
def test_restore_purges_what_a_backup_kept_too_long(talked: Command) -> None:
    with closing(sqlite3.connect("a.db")) as connection:
        long_ago = now() - 22 * DAY
        connection.execute("UPDATE conversation SET seen_at = ?, began_at = ?", (long_ago,) * 2)
        connection.commit()
    talked("db", "backup", "kopi.db")
    code, out, _ = talked("db", "restore", "kopi.db", DATABASE_URL="sqlite:///ny.db")
    assert (code, "2 samtaler, 5 turer" in out) == (0, True)


@pytest.mark.parametrize(("days", "erased"), [("1", 2), ("30", 0)])
def test_purge_keeps_what_the_setting_allows(days: str, erased: int, talked: Command) -> None:
    with closing(sqlite3.connect("a.db")) as connection:
        some_days_ago = now() - 10 * DAY
        connection.execute("UPDATE conversation SET seen_at = ?", (some_days_ago,))
        connection.commit()
    code, out, _ = talked("db", "purge", RETENTION_DAYS=days)
    assert code == 0
    assert f"{days} dager: {erased} samtaler" in out


@pytest.mark.promise("P10")
def test_jsonl_purges_at_its_start(talked: Command) -> None:
    with closing(sqlite3.connect("a.db")) as connection:
        connection.execute("UPDATE conversation SET seen_at = 0, began_at = 0")
        connection.commit()
    assert talked("jsonl") == (0, "", "")
    assert "conversation           0" in talked("db", "check")[1]


def test_jsonl_begins_anew_where_it_cannot_read_the_answers(talked: Command) -> None:
    with closing(sqlite3.connect("a.db")) as connection:
        connection.execute("UPDATE conversation SET state = '{' WHERE outcome NOTNULL")
        connection.commit()
    code, out, _ = talked("db", "check")
    assert (code, "svarene i 1 samtaler kan ikke leses" in out) == (1, True)
    assert talked("export", "--json", "--to", "ut")[0] == 0
    states = [row["state"] for row in json.loads(Path("ut/conversation.json").read_text("utf-8"))]
    assert "{" in states
    line = json.dumps({"chat": 1, "text": "hei"}) + "\n"
    answer = json.loads(talked("jsonl", stdin=line)[1])
    assert (answer["answers"], answer["pending"]) == ({}, "registered")
    assert answer["replies"][0]["text"] == say("nb", "unreadable")
    with closing(sqlite3.connect("a.db")) as connection:
        kept = connection.execute("SELECT said FROM log WHERE way = 'unreadable'").fetchall()
    assert kept == [("{",)]
    assert talked("db", "check")[0] == 0


def test_what_jsonl_took_can_be_found_when_it_has_ended(talked: Command) -> None:
    with closing(sqlite3.connect("a.db")) as connection:
        (words,) = connection.execute("SELECT count(*) FROM searchable").fetchone()
    assert words == len(TALK)


def test_move_there_and_back_again(talked: Command, database: str) -> None:
    key = Path("a.db.key").read_text()
    code, out, _ = talked("db", "move", "sqlite:///a.db", database)
    assert code == 0
    assert "a.db.key" in out
    moved = {"DATABASE_URL": database, "SECRET_KEY": key}
    assert talked("db", "check", **moved)[0] == 0
    # The same chat goes on, though its pseudonym was made with the key in the file.
    line = json.dumps({"chat": 2, "text": "nei"}) + "\n"
    answer = json.loads(talked("jsonl", stdin=line, **moved)[1])
    assert answer["answers"] == {"registered": "no"}
    code, out, _ = talked("db", "move", database, "sqlite:///b.db", **moved)
    assert (code, Path("b.db.key").exists()) == (0, False)
    answer = json.loads(
        talked("jsonl", stdin=line, DATABASE_URL="sqlite:///b.db", SECRET_KEY=key)[1]
    )
    assert answer["answers"]["registered"] == "no"
    code, _, err = talked("db", "move", database, "sqlite:///b.db", **moved)
    assert (code, "ikke tom" in err, "not empty" in err) == (1, True, True)


def test_no_password_is_shown(talked: Command, database: str) -> None:
    password = database.split(":")[2].split("@")[0]
    said = [
        talked("db", "move", "sqlite:///a.db", database),
        talked("db", "move", "sqlite:///a.db", database),
        talked("db", "migrate", DATABASE_URL=database, SECRET_KEY=SECRET),
        talked("db", "move", database.replace("@", "/@"), "sqlite:///c.db"),
        talked("db", "move", database.replace(password, "feil"), "sqlite:///c.db"),
    ]
    assert [code for code, _, _ in said] == [0, 1, 0, 2, 1]
    assert password not in repr(said)
    assert "feil@" not in repr(said)


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        pytest.param(["db"], "KOMMANDO", id="no command"),
        pytest.param(["db", "backup"], "FIL", id="no file"),
        pytest.param(["db", "move", "sqlite:///a.db"], "TIL", id="no target"),
        pytest.param(["export", "--csv", "--json"], "--json", id="both forms"),
    ],
)
def test_wrong_usage_ends_with_2(
    arguments: list[str], said: str, veiviser: Command, capfd: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as end:
        veiviser(*arguments)
    assert end.value.code == 2
    assert said in capfd.readouterr().err


@pytest.mark.parametrize(
    ("arguments", "settings", "said"),
    [
        pytest.param(["db", "purge"], {"RETENTION_DAYS": "0"}, "from 1 to 365", id="0 days"),
        pytest.param(["db", "purge"], {"RETENTION_DAYS": "366"}, "from 1 to 365", id="366 days"),
        pytest.param(["db", "purge"], {"RETENTION_DAYS": "x"}, "from 1 to 365", id="x days"),
        pytest.param(["db", "check"], {"DATABASE_URL": ""}, "not set", id="no database"),
        pytest.param(["db", "check"], {"DATABASE_URL": "sqlite://"}, "not set", id="in memory"),
        pytest.param(["db", "move", "x", "sqlite:///b.db"], {}, "FRA: not an", id="no address"),
        pytest.param(["db", "move", "sqlite:///a.db", "sqlite://"], {}, "TIL: a data", id="memory"),
        pytest.param(["db", "move", "sqlite:///a.db", "mysql://x"], {}, "TIL: cannot", id="other"),
    ],
)
def test_wrong_settings_end_with_2(
    arguments: list[str], settings: dict[str, str], said: str, talked: Command
) -> None:
    code, out, err = talked(*arguments, **settings)
    assert (code, out) == (2, "")
    assert said in err


@pytest.mark.parametrize(
    "arguments",
    [
        ["db", "check"],
        ["db", "backup", "kopi.db"],
        ["db", "purge"],
        ["db", "move", "sqlite:///a.db", "sqlite:///b.db"],
        ["db", "restore", "kopi.db"],
        ["export"],
        ["replay"],
    ],
    ids=" ".join,
)
def test_a_database_that_is_not_there_is_not_made(
    arguments: list[str], veiviser: Command, tmp_path: Path
) -> None:
    code, out, err = veiviser(*arguments)
    assert (code, out) == (1, "")
    assert "finnes ikke" in err
    assert "There is no file" in err
    assert list(tmp_path.iterdir()) == []


def test_without_a_setting_it_is_about_the_conversation_in_the_terminal(tmp_path: Path) -> None:
    assert run(tmp_path, "chat", given="ja\n").returncode == 0
    listed = run(tmp_path, "replay")
    assert listed.stdout.endswith("2 turer  ikke avgjort ennå\n")
    replayed = run(tmp_path, "replay", listed.stdout.split()[0])
    assert replayed.stdout.endswith("\nsamme resultat\n")
    assert replayed.returncode == 0


def test_replay_ends_with_1_where_the_log_says_otherwise(talked: Command) -> None:
    listed = talked("replay")[1].splitlines()
    verdict = next(line for line in listed if "apply_municipality" in line)
    code = verdict.split()[0]
    assert talked("replay", code)[0] == 0
    with closing(sqlite3.connect("a.db")) as connection:
        connection.execute("UPDATE log SET outcome = 'either' WHERE outcome NOTNULL")
        connection.commit()
    found = talked("replay", code)
    assert (found[0], "FORSKJELL" in found[1]) == (1, True)
    found = talked("replay", code, "--json")
    assert (found[0], json.loads(found[1])["differences"][0]["now"]) == (1, "apply_municipality")
    assert talked("replay", "ffffffffff")[0] == 1


@pytest.mark.parametrize("form", ["csv", "json"])
def test_export_names_its_files(form: str, talked: Command) -> None:
    code, out, _ = talked("export", f"--{form}", "--to", "ut")
    assert code == 0
    files = [Path(line) for line in out.splitlines()]
    assert [path.name for path in files][:2] == [f"conversation.{form}", f"log.{form}"]
    assert all(path.exists() for path in files)
    assert talked("export", f"--{form}", "--to", "ut")[0] == 1


class Screen(io.StringIO):
    """A terminal as far as a progress bar asks."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("screen", [Screen, io.StringIO])
def test_a_bar_is_drawn_on_a_terminal_and_a_line_elsewhere(
    screen: type[io.StringIO], monkeypatch: pytest.MonkeyPatch
) -> None:
    clock: Any = iter(float(n) for n in range(100))
    monkeypatch.setattr("time.monotonic", lambda: next(clock))
    out = screen()
    with Progress(out, "Flytter", 4) as progress:
        for _ in range(4):
            progress.add(1)
    said = out.getvalue()
    assert said.endswith("Flytter: ferdig på 5.0 s\n")
    assert ("\rFlytter: ███████████████░░░░░░░░░░░░░░░  50%" in said) == (screen is Screen)
    assert ("\r" in said) == (screen is Screen)


def test_a_quick_job_draws_no_bar() -> None:
    out = Screen()
    with Progress(out, "Flytter", 2) as progress:
        progress.add(2)
    assert out.getvalue() == "Flytter: ferdig på 0.0 s\n"


async def test_a_long_move_shows_how_far_it_has_come(tmp_path: Path) -> None:
    await many_rows(tmp_path / "stor.db", 120_000)
    with TerminalRun(tmp_path, "db", "move", "sqlite:///stor.db", "sqlite:///ny.db") as terminal:
        terminal.wait_for("Flytter: █")
        terminal.wait_for("Alt er flyttet til ny.db")
        assert terminal.exit_code() == 0
