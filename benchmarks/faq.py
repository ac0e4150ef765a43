"""How well questions find their answers, and how fast, against usual ways to search; no timed test.

Run by hand with the project's own Python. Every phrasing is asked of an index built without its
tenth of the phrasings; all sides get the same phrasings. What is not installed is left out, with a
line that says so. ``--fit`` prints the weights that `knowledge.faq_confidence` should hold, and
``--thresholds [DIR]`` what least confidence costs and gives, also on the labelled sets of a folder.
"""

import json
import sqlite3
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import exp, log
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from knowledge.faq import phrasings_of
from knowledge.faq_confidence import OURS, RIGHT, Evidence, confidence
from knowledge.faq_file import Entries
from knowledge.faq_search import Search
from knowledge.faq_words import pieces, plain_words
from knowledge.scheme import Scheme, load_scheme

FOLDS, SHOWN = 10, 3
NAMES = {  # for the gaps in phrasings
    "{listed_place}": ("Bergen", "Skien", "Hamar"),
    "{other_place}": ("Molde", "Asker", "Alta"),
}
CASES = Path(__file__).resolve().parents[1] / "tests" / "knowledge" / "faq_cases.toml"
NONE = "none"  # the key of what is not to be answered
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.55, 0.6, 0.7, 0.8)
# Our own phrasings are many and alike; what stands for other people counts more.
COUNTS = {"phrasings": 1.0, "asked": 5.0, "talk": 8.0}
FIT_ROUNDS, FIT_STEP = 400, 4.0

Phrasing = tuple[str, str]
Ranker = Callable[[str], list[str]]


def ours(scheme: Scheme, held: Sequence[Phrasing]) -> Ranker:
    """Words and labels, as the product searches."""
    search = Search(scheme, held)

    def rank(text: str) -> list[str]:
        found = search.nearest(search.frame(text), SHOWN)
        return [search.keys[candidate.entry] for candidate in found]

    return rank


def pieces_alone(_: Scheme, held: Sequence[Phrasing]) -> Ranker:
    """TF-IDF of the pieces of words, the nearest phrasing wins."""
    documents = [{p for word in plain_words(text) for p in pieces(word)} for _, text in held]
    holders = Counter(piece for document in documents for piece in document)
    weight = {piece: log(1 + len(documents) / n) for piece, n in holders.items()}
    norms = [sum(weight[p] ** 2 for p in document) ** 0.5 or 1.0 for document in documents]
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for piece in document:
            postings[piece].append(number)

    def rank(text: str) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for piece in {p for word in plain_words(text) for p in pieces(word)}:
            for number in postings.get(piece, ()):
                scores[number] += weight[piece] ** 2 / norms[number]
        return _first_keys(held, sorted(scores, key=lambda n: -scores[n]))

    return rank


def bm25(_: Scheme, held: Sequence[Phrasing]) -> Ranker:
    """BM25 over words, with its usual parameters (k1 1.5, b 0.75)."""
    documents = [Counter(plain_words(text)) for _, text in held]
    usual = sum(d.total() for d in documents) / len(documents)
    postings: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
    for number, document in enumerate(documents):
        for word, n in document.items():
            share = n * 2.5 / (n + 1.5 * (0.25 + 0.75 * document.total() / usual))
            postings[word].append((number, share))

    def rank(text: str) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for word in set(plain_words(text)):
            some = postings.get(word, [])
            rarity = log(1 + (len(documents) - len(some) + 0.5) / (len(some) + 0.5))
            for number, share in some:
                scores[number] += rarity * share
        return _first_keys(held, sorted(scores, key=lambda n: -scores[n]))

    return rank


def fts5(_: Scheme, held: Sequence[Phrasing]) -> Ranker:
    """SQLite FTS5 with its trigram tokenizer, any piece may match, ranked by its bm25."""
    database = sqlite3.connect(":memory:")
    database.execute("CREATE VIRTUAL TABLE line USING fts5(text, tokenize='trigram')")
    database.executemany(
        "INSERT INTO line(rowid, text) VALUES (?, ?)",
        ((n, " ".join(plain_words(text))) for n, (_, text) in enumerate(held)),
    )
    query = "SELECT rowid FROM line WHERE line MATCH ? ORDER BY rank LIMIT 60"

    def rank(text: str) -> list[str]:
        joined = " ".join(plain_words(text))
        parts = {joined[i : i + 3] for i in range(len(joined) - 2)}
        wanted = " OR ".join(f'"{part}"' for part in sorted(parts))
        found = database.execute(query, (wanted,)) if wanted else ()
        return _first_keys(held, [row[0] for row in found])

    return rank


def wratio(_: Scheme, held: Sequence[Phrasing]) -> Ranker:
    """WRatio of rapidfuzz against every phrasing."""
    from rapidfuzz import fuzz, process

    texts = [" ".join(plain_words(text)) for _, text in held]

    def rank(text: str) -> list[str]:
        asked = " ".join(plain_words(text))
        found = process.extract(asked, texts, scorer=fuzz.WRatio, limit=60)
        return _first_keys(held, [number for _, _, number in found])

    return rank


OUR_SIDE = "words and labels, ours"
SIDES = {
    "WRatio (rapidfuzz)": wratio,
    "BM25, words": bm25,
    "SQLite FTS5, trigrams": fts5,
    "pieces of words alone": pieces_alone,
    OUR_SIDE: ours,
}


def _first_keys(held: Sequence[Phrasing], numbers: Sequence[int]) -> list[str]:
    return list(dict.fromkeys(held[number][0] for number in numbers))[:SHOWN]


def with_places(text: str, number: int) -> str:
    """A phrasing as somebody would write it: with names of places in its gaps."""
    for gap, names in NAMES.items():
        text = text.replace(gap, names[number % len(names)])
    return text


def folds(phrasings: Sequence[Phrasing]) -> Iterator[tuple[list[Phrasing], list[Phrasing]]]:
    """Nine tenths to search, and the tenth to ask for; ten times."""
    for fold in range(FOLDS):
        held = [p for n, p in enumerate(phrasings) if n % FOLDS != fold]
        asked = [(k, with_places(t, n)) for n, (k, t) in enumerate(phrasings) if n % FOLDS == fold]
        yield held, asked


def compare(scheme: Scheme, phrasings: Sequence[Phrasing]) -> None:
    """Print who finds how much, and how long a question takes; sides take turns."""
    first, among, times = Counter[str](), Counter[str](), defaultdict[str, list[float]](list)
    sides = dict(_installed())
    for held, asked in folds(phrasings):
        written = [(k, with_places(text, n)) for n, (k, text) in enumerate(held)]
        for name, side in sides.items():
            rank = side(scheme, held if name == OUR_SIDE else written)
            for key, text in asked:
                start = perf_counter_ns()
                found = rank(text)
                times[name].append((perf_counter_ns() - start) / 1e6)
                first[name] += found[:1] == [key]
                among[name] += key in found
    print(f"{'':26}{'first':>8}{'among 3':>9}{'median ms':>11}{'p99 ms':>9}{'x ours':>8}")
    for name in sides:
        taken = sorted(times[name])
        ratio = median(taken) / median(times[OUR_SIDE])
        print(
            f"{name:26}{first[name] / len(phrasings):8.1%}{among[name] / len(phrasings):9.1%}"
            f"{median(taken):11.2f}{taken[len(taken) * 99 // 100]:9.2f}{ratio:7.1f}x"
        )


def _installed() -> Iterator[tuple[str, Callable[[Scheme, Sequence[Phrasing]], Ranker]]]:
    for name, side in SIDES.items():
        try:
            side(load_scheme(), [("key", "text")])("text")
        except ModuleNotFoundError as missing:
            print(f"{name}: left out, {missing.name} is not installed")
        else:
            yield name, side


@dataclass(frozen=True, slots=True)
class Judged:
    """What was found for a text of a set, None where it was refused at once."""

    key: str
    found: str
    evidence: Evidence | None

    def is_answered(self, least: float) -> bool:
        return self.evidence is not None and confidence(self.evidence) >= least


def judged(
    scheme: Scheme, phrasings: Sequence[Phrasing], sets: Mapping[str, Sequence[Phrasing]]
) -> dict[str, list[Judged]]:
    """Held-out phrasings, and the texts of every set asked of all phrasings."""
    rows = defaultdict[str, list[Judged]](list)
    for held, asked in folds(phrasings):
        search = Search(scheme, held)
        rows["phrasings"] += [_judged(search, key, text) for key, text in asked]
    search = Search(scheme, phrasings)
    for name, texts in sets.items():
        rows[name] += [_judged(search, key, text) for key, text in texts]
    return rows


def _judged(search: Search, key: str, text: str) -> Judged:
    frame = search.frame(text)
    candidates = search.nearest(frame, SHOWN)
    if not candidates:
        return Judged(key, NONE, None)
    return Judged(key, search.keys[candidates[0].entry], search.evidence(frame, candidates))


def own_cases() -> dict[str, list[Phrasing]]:
    """The tests' own questions, and what people write that is none of our business."""
    cases = tomllib.loads(CASES.read_text("utf-8"))
    return {
        "asked": [(key, text) for key, texts in cases["asked"].items() for text in texts],
        "talk": [(NONE, text) for texts in cases["none_of_ours"].values() for text in texts],
    }


def labelled_sets(folder: Path) -> dict[str, list[Phrasing]]:
    """The sets of a folder as `veiviser evaluate` reads them."""
    sets = {}
    for path in sorted(folder.glob("*.jsonl")):
        lines = [json.loads(line) for line in path.read_text("utf-8").splitlines() if line.strip()]
        if path.name.startswith("faq_"):
            sets[path.name] = [(line["answer_key"], line["question"]) for line in lines]
        elif path.name.startswith("oos_"):
            sets[path.name] = [(NONE, line["text"]) for line in lines]
    return sets


def thresholds(rows: Mapping[str, Sequence[Judged]]) -> None:
    """Print, for each least confidence, what is answered right, wrong, and without being ours."""
    for name, some in rows.items():
        fair = [row for row in some if row.key != NONE]
        other = [row for row in some if row.key == NONE]
        print(f"{name}: {len(fair)} questions, {len(other)} texts of other people's business")
        for least in THRESHOLDS:
            answered = [row for row in fair if row.is_answered(least)]
            right = sum(row.key == row.found for row in answered)
            talk = sum(row.is_answered(least) for row in other)
            shares = (right / (len(fair) or 1), (len(answered) - right) / (len(fair) or 1))
            print(f"  {least:.2f}  right {shares[0]:6.1%}  wrong {shares[1]:6.1%}  other {talk:4}")


def print_fit(rows: Mapping[str, Sequence[Judged]]) -> None:
    """Print the two sets of weights that explain the rows best."""
    known = [
        (row, row.evidence, counts)
        for name, counts in COUNTS.items()
        for row in rows[name]
        if row.evidence is not None
    ]
    is_ours = [(found, row.key != NONE, counts) for row, found, counts in known]
    is_right = [(f, row.key == row.found, counts) for row, f, counts in known if row.key != NONE]
    for title, names, some in (("OURS", OURS, is_ours), ("RIGHT", RIGHT, is_right)):
        weights, bias = fit([([getattr(f, n) for n in names], so, c) for f, so, c in some])
        print(f"{title} = {dict(zip(names, (round(w, 2) for w in weights), strict=True))}")
        print(f"{title}_BIAS = {bias:.2f}")


def fit(rows: Sequence[tuple[Sequence[float], bool, float]]) -> tuple[list[float], float]:
    """Weights and bias of a logistic regression, by plain gradient ascent."""
    columns = list(zip(*(found for found, _, _ in rows), strict=True))
    means = [sum(column) / len(column) for column in columns]
    spreads = [
        (sum((v - m) ** 2 for v in column) / len(column)) ** 0.5 or 1.0
        for column, m in zip(columns, means, strict=True)
    ]
    scaled = [
        [(v - m) / s for v, m, s in zip(found, means, spreads, strict=True)] for found, _, _ in rows
    ]
    weights, bias, total = [0.0] * len(means), 0.0, sum(counts for _, _, counts in rows)
    for _ in range(FIT_ROUNDS):
        slopes, lift = [0.0] * len(means), 0.0
        for values, (_, is_so, counts) in zip(scaled, rows, strict=True):
            said = 1 / (1 + exp(-bias - sum(w * v for w, v in zip(weights, values, strict=True))))
            error = (is_so - said) * counts
            lift += error
            slopes = [s + error * v for s, v in zip(slopes, values, strict=True)]
        bias += FIT_STEP * lift / total
        weights = [w + FIT_STEP * s / total for w, s in zip(weights, slopes, strict=True)]
    weights = [w / s for w, s in zip(weights, spreads, strict=True)]
    return weights, bias - sum(w * m for w, m in zip(weights, means, strict=True))


def main(arguments: Sequence[str]) -> None:
    """Print the table; with ``--fit`` the weights, with ``--thresholds`` what they lead to."""
    scheme = load_scheme()
    phrasings = phrasings_of(Entries(scheme))
    if arguments[:1] == ["--fit"]:
        print_fit(judged(scheme, phrasings, own_cases()))
    elif arguments[:1] == ["--thresholds"]:
        sets = own_cases()
        for folder in arguments[1:]:
            sets |= {f"{folder}/{n}": texts for n, texts in labelled_sets(Path(folder)).items()}
        thresholds(judged(scheme, phrasings, sets))
    else:
        compare(scheme, phrasings)


if __name__ == "__main__":
    main(sys.argv[1:])
