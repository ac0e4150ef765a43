"""How long `veiviser chat` takes to its first question, and its memory; no timed test.

Run by hand with the project's own Python, after `./veiviser test --version` has made `.venv`.
Every round starts everything once, in rotation with an empty Python; what it stores goes into an
empty home directory that is thrown away.
"""

import errno
import os
import pty
import re
import subprocess
import sys
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory
from time import perf_counter

ROOT = Path(__file__).resolve().parents[1]
PYTHON = ROOT / ".venv" / "bin" / "python"
COMMANDS = {
    "./veiviser chat": ["./veiviser", "chat"],
    ".venv/bin/veiviser chat": [".venv/bin/veiviser", "chat"],
}
ROUNDS, IMPORT_RUNS, SHOWN_IMPORTS = 15, 5, 5
LIMIT_S, LIMIT_MB = 0.35, 60
EMPTY_PYTHON = "python -c pass"
TYPING = re.compile(rb"> ")


@dataclass(frozen=True, slots=True)
class Start:
    """One start: seconds to the question, to the line where one types, and the peak memory."""

    question_s: float
    prompt_s: float | None
    peak_mb: float | None


def environment(home: Path) -> dict[str, str]:
    """That of somebody new: no settings, nothing stored, a terminal with colours."""
    own = {k: v for k, v in os.environ.items() if not k.startswith(("VEIVISER_", "XDG_", "PYTHON"))}
    return own | {"HOME": str(home), "XDG_DATA_HOME": str(home / "data"), "TERM": "xterm-256color"}


def last_line(command: list[str], env: dict[str, str]) -> bytes:
    """The last line of what a first start shows: the end of the first question."""
    shown = subprocess.run(
        command, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, check=True
    ).stdout
    return shown.rstrip().splitlines()[-1].strip()


def through_pipe(command: list[str], env: dict[str, str], end: bytes) -> Start:
    """Start with pipes, the input kept open until the question has come."""
    begin = perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as process:
        assert process.stdin
        assert process.stdout
        output = process.stdout.fileno()
        question_s = _seen(output, re.compile(re.escape(end) + rb"\s*\n"), bytearray()) - begin
        peak_mb = _peak_mb(process.pid)
        process.stdin.close()
        process.wait(timeout=10)
    return Start(question_s, None, peak_mb)


def in_terminal(command: list[str], env: dict[str, str], end: bytes) -> Start:
    """Start in a pseudo-terminal, and wait for the line where one types as well."""
    outer, inner = pty.openpty()
    begin = perf_counter()
    with subprocess.Popen(
        command, cwd=ROOT, env=env, stdin=inner, stdout=inner, stderr=inner, start_new_session=True
    ) as process:
        os.close(inner)
        shown = bytearray()
        question_s = _seen(outer, re.compile(re.escape(end)), shown) - begin
        del shown[: shown.index(end)]
        prompt_s = _seen(outer, TYPING, shown) - begin
        peak_mb = _peak_mb(process.pid)
        os.write(outer, b"\x04")  # Ctrl-D: goodbye
        while _read(outer):
            pass
        process.wait(timeout=10)
    os.close(outer)
    return Start(question_s, prompt_s, peak_mb)


def _seen(output: int, wanted: re.Pattern[bytes], shown: bytearray) -> float:
    """The moment at which the output holds what is wanted; ``shown`` collects the output."""
    while not wanted.search(shown):
        more = _read(output)
        if not more:
            raise SystemExit(f"The start ended without {wanted.pattern!r}: {bytes(shown)!r}")
        shown += more
    return perf_counter()


def _read(output: int) -> bytes:
    try:
        return os.read(output, 65_536)
    except OSError as error:
        if error.errno == errno.EIO:  # a terminal whose other end has gone
            return b""
        raise


def _peak_mb(pid: int) -> float:
    """The most memory the process has held; `./veiviser` has become Python by then."""
    status = Path(f"/proc/{pid}/status").read_text()
    return int(status.partition("VmHWM:")[2].split()[0]) / 1024


def empty_python(env: dict[str, str]) -> Start:
    """What no start can do without: until an empty program has ended."""
    begin = perf_counter()
    subprocess.run([PYTHON, "-c", "pass"], cwd=ROOT, env=env, check=True)
    return Start(perf_counter() - begin, None, None)


def measure() -> dict[str, list[Start]]:
    """Every way to start in every round: with an empty home, and again with what that left."""
    starts: defaultdict[str, list[Start]] = defaultdict(list)
    ways: dict[str, Callable[[list[str], dict[str, str], bytes], Start]] = {
        "pipe": through_pipe,
        "terminal": in_terminal,
    }
    with TemporaryDirectory() as temporary:
        warm_up = environment(Path(temporary) / "warm-up")
        ends = {name: last_line(command, warm_up) for name, command in COMMANDS.items()}
        for number in range(ROUNDS):
            for name, command in COMMANDS.items():
                for way, start in ways.items():
                    home = Path(temporary) / f"{number} {way} {command[0].replace('/', ' ')}"
                    home.mkdir()
                    for time in ("first", "later"):
                        once = start(command, environment(home), ends[name])
                        starts[f"{name}, {way}, {time}"].append(once)
            starts[EMPTY_PYTHON].append(empty_python(warm_up))
    return dict(starts)


def slowest_imports() -> tuple[list[tuple[float, str]], list[tuple[float, str]]]:
    """Milliseconds of single modules by themselves, and of whole packages; medians of runs."""
    modules: defaultdict[str, list[float]] = defaultdict(list)
    packages: defaultdict[str, list[float]] = defaultdict(list)
    chat = "from bot.cli import main; main(['chat'])"
    with TemporaryDirectory() as home:
        for _ in range(IMPORT_RUNS):
            told = subprocess.run(
                [PYTHON, "-X", "importtime", "-c", chat],
                cwd=ROOT,
                env=environment(Path(home)),
                stdin=subprocess.DEVNULL,
                capture_output=True,
                text=True,
                check=True,
            ).stderr
            of_package: defaultdict[str, float] = defaultdict(float)
            for taken, name in re.findall(r"import time:\s+(\d+) \|\s+\d+ \|\s+(\S+)", told):
                modules[name].append(int(taken) / 1_000)
                of_package[name.partition(".")[0]] += int(taken) / 1_000
            for name, total in of_package.items():
                packages[name].append(total)
    return _slowest(modules), _slowest(packages)


def _slowest(times: dict[str, list[float]]) -> list[tuple[float, str]]:
    return sorted(((median(t), name) for name, t in times.items()), reverse=True)[:SHOWN_IMPORTS]


def _spread(seconds: Sequence[float]) -> str:
    """Median, lowest and highest, in milliseconds."""
    if not seconds:
        return "-"
    return f"{median(seconds) * 1e3:.0f} ({min(seconds) * 1e3:.0f}-{max(seconds) * 1e3:.0f})"


def report(starts: dict[str, list[Start]]) -> None:
    """Print the table: times, memory, and how they stand to the limits and to empty Python."""
    bare = median(start.question_s for start in starts[EMPTY_PYTHON])
    print(f"{f'median of {ROUNDS} starts':42}{'question ms':>16}{'prompt ms':>16}", end="")
    print(f"{'x python':>10}{f'of {LIMIT_S} s':>11}{'peak MB':>9}{f'of {LIMIT_MB} MB':>10}")
    for name, all_starts in starts.items():
        question = median(start.question_s for start in all_starts)
        prompts = [start.prompt_s for start in all_starts if start.prompt_s is not None]
        peaks = [start.peak_mb for start in all_starts if start.peak_mb is not None]
        print(f"{name:42}{_spread([start.question_s for start in all_starts]):>16}", end="")
        print(f"{_spread(prompts):>16}{question / bare:9.1f}x{question / LIMIT_S:11.2f}", end="")
        print(f"{median(peaks):9.1f}{median(peaks) / LIMIT_MB:10.2f}" if peaks else "")


def main() -> int:
    """Measure and print."""
    if not PYTHON.exists():
        print("There is no .venv yet. Make it with: ./veiviser test --version", file=sys.stderr)
        return 2
    report(measure())
    for title, slowest in zip(("modules", "packages"), slowest_imports(), strict=True):
        print(f"\nSlowest {title}, ms of their own (python -X importtime makes all of it slower):")
        for taken, name in slowest:
            print(f"  {taken:6.1f}  {name}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
