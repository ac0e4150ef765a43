"""The real `veiviser telegram` and `veiviser web`, each in a process of its own, beside the double.

Used by the tests of the channel. A process sees a folder of the test's own and only the test's
settings.
"""

import asyncio
import contextlib
import json
import signal
import sys
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

from tests.bot.running import environment
from tests.telegram.double import Double

STARTS_WITHIN = 30.0  # seconds, on a machine that has much else to do
STOPS_WITHIN = 10.0


class Running:
    """A process that runs; ``output`` and ``log`` are what it has written so far."""

    def __init__(self, process: asyncio.subprocess.Process) -> None:
        self.process = process
        self.output = ""
        self.log = ""
        self._readers = [asyncio.ensure_future(self._read(name)) for name in ("output", "log")]
        self._news = asyncio.Event()

    async def says(self, text: str, patience: float = STARTS_WITHIN) -> None:
        """Wait until it has written this, to either."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(patience):
                while text not in self.output + self.log:
                    self._news.clear()
                    await self._news.wait()
        assert text in self.output + self.log, f"no {text!r} in:\n{self.output}\n{self.log}"

    async def stops(self, patience: float = STOPS_WITHIN) -> int:
        """Ask it to stop; its exit code."""
        self.process.send_signal(signal.SIGTERM)
        return await self.ends(patience)

    async def ends(self, patience: float = STOPS_WITHIN) -> int:
        """Wait until it has ended; its exit code."""
        async with asyncio.timeout(patience):
            code = await self.process.wait()
            await asyncio.gather(*self._readers)
        return code

    async def killed(self) -> None:
        """Kill it, if it still runs."""
        with contextlib.suppress(ProcessLookupError):
            self.process.kill()
        await self.process.wait()
        await asyncio.gather(*self._readers)

    @property
    def log_lines(self) -> list[dict[str, Any]]:
        """The log, line by line; fails if a line is no JSON object."""
        return [json.loads(line) for line in self.log.splitlines()]

    async def _read(self, name: str) -> None:
        stream = self.process.stdout if name == "output" else self.process.stderr
        assert stream is not None
        while line := await stream.readline():
            setattr(self, name, getattr(self, name) + line.decode())
            self._news.set()


def settings(double: Double, **more: str) -> dict[str, str]:
    """What a bot beside the double has set; its database is a file in its folder."""
    given = {
        "TELEGRAM_TOKEN": double.token,
        "TELEGRAM_BASE_URL": double.base_url,
        "DATABASE_URL": "sqlite:///veiviser.db",
        **more,
    }
    return {f"VEIVISER_{name}": value for name, value in given.items()}


async def start(
    folder: Path, *arguments: str, given: dict[str, str] | None = None, code: str = ""
) -> Running:
    """Start the command, or a program of the test's own that does."""
    program = ("-c", code) if code else ("-m", "bot")
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *program,
        *arguments,
        env=environment(folder, given),
        cwd=folder,
        stdin=asyncio.subprocess.DEVNULL,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.PIPE,
    )
    return Running(process)


@contextlib.asynccontextmanager
async def bot(double: Double, folder: Path, **more: str) -> AsyncIterator[Running]:
    """`veiviser telegram` that answers, until the block ends; it is killed then."""
    running = await start(folder, "telegram", given=settings(double, **more))
    try:
        await running.says("Veiviser svarer")
        yield running
    finally:
        await running.killed()
