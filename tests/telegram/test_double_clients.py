"""The double before the clients of others: python-telegram-bot's and aiogram's take its answers.

Both parse every answer into their own types, and both have sent the call in their own way.
"""

from collections.abc import AsyncIterator

import aiogram
import pytest
import pytest_asyncio
import telegram
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.types import BufferedInputFile

from tests.telegram.double import Double
from tests.telegram.driver import Group, User

LABELS = {"Ja": "1.registered:yes", "Nei": "1.registered:no"}
KEYBOARD = telegram.InlineKeyboardMarkup(
    [[telegram.InlineKeyboardButton(label, callback_data=data) for label, data in LABELS.items()]]
)
A_KEYBOARD = aiogram.types.InlineKeyboardMarkup(
    inline_keyboard=[
        [
            aiogram.types.InlineKeyboardButton(text=label, callback_data=data)
            for label, data in LABELS.items()
        ]
    ]
)
ASKED = "Er dere <b>registrert</b>?"
PDF = b"%PDF-1.7"
THE_END = "> /start\n< Registrert: ja\n< (svar.pdf) Hele svaret"


@pytest_asyncio.fixture
async def bot(double: Double) -> AsyncIterator[telegram.Bot]:
    address = double.base_url
    async with telegram.Bot(double.token, f"{address}/bot", f"{address}/file/bot") as found:
        yield found


@pytest_asyncio.fixture
async def a_bot(double: Double) -> AsyncIterator[aiogram.Bot]:
    server = TelegramAPIServer.from_base(double.base_url)
    async with aiogram.Bot(double.token, AiohttpSession(api=server)) as found:
        yield found


async def test_a_conversation_with_python_telegram_bot(
    double: Double, bot: telegram.Bot, kari: User
) -> None:
    (update,) = await bot.get_updates(timeout=1)
    assert update.message
    assert update.message.text == "/start"
    assert await bot.send_chat_action(kari.id, "typing")
    sent = await bot.send_message(kari.id, ASKED, "HTML", reply_markup=KEYBOARD)
    assert sent.text_html == ASKED
    pressed = await kari.press("Ja")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    query = update.callback_query
    assert query
    assert query.data == LABELS["Ja"]
    await query.answer("Takk", show_alert=True)
    assert await pressed.answered() == {"text": "Takk", "show_alert": True}
    assert isinstance(await query.edit_message_reply_markup(None), telegram.Message)
    await query.edit_message_text("Registrert: ja")
    assert (await kari.until("Registrert")).edited
    document = await bot.send_document(kari.id, PDF, filename="svar.pdf", caption="Svaret")
    assert document.document
    assert document.document.file_size == len(PDF)
    await document.edit_caption("Hele svaret")
    away = await bot.send_message(kari.id, "Vent litt")
    assert await away.delete()
    assert kari.transcript() == THE_END


async def test_a_conversation_with_aiogram(double: Double, a_bot: aiogram.Bot, kari: User) -> None:
    (update,) = await a_bot.get_updates(timeout=1)
    assert update.message
    assert update.message.text == "/start"
    assert await a_bot.send_chat_action(kari.id, "typing")
    sent = await a_bot.send_message(kari.id, ASKED, parse_mode="HTML", reply_markup=A_KEYBOARD)
    assert sent.html_text == ASKED
    pressed = await kari.press("Ja")
    (update,) = await a_bot.get_updates(offset=update.update_id + 1)
    query = update.callback_query
    assert query
    assert query.data == LABELS["Ja"]
    await a_bot.answer_callback_query(query.id, text="Takk", show_alert=True)
    assert await pressed.answered() == {"text": "Takk", "show_alert": True}
    assert isinstance(await sent.delete_reply_markup(), aiogram.types.Message)
    await sent.edit_text("Registrert: ja")
    assert (await kari.until("Registrert")).edited
    file = BufferedInputFile(PDF, "svar.pdf")
    document = await a_bot.send_document(kari.id, file, caption="Svaret")
    assert document.document
    assert document.document.file_size == len(PDF)
    await document.edit_caption(caption="Hele svaret")
    away = await a_bot.send_message(kari.id, "Vent litt")
    assert await away.delete()
    assert kari.transcript() == THE_END


async def test_what_the_bot_tells_of_itself_with_python_telegram_bot(bot: telegram.Bot) -> None:
    assert (await bot.get_me()).username == "veiviser_bot"
    for lang in ("", "nb", "nn", "en"):
        scope = telegram.BotCommandScopeAllPrivateChats()
        assert await bot.set_my_commands([("hjelp", f"Hjelp {lang}")], scope, language_code=lang)
        assert await bot.set_my_description(f"Lang {lang}", language_code=lang)
        assert await bot.set_my_short_description(f"Kort {lang}", language_code=lang)
    (command,) = await bot.get_my_commands(scope, "nn")
    assert (command.command, command.description) == ("hjelp", "Hjelp nn")
    assert await bot.get_my_commands() == ()
    assert (await bot.get_my_description("en")).description == "Lang en"
    assert (await bot.get_my_short_description("de")).short_description == "Kort "
    assert await bot.delete_my_commands(scope, "nn")
    assert await bot.get_my_commands(scope, "nn") == ()


async def test_what_the_bot_tells_of_itself_with_aiogram(a_bot: aiogram.Bot) -> None:
    assert (await a_bot.get_me()).username == "veiviser_bot"
    command = aiogram.types.BotCommand(command="hjelp", description="Hjelp")
    assert await a_bot.set_my_commands([command], language_code="nn")
    (found,) = await a_bot.get_my_commands(language_code="nn")
    assert found.model_dump() == command.model_dump()
    assert await a_bot.set_my_description("Lang")
    assert (await a_bot.get_my_description(language_code="en")).description == "Lang"
    assert await a_bot.set_my_short_description("Kort")
    assert (await a_bot.get_my_short_description()).short_description == "Kort"
    assert await a_bot.delete_my_commands(language_code="nn")


async def test_groups_and_webhooks_with_both(
    double: Double, bot: telegram.Bot, a_bot: aiogram.Bot, kari: User
) -> None:
    ola = User(double, "Ola")
    group = Group(double, "Styret", [kari])
    for one in (bot, a_bot):
        chat = await one.get_chat(group.chat.id)
        assert (chat.type, chat.title) == ("supergroup", "Styret")
        member = await one.get_chat_member(group.chat.id, kari.id)
        other = await one.get_chat_member(group.chat.id, ola.id)
        assert (member.status, other.status) == ("creator", "left")
        hook = "http://127.0.0.1:9/hook"
        await one.set_webhook(hook, allowed_updates=["message"], max_connections=10)
        info = await one.get_webhook_info()
        assert (info.url, info.max_connections) == (hook, 10)
        assert info.allowed_updates
        assert list(info.allowed_updates) == ["message"]
        assert await one.delete_webhook(drop_pending_updates=True)
        assert (await one.get_webhook_info()).url == ""
    assert await bot.leave_chat(group.chat.id)
    with pytest.raises(telegram.error.Forbidden):
        await bot.get_chat(group.chat.id)


async def test_an_inline_query_with_both(
    double: Double, bot: telegram.Bot, a_bot: aiogram.Bot
) -> None:
    content = telegram.InputTextMessageContent("<b>Ja</b>", "HTML")
    result = telegram.InlineQueryResultArticle("1", "Kan vi søke?", content)
    a_content = aiogram.types.InputTextMessageContent(message_text="<b>Ja</b>", parse_mode="HTML")
    a_result = aiogram.types.InlineQueryResultArticle(
        id="1", title="Kan vi søke?", input_message_content=a_content
    )
    for number in range(2):
        query = double.world.ask(double.world.inline_queries, double.world.bot, 30)
        if number:
            assert await bot.answer_inline_query(query.id, [result], cache_time=5)
        else:
            assert await a_bot.answer_inline_query(query.id, [a_result], cache_time=5)
        assert query.answer
        assert query.answer["cache_time"] == 5
        assert query.answer["results"][0]["input_message_content"]["message_text"] == "<b>Ja</b>"


# python-telegram-bot cannot make its own error for 429 without a warning.
@pytest.mark.filterwarnings("ignore:.*retry_after:DeprecationWarning")
@pytest.mark.parametrize(
    ("fault", "ours", "theirs"),
    [
        pytest.param(
            {"retry_after": 3},
            telegram.error.RetryAfter,
            aiogram.exceptions.TelegramRetryAfter,
            id="429",
        ),
        pytest.param(
            {"status": 403},
            telegram.error.Forbidden,
            aiogram.exceptions.TelegramForbiddenError,
            id="403",
        ),
        pytest.param(
            {"status": 409},
            telegram.error.Conflict,
            aiogram.exceptions.TelegramConflictError,
            id="409",
        ),
        pytest.param(
            {"status": 502},
            telegram.error.NetworkError,
            aiogram.exceptions.TelegramServerError,
            id="502",
        ),
        pytest.param(
            {"status": 401},
            telegram.error.InvalidToken,
            aiogram.exceptions.TelegramUnauthorizedError,
            id="401",
        ),
    ],
)
async def test_an_error_is_the_same_error_to_both(
    double: Double,
    bot: telegram.Bot,
    a_bot: aiogram.Bot,
    fault: dict[str, int],
    ours: type[Exception],
    theirs: type[Exception],
) -> None:
    double.fail("getMyName", times=2, **fault)
    for one, kind in ((bot, ours), (a_bot, theirs)):
        with pytest.raises(kind):
            await one.get_my_name()
