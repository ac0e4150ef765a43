"""The double before the clients of others: python-telegram-bot's and aiogram's take its answers."""

from collections.abc import AsyncIterator

import pytest_asyncio
import telegram

from tests.telegram.double import Double
from tests.telegram.driver import User

YES = telegram.InlineKeyboardButton("Ja", callback_data="1.registered:yes")
NO = telegram.InlineKeyboardButton("Nei", callback_data="1.registered:no")
KEYBOARD = telegram.InlineKeyboardMarkup([[YES, NO]])


@pytest_asyncio.fixture
async def bot(double: Double) -> AsyncIterator[telegram.Bot]:
    address = double.base_url
    async with telegram.Bot(double.token, f"{address}/bot", f"{address}/file/bot") as found:
        yield found


async def test_a_conversation_with_python_telegram_bot(
    double: Double, bot: telegram.Bot, kari: User
) -> None:
    (update,) = await bot.get_updates(timeout=1)
    assert update.message is not None
    assert update.message.text == "/start"
    sent = await bot.send_message(
        kari.id, "Er dere <b>registrert</b>?", "HTML", reply_markup=KEYBOARD
    )
    assert sent.text_html == "Er dere <b>registrert</b>?"
    pressed = await kari.press("Ja")
    (update,) = await bot.get_updates(offset=update.update_id + 1)
    assert update.callback_query is not None
    assert update.callback_query.data == "1.registered:yes"
    await update.callback_query.answer("Takk", show_alert=True)
    assert await pressed.answered() == {"text": "Takk", "show_alert": True}
    edited = await update.callback_query.edit_message_text("Registrert: ja")
    assert isinstance(edited, telegram.Message)
    assert (await kari.until("Registrert")).edited
    assert kari.transcript() == "> /start\n< Registrert: ja"
    await bot.send_document(kari.id, b"%PDF-1.7", filename="svar.pdf", caption="Svaret")
    assert kari.last.file
    assert kari.last.file.content == b"%PDF-1.7"
