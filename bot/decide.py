"""`veiviser decide`: the rules without the chat, a line of answers in and a verdict out, as JSON.

Called by ``bot.cli``. Guesses nothing: answers that no slot can hold get a line that names every
fault.
"""

from collections.abc import Mapping
from typing import Any, BinaryIO, TextIO

from bot.lines import LineError, read_lines, read_object, write_json
from knowledge.answers import AnswerError, read_answers
from knowledge.places import Places
from knowledge.scheme import Scheme
from knowledge.verdict import as_json, decide


def decide_lines(incoming: BinaryIO, outgoing: TextIO, scheme: Scheme) -> bool:
    """Answer line by line until the input ends.

    Returns:
        Whether every line could be used.
    """
    places = Places.load(scheme.year)
    all_used = True
    for line, cut in read_lines(incoming):
        if line.strip() or cut:
            try:
                answer = _verdict(scheme, places, read_object(line, cut))
            except AnswerError as error:
                answer = {"error": str(error), "faults": list(error.faults)}
            except LineError as error:
                answer = {"error": str(error), "faults": [str(error)]}
            all_used = all_used and "error" not in answer
            write_json(outgoing, answer)
    return all_used


def _verdict(scheme: Scheme, places: Places, raw: Mapping[str, Any]) -> dict[str, Any]:
    answers = read_answers(scheme, raw, lambda number: places.by_number(number) is not None)
    return as_json(scheme, decide(scheme, answers))
