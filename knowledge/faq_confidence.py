"""How likely the best candidate is what was asked, from how it was found.

Called by `knowledge.faq_search`. Knows no text: only what `Evidence` says.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from math import exp

from knowledge.faq_frames import Frame
from knowledge.faq_index import Candidate


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best candidate and against it.

    ``words`` and ``labels`` say how well these agree with it, 0–1, and ``known`` the share of the
    telling words that are ours. ``concepts``, ``length`` (words) and ``elsewhere`` (words of other
    people's business that the candidate has not) are counts; ``anchored`` and ``personal`` are 0 or
    1. ``ahead`` is how far it is ahead of the next, ``lead`` the same as a part of its own score.
    """

    words: float
    labels: float
    known: float
    concepts: float
    length: float
    elsewhere: float
    anchored: float
    personal: float
    ahead: float
    lead: float


# Fitted with `python -m benchmarks.faq --fit` on phrasings left out of the index, on the tests' own
# questions, and on talk that is none of our business. It is ours if it is asked of the scheme at
# all, and right if the best candidate is what is asked.
OURS = {
    "words": 9.5,
    "labels": 10.68,
    "known": 4.45,
    "concepts": 0.46,
    "length": 0.17,
    "elsewhere": -6.53,
    "anchored": 1.17,
    "personal": -2.28,
}
OURS_BIAS = -16.48
RIGHT = {"words": 3.65, "labels": 2.63, "length": 0.12, "ahead": 11.56, "lead": 6.99}
RIGHT_BIAS = -4.53
_MOST_CONCEPTS, _LONGEST = 6, 15  # more of them say nothing more


def evidence(frame: Frame, candidates: list[Candidate], foreign: int) -> Evidence:
    """What speaks for the first of the candidates; ``foreign`` words speak against it."""
    best = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else 0.0
    return Evidence(
        words=best.by_words,
        labels=best.by_labels,
        known=frame.known / frame.content if frame.content else 1.0,
        concepts=min(frame.concepts, _MOST_CONCEPTS),
        length=min(len(frame.words), _LONGEST),
        elsewhere=foreign,
        anchored=frame.is_anchored,
        personal=frame.is_personal,
        ahead=best.score - second,
        lead=1 - second / best.score,
    )


def confidence(found: Evidence) -> float:
    """The likelihood that it is asked of us and that the best candidate is right, 0–1."""
    return _likelihood(found, OURS, OURS_BIAS) * _likelihood(found, RIGHT, RIGHT_BIAS)


def _likelihood(found: Evidence, weights: Mapping[str, float], bias: float) -> float:
    weighed = sum(weight * getattr(found, name) for name, weight in weights.items())
    return 1 / (1 + exp(-bias - weighed))
