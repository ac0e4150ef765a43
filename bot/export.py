"""`veiviser export`: the log as files for a spreadsheet or a program, with what each column means.

Called by ``bot.database_commands``. Holds no personal data: texts were masked before they were
kept, and tables that lead back to a chat are left out.
"""

import csv
import json
import os
from pathlib import Path
from typing import Any, TextIO

from bot.export_columns import COLUMNS, JSON, TIME, Meaning, parsed
from bot.replay_view import moment
from bot.store import Store
from bot.store.care_faults import is_there_in_folder, not_writable

DICTIONARY = "kolonner.md"
# A spreadsheet would take a text that begins so for a formula; the wide forms too.
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


async def export_log(store: Store, folder: Path, *, as_json: bool) -> tuple[Path, ...]:
    """Write each table to a file of its own, and what the columns mean to one more.

    Args:
        store: What is exported.
        folder: Where to; made if it is not there, and readable by its owner only.
        as_json: A JSON list with a row on each line, rather than CSV.

    Returns:
        The files.

    Raises:
        StoreError: a file is there already or cannot be written; then none is left behind.
    """
    ending = "json" if as_json else "csv"
    write = _write_json if as_json else _write_csv
    made: list[Path] = []

    def new(name: str) -> TextIO:
        path = folder / name
        descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        made.append(path)
        return open(descriptor, "w", encoding="utf-8", newline="")

    try:
        _make(folder)
        for table in COLUMNS:
            with new(f"{table}.{ending}") as file:
                await write(store, table, file)
        with new(DICTIONARY) as file:
            file.write(column_page())
    except BaseException as error:
        for path in made:
            path.unlink(missing_ok=True)
        if isinstance(error, FileExistsError):
            raise is_there_in_folder(str(folder)) from error
        if isinstance(error, OSError):
            raise not_writable(str(folder), error.strerror or type(error).__name__) from error
        raise
    return tuple(made)


def column_page() -> str:
    """What each column means, as a page in Markdown."""
    lines = [
        "# Kolonnene / The columns",
        "",
        "Ingen personopplysninger: teksten er masket før den ble lagret. I regneark: velg UTF-8 og",
        "komma. En ' foran en celle gjør at regnearket ikke tar den for en formel.",
        "",
        "No personal data: the text was masked before it was kept. In a spreadsheet, choose UTF-8",
        "and comma. A ' before a cell keeps the spreadsheet from taking it for a formula.",
    ]
    for table, columns in COLUMNS.items():
        lines += ["", f"## {table}", ""]
        lines += ["| kolonne | type | hva | what |", "| --- | --- | --- | --- |"]
        lines += [f"| {name} | {m.kind} | {m.nb} | {m.en} |" for name, m in columns.items()]
    return "\n".join(lines) + "\n"


def cell(value: Any) -> Any:
    """A value as it may stand in CSV: a text is never a formula."""
    if isinstance(value, str) and value.lstrip(" ").startswith(_FORMULA):
        return "'" + value
    return value


def _make(folder: Path) -> None:
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)


async def _write_csv(store: Store, table: str, file: TextIO) -> None:
    columns = COLUMNS[table]
    write = csv.writer(file).writerow
    write(columns)
    async for row in store.rows(table):
        write([cell(_plain(m, row[name])) for name, m in columns.items()])


async def _write_json(store: Store, table: str, file: TextIO) -> None:
    columns = COLUMNS[table]
    between = "[\n"
    async for row in store.rows(table):
        plain = {
            name: parsed(row[name]) if m.kind == JSON and row[name] else _plain(m, row[name])
            for name, m in columns.items()
        }
        file.write(between + json.dumps(plain, ensure_ascii=False))
        between = ",\n"
    file.write("\n]\n" if between == ",\n" else "[]\n")


def _plain(meaning: Meaning, value: Any) -> Any:
    return f"{moment(value)}Z".replace(" ", "T") if meaning.kind == TIME else value
