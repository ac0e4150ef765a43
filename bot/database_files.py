"""Backups as files, and databases made from them again.

Called by `veiviser db backup` and `veiviser db restore`. A backup is one SQLite file, whichever
database it was made from. A database is replaced only when that was asked for, and then kept.
"""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from pathlib import Path
from typing import TextIO

from pydantic import SecretStr

from bot.database_move import fill
from bot.errors import StoreError
from bot.progress import Progress
from bot.store.care import bring_up_to_date, filling, reading
from bot.store.care_faults import (
    has_conversations,
    is_there,
    not_there,
    not_writable,
    same_database,
)
from bot.store.rows import CONVERSATION
from bot.store.sqlite_care import (
    UNFINISHED,
    conversations,
    copy,
    discard,
    keep_beside,
    put_in_place,
    refuse_in_use,
)


async def back_up(database: str | SecretStr, file: Path, out: TextIO, *, force: bool) -> None:
    """Make a backup while turns may be taken; the file has its name only when it is whole.

    Args:
        database: As in `bot.settings.Settings`.
        file: Where to; readable by its owner only.
        out: Where it is told how far it has come.
        force: Replace a file of that name.

    Raises:
        StoreError: no backup was made, and what was there is as it was.
    """
    _refuse_there(file, force=force)
    with _writing(file):
        if isinstance(database, SecretStr):
            await bring_up_to_date(database)
            async with reading(database) as read, filling(str(file), instead=force) as filled:
                await fill(read, filled, out)
        else:
            _refuse_same(Path(database), file)
            draft = file.with_name(file.name + UNFINISHED)
            _copy(Path(database), draft, out)
            put_in_place(draft, file)


async def restore(
    file: Path, database: str | SecretStr, kept_as: str, out: TextIO, *, force: bool
) -> Path | None:
    """Make a database from a backup.

    Args:
        file: The backup; it is only read.
        database: As in `bot.settings.Settings`; nobody may use it meanwhile.
        kept_as: What is added to a file's name to keep the old database in it.
        out: Where it is told how far it has come.
        force: Replace a database that has conversations, or that cannot be read.

    Returns:
        Where the old database is kept; None where there was none.

    Raises:
        StoreError: nothing was restored, and what was there is as it was.
    """
    if isinstance(database, SecretStr):
        return await _restore_postgres(file, database, kept_as, out, force=force)
    path = Path(database)
    _refuse_same(path, file)
    _refuse_filled(path, force=force)
    async with _draft_of(file, path, out) as draft:
        return _put_instead(draft, path, kept_as)


async def _restore_postgres(
    file: Path, database: SecretStr, kept_as: str, out: TextIO, *, force: bool
) -> Path | None:
    await bring_up_to_date(database)
    async with reading(database) as read:
        there = (await read.counts())[CONVERSATION.name]
    if there and not force:
        raise has_conversations(read.where, there)
    async with _draft_of(file, file, out) as draft:
        kept = file.with_name(file.name + kept_as) if there else None
        if kept:
            await back_up(database, kept, out, force=False)
        async with reading(str(draft)) as read, filling(database, instead=True) as filled:
            await fill(read, filled, out)
    return kept


def _refuse_there(file: Path, *, force: bool) -> None:
    if file.exists() and not force:
        raise is_there(str(file))


def _put_instead(draft: Path, path: Path, kept_as: str) -> Path | None:
    """Put the finished file in place; returns where the one before it is kept."""
    kept = keep_beside(path, path.name + kept_as) if path.exists() else None
    put_in_place(draft, path)
    return kept


def _refuse_filled(path: Path, *, force: bool) -> None:
    """Refuse to replace conversations unasked, or a file that somebody has open."""
    if not path.exists():
        return
    try:
        there = conversations(path)
    except StoreError:
        if not force:
            raise
        return  # it cannot be read, so nobody uses it
    if there and not force:
        raise has_conversations(str(path), there)
    refuse_in_use(path)


@asynccontextmanager
async def _draft_of(file: Path, place: Path, out: TextIO) -> AsyncIterator[Path]:
    """A copy of a backup beside the place it is for, checked and brought up to date."""
    draft = place.with_name(place.name + UNFINISHED)
    with _writing(place):
        _copy(file, draft, out)
        try:
            await bring_up_to_date(str(draft))  # it may be of an earlier version
            yield draft
        finally:
            discard(draft)


def _copy(source: Path, draft: Path, out: TextIO) -> None:
    if not source.exists():
        raise not_there(str(source))
    with Progress(out, "Kopierer", 0) as progress:
        copy(source, draft, progress.reach)


def _refuse_same(path: Path, file: Path) -> None:
    if path.resolve() == file.resolve():
        raise same_database(str(file))


@contextmanager
def _writing(place: Path) -> Iterator[None]:
    """Tell in words why a file cannot be written."""
    try:
        yield
    except OSError as error:
        raise not_writable(str(place), error.strerror or type(error).__name__) from error
