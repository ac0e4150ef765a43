"""The arguments of a call, however they were sent: JSON, a form, a form with files, in the address.

Called by ``server``. As in the real server every argument is text in the end, and what is nested
is JSON in that text.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from starlette.datastructures import UploadFile
from starlette.requests import Request

from tests.telegram.double.refusals import malformed

_YES, _NO = frozenset({"true", "yes", "1"}), frozenset({"", "false", "no", "0"})


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came with the call."""

    name: str
    content: bytes
    mime_type: str


@dataclass(frozen=True, slots=True)
class Arguments:
    """What a call was given. An argument that was left out is empty text, as in the real server."""

    values: Mapping[str, str]
    files: Mapping[str, Upload] = field(default_factory=dict)

    def text(self, name: str) -> str:
        return self.values.get(name, "")

    def integer(self, name: str, otherwise: int = 0) -> int:
        """Raises `Refused` for what is no whole number; the real server takes that for 0."""
        value = self.text(name).strip()
        if not value:
            return otherwise
        try:
            return int(value)
        except ValueError:
            raise malformed(f"parameter {name} must be an integer") from None

    def flag(self, name: str) -> bool:
        value = self.text(name).strip().lower()
        if value in _YES:
            return True
        if value in _NO:
            return False
        raise malformed(f"parameter {name} must be true or false")

    def nested(self, name: str) -> Any:
        """The value of a JSON argument; None where it was left out."""
        value = self.text(name)
        if not value:
            return None
        try:
            return json.loads(value)
        except ValueError:
            words = name.replace("_", " ")
            raise malformed(f"can't parse {words}: Can't parse JSON") from None

    def objects(self, name: str) -> list[dict[str, Any]]:
        """The value of an argument that is a list of objects."""
        found = self.nested(name)
        if found is None:
            return []
        if not isinstance(found, list) or not all(isinstance(item, dict) for item in found):
            raise malformed(f"can't parse {name}: expected an array of objects")
        return found

    def file(self, name: str) -> Upload | None:
        """The file that this argument names: the part of that name, or ``attach://`` another."""
        reference = self.text(name)
        if reference.startswith("attach://"):
            return self.files.get(reference.removeprefix("attach://"))
        return self.files.get(name)


async def read_arguments(request: Request) -> Arguments:
    """All arguments of a request; those in the body win over those in the address."""
    values = dict(request.query_params)
    files: dict[str, Upload] = {}
    kind = request.headers.get("content-type", "").partition(";")[0].strip().lower()
    if request.method == "POST" and kind == "application/json":
        values |= _from_json(await request.body())
    elif request.method == "POST":
        async with request.form() as form:
            for name, value in form.multi_items():
                if isinstance(value, UploadFile):
                    mime_type = value.content_type or "application/octet-stream"
                    files[name] = Upload(value.filename or name, await value.read(), mime_type)
                else:
                    values[name] = value
    return Arguments(values, files)


def arguments_from(body: Mapping[str, Any]) -> Arguments:
    """The arguments of a call that is an object of JSON."""
    return Arguments({name: _as_text(value) for name, value in body.items() if value is not None})


def _from_json(body: bytes) -> Mapping[str, str]:
    if not body.strip():
        return {}
    try:
        found = json.loads(body)
    except ValueError:
        raise malformed("Can't parse JSON object in request body") from None
    if not isinstance(found, dict):
        raise malformed("Expected a JSON object in request body")
    return arguments_from(found).values


def _as_text(value: Any) -> str:
    return value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
