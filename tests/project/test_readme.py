"""What README promises, done as it is written there: every line that begins with `$`."""

import os
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent.parent
LINES = [
    line.removeprefix("$ ")
    for line in (ROOT / "README.md").read_text(encoding="utf-8").splitlines()
    if line.startswith("$ ")
]
# What a command's output must hold. The whole suite inside itself would never end, so there pytest
# only collects.
EXPECTED = {
    "./veiviser chat": "Er organisasjonen deres registrert i Frivillighetsregisteret?",
    "./veiviser test": "tests/project/test_readme.py",
    "./veiviser decide": '"outcome": "apply_municipality", "grantor": "Drammen"',
    "./veiviser understand": '"municipality": "0806"',
    "./veiviser jsonl": '"pending": "municipality"',
}


@pytest.mark.parametrize("line", LINES)
def test_a_line_of_readme_does_what_it_says(line: str, tmp_path: Path) -> None:
    environment = {**os.environ, "HOME": str(tmp_path), "PYTEST_ADDOPTS": "--collect-only -q"}
    for name in ("XDG_DATA_HOME", "VEIVISER_DATABASE_URL"):
        environment.pop(name, None)
    done = subprocess.run(
        ["sh", "-c", line],
        cwd=ROOT,
        env=environment,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    command = next(command for command in EXPECTED if command in line)
    assert EXPECTED[command] in done.stdout


def test_readme_shows_the_two_commands_of_a_newcomer() -> None:
    assert LINES[:2] == ["./veiviser chat", "./veiviser test"]
