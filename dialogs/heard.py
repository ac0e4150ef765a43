"""What an utterance was taken to mean: what `dialogs.understand` gives `dialogs.conversation`.

Holds no words that a person wrote.
"""

from dataclasses import dataclass, field

from dialogs.messages import KEPT_DAYS
from knowledge.faq_search import Guess
from knowledge.slots import Value


@dataclass(frozen=True, slots=True)
class Heard:
    """What an utterance was taken to mean.

    ``intent`` is a command, answer, question, tick, done, ask_back, change, confirm, deny,
    attachment, edited, another_script, old_button, late_button or unknown. ``certain`` is false for
    an answer read from free text or filled in by a link: it is shown before it counts. The answers
    of a question were told beside it.
    ``candidates`` are the municipality numbers to ask back about; ``slot`` and ``value`` what a
    button or a command is about. ``lang`` is the channel's guess at the language, ``written_in``
    what a text shows. A late_button was pressed on a message that the conversation has left behind.
    """

    intent: str
    answers: dict[str, Value] = field(default_factory=dict)
    certain: bool = True
    candidates: tuple[str, ...] = ()
    slot: str | None = None
    value: str = ""
    faq: tuple[Guess, ...] = ()
    lang: str | None = None
    written_in: str | None = None
    is_staffed: bool = False
    member: str | None = None
    kept_days: int = KEPT_DAYS
