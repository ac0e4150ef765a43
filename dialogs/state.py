"""The state of one conversation: the answers, and as little else as possible.

Called by `dialogs` at every turn and stored by `bot.store`. The pending question is not in it:
that is derived from the answers each time. Holds no words that a person wrote.
"""

import json
from dataclasses import dataclass, field, fields, replace
from typing import Any

from knowledge.slots import Value

LANGUAGES = ("nb", "nn", "en")
VERSION = 1


@dataclass(frozen=True, slots=True)
class State:
    """What is known in a conversation (slots and values as in `knowledge.slots`).

    ``from_text`` are answers read from free text and not yet confirmed. ``ticks`` are choices
    ticked in the pending question and not yet sent; ``asked_back`` the municipality numbers it
    asked back about; ``menu`` the button ids of the list shown last, which a number counts.
    ``changing`` is the question the person went back to. ``asked_early`` that the verdict was
    asked for before the last question; ``erased`` tells the store to forget it all.
    ``wants_person`` that they asked for a human being and none has answered yet. ``turn`` counts
    the turns; ``since`` is the one from which on the buttons shown last hold. ``together``: several
    answer in one conversation; ``members`` are codes for them, and ``answered_by`` tells which of
    them, counted from 1, gave the answer in a slot.
    """

    lang: str = "nb"
    lang_chosen: bool = False
    greeted: bool = False
    answers: dict[str, Value] = field(default_factory=dict)
    from_text: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    asked_back: tuple[str, ...] = ()
    menu: tuple[str, ...] = ()
    changing: str | None = None
    deleting: bool = False
    asked_early: bool = False
    erased: bool = False
    wants_person: bool = False
    turn: int = 0
    since: int = 0
    together: bool = False
    members: tuple[str, ...] = ()
    answered_by: dict[str, int] = field(default_factory=dict)

    def to_json(self) -> str:
        """The state as one line of JSON with its version, for the store."""
        stored = {name: getattr(self, name) for name in _NAMES}
        return json.dumps({"version": VERSION, **stored}, ensure_ascii=False, sort_keys=True)

    @classmethod
    def from_json(cls, text: str) -> "State":
        """Read a stored state back.

        Raises:
            ValueError: the text is not a state, or of a newer version than this program knows.
        """
        stored: dict[str, Any] = json.loads(text)
        version = stored.pop("version", None)
        if version != VERSION:
            raise ValueError(f"state of version {version}, this program knows version {VERSION}")
        if unknown := stored.keys() - _NAMES:
            raise ValueError(f"state with unknown fields: {', '.join(sorted(unknown))}")
        for name in ("from_text", "ticks", "asked_back", "menu", "members"):
            stored[name] = tuple(stored.get(name, ()))
        stored["answers"] = {
            slot: tuple(value) if isinstance(value, list) else value
            for slot, value in stored["answers"].items()
        }
        return cls(**stored)

    def calm(self) -> "State":
        """The same answers with nothing half-done: no ticks, nothing being changed."""
        return replace(
            self, ticks=(), asked_back=(), changing=None, deleting=False, asked_early=False
        )


_NAMES = frozenset(field.name for field in fields(State))
