"""What is left in the store and was sent, after `benchmarks.chaos`: every fault in words.

Called by ``benchmarks.chaos`` and the tests. Changes nothing.
"""

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Sequence
from itertools import groupby
from pathlib import Path

from pydantic import SecretStr

from benchmarks.chaos_child import PARTS, SECRET
from bot.store import Chat, Store
from bot.store.opening import open_store


def faults_of(address: str, sent: Path, chats: Sequence[int], kills: int) -> tuple[list[str], int]:
    """What is lost, doubled or out of order; and how many messages were sent twice.

    Args:
        address: The database.
        sent: The file that each message was noted in as it went out.
        chats: Their numbers.
        kills: How many messages may have been under way when the process died.
    """
    is_file = address.startswith("sqlite:///")
    database = address.removeprefix("sqlite:///") if is_file else SecretStr(address)
    store = open_store(database, SecretStr(SECRET))
    messages = defaultdict[str, list[str]](list)
    for line in sent.read_text(encoding="utf-8").splitlines():
        chat, text = line.split(" ")
        messages[chat].append(text)

    async def look() -> list[str]:
        faults = list((await store.check()).faults)
        for chat in map(str, chats):
            faults += [f"chat {chat}: {f}" async for f in _faults(store, chat, messages[chat])]
        faults += [f"still waiting: {row['key']}" async for row in store.rows("outbox")]
        await store.close()
        return faults

    faults = asyncio.run(look())
    repeats = sum(len(texts) - len(list(groupby(texts))) for texts in messages.values())
    if repeats > kills:
        faults.append(f"{repeats} messages were sent twice in {kills} kills")
    return faults, repeats


async def _faults(store: Store, chat: str, sent: list[str]) -> AsyncIterator[str]:
    kept = await store.export(Chat("test", chat))
    state = await store.state(Chat("test", chat))
    taken, last = map(int, state.ticks) if state else (0, 0)
    wanted = list(range(1, last + 1))
    if taken != last:
        yield f"the state has counted {taken} updates up to number {last}"
    if [(row["seq"], int(row["said"])) for row in kept["log"]] != [(n, n) for n in wanted]:
        yield f"the log holds {[(row['seq'], row['said']) for row in kept['log']]}"
    if sorted(row["update_id"] for row in kept["processed"]) != wanted:
        yield f"{len(kept['processed'])} updates are marked, {last} were taken"
    once = [text for text, _ in groupby(sent)]
    if once != [f"{update}.{part}" for update in wanted for part in range(PARTS)]:
        yield f"sent were {once}"
