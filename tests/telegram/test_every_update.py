"""The examples of updates are whole: the parsers of others read each one and know no type more."""

import aiogram.types
import pytest
import telegram

from tests.telegram.every_update import EVERY, Json, every_update

KINDS_OF_AIOGRAM = set(aiogram.types.Update.model_fields) - {"update_id"}
KINDS_OF_PTB = {kind.value for kind in telegram.constants.UpdateType}


def test_no_type_that_aiogram_or_python_telegram_bot_knows_is_missing() -> None:
    assert set(EVERY) == KINDS_OF_AIOGRAM | KINDS_OF_PTB


@pytest.mark.parametrize("update", every_update(), ids=list(EVERY))
def test_aiogram_reads_it(update: Json) -> None:
    (kind,) = update.keys() - {"update_id"}
    read = aiogram.types.Update.model_validate(update)
    assert read.event_type == kind
    assert not read.event.model_extra


@pytest.mark.parametrize("update", every_update(), ids=list(EVERY))
def test_python_telegram_bot_reads_it_or_passes_it_over(update: Json) -> None:
    (kind,) = update.keys() - {"update_id"}
    read = telegram.Update.de_json(update, None)
    if kind in KINDS_OF_PTB:
        assert getattr(read, kind) is not None
        assert not read.api_kwargs
    else:
        assert set(read.api_kwargs) == {kind}
