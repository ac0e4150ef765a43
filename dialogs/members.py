"""A group that answers together: which of its members gave which answer.

Called by `dialogs.conversation` and wherever answers are listed. Members have a number each, in the
order in which they first wrote or pressed; who they are is not kept, only a code that the channel
makes.
"""

from dataclasses import replace

from dialogs.heard import Heard
from dialogs.messages import Reply
from dialogs.state import State
from dialogs.texts import say

MOST_MEMBERS = 50  # with a number; whoever comes later answers without one


def welcomed(state: State, heard: Heard) -> tuple[State, list[Reply]]:
    """Give somebody new a number, and say which."""
    if heard.member is None or not state.together or heard.member in state.members:
        return state, []
    if len(state.members) == MOST_MEMBERS:
        return state, []
    state = replace(state, members=(*state.members, heard.member))
    return state, [Reply(say(state.lang, "member-joined", n=len(state.members)))]


def credited(before: State, after: State, heard: Heard) -> State:
    """Note whose the answers are that a turn gave or changed."""
    if not after.members:
        return after
    answered_by = {s: n for s, n in after.answered_by.items() if s in after.answers}
    if heard.member in after.members and after.together:
        number = after.members.index(heard.member) + 1
        changed = (s for s, v in after.answers.items() if before.answers.get(s) != v)
        answered_by |= dict.fromkeys(changed, number)
    return replace(after, answered_by=answered_by)


def with_member(state: State, slot: str, line: str) -> str:
    """A line about an answer, with the number of the member who gave it."""
    number = state.answered_by.get(slot)
    return line if number is None else say(state.lang, "given-by", line=line, n=number)
