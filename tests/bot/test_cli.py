"""The command itself: exit codes, and what is said when something is wrong."""

import os
import signal
import subprocess
from pathlib import Path

import pytest

from bot import cli
from knowledge.errors import DataError
from tests.bot.running import command, environment, run


def test_version(tmp_path: Path) -> None:
    found = run(tmp_path, "--version")
    assert found.returncode == 0
    assert found.stdout.startswith("veiviser ")


@pytest.mark.parametrize(
    "name", ["chat", "jsonl", "understand", "decide", "evaluate", "check", "telegram", "web"]
)
def test_every_command_explains_itself(tmp_path: Path, name: str) -> None:
    found = run(tmp_path, name, "--help")
    assert (found.returncode, found.stderr) == (0, "")
    assert found.stdout.startswith(f"Bruk: veiviser {name}")
    assert name in run(tmp_path, "--help").stdout


@pytest.mark.parametrize(
    "arguments",
    [
        pytest.param([], id="no command"),
        pytest.param(["chta"], id="an unknown command"),
        pytest.param(["chat", "--nwe"], id="an unknown option"),
        pytest.param(["chat", "--lang", "fr"], id="a language we lack"),
    ],
)
def test_wrong_usage_points_to_the_help(tmp_path: Path, arguments: list[str]) -> None:
    found = run(tmp_path, *arguments)
    assert (found.returncode, found.stdout) == (2, "")
    assert "--help" in found.stderr


def test_wrong_settings_are_all_named(tmp_path: Path) -> None:
    settings = {"VEIVISER_DATABASE_URL": "x", "VEIVISER_SECRET_KEY": "x"}
    found = run(tmp_path, "jsonl", settings=settings)
    assert (found.returncode, found.stdout) == (2, "")
    lines = found.stderr.splitlines()
    assert [line.partition(":")[0] for line in lines[1:]] == list(settings)


def test_a_scheme_year_that_is_not_there_is_named(tmp_path: Path) -> None:
    found = run(tmp_path, "chat", settings={"VEIVISER_SCHEME_YEAR": "1999"})
    assert (found.returncode, found.stdout) == (1, "")
    assert "1999.toml: no such scheme year" in found.stderr


def test_every_fault_in_the_data_is_told_on_its_own_line(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def broken(year: int) -> None:
        raise DataError([f"{year}.toml: first", f"{year}.toml: second"])

    monkeypatch.setattr("knowledge.data_check.load_scheme", broken)
    assert cli.main(["decide"]) == 1
    what_to_do, *faults = capsys.readouterr().err.splitlines()
    assert what_to_do
    assert faults == ["2019.toml: first", "2019.toml: second"]


@pytest.mark.promise("S3")
def test_a_database_that_is_refused_is_named_and_kept(tmp_path: Path) -> None:
    file = tmp_path / "handleliste.txt"
    file.write_text("melk, brød\n" * 50)
    found = run(tmp_path, "chat", settings={"VEIVISER_DATABASE_URL": f"sqlite:///{file}"})
    assert (found.returncode, found.stdout) == (1, "")
    assert len(found.stderr.splitlines()) == 3  # bokmål, nynorsk and English
    assert file.read_text().startswith("melk")


def test_a_conversation_lives_in_the_database_that_is_set(tmp_path: Path) -> None:
    settings = {"VEIVISER_DATABASE_URL": "sqlite:///egen.db", "VEIVISER_SECRET_KEY": "k" * 16}
    run(tmp_path, "jsonl", given='{"chat": 1, "button": "registered:yes"}\n', settings=settings)
    again = run(tmp_path, "jsonl", given='{"chat": 1, "text": "hjelp"}\n', settings=settings)
    assert '"pending": "municipality"' in again.stdout
    assert [file.name for file in tmp_path.iterdir()] == ["egen.db"]


def test_decide_exits_with_1_when_a_line_had_a_fault(tmp_path: Path) -> None:
    assert run(tmp_path, "decide", given='{"registered": "no"}\n').returncode == 0
    assert run(tmp_path, "decide", given='{"registered": "nei"}\n').returncode == 1


def test_a_reader_that_leaves_is_no_crash(tmp_path: Path) -> None:
    with subprocess.Popen(
        command("jsonl"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=tmp_path,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b'{"chat": 1, "text": "/start"}\n')
        process.stdin.flush()
        assert process.stdout.readline()
        process.stdout.close()
        process.stdin.write(b'{"chat": 1, "text": "ja"}\n')
        process.stdin.close()
        assert process.stderr.read() == b""
    assert process.returncode == 141


def test_ctrl_c_ends_a_command_for_programs_quietly(tmp_path: Path) -> None:
    with subprocess.Popen(
        command("jsonl"),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env=environment(tmp_path),
        cwd=tmp_path,
    ) as process:
        assert process.stdin
        assert process.stdout
        assert process.stderr
        process.stdin.write(b'{"chat": 1, "text": "/start"}\n')
        process.stdin.flush()
        assert process.stdout.readline()
        os.kill(process.pid, signal.SIGINT)
        assert process.stderr.read() == b""
    assert process.returncode == 130
