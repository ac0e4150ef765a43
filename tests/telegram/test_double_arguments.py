"""The ways in which a call may be sent mean the same; and what is shown of a text."""

import json

import aiohttp
import pytest

from tests.telegram.calling import Caller
from tests.telegram.double import Double
from tests.telegram.driver import User

MARKUP = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}
WAYS = ["json", "form", "multipart", "address"]


async def send(api: Caller, way: str, **arguments: object) -> tuple[int, dict[str, object]]:
    """Call sendMessage in one of the ways."""
    as_text = {
        name: value if isinstance(value, str) else json.dumps(value)
        for name, value in arguments.items()
    }
    if way == "json":
        return await api("sendMessage", **arguments)
    if way == "address":
        return await api.got("sendMessage", **arguments)
    if way == "form":
        return await api.sent("sendMessage", data=as_text)
    form = aiohttp.MultipartWriter("form-data")
    for name, value in as_text.items():
        form.append(value).set_content_disposition("form-data", name=name)
    return await api.sent("sendMessage", data=form)


@pytest.mark.parametrize("way", WAYS)
async def test_a_call_means_the_same_however_it_is_sent(api: Caller, kari: User, way: str) -> None:
    called = {"text": "<b>Grønt</b> &amp; 👍", "parse_mode": "HTML", "reply_markup": MARKUP}
    status, _ = await send(api, way, chat_id=kari.id, **called)
    assert status == 200
    assert kari.transcript() == "> /start\n< Grønt & 👍\n    [Ja]"


@pytest.mark.parametrize(
    ("body", "words"),
    [
        pytest.param("{", "Can't parse JSON object in request body", id="broken JSON"),
        pytest.param("[]", "Expected a JSON object in request body", id="a list"),
    ],
)
async def test_a_body_that_is_no_object_of_json(
    double: Double, api: Caller, body: str, words: str
) -> None:
    headers = {"Content-Type": "application/json"}
    status, answer = await api.sent("getMe", data=body, headers=headers)
    assert (status, answer["description"]) == (400, f"Bad Request: {words}")
    double.calls.all.clear()


@pytest.mark.parametrize("field", ["document", "svar"])
async def test_a_file_comes_under_its_own_name_or_another(
    api: Caller, kari: User, field: str
) -> None:
    form = aiohttp.FormData({"chat_id": str(kari.id), "caption": "Svaret"})
    if field != "document":
        form.add_field("document", f"attach://{field}")
    form.add_field(field, b"%PDF-1.7", filename="svar.pdf", content_type="application/pdf")
    assert (await api.sent("sendDocument", data=form))[0] == 200
    file = kari.last.file
    assert file
    assert (file.name, file.content, file.mime_type) == ("svar.pdf", b"%PDF-1.7", "application/pdf")
    assert kari.transcript() == "> /start\n< (svar.pdf) Svaret"


@pytest.mark.parametrize(
    ("html", "shown", "marks"),
    [
        pytest.param("a &lt; b &amp;&#229;", "a < b &å", [], id="what is escaped"),
        pytest.param("&nbsp;&copy;", "&nbsp;&copy;", [], id="other names stay as they are"),
        pytest.param("👍 <b>Ja</b>", "👍 Ja", [("bold", 3, 2)], id="offsets are UTF-16 units"),
        pytest.param("  <i> a</i> ", "a", [("italic", 0, 1)], id="blanks at the ends go"),
        pytest.param(
            "<b>a<i>b</i></b>", "ab", [("bold", 0, 2), ("italic", 1, 1)], id="one in the other"
        ),
        pytest.param(
            '<a href="https://imdi.no">IMDi</a>', "IMDi", [("text_link", 0, 4)], id="a link"
        ),
        pytest.param("a\tb\x07c\r\nd", "a b c\nd", [], id="control characters become blanks"),
        pytest.param(
            "<blockquote expandable>a</blockquote>",
            "a",
            [("expandable_blockquote", 0, 1)],
            id="a quotation that opens",
        ),
    ],
)
async def test_what_is_shown_of_html(
    api: Caller, kari: User, html: str, shown: str, marks: list[tuple[str, int, int]]
) -> None:
    _, body = await api("sendMessage", chat_id=kari.id, text=html, parse_mode="HTML")
    message = body["result"]
    assert message["text"] == shown
    found = [(e["type"], e["offset"], e["length"]) for e in message.get("entities", [])]
    assert found == marks
