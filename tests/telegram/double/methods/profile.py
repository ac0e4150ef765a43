"""Methods about the bot itself: who it is, its commands and its descriptions in each language.

Called by way of ``methods.ALL``.
"""

import json
import re
from typing import Any

from tests.telegram.double.arguments import Arguments
from tests.telegram.double.refusals import malformed
from tests.telegram.double.state import Telegram
from tests.telegram.double.world import Json

MOST_COMMANDS = 100
LONGEST_COMMAND, LONGEST_COMMAND_DESCRIPTION = 32, 256
LONGEST_DESCRIPTION, LONGEST_SHORT_DESCRIPTION = 512, 120
_DEFAULT_SCOPE = {"type": "default"}


async def get_me(telegram: Telegram, arguments: Arguments) -> Json:
    return telegram.world.bot.as_json() | {
        "can_join_groups": True,
        "can_read_all_group_messages": telegram.reads_all_of_groups,
        "supports_inline_queries": True,
        "can_connect_to_business": False,
        "has_main_web_app": False,
        "has_topics_enabled": False,
        "allows_users_to_create_topics": False,
        "can_manage_bots": False,
    }


async def set_my_commands(telegram: Telegram, arguments: Arguments) -> bool:
    commands = arguments.objects("commands")
    if len(commands) > MOST_COMMANDS:
        raise malformed("BOT_COMMANDS_TOO_MUCH")
    for command in commands:
        _check(command)
    telegram.profile.commands[_scope(arguments), _language(arguments)] = commands
    return True


async def get_my_commands(telegram: Telegram, arguments: Arguments) -> list[Json]:
    return telegram.profile.commands.get((_scope(arguments), _language(arguments)), [])


async def delete_my_commands(telegram: Telegram, arguments: Arguments) -> bool:
    telegram.profile.commands.pop((_scope(arguments), _language(arguments)), None)
    return True


async def set_my_description(telegram: Telegram, arguments: Arguments) -> bool:
    text = arguments.text("description")
    if len(text) > LONGEST_DESCRIPTION:
        raise malformed(f"description is longer than {LONGEST_DESCRIPTION} characters")
    telegram.profile.descriptions[_language(arguments)] = text
    return True


async def get_my_description(telegram: Telegram, arguments: Arguments) -> Json:
    return {"description": _of(telegram.profile.descriptions, arguments)}


async def set_my_short_description(telegram: Telegram, arguments: Arguments) -> bool:
    text = arguments.text("short_description")
    if len(text) > LONGEST_SHORT_DESCRIPTION:
        words = f"short description is longer than {LONGEST_SHORT_DESCRIPTION} characters"
        raise malformed(words)
    telegram.profile.short_descriptions[_language(arguments)] = text
    return True


async def get_my_short_description(telegram: Telegram, arguments: Arguments) -> Json:
    return {"short_description": _of(telegram.profile.short_descriptions, arguments)}


async def log_out(telegram: Telegram, arguments: Arguments) -> bool:
    return True


def _check(command: Json) -> None:
    name, description = command.get("command"), command.get("description")
    if not isinstance(name, str) or not name.removeprefix("/"):
        raise malformed("command must not be empty")
    if len(name.removeprefix("/")) > LONGEST_COMMAND:
        raise malformed(f"command length must not exceed {LONGEST_COMMAND}")
    if not re.fullmatch(r"/?[a-z0-9_]+", name):
        raise malformed("BOT_COMMAND_INVALID")
    if not isinstance(description, str) or not description.strip():
        raise malformed("command description must not be empty")
    if len(description) > LONGEST_COMMAND_DESCRIPTION:
        words = f"command description length must not exceed {LONGEST_COMMAND_DESCRIPTION}"
        raise malformed(words)


def _language(arguments: Arguments) -> str:
    """Two letters, or empty for everybody whose language has nothing of its own."""
    code = arguments.text("language_code")
    if code and not re.fullmatch("[a-z]{2}", code):
        raise malformed("invalid language code specified")
    return code


def _scope(arguments: Arguments) -> str:
    return json.dumps(arguments.nested("scope") or _DEFAULT_SCOPE, sort_keys=True)


def _of(texts: dict[str, str], arguments: Arguments) -> str:
    return texts.get(_language(arguments)) or texts.get("", "")


METHODS: dict[str, Any] = {
    "getMe": get_me,
    "setMyCommands": set_my_commands,
    "getMyCommands": get_my_commands,
    "deleteMyCommands": delete_my_commands,
    "setMyDescription": set_my_description,
    "getMyDescription": get_my_description,
    "setMyShortDescription": set_my_short_description,
    "getMyShortDescription": get_my_short_description,
    "logOut": log_out,
    "close": log_out,
}
