"""Opens one SQLite file, or a database in memory: refuses what is not ours, and sets it up.

Called by ``bot.store.sqlite``. Never recreates a file, and never writes to one that it refuses.
"""

import logging
import os
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from bot.store import faults

APPLICATION_ID = 0x56656976  # "Veiv"
SCHEMA_VERSION = 3  # how many migrations there are
IN_MEMORY = ":memory:"
BUSY_MS = 5_000

# Each with what SQLite says when it has been taken; a database in memory has no log to write.
_SETTINGS: tuple[tuple[str, str, tuple[Any, ...]], ...] = (
    ("journal_mode", "WAL", ("wal", "memory")),
    ("synchronous", "FULL", (2,)),
    ("foreign_keys", "ON", (1,)),
    ("secure_delete", "ON", (1,)),
    ("temp_store", "MEMORY", (2,)),  # what is sorted never touches the disk outside our files
    ("cache_size", "-8000", (-8000,)),  # 8 MB: the recent conversations
)
_NETWORK = ("nfs", "cifs", "smb", "9p", "fuse.sshfs", "afs", "ceph", "glusterfs", "lustre")
_MOUNTS = Path("/proc/self/mounts")


def open_file(path: Path) -> sqlite3.Connection:
    """Open a file that may not be there yet, its tables as this program knows them.

    Raises:
        StoreError: it cannot be used as it is.
    """
    with suppress(OSError):  # SQLite says better what is wrong
        os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))
    connection = connect(path, str(path))
    if kind := network_kind(path):
        logging.getLogger(__name__).warning(faults.on_network(str(path), kind))
    return connection


def connect(path: Path | str, where: str) -> sqlite3.Connection:
    """Connect, check and prepare; ``where`` is what messages call it."""
    with in_words(where):
        # Used by one thread at a time, but not by the one that opens it.
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        try:
            _prepare(connection, where)
        except BaseException:
            connection.close()
            raise
    return connection


def open_reader(path: Path) -> sqlite3.Connection:
    """A second connection to a file that `open_file` has prepared; it never writes."""
    with in_words(str(path)):
        connection = sqlite3.connect(path, isolation_level=None, check_same_thread=False)
        for setting in (f"busy_timeout = {BUSY_MS}", "query_only = ON", "temp_store = MEMORY"):
            connection.execute(f"PRAGMA {setting}")
    return connection


@contextmanager
def in_words(where: str) -> Iterator[None]:
    """Tell in words what can befall a database."""
    try:
        yield
    except sqlite3.Error as error:
        raise faults.in_words(error, where) from error


def network_kind(path: Path, mounts: Path = _MOUNTS) -> str | None:
    """The kind of network drive a file lies on; None for a disk of this machine, or if unknown."""
    try:
        lines = mounts.read_text(encoding="utf-8", errors="replace").splitlines()
        whole = path.resolve()
    except OSError:
        return None
    found = ("", "")  # the longest mount point that the path lies under, and its kind
    for line in lines:
        _, point, kind, *_ = (*line.split(" "), "", "", "")
        point = point.replace("\\040", " ")
        if len(point) >= len(found[0]) and whole.is_relative_to(point or "."):
            found = (point, kind)
    return found[1] if found[1].startswith(_NETWORK) else None


def _prepare(connection: sqlite3.Connection, where: str) -> None:
    """Refuse what is not ours; then make writes durable, deletions real and the tables there."""

    def pragma(text: str) -> Any:
        return connection.execute(f"PRAGMA {text}").fetchone()

    pragma(f"busy_timeout = {BUSY_MS}")
    owner, version = pragma("application_id")[0], pragma("user_version")[0]
    is_empty = connection.execute("SELECT 1 FROM sqlite_master").fetchone() is None
    if owner != APPLICATION_ID and not (is_empty and owner == version == 0):
        raise faults.foreign(where)
    if version > SCHEMA_VERSION:
        raise faults.newer(where)
    if pragma("quick_check(1)") != ("ok",):
        raise faults.damaged(where)
    for name, wanted, said in _SETTINGS:
        pragma(f"{name} = {wanted}")
        if pragma(name)[0] not in said:
            raise faults.setting_not_taken(where, f"{name} = {wanted}")
    if version < SCHEMA_VERSION:
        from bot.store.migrations import migrate  # the import alone takes 100 ms

        migrate(connection, APPLICATION_ID, SCHEMA_VERSION)
    pragma("busy_timeout = 0")  # from now on the writer waits by itself, and never while it answers
