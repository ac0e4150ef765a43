"""Methods by which the bot gets its updates: getUpdates, or a webhook.

Called by way of ``methods.ALL``. As a Bot API server of one's own does (``--local``), the double
also takes addresses of webhooks that are not https.
"""

import re
from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from tests.telegram.double.arguments import Arguments
from tests.telegram.double.intake import MOST_AT_ONCE
from tests.telegram.double.refusals import malformed
from tests.telegram.double.state import Telegram
from tests.telegram.double.webhook import Webhook
from tests.telegram.double.world import Json
from tests.telegram.every_update import EVERY

LONGEST_SECRET = 256
MOST_CONNECTIONS, CONNECTIONS = 100, 40
KINDS = frozenset(EVERY)


async def get_updates(telegram: Telegram, arguments: Arguments) -> list[Json]:
    telegram.intake.allow(_allowed(arguments))
    return await telegram.intake.poll(
        arguments.integer("offset"),
        arguments.integer("limit", MOST_AT_ONCE),
        arguments.integer("timeout"),
    )


async def set_webhook(telegram: Telegram, arguments: Arguments) -> bool:
    url = arguments.text("url")
    if not url:
        return await delete_webhook(telegram, arguments)
    secret = arguments.text("secret_token")
    if len(secret) > LONGEST_SECRET:
        raise malformed("secret token is too long")
    if not re.fullmatch("[A-Za-z0-9_-]*", secret):
        raise malformed("secret token contains unallowed characters")
    connections = arguments.integer("max_connections", CONNECTIONS)
    if not 1 <= connections <= MOST_CONNECTIONS:
        raise malformed(f"max_connections must lie between 1 and {MOST_CONNECTIONS}")
    parts = urlsplit(url)
    if parts.scheme not in {"http", "https"} or not parts.hostname:
        raise malformed("bad webhook: invalid webhook URL specified")
    telegram.intake.allow(_allowed(arguments))
    await _drop(telegram, arguments)
    webhook = Webhook(
        url, secret, connections, telegram.intake, telegram.clock, telegram.pace, telegram.call
    )
    telegram.webhook = webhook
    telegram.intake.stop_polls("terminated by setWebhook request")
    telegram.intake.on_new = webhook.offer
    for update in telegram.intake.pending():
        webhook.offer(update)
    return True


async def delete_webhook(telegram: Telegram, arguments: Arguments) -> bool:
    await _drop(telegram, arguments)
    return True


async def get_webhook_info(telegram: Telegram, arguments: Arguments) -> Json:
    webhook = telegram.webhook
    found: Json = {
        "url": webhook.url if webhook else "",
        "has_custom_certificate": False,
        "pending_update_count": len(telegram.intake.pending()),
    }
    if webhook:
        found["max_connections"] = webhook.connections
        found["ip_address"] = "127.0.0.1"
    if webhook and webhook.last_error:
        found["last_error_date"], found["last_error_message"] = webhook.last_error
    if telegram.intake.allowed:
        found["allowed_updates"] = sorted(telegram.intake.allowed)
    return found


async def _drop(telegram: Telegram, arguments: Arguments) -> None:
    """End the webhook that is set; what it did not deliver waits, unless it is to be dropped."""
    telegram.intake.on_new = None
    webhook, telegram.webhook = telegram.webhook, None
    if webhook:
        await webhook.stop()
    if arguments.flag("drop_pending_updates"):
        telegram.intake.waiting.clear()


def _allowed(arguments: Arguments) -> Iterable[str] | None:
    found = arguments.nested("allowed_updates")
    if found is None:
        return None
    if not isinstance(found, list) or not all(isinstance(kind, str) for kind in found):
        raise malformed("can't parse allowed_updates: expected an array of strings")
    unknown = set(found) - KINDS
    if unknown:
        raise malformed(f"allowed_updates names no kind of update: {sorted(unknown)}")
    return found


METHODS: dict[str, Any] = {
    "getUpdates": get_updates,
    "setWebhook": set_webhook,
    "deleteWebhook": delete_webhook,
    "getWebhookInfo": get_webhook_info,
}
