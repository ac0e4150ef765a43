"""How well questions find their answers, and how fast, against usual ways to search; no timed test.

Run by hand with the project's own Python. Every phrasing is asked of an index built without its
tenth of the phrasings; all sides get the same phrasings. `--fit` prints the weights that
`knowledge.faq_confidence` should hold. What is not installed is left out, with a line that says so.
"""

import sqlite3
import sys
import tomllib
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import astuple, fields
from math import exp, log
from pathlib import Path
from statistics import median
from time import perf_counter_ns

from knowledge.faq import NEAR, SURE, phrasings_of
from knowledge.faq_confidence import Evidence, confidence, evidence
from knowledge.faq_file import Entries
from knowledge.faq_search import Search
from knowledge.faq_words import grams, plain_words
from knowledge.scheme import Scheme, load_scheme

FOLDS, SHOWN = 10, 3
CASES = Path(__file__).resolve().parents[1] / "tests" / "knowledge" / "faq_cases.toml"
FIT_ROUNDS, FIT_STEP = 200, 4.0
OTHER_TALK_COUNTS = 5.0  # there is more of it in life than in our file

Phrasing = tuple[str, str]
Ranker = Callable[[str], list[str]]


def ours(scheme: Scheme, held: Sequence[Phrasing]) -> Ranker:
    """Pieces of words and frames, as the product searches."""
    search = Search(scheme, held)

    def rank(text: str) -> list[str]:
        found = search.index.nearest(search.reader.read(text), SHOWN)
        return [search.keys[candidate.entry] for candidate in found]

    return rank


def pieces_alone(_: Scheme, held: Sequence[Phrasing]) -> Ranker:
    """TF-IDF of 3- and 4-character pieces, the nearest phrasing wins."""
    return _tf_idf(held, lambda text: {g for word in plain_words(text) for g in grams(word)})


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
        pieces = {joined[i : i + 3] for i in range(len(joined) - 2)}
        wanted = " OR ".join(f'"{piece}"' for piece in sorted(pieces))
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


SIDES = {
    "WRatio (rapidfuzz)": wratio,
    "BM25, words": bm25,
    "SQLite FTS5, trigrams": fts5,
    "pieces of words alone": pieces_alone,
    "pieces and frames, ours": ours,
}
OURS = "pieces and frames, ours"


def _tf_idf(held: Sequence[Phrasing], features: Callable[[str], set[str]]) -> Ranker:
    documents = [features(text) for _, text in held]
    holders = Counter(feature for document in documents for feature in document)
    weight = {f: log(1 + len(documents) / n) for f, n in holders.items()}
    norms = [sum(weight[f] ** 2 for f in document) ** 0.5 or 1.0 for document in documents]
    postings: defaultdict[str, list[int]] = defaultdict(list)
    for number, document in enumerate(documents):
        for feature in document:
            postings[feature].append(number)

    def rank(text: str) -> list[str]:
        scores: defaultdict[int, float] = defaultdict(float)
        for feature in features(text):
            for number in postings.get(feature, ()):
                scores[number] += weight[feature] ** 2 / norms[number]
        return _first_keys(held, sorted(scores, key=lambda n: -scores[n]))

    return rank


def _first_keys(held: Sequence[Phrasing], numbers: Sequence[int]) -> list[str]:
    return list(dict.fromkeys(held[number][0] for number in numbers))[:SHOWN]


def folds(phrasings: Sequence[Phrasing]) -> Iterator[tuple[list[Phrasing], list[Phrasing]]]:
    """Nine tenths to search, and the tenth to ask for; ten times."""
    for fold in range(FOLDS):
        held = [p for n, p in enumerate(phrasings) if n % FOLDS != fold]
        yield held, [p for n, p in enumerate(phrasings) if n % FOLDS == fold]


def compare(scheme: Scheme, phrasings: Sequence[Phrasing]) -> None:
    """Print who finds how much, and how long a question takes; sides take turns."""
    first, among, times = Counter[str](), Counter[str](), defaultdict[str, list[float]](list)
    sides = dict(_installed())
    for held, asked in folds(phrasings):
        for name, side in sides.items():
            rank = side(scheme, held)
            for key, text in asked:
                start = perf_counter_ns()
                found = rank(text)
                times[name].append((perf_counter_ns() - start) / 1e6)
                first[name] += found[:1] == [key]
                among[name] += key in found
    print(f"{'':26}{'first':>8}{'among 3':>9}{'median ms':>11}{'p99 ms':>9}{'x ours':>8}")
    for name in sides:
        taken = sorted(times[name])
        ratio = median(taken) / median(times[OURS])
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


def judged(scheme: Scheme, phrasings: Sequence[Phrasing]) -> Iterator[tuple[Evidence, bool, float]]:
    """Evidence for every held-out phrasing and all other talk, whether right, and its weight."""
    for held, asked in folds(phrasings):
        search = Search(scheme, held)
        for key, text in asked:
            if found := _evidence(search, text):
                yield found[0], found[1] == key, 1.0
    search = Search(scheme, phrasings)
    for text in other_talk():
        if found := _evidence(search, text):
            yield found[0], False, OTHER_TALK_COUNTS


def other_talk() -> list[str]:
    """What people write that is none of our business."""
    topics = tomllib.loads(CASES.read_text("utf-8"))["none_of_ours"]
    return [text for texts in topics.values() for text in texts]


def _evidence(search: Search, text: str) -> tuple[Evidence, str] | None:
    frame = search.reader.read(text)
    candidates = search.index.nearest(frame, 2) if frame.is_answerable else []
    return (evidence(frame, candidates), search.keys[candidates[0].entry]) if candidates else None


def fit(rows: Sequence[tuple[Evidence, bool, float]]) -> tuple[list[float], float]:
    """Weights and bias of a logistic regression, by plain gradient ascent."""
    columns = list(zip(*(astuple(found) for found, _, _ in rows), strict=True))
    means = [sum(column) / len(column) for column in columns]
    spreads = [
        (sum((v - m) ** 2 for v in column) / len(column)) ** 0.5 or 1.0
        for column, m in zip(columns, means, strict=True)
    ]
    scaled = [
        [(v - m) / s for v, m, s in zip(astuple(found), means, spreads, strict=True)]
        for found, _, _ in rows
    ]
    weights, bias, total = [0.0] * len(means), 0.0, sum(counts for _, _, counts in rows)
    for _ in range(FIT_ROUNDS):
        slopes, lift = [0.0] * len(means), 0.0
        for values, (_, is_right, counts) in zip(scaled, rows, strict=True):
            said = 1 / (1 + exp(-bias - sum(w * v for w, v in zip(weights, values, strict=True))))
            error = (is_right - said) * counts
            lift += error
            slopes = [s + error * v for s, v in zip(slopes, values, strict=True)]
        bias += FIT_STEP * lift / total
        weights = [w + FIT_STEP * s / total for w, s in zip(weights, slopes, strict=True)]
    weights = [w / s for w, s in zip(weights, spreads, strict=True)]
    return weights, bias - sum(w * m for w, m in zip(weights, means, strict=True))


def bands(rows: Sequence[tuple[Evidence, bool, float]], asked: int, talk: int) -> None:
    """Print what is answered, offered and refused, of held-out phrasings and of other talk."""
    for name, least in (("sure", SURE), ("near or sure", NEAR)):
        some = [row for row in rows if confidence(row[0]) >= least]
        right = sum(is_right for _, is_right, _ in some)
        other = sum(counts > 1 for _, _, counts in some)
        wrong = len(some) - right - other
        print(
            f"{name:14} best guess right {right / asked:.1%}, wrong {wrong / asked:.1%} of {asked};"
            f" other talk {other} of {talk}"
        )


def main() -> None:
    """Print the table, and with ``--fit`` the weights."""
    scheme = load_scheme()
    phrasings = phrasings_of(Entries(scheme))
    if "--fit" in sys.argv[1:]:
        weights, bias = fit(list(judged(scheme, phrasings)))
        named = zip(fields(Evidence), weights, strict=True)
        print(", ".join(f"{field.name}={weight:.2f}" for field, weight in named), f"{bias=:.2f}")
        return
    compare(scheme, phrasings)
    bands(list(judged(scheme, phrasings)), len(phrasings), len(other_talk()))


if __name__ == "__main__":
    main()
