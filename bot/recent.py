"""The message just before, for somebody who sends a sentence in two.

Held by a channel for as long as it runs and given to `bot.turns.take`. Lives in memory alone: what
a person wrote never reaches a disk, and after a restart a message is simply read by itself.
"""

from collections import OrderedDict

from bot.store import Chat
from dialogs.messages import Utterance
from dialogs.understand import Heard

TOGETHER_MS = 30_000
MOST_CHATS = 10_000


class Recent:
    """The last text of each chat that was not understood, and when it came."""

    def __init__(self) -> None:
        self._texts: OrderedDict[Chat, tuple[int, str]] = OrderedDict()

    def before(self, chat: Chat, at: int) -> str | None:
        """What the chat wrote within half a minute before ``at`` (milliseconds), not understood."""
        written_at, text = self._texts.get(chat, (at - TOGETHER_MS - 1, ""))
        return text if 0 <= at - written_at <= TOGETHER_MS else None

    def note(self, chat: Chat, at: int, utterance: Utterance, heard: Heard) -> None:
        """Keep a text that was not understood; anything else ends the sentence."""
        self._texts.pop(chat, None)
        if heard.intent == "unknown" and utterance.text:
            self._texts[chat] = (at, utterance.text)
            if len(self._texts) > MOST_CHATS:
                self._texts.popitem(last=False)
