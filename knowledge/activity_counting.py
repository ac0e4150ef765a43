"""What of a sentence's evidence counts: not what is asked, ordered, denied, private or a name.

Called by `knowledge.activities` and `knowledge.activity_outside`. Takes evidence away and never
adds any; weighs nothing.
"""

from knowledge.activity_evidence import Evidence, Hit
from knowledge.activity_files import HINTS, TELLS, WHOM
from knowledge.activity_words import ActivityWords

_LONGEST_QUESTION = 14  # words; a longer text that starts with «hvor» or «når» tells a story
_LONGEST_COMMAND = 24
_AFTER_CHOIR = frozenset(("der", "som", "for", "med", "og", "av", "pa"))
_NEAR = 3  # words between «kjøpe» and what is bought


def is_titled(gathered: list[Evidence]) -> bool:
    """Whether a question opens the text as a title: «Hva skjer på Stortinget? Kurs for …»."""
    return any(not _is_question(e) and e.has("newcomer", "learns") for e in gathered[1:])


def counting(evidence: Evidence, titled: bool, vocabulary: ActivityWords) -> list[Hit]:
    """The hits that count: not denied, not the writer's own name, nobody's private matter."""
    if not evidence.hits:
        return []
    hits = _not_denied(evidence, vocabulary)
    if _is_to_machine(evidence) or (_is_own_question(evidence) and not titled):
        return [hit for hit in hits if vocabulary.is_theme(hit.mark)]
    hits = _not_who_writes(evidence, hits, vocabulary)
    if _is_question(evidence) or _is_command(evidence, vocabulary):
        hits = [h for h in hits if h.mark.sort == TELLS and not vocabulary.is_of(h.mark, "A")]
    hits = _without_means(evidence, hits, vocabulary)
    if is_private(evidence):
        hits = [h for h in hits if not vocabulary.is_of(h.mark, "A")]
    return hits


def _without_means(evidence: Evidence, hits: list[Hit], vocabulary: ActivityWords) -> list[Hit]:
    """Without what is only the way to learn something: «norsk gjennom teater» is sub-goal B."""
    ways = vocabulary.small_words["by_means"]
    if ways.isdisjoint(word.key for word in evidence.sentence.words):
        return hits
    learnt: dict[int, int] = {}  # the items that tell of it, and where
    for hit in hits:
        if hit.mark.sort == TELLS and not hit.paired and vocabulary.is_of(hit.mark, "B"):
            learnt.setdefault(evidence.part(hit), hit.start)
    way_in: dict[int, int] = {}  # and where their «gjennom» stands
    for at, word in enumerate(evidence.sentence.words):
        if word.key in ways and learnt.get(word.part, at + 1) <= at:
            way_in.setdefault(word.part, at)
    return [
        hit
        for hit in hits
        if not vocabulary.is_of(hit.mark, "A")
        or hit.start < way_in.get(evidence.part(hit), hit.start + 1)
    ]


def _not_denied(evidence: Evidence, vocabulary: ActivityWords) -> list[Hit]:
    """The hits no «ikke» reaches: over small words only, and on through «eller»."""
    words = [word.key for word in evidence.sentence.words]
    denials = evidence.context.get("denies")
    if not denials:
        return evidence.hits
    starts = {hit.start: hit for hit in evidence.hits if _deniable(hit, words, vocabulary)}
    denied: set[int] = set()
    for place in denials:
        at = place + 1
        if at < len(words) and words[at] in vocabulary.small_words["only"]:
            continue
        while at < len(words) and evidence.part_at(at) == evidence.part_at(place):
            if at in starts:
                denied.add(at)
                at = starts[at].end
            elif words[at] in vocabulary.small_words["reaches_over"]:
                at += 1
            else:
                break
    return [hit for hit in evidence.hits if hit.start not in denied]


def _deniable(hit: Hit, words: list[str], vocabulary: ActivityWords) -> bool:
    """«Ikke norskkurs» and «ikke om tvang», but not «vi skal ikke skjære jentene»."""
    if vocabulary.goal_of.get(hit.kind) == "C":
        return words[max(hit.start - 1, 0)] in vocabulary.small_words["about"]
    return hit.mark.sort in (TELLS, HINTS, WHOM)


def _not_who_writes(evidence: Evidence, hits: list[Hit], vocabulary: ActivityWords) -> list[Hit]:
    """Without the words of «vi er et kor som …», unless they are all that was said."""
    words = evidence.sentence.words
    own: set[int] = set()
    for place in evidence.context.get("we_are", ()):
        for at in range(place + 2, len(words)):
            if at in own:  # the rest was walked for an earlier «vi er»
                break
            ended = words[at].part != words[place].part
            if ended or words[at].key in vocabulary.small_words["who_then"]:
                break
            own.add(at)
    others = [hit for hit in hits if hit.start not in own]
    told = any(hit.mark.sort in (TELLS, HINTS) for hit in others)
    return others if told else hits


def _is_question(evidence: Evidence) -> bool:
    """Asked of somebody who knows things, not told about a plan or asked about support for it."""
    words = evidence.sentence.words
    asks = evidence.context.get("asks", [])
    starts_so = 0 in asks or (1 in asks and 0 in evidence.context.get("greets", ()))
    # «Kor der alle syng»: a choir, and not «where» in nynorsk.
    is_choir = words[0].key == "kor" and words[1:] and words[1].key in _AFTER_CHOIR
    return (
        starts_so
        and not is_choir
        and 1 < len(words) <= _LONGEST_QUESTION
        and not evidence.has("asks_us", "newcomer", "others")
    )


def _is_own_question(evidence: Evidence) -> bool:
    """«Hvor mye skatt skal jeg betale?»: a question of one's own, not the title of a course."""
    return _is_question(evidence) and (evidence.sentence.is_question or evidence.has("i_ask"))


def _is_to_machine(evidence: Evidence) -> bool:
    """«Spill av noe jazz»: said to a machine that plays, wakes and looks up."""
    return _is_told_nobody(evidence) and evidence.has("machine")


def _is_command(evidence: Evidence, vocabulary: ActivityWords) -> bool:
    """«Finn en kino», but a title may order too: «Start egen bedrift»."""
    commanded = evidence.first in vocabulary.small_words["commands"]
    return commanded and len(evidence.sentence.words) > 1 and _is_told_nobody(evidence)


def _is_told_nobody(evidence: Evidence) -> bool:
    """Whether it is short, and about nobody who is to be included."""
    is_short = len(evidence.sentence.words) <= _LONGEST_COMMAND
    return is_short and not evidence.has("newcomer", "others")


def is_private(evidence: Evidence) -> bool:
    """Somebody's own matters, or things to buy, with nobody to be included."""
    if evidence.has("private"):
        return True
    things = {start for start, _ in evidence.classes.get("thing", ())}
    bought = any(
        _same_item(evidence, start, end + words)
        for start, end in evidence.classes.get("buys", ())
        for words in range(_NEAR)
        if end + words in things
    )
    return bought and not evidence.has("newcomer")


def _same_item(evidence: Evidence, one: int, other: int) -> bool:
    return evidence.part_at(one) == evidence.part_at(other)
