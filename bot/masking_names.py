"""Finds people's names by the words around them: «jeg heter», «kontaktperson:», «mvh».

Called by `bot.masking`. Knows no list of names, so a name that nothing introduces stays; names of
organisations and places are left alone.
"""

import re
from collections.abc import Iterator, Sequence

from bot import masking_name_words as words
from bot.masking_markers import COVERED, Found, Marker
from bot.masking_name_text import NameText, Span, any_of, phrases_of

_THANKS = phrases_of(words.THANKS)
_WEAK = phrases_of(words.WEAK_CLOSINGS) | _THANKS
_FULL = phrases_of(words.INTRODUCES_FULL)
_ROLES = any_of(phrases_of(words.ROLES))
# «leder i laget», «navn på leder»
_OF = r"(?: (?:i|for|av|pa|in|of) (?P<of>[^\W\d_]{2,30}))?"

_SAYS = re.compile(
    rf"\b(?:{any_of(phrases_of(words.SAYS))}|(?:{_ROLES}) (?:heter|heiter|is called))"
    r"[ :,\n]{1,3}[«\"'(]?"
)
_SAID_AFTER = re.compile(rf" (?:{any_of(phrases_of(words.SAID_AFTER))})\b")
_INTRODUCES = re.compile(
    rf"\b(?:(?:{any_of(phrases_of(words.INTRODUCES))}|(?:{_ROLES})(?:{_OF} (?:er|is))?)"
    rf"|(?P<full>(?:{any_of(_FULL)})|(?:{_ROLES}),)) {{1,2}}"
)
_LABELS = re.compile(
    rf"\b(?:{any_of(phrases_of(words.LABELS))}|(?P<role>{_ROLES})){_OF} ?(?:[:=]|-(?= )) {{0,3}}\n?"
)
_CARE_OF = re.compile(rf"(?<![^\s(,])(?:{any_of(phrases_of(words.CARE_OF))}) {{0,2}}")
_CLOSINGS = re.compile(
    rf"\b({any_of(phrases_of(words.CLOSINGS) | _WEAK)})(?![^\W_])"
    r"[ ,.!:;/-]{0,4}(?:\n[ \n]{0,4})?[ -]{0,3}(?:(?:fra|from) )?"
)
# «organisasjonens navn:» and «navn på laget:» are no person's.
_GROUP = (
    r"(?:organisasjon|forening|foreining|lag|klubb|prosjekt|tiltak|gruppe|organi[sz]ation|project|"
    r"group|association|kommune)[a-z]{0,5}"
)
_OF_GROUP = re.compile(rf"{_GROUP} $")
_IS_GROUP = re.compile(rf"[^\W\d_]*{_GROUP}")
_LONGEST_GROUP = 20  # characters, for `_OF_GROUP`
_SENTENCE_BEGINS = re.compile(r"(?:^|[.!?\n]) *$")
_AND = re.compile(r" (?:og|and|&|\+) ")
_GREETING = re.compile(r"\s*(?:hei|heisann|hallo|hi|hello|god dag|goddag)\b[ ,!.-]{0,3}\n?")
_HERE = re.compile(
    r" (?:(?:fra|from) [^\n.!?,]{1,40} )?(?:her|here)(?: (?:fra|from|i|in)\b|[,.!\n]|$)"
)
_BEFORE = re.compile(
    r"(?<![^\s«\"'(])[^\W\d_a-zæøå][\w'-]*(?: [^\W\d_a-zæøå][\w'-]*){0,3}$"
    r"|(?:^|(?<=[.,!?\n])) *[^\W\d_][\w'-]*(?: [^\W\d_][\w'-]*){0,2}$"
)
_LONGEST_BEFORE = 60  # characters, for `_BEFORE`
_LINE = re.compile(r"[^\n]+")
_TITLE = re.compile(
    rf"[ -]*(?:(?P<role>(?:{_ROLES})\b(?! ?[:=]))|tlf|telefon|mobil|phone|{COVERED})"
)
_ENDINGS = (".", "!", "?", ",")
_LONGEST_LINE = 60  # characters of a line that is a name alone


def find_names(text: str, low: str) -> Iterator[Found]:
    """Every word of a name that the words around it give away."""
    page = NameText(text, low)
    names = (*_said(page), *_introduced(page), *_labelled(page), *_signed(page), *_alone(page))
    return (Found(start, end, Marker.NAME) for spans in names for start, end in spans)


def _said(page: NameText) -> Iterator[Sequence[Span]]:
    for match in _SAYS.finditer(page.low):
        yield page.name_at(match.end(), small=True, any_first=True)
    for match in _SAID_AFTER.finditer(page.low):
        end = match.start()
        if before := _BEFORE.search(page.text, max(0, end - _LONGEST_BEFORE), end):
            start = end - len(before[0].lstrip())
            spans = page.name_at(start, small=True)
            if spans and spans[-1][1] == end:
                yield spans


def _introduced(page: NameText) -> Iterator[Sequence[Span]]:
    for match in _INTRODUCES.finditer(page.low):
        spans = page.name_at(match.end(), small=False)
        if not spans or not page.is_person(spans):
            continue
        is_enough = not match["full"] or len(spans) > 1
        if is_enough or page.is_from_somewhere(spans[-1][1]):
            yield spans
    for match in _CARE_OF.finditer(page.low):
        spans = page.name_at(match.end(), small=False)
        if spans and page.is_person(spans):
            yield spans
    greeting = _GREETING.match(page.low)
    spans = page.name_at(greeting.end(), small=True) if greeting else ()
    if spans and page.is_person(spans) and _HERE.match(page.low, spans[-1][1]):
        yield spans


def _labelled(page: NameText) -> Iterator[Sequence[Span]]:
    for match in _LABELS.finditer(page.low):
        start = match.start()
        spans = page.name_at(match.end(), small=True)
        is_of_group = _OF_GROUP.search(page.low, max(0, start - _LONGEST_GROUP), start) or (
            match["of"] and not match["role"] and _IS_GROUP.fullmatch(match["of"])
        )
        if spans and page.is_person(spans) and page.ends_at(spans[-1][1]) and not is_of_group:
            yield from _and_others(page, spans, small=False)


def _signed(page: NameText) -> Iterator[Sequence[Span]]:
    for match in _CLOSINGS.finditer(page.low):
        closing = " ".join(match[1].split())
        begins = _SENTENCE_BEGINS.search(page.low, max(0, match.start() - 4), match.start())
        small = closing not in _WEAK or begins is not None
        spans = page.name_at(match.end(), small=small)
        if not spans or not page.is_person(spans) or not page.ends_at(spans[-1][1]):
            continue
        if page.is_last(spans) or closing not in _THANKS or page.text[spans[0][0]].isupper():
            yield from _and_others(page, spans, small)


def _and_others(page: NameText, spans: Sequence[Span], small: bool) -> Iterator[Sequence[Span]]:
    """The name, and those joined to it: «Kari og Ole»."""
    while spans and page.is_person(spans):
        yield spans
        more = _AND.match(page.low, spans[-1][1])
        spans = page.name_at(more.end(), small=small) if more else ()


def _alone(page: NameText) -> Iterator[Sequence[Span]]:
    """A name on a line of its own, as the last thing or above a title or a number."""
    before = None
    for line in _LINE.finditer(page.low):
        if before and len(line[0]) <= _LONGEST_LINE:
            start = line.end() - len(line[0].lstrip(" -"))
            title = _TITLE.match(page.low, line.end() + 1)
            spans = page.name_at(start, small=title is not None)
            is_alone = spans and not page.low[spans[-1][1] : line.end()].strip(" .,")
            # One word may be a place: «Moss» as an answer, with a telephone number below.
            is_name = len(spans) > 1 or (title is not None and title["role"])
            is_apart = line.start() > before.end() + 1 or before[0].rstrip().endswith(_ENDINGS)
            is_signature = title or (is_apart and spans and page.is_last(spans))
            if is_alone and is_name and is_signature and page.is_person(spans):
                yield spans
        before = line
