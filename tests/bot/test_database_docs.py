"""Every `$` line of docs/operating.md, run in the order it stands there."""

import shlex
from pathlib import Path

from tests.bot.running import ROOT, run

PAGE = (ROOT / "docs" / "operating.md").read_text("utf-8")
LINES = [line.removeprefix("$ ") for line in PAGE.splitlines() if line.startswith("$ ")]
TARGET = "postgresql://veiviser@localhost/veiviser"


def test_every_line_of_the_page_works(tmp_path: Path, database: str) -> None:
    settings: dict[str, str] = {}
    ran = []
    for line in LINES:
        first, *words = shlex.split(line)
        if first == "export":
            settings |= dict(word.split("=", 1) for word in words)
            continue
        assert first == "./veiviser"
        done = run(
            tmp_path, *(database if word == TARGET else word for word in words), settings=settings
        )
        assert (done.returncode, line) == (0, line), done.stderr
        ran.append(words[:2])
    assert [words[1] for words in ran if words[0] == "db"] == [
        *("migrate", "check", "backup", "backup", "restore", "move", "rekey", "purge"),
    ]
    for name in (
        "veiviser.db",
        "veiviser-backup.db",
        "eksport-csv/log.csv",
        "eksport-json/log.json",
    ):
        assert (tmp_path / name).exists()
