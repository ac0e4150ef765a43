"""Why PostgreSQL was refused, or refused us, in words and with what to do next.

Called by ``bot.store.postgres`` and what belongs to it. Never shows a password, nor the details of
PostgreSQL's own messages, which may quote what a row holds.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from urllib.parse import urlsplit

import asyncpg

from bot.errors import StoreError, UnreadableStateError
from bot.store import postgres_sentences as sentences

# The first kind that fits counts, so a kind stands before the wider ones it belongs to.
_BY_KIND: tuple[tuple[tuple[type[BaseException], ...], sentences.Words], ...] = (
    ((asyncpg.InvalidAuthorizationSpecificationError,), sentences.NOT_LET_IN),
    ((asyncpg.InvalidCatalogNameError,), sentences.NO_DATABASE),
    # Without leave to use a schema there is none to make tables in.
    ((asyncpg.InsufficientPrivilegeError, asyncpg.InvalidSchemaNameError), sentences.NOT_ALLOWED),
    ((asyncpg.ReadOnlySQLTransactionError,), sentences.READ_ONLY),
    ((asyncpg.DiskFullError,), sentences.FULL),
    ((asyncpg.TooManyConnectionsError,), sentences.TOO_MANY),
    ((asyncpg.DataCorruptedError, asyncpg.IndexCorruptedError), sentences.DAMAGED),
    (
        (
            asyncpg.TransactionRollbackError,
            asyncpg.LockNotAvailableError,
            asyncpg.QueryCanceledError,
        ),
        sentences.BUSY,
    ),
    ((asyncpg.exceptions.ClientConfigurationError,), sentences.ADDRESS),
    # A value of ours that cannot be sent, which is an InterfaceError as well.
    ((ValueError,), sentences.OTHER),
    ((TimeoutError,), sentences.SLOW),
    (
        (
            OSError,
            asyncpg.PostgresConnectionError,
            asyncpg.OperatorInterventionError,
            asyncpg.InterfaceError,
        ),
        sentences.NO_ANSWER,
    ),
)


def place_of(address: str) -> str:
    """Host, port and database of an address: what may be shown of it."""
    parts = urlsplit(address)
    return parts.netloc.rpartition("@")[2] + parts.path


@contextmanager
def in_words(where: str) -> Iterator[None]:
    """Tell what befalls a database in a sentence, and an error that we did not foresee by its code.

    Args:
        where: As `place_of` gives it.
    """
    try:
        yield
    except (asyncpg.PostgresError, asyncpg.InterfaceError, OSError) as error:
        words = next((w for kinds, w in _BY_KIND if isinstance(error, kinds)), sentences.OTHER)
        code = getattr(error, "sqlstate", None) or type(error).__name__
        # Not chained: the error may quote the row.
        raise _refusal(words, where, code) from None


def busy(where: str) -> StoreError:
    """Others were in the way, however often it was tried."""
    return _refusal(sentences.BUSY, where)


def foreign(where: str) -> StoreError:
    """The database belongs to another application."""
    return _refusal(sentences.FOREIGN, where)


def newer(where: str) -> StoreError:
    """The database was made by a newer version of this program."""
    return _refusal(sentences.NEWER, where)


def not_utf8(where: str) -> StoreError:
    """The database was made for some letters only."""
    return _refusal(sentences.NOT_UTF8, where)


def unreadable_state(where: str) -> UnreadableStateError:
    """One conversation holds something that this version cannot read."""
    words = sentences.UNREADABLE_STATE
    return UnreadableStateError(**{lang: said.format(where=where) for lang, said in words.items()})


def _refusal(words: sentences.Words, where: str, code: str = "") -> StoreError:
    return StoreError(**{lang: said.format(where=where, code=code) for lang, said in words.items()})
