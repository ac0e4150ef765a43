"""The operator's commands on the command line: `veiviser db …`, `export` and `replay`.

Called by ``bot.cli``. Says only what may be asked for; ``bot.database_commands`` does it, and is
imported when it is asked for.
"""

from argparse import Namespace
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.arguments import Parser

if TYPE_CHECKING:
    from bot.settings import Settings


def add_commands(commands: Any) -> None:
    """Add them all.

    Args:
        commands: What ``argparse`` gives for the commands of a parser.
    """
    text = "databasen: oppdater, sjekk, sikkerhetskopier, flytt"
    database = commands.add_parser("db", help=text, description=text)
    _add_database_commands(
        database.add_subparsers(
            title="kommandoer", metavar="KOMMANDO", required=True, parser_class=Parser
        )
    )
    _add_log_commands(commands)


def _add_database_commands(commands: Any) -> None:
    _add(commands, "migrate", "oppdater databasen til denne versjonen av Veiviser")
    _add(commands, "check", "let gjennom hele databasen etter skader")
    backup = _add(commands, "backup", "ta en sikkerhetskopi; Veiviser kan gå imens")
    _what(backup).add_argument("file", metavar="FIL", type=Path, help="hvor den skal ligge")
    backup.options.add_argument("--force", action="store_true", help="bytt ut en fil som finnes")
    restore = _add(commands, "restore", "lag databasen på nytt fra en sikkerhetskopi")
    _what(restore).add_argument("file", metavar="FIL", type=Path, help="sikkerhetskopien")
    restore.options.add_argument(
        "--force", action="store_true", help="bytt ut en database med samtaler; den tas vare på"
    )
    _add(commands, "purge", "slett det som er eldre enn VEIVISER_RETENTION_DAYS")
    move = _add(commands, "move", "flytt alt til en tom database, i SQLite eller PostgreSQL")
    places = _what(move)
    places.add_argument("source", metavar="FRA", help="adressen, som i VEIVISER_DATABASE_URL")
    places.add_argument("target", metavar="TIL", help="adressen til den tomme")
    rekey = _add(commands, "rekey", "bytt nøkkelen som kodene til samtalene er laget med")
    rekey.options.add_argument(
        "--force", action="store_true", help="også om noen samtaler da ikke blir kjent igjen"
    )


def _add_log_commands(commands: Any) -> None:
    export = _add(commands, "export", "skriv hele loggen til filer, uten personopplysninger")
    form = export.options.add_mutually_exclusive_group()
    form.add_argument("--csv", action="store_true", help="som CSV, for regneark (det vanlige)")
    form.add_argument("--json", action="store_true", help="som JSON")
    export.options.add_argument(
        "--to", metavar="MAPPE", type=Path, default=Path("eksport"), help="hvor filene skal ligge"
    )
    replay = _add(commands, "replay", "spill av en samtale på nytt, og sammenlign med loggen")
    _what(replay).add_argument(
        "conversation",
        metavar="SAMTALE",
        nargs="?",
        help="koden, eller minst seks tegn av begynnelsen; uten vises de nyeste",
    )
    replay.options.add_argument("--json", action="store_true", help="det samme som JSON")


def _add(commands: Any, name: str, text: str) -> Parser:
    added: Parser = commands.add_parser(name, help=text, description=text)
    added.set_defaults(prepare=partial(_prepare, name))
    return added


def _what(parser: Parser) -> Any:
    return parser.add_argument_group("hva")


def _prepare(name: str, given: Namespace, settings: "Settings") -> Callable[[], int]:
    from bot.database_commands import COMMANDS

    return COMMANDS[name](given, settings)
