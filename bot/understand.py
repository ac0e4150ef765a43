"""`veiviser understand`: what single texts are taken to mean, one JSON object a line in and out.

Called by ``bot.cli`` and ``bot.evaluate_sets``. There is no conversation: each text is read by
itself, against the question its line names. A line that cannot be used gets a line that says why.
"""

from typing import Any, BinaryIO, TextIO

from bot.lines import LineError, read_lines, read_object, type_name, write_json
from dialogs.questions import CHECK_ANSWERS, QUESTIONS
from dialogs.side_questions import what_was_answered
from dialogs.state import LANGUAGES, State
from dialogs.understand import Heard, read_text
from knowledge.faults import not_one_of
from knowledge.scheme import Scheme
from knowledge.slots import PLACE, SLOTS

PENDING = (*QUESTIONS, CHECK_ANSWERS)


def understand_lines(incoming: BinaryIO, outgoing: TextIO, scheme: Scheme) -> None:
    """Answer line by line until the input ends, each before the next is read."""
    for line, cut in read_lines(incoming):
        if line.strip() or cut:
            write_json(outgoing, _answer(scheme, line, cut))


def meaning(
    scheme: Scheme, text: str, asked: str | None = None, lang: str = "nb"
) -> dict[str, Any]:
    """What the assistant makes of one text, said in answer to a question or of itself."""
    state = State(lang=lang, greeted=True)
    heard = read_text(scheme, state, asked, text)
    answers = {k: list(v) if isinstance(v, tuple) else v for k, v in heard.answers.items()}
    if "activities" in answers:
        answers["sub_goals"] = list(scheme.sub_goals_of(heard.answers))
    return {
        "intent": heard.intent,
        "answers": answers,
        "candidates": _candidates(heard, asked),
        "faq": what_was_answered(scheme, state, heard),
    }


def _answer(scheme: Scheme, line: str, cut: bool) -> dict[str, Any]:
    """The line that goes out for one that came in."""
    name: dict[str, Any] = {}
    try:
        given = read_object(line, cut)
        name = {"id": given["id"]} if "id" in given else {}
        text = given.get("text")
        if not isinstance(text, str):
            got = type_name(text) if "text" in given else "nothing"
            raise LineError(f"text: a string was expected, got {got}")
        asked = _one_of(given, "pending", PENDING, "a question")
        lang = _one_of(given, "lang", LANGUAGES, "a language") or LANGUAGES[0]
    except LineError as error:
        return {**name, "error": str(error)}
    return {**name, **meaning(scheme, text, asked, lang)}


def _one_of(given: dict[str, Any], name: str, known: tuple[str, ...], what: str) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    if not isinstance(value, str):
        raise LineError(f"{name}: a string or null was expected, got {type_name(value)}")
    if value not in known:
        raise LineError(f"{name}: {not_one_of(value, known, what)}")
    return value


def _candidates(heard: Heard, asked: str | None) -> dict[str, list[str]]:
    """The municipality numbers it would ask back about, under the question they belong to."""
    if not heard.candidates:
        return {}
    is_place = asked in SLOTS and SLOTS[asked].kind == PLACE
    slot = heard.slot or (asked if asked and is_place else "municipality")
    return {slot: list(heard.candidates)}
