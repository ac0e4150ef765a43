"""What the server refuses, in its own words.

Raised by everything that checks a call, and turned into the body of the answer by ``server``. The
words follow tdlib/telegram-bot-api (Client.cpp) and tdlib/td; where those pass on what Telegram's
closed servers say, they follow what people have seen them say.
"""

from collections.abc import Mapping
from typing import Any

NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same"
    " as a current content and reply markup of the message"
)
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


class Refused(Exception):
    """A call that is answered with an error.

    Attributes:
        code: The HTTP status, which is also ``error_code`` in the body.
        description: What the body says.
        parameters: ``retry_after`` or ``migrate_to_chat_id``.
        is_malformed: The call could never have been right, so the bot has a fault.
    """

    def __init__(
        self,
        code: int,
        description: str,
        parameters: Mapping[str, int] | None = None,
        *,
        is_malformed: bool = False,
    ) -> None:
        super().__init__(f"{code} {description}")
        self.code = code
        self.description = description
        self.parameters = parameters
        self.is_malformed = is_malformed

    def body(self) -> dict[str, Any]:
        """The answer as the real server writes it."""
        found: dict[str, Any] = {
            "ok": False,
            "error_code": self.code,
            "description": self.description,
        }
        if self.parameters:
            found["parameters"] = dict(self.parameters)
        return found


def malformed(words: str) -> Refused:
    """A call that breaks the rules whatever the chat looks like."""
    return Refused(400, f"Bad Request: {words}", is_malformed=True)


def impossible(words: str) -> Refused:
    """A well-formed call that cannot be done now: something is gone, too old or the same."""
    return Refused(400, f"Bad Request: {words}")


def forbidden(words: str) -> Refused:
    """The person or the group does not want the bot."""
    return Refused(403, f"Forbidden: {words}")


def conflict(words: str) -> Refused:
    """Two ways of getting updates, or two copies of the bot, at once."""
    return Refused(409, f"Conflict: {words}")


def too_many(retry_after: int) -> Refused:
    """The flood limit; ``retry_after`` in seconds."""
    words = f"Too Many Requests: retry after {retry_after}"
    return Refused(429, words, {"retry_after": retry_after})


def migrated(to: int) -> Refused:
    """The group has become a supergroup with another id."""
    words = "Bad Request: group chat was upgraded to a supergroup chat"
    return Refused(400, words, {"migrate_to_chat_id": to})
