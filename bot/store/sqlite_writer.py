"""Who talks to SQLite: one reader, and one writer that writes for everybody who waits.

Called by ``bot.store.sqlite`` alone. The writer takes all waiting jobs into one transaction, so
that they share the wait for the disk, which is nearly all that a turn costs. Nothing is answered
before it is committed.

Several jobs at once are done in a thread. A job that comes alone is done where it stands: a thread
would take half as long again to wake as the turn takes.
"""

import asyncio
import sqlite3
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from itertools import groupby
from queue import Empty, SimpleQueue
from threading import Lock, Thread
from typing import Any, TypeVar

MOST_AT_ONCE = 256  # jobs in one transaction, or twice that: the first waits for the last
BUSY_S = 5.0  # how long another program may write before our turns are refused
_FIRST_PAUSE_S, _LONGEST_PAUSE_S = 0.001, 0.05

T = TypeVar("T")
Work = Callable[[sqlite3.Connection], T]


@dataclass(slots=True)
class _Job:
    """Work that somebody waits for in an event loop, and what came of it."""

    work: Work[Any]
    in_transaction: bool
    loop: asyncio.AbstractEventLoop
    answer: asyncio.Future[Any]
    result: Any = None
    error: BaseException | None = None


class Reader:
    """Does jobs one by one in a thread of its own, which starts with the first."""

    def __init__(self, connection: sqlite3.Connection) -> None:
        self._connection = connection
        self._waiting: SimpleQueue[Sequence[_Job] | None] = SimpleQueue()
        self._thread: Thread | None = None

    def read(self, work: Work[T]) -> asyncio.Future[T]:
        """Do this outside any transaction."""
        job = _job(work, in_transaction=False)
        self._hand_over([job])
        return job.answer

    def close(self) -> None:
        """Do what waits, then let go of the database."""
        if self._thread:
            self._waiting.put(None)
            self._thread.join()
            self._thread = None
        self._connection.close()

    def _hand_over(self, jobs: Sequence[_Job]) -> None:
        for start in range(0, len(jobs), MOST_AT_ONCE):
            self._waiting.put(jobs[start : start + MOST_AT_ONCE])
        if not self._thread:
            # A daemon: whoever dies without closing must not hang; what is committed stays.
            self._thread = Thread(target=self._serve, name="veiviser-store", daemon=True)
            self._thread.start()

    def _serve(self) -> None:
        while (first := self._waiting.get()) is not None:
            jobs = [*first, *self._more(MOST_AT_ONCE - len(first))]
            self._do(jobs)
            for loop, some in groupby(jobs, lambda job: job.loop):
                with suppress(RuntimeError):  # that loop has ended, and nobody waits any more
                    loop.call_soon_threadsafe(_answer, list(some))

    def _more(self, room: int) -> list[_Job]:
        """What else waits already, as far as there is room; never waits for more."""
        found: list[_Job] = []
        while len(found) < room:
            try:
                jobs = self._waiting.get_nowait()
            except Empty:
                break
            if jobs is None:
                self._waiting.put(None)  # closing comes after what waits
                break
            found += jobs
        return found

    def _do(self, jobs: Sequence[_Job]) -> None:
        for job in jobs:
            _attempt(job, self._connection)


class Writer(Reader):
    """Does the same with what is to be kept, many at a time in one transaction.

    Used from one event loop at a time. Its connection must not wait by itself for other programs.
    """

    def __init__(self, connection: sqlite3.Connection) -> None:
        super().__init__(connection)
        self._is_free = Lock()
        self._gathered: list[_Job] = []

    def read(self, work: Work[T]) -> asyncio.Future[T]:
        """Do this outside any transaction."""
        return self._gather(_job(work, in_transaction=False))

    def write(self, work: Work[T]) -> asyncio.Future[T]:
        """Do this in a transaction, wholly or not at all; it may be called more than once."""
        return self._gather(_job(work, in_transaction=True))

    def _gather(self, job: _Job) -> asyncio.Future[Any]:
        """Wait for others until the event loop has nothing else to do at this moment."""
        if self._gathered and self._gathered[0].loop is job.loop:
            self._gathered.append(job)
        else:
            self._gathered = [job]
            job.loop.call_soon(self._start, self._gathered)
        return job.answer

    def _start(self, jobs: list[_Job]) -> None:
        if self._gathered is jobs:
            self._gathered = []
        if len(jobs) > 1 or not self._is_free.acquire(blocking=False):
            self._hand_over(jobs)
            return
        try:
            self._do_now(jobs, patience_s=0)
        finally:
            self._is_free.release()
        if _is_busy(jobs[0].error):  # to wait for another program is for the thread
            self._hand_over(jobs)
        else:
            _answer(jobs)

    def _do(self, jobs: Sequence[_Job]) -> None:
        with self._is_free:
            self._do_now(jobs, patience_s=BUSY_S)

    def _do_now(self, jobs: Sequence[_Job], patience_s: float) -> None:
        for in_transaction, some in groupby(jobs, lambda job: job.in_transaction):
            group = list(some)
            if not in_transaction:
                super()._do(group)
            elif len(group) == 1 or not self._all_together(group, patience_s):
                for job in group:
                    self._alone(job, patience_s)

    def _alone(self, job: _Job, patience_s: float) -> None:
        try:
            self._begin(patience_s)
            _attempt(job, self._connection)
            if job.error:
                self._undo()
            else:
                self._connection.execute("COMMIT")
        except sqlite3.Error as error:
            self._undo()
            job.error = error

    def _all_together(self, jobs: Sequence[_Job], patience_s: float) -> bool:
        """One transaction for all, a savepoint for each. False: it was lost, nothing is changed."""
        run = self._connection.execute
        try:
            self._begin(patience_s)
        except sqlite3.Error as error:  # no use in asking again for each
            for job in jobs:
                job.error = error
            return True
        try:
            for job in jobs:
                run("SAVEPOINT turn")
                _attempt(job, self._connection)
                if job.error:
                    run("ROLLBACK TO turn")
                run("RELEASE turn")
            run("COMMIT")
        except sqlite3.Error:
            self._undo()
            return False
        return True

    def _begin(self, patience_s: float) -> None:
        self._undo()  # what could not be undone before
        until, pause = time.monotonic() + patience_s, _FIRST_PAUSE_S
        while True:
            try:
                self._connection.execute("BEGIN IMMEDIATE")
                return
            except sqlite3.Error as error:
                if not _is_busy(error) or time.monotonic() >= until:
                    raise
            time.sleep(pause)
            pause = min(2 * pause, _LONGEST_PAUSE_S)

    def _undo(self) -> None:
        # A full disk may have ended the transaction already; a second end would hide why.
        if self._connection.in_transaction:
            with suppress(sqlite3.Error):  # the next transaction tries again
                self._connection.execute("ROLLBACK")


def _job(work: Work[Any], *, in_transaction: bool) -> _Job:
    loop = asyncio.get_running_loop()
    return _Job(work, in_transaction, loop, loop.create_future())


def _attempt(job: _Job, connection: sqlite3.Connection) -> None:
    try:
        job.result, job.error = job.work(connection), None
    except Exception as error:  # whatever it is, it is told to whoever waits
        job.error = error


def _is_busy(error: BaseException | None) -> bool:
    """Whether another program holds the database at the moment."""
    code = getattr(error, "sqlite_errorcode", None)
    return code is not None and code & 0xFF == sqlite3.SQLITE_BUSY


def _answer(jobs: Sequence[_Job]) -> None:
    for job in jobs:
        if job.answer.done():  # whoever waited was cancelled
            continue
        if job.error is None:
            job.answer.set_result(job.result)
        else:
            job.answer.set_exception(job.error)
