"""Free text to kinds of activity, with the words that led there.

Called by `dialogs.understand`. Never decides that *nothing* fits: a text that does not tell gives
no kinds, and the person is asked. A theme of sub-goal C (control, force, mutilation) makes it C,
whatever the method.
"""

from bisect import bisect
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.activity_counting import counting, is_titled
from knowledge.activity_evidence import Evidence, Hit, gather, pair_across
from knowledge.activity_files import HINTS, METHOD, TELLS, WHOM
from knowledge.activity_settling import settle
from knowledge.activity_text import sentences_of
from knowledge.activity_words import ActivityWords

# A kind without a theme of its own says which method, once the theme of C was found.
GENERAL_C = "prevention"
ENOUGH_HINTS = {"A": 2, "B": 3, "C": 3}  # different words of one sub-goal in one sentence
ONE_WORD = 2  # words of a text that names what it is about and no more
MORE_BESIDE_OTHERS = 1  # hint more, when another sub-goal was told for certain


@dataclass(frozen=True, slots=True)
class ActivityReading:
    """What a text tells: ids of the scheme file in its order, and the words for each."""

    kinds: tuple[str, ...]
    words: dict[str, tuple[str, ...]] = field(default_factory=dict)


def read_activities(text: str) -> tuple[str, ...]:
    """The kinds of activity a text tells of, as ids of the scheme file; none if it tells none."""
    return explain_activities(text).kinds


def explain_activities(text: str) -> ActivityReading:
    """The kinds of activity a text tells of, and for each the words that led there, as written."""
    vocabulary = ActivityWords.load()
    gathered = [gather(s, vocabulary) for s in sentences_of(text, vocabulary.small_words["joins"])]
    for evidence, hit in pair_across(gathered, vocabulary.pairs_across):
        evidence.hits.append(hit)
    told: dict[str, list[str]] = {}
    hinted: list[tuple[Evidence, list[Hit]]] = []
    short = sum(len(e.sentence.words) for e in gathered) <= ONE_WORD
    for evidence in gathered:
        if evidence.hits:
            settle(evidence, short, vocabulary)
    titled = is_titled(gathered)
    counted = [(evidence, counting(evidence, titled, vocabulary)) for evidence in gathered]
    about_c = any(vocabulary.is_theme(hit.mark) for _, hits in counted for hit in hits)
    for evidence, hits in counted:
        if not hits:
            continue
        if about_c:
            hits = _beside_a_theme(hits, vocabulary)
        for kind, words in _told(evidence, hits, vocabulary):
            told.setdefault(kind, []).append(words)
        hinted.append((evidence, _hints(hits)))
    for kind, words in _enough(hinted, set(told), vocabulary):
        told.setdefault(kind, []).append(words)
    kinds = tuple(kind for kind in vocabulary.kinds if kind in told)
    return ActivityReading(kinds, {kind: tuple(dict.fromkeys(told[kind])) for kind in kinds})


def _beside_a_theme(hits: list[Hit], vocabulary: ActivityWords) -> list[Hit]:
    """In a text with a theme of C, its other sentences without what only carries the theme.

    They say who meets, learns and is taught about it: «vi møtes», «lære opp skolene».
    """
    if any(vocabulary.is_theme(hit.mark) for hit in hits):
        return hits
    methods = {hit.start for hit in hits if hit.mark.sort == METHOD}
    return [h for h in hits if not h.paired and h.start not in methods]


def _told(
    evidence: Evidence, hits: list[Hit], vocabulary: ActivityWords
) -> Iterator[tuple[str, str]]:
    """Kinds told for certain, each with its words.

    A theme of C takes over the piece of a list that it stands in: «foredrag om loven mot
    tvangsekteskap» is C alone, «dialog om tvang, felles turer» is C and A.
    """
    told = [hit for hit in hits if hit.mark.sort == TELLS]
    if not told:
        return
    themes = [hit for hit in told if vocabulary.is_theme(hit.mark)]
    at_method = {hit.start for hit in hits if hit.mark.sort == METHOD}
    pieces = {evidence.piece(hit) for hit in themes}
    parts = {evidence.part(hit) for hit in themes}
    if themes:
        parts |= _items_about(evidence, told, vocabulary)
    for hit in told:
        if vocabulary.goal_of[hit.kind] == "C" or evidence.piece(hit) in pieces:
            continue
        if not _carries(evidence, hit, parts, at_method):
            yield hit.kind, evidence.words(hit)
    methods = [h for h in hits if h.mark.sort == METHOD and evidence.part(h) in parts]
    methods_of = tuple(dict.fromkeys(hit.kind for hit in methods)) or (GENERAL_C,)
    for theme in themes:
        for kind in methods_of if theme.kind == GENERAL_C else (theme.kind,):
            yield kind, evidence.words(theme)
    for hit in methods:
        yield hit.kind, evidence.words(hit)


def _hints(hits: list[Hit]) -> list[Hit]:
    """The hints of a sentence; whom it is for and the method of C are one each, if many are named.

    «Alle i bygda» is no activity, and neither are «samtaler og møter».
    """
    first = {hit.mark.sort: hit for hit in reversed(hits)}
    ones = [first[sort] for sort in (WHOM, METHOD) if sort in first]
    return [hit for hit in hits if hit.mark.sort == HINTS or hit in ones]


def _items_about(evidence: Evidence, told: list[Hit], vocabulary: ActivityWords) -> set[int]:
    """The items of a list that go on to a theme of C: «gruppe om grenser, rykter og tvang»."""
    is_theme = {hit.start: vocabulary.is_theme(hit.mark) for hit in told}
    starts = sorted(is_theme)
    items: set[int] = set()
    for at, word in enumerate(evidence.sentence.words):
        if word.key in vocabulary.small_words["about"]:
            after = bisect(starts, at)
            if after < len(starts) and is_theme[starts[after]]:
                items.add(word.part)
    return items


def _carries(evidence: Evidence, hit: Hit, items: set[int], at_method: set[int]) -> bool:
    """Whether something is only the method or the people of a theme in one of the items."""
    if hit.beside is not None and evidence.part_at(hit.beside) in items:
        return True
    is_method = not at_method.isdisjoint(range(hit.start, hit.end))
    return evidence.part(hit) in items and (hit.paired or is_method)


def _enough(
    hinted: Iterable[tuple[Evidence, list[Hit]]], told: set[str], vocabulary: ActivityWords
) -> Iterator[tuple[str, str]]:
    """Kinds told by several hints together, for sub-goals that nothing told for certain."""
    goals = {vocabulary.goal_of[kind] for kind in told}
    for evidence, hits in hinted:
        for goal, enough in ENOUGH_HINTS.items():
            of_goal = [hit for hit in hits if vocabulary.goal_of[hit.kind] == goal]
            count = len({evidence.words(hit) for hit in of_goal})
            if goal in goals or count < enough + MORE_BESIDE_OTHERS * bool(goals):
                continue
            kinds = [hit.kind for hit in of_goal]
            kind = max(kinds, key=kinds.count)
            yield from ((kind, evidence.words(hit)) for hit in of_goal)


def check_activity_words(known: tuple[str, ...]) -> list[str]:
    """Faults of the vocabulary: kinds of activity that the scheme does not have.

    Raises:
        DataError: a file is not readable as a vocabulary at all.
    """
    vocabulary = ActivityWords.load()
    return [f"{kind!r} is no activity of the scheme" for kind in vocabulary.named - set(known)]
