"""From what a person wrote to the municipality meant: one, several to ask about, or nothing.

Called by ``dialogs.understand`` when a place is expected or may have been named. Never chooses
between two municipalities that both fit: a wrong one is worse than a question.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise, zip_longest

from knowledge.municipalities import Municipalities, Municipality
from knowledge.place_landmarks import is_registered_there
from knowledge.place_mentions import MentionFinder
from knowledge.place_names import Mention, PlaceKind
from knowledge.place_words import CONJUNCTIONS, WITHIN, Word, readable, split_words

_LONGEST_TEXT = 4096  # characters; Telegram's longest message
_MOST_CANDIDATES = 6
_CENTRES = ("mottak", "centre", "center")  # parts of words
# One utterance is read for its slots, as an answer and as a question; only the last few are kept.
_TEXTS_KEPT = 8


@dataclass(frozen=True, slots=True)
class PlaceReading:
    """What a text says about a place.

    ``candidates``: none, the one to take, or up to six to ask about, best first.
    ``certain``: the text is nothing but an official name or postal code of the one candidate.
    ``heard``: the words that were read as the place, as written.
    ``kind``: what was meant. Only "municipality" may be taken. "ambiguous": one name that fits all
    candidates, or none well, so that even a single candidate is to be asked about. "several": the
    text names more than one place; no candidates where one of these is wider than a municipality or
    there are more than six. All other kinds have no candidates; "none" is no place at all.
    """

    candidates: tuple[Municipality, ...] = ()
    certain: bool = False
    heard: str = ""
    kind: PlaceKind = "none"


@dataclass(frozen=True, slots=True)
class PlaceMention:
    """One place that a text names, for a reader that wants to know what is said about each.

    ``start`` and ``end`` count the words of the text (``knowledge.place_words.split_words``).
    ``before`` and ``after``: what stands between this place and the one before and after it, with
    its punctuation. Of ``kind`` and ``candidates`` the same holds as in ``PlaceReading``.
    """

    start: int
    end: int
    heard: str
    before: str
    after: str
    kind: PlaceKind
    candidates: tuple[Municipality, ...] = ()
    certain: bool = False


class Places:
    """The municipalities of one scheme year, and what people call them."""

    def __init__(self, year: int) -> None:
        """Read the data files; ``Places.load`` does so once for each year.

        Raises:
            DataError: A data file has faults, or holds nothing for the year.
        """
        self._municipalities = Municipalities(year)
        self._finder = MentionFinder(self._municipalities, year)
        self._read = lru_cache(_TEXTS_KEPT)(self._read_afresh)
        names = [place.name for place in self._municipalities.all]
        self._namesakes = frozenset(name for name in names if names.count(name) > 1)

    @staticmethod
    @cache
    def load(year: int) -> "Places":
        """The places of a scheme year, read on the first call.

        Raises:
            DataError: A data file has faults, or holds nothing for the year.
        """
        return Places(year)

    def by_number(self, number: str) -> Municipality | None:
        """The municipality that bears a four-digit number this year."""
        return self._municipalities.by_number.get(number)

    def label(self, municipality: Municipality) -> str:
        """The name, with the county where two municipalities share it; at most 30 characters."""
        if municipality.name in self._namesakes:
            return f"{municipality.name} ({municipality.county})"
        return municipality.name

    def find(self, text: str, *, is_home: bool = True) -> PlaceReading:
        """Read a place out of an answer, a sentence, or anything else; never raises.

        An exact name wins over a slip, and a municipality over anything wider that the text names
        apart from it. Of a text that names several municipalities all are candidates, unless it
        says in which the organisation is registered; of one name that fits too many none is.

        Args:
            text: What was written.
            is_home: The place asked for is where the organisation is registered.
        """
        words, mentions, is_whole = self._read(text[:_LONGEST_TEXT])
        found = [mention for mention in mentions if mention.candidates]
        wider = [mention for mention in mentions if mention.outside]
        if any(mention.outside == "several" for mention in wider):
            return PlaceReading(heard=_heard(words, mentions), kind="several")
        if not found:
            return PlaceReading(heard=_heard(words, wider[:1]), kind=_kind_of_first(wider))
        if is_home and len(found) > 1:
            found = _where_registered(words, found)
        candidates, kind = _combined(words, found)
        if len(candidates) > _MOST_CANDIDATES:
            candidates = ()
            if kind == "ambiguous":
                return PlaceReading()
        is_certain = is_whole and kind == "municipality" and found[0].is_unmistakable
        return PlaceReading(candidates, is_certain, _heard(words, found), kind)

    def mentions(self, text: str) -> tuple[PlaceMention, ...]:
        """Every place that a text names, in order, so that each can be read with its own clause.

        A name and what it lies in are one place («Grünerløkka i Oslo»). Never raises.
        """
        text = text[:_LONGEST_TEXT]
        words, found, is_whole = self._read(text)
        written = readable(text)
        ends = [0, *(words[m.end - 1].end for m in found)]
        starts = [*(words[m.start].at for m in found), len(written)]
        return tuple(
            PlaceMention(
                mention.start,
                mention.end,
                heard=written[starts[i] : ends[i + 1]],
                before=written[ends[i] : starts[i]],
                after=written[ends[i + 1] : starts[i + 1]],
                kind=mention.kind,
                candidates=mention.candidates,
                certain=is_whole and mention.is_unmistakable,
            )
            for i, mention in enumerate(found)
        )

    def _read_afresh(self, text: str) -> tuple[tuple[Word, ...], tuple[Mention, ...], bool]:
        """The words, the places among them, and whether the text is nothing but one of these."""
        words = split_words(text)
        whole = self._finder.whole_answer(words)
        if whole:
            found = [whole]
        else:
            found = self._finder.listed(words) or self._finder.in_sentence(words, text.isupper())
        named = [mention for mention in found if mention.kind != "none"]
        if len(named) > 1:
            named = list(_merged(words, _without_parts(words, named)))
        return words, tuple(named), whole is not None


def _heard(words: Sequence[Word], mentions: Iterable[Mention]) -> str:
    return " ".join(word.raw for m in mentions for word in words[m.start : m.end])


def _kind_of_first(mentions: Sequence[Mention]) -> PlaceKind:
    return mentions[0].kind if mentions else "none"


def _where_registered(words: Sequence[Word], mentions: list[Mention]) -> list[Mention]:
    """«Vi driver tilbudet i Oslo, men er registrert i Nittedal»: the one said to be so, or all.

    Of a reception centre somebody may mean that it is registered there.
    """
    here = [m for m in mentions if is_registered_there(words, m.start)]
    if len(here) != 1 or any(part in word.key for part in _CENTRES for word in words):
        return mentions
    beside = [m for m in mentions if m.start >= here[0].end][:1]
    between = [word.key for m in beside for word in words[here[0].end : m.start]]
    is_listed = bool(beside) and all(key in CONJUNCTIONS for key in between)
    return mentions if is_listed else here


def _combined(
    words: Sequence[Word], mentions: Sequence[Mention]
) -> tuple[tuple[Municipality, ...], PlaceKind]:
    """What several mentions mean together: what all fit, otherwise all there is to ask about."""
    if len(mentions) == 1:
        return mentions[0].candidates, mentions[0].kind
    every = tuple(dict.fromkeys(place for mention in mentions for place in mention.candidates))
    are_joined = any(
        word.key in CONJUNCTIONS for a, b in pairwise(mentions) for word in words[a.end : b.start]
    )
    common = () if are_joined else _common(every, mentions)
    candidates = common or every
    if len(candidates) == 1 and not any(mention.is_guess for mention in mentions):
        return candidates, "municipality"
    return candidates, "ambiguous" if common else "several"


def _common(
    places: Iterable[Municipality], mentions: Sequence[Mention]
) -> tuple[Municipality, ...]:
    return tuple(place for place in places if all(place in m.candidates for m in mentions))


def _without_parts(words: Sequence[Word], mentions: Sequence[Mention]) -> Iterator[Mention]:
    """Leave out a village named as part of a municipality: «Åsen i Drammen» is in Drammen."""
    for mention, following in zip_longest(mentions, mentions[1:]):
        if following and mention.is_minor and mention.candidates and following.candidates:
            is_elsewhere = not _common(mention.candidates, [following])
            if is_elsewhere and not following.is_minor and _lies_in(words, mention, following):
                continue
        yield mention


def _merged(words: Sequence[Word], mentions: Iterable[Mention]) -> Iterator[Mention]:
    """Make one of a place and what it lies in: «Grünerløkka i Oslo», «Lillestrøm, Skedsmo»."""
    last: Mention | None = None
    for mention in mentions:
        common = _common(last.candidates, [mention]) if last else ()
        if last and common and (last.end == mention.start or _lies_in(words, last, mention)):
            last = Mention(last.start, mention.end, common, is_minor=mention.is_minor)
            continue
        if last:
            yield last
        last = mention
    if last:
        yield last


def _lies_in(words: Sequence[Word], part: Mention, whole: Mention) -> bool:
    between = [word.key for word in words[part.end : whole.start]]
    return len(between) == 1 and between[0] in WITHIN
