"""All that is kept about one chat, for whoever asks for their own data: as JSON, and to be read.

Called by `bot.turns` for channels that answer at once, and by those that send when they send: so
neither the log nor the outbox holds a copy. Changes nothing, and tells of nobody else. What comes
out holds the chat's own address where that is kept: it goes to that chat and nowhere else.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from bot.export_columns import JSON_COLUMNS, parsed
from bot.replay_view import moment
from bot.store import Chat, Store
from bot.store.rows import (
    ADDRESS,
    CONVERSATION,
    FAILURE,
    LOG,
    OUTBOX,
    PROCESSED,
    Unreadable,
    state_of,
)
from dialogs.messages import Reply
from dialogs.questions import labels, name
from dialogs.texts import FALLBACK, say
from knowledge.scheme import Scheme
from knowledge.slots import Answers

LONGEST_PART = 4096  # UTF-16 code units, Telegram's limit, which no reply goes beyond

Tables = Mapping[str, Sequence[Mapping[str, Any]]]


@dataclass(frozen=True, slots=True)
class OwnData:
    """What is kept, by table, every table that can hold something about a chat among them."""

    tables: Tables

    @property
    def lang(self) -> str:
        """The language that the conversation is held in."""
        conversations = self.tables[CONVERSATION.name]
        return str(conversations[0]["lang"]) if conversations else FALLBACK

    def as_json(self) -> str:
        """All of it, for a program."""
        plain = {
            table: [
                {column: _plain(column, value) for column, value in row.items()} for row in rows
            ]
            for table, rows in self.tables.items()
        }
        return json.dumps(plain, ensure_ascii=False, indent=1)

    def as_text(self, scheme: Scheme, lang: str) -> str:
        """All that is kept, to be read; longer than one message may be."""
        return "\n".join(_lines(self.tables, scheme, lang))


@dataclass(frozen=True, slots=True)
class OwnFile:
    """A file for the chat to keep."""

    name: str
    content: bytes
    media_type: str


async def own_files(store: Store, chat: Chat, scheme: Scheme) -> tuple[OwnFile, ...]:
    """Everything about a chat as two files, for a channel that can send them: to read, and as JSON.

    Raises:
        StoreError: it could not be read.
    """
    own = await export_own(store, chat)
    text = own.as_text(scheme, own.lang)
    return (
        OwnFile("veiviser.txt", f"{text}\n".encode(), "text/plain"),
        OwnFile("veiviser.json", f"{own.as_json()}\n".encode(), "application/json"),
    )


async def with_own_data(
    replies: Sequence[Reply], store: Store, chat: Chat, scheme: Scheme
) -> tuple[Reply, ...]:
    """The replies of a turn, with everything about the chat where it was asked for.

    Raises:
        StoreError: it could not be read.
    """
    own = await export_own(store, chat)
    parts = tuple(Reply(part) for part in _parts(own.as_text(scheme, own.lang)))
    return tuple(
        shown for reply in replies for shown in (parts if reply.kind == "own_data" else (reply,))
    )


async def export_own(store: Store, chat: Chat) -> OwnData:
    """Everything about a chat, as it stands at one moment.

    Raises:
        StoreError: it could not be read.
    """
    return OwnData(await store.export(chat))


def _lines(tables: Tables, scheme: Scheme, lang: str) -> Iterator[str]:
    if not any(tables.values()):
        yield say(lang, "own-nothing")
        return
    yield say(lang, "own-data")
    for conversation in tables[CONVERSATION.name]:
        began, seen = (moment(conversation[column]) for column in ("began_at", "seen_at"))
        yield say(lang, "own-conversation", began=began, seen=seen, code=conversation["key"])
        # A state that cannot be read is in the other form, as the text that it is.
        answers: Answers = {}
        with suppress(Unreadable):
            answers = state_of(conversation["state"]).answers
        for slot, value in answers.items():
            shown = labels(scheme, lang, slot, value)
            yield say(lang, "summary-line", name=name(lang, slot), value=shown)
    for address in tables[ADDRESS.name]:
        yield say(lang, "own-address", channel=address["channel"], chat=address["chat"])
    for table in (PROCESSED, OUTBOX, FAILURE):
        if rows := tables[table.name]:
            yield say(lang, f"own-{table.name}", n=len(rows))
    if tables[LOG.name]:
        yield say(lang, "own-log", n=len(tables[LOG.name]))
    for turn in tables[LOG.name]:
        yield f"{moment(turn['at'])} > {turn['said']}"
        for reply in json.loads(turn["replies"]):
            yield from (f"< {line}" for line in reply["text"].splitlines())


def _parts(text: str) -> Iterator[str]:
    """The text in messages that can be sent, parted between lines where there is one."""
    room = LONGEST_PART // 2  # characters: one may take two units
    while len(text) > room:
        end = text.rfind("\n", 1, room) + 1 or room
        part, text = text[:end].strip("\n"), text[end:]
        if part:
            yield part
    yield text


def _plain(column: str, value: Any) -> Any:
    return parsed(value) if column in JSON_COLUMNS and value else value
