"""How long a message takes to understand, whole and by its parts; no timed test.

Run by hand with the project's own Python. The messages are made of the project's own test texts in
the three languages, up to 300 characters. Beside each figure stands its limit, or a usual way to do
the same, timed in rotation with it. Loading and memory are measured in processes of their own.
"""

import json
import random
import re
import subprocess
import sys
import tomllib
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from statistics import median
from typing import Any

from rapidfuzz import fuzz, process

from benchmarks.places import Peer, p99, times_us
from dialogs.message_slots import read_slots
from dialogs.message_words import Message
from dialogs.questions import choices
from dialogs.state import LANGUAGES, State
from dialogs.understand import read_text
from dialogs.words import WORDS, telling
from knowledge.activities import read_activities
from knowledge.faq import Faq, phrasings_of
from knowledge.faq_file import Entries
from knowledge.gazetteer import Gazetteer
from knowledge.municipalities import Municipalities
from knowledge.places import Places
from knowledge.reading import words_of
from knowledge.scheme import Scheme, load_scheme
from knowledge.slots import SLOTS, as_tuple

ROOT = Path(__file__).resolve().parents[1]
TESTS = ROOT / "tests"
SEED, MESSAGES, PEER_MESSAGES, ROUNDS = 2019, 1_500, 60, 5
LONGEST_UTTERANCE, LONGEST_MESSAGE = 300, 4_096
MEDIAN_LIMIT_US, P99_LIMIT_US, HOSTILE_LIMIT_MS = 1_000, 5_000, 50
LOAD_LIMIT_MS, MEMORY_LIMIT_MB = 300, 60
ASKED = (None, *SLOTS, "check_answers")

HOSTILE = {
    "one letter": "a",
    "a name of two letters": "Os i ",
    "names with slips": "i Kristianxxnd ",
    "unknown names": "i Abcdefgh ",
    "inhabitants of nowhere": "Abcdefgfolk ",
    "postal codes": "0170 ",
    "phrases": "ikke registrert i frivillighetsregisteret men ",
    "starts of phrases": "register of non ",
    "sentences of one word": "ikke.",
    "parts of one word": "flyktninger,",
    "questions": "kan vi? ",
    "organisation numbers": "974 760 673 ",
    "digits": "9 ",
    "long compounds": "språkkafékvinnegruppenorskkurs",
    "activities": "norskkurs og språkkafe med ",
    "quotation marks and hyphens": "a-'-",
    "accents": "a\u0301\u0301",
    "directions of writing": "\u202eא",
    "lines": "\n",
    "pictures": "\U0001f937",
}

# What a process of its own does, and tells as JSON: milliseconds of each part, and megabytes.
LOADING = """
import gc, json, sys
from time import perf_counter
def megabytes():
    return int(open("/proc/self/status").read().partition("VmRSS:")[2].split()[0]) / 1024
told = {"bare": megabytes()}
if len(sys.argv) > 1:
    gc.disable()  # as every command does while it starts
    from dialogs.understand import read_text
    from dialogs.state import State
    from dialogs.words import telling
    from knowledge.activity_words import ActivityWords
    from knowledge.faq import Faq
    from knowledge.places import Places
    from knowledge.scheme import load_scheme
    scheme = load_scheme(2019)
    told["imported"] = megabytes()
    def timed(name, load):
        start = perf_counter()
        load()
        told[name] = (perf_counter() - start) * 1e3
    timed("words", telling)
    timed("places", lambda: Places.load(2019))
    timed("activities", ActivityWords.load)
    timed("questions", lambda: Faq.load(scheme))
    timed("first", lambda: read_text(scheme, State(greeted=True), "registered", sys.argv[1]))
    gc.enable()
    told["ready"] = megabytes()
print(json.dumps(told))
"""


def utterances(scheme: Scheme) -> list[str]:
    """Messages of one to three test texts, each at most 300 characters; the same in every run."""
    chooser = random.Random(SEED)
    texts = [*_written_in_transcripts(), *_organisations(scheme), *_cases()]
    found: list[str] = []
    while len(found) < MESSAGES:
        message = ". ".join(chooser.sample(texts, chooser.choice((1, 1, 2, 3))))
        if len(message) <= LONGEST_UTTERANCE:
            found.append(message)
    return found


def _written_in_transcripts() -> Iterator[str]:
    for file in sorted((TESTS / "transcripts").glob("*.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith("> ") and not line.startswith("> ["):
                yield line.removeprefix("> ")


def _organisations(scheme: Scheme) -> Iterator[str]:
    """Each organisation of the scenarios as a sentence, in the words of the buttons."""
    cases = tomllib.loads((TESTS / "scenarios" / "cases.toml").read_text(encoding="utf-8"))
    for case in cases["case"]:
        for lang in LANGUAGES:
            told = [case["organisation"]]
            for slot, value in case["answers"].items():
                offered = {c.value: c.label for c in choices(scheme, lang, slot, as_tuple(value))}
                told.append(" og ".join(offered[one] for one in as_tuple(value) if one in offered))
            yield ", ".join(filter(None, told))


def _cases() -> Iterator[str]:
    """What people may write about their plans, and what they may ask."""
    for name in ("activity_cases.toml", "faq_cases.toml"):
        file = TESTS / "knowledge" / name
        tables = [tomllib.loads(file.read_text(encoding="utf-8"))]
        while tables:
            for value in tables.pop().values():
                if isinstance(value, dict):
                    tables.append(value)
                elif isinstance(value, list):
                    yield from (text for text in value if isinstance(text, str))


class Whole:
    """`read_text`, each message in answer to another question, in another language."""

    def __init__(self, scheme: Scheme, asked: Sequence[str | None] = ASKED) -> None:
        self._scheme = scheme
        self._asked = asked

    def __call__(self, text: str) -> object:
        asked = self._asked[len(text) % len(self._asked)]  # the same in every round
        lang = LANGUAGES[len(text) % len(LANGUAGES)]
        return read_text(self._scheme, State(lang=lang, greeted=True), asked, text)


def alternation() -> Callable[[str], object]:
    """All phrases of `dialogs/words/` as one regular expression, the longest first."""
    phrases = set()
    for file in WORDS.glob("*.toml"):
        tables = [tomllib.loads(file.read_text(encoding="utf-8"))]
        while tables:
            for value in tables.pop().values():
                if isinstance(value, dict):
                    tables.append(value)
                else:
                    phrases |= {p.strip() for p in re.split(r"[,\n]", value) if p.strip()}
    ordered = sorted(phrases, key=lambda phrase: (-len(phrase), phrase))
    pieces = "|".join(re.escape(phrase).replace(r"\*", r"\w*") for phrase in ordered)
    pattern = re.compile(rf"\b(?:{pieces})\b")
    return lambda text: pattern.findall(text.lower())


def wratio(scheme: Scheme) -> Callable[[str], object]:
    """WRatio of rapidfuzz over every phrasing of the questions."""
    phrasings = [text for _, text in phrasings_of(Entries(scheme))]
    return lambda text: process.extractOne(text, phrasings, scorer=fuzz.WRatio)


def parts(scheme: Scheme) -> Iterator[tuple[str, Callable[[str], object]]]:
    """What understanding a message is made of."""
    places, faq, phrases = Places.load(scheme.year), Faq.load(scheme), telling()
    yield "words, sentences, greeting", Message
    yield "phrases", lambda text: phrases.found(words_of(text))
    yield "places", places.mentions
    yield "activities", read_activities
    yield "all slots (with those three)", lambda text: read_slots(scheme, Message(text))
    yield "questions", faq.read


def rotated(
    calls: Sequence[Callable[[str], object]], texts: Sequence[str], rounds: int = ROUNDS
) -> list[list[float]]:
    """Microseconds of each call on each text: the median of the rounds, in which all take turns."""
    taken: list[list[list[float]]] = [[] for _ in calls]
    for _ in range(rounds):
        for times, call in zip(taken, calls, strict=True):
            times.append(times_us(call, texts))
    return [[median(of_text) for of_text in zip(*times, strict=True)] for times in taken]


def show_utterances(scheme: Scheme, texts: Sequence[str]) -> None:
    """The whole against its limits, and each part."""
    calls: dict[str, Callable[[str], object]] = {"the whole": Whole(scheme)}
    calls |= dict(parts(scheme))
    print(f"{f'us a message, {len(texts):,} messages':34}{'median':>9}{'p99':>9}{'most':>9}")
    for name, times in zip(calls, rotated([*calls.values()], texts), strict=True):
        print(f"{name:34}{median(times):9.0f}{p99(times):9.0f}{max(times):9.0f}", end="")
        limits = f"   limits {MEDIAN_LIMIT_US:,} and {P99_LIMIT_US:,}"
        print(limits if name == "the whole" else "")


def show_peers(scheme: Scheme, texts: Sequence[str]) -> None:
    """Parts beside a usual way to do the same: fewer messages, for most of those are slow."""
    municipalities = Municipalities(scheme.year)
    ours = dict(parts(scheme))
    pairs = {
        "phrases": ("one regular expression", alternation()),
        "places": ("WRatio, every name", Peer(Gazetteer(municipalities, scheme.year)).find),
        "questions": ("WRatio, every phrasing", wratio(scheme)),
    }
    print(f"\n{f'us a message, {len(texts)} messages':34}{'median':>9}{'peer':>26}{'ratio':>15}")
    for name, (peer, call) in pairs.items():
        own, other = rotated([ours[name], call], texts)
        ratio = median(other) / median(own)
        print(f"{name:34}{median(own):9.0f}{peer:>26}{median(other):9.0f}{ratio:5.1f}x")


def show_hostile(scheme: Scheme) -> None:
    """The slowest question for each hostile message."""
    print(f"\n{f'ms for {LONGEST_MESSAGE:,} hostile characters':34}{'slowest':>9}   limit")
    for name, piece in HOSTILE.items():
        text = (piece * LONGEST_MESSAGE)[:LONGEST_MESSAGE]
        calls = [Whole(scheme, (asked,)) for asked in ASKED]
        slowest = max(times[0] for times in rotated(calls, [text])) / 1_000
        mark = "  TOO SLOW" if slowest > HOSTILE_LIMIT_MS else ""
        print(f"{name:34}{slowest:9.1f}   {HOSTILE_LIMIT_MS}{mark}")


def show_loading(first: str) -> None:
    """What each part takes to load, and the memory above a bare Python."""
    runs = [_own_process(first) for _ in range(ROUNDS)]
    took = {name: median(run[name] for run in runs) for name in runs[0]}
    indexes = ("words", "places", "activities", "questions")
    print(f"\n{'ms to load':34}{'median':>9}   limit")
    for name in indexes:
        print(f"{name:34}{took[name]:9.0f}")
    together = sum(took[name] for name in indexes)
    print(f"{'together':34}{together:9.0f}   {LOAD_LIMIT_MS}")
    print(f"{'the first message after that':34}{took['first']:9.0f}")
    bare = median(_own_process()["bare"] for _ in range(ROUNDS))
    print(f"\n{f'MB above a bare Python ({bare:.0f} MB)':34}{'median':>9}   limit")
    print(f"{'everything imported':34}{took['imported'] - bare:9.1f}")
    print(f"{'ready, and one message read':34}{took['ready'] - bare:9.1f}   {MEMORY_LIMIT_MB}")


def _own_process(*arguments: str) -> dict[str, Any]:
    told = subprocess.run(
        [sys.executable, "-c", LOADING, *arguments],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    found: dict[str, Any] = json.loads(told)
    return found


def main() -> int:
    """Measure and print; the exit code says nothing about speed."""
    scheme = load_scheme()
    texts = utterances(scheme)
    longest = max(texts, key=len)
    rotated([Whole(scheme)], texts, 1)  # what is built at first use is `show_loading`'s business
    show_utterances(scheme, texts)
    show_peers(scheme, texts[:PEER_MESSAGES])
    show_hostile(scheme)
    show_loading(longest)
    return 0


if __name__ == "__main__":
    sys.exit(main())
