"""`veiviser replay`: a logged conversation taken again, turn by turn, and compared with the log.

Called by ``bot.database_commands``. What was understood is taken from the log, what follows from it
is worked out anew by the same pure step; so a verdict can be shown to be the one that was given,
or where this version would give another. Changes nothing.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from bot.errors import StoreError
from bot.store import Store
from bot.store.rows import reply_as_json
from bot.turns import FAILED, UNREADABLE, heard_from_json, program_version, where
from dialogs.agenda import standing_verdict
from dialogs.conversation import afresh, step
from dialogs.state import State
from knowledge.scheme import Scheme, load_scheme
from knowledge.verdict import as_json

SHORTEST = 6  # characters of a pseudonym that are enough to ask for it
_CODE = re.compile(rf"[0-9a-f]{{{SHORTEST},}}")


@dataclass(frozen=True, slots=True)
class Difference:
    """What the log says and what this version says, of ``replies``, ``outcome`` or ``verdict``.

    ``turn`` is its number in the log. Where this version fails at the turn, ``what`` is ``failed``.
    """

    turn: int
    what: str
    logged: Any
    now: Any


@dataclass(frozen=True, slots=True)
class Replay:
    """A conversation, its log rows in order, and where taking it again leads elsewhere.

    ``is_whole``: every turn is still in the log. Without that there is nothing to begin from.
    """

    conversation: Mapping[str, Any]
    rows: Sequence[Mapping[str, Any]]
    is_whole: bool
    differences: tuple[Difference, ...] = ()

    @property
    def is_same(self) -> bool:
        return self.is_whole and not self.differences

    @property
    def other_versions(self) -> tuple[str, ...]:
        """The versions of the program that wrote the log, other than this one."""
        return tuple(sorted({row["version"] for row in self.rows} - {program_version()}))


async def replay(store: Store, wanted: str) -> Replay:
    """Take a conversation again.

    Args:
        store: Where it is logged.
        wanted: Its pseudonym, or enough of the beginning.

    Raises:
        StoreError: no conversation is called so, or several.
        knowledge.errors.DataError: a year's rules cannot be read.
    """
    conversation = await _found(store, wanted)
    rows = await store.log(conversation["key"])
    is_whole = len(rows) == conversation["revision"]
    return Replay(conversation, rows, is_whole, tuple(compare(rows)) if is_whole else ())


def compare(rows: Sequence[Mapping[str, Any]]) -> Iterator[Difference]:
    """Take the turns of a log again from the beginning, and compare what they lead to."""
    state = State()
    for row in rows:
        if row["way"] == FAILED:  # it was set aside: nothing to repeat
            state = replace(state, turn=state.turn + 1)
            continue
        scheme = _scheme(row["year"])
        try:
            if row["way"] == UNREADABLE:
                state, replies = afresh(scheme, row["lang"], row["seq"])
            else:
                state, replies = step(scheme, state, heard_from_json(row["heard"]))
        # A log of another version may hold what this one has no word for.
        except Exception as error:
            yield Difference(row["seq"], "failed", None, where(error))
            return
        verdict = standing_verdict(scheme, state)
        now = {
            "replies": [json.loads(reply_as_json(reply)) for reply in replies],
            "outcome": verdict.outcome if verdict else None,
            "verdict": as_json(scheme, verdict) if verdict else None,
        }
        logged = {
            "replies": json.loads(row["replies"]),
            "outcome": row["outcome"],
            "verdict": json.loads(row["verdict"]) if row["verdict"] else None,
        }
        for what, is_now in now.items():
            if is_now != logged[what]:
                yield Difference(row["seq"], what, logged[what], is_now)


async def _found(store: Store, wanted: str) -> Mapping[str, Any]:
    """The one conversation that is meant."""
    if not _CODE.fullmatch(wanted):
        raise StoreError(
            nb=f"Skriv minst {SHORTEST} tegn av koden til samtalen: tall og a til f.",
            nn=f"Skriv minst {SHORTEST} teikn av koden til samtalen: tal og a til f.",
            en=f"Give at least {SHORTEST} characters of the code: digits and a to f.",
        )
    found = await store.called(wanted, 2)
    if not found:
        raise StoreError(
            nb=f"Ingen samtale begynner på «{wanted}». «veiviser replay» viser de nyeste.",
            nn=f"Ingen samtale byrjar på «{wanted}». «veiviser replay» viser dei nyaste.",
            en=f'No conversation begins with "{wanted}". "veiviser replay" lists the newest.',
        )
    if len(found) > 1:
        raise StoreError(
            nb=f"Flere samtaler begynner på «{wanted}». Skriv mer av koden.",
            nn=f"Fleire samtalar byrjar på «{wanted}». Skriv meir av koden.",
            en=f'Several conversations begin with "{wanted}". Give more of the code.',
        )
    return found[0]


@cache
def _scheme(year: int) -> Scheme:
    return load_scheme(year)
