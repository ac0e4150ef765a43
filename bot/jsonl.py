"""`veiviser jsonl`: the conversation for programs, one JSON object a line in and one out.

Called by ``bot.cli``. Any number of chats, in any order; a line that cannot be used gets a line
that says why, and the next one is served.
"""

import asyncio
import json
from functools import partial
from typing import Any, BinaryIO, TextIO

from bot.errors import StoreError, TurnError
from bot.lines import LineError, read_lines, read_object, type_name, write_json
from bot.recent import Recent
from bot.store import Chat, Store
from bot.turns import Taken, Update, take
from bot.upkeep import Upkeep
from dialogs.agenda import counted, pending, standing_verdict
from dialogs.messages import KEPT_DAYS, Reply, Utterance
from dialogs.side_questions import what_was_answered
from knowledge.scheme import Scheme
from knowledge.verdict import as_json

CHANNEL = "jsonl"
_WAYS = ("text", "button", "attachment")
_ID_BITS = 63  # update ids are stored as 64-bit integers


def serve(
    incoming: BinaryIO, outgoing: TextIO, scheme: Scheme, store: Store, days: int = KEPT_DAYS
) -> None:
    """Answer line by line until the input ends, each before the next is read.

    Args:
        incoming: The lines.
        outgoing: Where the answers go.
        scheme: The year's rules.
        store: Where the conversations are kept.
        days: How long.
    """
    upkeep, recent = Upkeep(store, days), Recent()
    answer = partial(_answer, scheme=scheme, store=store, recent=recent, days=days)
    with asyncio.Runner() as runner:
        runner.run(upkeep.between())
        for line, cut in read_lines(incoming):
            if line.strip() or cut:
                write_json(outgoing, runner.run(answer(line, cut)))
            runner.run(upkeep.between())
        runner.run(upkeep.index())
        runner.run(store.close())


async def _answer(
    line: str, cut: bool, *, scheme: Scheme, store: Store, recent: Recent, days: int
) -> dict[str, Any]:
    """The line that goes out for one that came in."""
    chat: dict[str, Any] = {}
    try:
        given = read_object(line, cut)
        chat = {"chat": _chat(given)}
        taken = await take(_update(given, days), scheme, store, recent=recent, mends=True)
    except LineError as error:
        return {**chat, "error": str(error)}
    except StoreError as error:
        return {**chat, "error": str(error)}
    except TurnError as error:
        return {**chat, "error": f"a fault in Veiviser, nothing was changed; {error}"}
    return {**chat, **_outcome(scheme, taken)}


def _chat(given: dict[str, Any]) -> str | int:
    chat = given.get("chat")
    if not isinstance(chat, str | int) or isinstance(chat, bool) or chat == "":
        got = type_name(chat) if "chat" in given and chat != "" else "nothing"
        raise LineError(f"chat: a string or a whole number was expected, got {got}")
    return chat


def _update(given: dict[str, Any], days: int) -> Update:
    ways = [way for way in _WAYS if given.get(way) is not None]
    if len(ways) != 1:
        got = " and ".join(ways) or "none of them"
        raise LineError(f"exactly one of text, button and attachment was expected, got {got}")
    named = [name for name in (*ways, "lang") if given.get(name) is not None]
    words: dict[str, Any] = {name: _string(given, name) for name in named}
    # A chat called "1" and one called 1 are two chats: each is answered by the name it was given.
    name = json.dumps(given["chat"])
    return Update(Chat(CHANNEL, name), Utterance(**words, kept_days=days), _update_id(given))


def _string(given: dict[str, Any], name: str) -> str:
    value = given[name]
    if not isinstance(value, str):
        raise LineError(f"{name}: a string was expected, got {type_name(value)}")
    return value


def _update_id(given: dict[str, Any]) -> int | None:
    value = given.get("update_id")
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value.bit_length() > _ID_BITS:
        raise LineError(f"update_id: a whole number of at most {_ID_BITS} bits was expected")
    return value


def _outcome(scheme: Scheme, taken: Taken) -> dict[str, Any]:
    """The contract's fields. A repeated update has no replies: they were given the first time."""
    state = taken.state
    answers: dict[str, Any] = dict(counted(scheme, state))
    if "activities" in answers:
        answers["sub_goals"] = scheme.sub_goals_of(answers)
    verdict = standing_verdict(scheme, state)
    return {
        "replies": [_reply(reply) for reply in taken.replies],
        "pending": pending(scheme, state),
        "answers": {slot: list(v) if isinstance(v, tuple) else v for slot, v in answers.items()},
        "verdict": as_json(scheme, verdict) if verdict else None,
        "faq": what_was_answered(scheme, state, taken.heard) if taken.heard else None,
    }


def _reply(reply: Reply) -> dict[str, Any]:
    rows = [[{"id": button.id, "label": button.label} for button in row] for row in reply.buttons]
    return {"text": reply.text, "buttons": rows}
