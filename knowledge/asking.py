"""Which questions are still open: those whose answer could change the verdict.

Called by `dialogs.agenda` at every turn, by `knowledge.ruling` and by the proof. Nothing here says
*when* a question is asked: it follows from the tables, restricted by the answers so far.
"""

from knowledge.scheme import Scheme
from knowledge.slots import SLOTS, Answers, Value
from knowledge.tables import Rest

# What is left of the tables applicant, target_group, sub_goal_fit and grantor.
Rests = tuple[Rest, Rest, Rest, Rest]


def open_questions(scheme: Scheme, answers: Answers) -> tuple[str, ...]:
    """The unanswered questions that matter, in the order they are asked.

    The first is the one to ask. Their number bounds how many are left: an answer only ever removes
    some of them.
    """
    return still_open(restricted(scheme, answers), answers)


def still_open(rests: Rests, answers: Answers) -> tuple[str, ...]:
    """The open questions, where the tables have been restricted already."""
    return tuple(slot for slot in SLOTS if slot not in answers and _matters(slot, rests))


def in_force(scheme: Scheme, answers: Answers) -> dict[str, Value]:
    """The answers that count, in the order of the questions.

    An answer is set aside when the answers before it make its question pointless: where the
    reception centre lies, say, once no residents of one are meant. It counts again when they
    change back.
    """
    rests = _start(scheme)
    kept: dict[str, Value] = {}
    for slot in SLOTS:
        if slot in answers and _matters(slot, rests):
            kept[slot] = answers[slot]
            rests = _after(scheme, rests, slot, scheme.as_seen(slot, answers[slot]))
    return kept


def restricted(scheme: Scheme, answers: Answers) -> Rests:
    """What is left of the four tables after these answers."""
    rests = _start(scheme)
    for slot, value in answers.items():
        rests = _after(scheme, rests, slot, scheme.as_seen(slot, value))
    return rests


def _start(scheme: Scheme) -> Rests:
    a, t, s, g = scheme.tables
    return a.start, t.start, s.start, g.start


def _after(scheme: Scheme, rests: Rests, slot: str, value: Value) -> Rests:
    a, t, s, g = scheme.tables
    return (
        a.after(rests[0], slot, value),
        t.after(rests[1], slot, value),
        s.after(rests[2], slot, value),
        g.after(rests[3], slot, value),
    )


def _matters(slot: str, rests: Rests) -> bool:
    """Whether the verdict hangs on a slot. The activities always count: they give the sub-goals."""
    return slot == "activities" or any(slot in rest.decision.slots for rest in rests)
