"""The tables of `bot.store.rows` as SQLite's statements about one whole table.

Called by the modules of the SQLite store. The tables themselves are made by
``bot.store.migrations``; a test holds the two together.
"""

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from bot.store.rows import LOG, TABLES, Table

PAGE = 500  # rows read at once


def selected(columns: Sequence[str]) -> str:
    """Columns as they stand in a statement."""
    return ", ".join(columns)


def insert(table: Table) -> str:
    """The statement that puts one row in, its values in the order of the columns."""
    gaps = ", ".join("?" * len(table.columns))
    return f"INSERT INTO {table.name} ({selected(table.columns)}) VALUES ({gaps})"


def as_mappings(
    columns: Sequence[str], rows: Iterator[tuple[Any, ...]]
) -> tuple[Mapping[str, Any], ...]:
    """Rows with their columns' names."""
    return tuple(dict(zip(columns, row, strict=True)) for row in rows)


def rows_after(
    connection: sqlite3.Connection, table: Table, last: tuple[Any, ...] | None
) -> tuple[Mapping[str, Any], ...]:
    """The next page of a table in the order of its key, after the key of the last one."""
    key = table.columns[: table.key]
    where = "" if last is None else f"WHERE ({selected(key)}) > ({', '.join('?' * len(key))})"
    statement = f"""
        SELECT {selected(table.columns)} FROM {table.name} {where}
        ORDER BY {selected(key)} LIMIT {PAGE}
    """
    return as_mappings(table.columns, connection.execute(statement, last or ()))


def put(connection: sqlite3.Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """See `bot.store.Store.put`."""
    values = ([row[column] for column in table.columns] for row in rows)
    connection.executemany(insert(table), values)


def log_of(connection: sqlite3.Connection, key: str) -> tuple[Mapping[str, Any], ...]:
    """See `bot.store.Store.log`."""
    statement = f"SELECT {selected(LOG.columns)} FROM log WHERE key = ? ORDER BY seq"
    return as_mappings(LOG.columns, connection.execute(statement, (key,)))


def export(connection: sqlite3.Connection, key: str) -> dict[str, Sequence[Mapping[str, Any]]]:
    """See `bot.store.Store.export`: every table with rows about a chat, as of one moment."""
    connection.execute("BEGIN")
    try:
        return {
            table.name: as_mappings(
                table.columns,
                connection.execute(
                    f"SELECT {selected(table.columns)} FROM {table.name} WHERE key = ? "
                    f"ORDER BY {selected(table.columns[: table.key])}",
                    (key,),
                ),
            )
            for table in TABLES
            if table.is_personal
        }
    finally:
        connection.execute("ROLLBACK")
