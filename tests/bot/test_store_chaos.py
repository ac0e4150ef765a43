"""Killed at any moment, no store loses, doubles or reorders anything.

The long run is a command: `python -m benchmarks.chaos`.
"""

from pathlib import Path

import pytest

from benchmarks.chaos import chats_of, run
from benchmarks.chaos_child import POINTS
from benchmarks.chaos_result import faults_of


@pytest.fixture(params=["SQLite", "PostgreSQL"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    if request.param == "PostgreSQL":
        return str(request.getfixturevalue("database"))
    return f"sqlite:///{tmp_path}/samtaler.db"


@pytest.mark.promise("R4")
@pytest.mark.parametrize("point", POINTS)
def test_killed_at_a_named_point_nothing_is_lost(tmp_path: Path, address: str, point: str) -> None:
    """At most the message under way comes again."""
    sent = tmp_path / "sent"
    seen = run(address, sent, kills=0, seed=1, die_at=point)
    assert (seen["kills"], seen["lives"]) == (1, 2)
    faults, repeats = faults_of(address, sent, chats_of(1), seen["kills"])
    assert faults == []
    assert repeats == 1 if point == "after send" else repeats <= 1


@pytest.mark.promise("R1", "R5")
def test_killed_at_random_nothing_is_lost_doubled_or_out_of_order(
    tmp_path: Path, address: str
) -> None:
    sent = tmp_path / "sent"
    seen = run(address, sent, kills=20, seed=20261124)
    assert seen["kills"] == 20
    assert seen["updates"] > seen["kills"]
    faults, _ = faults_of(address, sent, chats_of(20261124), seen["kills"])
    assert faults == []


def test_the_harness_sees_what_is_lost_doubled_and_out_of_order(tmp_path: Path) -> None:
    address, sent = f"sqlite:///{tmp_path}/samtaler.db", tmp_path / "sent"
    run(address, sent, kills=0, seed=2)
    lines = sent.read_text().splitlines()
    for harm in (lines[1:], [*lines, lines[0]], lines[::-1], [*lines, lines[-1]]):
        sent.write_text("\n".join(harm))
        faults, _ = faults_of(address, sent, chats_of(2), kills=0)
        assert faults
