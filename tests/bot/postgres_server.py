"""A real PostgreSQL server of the tests' own, on loopback, in a folder that is thrown away.

Used by the tests of the PostgreSQL store and by ``benchmarks``. Runs as an unprivileged user, which
PostgreSQL insists on. A watcher stops the server and removes the folder when the process that
started it ends, however it ends.
"""

import asyncio
import os
import pwd
import shutil
import socket
import subprocess
import tempfile
import uuid
from pathlib import Path
from typing import Any

import asyncpg

USER, PASSWORD = "veiviser", "hemmelig:passord/for@tester"
_QUOTED = "hemmelig%3Apassord%2Ffor%40tester"
_UNPRIVILEGED = ("postgres", "nobody")
_OPTIONS = {
    "listen_addresses": "127.0.0.1",
    "unix_socket_directories": "",
    "shared_buffers": "64MB",
    "max_connections": "100",
    "autovacuum_naptime": "10s",
}
# Reads until the other end is closed, which a killed process does as well.
_WATCH = 'cat >/dev/null; "$1/pg_ctl" stop -s -w -m immediate -D "$2/data"; cd /; rm -rf "$2"'


class NoServer(Exception):
    """There is no PostgreSQL server program on this machine."""


def programs() -> Path:
    """The folder of `postgres`, `initdb` and `pg_ctl`.

    Raises:
        NoServer: there is none on the path, nor where Debian keeps them off it.
    """
    on_path = shutil.which("postgres")
    found = [Path(on_path).resolve().parent] if on_path else []
    by_version = Path("/usr/lib/postgresql").glob("*/bin")
    found += sorted(by_version, key=lambda folder: folder.parent.name, reverse=True)
    for folder in found:
        if all((folder / name).exists() for name in ("postgres", "initdb", "pg_ctl")):
            return folder
    raise NoServer("no PostgreSQL server is installed: apt-get install postgresql")


class Server:
    """The server; running from the moment it is made until `close`.

    One that ``follows`` another begins as its copy and then takes over all that is written there.
    """

    def __init__(self, follows: "Server | None" = None, **options: str) -> None:
        self._programs = programs()
        self._follows = follows
        self._options = _OPTIONS | options
        self._as = _unprivileged()
        # Not in pytest's own folder, which only its owner may enter.
        self._folder = Path(tempfile.mkdtemp(prefix="veiviser-postgres-"))
        self._port = _free_port()
        if self._as:
            shutil.chown(self._folder, self._as["user"], self._as["group"])
        self._watcher = subprocess.Popen(
            ["sh", "-c", _WATCH, "sh", self._programs, self._folder],
            stdin=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            cwd="/",
            **self._as,
        )
        try:
            self._make()
            self.start()
        except BaseException:
            self.close()
            raise

    @property
    def log(self) -> str:
        """What the server has written about itself."""
        return (self._folder / "log").read_text("utf-8", "replace")

    def address(self, database: str, password: str = _QUOTED) -> str:
        """The address of one of its databases."""
        return f"postgresql://{USER}:{password}@127.0.0.1:{self._port}/{database}"

    def new_database(self, more: str = "") -> str:
        """The address of a new, empty database; ``more`` is added to how it is made."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE DATABASE {name} {more}")
        return self.address(name)

    def new_schema(self) -> str:
        """The address of an empty place in a shared database: as good as a new one, and quicker."""
        name = f"test_{uuid.uuid4().hex[:12]}"
        self.run(f"CREATE SCHEMA {name}")
        return f"{self.address('postgres')}?search_path={name}"

    def run(self, statement: str, database: str = "postgres") -> list[tuple[Any, ...]]:
        """What a statement gives, on a connection of its own."""
        return asyncio.run(ask(self.address(database), statement))

    def start(self) -> None:
        """Start it, or start it again, on the same port."""
        settings = " ".join(f"-c {name}='{value}'" for name, value in self._options.items())
        options = f"-p {self._port} {settings}"
        self._pg_ctl("start", "-l", str(self._folder / "log"), "-o", options)

    def stop(self, mode: str = "fast") -> None:
        """Stop it; ``immediate`` is as when the power goes."""
        self._pg_ctl("stop", "-m", mode)

    def promote(self) -> None:
        """Let it follow no more, and take turns itself."""
        self._pg_ctl("promote")

    def close(self) -> None:
        """Stop it for good, and remove its folder."""
        assert self._watcher.stdin
        self._watcher.stdin.close()
        self._watcher.wait(60)

    def _make(self) -> None:
        if self._follows:
            source = self._follows.address("postgres")
            data = str(self._folder / "data")
            self._run("pg_basebackup", "-D", data, "-d", source, "-R", "-X", "stream", "-c", "fast")
            return
        secret = self._folder / "password"
        secret.write_text(PASSWORD)
        secret.chmod(0o644)  # the folder lets nobody else in
        self._run(
            "initdb",
            *("-D", str(self._folder / "data"), "-U", USER, "--pwfile", str(secret)),
            *("--auth=scram-sha-256", "--encoding=UTF8", "--locale=C", "--no-sync"),
        )

    def _pg_ctl(self, command: str, *options: str) -> None:
        self._run("pg_ctl", command, "-s", "-w", "-D", str(self._folder / "data"), *options)

    def _run(self, program: str, *arguments: str) -> None:
        # Into a file: the server keeps what it was given as its output.
        with tempfile.TemporaryFile() as said:
            done = subprocess.run(
                [self._programs / program, *arguments],
                stdin=subprocess.DEVNULL,
                stdout=said,
                stderr=said,
                cwd="/",
                env={"PATH": os.environ["PATH"], "LC_ALL": "C"},
                check=False,
                **self._as,
            )
            said.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program} failed: {said.read().decode()}")


async def ask(address: str, statement: str, *values: Any) -> list[tuple[Any, ...]]:
    """What a statement gives, on a connection of its own, behind the store's back."""
    connection = await asyncpg.connect(address)
    try:
        return [tuple(row) for row in await connection.fetch(statement, *values)]
    finally:
        await connection.close()


def _free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def _unprivileged() -> dict[str, Any]:
    """For a process that root starts: as whom it is to run. Anybody else is themselves."""
    if os.geteuid() != 0:
        return {}
    known = {account.pw_name: account for account in pwd.getpwall()}
    account = next(known[name] for name in _UNPRIVILEGED if name in known)
    return {"user": account.pw_uid, "group": account.pw_gid, "extra_groups": []}
