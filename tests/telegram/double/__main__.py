"""The double by itself, to try a bot by hand without Telegram: ``python -m tests.telegram.double``.

Prints where it listens, then talks to one person at the terminal (``tests.telegram.by_hand``).
"""

import argparse
import asyncio
import contextlib
import sys
import threading
from collections.abc import AsyncIterator
from pathlib import Path

from tests.telegram.by_hand import HELP, ByHand
from tests.telegram.double import running
from tests.telegram.driver import User

PORT = 8081  # as of a Bot API server of one's own


async def main(given: argparse.Namespace) -> None:
    """Run until standard input ends."""
    how = {"pace": 1.0, "has_second_opinion": not given.quick}
    async with running(given.port, **how) as double:
        print(
            "A double of the Bot API listens. In another terminal, start the bot:\n\n"
            f"VEIVISER_TELEGRAM_TOKEN={double.token} \\\n"
            f"VEIVISER_TELEGRAM_BASE_URL={double.base_url} ./veiviser telegram\n\n{HELP}\n",
            flush=True,
        )
        user = User(double, given.name, given.lang)
        await ByHand(user, _show, given.files).talk(_lines())
        for complaint in double.complaints:
            print(f"The bot broke a rule: {complaint}", file=sys.stderr)


def _show(text: str) -> None:
    print("< " + text.replace("\n", "\n  "), flush=True)


async def _lines() -> AsyncIterator[str]:
    """The lines of standard input; a thread reads them, which no end of the program waits for."""
    loop = asyncio.get_running_loop()
    lines: asyncio.Queue[str] = asyncio.Queue()

    def read() -> None:
        for line in sys.stdin:
            loop.call_soon_threadsafe(lines.put_nowait, line.rstrip("\n"))
        loop.call_soon_threadsafe(lines.put_nowait, _END)

    threading.Thread(target=read, daemon=True).start()
    while (line := await lines.get()) is not _END:
        yield line


_END = "\x04 end of input"


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.telegram.double", description=__doc__)
    parser.add_argument("--port", type=int, default=PORT, help="0 takes a free one")
    parser.add_argument("--quick", action="store_true", help="check calls without aiogram")
    parser.add_argument("--name", default="Kari", help="the person's first name")
    parser.add_argument("--lang", default="nb", help="the language of the person's Telegram")
    parser.add_argument("--files", type=Path, help="a folder for the documents that the bot sends")
    return parser.parse_args()


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(main(_arguments()))
