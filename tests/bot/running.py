"""Runs the real `veiviser` command in a process of its own: through pipes, or in a terminal.

Used by the tests of ``bot``. The process sees a home folder of the test's own and no settings but
the test's.
"""

import contextlib
import fcntl
import os
import pty
import re
import select
import subprocess
import sys
import termios
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
CTRL_C, CTRL_D = "\x03", "\x04"
_ESCAPE = re.compile(r"\x1b(?:\[[0-9;?]*[A-Za-z]|\][^\x07]*\x07|[=>])")


def environment(home: Path, settings: Mapping[str, str] | None = None) -> dict[str, str]:
    """What the process sees of the world."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": str(home),
        "PYTHONPATH": str(ROOT),
        "TERM": "xterm",
        "PROMPT_TOOLKIT_NO_CPR": "1",  # this terminal does not answer where its cursor is
        **(settings or {}),
    }


def command(*arguments: str, options: Sequence[str] = ()) -> list[str]:
    """The command line; ``options`` are Python's own."""
    return [sys.executable, *options, "-m", "bot", *arguments]


def run(
    home: Path, *arguments: str, given: str | bytes = "", settings: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run to the end with this on stdin."""
    found = subprocess.run(
        command(*arguments),
        input=given.encode() if isinstance(given, str) else given,
        env=environment(home, settings),
        cwd=home,
        capture_output=True,
        timeout=60,
        check=False,
    )
    return subprocess.CompletedProcess(
        found.args, found.returncode, found.stdout.decode(), found.stderr.decode()
    )


class TerminalRun:
    """The command in a terminal of 80 columns; ``seen`` is everything it has written."""

    def __init__(
        self,
        home: Path,
        *arguments: str,
        options: Sequence[str] = (),
        settings: Mapping[str, str] | None = None,
    ) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (24, 80))
        self._settings = termios.tcgetattr(theirs)
        self._theirs = theirs
        self.seen = ""
        self._process = subprocess.Popen(
            command(*arguments, options=options),
            env=environment(home, settings),
            cwd=home,
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            start_new_session=True,
            preexec_fn=lambda: fcntl.ioctl(0, termios.TIOCSCTTY, 0),
        )

    def __enter__(self) -> "TerminalRun":
        return self

    def __exit__(self, *_: Any) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._theirs)
        os.close(self._ours)

    @property
    def text(self) -> str:
        """What a person reads: without the control sequences."""
        return _ESCAPE.sub("", self.seen).replace("\r", "")

    def wait_for(self, text: str, times: int = 1) -> None:
        """Read until the text has been written so many times."""
        until = time.monotonic() + 30
        while self.text.count(text) < times:
            assert time.monotonic() < until, f"no {text!r} in:\n{self.text}"
            self._read(1.0)

    def ready(self, times: int = 1) -> None:
        """Read until the command waits for the line with this number, from 1."""
        self.wait_for("\n> ", times)

    def type(self, text: str) -> None:
        """Press these keys."""
        os.write(self._ours, text.encode())

    def exit_code(self) -> int:
        """Wait for the end; also checks that the terminal is left as it was."""
        until = time.monotonic() + 30
        while self._process.poll() is None:
            assert time.monotonic() < until, f"still running:\n{self.text}"
            self._read(0.05)
        while self._read(0.05):
            pass
        assert termios.tcgetattr(self._theirs) == self._settings
        return self._process.returncode

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._ours], [], [], seconds)
        if ready:
            with contextlib.suppress(OSError):
                self.seen += os.read(self._ours, 65536).decode("utf-8", "replace")
        return bool(ready)
