"""PostgreSQL is sent nothing that a database spread over machines would not know as well."""

import re
from typing import Any, ClassVar

import pytest
import pytest_asyncio

from bot.store import postgres_sql
from bot.store.postgres import PostgresStore
from bot.store.postgres_schema import MIGRATIONS
from bot.store.rows import COUNTER, TABLES
from tests.bot.postgres_workers import Failing, Statement
from tests.bot.stores import (
    CHAT,
    DAY,
    HOUR,
    NOW,
    OTHER,
    SECRET,
    SILENT,
    erasing,
    note,
    noting,
    send_all,
)

DDL = [statement for migration in MIGRATIONS for statement in migration]
BEGINNINGS = {"begin", "commit", "rollback", "select", "insert", "update", "delete", "with"}
FORBIDDEN = re.compile(
    r"\b(trigger|function|procedure|language|call|do\s+update|listen|unlisten|notify|temp|temporary"
    r"|extension|sequence|serial|bigserial|nextval|identity|reset|lock\s+table|declare|copy"
    r"|returning\s+\*|pg_\w*advisory\w*)\b"
)


class Recording(Failing):
    """A connection that remembers what it was told to send."""

    sent: ClassVar[set[str]] = set()

    async def _count(self, statement: Statement) -> Any:
        self.sent.add(statement.args[0])  # type: ignore[attr-defined]  # a partial of the query
        return await statement()


@pytest_asyncio.fixture
async def sent(address: str, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """Every statement of a store that has done all that a store can do."""
    monkeypatch.setattr(Recording, "sent", set())
    store = PostgresStore(address, SECRET, Recording)
    await store.take(CHAT, 1, NOW, noting("one", faq="deadline"))
    await note(store, "again", update_id=1)
    await store.fail(CHAT, 2, NOW, "somewhere")
    await store.state(CHAT)
    (waiting,) = await store.due(NOW, 1)
    await store.lease("sender", "one", NOW, NOW + HOUR)
    await store.release("sender", "one")
    await store.postpone(waiting, NOW + HOUR)
    await store.drop(waiting.key)
    await store.index(10)
    await store.search("one", 10)
    await store.newest(10, outcome="either", municipality="0301")
    await store.called("0", 10)
    await store.export(CHAT)
    await store.log(waiting.key)
    async for _ in store.rows("log"):
        pass
    assert await store.rename(store.pseudonym(CHAT), SILENT)
    assert await store.rename(store.pseudonym(SILENT), CHAT)
    await store.take(CHAT, 3, NOW, erasing)
    await note(store, "again", update_id=3)  # while its farewell waits
    await send_all(store)
    await note(store, "theirs", chat=OTHER)
    await store.forget(OTHER)
    await note(store, "old", chat=OTHER)
    await store.take(CHAT, None, NOW, erasing)
    await store.purge(NOW + DAY)
    await store.check()
    await store.close()
    return Recording.sent


def plain(statement: str) -> str:
    return " ".join(statement.lower().replace(";", "").split())


async def test_every_statement_of_the_turn_is_sent_by_somebody(sent: set[str]) -> None:
    named = {
        name: text
        for name, text in vars(postgres_sql).items()
        if name.isupper() and isinstance(text, str) and not name.startswith("_")
    }
    assert len(named) > 15
    unused = [name for name, text in named.items() if text not in sent]
    assert unused == []


async def test_only_forms_are_sent_that_other_databases_know(sent: set[str]) -> None:
    assert len(sent) > 30
    for statement in map(plain, sent):
        assert statement.split()[0] in BEGINNINGS, statement
        assert not FORBIDDEN.search(statement), statement
        for conflict in re.findall(r"on conflict (.{10})", statement):
            assert conflict == "do nothing", statement


@pytest.mark.parametrize(
    "statement", [plain(text) for text in DDL], ids=lambda text: " ".join(text.split()[:3])
)
def test_tables_are_made_of_what_other_databases_know(statement: str) -> None:
    assert statement.startswith(("create table", "create index"))
    assert not FORBIDDEN.search(statement)
    assert "unique" not in statement  # it would have to be looked for on every machine


def test_the_key_of_every_table_begins_with_the_conversation() -> None:
    for table in TABLES:
        (made,) = (text for text in DDL if f"CREATE TABLE {table.name} " in text)
        key = re.search(r"PRIMARY KEY \(([^)]+)\)", made)
        columns = key[1].split(", ") if key else re.findall(r"(\w+) .* PRIMARY KEY", made)
        assert tuple(columns) == table.columns[: table.key]
        assert columns[0] == ("slot" if table is COUNTER else "key")
