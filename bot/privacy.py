"""Pseudonyms: the store knows a conversation by a code that leads back to nobody without the key.

Called by ``bot.store``. The key is never in the database.
"""

import hmac
import os
import re
from pathlib import Path

from bot.errors import StoreError

_KEY_BYTES = 32
_IN_KEY_FILE = re.compile(rf"[0-9a-f]{{{2 * _KEY_BYTES}}}")


def pseudonym(key: bytes, channel: str, chat: str) -> str:
    """The code of a chat: the same for the same key, channel and chat, and not to be undone.

    Args:
        key: The secret of this installation.
        channel: A channel's name, such as ``telegram``; never holds a NUL.
        chat: The chat as the channel names it.
    """
    # NUL keeps channel and chat apart; a chat may be called anything, lone surrogates too.
    named = f"{channel}\0{chat}".encode("utf-8", "surrogatepass")
    return hmac.digest(key, named, "sha256").hex()


def update_code(key: bytes, chat: str, channel: str, update_id: int) -> str:
    """The code of an update whose chat was erased: known when it comes again, else nobody's.

    Two of the same chat have nothing in common.

    Args:
        key: The secret of this installation.
        chat: The pseudonym of the chat.
        channel: The channel it came through.
        update_id: The number that the channel gave it.
    """
    return pseudonym(key, "update", f"{chat} {channel} {update_id}")  # no channel is called so


def key_of(secret: str) -> bytes:
    """The key that a setting stands for: the text of a key file is the key in it.

    So a database keeps its pseudonyms when it moves to where there is no such file.
    """
    if _IN_KEY_FILE.fullmatch(secret):
        return bytes.fromhex(secret)
    return secret.encode()


def new_key() -> bytes:
    """A random key."""
    return os.urandom(_KEY_BYTES)


def key_beside(database: Path) -> bytes:
    """The key in the file beside the database, made on the first call, readable by its owner only.

    Raises:
        StoreError: the file holds something else, or cannot be read or made, or the key is half
            changed.
    """
    path = key_file(database)
    if _next_key_file(database).exists():
        raise _half_changed(database)
    return _key_in(path)


def next_key_beside(database: Path) -> bytes:
    """A key to come after the one beside the database: one that was kept for that, or a new one.

    Raises:
        StoreError: as for `key_beside`.
    """
    path = _next_key_file(database)
    return _key_in(path) if path.exists() else new_key()


def keep_next_key(database: Path, key: bytes) -> None:
    """Put the next key in a file beside the database, before anything is changed to it.

    Raises:
        StoreError: the file cannot be made.
    """
    path = _next_key_file(database)
    try:
        _write_once(path, key.hex())
    except OSError as error:
        raise _unusable(path, error.strerror or type(error).__name__) from error


def change_key_beside(database: Path) -> None:
    """Put the next key in the place of the one before it, now that every conversation has it."""
    _next_key_file(database).replace(key_file(database))


def key_file(database: Path) -> Path:
    """Where the key beside a database is."""
    return database.with_name(database.name + ".key")


def _next_key_file(database: Path) -> Path:
    return database.with_name(database.name + ".key.new")


def _key_in(path: Path) -> bytes:
    try:
        if not path.exists():
            _write_once(path, new_key().hex())
        key = bytes.fromhex(path.read_text(encoding="ascii"))
    except OSError as error:
        raise _unusable(path, error.strerror or type(error).__name__) from error
    except ValueError:
        key = b""
    if len(key) != _KEY_BYTES:
        raise _unusable(path, f"{2 * _KEY_BYTES} hexadecimal digits were expected in it")
    return key


def _write_once(path: Path, text: str) -> None:
    """Make the file whole or not at all; one that another process made first is left as it is."""
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.link(draft, path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()


def _half_changed(database: Path) -> StoreError:
    return StoreError(
        nb=f"Nøkkelen til {database} er bare halvveis byttet. Kjør «veiviser db rekey» igjen.",
        nn=f"Nøkkelen til {database} er berre halvvegs bytt. Køyr «veiviser db rekey» igjen.",
        en=f'The key of {database} is only half changed. Run "veiviser db rekey" again.',
    )


def _unusable(path: Path, reason: str) -> StoreError:
    return StoreError(
        nb=f"Nøkkelfila {path} kan ikke brukes: {reason}. Hent den fra en sikkerhetskopi, "
        "eller sett VEIVISER_SECRET_KEY.",
        nn=f"Nøkkelfila {path} kan ikkje brukast: {reason}. Hent henne frå ein tryggingskopi, "
        "eller set VEIVISER_SECRET_KEY.",
        en=f"The key file {path} cannot be used: {reason}. Restore it from a backup, "
        "or set VEIVISER_SECRET_KEY.",
    )
