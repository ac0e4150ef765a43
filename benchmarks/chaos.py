"""Kills the program again and again while it answers, and shows that no turn is lost or doubled.

Run by hand (`python -m benchmarks.chaos`), and with few kills by the tests. The parent plays the
channel: it gives each chat's next update once the one before was confirmed, and gives it again
after a kill. The child takes the turns and sends; it knows nothing of the kills.

A reply may come twice only where a kill fell between sending and marking; all else is a fault.
"""

import argparse
import os
import random
import select
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.chaos_result import faults_of

ROOT = Path(__file__).resolve().parents[1]
CHATS = 8
START_S, PATIENCE_S, DRAIN_S = 60.0, 60.0, 120.0
MOST_UPDATES, NEVER = 60, 1_000_000  # confirmed in one life
LONGEST_DELAY_S = 0.02
REPEATED = 0.1  # of the confirmed updates are given once more, as a channel may do


@dataclass
class Channel:
    """What the parent knows: the last update confirmed and the one that is out, of each chat."""

    drawn: random.Random
    confirmed: dict[int, int]
    lives: int = 0
    kills: int = 0


class Life:
    """One run of the child, from its start to its end or its death."""

    def __init__(self, address: str, sent: Path, die_at: str = "") -> None:
        self._process = subprocess.Popen(
            [sys.executable, "-m", "benchmarks.chaos_child", address, sent, die_at],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            env={**os.environ, "PYTHONPATH": str(ROOT)},
        )
        assert self._process.stdin
        assert self._process.stdout
        self._given, self._told = self._process.stdin, self._process.stdout.fileno()
        self._half = b""
        if (told := self.hear(START_S)) != ["ready"]:
            raise RuntimeError(f"the child did not start, it said {told}")

    def give(self, chat: int, update: int) -> None:
        """Deliver an update."""
        try:
            self._given.write(b"%d %d\n" % (chat, update))
            self._given.flush()
        except BrokenPipeError:  # it has died: the update is given again in the next life
            return

    def hear(self, seconds: float) -> list[str]:
        """The lines that come within so many seconds; none when it has died."""
        ready, _, _ = select.select([self._told], [], [], seconds)
        if not ready:
            return []
        *lines, self._half = (self._half + os.read(self._told, 65536)).split(b"\n")
        return [line.decode() for line in lines]

    def kill(self) -> None:
        """End it as a power cut to the process does: it gets no say."""
        self._process.send_signal(signal.SIGKILL)

    def bury(self) -> tuple[int, list[str]]:
        """Wait for its end; returns the exit code and what it told before."""
        with suppress(BrokenPipeError):  # what it was given last, it did not live to read
            self._given.close()
        rest: list[str] = []
        while lines := self._all_at_end():
            rest += lines
        code = self._process.wait(DRAIN_S)
        assert self._process.stdout
        self._process.stdout.close()
        return code, rest

    def _all_at_end(self) -> list[str]:
        data = os.read(self._told, 65536)
        *lines, self._half = (self._half + data).split(b"\n")
        return [line.decode() for line in lines] if data else []


def chats_of(seed: int) -> range:
    """The chats of a run, so that runs on one database do not share them."""
    return range(seed * CHATS, (seed + 1) * CHATS)


def run(address: str, sent: Path, *, kills: int, seed: int, die_at: str = "") -> Counter[str]:
    """Live through so many kills, then once to a good end; returns what was seen.

    Args:
        address: The database, as ``sqlite:///…`` or ``postgresql://…``.
        sent: The file that the child notes each message in as it goes out.
        kills: How many lives end with a SIGKILL at a moment drawn at random.
        seed: For what is drawn.
        die_at: One of `benchmarks.chaos_child.POINTS`, where the first life ends instead.
    """
    channel = Channel(random.Random(seed), dict.fromkeys(chats_of(seed), 0))
    if die_at:
        _live(channel, Life(address, sent, die_at), updates=NEVER)
    for _ in range(kills):
        _live(channel, Life(address, sent), updates=channel.drawn.randint(0, MOST_UPDATES))
    _live(channel, Life(address, sent), updates=MOST_UPDATES, to_the_end=True)
    return Counter(
        kills=channel.kills, updates=sum(channel.confirmed.values()), lives=channel.lives
    )


def _live(channel: Channel, life: Life, *, updates: int, to_the_end: bool = False) -> None:
    """Give each chat its next update after the one before, until so many are confirmed.

    Then comes the kill, a moment later that is drawn too; or the input ends, for a good end.
    """
    channel.lives += 1
    for chat, last in channel.confirmed.items():
        life.give(chat, last + 1)
    moved = 0
    while moved < updates and (lines := life.hear(PATIENCE_S)):
        moved += _next(channel, life, lines)
    if not to_the_end:
        until = time.monotonic() + channel.drawn.uniform(0, LONGEST_DELAY_S)
        while (left := until - time.monotonic()) > 0 and (lines := life.hear(left)):
            _next(channel, life, lines)
        time.sleep(max(0.0, until - time.monotonic()))
        life.kill()
    code, rest = life.bury()
    _confirm(channel, rest)
    if to_the_end and code:
        raise RuntimeError(f"the child ended with {code}")
    channel.kills += code == -signal.SIGKILL


def _next(channel: Channel, life: Life, lines: Sequence[str]) -> int:
    """Give the chats that have moved on their next update; returns how many there were."""
    moved = _confirm(channel, lines)
    for chat in moved:
        last = channel.confirmed[chat]
        if channel.drawn.random() < REPEATED:
            life.give(chat, channel.drawn.randint(1, last))
        life.give(chat, last + 1)
    return len(moved)


def _confirm(channel: Channel, lines: Sequence[str]) -> list[int]:
    """Note what was taken; returns the chats whose newest update was."""
    moved = []
    for line in lines:
        chat, update = map(int, line.split())
        if update == channel.confirmed[chat] + 1:
            channel.confirmed[chat] = update
            moved.append(chat)
    return moved


def main() -> int:
    """Run every seed, tell what was seen, and fail at the first fault."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--kills", type=int, default=100, help="for each seed")
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--database", help="postgresql://… that is empty; else a file")
    given = parser.parse_args()
    found = 0
    for seed in range(given.seeds):
        with TemporaryDirectory() as folder:
            address = given.database or f"sqlite:///{folder}/samtaler.db"
            sent = Path(folder) / f"sent-{seed}"
            begin = time.monotonic()
            seen = run(address, sent, kills=given.kills, seed=seed)
            faults, repeats = faults_of(address, sent, chats_of(seed), seen["kills"])
            seconds = time.monotonic() - begin
            print(
                f"seed {seed}: {seen['kills']} kills, {seen['updates']} updates, "
                f"{repeats} messages sent twice, {len(faults)} faults, {seconds:.0f} s",
                flush=True,
            )
            print("".join(f"  {fault}\n" for fault in faults), end="")
            found += len(faults)
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
