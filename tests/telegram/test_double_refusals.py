"""What the double refuses, and in which words, as tables from a sentence to a call."""

from typing import Any

import pytest

from tests.telegram.calling import Caller
from tests.telegram.double import TOKEN, Double
from tests.telegram.driver import User

Arguments = dict[str, Any]

JA: Arguments = {"text": "Ja", "callback_data": "ja"}
ARTICLE: Arguments = {"type": "article", "id": "1", "title": "T"}
COMMAND: Arguments = {"command": "hjelp", "description": "Hjelp"}
HOOK = {"url": "https://bot.example/hook"}


def article(text: str, number: str = "1") -> Arguments:
    """An inline result in HTML."""
    content = {"message_text": text, "parse_mode": "HTML"}
    return ARTICLE | {"id": number, "input_message_content": content}


# Arguments of sendMessage, in a chat that may be written to.
MESSAGES: dict[str, tuple[str, Arguments]] = {
    "no text": ("message text is empty", {}),
    "only blanks": ("text must be non-empty", {"text": " \n "}),
    "4097 signs": ("message is too long", {"text": "x" * 4097}),
    "2049 signs of two units": ("message is too long", {"text": "👍" * 2049}),
    "32769 bytes": ("message is too long", {"text": "ø" * 16384 + "x"}),
    "no chat": ("chat_id is empty", {"chat_id": ""}),
    "a chat that is not there": ("chat not found", {"chat_id": 17}),
    "a chat by its name": ("chat not found", {"chat_id": "@noen"}),
    "a chat of letters": ("parameter chat_id must be an integer", {"chat_id": "kari"}),
    "unknown markup": ("unsupported parse_mode", {"text": "Hei", "parse_mode": "BBCode"}),
    "an entity beyond the end": (
        "entity at 1 of length 3 lies outside the text",
        {"text": "Hei", "entities": [{"type": "bold", "offset": 1, "length": 3}]},
    ),
    "a flag of words": (
        "parameter allow_sending_without_reply must be true or false",
        {"text": "Hei", "reply_to_message_id": 1, "allow_sending_without_reply": "perhaps"},
    ),
    "an answer to no message": (
        "can't parse reply parameters: message_id is missing",
        {"text": "Hei", "reply_parameters": {"chat_id": 1}},
    ),
}

HTML: dict[str, tuple[str, str]] = {
    "an unknown tag": ('Unsupported start tag "p" at byte offset 5', "Hei: <p>"),
    "offsets are bytes": ('Unsupported start tag "p" at byte offset 2', "ø<p>"),
    "a sign that is not escaped": ('Unsupported start tag "" at byte offset 2', "a < b"),
    "a tag without an end": ('Can\'t find end tag corresponding to start tag "b"', "<b>Hei"),
    "an end without a tag": ("Unexpected end tag at byte offset 3", "Hei</b>"),
    "tags that cross": (
        'Unmatched end tag at byte offset 6, expected "</i>", found "</b>"',
        "<b><i></b></i>",
    ),
    "a tag that is cut": ("Unclosed start tag at byte offset 0", "<b"),
    "an attribute without a value": (
        'Expected equal sign in declaration of an attribute of the tag "a" at byte offset 0',
        "<a href>x</a>",
    ),
    "a span of no known class": (
        'Tag "span" must have class "tg-spoiler" at byte offset 0',
        "<span>x</span>",
    ),
}

BUTTON = "can't parse inline keyboard button: "
KEYBOARDS: dict[str, tuple[str, Any]] = {
    "a list": ("object expected as reply markup", [[JA]]),
    "another object": ("unknown reply markup: ['buttons']", {"buttons": 1}),
    "no rows": (
        "can't parse inline keyboard: field must be an Array of Arrays",
        {"inline_keyboard": [JA]},
    ),
    "no label": (f"{BUTTON}Field text is empty", {"inline_keyboard": [[JA | {"text": " "}]]}),
    "nothing happens": (
        f"{BUTTON}Text buttons are unallowed in the inline keyboard",
        {"inline_keyboard": [[{"text": "Ja"}]]},
    ),
    "two things happen": (
        f"{BUTTON}exactly one of ['callback_data', 'url'] must be used",
        {"inline_keyboard": [[JA | {"url": "https://imdi.no"}]]},
    ),
    "no data": ("BUTTON_DATA_INVALID", {"inline_keyboard": [[JA | {"callback_data": ""}]]}),
    "65 bytes of data": (
        "BUTTON_DATA_INVALID",
        {"inline_keyboard": [[JA | {"callback_data": "ø" * 32 + "x"}]]},
    ),
    "half an address": (
        "BUTTON_URL_INVALID",
        {"inline_keyboard": [[{"text": "Ja", "url": "imdi.no"}]]},
    ),
    "nine in a row": ("a row has more than 8 buttons", {"inline_keyboard": [[JA] * 9]}),
    "101 buttons": ("reply markup is too long", {"inline_keyboard": [[JA]] * 101}),
}

# Calls that need a chat have it from the test.
OTHERS: dict[str, tuple[str, str, Arguments]] = {
    "an edit of no message": (
        "editMessageText", "message identifier is not specified", {"text": "Hei"},
    ),
    "an edit of another's": (
        "editMessageText", "message can't be edited", {"message_id": 1, "text": "Hei"},
    ),
    "a long edit": ("editMessageText", "MESSAGE_TOO_LONG", {"message_id": 2, "text": "x" * 4097}),
    "a caption to a text": (
        "editMessageCaption", "there is no caption in the message to edit", {"message_id": 2},
    ),
    "no document": ("sendDocument", "there is no document in the request", {}),
    "a document that is no file": (
        "sendDocument", "wrong file identifier/HTTP URL specified", {"document": "svar"},
    ),
    "an action of ours": (
        "sendChatAction", "wrong parameter action in request", {"action": "thinking"},
    ),
    "a member without a number": (
        "getChatMember", "invalid user_id specified", {"user_id": 0},
    ),
    "leaving a person": (
        "leaveChat", "chat member status can't be changed in private chats", {},
    ),
    "a long alert": (
        "answerCallbackQuery", "MESSAGE_TOO_LONG", {"callback_query_id": "1", "text": "x" * 201},
    ),
    "results that are missing": (
        "answerInlineQuery", "can't parse inline query results JSON object", {},
    ),
    "51 results": ("answerInlineQuery", "RESULTS_TOO_MUCH", {"results": [article("x")] * 51}),
    "results of one id": (
        "answerInlineQuery", "RESULT_ID_DUPLICATE", {"results": [article("x")] * 2},
    ),
    "a result of a long id": (
        "answerInlineQuery", "RESULT_ID_INVALID", {"results": [article("x", "x" * 65)]},
    ),
    "a result without text": (
        "answerInlineQuery", "message text is empty", {"results": [article(" ")]},
    ),
    "a result of bad markup": (
        "answerInlineQuery", "can't parse entities: Unclosed start tag at byte offset 0",
        {"results": [article("<b")]},
    ),
    "a start parameter with a blank": (
        "answerInlineQuery", "START_PARAM_INVALID",
        {"results": [], "button": {"text": "Åpne", "start_parameter": "a b"}},
    ),
    "a command in capitals": (
        "setMyCommands", "BOT_COMMAND_INVALID", {"commands": [COMMAND | {"command": "Hjelp"}]},
    ),
    "a long command": (
        "setMyCommands", "command length must not exceed 32",
        {"commands": [COMMAND | {"command": "x" * 33}]},
    ),
    "101 commands": ("setMyCommands", "BOT_COMMANDS_TOO_MUCH", {"commands": [COMMAND] * 101}),
    "a long description": (
        "setMyDescription", "description is longer than 512 characters",
        {"description": "x" * 513},
    ),
    "a long short description": (
        "setMyShortDescription", "short description is longer than 120 characters",
        {"short_description": "x" * 121},
    ),
    "a language of three letters": (
        "setMyDescription", "invalid language code specified", {"language_code": "nob"},
    ),
    "a webhook that is no address": (
        "setWebhook", "bad webhook: invalid webhook URL specified", {"url": "bot.example"},
    ),
    "a secret with a blank": (
        "setWebhook", "secret token contains unallowed characters", HOOK | {"secret_token": "a b"},
    ),
    "101 connections": (
        "setWebhook", "max_connections must lie between 1 and 100",
        HOOK | {"max_connections": 101},
    ),
    "a kind of update that is none": (
        "getUpdates", "allowed_updates names no kind of update: ['messages']",
        {"allowed_updates": ["messages"]},
    ),
}  # fmt: skip
IN_A_CHAT = ("editMessage", "send", "getChatMember", "leaveChat")

NOT_NOW: dict[str, tuple[str, str, Arguments]] = {
    "nothing new in an edit": (
        "editMessageText",
        "message is not modified: specified new message content and reply markup are exactly the"
        " same as a current content and reply markup of the message",
        {"message_id": 2, "text": "Klar?"},
    ),
    "an edit of what is gone": (
        "editMessageText", "message to edit not found", {"message_id": 9, "text": "Hei"},
    ),
    "a message deleted twice": (
        "deleteMessage", "message to delete not found", {"message_id": 9},
    ),
    "an answer to what is gone": (
        "sendMessage", "message to be replied not found",
        {"text": "Hei", "reply_parameters": {"message_id": 9}},
    ),
    "a press that nobody made": (
        "answerCallbackQuery",
        "query is too old and response timeout expired or query ID is invalid",
        {"callback_query_id": "9"},
    ),
}  # fmt: skip


async def refused(double: Double, api: Caller, method: str, **arguments: Any) -> tuple[str, bool]:
    """What a call is refused with, and whether the double complains; it forgets the call."""
    status, body = await api(method, **arguments)
    assert (status, body["error_code"], body["ok"]) == (400, 400, False)
    is_complained_of = bool(double.complaints)
    double.calls.all.clear()
    return body["description"].removeprefix("Bad Request: "), is_complained_of


@pytest.mark.parametrize(("words", "arguments"), MESSAGES.values(), ids=MESSAGES)
async def test_a_message_that_can_never_be_sent(
    double: Double, api: Caller, kari: User, words: str, arguments: Arguments
) -> None:
    called = {"chat_id": kari.id} | arguments
    assert await refused(double, api, "sendMessage", **called) == (words, True)
    assert kari.transcript() == "> /start"


@pytest.mark.parametrize(("words", "html"), HTML.values(), ids=HTML)
async def test_markup_that_cannot_be_read(
    double: Double, api: Caller, kari: User, words: str, html: str
) -> None:
    called = {"chat_id": kari.id, "text": html, "parse_mode": "HTML"}
    found = await refused(double, api, "sendMessage", **called)
    assert found == (f"can't parse entities: {words}", True)


@pytest.mark.parametrize(("words", "markup"), KEYBOARDS.values(), ids=KEYBOARDS)
async def test_a_keyboard_that_cannot_be_shown(
    double: Double, api: Caller, kari: User, words: str, markup: Any
) -> None:
    called = {"chat_id": kari.id, "text": "Hei", "reply_markup": markup}
    assert await refused(double, api, "sendMessage", **called) == (words, True)


@pytest.mark.parametrize(("method", "words", "arguments"), OTHERS.values(), ids=OTHERS)
async def test_other_calls_that_can_never_be_right(
    double: Double, api: Caller, kari: User, method: str, words: str, arguments: Arguments
) -> None:
    await api("sendMessage", chat_id=kari.id, text="Klar?")
    called = ({"chat_id": kari.id} if method.startswith(IN_A_CHAT) else {}) | arguments
    assert await refused(double, api, method, **called) == (words, True)


@pytest.mark.parametrize(("method", "words", "arguments"), NOT_NOW.values(), ids=NOT_NOW)
async def test_calls_that_come_too_late_are_no_fault_of_the_bot(
    double: Double, api: Caller, kari: User, method: str, words: str, arguments: Arguments
) -> None:
    await api("sendMessage", chat_id=kari.id, text="Klar?")
    called = ({} if method == "answerCallbackQuery" else {"chat_id": kari.id}) | arguments
    assert await refused(double, api, method, **called) == (words, False)


async def test_a_person_who_has_not_written_cannot_be_written_to(
    double: Double, api: Caller
) -> None:
    silent = User(double, "Ola")
    status, body = await api("sendMessage", chat_id=silent.id, text="Hei")
    assert (status, body["description"]) == (
        403,
        "Forbidden: bot can't initiate conversation with a user",
    )


async def test_a_message_of_two_days_cannot_be_deleted(
    double: Double, api: Caller, kari: User
) -> None:
    await api("sendMessage", chat_id=kari.id, text="Klar?")
    double.clock.skip(48 * 3600 + 1)
    words, _ = await refused(double, api, "deleteMessage", chat_id=kari.id, message_id=2)
    assert words == "message can't be deleted for everyone"


async def test_a_press_can_be_answered_once_and_for_150_seconds(
    double: Double, api: Caller, kari: User
) -> None:
    markup = {"inline_keyboard": [[JA]]}
    await api("sendMessage", chat_id=kari.id, text="Klar?", reply_markup=markup)
    first, second = [kari.press_data(kari.last, "ja") for _ in range(2)]
    _, body = await api("getUpdates", offset=-2)
    numbers = [update["callback_query"]["id"] for update in body["result"]]
    assert (await api("answerCallbackQuery", callback_query_id=numbers[0]))[0] == 200
    assert await first.answered() == {"text": "", "show_alert": False}
    assert (await api("answerCallbackQuery", callback_query_id=numbers[0]))[0] == 400
    double.clock.skip(151)
    assert (await api("answerCallbackQuery", callback_query_id=numbers[1]))[0] == 400
    with pytest.raises(AssertionError, match=r"the press of \[ja\] was not answered"):
        await second.answered(patience=0)


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        pytest.param(f"bot{TOKEN}x/getMe", 404, "Not Found", id="no token at all"),
        pytest.param(f"bot{TOKEN[:-1]}x/getMe", 401, "Unauthorized", id="another bot's token"),
        pytest.param(f"bot{TOKEN}/getYou", 404, "Not Found: method not found", id="no method"),
    ],
)
async def test_an_address_that_is_wrong(
    double: Double, api: Caller, path: str, status: int, words: str
) -> None:
    async with api.session.get(f"{double.base_url}/{path}") as response:
        found = (response.status, await response.json())
    assert found == (status, {"ok": False, "error_code": status, "description": words})
    double.calls.all.clear()
