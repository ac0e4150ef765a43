"""The commands that Telegram offers are words that the conversation reads, in every language."""

import pytest
from telegram import Bot

from bot.telegram.registering import COMMANDS, LANGUAGES, commands, register
from dialogs.messages import Utterance
from dialogs.state import LANGUAGES as SPOKEN
from dialogs.state import State
from dialogs.understand import understand
from tests.telegram.double import Double
from tests.telegram.parts import SCHEME


@pytest.mark.parametrize("lang", SPOKEN)
@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_is_understood(command: str, lang: str) -> None:
    state = State(lang=lang, greeted=True)
    heard = understand(SCHEME, state, Utterance(text=f"/{COMMANDS[command][lang]}"))
    assert heard.intent == command


async def test_they_are_told_in_every_language(double: Double, client: Bot) -> None:
    await register(client)
    profile = double.profile
    for code, lang in LANGUAGES:
        assert list(await client.get_my_commands(language_code=code)) == commands(lang)
        assert profile.descriptions[code or ""]
        assert profile.short_descriptions[code or ""]
    assert {lang for _, lang in LANGUAGES} == set(SPOKEN)


async def test_what_telegram_refuses_stops_nothing(
    double: Double, client: Bot, caplog: pytest.LogCaptureFixture
) -> None:
    double.fail("setMyCommands", status=500)
    await register(client)
    assert "Commands not registered" in caplog.text
