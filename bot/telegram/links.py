"""Deep links: what stands behind ``https://t.me/<bot>?start=`` opens the conversation somewhere.

Called by ``bot.telegram.intake`` and ``bot.telegram.inline``. Pure. Whoever makes a link writes one
of these, at most 64 signs of ``A-Z a-z 0-9 _ -``:

- ``faq_KEY``: the answer to a question, by its key in `knowledge/faq`
- ``q_QUESTION``: the conversation at one of its questions
- ``a-QUESTION-VALUE-QUESTION-VALUE…``: answers filled in, such as
  ``a-registered-yes-municipality-0301``. A question or value may be shortened to a beginning that
  no other has (``a-reg-yes-mun-0301-sco-local``); several values repeat their question. What a link
  fills in is shown and confirmed before it counts.

Anything else is simply a start.
"""

import re
from collections.abc import Iterable

from dialogs.messages import Utterance
from dialogs.questions import QUESTIONS
from knowledge.faq import Faq
from knowledge.places import Places
from knowledge.scheme import Scheme
from knowledge.slots import PLACE, SLOTS, Value

LONGEST = 64
_PAYLOAD = re.compile(rf"[A-Za-z0-9_-]{{1,{LONGEST}}}")


def opened(scheme: Scheme, payload: str | None) -> Utterance | None:
    """What a link stands for; None where it cannot be read."""
    if payload is None or not _PAYLOAD.fullmatch(payload):
        return None
    kind, _, key = payload.partition("_")
    if kind == "faq" and Faq.load(scheme).has(key):
        return Utterance(button=f"faq:{key}")
    if kind == "q" and key in QUESTIONS:
        return Utterance(button=f"change:{key}")
    kind, *parts = payload.split("-")
    told = _answers(scheme, parts) if kind == "a" else None
    return Utterance(told=told) if told else None


def link_to_faq(username: str, key: str) -> str:
    """The address that opens the conversation at the answer to a question."""
    return f"https://t.me/{username}?start=faq_{key}"


def _answers(scheme: Scheme, parts: list[str]) -> dict[str, Value] | None:
    """The answers filled in; None if one of them is none: half of what was meant misleads."""
    answers: dict[str, Value] = {}
    for said, worth in zip(parts[::2], parts[1::2], strict=False):
        slot = _only(said, QUESTIONS)
        value = slot and _only(worth, _values(scheme, slot, worth))
        if not slot or not value:
            return None
        if not SLOTS[slot].many:
            if slot in answers:
                return None
            answers[slot] = value
        else:
            answers[slot] = tuple(dict.fromkeys((*answers.get(slot, ()), value)))
    are_whole = len(parts) % 2 == 0 and all(_goes_together(scheme, *one) for one in answers.items())
    return answers if are_whole else None


def _values(scheme: Scheme, slot: str, worth: str) -> tuple[str, ...]:
    if SLOTS[slot].kind != PLACE:
        return scheme.values(slot)
    is_place = Places.load(scheme.year).by_number(worth) is not None
    return (worth,) if is_place else SLOTS[slot].values


def _only(said: str, words: Iterable[str]) -> str | None:
    """The word itself, or the only one that begins so."""
    found = [word for word in words if word.startswith(said)]
    if said in found:
        return said
    return found[0] if len(found) == 1 and said else None


def _goes_together(scheme: Scheme, slot: str, value: Value) -> bool:
    return isinstance(value, str) or len(value) == 1 or not set(value) & set(scheme.alone(slot))
