"""Gives conversations new pseudonyms, for an operator who changes the key they are made with.

Called by `veiviser db rekey`. A pseudonym does not lead back to its chat, so only a conversation
whose address is kept, or whose chat is known anyway, can be given a new one. Each in a transaction
of its own: broken off and begun again, it goes on where it was.
"""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO

from pydantic import SecretStr

from bot.database_address import shown
from bot.privacy import (
    change_key_beside,
    keep_next_key,
    key_file,
    key_of,
    next_key_beside,
    pseudonym,
)
from bot.progress import Progress
from bot.settings import Settings
from bot.store import Chat, Store
from bot.store.care_faults import would_be_left
from bot.store.opening import open_store
from bot.store.rows import ADDRESS, CONVERSATION
from bot.store.sqlite_care import refuse_in_use
from bot.terminal import CHAT as TERMINAL

_AT_ONCE = 50


@dataclass(frozen=True, slots=True)
class Rekeyed:
    """How many conversations have a new pseudonym, and how many keep the one they had.

    ``key_file`` is the file that the new key is in, if it is in none of the settings; ``stale``
    the file of a key that no longer holds.
    """

    renamed: int
    left: int
    key_file: Path | None = None
    stale: Path | None = None


async def rekey(
    database: str | SecretStr, settings: Settings, out: TextIO, *, force: bool
) -> Rekeyed:
    """Change the key of a database. Nobody may use it meanwhile.

    The new key is ``SECRET_KEY``, or where that is not set a random one in the file beside an
    SQLite database. The old one is ``OLD_SECRET_KEY``, or in that file.

    Args:
        database: As in `bot.settings.Settings`.
        settings: With the keys.
        out: Where it is told how far it has come.
        force: Leave behind the conversations that cannot be given a new pseudonym.

    Raises:
        StoreError: there are such conversations, and nothing was changed; or not all was done, and
            the next call goes on with the rest.
        SettingsError: PostgreSQL without a new key.
    """
    path = None if isinstance(database, SecretStr) else Path(database)
    beside = key_file(path) if path and key_file(path).exists() else None
    old = settings.old_secret_key or (SecretStr(beside.read_text("ascii")) if beside else None)
    if path:
        refuse_in_use(path)
    # A key of our own is kept in a file before the first conversation has it.
    own = next_key_beside(path) if path and not settings.secret_key else None
    new = SecretStr(own.hex()) if own else settings.secret_key
    store = await asyncio.to_thread(open_store, database, new)
    try:
        chats = await _known_chats(store, old)
        if not force and (lost := len(await _left(store, chats))):
            raise would_be_left(shown(database), lost)
        if path and own:
            keep_next_key(path, own)
        renamed = await _rename(store, chats, out)
        left = len(await _left(store, {store.pseudonym(chat): chat for chat in chats.values()}))
    finally:
        await store.close()
    if path and own:
        change_key_beside(path)
        return Rekeyed(renamed, left, key_file=key_file(path))
    return Rekeyed(renamed, left, stale=beside)


async def _known_chats(store: Store, old: SecretStr | None) -> dict[str, Chat]:
    """Every chat that is known, by the pseudonym that it has now."""
    chats = {
        row["key"]: Chat(row["channel"], row["chat"]) async for row in store.rows(ADDRESS.name)
    }
    chats[store.pseudonym(TERMINAL)] = TERMINAL  # it may have been renamed already
    if old:
        key = key_of(old.get_secret_value())
        chats[pseudonym(key, TERMINAL.channel, TERMINAL.name)] = TERMINAL
    return chats


async def _left(store: Store, chats: Mapping[str, Chat]) -> list[str]:
    """The pseudonyms of conversations in none of these chats."""
    rows = store.rows(CONVERSATION.name)
    return [row["key"] async for row in rows if row["key"] not in chats]


async def _rename(store: Store, chats: Mapping[str, Chat], out: TextIO) -> int:
    todo = [(key, chat) for key, chat in chats.items() if key != store.pseudonym(chat)]
    renamed = 0
    with Progress(out, "Gir nye koder", len(todo)) as progress:
        for start in range(0, len(todo), _AT_ONCE):
            some = (store.rename(*one) for one in todo[start : start + _AT_ONCE])
            # Each is waited for, also after one has failed: the store is closed then.
            for done in await asyncio.gather(*some, return_exceptions=True):
                if isinstance(done, BaseException):
                    raise done
                renamed += done
                progress.add(1)
    return renamed
