"""`veiviser telegram` and `veiviser web`: what runs until it is asked to stop.

Called by ``bot.cli``. Says what may be asked for; what is heavy is imported when it is.
"""

import os
from argparse import Namespace
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from bot.arguments import Parser
from bot.errors import SettingsError

if TYPE_CHECKING:
    from bot.database_address import Database
    from bot.settings import Settings

HOST, PORT = "127.0.0.1", 8080
_NO_TOKEN = (
    "VEIVISER_TELEGRAM_TOKEN: ikke satt; skriv /newbot til @BotFather i Telegram, og sett den til "
    "det som dere får",
    "VEIVISER_TELEGRAM_TOKEN: not set; write /newbot to @BotFather in Telegram, and set it to what "
    "you are given",
)


def add_commands(commands: Any) -> None:
    """Add them both.

    Args:
        commands: What ``argparse`` gives for the commands of a parser.
    """
    text = "svar på Telegram, til dere stopper det"
    telegram: Parser = commands.add_parser("telegram", help=text, description=text)
    telegram.set_defaults(prepare=_telegram)
    text = "webhook for Telegram, og om alt er vel: /healthz, /readyz, /metrics"
    web: Parser = commands.add_parser("web", help=text, description=text)
    web.set_defaults(prepare=_web)
    for parser in (telegram, web):
        parser.options.add_argument("--host", default=HOST, help=f"adressen; {HOST} ellers")
        parser.options.add_argument("--port", type=int, default=PORT, help=f"porten; {PORT} ellers")


def _telegram(given: Namespace, settings: "Settings") -> Callable[[], int]:
    if settings.telegram_token is None:
        raise SettingsError(_NO_TOKEN)
    return _prepare(given, settings, polls=settings.public_url is None)


def _web(given: Namespace, settings: "Settings") -> Callable[[], int]:
    return _prepare(given, settings, polls=False)


def _prepare(given: Namespace, settings: "Settings", *, polls: bool) -> Callable[[], int]:
    from bot.running import run
    from bot.store.opening import open_store
    from knowledge.data_check import load_checked

    scheme = load_checked(settings.scheme_year)
    store = open_store(_database(settings), settings.secret_key)
    where = None if polls else (given.host, given.port)
    return lambda: run(settings, scheme, store, where)


def _database(settings: "Settings") -> "Database":
    """The database that is set, else the file in the user's data folder."""
    from bot.settings import default_database

    if settings.database is not None:
        return settings.database
    default = default_database(os.environ)
    if default is None:
        raise SettingsError(["VEIVISER_DATABASE_URL: not set, and there is no home folder"])
    default.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    return str(default)
