"""Lines with personal data of known kinds, and lines without any, made anew from one seed.

Called by `benchmarks.masking` and by the tests, which hold its figures. The check digits are worked
out here by themselves, so that a slip in the masking shows.
"""

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from benchmarks.masking_texts import (
    FAMILY,
    GIVEN,
    KEPT,
    NAMES,
    ORGANISATIONS,
    PHONE,
    SENTENCES,
    TOWNS,
)
from benchmarks.masking_values import Values
from knowledge.municipalities import Municipalities

YEAR, SEED = 2019, 20191
OF_EACH_KIND, KEPT_LINES = 300, 1_500
DISGUISED = "disguised number"
SAME_SENTENCES = {"IBAN": "account number", "phone abroad": "phone"}  # other numbers: identity


@dataclass(frozen=True, slots=True)
class Line:
    """A text, what in it is personal (nothing, if it is to be kept), and of which kind that is."""

    kind: str
    text: str
    secret: str = ""


class Corpus:
    """Makes lines; the same seed makes the same ones."""

    def __init__(self, seed: int = SEED) -> None:
        self._random = random.Random(seed)
        self._places = Municipalities(YEAR).all
        self._values = values = Values(self._random)
        self._numbers: dict[str, Callable[[], str]] = {
            "identity number": values.identity,
            "D-number": lambda: values.identity(day_more=40),
            "H-number": lambda: values.identity(month_more=40),
            "synthetic identity number": lambda: values.identity(month_more=80),
            "account number": values.account,
            "IBAN": values.iban,
            "eleven digits": values.eleven,
            "phone": values.phone,
            "phone abroad": values.phone_abroad,
        }
        self._others = {"e-mail": values.email, "link": values.link, "address": values.address}

    def lines(self) -> Iterator[Line]:
        """All lines, kind by kind; those to be kept come last."""
        for kind, make in (self._numbers | self._others).items():
            for _ in range(OF_EACH_KIND):
                yield self._line(kind, kind, make())
        for _ in range(OF_EACH_KIND):
            kind = self._random.choice(list(self._numbers))
            yield self._line(DISGUISED, kind, self._values.disguised(self._numbers[kind]()))
        for kind, sentences in NAMES.items():
            for _ in range(OF_EACH_KIND):
                yield self._named(kind, self._random.choice(sentences))
        for _ in range(KEPT_LINES):
            yield Line("to be kept", self._filled(self._random.choice(KEPT)))

    def _line(self, kind: str, like: str, secret: str) -> Line:
        sentences = SENTENCES.get(SAME_SENTENCES.get(like, like), SENTENCES["identity number"])
        town = self._random.choice(TOWNS)
        return Line(kind, self._random.choice(sentences).format(secret, town=town), secret)

    def _named(self, kind: str, sentence: str) -> Line:
        family = self._random.choice(FAMILY) if self._random.random() < 0.7 else ""
        name = f"{self._random.choice(GIVEN)} {family}".strip()
        text = sentence.format(name)
        if PHONE in text:
            name = f"{name} {PHONE}"
        # Some write all small, a few all in capitals.
        case = self._random.random()
        if case < 0.15:
            return Line(kind, text.lower(), name.lower())
        return Line(kind, text.upper(), name.upper()) if case < 0.2 else Line(kind, text, name)

    def _filled(self, sentence: str) -> str:
        place = self._random.choice(self._places)
        text = sentence.replace("{place}", place.name, 1).replace("{number}", place.number)
        fillings: dict[str, Callable[[], str]] = {
            "{place}": lambda: self._random.choice(self._places).name,
            "{group}": lambda: self._random.choice(ORGANISATIONS),
            "{orgnr}": self._values.organisation,
            "{sum}": self._values.money,
            "{year}": lambda: str(self._random.randint(1950, 2030)),
            "{date}": self._values.date,
        }
        for gap, make in fillings.items():
            while gap in text:
                text = text.replace(gap, make(), 1)
        return text
