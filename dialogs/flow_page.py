"""Draws the conversation from the rules: which question follows which, and on what condition.

Called when the documents are generated (`docs/flow.md`). The arrows are found by walking every
conversation there can be; nothing is drawn by hand but the commands.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product

from dialogs.questions import label, name
from dialogs.texts import say
from knowledge.asking import open_questions
from knowledge.scheme import Scheme
from knowledge.slots import PLACE, SLOTS, Answers, Value, as_tuple
from knowledge.space import Space, space_of

END = "verdict"
Taken = tuple[tuple[str, Value], ...]
LANG = "nb"


@dataclass(slots=True)
class Arrow:
    """From one question to the next, with the answers that were given wherever it was taken."""

    source: str
    target: str
    taken: set[Taken] = field(default_factory=set)


def arrows(scheme: Scheme) -> list[Arrow]:
    """Every step from a question to the next, or to the verdict, in the order of the questions."""
    space = space_of(scheme)
    found: dict[tuple[str, str], Arrow] = {}
    for answers, source, target in _steps(scheme, space, {}):
        arrow = found.setdefault((source, target), Arrow(source, target))
        arrow.taken.add(tuple(answers.items()))
    order = {slot: i for i, slot in enumerate((*SLOTS, END))}
    return sorted(found.values(), key=lambda a: (order[a.source], order[a.target]))


def _steps(
    scheme: Scheme, space: Space, answers: dict[str, Value]
) -> Iterator[tuple[Answers, str, str]]:
    questions = open_questions(scheme, answers)
    if not questions:
        return
    asked = questions[0]
    for kind in space[asked]:
        more = {**answers, asked: kind.value}
        following = open_questions(scheme, more)
        yield more, asked, following[0] if following else END
        if asked != "activities":
            yield from _steps(scheme, space, more)


def conditions(arrow: Arrow, taken_from_source: set[Taken]) -> dict[str, list[Value]]:
    """What an arrow hangs on: the slots of which only some answers lead along it.

    Raises:
        ValueError: it hangs on answers in a way that a list of conditions cannot say.
    """
    found: dict[str, list[Value]] = {}
    for slot in SLOTS:
        here = _values(arrow.taken, slot)
        if here and here != _values(taken_from_source, slot):
            found[slot] = here
    seen = {tuple(dict(taken).get(slot) for slot in found) for taken in arrow.taken}
    if seen != set(product(*found.values())):
        raise ValueError(f"{arrow.source} to {arrow.target} hangs on more than {found}")
    return found


def _values(taken: set[Taken], slot: str) -> list[Value]:
    return sorted({dict(answers)[slot] for answers in taken if slot in dict(answers)}, key=str)


def flow(scheme: Scheme) -> str:
    """The conversation as a Mermaid flowchart, with the conditions on the arrows."""
    lines = ["```mermaid", "flowchart TD", '  start(["Hilsen"]) --> registered']
    for slot in SLOTS:
        lines.append(f'  {slot}["{_first_line(say(LANG, f"ask-{slot}"))}"]')
    lines.append(f'  check_answers["{say(LANG, "summary")}"]')
    lines.append(f'  {END}(["Svaret: kortet"])')
    drawn = arrows(scheme)
    for arrow in drawn:
        beside = [other for other in drawn if other.source == arrow.source]
        lines += _drawn(scheme, arrow, beside)
    lines.append(f'  check_answers -->|"{say(LANG, "button-confirm")}"| {END}')
    return "\n".join((*lines, "```"))


def _drawn(scheme: Scheme, arrow: Arrow, beside: list[Arrow]) -> list[str]:
    """One arrow, or the two that lead to the verdict: straight, or by way of the summary."""
    if arrow.target == END:
        return [
            f'  {arrow.source} -->|"alle svar valgt fra listene"| {END}',
            f'  {arrow.source} -->|"noe er lest av fri tekst"| check_answers',
        ]
    everything = set().union(*(other.taken for other in beside))
    found = conditions(arrow, everything)
    if not found:
        text = "ellers" if len(beside) > 1 else ""
    else:
        text = "; ".join(
            f"{name(LANG, slot)}: {_alternatives(scheme, slot, values, _values(everything, slot))}"
            for slot, values in found.items()
        )
    return [f"  {arrow.source} -->" + (f'|"{text}"| ' if text else " ") + arrow.target]


def _alternatives(scheme: Scheme, slot: str, values: list[Value], possible: list[Value]) -> str:
    """The answers an arrow asks for; for a list, the one choice that all of them have."""
    if SLOTS[slot].many:
        for choice in scheme.values(slot):
            if values == [value for value in possible if choice in as_tuple(value)]:
                return f"med «{label(scheme, LANG, slot, choice)}»"
    if SLOTS[slot].kind == PLACE:
        return ", ".join(map(str, values))
    return ", ".join(label(scheme, LANG, slot, one) for value in values for one in as_tuple(value))


def _first_line(text: str) -> str:
    return text.splitlines()[0]
