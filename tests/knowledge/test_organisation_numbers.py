"""Organisation numbers among the words of a text, told from other digits by their check digit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.organisation_numbers import FIRST, WEIGHTS, is_valid, organisation_numbers
from knowledge.reading import words_of

# Brønnøysundregistrene's own number, which it prints on its pages.
REGISTER_ITSELF = "974760673"


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        pytest.param("974760673", [REGISTER_ITSELF], id="in one"),
        pytest.param("orgnr 974 760 673, takk", [REGISTER_ITSELF], id="in three groups"),
        pytest.param("NO 974 760 673 MVA", [REGISTER_ITSELF], id="as on an invoice"),
        pytest.param("org.nr.: 974760673.", [REGISTER_ITSELF], id="with marks around"),
        pytest.param("974760674", [], id="a wrong check digit"),
        pytest.param("974 760", [], id="two groups"),
        pytest.param("97 47 60 673", [], id="other groups"),
        pytest.param("22 33 44 55", [], id="a telephone number"),
        pytest.param("000000000", [], id="noughts"),
        pytest.param("٩٧٤٧٦٠٦٧٣", [], id="digits of another script"),
        pytest.param("0170 Oslo", [], id="a postal code"),
        pytest.param("", [], id="nothing"),
    ],
)
def test_a_text_and_the_numbers_in_it(text: str, numbers: list[str]) -> None:
    assert [found.digits for found in organisation_numbers(words_of(text))] == numbers


@given(st.sampled_from(FIRST), st.text("0123456789", min_size=7, max_size=7))
def test_at_most_one_check_digit_is_right(first: str, rest: str) -> None:
    right = [digit for digit in "0123456789" if is_valid(first + rest + digit)]
    total = sum(w * int(d) for w, d in zip(WEIGHTS, first + rest, strict=True))
    assert len(right) == (0 if total % 11 == 1 else 1)


@given(st.integers(0, 7), st.integers(1, 9))
def test_one_wrong_digit_is_always_seen(place: int, more: int) -> None:
    digit = (int(REGISTER_ITSELF[place]) + more) % 10
    assert not is_valid(REGISTER_ITSELF[:place] + str(digit) + REGISTER_ITSELF[place + 1 :])
