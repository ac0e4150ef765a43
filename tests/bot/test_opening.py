"""The setting alone decides which store is opened, and only that one is imported."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.store.opening import open_store
from tests.bot.postgres_server import Server
from tests.bot.running import ROOT, environment, run

ANSWER = '{"chat": 1, "update_id": 1, "button": "registered:yes"}\n'


def test_a_conversation_goes_on_in_postgresql(tmp_path: Path, database: str) -> None:
    settings = {"VEIVISER_DATABASE_URL": database, "VEIVISER_SECRET_KEY": "k" * 16}
    told = [run(tmp_path, "jsonl", given=ANSWER, settings=settings) for _ in range(2)]
    assert [(found.returncode, found.stderr) for found in told] == [(0, ""), (0, "")]
    first, repeated = (json.loads(found.stdout) for found in told)
    assert first["pending"] == repeated["pending"] == "municipality"
    assert first["replies"]
    assert repeated["replies"] == []
    assert list(tmp_path.iterdir()) == []


def test_a_person_talks_in_a_terminal_and_postgresql_keeps_it(
    tmp_path: Path, database: str
) -> None:
    settings = {"VEIVISER_DATABASE_URL": database, "VEIVISER_SECRET_KEY": "k" * 16}
    run(tmp_path, "chat", given="ja\n", settings=settings)
    again = run(tmp_path, "chat", settings=settings)
    assert (again.returncode, again.stderr) == (0, "")
    assert "kommune" in again.stdout


@pytest.mark.parametrize("command", ["chat", "jsonl"])
def test_a_database_that_is_refused_is_named_and_its_password_is_not(
    tmp_path: Path, postgres: Server, command: str
) -> None:
    address = postgres.address("ingensteds")
    settings = {"VEIVISER_DATABASE_URL": address, "VEIVISER_SECRET_KEY": "k" * 16}
    found = run(tmp_path, command, settings=settings)
    assert (found.returncode, found.stdout) == (1, "")
    assert len(found.stderr.splitlines()) == 3  # bokmål, nynorsk and English
    assert "/ingensteds" in found.stderr
    assert "hemmelig" not in found.stderr


def test_postgresql_needs_a_secret_that_all_workers_have(tmp_path: Path) -> None:
    settings = {"VEIVISER_DATABASE_URL": "postgresql://a:hemmelig@vert/base"}
    found = run(tmp_path, "jsonl", settings=settings)
    assert (found.returncode, found.stdout) == (2, "")
    assert "VEIVISER_SECRET_KEY: " in found.stderr
    assert "hemmelig" not in found.stderr
    with pytest.raises(SettingsError):
        open_store(SecretStr("postgresql://vert/base"), None)


OPENED = """
import sys
from bot.store.opening import open_store
open_store(sys.argv[1], None)
loaded = [name for name in ("asyncpg", "bot.store.postgres") if name in sys.modules]
print(loaded)
"""


def test_a_file_is_opened_without_importing_the_driver_of_postgresql(tmp_path: Path) -> None:
    found = subprocess.run(
        [sys.executable, "-c", OPENED, tmp_path / "samtaler.db"],
        env=environment(tmp_path),
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout == "[]\n"
