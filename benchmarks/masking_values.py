"""Numbers, addresses and links that look like people's, at random and meaning nobody.

Called by `benchmarks.masking_corpus`. Check digits are worked out here and not by the masking, so
that a slip in it shows.
"""

import random
from collections.abc import Sequence

from benchmarks.masking_texts import DOMAINS, FAMILY, GIVEN, STREETS

# Skatteetaten, «Fødselsnummer»; Bits, «Kontonummer»; Brønnøysundregistrene,
# «Organisasjonsnummeret»: the weights of the digits before a check digit.
FIRST = (3, 7, 6, 1, 8, 9, 4, 5, 2)
SECOND = (5, 4, 3, 2, 7, 6, 5, 4, 3, 2)
ORGANISATION = (3, 2, 7, 6, 5, 4, 3, 2)

IDENTITY_FORMS = (
    *(
        "{11}",
        "{11}",
        "{11}",
        "{6} {5}",
        "{6} {5}",
        "{6}-{5}",
        "{2}.{2}.{2}-{5}",
        "{2} {2} {2} {5}",
    ),
    *("{4} {4} {3}", "{3} {3} {3} {2}", "{6}.{5}", "{6} - {5}", "{6}/{5}", "{6}, {5}", "{6}  {5}"),
    *("{2}.{2}.{2} {5}", "{2}-{2}-{2} {5}", " ".join(["{1}"] * 11), "({6}) {5}", "{6}_{5}"),
)
ACCOUNT_FORMS = (
    *("{11}", "{4}.{2}.{5}", "{4} {2} {5}", "{4}.{2}.{5}", "{4} {7}", "{4}-{2}-{5}"),
    *("{4}. {2}. {5}", "{4}/{2}/{5}", "{4}  {2}  {5}"),
)
ELEVEN_FORMS = ("{11}", "{6} {5}", "{4} {2} {5}", "{4}.{2}.{5}", "{3} {4} {4}", "{5} {6}")
PHONE_FORMS = (
    *("{8}", "{8}", "{2} {2} {2} {2}", "{2} {2} {2} {2}", "{3} {2} {3}", "{3} {2} {3}", "+47{8}"),
    *("+47 {2} {2} {2} {2}", "+47 {3} {2} {3}", "0047{8}", "0047 {8}", "(+47) {8}", "47 {8}"),
    *("{2}.{2}.{2}.{2}", "{2}-{2}-{2}-{2}", "{3}-{2}-{3}", "+47-{8}", "{5} {3}", "{3} {5}"),
)
# How the numbers of a country are written abroad; # is any digit.
ABROAD = (
    *(
        "+46 70 ### ## ##",
        "+45 2# ## ## ##",
        "+49 151 ########",
        "+44 7700 900###",
        "+48 601 ### ###",
    ),
    *("+380 67 ### ## ##", "+90 532 ### ## ##", "+252 61 #######", "+963 944 ### ###"),
    *(
        "004670#######",
        "+4915#########",
        "+1 212 55# ####",
        "+33 6 12 ## ## ##",
        "0044 7911 12####",
    ),
)
MOBILE, LANDLINE = (
    ("4", "9"),
    ("22", "23", "32", "33", "35", "38", "51", "55", "62", "69", "73", "77"),
)
# NO-BREAK SPACE, THIN SPACE, NARROW NO-BREAK SPACE
SPACES = "\N{NO-BREAK SPACE}\N{THIN SPACE}\N{NARROW NO-BREAK SPACE}"
UNSEEN = (
    "\N{ZERO WIDTH SPACE}\N{ZERO WIDTH JOINER}\N{SOFT HYPHEN}\N{WORD JOINER}"
    "\N{RIGHT-TO-LEFT MARK}\N{COMBINING ACUTE ACCENT}\N{COMBINING ENCLOSING KEYCAP}\ufe0f"
)
ZEROS = "０٠۰०𝟎𝟬"  # each begins the ten digits of a script


class Values:
    """A reproducible stream of values."""

    def __init__(self, source: random.Random) -> None:
        self._random = source

    def identity(self, day_more: int = 0, month_more: int = 0) -> str:
        """An identity number; a D-number has 40 more in the day, others more in the month."""
        while True:
            day, month = self._random.randint(1, 28), self._random.randint(1, 12)
            start = f"{day + day_more:02}{month + month_more:02}{self.digits(5)}"
            first = _check(start, FIRST)
            second = first and _check(start + first, SECOND)
            if first and second:
                return self._written(start + first + second, IDENTITY_FORMS)

    def account(self) -> str:
        """A bank account's number."""
        return self._written(self._checked_account(), ACCOUNT_FORMS)

    def iban(self) -> str:
        """The same with NO before it."""
        number = self._checked_account()
        check = 98 - int(number + "232400") % 97  # N is 23, O is 24, and 00 for the check itself
        return self._written(f"NO{check:02}{number}", ("{15}", "{4} {4} {4} {3}", "{4} {11}"))

    def eleven(self) -> str:
        """Eleven digits whose check digits are wrong, for an identity number and an account."""
        while True:
            number = self.digits(11)
            if number[10] not in (_check(number, SECOND), _check(number[:9], FIRST)):
                return self._written(number, ELEVEN_FORMS)

    def phone(self) -> str:
        """A Norwegian number."""
        start = self._random.choice(self._random.choice((MOBILE, LANDLINE)))
        return self._written(start + self.digits(8 - len(start)), PHONE_FORMS)

    def phone_abroad(self) -> str:
        """A number of another country, with its code."""
        form = self._random.choice(ABROAD)
        return "".join(self.digits(1) if character == "#" else character for character in form)

    def email(self) -> str:
        """An e-mail address, some of them spelt out."""
        given, family = self._plain(GIVEN), self._plain(FAMILY)
        domain = self._random.choice(DOMAINS)
        local = self._random.choice(
            (
                f"{given}.{family}",
                f"{given}{self.digits(2)}",
                f"{given[0]}_{family}",
                f"post+{given}",
            )
        )
        spelt = domain.replace(".", " dot ")
        return self._random.choice(
            (
                *[f"{local}@{domain}"] * 6,
                f"{local}@{domain}".upper(),
                f"{local} @ {domain}",
                f"{local} (at) {domain}",
                f"{local}[at]{domain}",
                f"{local} at {spelt}",
                f"{local} krøllalfa {domain}",
            )
        )

    def link(self) -> str:
        """A link whose path or query is somebody's."""
        given, family = self._plain(GIVEN), self._plain(FAMILY)
        number = self.digits(9)
        return self._random.choice(
            (
                f"https://www.facebook.com/{given}.{family}",
                f"facebook.com/profile.php?id={number}",
                f"https://no.linkedin.com/in/{given}-{family}-{number[:4]}/",
                f"https://t.me/{given}_{family}",
                f"https://docs.google.com/document/d/1{number}aBcD/edit?usp=sharing",
                f"https://www.imdi.no/sok?navn={given}+{family}",
                f"http://språkkafeen.no/medlemmer/{number}",
                f"www.instagram.com/{given}{family}",
                f"https://example.org/?epost={given}%40mail.no#{number}",
            )
        )

    def address(self) -> str:
        """A street with a number."""
        number = str(self._random.randint(1, 180))
        letter = self._random.choice(("", "", "", "b", "B", " A", " C"))
        street = self._random.choice(STREETS)
        return (street.lower() if self._random.random() < 0.15 else street) + f" {number}{letter}"

    def disguised(self, number: str) -> str:
        """A number with unseen characters in it, odd spaces, or the digits of another script."""
        way = self._random.randrange(4)
        if way == 0:
            return "".join(c + self._random.choice(UNSEEN) for c in number)
        if way == 1:
            return number.replace(" ", self._random.choice(SPACES))
        zero = ord(self._random.choice(ZEROS))
        foreign = {ord(str(digit)): chr(zero + digit) for digit in range(10)}
        if way == 2:
            return number.translate(foreign)
        return "".join(c.translate(foreign) if self._random.random() < 0.4 else c for c in number)

    def organisation(self) -> str:
        """An organisation number, in one or three groups."""
        check = ""
        while not check:
            number = self._random.choice("89") + self.digits(7)
            check = _check(number, ORGANISATION)
        return self._written(number + check, ("{9}", "{3} {3} {3}"))

    def money(self) -> str:
        """A sum in whole kroner."""
        kroner = self._random.choice((1, 10, 100, 1_000)) * self._random.randint(50, 9_999)
        return self._random.choice((f"{kroner}", f"{kroner:,}".replace(",", " "))).strip()

    def date(self) -> str:
        """A date as people write it."""
        day, month = self._random.randint(1, 28), self._random.randint(1, 12)
        year = self._random.randint(2015, 2025)
        return self._random.choice(
            (f"{day}.{month}.{year}", f"{day:02}.{month:02}.{year}", f"{day}/{month}-{year % 100}")
        )

    def digits(self, count: int) -> str:
        """So many digits."""
        return "".join(self._random.choices("0123456789", k=count))

    def _checked_account(self) -> str:
        check = ""
        while not check:
            number = self.digits(10)
            check = _check(number, SECOND)
        return number + check

    def _plain(self, names: Sequence[str]) -> str:
        return self._random.choice(names).split()[0].lower().replace("'", "")

    def _written(self, characters: str, forms: Sequence[str]) -> str:
        """The characters in groups: «{6} {5}» is six of them, a space and the other five."""
        written, start = [], 0
        for part in self._random.choice(forms).replace("}", "{").split("{"):
            size = int(part) if part.isdigit() else 0
            written.append(characters[start : start + size] if size else part)
            start += size
        return "".join(written)


def _check(digits: str, weights: Sequence[int]) -> str:
    """The check digit by modulus 11; empty where there is none and the number is not given out."""
    rest = sum(w * int(d) for w, d in zip(weights, digits, strict=False)) % 11
    return "" if rest == 1 else str((11 - rest) % 11)
