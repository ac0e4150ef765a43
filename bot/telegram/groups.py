"""Whose conversation something said in a group belongs to.

Called by ``bot.telegram.intake`` before the turn. Each member has a conversation of their own,
until one of them starts a common one; then all that is said to the bot there belongs to that, with
a code for the member. Keeps nothing itself.
"""

from dataclasses import replace

from bot.errors import UnreadableStateError
from bot.store import Chat, Store
from bot.telegram.chats import CHANNEL, whole
from bot.telegram.incoming import Incoming
from dialogs.words import commands
from knowledge.reading import fold

_CODE_LENGTH = 16  # of a member's code: enough to tell those of one group apart


async def placed(store: Store, incoming: Incoming) -> Incoming:
    """What came in, with the conversation that it belongs to."""
    if not incoming.is_group:
        return incoming
    common = whole(incoming.place)
    try:
        state = await store.state(common)
        is_common = bool(state and state.together)
    except UnreadableStateError:  # the turn sees to it, and there it counts how often it was tried
        is_common = True
    if not is_common and not _starts_together(incoming.utterance.text or ""):
        return incoming
    member = store.pseudonym(incoming.chat)[:_CODE_LENGTH]
    return replace(incoming, chat=common, utterance=replace(incoming.utterance, member=member))


async def move(store: Store, old: int, new: int) -> None:
    """Take a group's conversations along: a group that becomes a supergroup gets a new number."""
    addresses = [row async for row in store.rows("address") if row["channel"] == CHANNEL]
    for row in addresses:
        place, slash, person = row["chat"].partition("/")
        if place == str(old):
            renamed = Chat(CHANNEL, f"{new}{slash}{person}", is_sent_to=True)
            await store.rename(row["key"], renamed)


def _starts_together(text: str) -> bool:
    return ("commands", "together") in commands().whole(fold(text))
