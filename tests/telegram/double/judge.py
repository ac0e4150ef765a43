"""A second opinion on every call: aiogram's models, which are made from the Bot API's documents.

Called by ``server``. Says what is wrong with a call; decides nothing about its effect.
"""

import functools
import json
from typing import Any, get_args

from aiogram import methods
from aiogram.methods.base import TelegramMethod
from aiogram.types import BufferedInputFile
from pydantic import ValidationError

from tests.telegram.double.arguments import Arguments

Model = type[TelegramMethod[Any]]


@functools.cache
def models() -> dict[str, Model]:
    """The model of each method, by its name in lower case."""
    found = (getattr(methods, name) for name in methods.__all__)
    return {
        model.__api_method__.lower(): model
        for model in found
        if isinstance(model, type)
        and issubclass(model, TelegramMethod)
        and isinstance(getattr(model, "__api_method__", None), str)
    }


def judge(method: str, arguments: Arguments) -> str:
    """What aiogram finds wrong with a call; empty where it finds nothing."""
    model = models().get(method.lower())
    if model is None:
        return f"{method} is not a method of the Bot API"
    given: dict[str, Any] = {
        name: _nested(model, name, value) for name, value in arguments.values.items()
    }
    for name, file in arguments.files.items():
        if name in model.model_fields:
            given[name] = BufferedInputFile(file.content, file.name)
    unknown = given.keys() - model.model_fields.keys()
    if unknown:
        return f"{method} has no parameter {', '.join(sorted(unknown))}"
    try:
        model.model_validate(given)
    except ValidationError as wrong:
        first = wrong.errors()[0]
        return f"{method}: {'.'.join(map(str, first['loc']))}: {first['msg']}"
    return ""


def _nested(model: Model, name: str, value: str) -> Any:
    """An argument as the model expects it: what is nested arrives as JSON in a text."""
    field = model.model_fields.get(name)
    if field is None or not value.startswith(("[", "{")):
        return value
    if field.annotation is str or str in get_args(field.annotation):
        return value
    try:
        return json.loads(value)
    except ValueError:
        return value
