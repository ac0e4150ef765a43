"""A log of any length for `benchmarks.store`, written at once: no conversation takes place.

Ten turns a conversation, half of them in words that are as common as words are. Synthetic.
"""

import random
from collections.abc import Iterator
from itertools import accumulate, islice
from typing import Any

from bot.store.rows import ADDRESS, CONVERSATION, LOG, PROCESSED
from bot.store.sqlite import SqliteStore
from dialogs.state import State

TURNS_EACH = 10
OUTCOMES = ("apply_imdi", "apply_municipality", "either", "ineligible_not_registered", None)
FIRST_OUTCOME, FIRST_PLACE = "apply_imdi", "0301"
_WORDS = ["søknad", "støtte", *(f"ord{n}" for n in range(30_000))]
_COMMONNESS = list(accumulate(1 / rank for rank in range(1, len(_WORDS) + 1)))  # Zipf's law
_AT_ONCE, _INDEXED_AT_ONCE = 20_000, 1_000


async def fill(store: SqliteStore, rows: int) -> None:
    """Put so many log rows and their conversations in, and make the words searchable."""
    drawn = random.Random(rows)
    for table, made in (
        (CONVERSATION, _conversations(drawn, rows // TURNS_EACH)),
        (ADDRESS, _addresses(rows // TURNS_EACH)),
        (LOG, _log(drawn, rows)),
        (PROCESSED, _processed(rows)),
    ):
        while some := list(islice(made, _AT_ONCE)):
            named = [dict(zip(table.columns, row, strict=True)) for row in some]
            await store.put(table.name, named)
    while await store.index(_INDEXED_AT_ONCE):
        pass


def _key(number: int) -> str:
    """Spread like a pseudonym, and the same each time."""
    return f"{random.Random(number).getrandbits(256):064x}"


def _conversations(drawn: random.Random, number: int) -> Iterator[tuple[Any, ...]]:
    state = State(greeted=True, answers={"registered": "yes"}).to_json()
    for n in range(number):
        outcome, place = drawn.choice(OUTCOMES), f"{drawn.choice((301, *range(101, 523))):04}"
        yield _key(n), state, TURNS_EACH, TURNS_EACH, "nb", outcome, place, 1, n, n + TURNS_EACH


def _addresses(number: int) -> Iterator[tuple[Any, ...]]:
    for n in range(number):
        yield _key(n), "telegram", str(n)


def _log(drawn: random.Random, rows: int) -> Iterator[tuple[Any, ...]]:
    replies = '[{"text":"' + "x" * 500 + '","kind":"question","buttons":[]}]'
    for n in range(rows):
        chat, seq = divmod(n, TURNS_EACH)
        words = drawn.choices(_WORDS, cum_weights=_COMMONNESS, k=8)
        way, said = ("text", " ".join(words)) if n % 2 else ("button", "registered:yes")
        yield (
            *(_key(chat), seq + 1, chat + seq, way, said, "{}", "answer", 1.0, "registered", None),
            *(0, replies, None, None, 2019, "0.1.0", "nb", 900),
        )


def _processed(rows: int) -> Iterator[tuple[Any, ...]]:
    for n in range(rows):
        chat, seq = divmod(n, TURNS_EACH)
        yield _key(chat), "telegram", n, chat + seq
