"""Texts that are plainly no measure of the scheme, and texts that are asked about again instead."""

import pytest

from knowledge.activity_outside import is_other_business


@pytest.mark.parametrize(
    "text",
    [
        "vi kjøper en ny varebil",
        "skifte tak på klubbhuset",
        "mudring av hamna",
        "we take care of old horses",
        "vi deler ut kontanter",
        "klær og mat til et barnehjem",
        "selge brukte møbler",
        "bursdagsfest for lederen",
        "no activities, only a pier",
    ],
)
def test_other_business(text: str) -> None:
    assert is_other_business(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "enFASE",
        "noe hyggelig",
        "integrering",
        "kjøpe utstyr til fotball",
        "reparere sykler sammen med flyktninger",
        "ny båt til asylsøkerne",
        "lære folk å reparere biler",
        "tur med hest og vogn for innvandrere",
        "bygge båt med naboene",
    ],
)
def test_what_may_be_ours_is_left_open(text: str) -> None:
    assert not is_other_business(text)
