"""The proof finds what it is there to find: one broken scheme for each promise.

The whole proof of the real scheme is part of `veiviser check`, which runs beside these tests.
"""

from typing import Any

import pytest

from knowledge import proof
from knowledge.classes import (
    answer_lines,
    class_faults,
    holds_still,
    reviewed,
    rule_counts,
)
from knowledge.mutation import caught_by, mutants
from knowledge.proof_of_change import change_faults, unsure_faults
from knowledge.scheme import Scheme, load_scheme
from knowledge.scheme_file import SchemeFile
from knowledge.space import Case, Space, cases, space_of

SCHEME = load_scheme(2019)
SPACE = space_of(SCHEME)
WALKED = list(cases(SCHEME, SPACE, {}))


def changed(**parts: Any) -> Scheme:
    """The scheme of 2019 with some of its parts replaced."""
    return Scheme(SchemeFile.model_validate({**SCHEME.file.model_dump(), **parts}))


def rows(table: str) -> list[dict[str, Any]]:
    return [row.model_dump() for row in getattr(SCHEME.file, table)]


def walk(scheme: Scheme) -> tuple[Space, list[Case]]:
    space = space_of(scheme)
    return space, list(cases(scheme, space, {}))


def test_the_walk_covers_every_combination() -> None:
    # 31 sets of target groups and one of not knowing; 16 of them mean a centre, with 4 answers
    # wherever the reach is not national; activities up to three at a time.
    assert sum(case.size for case in WALKED) == 4_320_576


def test_the_verdict_classes_are_as_reviewed() -> None:
    listed = reviewed(2019)
    assert rule_counts(WALKED) == listed.rule_counts()
    assert all(holds_still(SCHEME, line) for line in listed.classes)
    assert set(answer_lines(SCHEME, WALKED)) <= set(listed.others)
    assert len(listed.classes) + len(listed.others) < 500


def test_a_class_that_was_not_reviewed_is_found() -> None:
    moved = {**rows("activity")[1], "sub_goal": "B"}
    scheme = changed(activity=[rows("activity")[0], moved, *rows("activity")[2:]])
    _, walked = walk(scheme)
    found = class_faults(scheme, walked[:20])
    assert "2019.classes.txt: not reviewed: activity meeting_place | B | measure" in found
    assert "2019.classes.txt: no longer true: activity meeting_place | A | measure" in found


def test_rows_read_from_the_top_agree_with_the_walk() -> None:
    assert list(proof.row_faults(SCHEME, SPACE, WALKED)) == []


def test_a_hole_is_found() -> None:
    scheme = changed(applicant=rows("applicant")[:3])
    assert list(proof.hole_faults(scheme)) == [
        "applicant: there are answers for which no row holds"
    ]


def test_a_row_that_is_never_reached_is_found() -> None:
    again = {**rows("grantor")[4], "id": "national_again"}
    scheme = changed(grantor=[*rows("grantor")[:6], again, *rows("grantor")[6:]])
    space, walked = walk(scheme)
    assert list(proof.row_faults(scheme, space, walked)) == [
        "national_again: never reached, so it says nothing"
    ]


def test_a_firm_verdict_on_not_knowing_is_found() -> None:
    grantor = rows("grantor")
    unknown = next(row for row in grantor if row["id"] == "scope_unknown")
    unknown["then"] = "IMDi"
    scheme = changed(grantor=grantor)
    space, walked = walk(scheme)
    found = next(iter(unsure_faults(scheme, space, walked)))
    assert found.startswith("scope unsure gives apply_imdi, but local gives")


def test_a_verdict_that_nothing_improves_is_found() -> None:
    scheme = changed(change=[c for c in SCHEME.file.model_dump()["change"] if c["slot"] != "scope"])
    space, walked = walk(scheme)
    found = next(iter(change_faults(scheme, space, walked)))
    assert found.endswith("and no change improves it")


def test_a_change_that_is_not_the_smallest_is_found() -> None:
    first = [c for c in SCHEME.file.model_dump()["change"] if c["slot"] != "scope"]
    scheme = changed(change=[*first, {"slot": "scope", "to": ["transferable"]}])
    case = next(c for c in WALKED if c.ruling.rows[-1].id == "municipality_unknown")
    assert list(change_faults(scheme, SPACE, [case])) == []
    only_with_more = changed(
        change=[{"slot": "registered", "to": ["yes"]}, {"slot": "scope", "to": ["national"]}]
    )
    no_goal = next(c for c in WALKED if c.ruling.outcome == "ineligible_no_subgoal")
    assert list(change_faults(only_with_more, SPACE, [no_goal]))


# One slip of each sort, and what catches it; all of them are tried by `veiviser check --mutants`.
SLIPS = {
    "applicant.registered: registered without yes": "file",
    "applicant.not_registered: registered left out": "witness",
    "applicant: not_voluntary and registered swapped": "witness",
    "target_group.outside_the_target_groups: then is ok": "witness",
    "target_group.immigrants_and_refugees: target_groups without refugees": "holes",
    "applicant.registered: registered with no": "equivalent",
    "grantor: national and scope_unknown swapped": "counts",
    "activity.meeting_place: sub_goal is B": "list",
}


@pytest.mark.parametrize(("what", "caught"), SLIPS.items(), ids=SLIPS)
def test_a_slip_is_caught(what: str, caught: str) -> None:
    mutant = next(mutant for mutant in mutants(SCHEME.file) if mutant.what == what)
    assert caught_by(SCHEME, reviewed(2019), mutant) == caught
