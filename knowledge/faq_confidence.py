"""How likely the best candidate is what was asked, from how it was found.

Called by `knowledge.faq`. Knows no text: only what `Evidence` says.
"""

from dataclasses import astuple, dataclass
from math import exp

from knowledge.faq_frames import Frame
from knowledge.faq_index import Candidate


@dataclass(frozen=True, slots=True)
class Evidence:
    """What speaks for the best candidate, each 0–1 or nearly so.

    ``score`` is its own; ``lead`` is how far it is ahead of the next, as a part of its score.
    ``known`` is the share of the telling words that are ours; ``ours`` whether there are enough of
    our concepts; ``asks`` whether anything is asked.
    """

    score: float
    lead: float
    known: float
    ours: float
    asks: float


# Fitted with `python -m benchmarks.faq --fit` on phrasings left out of the index, and on talk that
# is none of our business.
WEIGHTS = Evidence(score=7.39, lead=6.50, known=1.26, ours=0.34, asks=0.47)
BIAS = -6.46


def evidence(frame: Frame, candidates: list[Candidate]) -> Evidence:
    """What speaks for the first of the candidates."""
    best = candidates[0]
    second = candidates[1].score if len(candidates) > 1 else 0.0
    return Evidence(
        score=best.score,
        lead=1 - second / best.score,
        known=frame.known / frame.content if frame.content else 0.0,
        ours=float(frame.is_ours),
        asks=float(frame.is_question),
    )


def confidence(found: Evidence) -> float:
    """The likelihood that the best candidate is right, 0–1."""
    weighed = (w * v for w, v in zip(astuple(WEIGHTS), astuple(found), strict=True))
    return 1 / (1 + exp(-BIAS - sum(weighed)))
