"""The groups of digits in a text: how close they stand, and which of them are taken.

Called by the modules of `bot.masking` that read digits; decides nothing about what they are.
"""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import accumulate

from bot.masking_markers import COVERED, Found, Marker

_GROUP = re.compile(r"[0-9]+")
# Between the groups of one number: spaces, or one mark that people put there.
_TIGHT = re.compile(r" {1,3}|[.\-/_·•]| [-/.] | ?[(\[]|[)\]] ?")
# Anything short without letters; a plus begins another number.
_NEAR = re.compile(rf"(?:[^\w+{COVERED}]|_){{1,5}}")
_FAR, _APART = 5, "+"  # characters; a gap that joins nothing


class Digits:
    """The groups of a text from left to right, each known by its place in the row."""

    def __init__(self, low: str) -> None:
        self.low = low
        self.spans = [match.span() for match in _GROUP.finditer(low)]
        groups = [low[start:end] for start, end in self.spans]
        self._all = "".join(groups)
        self._offset = list(accumulate(map(len, groups), initial=0))
        self.found: list[Found] = []
        # A group is taken, kept for what it is, or free. Organisation numbers are kept, too.
        self.is_taken = [False] * len(self.spans)
        self.is_kept = [False] * len(self.spans)
        self.is_organisation = [False] * len(self.spans)
        # is_tight[i]: whether group i and the one before it may be the same number; is_near[i]:
        # the same, or with more between them, but neither letters nor a plus.
        pairs = zip(self.spans, self.spans[1:], strict=False)
        gaps = [low[end:start] if start - end <= _FAR else _APART for (_, end), (start, _) in pairs]
        tight = {gap for gap in set(gaps) if _TIGHT.fullmatch(gap)}
        near = tight | {gap for gap in set(gaps) if _NEAR.fullmatch(gap)}
        self.is_tight = [False, *(gap in tight for gap in gaps)]
        self.is_near = [False, *(gap in near for gap in gaps)]

    def length(self, group: int) -> int:
        """How many digits a group has."""
        start, end = self.spans[group]
        return end - start

    def joined(self, first: int, last: int) -> str:
        """The digits of the groups from first to last."""
        return self._all[self._offset[first] : self._offset[last + 1]]

    def shape(self, first: int, last: int) -> tuple[int, ...]:
        """The lengths of the groups from first to last."""
        return tuple(end - start for start, end in self.spans[first : last + 1])

    def are_taken(self, first: int, last: int) -> bool:
        """Whether any of the groups is taken."""
        return any(self.is_taken[first : last + 1])

    def is_whole(self, first: int, last: int) -> bool:
        """Whether the groups stand tightly, as one number is written."""
        return all(self.is_tight[first + 1 : last + 1])

    def are_free(self, first: int, last: int) -> bool:
        """Whether none of the groups is taken or kept."""
        return not self.are_taken(first, last) and not any(self.is_kept[first : last + 1])

    def first_from(self, place: int) -> int:
        """The first group that begins at a place of the text or after it."""
        return bisect_left(self.spans, (place, 0))

    def run(self, first: int, enough: int) -> tuple[int, int]:
        """The last group of the number that begins here, and its digits so far.

        Ends where ``enough`` digits are reached, or where the next group stands too far off.
        """
        last, total = first, self.length(first)
        while total < enough and last + 1 < len(self.spans) and self.is_tight[last + 1]:
            last += 1
            total += self.length(last)
        return last, total

    def windows(self, total: int) -> Iterator[tuple[int, int]]:
        """All groups in a row, tight or near, that have so many digits together."""
        first = count = 0
        for last, (start, end) in enumerate(self.spans):
            if not self.is_near[last]:
                first, count = last, 0
            count += end - start
            while count > total:
                count -= self.length(first)
                first += 1
            if count == total:
                yield first, last

    def take(self, first: int, last: int, marker: Marker, start: int | None = None) -> None:
        """Mask the groups, and what stands before them from ``start``."""
        self.is_taken[first : last + 1] = [True] * (last + 1 - first)
        begin = self.spans[first][0] if start is None else start
        self.found.append(Found(begin, self.spans[last][1], marker))

    def keep(self, first: int, last: int) -> None:
        """Let the groups be, unless they are something personal beyond doubt."""
        self.is_kept[first : last + 1] = [True] * (last + 1 - first)
