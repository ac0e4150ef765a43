"""The language of a message by words that only one language has; one such word settles nothing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.language import MARKERS, is_in_another_script, language_of


@pytest.mark.parametrize(
    ("text", "lang"),
    [
        pytest.param("hva må vi gjøre for å søke?", "nb", id="bokmål"),
        pytest.param("korleis skal me søkje om dette, eg veit ikkje", "nn", id="nynorsk"),
        pytest.param("Can we apply if our office is in Bergen?", "en", id="English"),
        pytest.param("we are en forening i Oslo", "en", id="English with a Norwegian name in it"),
        pytest.param("What?", None, id="one word settles nothing"),
        pytest.param("Bergen", None, id="a name"),
        pytest.param("ja", None, id="an answer"),
        pytest.param("ikke ikkje eg jeg", None, id="as much of one as of another"),
        pytest.param("mæ e registrert i Trondheim", None, id="dialect: as before"),
        pytest.param("", None, id="nothing"),
    ],
)
def test_a_message_is_in_one_language_or_it_is_left_open(text: str, lang: str | None) -> None:
    assert language_of(text) == lang


def test_no_word_marks_two_languages() -> None:
    words = [word for marks in MARKERS.values() for word in marks]
    assert len(words) == len(set(words))


@pytest.mark.parametrize(
    ("text", "foreign"),
    [
        pytest.param("هل يمكننا التقديم؟", True, id="Arabic"),
        pytest.param("Чи можемо ми подати заявку?", True, id="Ukrainian"),
        pytest.param("ማመልከት እንችላለን?", True, id="Tigrinya"),
        pytest.param("språkkafé på Tøyen", False, id="Norwegian letters"),
        pytest.param("Дом kulture i Bergen sentrum", False, id="one foreign word among ours"),
        pytest.param("123 👍", False, id="no letters at all"),
    ],
)
def test_another_alphabet_is_told(text: str, foreign: bool) -> None:
    assert is_in_another_script(text) is foreign


@given(st.text())
def test_any_text_has_a_language_or_none(text: str) -> None:
    assert language_of(text) in (*MARKERS, None)
    assert is_in_another_script(text) in (True, False)
