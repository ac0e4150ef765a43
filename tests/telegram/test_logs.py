"""The log is JSON a line, in UTC, and holds no secret and nothing that a person wrote."""

import io
import json
import logging
from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.logs import HIDDEN, QUIET, set_up

TOKEN = "4242424242:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1"
KEY = "en hemmelighet for prøver"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """What is logged, as it is written; logging is left as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    levels = {name: logging.getLogger(name).level for name in QUIET}
    stream = io.StringIO()
    set_up((TOKEN, KEY), stream)
    yield stream
    root.handlers[:] = handlers
    root.setLevel(level)
    for name, one in levels.items():
        logging.getLogger(name).setLevel(one)


def lines(log: io.StringIO) -> list[dict[str, Any]]:
    return [json.loads(line) for line in log.getvalue().splitlines()]


@pytest.mark.promise("W15")
def test_a_line_is_json_in_utc(log: io.StringIO) -> None:
    logging.getLogger("bot.telegram").warning("Not kept: %s", "full", extra={"tries": 3})
    (line,) = lines(log)
    assert line["event"] == "Not kept: full"
    assert (line["level"], line["logger"], line["tries"]) == ("warning", "bot.telegram", 3)
    assert datetime.fromisoformat(line["at"]).utcoffset() == timedelta(0)


@pytest.mark.promise("W15")
@pytest.mark.parametrize("sign", ["\n", "\r\n", "\x1b[2J", "\x00", "\u2028", "\x85"])
def test_no_sign_breaks_out_of_its_line(log: io.StringIO, sign: str) -> None:
    logging.getLogger("bot").warning("one%sCRITICAL: two", sign)
    written = log.getvalue()
    assert len(written.splitlines()) == 1
    assert sign not in written.rstrip("\n")
    assert lines(log)[0]["event"] == f"one{sign}CRITICAL: two"


@pytest.mark.promise("T2", "W16")
@pytest.mark.parametrize(
    "said",
    [
        pytest.param(f"POST https://vert/bot{TOKEN}/getMe", id="the token in an address"),
        pytest.param(f"Bot[token={TOKEN}]", id="how the client shows itself"),
        pytest.param("/bot1234567:AAabcdefghijklmnopqrstuvwxyz_-123/getMe", id="another token"),
        pytest.param("bot4242424242%3AAAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw1", id="encoded"),
        pytest.param(f"key {KEY}", id="the key of the pseudonyms"),
    ],
)  # fmt: skip
def test_no_secret_is_written(log: io.StringIO, said: str) -> None:
    logging.getLogger("bot").error("%s", said, extra={"more": said, "list": [said]})
    assert HIDDEN in log.getvalue()
    for secret in (TOKEN, TOKEN.partition(":")[2], KEY, "abcdefghijklmnopqrstuvwxyz_-123"):
        assert secret not in log.getvalue()


@pytest.mark.promise("T2", "T3")
@pytest.mark.parametrize("name", ["httpx", "httpcore.http11", "telegram.Bot", "aiohttp.access"])
def test_what_libraries_tell_of_each_call_is_left_out(log: io.StringIO, name: str) -> None:
    logger = logging.getLogger(name)
    logger.info("HTTP Request: POST …")
    logger.debug("payload")
    assert log.getvalue() == ""
    logger.warning("connection lost")
    assert lines(log)[0]["event"] == "connection lost"


def test_of_an_error_only_kind_and_place_are_written(log: io.StringIO) -> None:
    try:
        int("hemmelig ord")
    except ValueError:
        logging.getLogger("bot").exception("Failed")
    (line,) = lines(log)
    assert line["error"].startswith("ValueError in test_of_an_error")
    assert "hemmelig" not in log.getvalue()
