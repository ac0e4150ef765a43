"""What comes in from a channel and what goes out to it, the same for every channel.

Called by `dialogs` and by every channel in `bot`. Knows no Telegram and no terminal.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from knowledge.slots import Value

KEPT_DAYS = 21  # how long a conversation is kept after its last turn, unless a channel says other


@dataclass(frozen=True, slots=True)
class Utterance:
    """What a person did: wrote a text, pressed a button or sent an attachment.

    Exactly one of the three is set, or ``told``: answers that came ready with a link, to be shown
    before they count. ``button`` is the pressed button's id, ``attachment`` only its kind: voice,
    sticker, photo, document, location. ``lang`` is the channel's guess at the person's language,
    used until they choose one. ``before`` is the text of the message just before, where that one
    was not understood: somebody may have sent a sentence in two. ``turn`` is the turn whose message
    the button was on, where the channel keeps old messages with their buttons. ``is_staffed`` tells
    that somebody reads the conversations and can answer. ``member`` is a code for the one who wrote
    or pressed, in a conversation that several have together. ``kept_days`` is what the person is
    told of how long the conversation is kept. ``is_edited``: the text was sent and answered before,
    and its sender has changed it since.
    """

    text: str | None = None
    button: str | None = None
    attachment: str | None = None
    lang: str | None = None
    before: str | None = None
    turn: int | None = None
    is_staffed: bool = False
    member: str | None = None
    kept_days: int = KEPT_DAYS
    told: Mapping[str, Value] | None = None
    is_edited: bool = False


@dataclass(frozen=True, slots=True)
class Button:
    """A choice that can be tapped. ``id`` is at most 64 bytes, ``label`` at most 30 characters."""

    id: str
    label: str


Rows = tuple[tuple[Button, ...], ...]


@dataclass(frozen=True, slots=True)
class Reply:
    """One message to the person, of a ``kind``.

    The kinds are message, question, menu, card, document, own_data and notice. A menu is a list of
    commands to choose from: languages, answers to change, the summary. A document is the card once
    more, to be given as a file where the channel can. In the place of own_data comes all that is
    kept about the chat, which only the channel can read; the text introduces it. A notice only
    explains a press on an old button.

    ``replaces`` is the channel's number of the message that this one takes the place of. Only a
    card may be longer than 600 characters or 8 lines.
    """

    text: str
    buttons: Rows = ()
    kind: str = "message"
    replaces: int | None = None
