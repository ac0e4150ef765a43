"""Clubs, groups, venues and shows: whether they are what is planned, or only who writes and where.

Called by `knowledge.activities` before anything is counted. Looks at one sentence at a time.
"""

from dataclasses import replace

from knowledge.activity_evidence import Evidence, Hit
from knowledge.activity_files import CLUB, GROUP, HINTS, SHOW, TELLS, VENUE, Mark
from knowledge.activity_words import ActivityWords

_BEFORE_VENUE = 2  # words: «at the community centre»
_FROM_WE_ARE = 6  # words: «vi er den lille trimgruppa»
_TO_VERB = 4  # words between a group and what it intends: «kvinnegruppa på Haugen vil»


def settle(evidence: Evidence, alone: bool, vocabulary: ActivityWords) -> None:
    """Make each of them tell a kind, hint at it, or say nothing of what is planned.

    Args:
        evidence: What the sentence says; its hits are changed.
        alone: Whether the text is no more than a name.
        vocabulary: Where the words around them are listed.
    """
    settled = []
    for hit in evidence.hits:
        if hit.mark.sort in (CLUB, SHOW):
            is_name = alone and hit.mark.sort == CLUB
            tells = is_name or evidence.has("newcomer", "starts") or _is_for(evidence, hit)
        elif hit.mark.sort == VENUE:
            tells = not _is_where(evidence, hit, vocabulary)
        elif hit.mark.sort == GROUP:
            if _writes(evidence, hit, vocabulary):
                continue
            tells = True
        else:
            settled.append(hit)
            continue
        settled.append(replace(hit, mark=Mark(TELLS if tells else HINTS, hit.kind)))
    evidence.hits = settled


def _is_for(evidence: Evidence, hit: Hit) -> bool:
    """«Hagelag for alle i grenda»."""
    return any(word.key == "for" for word in evidence.sentence.words[hit.end : hit.end + 1])


def _is_where(evidence: Evidence, venue: Hit, vocabulary: ActivityWords) -> bool:
    """«Norskkurs på grendehuset»: something else goes on there."""
    before = evidence.sentence.words[max(venue.start - _BEFORE_VENUE, 0) : venue.start]
    return any(word.key in vocabulary.small_words["at"] for word in before)


def _writes(evidence: Evidence, group: Hit, vocabulary: ActivityWords) -> bool:
    """«Kvinnegruppa vår», «trimgruppa på Haugen vil …», «syklubb i Moss, ikke registrert»."""
    words, small = evidence.sentence.words, vocabulary.small_words
    if evidence.has("about_us") or any(
        0 <= group.start - at <= _FROM_WE_ARE and evidence.part_at(at) == evidence.part(group)
        for at in evidence.context.get("we_are", ())
    ):
        return True
    beside = (*words[max(group.start - 1, 0) : group.start], *words[group.end : group.end + 1])
    if any(word.key in small["ours"] for word in beside):
        return True
    for word in words[group.end : group.end + _TO_VERB + 1]:
        if word.part != evidence.part(group) or word.key in small["goes_with"]:
            return False
        if word.key in small["intends"]:
            return True
    return False
