"""The methods of the Bot API that the double knows, by name."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from tests.telegram.double.arguments import Arguments
from tests.telegram.double.methods import chats, messages, profile, queries, updates
from tests.telegram.double.state import Telegram

Method = Callable[[Telegram, Arguments], Awaitable[Any]]

ALL: Mapping[str, Method] = {
    name.lower(): method
    for module in (chats, messages, profile, queries, updates)
    for name, method in module.METHODS.items()
}
