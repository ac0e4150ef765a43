"""The lock files hold what pyproject.toml asks for: with hashes, without addresses, explained."""

import re
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
LOCKS = sorted((ROOT / "locks").glob("*.txt"))
REQUIREMENT = re.compile(r"^([a-z0-9-]+)==(\S+)(.*(?:\n    .*)*)", re.MULTILINE)


def direct(group: str) -> list[str]:
    """The names that pyproject.toml asks for, as the lock files spell them."""
    project = PROJECT["project"]["dependencies"]
    asked = project if group == "runtime" else PROJECT["dependency-groups"][group]
    return [re.sub(r"[-_.]+", "-", re.split(r"[\[<>=~! ]", name)[0]).lower() for name in asked]


def locked(lock: str) -> dict[str, str]:
    """Each package of a lock file with the text that pins it: version, condition and hashes."""
    text = (ROOT / "locks" / f"{lock}.txt").read_text("utf-8")
    return {found[1]: found[0] for found in REQUIREMENT.finditer(text)}


def test_there_are_four_lock_files() -> None:
    assert [lock.stem for lock in LOCKS] == ["bench", "dev", "runtime", "uv"]


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_every_package_has_a_version_and_hashes(lock: Path) -> None:
    starts = [line for line in lock.read_text("utf-8").splitlines() if line[:1] not in (" ", "#")]
    assert starts
    pinned = REQUIREMENT.findall(lock.read_text("utf-8"))
    assert len(pinned) == len(starts)
    for name, version, rest in pinned:
        assert "--hash=sha256:" in rest, f"{name}=={version}"


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.stem)
def test_no_lock_file_says_where_to_download_from(lock: Path) -> None:
    text = lock.read_text("utf-8")
    assert "://" not in text
    assert "index" not in text
    assert "find-links" not in text


@pytest.mark.parametrize(
    ("group", "lock"),
    [
        ("runtime", "runtime"),
        ("runtime", "dev"),
        ("dev", "dev"),
        ("setup", "uv"),
        ("bench", "bench"),
    ],
)
def test_what_is_asked_for_is_locked(group: str, lock: str) -> None:
    assert set(direct(group)) <= set(locked(lock))


@pytest.mark.parametrize("lock", ["dev", "bench"])
def test_what_is_tested_and_measured_is_what_people_run(lock: str) -> None:
    other = locked(lock)
    for name, pin in locked("runtime").items():
        assert other[name].split("    # via")[0] == pin.split("    # via")[0]


@pytest.mark.parametrize("group", ["runtime", "setup", "dev", "bench"])
def test_each_dependency_is_explained(group: str) -> None:
    rows = (ROOT / "docs" / "dependencies.md").read_text("utf-8").splitlines()
    explained = {row.split("|")[1].strip() for row in rows if row.startswith("| ")}
    assert set(direct(group)) <= explained


def test_the_installed_uv_can_build_the_project_itself() -> None:
    (uv,) = PROJECT["dependency-groups"]["setup"]
    (backend,) = PROJECT["build-system"]["requires"]
    assert backend == uv.replace("uv", "uv_build", 1)
