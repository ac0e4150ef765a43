"""What the exported columns mean: the tables that are exported, and the words for each column.

Called by ``bot.export`` to choose what is written and to explain it. Every column of an exported
table stands here; a test holds that.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

TEXT, NUMBER, SHARE, TIME, YES_NO, JSON = (
    "tekst",
    "heltall",
    "tall 0–1",
    "tid (UTC, ISO 8601)",
    "0 eller 1",
    "JSON",
)


def parsed(stored: str) -> Any:
    """The value of a JSON column; one that is damaged stays the text that it is."""
    try:
        return json.loads(stored)
    except ValueError:
        return stored


@dataclass(frozen=True, slots=True)
class Meaning:
    """What a column holds, in bokmål and English, and of what kind its values are."""

    kind: str
    nb: str
    en: str


_KEY = Meaning(
    TEXT,
    "samtalens kode: lages av kanal og chat med en hemmelig nøkkel, og fører ikke tilbake uten den",
    "the conversation's code: made of channel and chat with a secret key, without which it leads "
    "back to nobody",
)
_LANG = Meaning(TEXT, "språket: nb, nn eller en", "the language: nb, nn or en")
_OUTCOME = Meaning(
    TEXT,
    "avgjørelsen som står, for eksempel apply_imdi; tom før noe er avgjort",
    "the verdict that stands, such as apply_imdi; empty before there is one",
)

# Of all tables, those that are not exported too: columns whose text is JSON.
JSON_COLUMNS = frozenset({"state", "heard", "replies", "verdict", "reply"})

COLUMNS: Mapping[str, Mapping[str, Meaning]] = {
    "conversation": {
        "key": _KEY,
        "state": Meaning(
            JSON,
            "svarene til organisasjonen og hvor samtalen står; ingen ord de selv har skrevet",
            "the organisation's answers and where the conversation stands; no words of theirs",
        ),
        "revision": Meaning(NUMBER, "hvor mange turer som er lagret", "turns that were kept"),
        "turns": Meaning(NUMBER, "nummeret til siste tur", "the number of the last turn"),
        "lang": _LANG,
        "outcome": _OUTCOME,
        "municipality": Meaning(
            TEXT,
            "kommunenummeret til organisasjonen, fire sifre",
            "the number of the organisation's municipality, four digits",
        ),
        "notice": Meaning(
            NUMBER,
            "hvilken utgave av opplysningen om personvern de fikk; 0 er før den fantes",
            "which edition of the privacy notice they were shown; 0 is before there was one",
        ),
        "began_at": Meaning(TIME, "når samtalen begynte", "when the conversation began"),
        "seen_at": Meaning(TIME, "når siste tur kom", "when the last turn came in"),
    },
    "log": {
        "key": _KEY,
        "seq": Meaning(NUMBER, "nummeret til turen i samtalen", "the turn's number"),
        "at": Meaning(TIME, "når turen kom", "when the turn came in"),
        "way": Meaning(
            TEXT,
            "hvordan den kom: text, button, attachment, link; failed er en tur programmet feilet "
            "på, unreadable en der svarene ikke kunne leses og samtalen begynte på nytt",
            "how it came: text, button, attachment, link; failed is a turn the program failed at, "
            "unreadable one where the answers could not be read and the conversation began anew",
        ),
        "said": Meaning(
            TEXT,
            "det som ble skrevet, med merker som ‹telefonnummer› for det som var personlig; "
            "for en knapp dens id, for et vedlegg bare slaget, for unreadable det som ikke kunne "
            "leses",
            "what was written, with markers such as ‹telefonnummer› for what was personal; for a "
            "button its id, for an attachment only its kind, for unreadable what could not be read",
        ),
        "heard": Meaning(JSON, "hva det ble forstått som", "what it was taken to mean"),
        "intent": Meaning(
            TEXT, "hva det var ment som: answer, question, …", "what it was for: answer, question…"
        ),
        "confidence": Meaning(SHARE, "hvor sikker lesningen er", "how sure the reading is"),
        "question": Meaning(
            TEXT, "spørsmålet som ventet på svar før turen", "the question pending before the turn"
        ),
        "faq": Meaning(TEXT, "oppslaget som svarte på et spørsmål", "the entry that answered"),
        "unanswered": Meaning(
            YES_NO, "de spurte om noe uten å få svar", "they asked something and got no answer"
        ),
        "replies": Meaning(
            JSON, "svarene: tekst, slag og knapper", "the replies: text, kind and buttons"
        ),
        "outcome": _OUTCOME,
        "verdict": Meaning(
            JSON,
            "avgjørelsen med regler og kildesteder",
            "the verdict with its rules and their places in the source",
        ),
        "year": Meaning(NUMBER, "årets regler", "the year of the rules"),
        "version": Meaning(TEXT, "versjonen av Veiviser", "the version of Veiviser"),
        "lang": _LANG,
        "took_us": Meaning(
            NUMBER,
            "hvor lenge Veiviser regnet, i milliondels sekunder",
            "how long Veiviser worked, in microseconds",
        ),
    },
    "counter": {
        "slot": Meaning(
            TEXT,
            "teller er delt i 16 etter første tegn av koden; legg dem sammen",
            "counters are split in 16 by the code's first digit; add them up",
        ),
        "day": Meaning(TEXT, "dagen i UTC, som 2026-11-24", "the day in UTC, as 2026-11-24"),
        "name": Meaning(
            TEXT,
            "hva som er telt: outcome, faq, unanswered, erased",
            "what was counted: outcome, faq, unanswered, erased",
        ),
        "value": Meaning(
            TEXT,
            "hvilken: avgjørelsen, oppslaget, språket; tom for erased",
            "which: the verdict, the entry, the language; empty for erased",
        ),
        "n": Meaning(NUMBER, "hvor mange", "how many"),
    },
}
