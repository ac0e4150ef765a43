"""The `veiviser` command: reads the command line and the settings, and starts what was asked for.

The entry point of the project. Every import of something heavy stands inside the command that
needs it, so that a conversation starts at once. Exit codes: 0 done, 1 a fault in data, rules or
database, 2 wrong usage or settings, 130 stopped with Ctrl-C.
"""

# argparse rather than typer, which costs 80 ms at every start: a quarter of what `chat` has.

import gc
import io
import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from bot.arguments import WRONG_USAGE, Parser, Version
from bot.database import add_commands as add_database_commands
from bot.errors import SettingsError, StoreError
from bot.services import add_commands as add_services
from dialogs.state import LANGUAGES
from knowledge.errors import DataError

if TYPE_CHECKING:
    from bot.settings import Settings
    from bot.store import Store

OK, FAULT, READER_GONE, INTERRUPTED = 0, 1, 141, 130

# A command in two steps: import and open what it needs; then the work, which gives the exit code.
Work = Callable[[], int]
Prepare = Callable[[Namespace, "Settings"], Work]


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command; returns the exit code."""
    _speak_utf8()
    try:
        given = _parser().parse_args(arguments)
        return _run(given)
    except SettingsError as error:
        _tell(
            "Rett innstillingene og prøv igjen. / Correct the settings and try again.",
            *error.faults,
        )
        return WRONG_USAGE
    except DataError as error:
        _tell(
            "Rett datafilene og prøv igjen. / Correct the data files and try again.", *error.faults
        )
        return FAULT
    except StoreError as error:
        _tell(*error.said.values())
        return FAULT
    except BrokenPipeError:
        _hush_stdout()
        return READER_GONE
    except KeyboardInterrupt:
        return INTERRUPTED


def _run(given: Namespace) -> int:
    from bot.settings import read_settings

    prepare: Prepare = given.prepare
    gc.disable()  # nearly all that is imported stays: looking through it again takes 30 ms
    try:
        work = prepare(given, read_settings(os.environ))
    finally:
        gc.enable()
    return work()


def _chat(given: Namespace, settings: "Settings") -> Work:
    from bot.terminal import Terminal
    from knowledge.scheme import load_scheme

    try:
        scheme = load_scheme(settings.scheme_year)
    except DataError:
        from knowledge.data_check import load_checked

        scheme = load_checked(settings.scheme_year)  # it names the faults of all files
    store, is_kept = _chat_store(settings)
    terminal = Terminal(scheme, store, is_kept=is_kept, days=settings.retention_days)
    return partial(terminal.run, lang=given.lang, afresh=given.new)


def _jsonl(given: Namespace, settings: "Settings") -> Work:
    from bot.jsonl import serve
    from bot.settings import IN_MEMORY
    from bot.store.opening import open_store
    from knowledge.data_check import load_checked

    scheme = load_checked(settings.scheme_year)
    store = open_store(settings.database or IN_MEMORY, settings.secret_key)

    def work() -> int:
        serve(_stdin(), sys.stdout, scheme, store, settings.retention_days)
        return OK

    return work


def _decide(given: Namespace, settings: "Settings") -> Work:
    from bot.decide import decide_lines
    from knowledge.data_check import load_checked

    scheme = load_checked(settings.scheme_year)
    return lambda: OK if decide_lines(_stdin(), sys.stdout, scheme) else FAULT


def _understand(given: Namespace, settings: "Settings") -> Work:
    from bot.understand import understand_lines
    from knowledge.data_check import load_checked

    scheme = load_checked(settings.scheme_year)

    def work() -> int:
        understand_lines(_stdin(), sys.stdout, scheme)
        return OK

    return work


def _evaluate(given: Namespace, settings: "Settings") -> Work:
    from bot.evaluate import EXPECTED, evaluate, set_files, write_figures, write_table
    from knowledge.data_check import load_checked

    scheme = load_checked(settings.scheme_year)
    files = set_files(given.folder)

    def work() -> int:
        if not files:
            expected = ", ".join(EXPECTED)
            _tell(
                f"Ingen sett i {given.folder}. Ventet en mappe med minst ett av: {expected}",
                f"No sets in {given.folder}. Expected a folder with at least one of: {expected}",
            )
            return WRONG_USAGE
        found = evaluate(scheme, files)
        write = write_figures if given.json else write_table
        write(sys.stdout, found, with_misses=given.errors)
        return FAULT if any(one.unreadable for one in found) else OK

    return work


def _check(given: Namespace, settings: "Settings") -> Work:
    from bot.check import checks, run_checks, write_classes

    def work() -> int:
        if given.write_classes:
            write_classes(settings.scheme_year, sys.stdout)
        todo = checks(settings.scheme_year, mutants=given.mutants)
        return OK if run_checks(todo, sys.stdout) else FAULT

    return work


def _chat_store(settings: "Settings") -> tuple["Store", bool]:
    """The store of the person's own conversation, and whether it outlives the command."""
    from bot.settings import IN_MEMORY, default_database
    from bot.store.opening import open_store

    database = settings.database
    if database is None:
        default = default_database(os.environ)
        try:
            if default:
                default.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        except OSError:
            default = None
        if default is None:
            _tell(
                "Finner ingen mappe å lagre i, så samtalen huskes bare til dere avslutter.",
                "Found no folder to save in, so the conversation is forgotten when you leave.",
            )
        database = str(default) if default else IN_MEMORY
    return open_store(database, settings.secret_key), database != IN_MEMORY


def _parser() -> Parser:
    parser = Parser(
        prog="veiviser",
        description="Viser om en frivillig organisasjon kan søke integreringstilskudd, og hvor.",
        epilog="Innstillinger leses fra miljøet: VEIVISER_DATABASE_URL, VEIVISER_SCHEME_YEAR, "
        "VEIVISER_SECRET_KEY, VEIVISER_RETENTION_DAYS.",
    )
    parser.options.add_argument("--version", action=Version, nargs=0, help="vis versjonen")
    commands = parser.add_subparsers(
        title="kommandoer", metavar="KOMMANDO", required=True, parser_class=Parser
    )

    def command(name: str, prepare: Prepare, text: str) -> Parser:
        added = commands.add_parser(name, help=text, description=text)
        added.set_defaults(prepare=prepare)
        return added

    chat = command("chat", _chat, "hele samtalen i terminalen; fortsetter der dere slapp")
    chat.options.add_argument("--new", action="store_true", help="glem svarene og begynn på nytt")
    chat.options.add_argument("--lang", choices=LANGUAGES, help="språket i samtalen")
    command("jsonl", _jsonl, "samtalen for programmer: ett JSON-objekt per linje inn og ut")
    command(
        "decide",
        _decide,
        "reglene uten samtale: svar inn, avgjørelse ut, ett JSON-objekt per linje",
    )
    command(
        "understand",
        _understand,
        "hva enkelttekster betyr, uten samtale: ett JSON-objekt per linje inn og ut",
    )
    scored = command("evaluate", _evaluate, "mål hvor godt tekster med fasit blir forstått")
    what = scored.add_argument_group("hva")
    what.add_argument("folder", metavar="MAPPE", type=Path, help="mappe med sett av slike tekster")
    scored.options.add_argument("--json", action="store_true", help="de samme tallene som JSON")
    scored.options.add_argument("--errors", action="store_true", help="list opp bommene også")
    check = command("check", _check, "sjekk regler, data, tekster og bevis")
    check.options.add_argument(
        "--mutants", action="store_true", help="endre også hver celle i reglene: alt skal oppdages"
    )
    check.options.add_argument(
        "--write-classes",
        action="store_true",
        help="skriv lista over klasser av avgjørelser på nytt",
    )
    add_services(commands)
    add_database_commands(commands)
    return parser


def _speak_utf8() -> None:
    """Norwegian letters come out whatever the locale says; what cannot be shown never crashes."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def _stdin() -> BinaryIO:
    """The bytes that come in; none where stdin is closed."""
    return sys.stdin.buffer if sys.stdin else io.BytesIO()


def _tell(*lines: str) -> None:
    for line in lines:
        print(line, file=sys.stderr)


def _hush_stdout() -> None:
    """Whoever read the output has gone: let Python's last flush go nowhere instead of failing."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
