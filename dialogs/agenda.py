"""What is pending, and the verdict when there is one: derived from the answers, never stored.

Called by `dialogs.understand`, `dialogs.conversation` and the channels.
"""

from dialogs.questions import CHECK_ANSWERS
from dialogs.state import State
from knowledge.asking import in_force, open_questions
from knowledge.ruling import possible_outcomes
from knowledge.scheme import Scheme
from knowledge.slots import Answers, Value
from knowledge.verdict import Verdict, decide


def pending(scheme: Scheme, state: State) -> str | None:
    """The question to ask now, ``check_answers`` for the summary, or None: the verdict stands."""
    if state.changing is not None:
        return state.changing
    answers = counted(scheme, state)
    if questions := open_questions(scheme, answers):
        return questions[0]
    return CHECK_ANSWERS if set(state.from_text) & set(answers) else None


def counted(scheme: Scheme, state: State) -> dict[str, Value]:
    """The answers in force, in the order of the questions."""
    return in_force(scheme, state.answers)


def standing_verdict(scheme: Scheme, state: State) -> Verdict | None:
    """The verdict shown: when nothing is pending, or when it was asked for before the end."""
    if pending(scheme, state) is None or state.asked_early:
        return decide(scheme, counted(scheme, state))
    return None


def settled_early(scheme: Scheme, answers: Answers) -> bool:
    """Whether questions remain but the outcome can no longer change."""
    is_settled = len(possible_outcomes(scheme, answers)) == 1
    return is_settled and bool(open_questions(scheme, answers))
