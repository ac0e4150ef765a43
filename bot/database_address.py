"""Which database an operator's command is about: from the settings, or from the command line.

Called by ``bot.database_commands``. Opens none, and shows no password.
"""

import os
from pathlib import Path

from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import IN_MEMORY, PREFIX, Settings, default_database, read_settings
from bot.store.care_faults import not_there
from bot.store.postgres_faults import place_of

URL = PREFIX + "DATABASE_URL"

Database = str | SecretStr


def database_of(settings: Settings, *, may_be_new: bool = False) -> Database:
    """The database that is set, else the one of `veiviser chat`."""
    database: Database | None = settings.database
    if database is None:
        default = default_database(os.environ)
        database = str(default) if default and default.exists() else None
    if database is None or database == IN_MEMORY:
        raise SettingsError([f"{URL}: not set; expected the database that this is about"])
    if not may_be_new:
        refuse_missing(database)
    return database


def address(name: str, given: str) -> Database:
    """An address on the command line, read as the setting is."""
    try:
        database = read_settings({URL: given}).database
    except SettingsError as error:
        raise SettingsError(fault.replace(URL, name) for fault in error.faults) from None
    if database is None or database == IN_MEMORY:
        raise SettingsError([f"{name}: a database in memory cannot be moved"])
    return database


def refuse_missing(database: Database) -> None:
    """Refuse an SQLite file that is not there: opening it would make it."""
    if isinstance(database, str) and not Path(database).exists():
        raise not_there(database)


def shown(database: Database) -> str:
    """What may be shown of a database's address."""
    if isinstance(database, SecretStr):
        return place_of(database.get_secret_value())
    return database


def key_file(database: Database, settings: Settings) -> Path | None:
    """The file with the key to a database's pseudonyms, where there is such a file."""
    if isinstance(database, SecretStr) or settings.secret_key:
        return None
    key = Path(f"{database}.key")
    return key if key.exists() else None
