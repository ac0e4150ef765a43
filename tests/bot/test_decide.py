"""`veiviser decide`: answers in, verdicts out, every fault named."""

import io
import json
from typing import Any

import pytest

from bot.decide import decide_lines
from knowledge.scheme import load_scheme

SCHEME = load_scheme(2019)
IN_OSLO = {
    "registered": "yes",
    "municipality": "0301",
    "scope": "local",
    "target_groups": ["immigrants"],
    "sub_goals": ["B"],
}


def decide(*lines: dict[str, Any] | str) -> tuple[bool, list[dict[str, Any]]]:
    given = "\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines)
    out = io.StringIO()
    all_used = decide_lines(io.BytesIO(given.encode()), out, SCHEME)
    return all_used, [json.loads(line) for line in out.getvalue().splitlines()]


def test_answers_give_a_verdict() -> None:
    all_used, (verdict,) = decide(IN_OSLO)
    assert all_used
    assert (verdict["outcome"], verdict["grantor"]) == ("apply_municipality", "Oslo")
    assert verdict["sub_goals"] == ["B"]


def test_half_the_answers_give_what_they_settle() -> None:
    _, (verdict,) = decide({"registered": "yes"})
    assert verdict["outcome"] == "undecided"
    assert "municipality" in verdict["missing"]


@pytest.mark.parametrize(
    ("line", "faults"),
    [
        pytest.param({"registered": "ja"}, ["registered: "], id="an unknown value"),
        pytest.param({"registred": "yes"}, ["registred: "], id="an unknown slot"),
        pytest.param({"municipality": "9999"}, ["municipality: "], id="an unknown municipality"),
        pytest.param(
            {"scope": "natonal", "target_groups": "immigrants"},
            ["scope: ", "target_groups: "],
            id="two faults at once",
        ),
        pytest.param("[]", ["one JSON object was expected"], id="not an object"),
        pytest.param("hei", ["not JSON"], id="not JSON"),
    ],
)
def test_faults_are_all_named_and_the_next_line_is_decided(
    line: dict[str, Any] | str, faults: list[str]
) -> None:
    all_used, (wrong, right) = decide(line, IN_OSLO)
    assert not all_used
    assert wrong["error"]
    assert len(wrong["faults"]) == len(faults)
    assert all(map(str.startswith, wrong["faults"], faults))
    assert right["outcome"] == "apply_municipality"
