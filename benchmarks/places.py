"""How long a place takes to read, against rapidfuzz's WRatio over the same names; no timed test.

Run by hand with the project's own Python; needs rapidfuzz only. Every round times everything in
rotation, so that a busy spell weighs on both sides, and no text is read twice running, because
``Places`` remembers the last few. What both find is counted as well, because a fast wrong
municipality is worth nothing.
"""

import random
import sys
import tracemalloc
from collections.abc import Callable, Iterator, Sequence
from statistics import median
from time import perf_counter_ns

from rapidfuzz import fuzz, process

from knowledge.gazetteer import Gazetteer
from knowledge.municipalities import Municipalities, Municipality
from knowledge.place_words import fold
from knowledge.places import Places

YEAR, SEED = 2019, 2019
SLIPS, ROUNDS = 200, 7
SHORTEST = 4  # letters: in a shorter name nobody guesses at slips
RATIO_GOAL, SENTENCE_LIMIT_US, P99_LIMIT_US, HOSTILE_LIMIT_US = 30, 300, 5_000, 50_000
LOAD_LIMIT_MS, MEMORY_LIMIT_MB = 300, 60  # for everything that is understood, not for places alone
LONGEST_MESSAGE = 4096

ROWS = ("qwertyuiopå", "asdfghjkløæ", "zxcvbnm")
SENTENCES = (
    "vi er i {}",
    "Me held til på {} og har språkkafé for kvinner",
    "registrert i {}, vi vil søke om penger til norskkurs for flyktninger fra mottaket",
    "our group is based in {} and we help newcomers to find work",
)
OTHER_TALK = (
    "vet ikke",
    "hele landet",
    "vi har norskkurs hver tirsdag for kvinner fra Somalia og Syria",
    "er det for sent å søke nå?",
)
HOSTILE = {
    "names": "Os i ",
    "slips after prepositions": "i Kristianxxnd ",
    "unknown words after prepositions": "i Abcdefgh ",
    "postal codes": "0170 ",
    "beginnings of regions": "Nore og ",
    "one letter": "a",
    "accents": "a\u0301\u0301",
}

Case = tuple[Municipality, str]


class Slips:
    """A reproducible stream of municipality names with slips of the hand in them."""

    def __init__(self, places: Sequence[Municipality]) -> None:
        self._random = random.Random(SEED)
        self._places = [place for place in places if len(place.name) >= SHORTEST]

    def names(self, count: int, slips: int) -> list[Case]:
        """Names in lower case with so many slips in each."""
        cases: list[Case] = []
        while len(cases) < count:
            place = self._random.choice(self._places)
            typed = place.name.lower()
            for _ in range(slips):
                typed = self._slip(typed)
            if fold(typed) != fold(place.name) or not slips:
                cases.append((place, typed))
        return cases

    def mixed(self) -> list[Case]:
        """Sixty names with one slip, twenty sentences with a name, twenty with two slips."""
        sentences = [
            (place, SENTENCES[i % len(SENTENCES)].format(place.name))
            for i, (place, _) in enumerate(self.names(20, 0))
        ]
        return [*self.names(60, 1), *sentences, *self.names(20, 2)]

    def _slip(self, word: str) -> str:
        at = self._random.randrange(len(word))
        head, letter, tail = word[:at], word[at], word[at + 1 :]
        near = self._beside(letter)
        return self._random.choice(
            (
                head + near + tail,
                head + tail,
                head + (tail[:1] + letter + tail[1:] if tail else letter),
                head + letter + letter + tail,
                head + near + letter + tail,
            )
        )

    def _beside(self, letter: str) -> str:
        for row in ROWS:
            if letter in row:
                at = row.index(letter)
                return self._random.choice(row[max(at - 1, 0) : at] + row[at + 1 : at + 2])
        return letter


class Peer:
    """rapidfuzz as its documentation shows it: ``extractOne`` with WRatio, all in lower case."""

    def __init__(self, gazetteer: Gazetteer) -> None:
        self._bearers = {
            name: meaning.best
            for name in sorted(gazetteer.names)
            if (meaning := gazetteer.meaning(name)) and meaning.best
        }
        self._names = list(self._bearers)

    def find(self, text: str) -> tuple[Municipality, ...]:
        """The bearers of the name that scores highest."""
        found = process.extractOne(fold(text), self._names, scorer=fuzz.WRatio)
        return self._bearers[found[0]] if found else ()


def times_us(call: Callable[[str], object], texts: Sequence[str]) -> list[float]:
    """Microseconds for each text."""
    taken = []
    for text in texts:
        start = perf_counter_ns()
        call(text)
        taken.append((perf_counter_ns() - start) / 1_000)
    return taken


def compared(places: Places, peer: Peer, sets: dict[str, list[Case]]) -> Iterator[str]:
    """A line for each set: medians, the ratio of medians over rounds, and what is right."""
    for name, cases in sets.items():
        texts = [text for _, text in cases]
        own, others, ratios = [], [], []
        for _ in range(ROUNDS):
            ours, theirs = times_us(places.find, texts), times_us(peer.find, texts)
            own += ours
            others += theirs
            ratios.append(sum(theirs) / sum(ours))
        readings = [(place, places.find(text)) for place, text in cases]
        taken = [(p, r) for p, r in readings if r.kind == "municipality"]
        right = sum(r.candidates == (p,) for p, r in taken)
        asked = sum(p in r.candidates for p, r in readings) - right
        theirs_right = sum(place in peer.find(text) for place, text in cases)
        yield (
            f"{name:22}{median(own):9.1f}{p99(own):10.1f}{median(others):11.1f}"
            f"{median(ratios):9.0f}x{right:8}{asked:7}{len(taken) - right:7}"
            f"{theirs_right:10}{len(cases) - theirs_right:7}"
        )


def held_mb() -> float:
    """What the places of a year and the index of slips hold in memory."""
    tracemalloc.start()
    Places(YEAR).find("Trodnheim")
    held, _ = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    return held / 1e6


def p99(times: Sequence[float]) -> float:
    """The time that one in a hundred exceeds."""
    return sorted(times)[len(times) * 99 // 100]


def main() -> int:
    """Measure and print; the exit code says nothing about speed."""
    municipalities = Municipalities(YEAR)
    gazetteer = Gazetteer(municipalities, YEAR)
    start = perf_counter_ns()
    places = Places(YEAR)
    loaded = perf_counter_ns()
    places.find("Trodnheim")  # builds the index of slips, and imports rapidfuzz
    indexed = perf_counter_ns()
    print(f"Loading {(loaded - start) / 1e6:.0f} ms, index {(indexed - loaded) / 1e6:.0f} ms, ")
    print(f"{len(gazetteer.names)} names of {len(municipalities.all)} municipalities, ", end="")
    print(f"{held_mb():.0f} MB.\n")

    slips, peer = Slips(municipalities.all), Peer(gazetteer)
    sets = {
        "one slip": slips.names(SLIPS, 1),
        "two slips": slips.names(SLIPS, 2),
        "mixed stream": slips.mixed(),
    }
    print(f"{'us a text':22}{'median':>9}{'p99':>10}{'WRatio':>11}{'ratio':>10}", end="")
    print(f"{'right':>8}{'asked':>7}{'wrong':>7}{'WR right':>10}{'wrong':>7}")
    print(*compared(places, peer, sets), sep="\n")

    names = [place.name for place, _ in slips.names(SLIPS, 0)]
    sentences = [sentence.format(name) for name in names for sentence in SENTENCES]
    print(f"\n{'us a text, without a peer':36}{'median':>9}{'p99':>10}")
    for what, texts in (
        ("exact names", names),
        ("sentences with a place", sentences),
        ("sentences without one", [text + " " * i for i in range(SLIPS) for text in OTHER_TALK]),
    ):
        taken = [time for _ in range(ROUNDS) for time in times_us(places.find, texts)]
        print(f"{what:36}{median(taken):9.1f}{p99(taken):10.1f}")

    print(f"\n{f'us for {LONGEST_MESSAGE:,} hostile characters':44}{'median':>9}")
    for what, piece in HOSTILE.items():
        text = piece * LONGEST_MESSAGE
        taken = times_us(places.find, [text[: LONGEST_MESSAGE - i] for i in range(ROUNDS)])
        print(f"{what:44}{median(taken):9.0f} of {HOSTILE_LIMIT_US:,}")
    print(
        f"\nGoals: one slip and the mixed stream at least {RATIO_GOAL}x WRatio; a sentence under "
        f"{SENTENCE_LIMIT_US:,} us, p99 under {P99_LIMIT_US:,} us; loading within a part of "
        f"{LOAD_LIMIT_MS} ms and {MEMORY_LIMIT_MB} MB."
    )
    return 0


if __name__ == "__main__":
    sys.exit(main())
