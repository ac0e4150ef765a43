"""What `bot.masking` finds and what it spoils, beside phonenumbers and plain patterns alone.

Run by hand with the project's own Python. All three read the same lines of
`benchmarks.masking_corpus`; the tests hold the figures of the first.
"""

import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from statistics import median

import phonenumbers

from benchmarks.masking_corpus import Corpus, Line
from bot.masking import mask

Masker = Callable[[str], str]

LONGEST_MESSAGE, ROUNDS = 4096, 5
MEDIAN_LIMIT_MS, HOSTILE_LIMIT_MS = 0.3, 20
GOALS = {
    **dict.fromkeys(("identity number", "D-number", "H-number"), 100.0),
    **dict.fromkeys(("synthetic identity number", "account number", "IBAN"), 100.0),
    **dict.fromkeys(("phone", "phone abroad", "e-mail"), 99.0),
}
KEPT_GOAL = 0.5  # per cent of the lines that may change
HOSTILE = (
    *("1 ", "1.", "22 33 44 55 ", "010585 12345 ", "99 99 99 99 ", "+46 70 123 45 67 ", "+1 2 "),
    *("000 ", "2019 ", "NO93 ", "@", "a@", "a@b.", "a.b/", "https://a.no/x ", " at ", "jeg heter "),
    *(
        "mvh\n",
        "takk\nkari\n",
        "Hilsen Kari og Ole og ",
        "Kari Nordmann\n",
        "s gate 5",
        "Kari van ",
    ),
    *("a\u0301", "\u0301", "\ufdfa", "⑴", "１", "‹navn›", "\ud800", "\x00", "A B C D\n", "tlf 1"),
)
# What a programmer writes in five minutes.
PLAIN = re.compile(
    r"\b\d{6} ?\d{5}\b|\b\d{4}[. ]?\d{2}[. ]?\d{5}\b|\bNO\d{2}(?: ?\d{4}){2} ?\d{3}\b"
    r"|(?:(?:\+|00)47 ?)?\b(?:\d{8}|\d{2}(?: \d{2}){3}|\d{3} \d{2} \d{3})\b"
    r"|[\w.+-]+@[\w-]+\.[\w.-]+|https?://\S+"
    r"|\b[A-ZÆØÅ][\wæøå]*(?:gata|gate|veien|vei|vegen|veg) \d+ ?[A-Za-z]?\b"
    r"|(?<=heter )[A-ZÆØÅ]\w+(?: [A-ZÆØÅ]\w+)?|(?<=[Mm]vh )[A-ZÆØÅ]\w+(?: [A-ZÆØÅ]\w+)?"
    r"|(?<=ilsen )[A-ZÆØÅ]\w+(?: [A-ZÆØÅ]\w+)?|(?<=name is )[A-Z]\w+(?: [A-Z]\w+)?"
)


def phonenumbers_alone(text: str) -> str:
    """The text without the numbers that phonenumbers finds by itself."""
    for match in reversed(list(phonenumbers.PhoneNumberMatcher(text, "NO"))):
        text = text[: match.start] + "‹›" + text[match.end :]
    return text


def patterns_alone(text: str) -> str:
    """The text without what the plain patterns find."""
    return PLAIN.sub("‹›", text)


@dataclass
class Score:
    """What became of the lines of one kind."""

    lines: int = 0
    caught: int = 0
    changed: int = 0
    right_words: int = 0
    gone_words: int = 0
    missed: list[Line] = field(default_factory=list)
    spoilt: list[Line] = field(default_factory=list)

    @property
    def recall(self) -> float:
        """Per cent of the lines in which nothing of what is personal is left."""
        return 100 * self.caught / self.lines

    @property
    def precision(self) -> float:
        """Per cent of the words that went which were personal; 100 where none went."""
        return 100 * self.right_words / self.gone_words if self.gone_words else 100.0

    @property
    def changed_share(self) -> float:
        """Per cent of the lines that changed."""
        return 100 * self.changed / self.lines


def words(text: str) -> Counter[str]:
    """The words of a text, without the punctuation around them."""
    return Counter(word.strip(".,:;!?()<>[]/") for word in text.split())


def scores(masker: Masker, lines: Iterable[Line]) -> dict[str, Score]:
    """The score of each kind: a word has gone where the masked text holds it less often."""
    of_kind: defaultdict[str, Score] = defaultdict(Score)
    for line in lines:
        score, masked = of_kind[line.kind], masker(line.text)
        gone, secret = words(line.text) - words(masked), words(line.secret)
        secret.pop("", None)
        right = (gone & secret).total()
        score.lines += 1
        score.changed += masked != line.text
        score.right_words += right
        score.gone_words += gone.total()
        if right == secret.total():
            score.caught += 1
        else:
            score.missed.append(line)
        if gone.total() > right:
            score.spoilt.append(line)
    return dict(of_kind)


def times_ms(masker: Masker, texts: Sequence[str]) -> list[float]:
    """Milliseconds of processor time for each text."""
    taken = []
    for text in texts:
        start = time.process_time_ns()
        masker(text)
        taken.append((time.process_time_ns() - start) / 1e6)
    return taken


def hostile_texts() -> dict[str, str]:
    """The longest message, of one piece over and over."""
    return {piece: (piece * LONGEST_MESSAGE)[:LONGEST_MESSAGE] for piece in HOSTILE}


def main(arguments: Sequence[str]) -> int:
    """Measure and print; with --errors also the lines that went wrong."""
    lines = list(Corpus().lines())
    maskers = {"ours": mask, "phonenumbers": phonenumbers_alone, "patterns": patterns_alone}
    of = {name: scores(masker, lines) for name, masker in maskers.items()}
    print(f"{len(lines):,} lines; recall and precision in per cent\n")
    print(f"{'kind':28}{'lines':>6}{'goal':>7}" + "".join(f"{name:>20}" for name in maskers))
    for kind, ours in of["ours"].items():
        if not any(line.secret for line in lines if line.kind == kind):
            continue
        goal = f"{GOALS[kind]:.0f}" if kind in GOALS else ""
        pairs = (f"{s[kind].recall:9.1f} {s[kind].precision:7.1f}" for s in of.values())
        print(f"{kind:28}{ours.lines:6}{goal:>7}" + "".join(f"{pair:>20}" for pair in pairs))
    kept = {name: score["to be kept"] for name, score in of.items()}
    print(f"{'to be kept, changed':28}{kept['ours'].lines:6}{'≤ ' + str(KEPT_GOAL):>7}", end="")
    print("".join(f"{score.changed_share:20.2f}" for score in kept.values()))

    texts = [line.text for line in lines]
    print(f"\n{'ms a text (processor)':28}{'median':>10}{'p99':>10}")
    for name, masker in maskers.items():
        taken = sorted(t for _ in range(ROUNDS) for t in times_ms(masker, texts))
        print(f"{name:28}{median(taken):10.3f}{taken[len(taken) * 99 // 100]:10.3f}")
    slowest = {
        piece: min(times_ms(mask, [text] * ROUNDS)) for piece, text in hostile_texts().items()
    }
    piece = max(slowest, key=lambda piece: slowest[piece])
    print(f"\n{LONGEST_MESSAGE:,} hostile characters: at most {slowest[piece]:.1f} ms ({piece!r})")
    print(f"Limits: median {MEDIAN_LIMIT_MS} ms, hostile {HOSTILE_LIMIT_MS} ms.")
    if "--errors" in arguments:
        for kind, score in of["ours"].items():
            for what, wrong in (("missed", score.missed), ("spoilt", score.spoilt)):
                for line in wrong:
                    print(f"{kind}, {what}: {line.text!r} -> {mask(line.text)!r}")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
