"""What only a scheme file as a whole can have wrong: ids used twice, or named and not there.

Called by `knowledge.scheme` when a file is read. Looks at the raw values, so that its faults stand
beside those of single fields.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from knowledge.faults import not_one_of
from knowledge.slots import SLOTS


def reference_faults(raw: Mapping[str, Any]) -> Iterator[str]:
    """The faults, each as ``place: fault``; the place is written as for single fields."""
    for table, rows in raw.items():
        if isinstance(rows, list):
            yield from _used_twice(table, rows)
    known = {table: _ids(raw, table) for table in ("source", "passage", "fact", "sub_goal")}
    activities = (*_ids(raw, "activity"), *SLOTS["activities"].values)
    checks: tuple[tuple[str, Callable[[Any], Any], Iterable[str], str], ...] = (
        ("source", lambda row: row.get("source"), known["source"], "a source"),
        ("cites", lambda row: row.get("cites"), known["passage"], "a passage"),
        ("when.activities", _activities_cell, activities, "an activity"),
    )
    for path, row in _rows(raw):
        for field, get, words, what in checks:
            found = get(row)
            for i, word in enumerate(found if isinstance(found, list) else [found]):
                if word is not None and word not in words:
                    place = f"{path}.{field}" + (f"[{i}]" if isinstance(found, list) else "")
                    yield f"{place}: {not_one_of(word, words, what)}"
    amount = (raw.get("allocation") or {}).get("amount")
    if amount is not None and amount not in known["fact"]:
        yield f"allocation.amount: {not_one_of(amount, known['fact'], 'a fact')}"
    grantor = raw.get("grantor")
    if isinstance(grantor, list) and grantor and grantor[-1].get("when"):
        yield f"grantor[{len(grantor) - 1}].when: the last row must always hold (when = {{}})"


def _activities_cell(row: Mapping[str, Any]) -> Any:
    when = row.get("when")
    return when.get("activities") if isinstance(when, dict) else None


def _rows(raw: Mapping[str, Any]) -> Iterator[tuple[str, Mapping[str, Any]]]:
    for table, content in raw.items():
        if isinstance(content, dict):
            yield table, content
        elif isinstance(content, list):
            for i, row in enumerate(content):
                if isinstance(row, dict):
                    yield f"{table}[{i}]", row


def _ids(raw: Mapping[str, Any], table: str) -> list[str]:
    rows = raw.get(table)
    return (
        [str(row.get("id")) for row in rows if isinstance(row, dict)]
        if isinstance(rows, list)
        else []
    )


def _used_twice(table: str, rows: list[Any]) -> Iterator[str]:
    seen: dict[str, int] = {}
    for i, row in enumerate(rows):
        name = row.get("id") if isinstance(row, dict) else None
        if name is not None and name in seen:
            yield f"{table}[{i}].id: {name!r} is used already by {table}[{seen[name]}]"
        seen.setdefault(str(name), i)
