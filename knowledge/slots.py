"""The slots: what can be known about an organisation, in the order it is asked.

Called wherever answers are read, checked or counted. Knows no scheme year: which activities and
which municipalities there are is the scheme's business.

An answer is a value, or a tuple of values where the slot holds a list. «Vet ikke» (we do not
know) is the value ``unsure``; an unanswered slot is simply absent.
"""

from collections.abc import Mapping
from dataclasses import dataclass

UNSURE = "unsure"
PLACE = "place"
ACTIVITY = "activity"

Value = str | tuple[str, ...]
Answers = Mapping[str, Value]


@dataclass(frozen=True, slots=True)
class Slot:
    """One named answer.

    ``values`` are the words that can stand in it. ``kind`` says where further values come from: a
    four-digit municipality number (``place``) or the scheme's kinds of activity (``activity``).
    ``many`` means a list; ``alone`` are the values that go with no other.
    """

    name: str
    values: tuple[str, ...]
    kind: str = "choice"
    many: bool = False
    alone: tuple[str, ...] = (UNSURE,)


SLOTS: dict[str, Slot] = {
    slot.name: slot
    for slot in (
        Slot("registered", ("yes", "no", UNSURE)),
        Slot("organisation_type", ("voluntary", "company", "public", "private_person")),
        Slot("municipality", (UNSURE,), kind=PLACE),
        Slot(
            "scope",
            (
                "local",
                "several_municipalities",
                "national",
                "central_body",
                "transferable",
                "local_transferable",
                UNSURE,
            ),
        ),
        Slot(
            "target_groups",
            ("immigrants", "refugees", "reception_centre", "local_population", "other", UNSURE),
            many=True,
        ),
        Slot("reception_centre_in", ("several", UNSURE), kind=PLACE),
        Slot("activities", (UNSURE,), kind=ACTIVITY, many=True),
    )
}

# What a decision table may look at: the slots themselves, a place being reduced to whether it
# manages the scheme, and `support`, which is read off the activities.
PLACE_FACTS = ("managing", "not_managing")
SUPPORT = ("measure", "operating", "nothing", UNSURE)
COLUMN_OF_SLOT: dict[str, tuple[str, ...]] = {
    name: (name, "support") if slot.kind == ACTIVITY else (name,) for name, slot in SLOTS.items()
}
SLOT_OF_COLUMN = {column: slot for slot, columns in COLUMN_OF_SLOT.items() for column in columns}


def as_tuple(value: Value) -> tuple[str, ...]:
    """One value or many, as a tuple."""
    return (value,) if isinstance(value, str) else value
