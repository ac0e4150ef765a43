"""The reviewed list of verdict classes: one line for each, with one organisation that ends there.

Called by `veiviser check` and by `knowledge.mutation`. Two verdicts are of one class when outcome,
recipient, whom to ask, the deciding rules and the smallest change are the same. The list stands
beside the scheme file; a change of any rule shows in it, and is read there before it is published.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from knowledge.proof import shown
from knowledge.ruling import INELIGIBLE, UNDECIDED, Ruling, rule_on
from knowledge.scheme import SCHEMES, Scheme
from knowledge.slots import SLOTS, Value
from knowledge.space import Case, size_where, space_of
from knowledge.verdict import Verdict, decide_case, whom_to_ask

HEADER = """\
# Verdict classes of the scheme year {year}: outcome | recipient | ask | deciding rules | smallest
# change and what it gives | how many combinations of answers | one of them.
# Written by `veiviser check --write-classes`; read the difference before you keep it.
"""


SEPARATOR = " | "
COLUMNS = 7


@dataclass(frozen=True, slots=True)
class Reviewed:
    """The list as it was reviewed: the lines of the classes, and the lines of all else."""

    classes: tuple[str, ...]
    others: tuple[str, ...]

    def rule_counts(self) -> dict[tuple[str, ...], int]:
        """How many combinations the list has of each rule class."""
        counts: dict[tuple[str, ...], int] = {}
        for line in self.classes:
            *name, _change, size, _witness = line.split(SEPARATOR)
            counts[tuple(name)] = counts.get(tuple(name), 0) + int(size)
        return counts


def reviewed(year: int) -> Reviewed:
    """Read the list of a scheme year; empty when there is none yet."""
    path = classes_path(year)
    text = path.read_text(encoding="utf-8") if path.exists() else ""
    lines = [line for line in text.splitlines() if line and not line.startswith("#")]
    classes = tuple(line for line in lines if line.count(SEPARATOR) == COLUMNS - 1)
    return Reviewed(classes, tuple(line for line in lines if line not in set(classes)))


def holds_still(scheme: Scheme, line: str) -> bool:
    """Whether the organisation on a line of the list still ends in its rule class."""
    *name, _change, _size, witness = line.split(SEPARATOR)
    ruling = rule_on(scheme, dict(_read(word) for word in witness.split()))
    return not ruling.missing and rule_class(ruling) == tuple(name)


def _read(word: str) -> tuple[str, Value]:
    slot, _, value = word.partition("=")
    return slot, tuple(value.split(",")) if SLOTS[slot].many else value


def class_lines(scheme: Scheme, walked: list[Case]) -> list[str]:
    """The list as it follows from the rules, in the order of outcomes and rules."""
    sizes: dict[str, int] = {}
    examples: dict[str, Case] = {}
    for case in walked:
        name = class_of(case.ruling, decide_case(scheme, tuple(case.answers.items())))
        sizes[name] = sizes.get(name, 0) + case.size
        if name not in examples or len(case.answers) < len(examples[name].answers):
            examples[name] = case
    lines = [
        SEPARATOR.join((name, str(sizes[name]), shown(examples[name].answers)))
        for name in sorted(sizes)
    ]
    return [
        *lines,
        *answer_lines(scheme, walked),
        *activity_lines(scheme),
        *_note_lines(scheme, walked),
    ]


def class_of(ruling: Ruling, verdict: Verdict) -> str:
    """The class a verdict belongs to, as the first columns of its line."""
    change = verdict.change
    to = f"{shown(change.answers)} → {change.outcome}" if change else "-"
    return SEPARATOR.join((*rule_class(ruling), to))


def rule_class(ruling: Ruling) -> tuple[str, ...]:
    """Outcome, recipient, whom to ask, and the rules that decide: a class but for its change."""
    return (
        ruling.outcome,
        ruling.grantor or "-",
        ", ".join(whom_to_ask(ruling)) or "-",
        ", ".join(deciding_rules(ruling)),
    )


def rule_counts(walked: Iterable[Case]) -> dict[tuple[str, ...], int]:
    """How many combinations of answers there are of each rule class."""
    counts: dict[tuple[str, ...], int] = {}
    for case in walked:
        name = rule_class(case.ruling)
        counts[name] = counts.get(name, 0) + case.size
    return counts


def deciding_rules(ruling: Ruling) -> tuple[str, ...]:
    """The rows without which the outcome would be another."""
    if ruling.outcome in INELIGIBLE:
        return tuple(row.id for row in ruling.rows if row.then == ruling.outcome)[:1]
    if ruling.outcome == UNDECIDED:
        return tuple(row.id for row in ruling.rows if row.then == UNDECIDED)
    return (ruling.rows[-1].id,)


def answer_lines(scheme: Scheme, walked: list[Case]) -> list[str]:
    """For each answer to a question with one answer: the outcomes of all who give it."""
    space = space_of(scheme)
    alike = {slot: {kind.value: kind.answers for kind in kinds} for slot, kinds in space.items()}
    counts: dict[str, Counter[str]] = {}
    for case in walked:
        for slot, value in case.answers.items():
            if not SLOTS[slot].many:
                for answer in alike[slot][value]:
                    share = case.size // len(alike[slot][value])
                    name = f"answer {slot}={answer}"
                    counts.setdefault(name, Counter())[case.ruling.outcome] += share
    return [
        SEPARATOR.join((name, ", ".join(f"{o} {n}" for o, n in sorted(counts[name].items()))))
        for name in sorted(counts)
    ]


def activity_lines(scheme: Scheme) -> Iterator[str]:
    """Where each activity belongs, and what the money would be for."""
    for activity in scheme.activities.values():
        yield f"activity {activity.id} | {activity.sub_goal or '-'} | {activity.support}"


def _note_lines(scheme: Scheme, walked: Iterable[Case]) -> Iterator[str]:
    """How often each note is shown, so that a change of its conditions shows too."""
    space = space_of(scheme)
    counts = dict.fromkeys((note.id for note in scheme.notes), 0)
    for case in walked:
        for note in scheme.notes:
            if case.ruling.outcome in note.outcomes:
                counts[note.id] += size_where(scheme, space, note, case)
    return (f"note {name} | {count}" for name, count in counts.items())


def classes_path(year: int) -> Path:
    """Where a scheme year's list stands."""
    return SCHEMES / f"{year}.classes.txt"


def class_faults(scheme: Scheme, walked: list[Case]) -> list[str]:
    """Lines that the rules give and the reviewed list lacks, and the other way round."""
    path = classes_path(scheme.year)
    known = reviewed(scheme.year)
    listed = [*known.classes, *known.others]
    given = class_lines(scheme, walked)
    return [
        *(f"{path.name}: not reviewed: {line}" for line in given if line not in set(listed)),
        *(f"{path.name}: no longer true: {line}" for line in listed if line not in set(given)),
    ]


def write_classes(scheme: Scheme, walked: list[Case]) -> Path:
    """Write the list anew, for review."""
    path = classes_path(scheme.year)
    text = HEADER.format(year=scheme.year) + "\n".join(class_lines(scheme, walked)) + "\n"
    path.write_text(text, encoding="utf-8")
    return path
