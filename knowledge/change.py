"""The smallest change that would improve an outcome, among the things an organisation can change.

Called by `knowledge.verdict`. The scheme file lists what can be changed and in what order it is
suggested: registration, target groups, activities, scope; never where the organisation lives.
`knowledge.proof` shows that no smaller change would do, and that the change gives what it
promises.
"""

from collections.abc import Iterator
from itertools import combinations, product

from knowledge.ruling import UNDECIDED, Ruling, rank, rule_on
from knowledge.scheme import Scheme
from knowledge.scheme_file import ChangeOption
from knowledge.slots import SLOTS, Answers, Value, as_tuple


def smallest_change(scheme: Scheme, answers: Answers, ruling: Ruling) -> dict[str, Value] | None:
    """The new answers to as few slots as possible that raise the outcome's rank.

    None when the outcome cannot be better, or so much is missing that nothing can be promised.
    Only answers that were given are changed.
    """
    if rank(ruling.outcome) == rank("apply_imdi") or (
        ruling.missing and ruling.outcome == UNDECIDED
    ):
        return None
    options = scheme.file.change
    for size in range(1, len(options) + 1):
        for chosen in combinations([o for o in options if o.slot in answers], size):
            for changed in _alternatives(scheme, answers, chosen):
                after = rule_on(scheme, {**answers, **changed})
                if not after.missing and rank(after.outcome) > rank(ruling.outcome):
                    return changed
    return None


def _alternatives(
    scheme: Scheme, answers: Answers, options: tuple[ChangeOption, ...]
) -> Iterator[dict[str, Value]]:
    """Every way to make these changes that does change each of the slots."""
    ways = [list(_new_values(scheme, answers, option)) for option in options]
    for values in product(*ways):
        yield {option.slot: value for option, value in zip(options, values, strict=True)}


def _new_values(scheme: Scheme, answers: Answers, option: ChangeOption) -> Iterator[Value]:
    old = answers.get(option.slot)
    if option.add:
        kept = (v for v in as_tuple(old or ()) if v not in scheme.alone(option.slot))
        new = tuple(dict.fromkeys((*kept, *option.add)))
        if SLOTS[option.slot].many and new != old:
            yield new
    yield from (value for value in option.to if value != old)
