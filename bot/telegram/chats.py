"""What conversations at Telegram are called.

Used by ``bot.telegram``. A private chat is called by its number; in a group each member has a
conversation of their own, called by the group's number and the member's, and all together have one
that is called by the group's.
"""

from bot.store import Chat

CHANNEL = "telegram"


def whole(place: int) -> Chat:
    """The conversation of a private chat, or the one that all in a group have together."""
    return Chat(CHANNEL, str(place), is_sent_to=True)


def members_own(place: int, person: int) -> Chat:
    """The conversation that a member of a group has alone."""
    return Chat(CHANNEL, f"{place}/{person}", is_sent_to=True)


def owner_in(name: str) -> int | None:
    """The member whose conversation is called so; None where it is not one member's."""
    person = name.partition("/")[2]
    return int(person) if person.isdigit() else None
