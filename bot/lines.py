"""Lines of text in and lines of JSON out, for the commands that programs drive.

Called by `veiviser jsonl` and `veiviser decide`, and by the terminal where its input is not
typed. A line of any length and any bytes is safe: it costs a bounded amount of memory and never
raises.
"""

import json
from collections.abc import Iterator
from typing import Any, BinaryIO, TextIO

LONGEST = 1 << 20  # bytes; far above any message a channel lets through


class LineError(ValueError):
    """A line that cannot be used; says what was expected."""


def read_lines(stream: BinaryIO) -> Iterator[tuple[str, bool]]:
    """Each line without its end, and whether it was cut for being longer than ``LONGEST``.

    Bytes that are not UTF-8 become replacement characters.
    """
    while line := stream.readline(LONGEST):
        whole = line.endswith(b"\n") or len(line) < LONGEST
        rest = b"" if whole else line
        while rest and not rest.endswith(b"\n"):
            rest = stream.readline(LONGEST)
        yield line.decode("utf-8-sig", "replace").rstrip("\r\n"), not whole


def read_object(line: str, cut: bool) -> dict[str, Any]:
    """The JSON object on a line.

    Raises:
        LineError: it is too long, not JSON, or not an object.
    """
    if cut:
        raise LineError(f"the line is longer than {LONGEST} bytes; send a shorter one")
    try:
        found = json.loads(line)
    except RecursionError:
        raise LineError("the JSON is nested too deeply; a flat object was expected") from None
    except ValueError as error:
        raise LineError(f"not JSON ({error}); one JSON object a line was expected") from None
    if not isinstance(found, dict):
        raise LineError(f"one JSON object was expected, got {type_name(found)}")
    return found


def type_name(value: Any) -> str:
    """What JSON calls a value's type."""
    names = {bool: "true or false", str: "a string", list: "a list", dict: "an object"}
    return names.get(type(value), "null" if value is None else "a number")


def write_json(stream: TextIO, value: dict[str, Any]) -> None:
    """Write one line, at once."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:  # a lone surrogate travels only as an escape
        line = json.dumps(value)
    stream.write(line + "\n")
    stream.flush()
