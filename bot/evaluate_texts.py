"""Sets of single texts that `veiviser evaluate` knows: the form of a line, and how it is scored.

Called by ``bot.evaluate``. Reads as the assistant reads; decides nothing itself.
"""

from collections.abc import Callable
from typing import Any

from pydantic import BaseModel

from bot.evaluate_score import OPTIONAL_NAMES, REGISTERED, Score, shown, slot_value
from bot.understand import meaning
from dialogs.side_questions import ABOUT_US
from dialogs.state import State
from dialogs.understand import read_text
from knowledge.places import Places
from knowledge.scheme import Scheme


class ActivityLine(BaseModel):
    """A text and the sub-goals it comes under; none is an empty list."""

    text: str
    labels: list[str]


def _activities(scheme: Scheme, line: ActivityLine, score: Score) -> None:
    wanted = set(line.labels)
    got = set(meaning(scheme, line.text, "activities")["answers"].get("sub_goals", ()))
    score.tally("exact set", got == wanted)
    score.tally("micro-F1", 2 * len(got & wanted), len(got) + len(wanted))
    if got != wanted:
        score.miss(line.text, got, wanted)


class LocationLine(BaseModel):
    """A text and the municipality it means; only ``kind`` municipality means one."""

    text: str
    kind: str
    number_2019: str | None = None


def _location(scheme: Scheme, line: LocationLine, score: Score) -> None:
    reading = Places.load(scheme.year).find(line.text)
    numbers = tuple(place.number for place in reading.candidates)
    is_settled = reading.kind == "municipality"
    is_clear = line.kind == "municipality"
    is_right = (numbers == (line.number_2019,) and is_settled) if is_clear else not is_settled
    wrong = is_settled and not is_right
    score.tally(f"{line.kind}: right" if is_clear else f"{line.kind}: not settled", is_right)
    score.tally(f"{line.kind}: asked", bool(numbers) and not is_settled)
    score.tally(f"{line.kind}: silently wrong" if is_clear else "settled where it must ask", wrong)
    if not is_right:
        score.miss(line.text, f"{reading.kind} {shown(numbers)}", line.number_2019 or line.kind)


class OpeningSlots(BaseModel):
    """What a first message states; null or an empty list: not stated."""

    registered: bool | None = None
    number_2019: str | None = None
    scope: str | None = None
    target_groups: list[str] = []
    subgoals: list[str] = []


class OpeningLine(BaseModel):
    """A first message; ``optional`` values are neither right nor wrong."""

    text: str
    slots: OpeningSlots
    optional: dict[str, list[str | bool]] = {}


# Words of the sets for what the slots call otherwise.
def _opening(scheme: Scheme, line: OpeningLine, score: Score) -> None:
    answers = meaning(scheme, line.text)["answers"]
    optional = {slot: {slot_value(v) for v in values} for slot, values in line.optional.items()}
    is_right = True
    for slot, wanted in _stated(line.slots).items():
        value = answers.get(slot, ())
        may = optional.get(OPTIONAL_NAMES.get(slot, slot), set())
        got = ({value} if isinstance(value, str) else set(value)) - (may - wanted)
        score.tally(f"{slot}: precision", len(got & wanted), len(got))
        score.tally(f"{slot}: recall", len(got & wanted), len(wanted))
        if got != wanted:
            is_right = False
            score.miss(line.text, f"{slot} {shown(got)}", wanted)
    score.tally("all slots right", is_right)


def _stated(slots: OpeningSlots) -> dict[str, set[str]]:
    one = {
        "registered": None if slots.registered is None else REGISTERED[slots.registered],
        "municipality": slots.number_2019,
        "scope": None if slots.scope is None else slot_value(slots.scope),
    }
    stated = {slot: set() if value is None else {value} for slot, value in one.items()}
    groups = {slot_value(group) for group in slots.target_groups}
    return {**stated, "target_groups": groups, "sub_goals": set(slots.subgoals)}


class FaqLine(BaseModel):
    """A question, the key of its answer, and what the answer must say (``|``: one of these).

    Keys that begin with ``nis_`` are fair questions the source does not answer; ``none`` is out
    of scope.
    """

    question: str
    answer_key: str
    also_ok: list[str] = []
    must_contain: list[str] = []


def _faq(scheme: Scheme, line: FaqLine, score: Score) -> None:
    found = meaning(scheme, line.question)["faq"]
    guesses = read_text(scheme, State(greeted=True), None, line.question).faq
    offered = [g.key for g in guesses if not found and not g.key.startswith(ABOUT_US)]
    got = found["key"] if found else "near" if offered else "unknown"
    if line.answer_key == "none":
        score.tally("none: answered", bool(found))
        score.tally("none: near", got == "near")
        score.tally("none: unknown", got == "unknown")
        if found:
            score.miss(line.question, got, "no answer")
        return
    group = "nis_" if line.answer_key.startswith("nis_") else "answerable"
    keys = {line.answer_key, *line.also_ok}
    score.tally(f"{group}: right", got in keys)
    score.tally(f"{group}: wrong", bool(found) and got not in keys)
    score.tally(f"{group}: near", got == "near")
    score.tally(f"{group}: near, right among them", bool(keys & set(offered)))
    score.tally(f"{group}: unknown", got == "unknown")
    if found and got in keys:
        text = found["text"].casefold()
        lacking = [w for w in line.must_contain if not any(a in text for a in _either(w))]
        score.tally(f"{group}: says what it must", not lacking)
        if lacking:
            score.miss(line.question, f"{got} without {shown(lacking)}", line.must_contain)
    else:
        score.miss(line.question, f"{got} ({shown(offered)})" if offered else got, keys)


def _either(alternatives: str) -> list[str]:
    return alternatives.casefold().split("|")


class OutOfScopeLine(BaseModel):
    """A text about something else altogether."""

    text: str


def _out_of_scope(scheme: Scheme, line: OutOfScopeLine, score: Score) -> None:
    read = meaning(scheme, line.text)
    score.tally("answered as FAQ", bool(read["faq"]))
    score.tally("slots filled", bool(read["answers"]))
    if read["faq"] or read["answers"]:
        score.miss(line.text, read["faq"]["key"] if read["faq"] else read["answers"], "nothing")


TEXT_SETS: dict[str, tuple[type[BaseModel], Callable[[Scheme, Any, Score], None]]] = {
    "activities": (ActivityLine, _activities),
    "locations": (LocationLine, _location),
    "opening": (OpeningLine, _opening),
    "faq": (FaqLine, _faq),
    "oos": (OutOfScopeLine, _out_of_scope),
}
