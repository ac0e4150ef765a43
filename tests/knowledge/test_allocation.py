"""The source's key, carried out: shares in whole kroner that sum to what the source gives."""

from fractions import Fraction

import pytest

from knowledge.allocation import indicative_shares
from knowledge.scheme import load_scheme

SCHEME = load_scheme(2019)
PLACES = SCHEME.file.allocation.municipalities


def test_the_shares_sum_to_exactly_what_the_municipalities_have() -> None:
    assert sum(indicative_shares(SCHEME).values()) == 49_920_000


def test_every_share_is_the_exact_one_rounded_up_or_down() -> None:
    immigrants = sum(place.immigrants for place in PLACES)
    for place in PLACES:
        exact = Fraction(49_920_000 * place.immigrants, immigrants)
        assert abs(indicative_shares(SCHEME)[place.number] - exact) < 1


def test_the_largest_remainders_are_rounded_up() -> None:
    immigrants = sum(place.immigrants for place in PLACES)
    exact = {p.number: Fraction(49_920_000 * p.immigrants, immigrants) for p in PLACES}
    up = {n for n, share in indicative_shares(SCHEME).items() if share > exact[n]}
    remainder = {number: share - int(share) for number, share in exact.items()}
    assert min(remainder[n] for n in up) > max(remainder[n] for n in set(exact) - up)


@pytest.mark.parametrize(
    ("number", "kroner"),
    [
        pytest.param("0301", 20_577_958, id="Oslo, with two of five immigrants in the 20"),
        pytest.param("0403", 436_420, id="Hamar, the smallest"),
    ],
)
def test_a_municipality_and_its_share(number: str, kroner: int) -> None:
    assert indicative_shares(SCHEME)[number] == kroner


def test_the_figures_of_the_source_agree() -> None:
    facts = {name: fact.value for name, fact in SCHEME.facts.items()}
    total = facts["total_frame"]
    assert facts["imdi_amount"] + facts["municipal_amount"] == total
    assert facts["imdi_amount"] * 100 == total * facts["imdi_percent"]
    assert facts["municipal_amount"] * 100 == total * facts["municipal_percent"]
    assert facts["municipality_count"] == len(PLACES) == 20
