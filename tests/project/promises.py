"""What Veiviser promises of its store, its turns and privacy, and the tests that hold each promise.

Called by `docs/promises.md` (cog) and by its test. A test says which promises it holds with
`@pytest.mark.promise("R3")`. The test files are read and never imported, so nothing runs here.
"""

import ast
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

TESTS = Path(__file__).parents[1]
MARK = "pytest.mark.promise"


@dataclass(frozen=True, slots=True)
class Promise:
    """One promise. ``lacking`` is what of it no test holds yet, and why; empty when all is held."""

    id: str
    says: str
    lacking: str = ""


@dataclass(frozen=True, slots=True)
class Holder:
    """A test by its file (from the folder of the tests) and name."""

    file: str
    name: str


PROMISES = (
    Promise("R1", "An update that was confirmed is in the database, whatever kills the program."),
    Promise("R2", "An update that is delivered several times counts once."),
    Promise("R3", "A turn is kept whole or not at all: number, answers, log, replies."),
    Promise("R4", "Killed at any point of a turn, nothing is lost; one reply at most comes twice."),
    Promise("R5", "The replies of a chat come in the order of its turns, whoever sends them."),
    Promise("R6", "What arrives in one chat at the same moment is taken one after the other."),
    Promise("R7", "A tap on an old button is answered, and never as a reply to another question."),
    Promise("R8", "An edited message never takes an old step again unseen."),
    Promise(
        "R9", "An update that the program fails at is set aside after three tries; others go on."
    ),
    Promise("R10", "Kinds of updates that mean nothing here are passed over and counted."),
    Promise("R11", "After a restart a conversation goes on where it was."),
    Promise(
        "R12",
        "After a day offline all that waited is answered, in order.",
        "10,000 that waited are too many for a test: `python -m benchmarks.telegram_crash`",
    ),
    Promise("R13", "A clock that jumps reorders, doubles and expires nothing."),
    Promise("R14", "Asked to stop, the program finishes its turn and ends in 10 seconds."),
    Promise(
        "R15",
        "Two copies at work take no update and send no reply twice, and are told of each other.",
    ),
    Promise(
        "R16",
        "Every reply fits into one message, and every button's id into 64 bytes.",
    ),
    Promise(
        "R17", "Asked to wait, the bot waits exactly so long, and sends the message once and whole."
    ),
    Promise("R18", "What fails on the way is sent again, later and later; its age is counted."),
    Promise("R19", "A chat that has blocked the bot is dropped and not tried for ever."),
    Promise("R20", "Text that Telegram refuses is sent once more without markup, and logged."),
    Promise("R21", "A chat gets no more than one message a second in the long run."),
    Promise("R22", "The bot sends no more than 30 messages a second, whatever its processes."),
    Promise("R23", "A group gets no more than 20 messages a minute."),
    Promise(
        "R24",
        "While the database is away nothing is lost, the webhook tells, and all goes on by itself.",
    ),
    Promise(
        "S1", "On a full disk a turn is refused whole, the cause is told, and with room it goes on."
    ),
    Promise("S2", "What is locked for too long refuses the turn, and works again afterwards."),
    Promise("S3", "A damaged database, or another program's, is refused and never touched."),
    Promise("S4", "A database of a newer Veiviser is refused."),
    Promise("S5", "Every earlier version is brought up to date, also when killed on the way."),
    Promise("S6", "Bringing it up to date changes no conversation."),
    Promise("S7", "A backup made while turns are taken is whole and can be restored."),
    Promise("S8", "After a restore, what is delivered again counts only if the backup lacks it."),
    Promise(
        "S9",
        "A copy that follows the database is described, with what it may lose.",
        "Litestream beside SQLite: described, and tried by no test",
    ),
    Promise(
        "S10",
        "Memory does not grow with the number of turns and chats.",
        "a million turns, too many for a test: `python -m benchmarks.store --memory`",
    ),
    Promise(
        "S11",
        "A turn, a page and a search are as quick among a million log rows.",
        "the times among a million, too many for a test: `python -m benchmarks.store`",
    ),
    Promise(
        "S12", "Settings that keep writes safe are verified at the start; network drives warned of."
    ),
    Promise("T1", "An update is confirmed only when its turn is kept."),
    Promise("T2", "The bot's token is in no log and no error."),
    Promise("T3", "Nothing that somebody wrote is in the log, and no library writes it there."),
    Promise("W1", "The webhook takes nothing but updates from whoever knows its secret."),
    Promise("W15", "A line of the log is JSON, in UTC, and nothing breaks out of it."),
    Promise("W16", "No secret is in a log, an error, a setting that is shown, or a page."),
    Promise("W18", "A chat that floods does not make others wait."),
    Promise("W20", "Health and metrics say nothing about anybody; metrics stay on the machine."),
    Promise("P1", "The log knows a chat by a keyed pseudonym; its id is in no byte of any file."),
    Promise("P2", "Without the key no pseudonym leads to a chat, and the key can be changed."),
    Promise("P3", "The key is neither in the database nor in its backups."),
    Promise("P4", "What is personal is masked before it is kept; ordinary Norwegian stays."),
    Promise("P5", "Masking twice changes nothing, and no disguise of characters fools it."),
    Promise("P6", "Of photos, files and positions only their kind is kept."),
    Promise("P7", "Names of users are never kept."),
    Promise(
        "P8",
        "«slett» asks once, and then everything about the chat is gone from every file.",
        "the files of PostgreSQL's server, which keep deleted bytes until their room is used again",
    ),
    Promise("P9", "One's own data can be had, from every table, as JSON and as text."),
    Promise("P10", "What is too old is purged at the start and daily; counts stay."),
    Promise(
        "P11",
        "The first message says what is kept, how long, and how to delete; its edition is noted.",
    ),
    Promise("P12", "Nobody but the channel is sent anything."),
    Promise(
        "P13", "Whoever of the staff reads a conversation leaves a trace.", "needs the staff pages"
    ),
)


def marked(folder: Path = TESTS) -> Mapping[str, list[Holder]]:
    """Which tests hold each promise, in the order of files and lines."""
    found: dict[str, list[Holder]] = {}
    for path in sorted(folder.rglob("test_*.py")):
        for node in ast.parse(path.read_text("utf-8")).body:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                for promise in _ids(node):
                    test = Holder(path.relative_to(folder).as_posix(), node.name)
                    found.setdefault(promise, []).append(test)
    return found


def _ids(test: ast.FunctionDef | ast.AsyncFunctionDef) -> Iterator[str]:
    for decorator in test.decorator_list:
        if isinstance(decorator, ast.Call) and ast.unparse(decorator.func) == MARK:
            for argument in decorator.args:
                yield ast.literal_eval(argument)


def held_table() -> str:
    """The promises that have a test, each with its tests, as Markdown."""
    tests = marked()
    rows = ["| | promise | held by |", "| --- | --- | --- |"]
    for promise in PROMISES:
        if promise.id in tests:
            links = "<br>".join(map(_link, tests[promise.id]))
            rows.append(f"| {promise.id} | {promise.says} | {links} |")
    return "\n".join(rows)


def lacking_table() -> str:
    """What no test holds yet, as Markdown; a promise held in part stands here too."""
    tests = marked()
    rows = ["| | promise | what is lacking |", "| --- | --- | --- |"]
    for promise in PROMISES:
        if promise.lacking:
            part = "in part: " if promise.id in tests else ""
            rows.append(f"| {promise.id} | {promise.says} | {part}{promise.lacking} |")
    return "\n".join(rows)


def _link(test: Holder) -> str:
    words = test.name.removeprefix("test_").replace("_", " ")
    return f"[{words}](../tests/{test.file})"
