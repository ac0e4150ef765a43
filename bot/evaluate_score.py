"""How a set did: counts by name and the misses, and what the sets' words are here.

Called by ``bot.evaluate_texts`` and ``bot.evaluate_conversations``.
"""

from dataclasses import dataclass, field


@dataclass(slots=True)
class Score:
    """Figures by name, each a count and what it is out of; and the misses, in words."""

    figures: dict[str, tuple[int, int]] = field(default_factory=dict)
    misses: list[str] = field(default_factory=list)

    def tally(self, name: str, count: int, of: int = 1) -> None:
        before, out_of = self.figures.get(name, (0, 0))
        self.figures[name] = (before + count, out_of + of)

    def add(self, other: "Score") -> None:
        for name, (count, of) in other.figures.items():
            self.tally(name, count, of)

    def miss(self, text: str, got: object, wanted: object) -> None:
        self.misses.append(f"{text!r}: got {shown(got)}, wanted {shown(wanted)}")


def shown(value: object) -> str:
    """A value as a miss tells it."""
    if isinstance(value, set | tuple | list):
        return ", ".join(sorted(map(str, value))) or "nothing"
    return "nothing" if value is None else str(value)


SCOPES = {"local_with_transfer_value": "local_transferable", "central_body_local_measure": "local"}
GROUPS = {"outside": "other"}
REGISTERED = {True: "yes", False: "no"}
OPTIONAL_NAMES = {"municipality": "number_2019", "sub_goals": "subgoals"}


def slot_value(word: str | bool) -> str:
    """What the slots call a value of the sets."""
    if isinstance(word, bool):
        return REGISTERED[word]
    return SCOPES.get(word, GROUPS.get(word, word))
