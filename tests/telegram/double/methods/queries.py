"""Methods that answer what people pressed and asked: callback queries and inline queries.

Called by way of ``methods.ALL``.
"""

from typing import Any

from tests.telegram.double.arguments import Arguments
from tests.telegram.double.keyboards import inline_rows
from tests.telegram.double.markup import from_bot, units
from tests.telegram.double.methods.messages import LONGEST_TEXT
from tests.telegram.double.refusals import TOO_OLD, Refused, impossible, malformed
from tests.telegram.double.state import Telegram
from tests.telegram.double.world import Json, Query

LONGEST_ALERT = 200  # UTF-16 units
MOST_RESULTS = 50
LONGEST_ID = 64  # bytes
LONGEST_START_PARAMETER = 64


async def answer_callback_query(telegram: Telegram, arguments: Arguments) -> bool:
    text = arguments.text("text")
    if units(text) > LONGEST_ALERT:
        raise malformed("MESSAGE_TOO_LONG")
    answer = {"text": text, "show_alert": arguments.flag("show_alert")}
    return _answer(telegram, telegram.world.callbacks, arguments.text("callback_query_id"), answer)


async def answer_inline_query(telegram: Telegram, arguments: Arguments) -> bool:
    if arguments.nested("results") is None:
        raise malformed("can't parse inline query results JSON object")
    results = arguments.objects("results")
    if len(results) > MOST_RESULTS:
        raise malformed("RESULTS_TOO_MUCH")
    for result in results:
        _check(result)
    ids = [result["id"] for result in results]
    if len(set(ids)) != len(ids):
        raise malformed("RESULT_ID_DUPLICATE")
    _check_button(arguments.nested("button"))
    answer = {
        "results": results,
        "is_personal": arguments.flag("is_personal"),
        "cache_time": arguments.integer("cache_time", 300),
        "button": arguments.nested("button"),
    }
    queries = telegram.world.inline_queries
    return _answer(telegram, queries, arguments.text("inline_query_id"), answer)


def _answer(telegram: Telegram, queries: dict[str, Query], number: str, answer: Json) -> bool:
    query = queries.get(number)
    if query is None or query.answer is not None or query.until < telegram.clock.now():
        raise impossible(TOO_OLD)
    query.answer = answer
    query.changes.tell()
    return True


def _check(result: Json) -> None:
    number = result.get("id")
    if not isinstance(number, str) or not 1 <= len(number.encode()) <= LONGEST_ID:
        raise malformed("RESULT_ID_INVALID")
    if not isinstance(result.get("type"), str):
        raise _unparsed('Can\'t find field "type"')
    inline_rows(result.get("reply_markup"))
    if result["type"] != "article":
        return
    if not result.get("title"):
        raise _unparsed('Can\'t find field "title"')
    content = result.get("input_message_content")
    if not isinstance(content, dict):
        raise _unparsed("Not enough data")
    raw = content.get("message_text")
    if not isinstance(raw, str) or not raw.strip():
        raise malformed("message text is empty")
    text = from_bot(raw, content.get("parse_mode") or "", content.get("entities") or [])
    if units(text.shown) > LONGEST_TEXT:
        raise malformed("MESSAGE_TOO_LONG")


def _check_button(button: Any) -> None:
    if button is None:
        return
    if not isinstance(button, dict) or not button.get("text"):
        raise malformed("can't parse inline query results button: text is missing")
    parameter = button.get("start_parameter", "")
    if len(parameter) > LONGEST_START_PARAMETER:
        raise malformed("START_PARAM_TOO_LONG")
    if not all(c.isascii() and (c.isalnum() or c in "_-") for c in parameter):
        raise malformed("START_PARAM_INVALID")


def _unparsed(words: str) -> Refused:
    return malformed(f"can't parse inline query result: {words}")


METHODS: dict[str, Any] = {
    "answerCallbackQuery": answer_callback_query,
    "answerInlineQuery": answer_inline_query,
}
