"""Stands in for python3, uv, veiviser and pytest in the tests of ``./veiviser``.

Called through small shell wrappers as ``stand_in.py PROGRAM PRELUDE [ARGUMENT ...]``. It writes
down each call, and makes the files that the real program would have made. Python code (``-c``) is
run for real, after the prelude, which can make this Python look older or poorer than it is.
It never uses the network.
"""

import json
import os
import sys
from pathlib import Path


def make_program(path: Path, prelude: str = "") -> None:
    """Write a program that calls this file under the path's own name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(
        f"#!/bin/sh\nexec '{sys.executable}' -IS '{__file__}' '{path}' \"{prelude}\" \"$@\"\n"
    )
    path.chmod(0o755)


def write_down(program: Path, arguments: list[str]) -> None:
    """Add one call to the log, with what uv is told about indexes."""
    told = {name: value for name, value in os.environ.items() if name.startswith("UV_")}
    with Path(os.environ["STAND_IN_LOG"]).open("a") as log:
        log.write(json.dumps([program.name, arguments, told]) + "\n")


def main(program: Path, prelude: str, arguments: list[str]) -> None:
    """Do what the real program would leave behind."""
    if "-c" in arguments:
        code = arguments[arguments.index("-c") + 1]
        os.execv(sys.executable, [sys.executable, "-IS", "-c", prelude + "\n" + code])
    write_down(program, arguments)
    if program.name == os.environ.get("STAND_IN_FAILS"):
        sys.exit(f"{program.name} fails")
    match arguments:
        case [*_, "-m", "venv", venv]:
            make_program(Path(venv, "bin", "python"))
        case ["-I", "-m", "pip", "install", *_]:
            make_program(program.with_name("uv"))
        case ["-I", "-m", "pip", "config", "list"]:
            print(os.environ.get("STAND_IN_PIP_CONFIG", ""))
        case [*_, "--editable", _]:
            make_program(program.with_name("veiviser"))
            make_program(program.with_name("pytest"))
    if program.name in ("veiviser", "pytest"):
        print(program.name, arguments, "in", Path.cwd())


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2], sys.argv[3:])
