"""One update of every type of the Bot API, as the server writes it: whatever may come to the bot.

Used by the tests of what comes in and of the double. ``test_every_update.py`` lets other people's
parsers read each of them, and tells when they come to know a type that is missing here.
"""

from typing import Any

Json = dict[str, Any]

DATE = 1_800_000_000  # seconds since 1970, as Telegram dates
USER: Json = {"id": 7001, "is_bot": False, "first_name": "Kari", "language_code": "nb"}
BOT: Json = {"id": 4242, "is_bot": True, "first_name": "Veiviser", "username": "veiviser_bot"}
PRIVATE: Json = {"id": 7001, "type": "private", "first_name": "Kari"}
GROUP: Json = {"id": -1_001_234, "type": "supergroup", "title": "Styret"}
CHANNEL: Json = {"id": -1_005_678, "type": "channel", "title": "Nytt fra styret"}

_IN_PRIVATE: Json = {"message_id": 1, "date": DATE, "chat": PRIVATE, "from": USER, "text": "Hei"}
_IN_GROUP: Json = _IN_PRIVATE | {"chat": GROUP}
_IN_CHANNEL: Json = {
    "message_id": 1,
    "date": DATE,
    "chat": CHANNEL,
    "sender_chat": CHANNEL,
    "text": "Møte på mandag",
}
_EDITED = {"edit_date": DATE + 60, "text": "Hei igjen"}
_BUSINESS = {"business_connection_id": "b1"}
_MEMBERSHIP: Json = {
    "chat": GROUP,
    "from": USER,
    "date": DATE,
    "old_chat_member": {"status": "left", "user": BOT},
    "new_chat_member": {"status": "member", "user": BOT},
}
_ADDRESS = {
    "country_code": "NO",
    "state": "",
    "city": "Oslo",
    "street_line1": "Storgata 1",
    "street_line2": "",
    "post_code": "0155",
}
_PREMIUM: Json = {"source": "premium", "user": USER}
_POLL: Json = {
    "id": "5001",
    "question": "Når?",
    "options": [{"persistent_id": "0", "text": "Mandag", "voter_count": 1}],
    "total_voter_count": 1,
    "is_closed": False,
    "is_anonymous": False,
    "type": "regular",
    "allows_multiple_answers": False,
    "allows_revoting": True,
    "members_only": False,
}

EVERY: dict[str, Json] = {
    "message": _IN_PRIVATE,
    "edited_message": _IN_PRIVATE | _EDITED,
    "channel_post": _IN_CHANNEL,
    "edited_channel_post": _IN_CHANNEL | _EDITED,
    "business_connection": {
        "id": "b1",
        "user": USER,
        "user_chat_id": 7001,
        "date": DATE,
        "is_enabled": True,
    },
    "business_message": _IN_PRIVATE | _BUSINESS,
    "edited_business_message": _IN_PRIVATE | _BUSINESS | _EDITED,
    "deleted_business_messages": _BUSINESS | {"chat": PRIVATE, "message_ids": [1, 2]},
    "guest_message": _IN_GROUP,
    "message_reaction": {
        "chat": GROUP,
        "message_id": 1,
        "user": USER,
        "date": DATE,
        "old_reaction": [],
        "new_reaction": [{"type": "emoji", "emoji": "👍"}],
    },
    "message_reaction_count": {
        "chat": CHANNEL,
        "message_id": 1,
        "date": DATE,
        "reactions": [{"type": {"type": "emoji", "emoji": "👍"}, "total_count": 3}],
    },
    "inline_query": {
        "id": "4001",
        "from": USER,
        "query": "språkkafé",
        "offset": "",
        "chat_type": "group",
    },
    "chosen_inline_result": {
        "result_id": "1",
        "from": USER,
        "query": "språkkafé",
        "inline_message_id": "m1",
    },
    "callback_query": {
        "id": "4002",
        "from": USER,
        "chat_instance": "7001",
        "data": "1.registered:yes",
        "message": _IN_PRIVATE | {"from": BOT, "text": "Er dere registrert?"},
    },
    "shipping_query": {
        "id": "4003",
        "from": USER,
        "invoice_payload": "kort",
        "shipping_address": _ADDRESS,
    },
    "pre_checkout_query": {
        "id": "4004",
        "from": USER,
        "currency": "NOK",
        "total_amount": 10_000,
        "invoice_payload": "kort",
    },
    "purchased_paid_media": {"from": USER, "paid_media_payload": "bilde"},
    "poll": _POLL,
    "poll_answer": {
        "poll_id": "5001",
        "user": USER,
        "option_ids": [0],
        "option_persistent_ids": ["0"],
    },
    "my_chat_member": _MEMBERSHIP,
    "chat_member": _MEMBERSHIP
    | {
        "old_chat_member": {"status": "member", "user": USER},
        "new_chat_member": {"status": "left", "user": USER},
    },
    "chat_join_request": {"chat": GROUP, "from": USER, "user_chat_id": 7001, "date": DATE},
    "chat_boost": {
        "chat": CHANNEL,
        "boost": {
            "boost_id": "1",
            "add_date": DATE,
            "expiration_date": DATE + 86_400,
            "source": _PREMIUM,
        },
    },
    "removed_chat_boost": {
        "chat": CHANNEL,
        "boost_id": "1",
        "remove_date": DATE,
        "source": _PREMIUM,
    },
    "managed_bot": {"user": USER, "bot": BOT},
    "subscription": {"user": USER, "invoice_payload": "kort", "state": "active"},
    "stopped_message_generation": {"chat": PRIVATE, "draft_id": 1},
}


def every_update(first_id: int = 1) -> list[Json]:
    """All of them as updates, numbered from ``first_id``."""
    return [
        {"update_id": number, kind: body}
        for number, (kind, body) in enumerate(EVERY.items(), first_id)
    ]
