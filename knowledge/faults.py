"""Turns one fault that pydantic found into a line a person can act on.

Called by ``knowledge.loading`` and wherever a word is checked against those known. Knows no files.
"""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Any, get_args

from pydantic import BaseModel
from pydantic_core import ErrorDetails

from knowledge.errors import DataError

Loc = tuple[int | str, ...]

_LONGEST_VALUE = 80  # characters of a wrong value that are shown


def describe(model: type[BaseModel], loc: Loc, fault: ErrorDetails) -> list[str]:
    """One fault as ``field: fault, got value``, with what was expected where that helps.

    A validator that raised a ``DataError`` found several: each becomes a line of its own.

    Args:
        model: The record that was read.
        loc: Where in it, in pydantic's form; may be empty for the record as a whole.
        fault: What pydantic found there.
    """
    place = _place(loc)
    error = fault.get("ctx", {}).get("error")
    if isinstance(error, DataError):
        return [_below(place, line) for line in error.faults]
    message = _message(model, loc, fault)
    return [f"{place}: {message}" if place else message]


def nearest(name: str, known: Iterable[str]) -> str:
    """``; did you mean 'national'?`` for a near miss, otherwise the known names, in order."""
    known = list(known)
    close = get_close_matches(name, known, n=1)
    if close:
        return f"; did you mean {close[0]!r}?"
    return f"; known: {', '.join(known)}" if known else ""


def not_one_of(word: object, known: Iterable[str], what: str) -> str:
    """``'natonal' is not a value of scope; did you mean 'national'?``."""
    return f"{_shown(word)} is not {what}{nearest(str(word), known)}"


def _message(model: type[BaseModel], loc: Loc, fault: ErrorDetails) -> str:
    match fault["type"]:
        case "literal_error" | "enum":
            allowed = re.findall(r"'([^']*)'", str(fault["ctx"]["expected"]))
            return not_one_of(fault["input"], allowed, f"a value of {_field(loc)}")
        case "extra_forbidden":
            return f"unknown field{nearest(str(loc[-1]), _fields_beside(model, loc))}"
        case "missing":
            return "missing"
        case "value_error":
            return str(fault["ctx"]["error"])
        case _:
            return f"{fault['msg']}, got {_shown(fault['input'])}"


def _place(loc: Loc) -> str:
    """``grantor[2].when.scope[1]``; pydantic's own marks for keys and validators are left out."""
    place = ""
    for step in loc:
        if isinstance(step, int):
            place += f"[{step}]"
        elif step.isidentifier() or "[" not in step:
            place += f".{step}" if place else step
    return place


def _below(place: str, line: str) -> str:
    return f"{place}{line}" if line.startswith("[") or not place else f"{place}.{line}"


def _field(loc: Loc) -> str:
    return next((step for step in reversed(loc) if isinstance(step, str)), "the file")


def _shown(value: Any) -> str:
    shown = repr(value)
    return shown if len(shown) <= _LONGEST_VALUE else f"{shown[:_LONGEST_VALUE]}…"


def _fields_beside(model: type[BaseModel], loc: Loc) -> list[str]:
    """The names that are known where the unknown name ``loc[-1]`` stands."""
    models = [model]
    for step in loc[:-1]:
        if isinstance(step, str):
            fields = [found.model_fields[step] for found in models if step in found.model_fields]
            # A step that is no field is a key of a table: the same records still apply.
            models = [m for f in fields for m in _models_in(f.annotation)] or models
    return [name for found in models for name in found.model_fields]


def _models_in(annotation: Any) -> Iterator[type[BaseModel]]:
    """The records named anywhere inside a type such as ``tuple[Row, ...] | None``."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
    for part in get_args(annotation):
        yield from _models_in(part)
