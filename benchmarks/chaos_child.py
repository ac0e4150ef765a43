"""The process that `benchmarks.chaos` kills: takes the updates it is given, and sends the replies.

Each line in is a chat and an update; each line out says that the update is taken. A message is sent
by noting it in a file. Each life begins and ends as a channel's would.
"""

import asyncio
import os
import signal
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr

from bot.store import Chat, Record, Store, Turned
from bot.store.opening import open_store
from bot.store.sqlite import SqliteStore
from bot.turns import now
from dialogs.messages import Reply
from dialogs.state import State

SECRET = "en hemmelighet for prøver"
PARTS = 2  # messages in a reply
POINTS = (
    "after receive",
    "after dedup",
    "before commit",
    "after commit",
    "before send",
    "after send",
)
_NTH = 20  # the time that a point is passed at which the process dies there
_PAUSE_S = 0.002

Pass = Callable[[str], None]


def answering(update: int, passing: Pass) -> Callable[[State], Turned]:
    """The pure part of a turn: counts, notes the update's number and says it."""

    def work(state: State) -> Turned:
        passing("after dedup")
        replies = tuple(Reply(f"{update}.{part}") for part in range(PARTS))
        record = Record(
            way="text",
            said=str(update),
            heard="null",
            intent="answer",
            confidence=1.0,
            question=None,
            faq=None,
            unanswered=False,
            replies=replies,
            outcome=None,
            verdict=None,
            year=2019,
            version="0",
            lang="nb",
        )
        taken = int(state.ticks[0]) if state.ticks else 0
        return Turned(replace(state, ticks=(str(taken + 1), str(update))), record)

    return work


def dying_at(wanted: str) -> Pass:
    """What is called at each point; at the wanted one the process dies, the n-th time."""
    passed = 0

    def passing(point: str) -> None:
        nonlocal passed
        if point == wanted:
            passed += 1
            if passed == _NTH:
                os.kill(os.getpid(), signal.SIGKILL)

    return passing


async def live(address: str, sent: Path, passing: Pass) -> None:
    """Take and send until the input ends, then until nothing waits."""
    is_file = address.startswith("sqlite:///")
    database = address.removeprefix("sqlite:///") if is_file else SecretStr(address)
    store = await asyncio.to_thread(open_store, database, SecretStr(SECRET))
    _watch_commits(store, passing)
    loop = asyncio.get_running_loop()
    incoming = asyncio.StreamReader()
    await loop.connect_read_pipe(lambda: asyncio.StreamReaderProtocol(incoming), sys.stdin)
    _tell("ready")
    ended = asyncio.Event()
    sender = asyncio.create_task(_send(store, sent, ended, passing))
    turns = set[asyncio.Task[None]]()
    async for line in incoming:
        if line.endswith(b"\n"):
            chat, update = map(int, line.split())
            turn = asyncio.create_task(_take(store, chat, update, passing))
            turns.add(turn)
            turn.add_done_callback(turns.discard)
    await asyncio.gather(*turns)
    ended.set()
    await sender
    await store.close()


def _watch_commits(store: Store, passing: Pass) -> None:
    """Pass the moment before each commit, which nothing but the connection itself can see."""
    if isinstance(store, SqliteStore):
        store._writer._connection.set_trace_callback(
            lambda statement: passing("before commit") if statement == "COMMIT" else None
        )
        return
    from bot.store import postgres_turn
    from bot.store.postgres import PostgresStore
    from bot.store.postgres_pool import PlainConnection

    class Watched(PlainConnection):
        async def execute(self, *given: Any, **options: Any) -> str:
            if given[0].startswith("COMMIT"):
                passing("before commit")
            return str(await super().execute(*given, **options))

    assert isinstance(store, PostgresStore)
    store._database._connection_class = Watched
    postgres_turn.HELD = timedelta(seconds=1)  # what a dead sender holds is sent soon after


async def _take(store: Store, chat: int, update: int, passing: Pass) -> None:
    passing("after receive")
    where = Chat("test", str(chat), is_sent_to=True)
    await store.take(where, update, now(), answering(update, passing))
    passing("after commit")
    _tell(f"{chat} {update}")


def _tell(line: str) -> None:
    """Write a line at once and in one piece, whatever Python does with its own output."""
    os.write(sys.stdout.fileno(), f"{line}\n".encode())


async def _send(store: Store, sent: Path, ended: asyncio.Event, passing: Pass) -> None:
    file = os.open(sent, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    while True:
        is_last = ended.is_set()
        waiting = await store.due(now(), 50)
        for message in waiting:
            passing("before send")
            os.write(file, f"{message.chat} {message.reply.text}\n".encode())
            passing("after send")
            await store.mark_sent(message)
        if not waiting:
            if is_last and not [row async for row in store.rows("outbox")]:
                break
            await asyncio.sleep(_PAUSE_S)
    os.close(file)


if __name__ == "__main__":
    asyncio.run(live(sys.argv[1], Path(sys.argv[2]), dying_at(sys.argv[3])))
