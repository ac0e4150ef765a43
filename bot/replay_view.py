"""How a conversation that was taken again is shown: to people, and as JSON to programs.

Called by ``bot.database_commands``. Adds nothing to what the log holds.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from itertools import zip_longest
from typing import Any, TextIO

from bot.replay import Difference, Replay

_SHORT = 12  # characters of a pseudonym that are shown in a list
_WAYS = {"text": "skrev", "button": "trykket", "attachment": "sendte", "failed": "feilet"}


def write_text(replay: Replay, out: TextIO) -> None:
    """For people: every turn, and at the end whether it is the same."""
    conversation = replay.conversation
    out.write(f"Samtale {conversation['key']}\n")
    out.write(
        f"{moment(conversation['began_at'])} til {moment(conversation['seen_at'])} UTC, "
        f"språk {conversation['lang']}, {len(replay.rows)} turer\n"
    )
    verdict = None
    for row in replay.rows:
        out.writelines(f"{line}\n" for line in _turn(row))
        if row["verdict"] and row["verdict"] != verdict:
            out.writelines(f"   {line}\n" for line in _verdict(json.loads(row["verdict"])))
        verdict = row["verdict"]
    out.write("\n")
    if versions := replay.other_versions:
        out.write(f"Loggen er skrevet av en annen versjon: {', '.join(versions)}.\n")
    for difference in replay.differences:
        out.writelines(f"{line}\n" for line in _difference(difference))
    out.write(f"{_result(replay)}\n")


def write_json(replay: Replay, out: TextIO) -> None:
    """For programs: one object."""
    turns = [{**row, **_read(row), "at": moment(row["at"])} for row in replay.rows]
    differences = [
        {"turn": d.turn, "what": d.what, "logged": d.logged, "now": d.now}
        for d in replay.differences
    ]
    found = {
        "conversation": replay.conversation["key"],
        "is_same": replay.is_same,
        "is_whole": replay.is_whole,
        "other_versions": list(replay.other_versions),
        "differences": differences,
        "turns": turns,
    }
    out.write(json.dumps(found, ensure_ascii=False, indent=1) + "\n")


def write_newest(conversations: Sequence[Mapping[str, Any]], out: TextIO) -> None:
    """A line for each conversation there is to choose from."""
    if not conversations:
        out.write("Ingen samtaler.\n")
    for one in conversations:
        verdict = one["outcome"] or "ikke avgjort ennå"
        out.write(
            f"{one['key'][:_SHORT]}  {moment(one['seen_at'])}  {one['lang']}  "
            f"{one['turns']:>4} turer  {verdict}\n"
        )


def moment(at: int) -> str:
    """A time in UTC, to the second."""
    return f"{datetime.fromtimestamp(at / 1000, UTC):%Y-%m-%d %H:%M:%S}"


def _turn(row: Mapping[str, Any]) -> Iterator[str]:
    said = f" «{row['said']}»" if row["said"] else ""
    yield ""
    yield f"{row['seq']}. {moment(row['at'])}  {_WAYS.get(row['way'], row['way'])}{said}"
    yield f"   forstått: {row['intent']} ({row['confidence']:.2f}){_understood(row)}"
    for reply in json.loads(row["replies"]):
        first, *others = reply["text"].split("\n")
        yield f"   < {first}"
        yield from (f"     {line}" for line in others)
        for buttons in reply["buttons"]:
            yield "     " + " ".join(f"[{button['label']}]" for button in buttons)


def _understood(row: Mapping[str, Any]) -> str:
    heard = json.loads(row["heard"]) or {}
    parts = [f"{slot} = {_plain(value)}" for slot, value in heard.get("answers", {}).items()]
    parts += [f"{heard['slot']} = {heard['value']}"] if heard.get("slot") else []
    parts += [f"spørsmål og svar: {row['faq']}"] if row["faq"] else []
    return "".join(f"; {part}" for part in parts)


def _plain(value: Any) -> str:
    return ", ".join(value) if isinstance(value, list) else str(value)


def _verdict(verdict: Mapping[str, Any]) -> Iterator[str]:
    yield f"avgjørelse: {verdict['outcome']}, mottaker {verdict['grantor'] or 'ingen'}"
    for rule in verdict["rules"]:
        yield f"  {rule['id']} ({'; '.join(rule['cites'])})"


def _difference(difference: Difference) -> Iterator[str]:
    yield f"FORSKJELL i tur {difference.turn}: {difference.what}"
    logged, now = (_lines(value) for value in (difference.logged, difference.now))
    for before, after in zip_longest(logged, now):
        if before != after:
            yield f"  loggen: {before}"
            yield f"  nå:     {after}"
            return


def _lines(value: Any) -> list[str]:
    return json.dumps(value, ensure_ascii=False, indent=1).split("\n")


def _result(replay: Replay) -> str:
    if not replay.is_whole:
        return (
            "Begynnelsen av loggen er slettet, så samtalen kan ikke spilles av på nytt. "
            "Det som står igjen, er vist."
        )
    return "samme resultat" if replay.is_same else "ikke samme resultat"


def _read(row: Mapping[str, Any]) -> dict[str, Any]:
    columns = ("heard", "replies", "verdict")
    return {column: json.loads(row[column]) if row[column] else None for column in columns}
