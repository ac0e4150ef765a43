"""Opens the store that the settings name: SQLite in a file or in memory, or PostgreSQL.

Called by ``bot.cli``. Imports the one that is needed and not the other: a conversation in a
terminal starts at once.
"""

import asyncio
from pathlib import Path

from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import IN_MEMORY
from bot.store import Store


def open_store(database: str | SecretStr, secret: SecretStr | None) -> Store:
    """Open a database, and bring it up to date.

    Args:
        database: As in `bot.settings.Settings`.
        secret: What pseudonyms are made with. Without one SQLite keeps its own beside the file.

    Raises:
        StoreError: the database cannot be used as it is.
        SettingsError: PostgreSQL without a secret, which every worker must have.
    """
    given = secret.get_secret_value() if secret else None
    if not isinstance(database, SecretStr):
        from bot.store.sqlite import open_store as open_sqlite

        return open_sqlite(None if database == IN_MEMORY else Path(database), given)
    if given is None:
        raise SettingsError(
            ["VEIVISER_SECRET_KEY: not set; PostgreSQL needs it, the same for every worker"]
        )
    from bot.store.postgres import PostgresStore
    from bot.store.postgres_schema import prepare

    address = database.get_secret_value()
    asyncio.run(prepare(address))
    return PostgresStore(address, given)
