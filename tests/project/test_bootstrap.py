"""``./veiviser`` sets itself up once, repairs what is half made, and else keeps out of the way."""

import json
import os
import shutil
import subprocess
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from tests.project.stand_in import make_program

ROOT = Path(__file__).parents[2]
TOOLS = ("cat", "cksum", "dirname", "env", "grep", "readlink", "rm", "sed")
OLD = "import sys; sys.version_info = (3, 9, 1)"
WITHOUT_VENV = "import sys; sys.modules['ensurepip'] = None"


@dataclass
class Clone:
    """A fresh clone on a machine where python3 and uv are stand-ins."""

    folder: Path
    programs: Path
    log: Path

    @property
    def script(self) -> Path:
        """What a person starts."""
        return self.folder / "veiviser"

    def run(self, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
        """Start the script from a folder that is not the clone's, with HOME unset."""
        return subprocess.run(
            [self.script, *arguments],
            env={"PATH": str(self.programs), "STAND_IN_LOG": str(self.log), **environment},
            cwd=self.programs,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def calls(self) -> list[tuple[str, list[str], Mapping[str, str]]]:
        """What was called since the last time: program, arguments and uv's settings."""
        lines = self.log.read_text().splitlines() if self.log.exists() else []
        self.log.unlink(missing_ok=True)
        return [(program, arguments, told) for program, arguments, told in map(json.loads, lines)]

    def steps(self) -> list[str]:
        """The same in short: venv, the lock files, editable, the command."""
        words = []
        for program, arguments, _ in self.calls():
            if "venv" in arguments:
                words.append("venv")
            words += [word for word in arguments if word.startswith("locks/")]
            words += [word.strip("-") for word in arguments if word == "--editable"]
            if program in ("veiviser", "pytest"):
                words.append(program)
        return words


FIRST = ["venv", "locks/uv.txt", "locks/runtime.txt", "editable", "veiviser"]
UPDATE = FIRST[1:]


@pytest.fixture
def clone(tmp_path: Path) -> Clone:
    folder = tmp_path / "mine prosjekter" / "veiviser"
    (folder / "locks").mkdir(parents=True)
    shutil.copy(ROOT / "veiviser", folder)
    for name in ("pyproject.toml", "locks/uv.txt", "locks/runtime.txt", "locks/dev.txt"):
        (folder / name).write_text(f"{name} as it was\n")
    programs = tmp_path / "programs"
    make_program(programs / "python3")
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"no {tool} on this machine"
        (programs / tool).symlink_to(found)
    return Clone(folder, programs, tmp_path / "log")


def test_the_first_start_sets_up_and_then_runs_the_command(clone: Clone) -> None:
    done = clone.run("chat", "to ord")
    assert (done.returncode, done.stdout) == (
        0,
        f"veiviser ['chat', 'to ord'] in {clone.programs}\n",
    )
    assert done.stderr.startswith("Setter opp Veiviser for første gang")
    assert len(done.stderr.splitlines()) == 1
    assert clone.steps() == FIRST


def test_the_next_start_only_runs_the_command(clone: Clone) -> None:
    clone.run("chat")
    clone.calls()
    done = clone.run("chat")
    assert done.stderr == ""
    assert clone.steps() == ["veiviser"]


def test_everything_from_an_index_is_checked_against_its_hash(clone: Clone) -> None:
    clone.run("test")
    installs = [arguments for _, arguments, _ in clone.calls() if "install" in arguments]
    assert len(installs) == 3
    for arguments in installs:
        from_this_folder = arguments[-3:] == ["--no-deps", "--editable", "."]
        assert from_this_folder or "--require-hashes" in arguments


def test_tests_run_in_the_clone_and_add_the_tools_to_what_is_there(clone: Clone) -> None:
    clone.run("chat")
    clone.calls()
    done = clone.run("test", "-k", "places")
    assert done.stdout == f"pytest ['-k', 'places'] in {clone.folder}\n"
    assert clone.steps() == ["locks/uv.txt", "locks/dev.txt", "editable", "pytest"]
    clone.run("chat")
    clone.run("test")
    assert clone.steps() == ["veiviser", "pytest"]


@pytest.mark.parametrize("name", ["pyproject.toml", "locks/uv.txt", "locks/runtime.txt"])
def test_a_changed_file_is_installed_into_what_is_there(clone: Clone, name: str) -> None:
    clone.run("chat")
    clone.calls()
    (clone.folder / name).write_text("as it is now\n")
    clone.run("chat")
    assert clone.steps() == UPDATE


def test_a_moved_folder_is_set_up_anew(clone: Clone) -> None:
    clone.run("chat")
    clone.calls()
    clone.folder = clone.folder.rename(clone.folder.with_name("flyttet"))
    assert clone.run("chat").returncode == 0
    assert clone.steps() == FIRST


@pytest.mark.parametrize("program", ["python3", "python", "uv"])
def test_a_start_that_stopped_half_way_says_so_and_the_next_one_repairs_it(
    clone: Clone, program: str
) -> None:
    stopped = clone.run("chat", STAND_IN_FAILS=program)
    assert stopped.returncode != 0
    assert f"{program} fails" in stopped.stderr
    assert "kjør kommandoen igjen" in stopped.stderr
    assert "run the command again" in stopped.stderr
    clone.calls()
    assert clone.run("chat").returncode == 0
    assert clone.steps() == FIRST


def test_an_update_that_stopped_half_way_is_not_taken_for_the_old_state(clone: Clone) -> None:
    clone.run("chat")
    lock = clone.folder / "locks" / "runtime.txt"
    before = lock.read_text()
    lock.write_text("as it is now\n")
    clone.run("chat", STAND_IN_FAILS="uv")
    lock.write_text(before)
    clone.calls()
    clone.run("chat")
    assert clone.steps() == FIRST


def test_a_python_that_is_gone_is_replaced(clone: Clone) -> None:
    clone.run("chat")
    clone.calls()
    python = clone.folder / ".venv" / "bin" / "python"
    python.unlink()
    python.symlink_to("/gone/python")
    assert clone.run("chat").returncode == 0
    assert clone.steps() == FIRST


def test_of_two_starts_at_once_one_sets_up_and_the_other_waits(clone: Clone) -> None:
    with ThreadPoolExecutor() as threads:
        done = list(threads.map(clone.run, ["chat"] * 4))
    assert [start.returncode for start in done] == [0] * 4
    assert sorted(clone.steps()) == sorted([*FIRST, "veiviser", "veiviser", "veiviser"])


def test_a_symbolic_link_to_the_script_works(clone: Clone, tmp_path: Path) -> None:
    (tmp_path / "links").mkdir()
    (tmp_path / "links" / "first").symlink_to(clone.script)
    (tmp_path / "links" / "veiviser").symlink_to("first")
    through_links = replace(clone, folder=tmp_path / "links")
    assert through_links.run("chat").returncode == 0
    assert (clone.folder / ".venv").is_dir()


@pytest.mark.parametrize(
    ("prelude", "says"),
    [
        pytest.param(OLD, ["Python 3.11 eller nyere (fant 3.9)", "(found 3.9)"], id="too old"),
        pytest.param(WITHOUT_VENV, ["mangler modulen venv", "lacks the module venv"], id="no venv"),
        pytest.param(None, ["(fant ingen)", "(found none)"], id="no Python at all"),
    ],
)
def test_what_to_install_is_said_in_both_languages(
    clone: Clone, prelude: str | None, says: list[str]
) -> None:
    (clone.programs / "python3").unlink()
    if prelude:
        make_program(clone.programs / "python3", prelude)
    done = clone.run("chat")
    assert done.returncode == 1
    assert done.stdout == ""
    for text in says:
        assert text in done.stderr
    assert not (clone.folder / ".venv").exists()


@pytest.mark.parametrize("prelude", [OLD, WITHOUT_VENV])
def test_a_better_python_beside_the_first_one_is_used(clone: Clone, prelude: str) -> None:
    make_program(clone.programs / "python3", prelude)
    make_program(clone.programs / "python3.12")
    assert clone.run("chat").returncode == 0
    assert clone.calls()[0][0] == "python3.12"


PIP_SETTINGS = r"""
:env:.index-url='https://env.example/simple'
global.cert='/etc/own.pem'
global.extra-index-url='https://one.example/simple\nhttps://two.example/simple'
global.index-url='https://global.example/simple'
"""


@pytest.mark.parametrize(
    ("environment", "told"),
    [
        pytest.param(
            {},
            {
                "UV_INDEX_URL": "https://env.example/simple",
                "UV_EXTRA_INDEX_URL": "https://one.example/simple https://two.example/simple",
            },
            id="as pip, where the environment goes before the file",
        ),
        pytest.param(
            {"UV_INDEX_URL": "https://own.example/simple"},
            {"UV_INDEX_URL": "https://own.example/simple"},
            id="as uv has been told, if it has",
        ),
    ],
)
def test_uv_asks_where_pip_would_ask(
    clone: Clone, environment: dict[str, str], told: dict[str, str]
) -> None:
    clone.run("chat", STAND_IN_PIP_CONFIG=PIP_SETTINGS, **environment)
    calls = clone.calls()
    uv = [settings for program, _, settings in calls if program == "uv"]
    assert uv
    for settings in uv:
        assert settings.items() >= told.items()
    program, _, left = calls[-1]
    assert program == "veiviser"
    assert left == environment, "what uv is told must not reach the command"


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_named(clone: Clone) -> None:
    clone.folder.chmod(0o555)
    done = clone.run("chat")
    clone.folder.chmod(0o755)
    assert done.returncode == 1
    assert f"Kan ikke skrive i {clone.folder}" in done.stderr
