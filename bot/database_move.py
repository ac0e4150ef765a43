"""Moves house: every row of one database into another, and the proof that they all arrived.

Called by `veiviser db move`, and by backup and restore where one side is PostgreSQL. The database
that is moved from is read only.
"""

import asyncio
from collections.abc import Mapping
from typing import TextIO

from pydantic import SecretStr

from bot.progress import Progress
from bot.store.care import Filling, Reading, Sum, bring_up_to_date, filling, reading
from bot.store.care_faults import changed_meanwhile, not_the_same
from bot.store.rows import TABLES

Sums = Mapping[str, Sum]


async def move(source: str | SecretStr, target: str | SecretStr, out: TextIO) -> Sums:
    """Put all that is in one database into an empty one.

    Args:
        source: As in `bot.settings.Settings`; nobody may use it meanwhile.
        target: The same; whatever goes wrong, it is as it was.
        out: Where it is told how far it has come.

    Returns:
        What each table holds in both.

    Raises:
        StoreError: a database cannot be used, the target is not empty, the source was changed
            meanwhile, or not all that was put could be read back.
    """
    await bring_up_to_date(source)
    async with filling(target) as filled:
        async with reading(source) as read:
            sums = await fill(read, filled, out)
        async with reading(source) as read:
            if await _sums(read, Progress(out, "Sjekker kilden", _total(sums))) != sums:
                raise changed_meanwhile(read.where)
    return sums


async def fill(source: Reading, target: Filling, out: TextIO) -> Sums:
    """Put every row of the source into the target, then read them all back and compare.

    Raises:
        StoreError: not all that was put could be read back.
    """
    counts = await source.counts()
    progress = Progress(out, "Flytter", sum(counts.values()))
    put = {table.name: Sum() for table in TABLES}
    with progress:
        for table in TABLES:
            async for rows in source.pages(table):
                await target.put(table, rows)
                put[table.name].add(table, rows)
                await _step(progress, len(rows))
    back = await _sums(target, Progress(out, "Leser tilbake", _total(put)))
    if back != put:
        raise not_the_same(target.where, (name for name in put if put[name] != back[name]))
    return put


async def _sums(database: Reading, progress: Progress) -> Sums:
    found = {table.name: Sum() for table in TABLES}
    with progress:
        for table in TABLES:
            async for rows in database.pages(table):
                found[table.name].add(table, rows)
                await _step(progress, len(rows))
    return found


def _total(sums: Sums) -> int:
    return sum(one.rows for one in sums.values())


async def _step(progress: Progress, rows: int) -> None:
    progress.add(rows)
    await asyncio.sleep(0)  # here Ctrl-C gets through
