"""The log of a running channel: one JSON object a line, in UTC, with no texts, chats or secrets.

Set up by the commands that run for long; every module logs through ``logging`` as usual. What a
library says of its own accord is kept only when it is a warning, and of an error only its kind and
place: its message may quote a person.
"""

import json
import logging
import re
import sys
from collections.abc import Iterable
from typing import TextIO

import structlog
from structlog.typing import EventDict, WrappedLogger

from bot.turns import where

# At INFO httpx writes every address it asks, and in those of Telegram stands the token.
QUIET = ("aiohttp", "asyncio", "httpcore", "httpx", "telegram", "uvicorn")
_TOKEN = re.compile(r"\d{3,}(:|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
HIDDEN = "[hidden]"


class Scrubber:
    """Takes secrets out of a finished line, whoever wrote it."""

    def __init__(self, secrets: Iterable[str]) -> None:
        # Both as they are and as JSON writes them.
        self._secrets = {form for one in secrets if one for form in (one, json.dumps(one)[1:-1])}

    def scrub(self, line: str) -> str:
        """The line without these secrets, and without anything that looks like a bot's token."""
        for secret in self._secrets:
            line = line.replace(secret, HIDDEN)
        return _TOKEN.sub(HIDDEN, line)


class _Lines(structlog.stdlib.ProcessorFormatter):
    def __init__(self, scrubber: Scrubber) -> None:
        self._scrubber = scrubber
        super().__init__(
            foreign_pre_chain=[
                structlog.stdlib.add_log_level,
                structlog.stdlib.add_logger_name,
                structlog.stdlib.ExtraAdder(),
                structlog.processors.TimeStamper(fmt="iso", utc=True, key="at"),
            ],
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                _place_of_error,
                structlog.processors.JSONRenderer(),
            ],
        )

    def format(self, record: logging.LogRecord) -> str:
        return self._scrubber.scrub(super().format(record))


def _place_of_error(_: WrappedLogger, __: str, event: EventDict) -> EventDict:
    """An error's kind and line in the program in place of its trace."""
    trace = event.pop("exc_info", None)
    error = trace[1] if isinstance(trace, tuple) else trace
    if isinstance(error, Exception):
        event["error"] = where(error)
    return event


def set_up(secrets: Iterable[str], stream: TextIO | None = None) -> None:
    """Send all that is logged to a stream, one line each.

    Args:
        secrets: What must never stand in a line.
        stream: Where the lines go; standard error if left out.
    """
    handler = logging.StreamHandler(stream or sys.stderr)
    handler.setFormatter(_Lines(Scrubber(secrets)))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(logging.INFO)
    for name in QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
