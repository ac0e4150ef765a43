"""Finds street addresses: a street's name and the number in it.

Called by `bot.masking`. The name alone, postal codes and towns stay: «vi holder til i Storgata».
"""

import re
from collections.abc import Iterator

from bot.masking_markers import Found, Marker
from bot.masking_name_text import words_of
from bot.masking_name_words import NO_NAMES

# «5», «5b», «5 B», «12-14», and the number of a flat, «H0203».
_NUMBER = (
    r"(?:nr\.? ?)?(?P<number>[0-9]{1,4}(?: ?[-/] ?[0-9]{1,4})?(?: ?[a-z](?![a-z0-9]))?)(?![0-9])"
    r"(?:,? ?h ?[0-9]{4}\b)?"
)
# What streets end with; what is short for it; and what ordinary nouns end with too, where the
# address must end with the number.
_NUMBERED = re.compile(
    r"(?:(?P<street>gate|gata|gaten|gatu|vei|veien|veg|vegen|all[eéè]|all[eé]en|smug|smuget) {1,2}"
    r"|(?P<short>gt|vn)\. ?"
    r"|(?P<place>plass|plassen|torg|torget|sti|stien|bakke|bakken|krok|kroken|sving|svingen|tun|"
    r"tunet|terrasse|brygge|brygga|bryggen|haugen|lia|kaia|løkka|faret|jordet) {1,2}"
    r"(?=[0-9]{1,3} ?[a-z]?(?:[,;.)\n]|$)))" + _NUMBER
)
_ENDS = re.compile(r" ?(?:[,;.)\n]|$|[0-9]{4} )")
_TOWN = re.compile(r"[0-9]{4} {1,2}[^\W\d_]")  # «Storgata 3015 Drammen» has no number
# «i Storgata 5 i Oslo»: the letter after the number is a word.
_WORD_LETTER = re.compile(r" [ieo]$")
# What follows a number that counts or measures.
_UNIT = re.compile(
    r" ?(?:%|(?:km|m|meter|min|minutt\w*|time[rn]?|timar|gang\w*|person\w*|ar|kr|kroner|stk|dager|"
    r"dagar|uker|veker|minutes?|times|people|cases|hours?|metres?|deltak\w*|medlem\w*)\b)"
)
# Words that end as a street does, and are none.
_NO_STREET = re.compile(
    r"(?:riks|fylkes|europa|motor|hoved|hovud|om|av|skole|skule|arbeids|gang|sykkel|snar|under|"
    r"bil|stikk|rett|ut|inn)(?:vei|veg)(?:en)?|(?:navi|dele|aggre|investi|miti|congre|segre|obli|"
    r"interro|propa|irri|sur|til)gate|(?:sam|om|tom|van)talle"
)
_SHORTEST, _LONGEST_WORD, _MOST_WORDS = 2, 40, 4  # letters before the ending; letters; words
_MOST_SMALL = 2  # words
_NO_NAMES = words_of(NO_NAMES) | {"adressen"}


def find_addresses(text: str, low: str) -> Iterator[Found]:
    """Every street with its number on a page."""
    for match in _NUMBERED.finditer(low):
        if _TOWN.match(low, match.start("number")):
            continue
        letter = _WORD_LETTER.search(text, match.start("number"), match.end("number"))
        end = letter.start() if letter else match.end()
        start = _street_start(text, low, match)
        if start is not None and not _UNIT.match(low, end):
            yield Found(start, end, Marker.ADDRESS)


def _street_start(text: str, low: str, match: re.Match[str]) -> int | None:
    """Where the street's name begins; None for an ordinary word before an ordinary number."""
    ending = match.start()
    word = _word_start(low, ending)
    start = _names_start(text, low, word)
    if ending == word:
        # «gate 5» alone is no street; «karl johans gate 5» is one in small letters too. Without
        # its accent «allé» is also a word for everybody.
        is_open = match["street"] == "alle" and not _ENDS.match(low, match.end())
        is_named = bool(match["street"]) and start < word and not is_open
        return start if is_named else _small_start(low, word, match["street"] or "")
    needs_capital = not match["street"] or match["street"] == "alle"
    if ending - word < _SHORTEST or (needs_capital and not text[word].isupper()):
        return None
    is_street = not match["street"] or not _NO_STREET.fullmatch(low, word, match.end("street"))
    return start if is_street else None


def _word_start(low: str, end: int) -> int:
    """Where the word begins that stands right before a place."""
    start = end
    lowest = max(0, end - _LONGEST_WORD)
    while start > lowest and (low[start - 1].isalpha() or low[start - 1] in "-'"):
        start -= 1
    return start


def _names_start(text: str, low: str, word: int) -> int:
    """Where the words with a capital begin that stand before a word: «Karl Johans gate»."""
    for _ in range(_MOST_WORDS):
        before = _word_start(low, _gap_start(low, word))
        name = low[before : _gap_start(low, word)]
        if not name or not text[before].isupper() or name in _NO_NAMES:
            break
        word = before
    return word


def _gap_start(low: str, word: int) -> int:
    """Where the space before a word begins, with the dot of «Fr. Nansens veg»."""
    end = word - 1 if word and low[word - 1] == " " else word
    is_short = (
        end < word and end > 1 and low[end - 1] == "." and end - _word_start(low, end - 1) < 5
    )
    return end - 1 if is_short else end


def _small_start(low: str, word: int, ending: str) -> int | None:
    """«karl johans gate»: a name in small letters is known by its genitive, «bygdøy allé» by é."""
    start = word
    for _ in range(_MOST_SMALL):
        before = _word_start(low, start - 1) if start and low[start - 1] == " " else start
        if before == start or low[before : start - 1] in _NO_NAMES:
            break
        start = before
    is_street = low[word - 2 : word] == "s " or ending in ("allé", "allè")
    return start if start < word and is_street else None
