"""Reads data files into checked records, or says everything that is wrong with them.

Called by the modules of ``knowledge`` that own a file. Every CSV column is read as text and the
model alone gives types (Oslo is ``0301``, not 301). Never repairs, skips or guesses a value.
"""

import csv
import io
import re
import tomllib
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from pydantic import BaseModel, ConfigDict, ValidationError

from knowledge.errors import DataError
from knowledge.faults import describe


class Record(BaseModel):
    """A row or table of a data file: no unknown fields, never changed after it was read."""

    model_config = ConfigDict(extra="forbid", frozen=True)


Model = TypeVar("Model", bound=BaseModel)
WholeFileCheck = Callable[[Mapping[str, Any]], Iterable[str]]


def load_csv(path: Path, model: type[Model]) -> tuple[Model, ...]:
    """Read a comma-separated UTF-8 file whose header names the model's fields in order.

    Raises:
        DataError: The file is missing or not UTF-8, its header or a row has the wrong columns, or a
            value does not fit the model. Holds every fault of the first of these kinds.
    """
    columns = list(model.model_fields)
    faults: list[str] = []
    records = []
    for line, row in read_table(path, columns):
        try:
            records.append(model.model_validate(dict(zip(columns, row, strict=True))))
        except ValidationError as error:
            faults += [f"{path.name}:{line}: {fault}" for fault in _described(model, error)]
    if faults:
        raise DataError(faults)
    return tuple(records)


def read_table(path: Path, columns: Sequence[str]) -> list[tuple[int, list[str]]]:
    """Read a CSV file's rows, each with the line it ends on, without looking at the values.

    For a file too long to make a record of every row; ``load_csv`` is for all others.

    Raises:
        DataError: The file is missing, not UTF-8 or not CSV, or has other columns.
    """
    header, rows = _table(path, _text(path))
    _check_header(path, header, columns)
    faults = [
        f"{path.name}:{line}: {len(row)} columns, expected {len(header)}"
        for line, row in rows
        if len(row) != len(header)
    ]
    if faults:
        raise DataError(faults)
    return rows


def load_toml(path: Path, model: type[Model], whole_file: WholeFileCheck | None = None) -> Model:
    """Read a TOML file as one record; places inside it look like ``grantor[2].when.scope[1]``.

    Positions in lists count from 0. A validator that finds several faults below its field may raise
    a ``DataError`` with one line each, starting with the place below the field.

    Args:
        path: The file.
        model: What it must fit.
        whole_file: Finds faults that no single field shows, in the values as they stand in the
            file (whatever their types), so that these are listed beside the faults of fields.

    Raises:
        DataError: The file is missing, not UTF-8 or not TOML, or values do not fit the model.
    """
    try:
        values = tomllib.loads(_text(path))
    except tomllib.TOMLDecodeError as error:
        raise DataError([_syntax_fault(path, str(error))]) from None
    faults = list(whole_file(values)) if whole_file else []
    try:
        record = model.model_validate(values)
    except ValidationError as error:
        faults[:0] = _described(model, error)
    if faults:
        raise DataError(f"{path.name}: {fault}" for fault in faults)
    return record


def _text(path: Path) -> str:
    """The file's text without a byte order mark."""
    try:
        data = path.read_bytes()
    except FileNotFoundError:
        raise DataError([f"{path.name}: no such file in {path.parent}"]) from None
    except OSError as error:
        raise DataError([f"{path.name}: cannot be read: {error.strerror}"]) from None
    if not data.strip():
        raise DataError([f"{path.name}: the file is empty"])
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise DataError(_undecodable_lines(path, data)) from None


def _undecodable_lines(path: Path, data: bytes) -> Iterator[str]:
    for number, line in enumerate(data.split(b"\n"), start=1):
        try:
            line.decode("utf-8")
        except UnicodeDecodeError as error:
            readable = line.rstrip(b"\r").decode("utf-8", "backslashreplace")[:80]
            yield f"{path.name}:{number}: not UTF-8 at byte {error.start + 1}, got {readable!r}"


def _table(path: Path, text: str) -> tuple[list[str], list[tuple[int, list[str]]]]:
    """The header, and the rows that hold something, each with the line it ends on."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        header = next(reader)
        return header, [(reader.line_num, row) for row in reader if row]
    except csv.Error as error:
        raise DataError([f"{path.name}:{reader.line_num}: not CSV: {error}"]) from None


def _check_header(path: Path, header: Sequence[str], fields: Sequence[str]) -> None:
    missing = [f"no column {name!r}" for name in fields if name not in header]
    unknown = [f"unknown column {name!r}" for name in header if name not in fields]
    if list(header) != list(fields):
        faults = ", ".join(missing + unknown) or "columns twice or in another order"
        raise DataError([f"{path.name}:1: {faults}; expected {','.join(fields)}"])


def _described(model: type[BaseModel], error: ValidationError) -> list[str]:
    return [line for fault in error.errors() for line in describe(model, fault["loc"], fault)]


def _syntax_fault(path: Path, message: str) -> str:
    """``2019.toml:3: not TOML: Expected '=' after a key`` from the parser's own sentence."""
    found: Any = re.fullmatch(r"(.*?) \(at line (\d+), column \d+\)", message, re.DOTALL)
    if found is None:
        return f"{path.name}: not TOML: {message}"
    return f"{path.name}:{found[2]}: not TOML: {found[1]}"
