"""What conversations at Telegram are called.

Used by all of ``bot.telegram``. A private chat is called by its number; in a group each member has
a conversation of their own, called by the group's number and the member's, and all together one that
is called by the group's.
"""

from bot.store import Chat

CHANNEL = "telegram"


def private(place: int) -> Chat:
    """The conversation in a private chat."""
    return Chat(CHANNEL, str(place), is_sent_to=True)


def members_own(place: int, person: int) -> Chat:
    """The conversation that a member of a group has alone."""
    return Chat(CHANNEL, f"{place}/{person}", is_sent_to=True)


def common(place: int) -> Chat:
    """The conversation that the members of a group have together."""
    return private(place)


def owner_in(name: str) -> int | None:
    """The member whose conversation is called so; None where it is not one member's."""
    person = name.partition("/")[2]
    return int(person) if person.isdigit() else None
