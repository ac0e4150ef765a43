"""What Telegram shows before a conversation: the list of commands, and who the bot is.

Done at the start by ``bot.telegram.serving``, as well as can be: nothing waits for it. Each command
is a word that `dialogs` reads like any other.
"""

import logging

from telegram import Bot, BotCommand
from telegram.error import TelegramError

from dialogs.texts import say

# Telegram's codes for the languages of our texts. Whoever has another, and sees what is under no
# code, is spoken to in English in the conversation too.
LANGUAGES = (("nb", "nb"), ("no", "nb"), ("nn", "nn"), ("en", "en"), (None, "en"))
# A command by its name in `dialogs/words/commands.toml`, and what it is called in each language.
COMMANDS = {
    "start": {"nb": "start", "nn": "start", "en": "start"},
    "help": {"nb": "hjelp", "nn": "hjelp", "en": "help"},
    "change": {"nb": "endre", "nn": "endre", "en": "change"},
    "back": {"nb": "tilbake", "nn": "attende", "en": "back"},
    "document": {"nb": "pdf", "nn": "pdf", "en": "pdf"},
    "language": {"nb": "sprak", "nn": "sprak", "en": "language"},
    "privacy": {"nb": "personvern", "nn": "personvern", "en": "privacy"},
    "own_data": {"nb": "minedata", "nn": "minedata", "en": "mydata"},
    "person": {"nb": "menneske", "nn": "menneske", "en": "human"},
    "together": {"nb": "sammen", "nn": "saman", "en": "together"},
    "apart": {"nb": "hverforseg", "nn": "kvarforseg", "en": "apart"},
    "restart": {"nb": "nytt", "nn": "nytt", "en": "restart"},
    "delete": {"nb": "slett", "nn": "slett", "en": "delete"},
}
_DESCRIBED = "telegram-command"
_log = logging.getLogger(__name__)


async def register(bot: Bot) -> None:
    """Tell Telegram commands and descriptions in every language; what it refuses is logged."""
    for code, lang in LANGUAGES:
        try:
            await bot.set_my_commands(commands(lang), language_code=code)
            await bot.set_my_description(say(lang, "telegram-description"), language_code=code)
            short = say(lang, "telegram-short-description")
            await bot.set_my_short_description(short, language_code=code)
        except TelegramError as error:
            _log.warning("Commands not registered: %s", error, extra={"lang": lang})
            return


def commands(lang: str) -> list[BotCommand]:
    """The commands in a language, in the order in which they are shown."""
    return [
        BotCommand(names[lang], say(lang, f"{_DESCRIBED}.{command}"))
        for command, names in COMMANDS.items()
    ]
