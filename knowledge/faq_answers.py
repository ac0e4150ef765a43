"""Fills the gaps of an answer from the scheme file and names its sources.

Called by `knowledge.faq`. Every figure is the scheme's own; none stands in an entry.
"""

from collections.abc import Mapping

from knowledge.allocation import indicative_shares
from knowledge.faq_file import LANGUAGES, MILLIONS, OF_ONE, Entries, gaps_of
from knowledge.places import Places
from knowledge.scheme import Scheme
from knowledge.scheme_file import Source

LONGEST_ANSWER = 600  # characters, sources included
_SIGNIFICANT = 3  # digits of a share: it is an estimate
_WIDEST = {"municipality": "M" * 30, "share": "12 345 678"}  # Places.label is 30 at most
_NO_BREAK = "\N{NO-BREAK SPACE}"


def answer_text(
    scheme: Scheme, entries: Entries, key: str, lang: str, municipality: str | None
) -> str:
    """The answer with its figures and sources.

    Raises:
        ValueError: A gap is about one municipality, and none that fits was given.
    """
    entry = entries.by_key[key]
    text = str(getattr(entry.answer, lang))
    gaps = gaps_of(text)
    fillings = facts_in_words(scheme, lang)
    if set(gaps) & set(OF_ONE):
        fillings |= _of_municipality(scheme, lang, municipality, with_share="share" in gaps)
    return text.format_map(fillings) + sources_in_words(entries, entry.cites)


def length_faults(scheme: Scheme, entries: Entries) -> list[str]:
    """The answers that can become too long for a chat, as ``key: answer.nb: …``."""
    faults = []
    fillings = {lang: facts_in_words(scheme, lang) | _WIDEST for lang in LANGUAGES}
    for key, entry in entries.by_key.items():
        sources = len(sources_in_words(entries, entry.cites))
        for lang, text in entry.answer:
            length = len(text.format_map(fillings[lang])) + sources
            if length > LONGEST_ANSWER:
                faults.append(
                    f"{key}: answer.{lang}: {length} characters with figures and sources, "
                    f"at most {LONGEST_ANSWER}"
                )
    return faults


def facts_in_words(scheme: Scheme, lang: str) -> dict[str, str]:
    """What each gap about the whole scheme is filled with, by the gap's name."""
    fillings = {}
    for fact in scheme.facts.values():
        fillings[fact.id] = str(fact.value)
        if fact.unit == "NOK":
            fillings[fact.id] = _grouped(fact.value, lang)
            fillings[fact.id + MILLIONS] = _in_millions(fact.value, lang)
    *names, last = scheme.managing.values()
    joining = " and " if lang == "en" else " og "
    fillings["municipalities"] = ", ".join(names) + joining + last
    return fillings


def sources_in_words(entries: Entries, cites: tuple[str, ...]) -> str:
    """`` (IMDi 2019; Oslo kommune 2022)``, or nothing where nothing is cited."""
    cited = [entries.sources[entries.passages[cite].source] for cite in cites]
    names = dict.fromkeys(_name(source) for source in cited)
    return f" ({'; '.join(names)})" if names else ""


def _of_municipality(
    scheme: Scheme, lang: str, number: str | None, with_share: bool
) -> Mapping[str, str]:
    places = Places.load(scheme.year)
    place = places.by_number(number or "")
    if place is None or (with_share and place.number not in scheme.managing):
        raise ValueError(f"the answer is about one municipality that it fits, not {number!r}")
    fillings = {"municipality": places.label(place)}
    if with_share:
        share = indicative_shares(scheme)[place.number]
        fillings["share"] = _grouped(round(share, _SIGNIFICANT - len(str(share))), lang)
    return fillings


def _name(source: Source) -> str:
    return f"{source.publisher} {source.year}" if source.year else source.publisher


def _grouped(value: int, lang: str) -> str:
    return f"{value:,}" if lang == "en" else f"{value:,}".replace(",", _NO_BREAK)


def _in_millions(value: int, lang: str) -> str:
    shown = f"{value / 1_000_000:.2f}".rstrip("0").rstrip(".")
    return shown if lang == "en" else shown.replace(".", ",")
