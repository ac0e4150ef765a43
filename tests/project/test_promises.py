"""Every promise of `docs/promises.md` has its test, or is said to have none yet."""

from pathlib import Path

import pytest

from tests.project.promises import PROMISES, Holder, Promise, marked

IDS = [promise.id for promise in PROMISES]


@pytest.mark.parametrize("promise", PROMISES, ids=IDS)
def test_a_promise_has_its_test_or_is_listed_as_lacking_one(promise: Promise) -> None:
    assert promise.id in marked() or promise.lacking


def test_no_test_names_a_promise_that_nobody_made() -> None:
    assert set(marked()) - set(IDS) == set()


def test_no_promise_is_listed_twice() -> None:
    assert len(set(IDS)) == len(IDS)


def test_marks_are_read_wherever_they_stand(tmp_path: Path) -> None:
    (tmp_path / "test_some.py").write_text(
        '@pytest.mark.promise("A1", "B2")\n'
        '@pytest.mark.parametrize("x", [1])\n'
        "async def test_one(x): ...\n\n"
        '@given(st.text())\n@pytest.mark.promise("A1")\n'
        "def test_two(x): ...\n\n"
        "def test_unmarked(): ...\n"
    )
    one, two = Holder("test_some.py", "test_one"), Holder("test_some.py", "test_two")
    assert marked(tmp_path) == {"A1": [one, two], "B2": [one]}
