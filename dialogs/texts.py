"""Every word the assistant says, in three languages, from the Fluent files in `texts/`.

Called by everything in `dialogs` that makes a reply. A language is read the first time it is
needed.
"""

from functools import cache
from pathlib import Path
from typing import Any

from fluent.runtime import FluentBundle, FluentResource

from knowledge.scheme_file import Label, Words

TEXTS = Path(__file__).parent / "texts"
FALLBACK = "nb"
# A gap keeps its place in the text by itself; the marks Fluent puts around it show as boxes on
# old phones.
ISOLATING = False


def say(lang: str, name: str, /, **gaps: Any) -> str:
    """A text in a language, its gaps filled; ``message.attribute`` names a part of a text.

    Raises:
        KeyError: there is no such text (a test holds that every name used exists in all three).
    """
    if not has(lang, name):
        lang = FALLBACK  # better in the other written standard than not at all
    bundle = _bundle(lang)
    message, _, attribute = name.partition(".")
    found = bundle.get_message(message)
    pattern = found.attributes[attribute] if attribute else found.value
    if pattern is None:
        raise KeyError(name)
    text, errors = bundle.format_pattern(pattern, gaps)
    if errors:
        raise KeyError(f"{name}: {errors[0]}")
    return str(text)


def days(lang: str, number: int) -> str:
    """So many days, as words in a sentence."""
    return say(lang, "days", n=number)


def has(lang: str, name: str) -> bool:
    """Whether a text exists in a language."""
    message, _, attribute = name.partition(".")
    bundle = _bundle(lang)
    return bundle.has_message(message) and (
        not attribute or attribute in bundle.get_message(message).attributes
    )


def in_language(words: Words | Label, lang: str) -> str:
    """One of the three languages of a sentence in a scheme file."""
    return str(getattr(words, lang))


def joined(lang: str, parts: tuple[str, ...]) -> str:
    """Several names in a row: «a, b og c»."""
    if len(parts) < 2:
        return "".join(parts)
    return say(lang, "and", first=", ".join(parts[:-1]), last=parts[-1])


@cache
def _bundle(lang: str) -> FluentBundle:
    bundle = FluentBundle([lang], use_isolating=ISOLATING)
    bundle.add_resource(FluentResource((TEXTS / f"{lang}.ftl").read_text(encoding="utf-8")))
    return bundle
