"""What the operator's commands do and answer, in two steps as ``bot.cli`` wants them.

Called by ``bot.database``. Opens what is asked for first, so that a fault is told before anything
is done. Never makes a database where there is none but where that is what was asked for.
"""

import asyncio
import sys
from argparse import Namespace
from collections.abc import Awaitable, Callable, Sequence
from datetime import UTC, datetime

from bot.database_address import (
    URL,
    address,
    database_of,
    key_file,
    refuse_missing,
    shown,
)
from bot.database_files import back_up, restore
from bot.database_move import move
from bot.settings import PREFIX, Settings
from bot.store import Chat, Store
from bot.store.care import bring_up_to_date
from bot.store.opening import open_store
from bot.store.rows import ADDRESS, CONVERSATION, Unreadable, state_of
from bot.turns import now
from bot.upkeep import purge

OK, FAULT = 0, 1
_NEWEST = 20  # conversations in a list

Work = Callable[[], int]


def _migrate(given: Namespace, settings: Settings) -> Work:
    database = database_of(settings, may_be_new=True)

    def work() -> int:
        asyncio.run(bring_up_to_date(database))
        print(f"{shown(database)}: oppdatert")
        return OK

    return work


def _check(given: Namespace, settings: Settings) -> Work:
    async def check(store: Store) -> int:
        health = await store.check()
        print(f"versjon {health.version}")
        for table, rows in health.rows.items():
            print(f"{table:<14}{rows:>10}")
        faults = [*health.faults, *await _key_faults(store), *await _state_faults(store)]
        for fault in faults:
            print(f"FEIL: {fault}")
        if not faults:
            print("ingen feil")
        return FAULT if faults else OK

    return _with_store(settings, check)


def _back_up(given: Namespace, settings: Settings) -> Work:
    database = database_of(settings)

    def work() -> int:
        asyncio.run(back_up(database, given.file, sys.stderr, force=given.force))
        print(f"Sikkerhetskopien er i {given.file}. Nøkkelen er ikke med; ta vare på den for seg.")
        return OK

    return work


def _restore(given: Namespace, settings: Settings) -> Work:
    database = database_of(settings, may_be_new=True)
    kept_as = f".old-{datetime.now(UTC):%Y%m%dT%H%M%SZ}"

    def work() -> int:
        kept = asyncio.run(restore(given.file, database, kept_as, sys.stderr, force=given.force))
        print(f"{shown(database)} er laget på nytt fra {given.file}.")
        if kept:
            print(f"Den gamle er i {kept}. Slett den når dere har sett at alt virker.")
        return _purge(given, settings)()  # a backup may be older than what may be kept

    return work


def _purge(given: Namespace, settings: Settings) -> Work:
    async def clear(store: Store) -> int:
        erased = await purge(store, settings.retention_days, now())
        print(
            f"Slettet det som er eldre enn {settings.retention_days} dager: "
            f"{erased.conversations} samtaler, {erased.turns} turer."
        )
        return OK

    return _with_store(settings, clear)


def _move(given: Namespace, settings: Settings) -> Work:
    source, target = address("FRA", given.source), address("TIL", given.target)
    refuse_missing(source)

    def work() -> int:
        sums = asyncio.run(move(source, target, sys.stderr))
        for table, one in sums.items():
            print(f"{table:<14}{one.rows:>10}  {one.digest:064x}")
        print(f"Alt er flyttet til {shown(target)}, og lest tilbake likt. Kilden er ikke rørt.")
        print(f"Sett {URL} til den nye adressen.")
        if key := key_file(source, settings):
            print(
                f"Sett også {PREFIX}SECRET_KEY til innholdet i {key}: uten den kjenner ikke "
                "Veiviser igjen samtalene."
            )
        return OK

    return work


def _rekey(given: Namespace, settings: Settings) -> Work:
    from bot.database_rekey import rekey

    database = database_of(settings)

    def work() -> int:
        done = asyncio.run(rekey(database, settings, sys.stderr, force=given.force))
        print(f"{done.renamed} samtaler i {shown(database)} har fått ny kode.")
        if done.left:
            print(
                f"{done.left} beholder den gamle: kanalen deres lagrer ingen adresse, eller de har "
                "begynt på nytt med den nye nøkkelen. De blir ikke kjent igjen, og slettes når de "
                "er for gamle."
            )
        if done.key_file:
            print(f"Den nye nøkkelen er i {done.key_file}. Ta vare på den for seg.")
        else:
            print(f"Sett {PREFIX}SECRET_KEY til den nye nøkkelen overalt.")
        if done.stale:
            print(f"{done.stale} holder den gamle nøkkelen og gjelder ikke lenger: slett fila.")
        return OK

    return work


def _export(given: Namespace, settings: Settings) -> Work:
    from bot.export import export_log

    async def export(store: Store) -> int:
        files = await export_log(store, given.to, as_json=given.json)
        print("\n".join(map(str, files)))
        return OK

    return _with_store(settings, export)


def _replay(given: Namespace, settings: Settings) -> Work:
    from bot.replay import replay
    from bot.replay_view import write_json, write_newest, write_text

    async def show(store: Store) -> int:
        if given.conversation is None:
            write_newest(await store.newest(_NEWEST), sys.stdout)
            return OK
        found = await replay(store, given.conversation)
        write = write_json if given.json else write_text
        write(found, sys.stdout)
        return OK if found.is_same else FAULT

    return _with_store(settings, show)


COMMANDS: dict[str, Callable[[Namespace, Settings], Work]] = {
    "migrate": _migrate,
    "check": _check,
    "backup": _back_up,
    "restore": _restore,
    "purge": _purge,
    "move": _move,
    "rekey": _rekey,
    "export": _export,
    "replay": _replay,
}


async def _key_faults(store: Store) -> Sequence[str]:
    """Whether chats are found again under their pseudonyms."""
    keys = [
        row["key"] == store.pseudonym(Chat(row["channel"], row["chat"]))
        async for row in store.rows(ADDRESS.name)
    ]
    if all(keys):
        return ()
    return (
        f"{keys.count(False)} av {len(keys)} samtaler med adresse: {PREFIX}SECRET_KEY eller "
        "nøkkelfila passer ikke; sett den rette, eller kjør «veiviser db rekey»",
    )


async def _state_faults(store: Store) -> Sequence[str]:
    """Whether there are conversations whose answers cannot be read."""
    lost = 0
    async for row in store.rows(CONVERSATION.name):
        try:
            state_of(row["state"])
        except Unreadable:
            lost += 1
    if not lost:
        return ()
    return (
        f"svarene i {lost} samtaler kan ikke leses av denne Veiviser: oppdater den, eller "
        "de begynner på nytt ved neste melding",
    )


def _with_store(settings: Settings, use: Callable[[Store], Awaitable[int]]) -> Work:
    store = open_store(database_of(settings), settings.secret_key)

    async def work() -> int:
        try:
            return await use(store)
        finally:
            await store.close()

    return lambda: asyncio.run(work())
