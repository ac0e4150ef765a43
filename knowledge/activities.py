"""Free text to kinds of activity, with the words that led there.

Called by `dialogs.understand`. Never decides that *nothing* fits: a text that does not tell gives
no kinds, and the person is asked. A theme of sub-goal C (control, force, mutilation) makes it C,
whatever the method.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from knowledge.activity_evidence import (
    HINTS,
    METHOD,
    TELLS,
    Evidence,
    Hit,
    gather,
    is_command,
    is_own_question,
    is_private,
    is_question,
    pair_across,
)
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
    gathered = [gather(s, vocabulary) for s in sentences_of(text, vocabulary.context("joins"))]
    for evidence, hit in pair_across(gathered, vocabulary.pairs):
        evidence.hits.append(hit)
    told: dict[str, list[str]] = {}
    hinted: list[tuple[Evidence, list[Hit]]] = []
    short = sum(len(e.sentence.words) for e in gathered) <= ONE_WORD
    for evidence in gathered:
        evidence.settle_clubs(short)
    counting = [(evidence, _counting(evidence, vocabulary)) for evidence in gathered]
    about_c = any(vocabulary.is_theme(hit.mark) for _, hits in counting for hit in hits)
    for evidence, hits in counting:
        if about_c:
            hits = _beside_a_theme(hits, vocabulary)
        for kind, words in _told(evidence, hits, vocabulary):
            told.setdefault(kind, []).append(words)
        hinted.append((evidence, [hit for hit in hits if hit.mark.sort == HINTS]))
    for kind, words in _enough(hinted, set(told), vocabulary):
        told.setdefault(kind, []).append(words)
    kinds = tuple(kind for kind in vocabulary.kinds if kind in told)
    return ActivityReading(kinds, {kind: tuple(dict.fromkeys(told[kind])) for kind in kinds})


def _counting(evidence: Evidence, vocabulary: ActivityWords) -> list[Hit]:
    """The hits that count: not denied, not the writer's own name, nobody's private matter."""
    hits = _not_denied(evidence, vocabulary)
    if is_command(evidence, vocabulary) or is_own_question(evidence):
        return [hit for hit in hits if vocabulary.is_theme(hit.mark)]
    hits = _not_who_writes(evidence, hits, vocabulary)
    if is_question(evidence):
        hits = [h for h in hits if h.mark.sort == TELLS and vocabulary.goal_of.get(h.kind) != "A"]
    if is_private(evidence):
        hits = [h for h in hits if vocabulary.goal_of.get(h.kind) != "A"]
    return hits


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
    themes = [hit for hit in told if vocabulary.is_theme(hit.mark)]
    at_method = {hit.start for hit in hits if hit.mark.sort == METHOD}
    pieces = {evidence.piece(hit) for hit in themes}
    parts = {evidence.part(hit) for hit in themes}
    for hit in told:
        if vocabulary.goal_of[hit.kind] == "C":
            continue
        carries = evidence.part(hit) in parts and (hit.paired or hit.start in at_method)
        if evidence.piece(hit) not in pieces and not carries:
            yield hit.kind, evidence.words(hit)
    methods = [h for h in hits if h.mark.sort == METHOD and evidence.part(h) in parts]
    methods_of = tuple(dict.fromkeys(hit.kind for hit in methods)) or (GENERAL_C,)
    for theme in themes:
        for kind in methods_of if theme.kind == GENERAL_C else (theme.kind,):
            yield kind, evidence.words(theme)
    for hit in methods:
        yield hit.kind, evidence.words(hit)


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


def _not_denied(evidence: Evidence, vocabulary: ActivityWords) -> list[Hit]:
    """The hits no «ikke» reaches: over small words only, and on through «eller»."""
    words = [word.key for word in evidence.sentence.words]
    starts = {hit.start: hit for hit in evidence.hits if _deniable(hit, words, vocabulary)}
    denied: set[int] = set()
    for place in evidence.context.get("denies", ()):
        at = place + 1
        if at < len(words) and words[at] in vocabulary.context("only"):
            continue
        while at < len(words) and evidence.sentence.words[at].part == _part(evidence, place):
            if at in starts:
                denied.add(at)
                at = starts[at].end
            elif words[at] in vocabulary.context("reaches_over"):
                at += 1
            else:
                break
    return [hit for hit in evidence.hits if hit.start not in denied]


def _deniable(hit: Hit, words: list[str], vocabulary: ActivityWords) -> bool:
    """«Ikke norskkurs» and «ikke om tvang», but not «vi skal ikke skjære jentene»."""
    if vocabulary.goal_of.get(hit.kind) == "C":
        return words[max(hit.start - 1, 0)] in vocabulary.context("about")
    return hit.mark.sort in (TELLS, HINTS)


def _part(evidence: Evidence, place: int) -> int:
    return evidence.sentence.words[place].part


def _not_who_writes(evidence: Evidence, hits: list[Hit], vocabulary: ActivityWords) -> list[Hit]:
    """Without the words of «vi er et kor som …», unless they are all that was said."""
    words = evidence.sentence.words
    own: set[int] = set()
    for place in evidence.context.get("we_are", ()):
        for at in range(place + 2, len(words)):
            ended = words[at].part != words[place].part
            if ended or words[at].key in vocabulary.context("who_then"):
                break
            own.add(at)
    others = [hit for hit in hits if hit.start not in own]
    told = any(hit.mark.sort in (TELLS, HINTS) for hit in others)
    return others if told else hits


def check_activity_words(known: tuple[str, ...]) -> list[str]:
    """Faults of the vocabulary: kinds of activity that the scheme does not have.

    Raises:
        DataError: a file is not readable as a vocabulary at all.
    """
    vocabulary = ActivityWords.load()
    return [f"{kind!r} is no activity of the scheme" for kind in vocabulary.named - set(known)]
