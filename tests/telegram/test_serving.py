"""The real commands beside the double: talked to, stopped, killed, and what they write."""

import asyncio
import signal
import socket
import sqlite3
from collections import defaultdict
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import aiohttp
import pytest

from benchmarks.telegram_crash import crash
from bot.telegram.webhook import SECRET_HEADER
from tests.telegram.double import Double
from tests.telegram.double.faults import Fault
from tests.telegram.double.world import Message
from tests.telegram.driver import Room, User, users
from tests.telegram.processes import bot, settings, start

MARKER = "Hemmeligheim 91234567"


async def to_the_card(kari: Room) -> None:
    """From the start to the verdict, by words and buttons."""
    await kari.send("/start")
    await kari.until("Er organisasjonen")
    await (await kari.press("Ja")).answered()
    await kari.until("I hvilken kommune")
    await kari.send("Drammen")
    await kari.until("Hvor skal tiltaket virke")
    await kari.press("Lokalt, i én kommune")
    await kari.until("Hvem er tiltaket for")
    await kari.press("Innvandrere")
    await kari.until("Valgt: Innvandrere")
    await kari.press("Ferdig")
    await kari.until("Hva vil dere gjøre")
    await kari.press("Felles møteplass")
    await kari.until("Valgt: Felles møteplass")
    await kari.press("Ferdig")
    assert "Drammen kommune" in (await kari.until("SVAR: Dere kan søke")).shown


def log_of(folder: Path) -> dict[str, list[str]]:
    """What each conversation has said, in the order of its turns."""
    said: defaultdict[str, list[str]] = defaultdict(list)
    with sqlite3.connect(folder / "veiviser.db") as database:
        for key, words in database.execute("SELECT key, said FROM log ORDER BY key, seq"):
            said[key].append(words)
    return said


def _has_file(ending: str) -> Callable[[Message], bool]:
    return lambda message: message.file is not None and message.file.name.endswith(ending)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


@pytest.mark.promise("T2", "T3", "W15", "W16", "P9", "P12")
async def test_an_organisation_gets_its_answer_and_the_log_says_nothing_of_it(
    double: Double, tmp_path: Path
) -> None:
    """With faults on the way, so that the log has something to say."""
    code = """
import sys
asked = set()
def guard(event, arguments):
    if event == "socket.connect" and isinstance(arguments[1], tuple):
        asked.add(arguments[1][:2])
    elif event == "socket.getaddrinfo":
        asked.add(arguments[:2])
sys.addaudithook(guard)
from bot.cli import main
code = main(["telegram"])
print("asked", sorted(asked))
raise SystemExit(code)
"""
    running = await start(tmp_path, given=settings(double, SECRET_KEY="nøkkel " * 4), code=code)
    try:
        await running.says("Veiviser svarer")
        double.fail("getUpdates", status=502, as_page=True)
        double.fail("sendMessage", fault=Fault.RESET)
        kari = User(double, "Karianne")
        await to_the_card(kari)
        await kari.press("Som PDF")
        assert (await kari.until(_has_file(".pdf"))).file
        await kari.send("/minedata")
        assert (await kari.until(_has_file(".json"))).file
        await kari.send(MARKER)
        await kari.until_quiet()
        assert await running.stops() == 0
    finally:
        await running.killed()
    written = running.output + running.log
    for secret in (double.token, double.token.partition(":")[2], "nøkkel nøkkel", str(kari.id)):
        assert secret not in written
    for word in (*MARKER.split(), "Karianne", "Drammen"):
        assert word not in written
    assert len(running.log_lines) >= 2
    for line in running.log_lines:
        assert datetime.fromisoformat(line["at"]).tzname() == "UTC"
    host, port = double.base_url.removeprefix("http://").split(":")
    assert f"asked [('{host}', {port})]" in running.output, "and nobody else"


@pytest.mark.promise("R14")
async def test_asked_to_stop_twice_it_ends_once_and_keeps_what_it_took(
    double: Double, tmp_path: Path
) -> None:
    async with bot(double, tmp_path) as running:
        for person in users(double, 40):
            await person.send("/start")
        await asyncio.sleep(0.1)
        running.process.send_signal(signal.SIGTERM)
        await asyncio.sleep(0.05)
        assert await running.stops() == 0
        assert "Traceback" not in running.log
    assert len(log_of(tmp_path)) + len(double.intake.pending()) == 40


async def test_ctrl_c_ends_it(double: Double, tmp_path: Path) -> None:
    async with bot(double, tmp_path) as running:
        running.process.send_signal(signal.SIGINT)
        assert await running.ends() == 130
        assert running.log_lines == [] or "Traceback" not in running.log


@pytest.mark.promise("R1", "T1")
async def test_killed_again_and_again_it_takes_every_update_once_and_in_order() -> None:
    found = await crash(updates=80, kills=2, seed=2)
    assert found.faults == []
    assert found.taken == 80


async def test_webhook_and_health_of_the_real_command(double: Double, tmp_path: Path) -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    given = settings(double, PUBLIC_URL=address)
    running = await start(tmp_path, "telegram", "--port", str(port), given=given)
    try:
        await running.says("Veiviser svarer")
        kari = User(double, "Kari")
        await to_the_card(kari)
        async with aiohttp.ClientSession() as session:
            for path, shown in (("healthz", "ok"), ("readyz", "ok"), ("metrics", "veiviser_turns")):
                async with session.get(f"{address}/{path}") as response:
                    assert response.status == 200
                    assert shown in await response.text()
            headers = {SECRET_HEADER: "x" * 64}
            async with session.post(f"{address}/telegram", headers=headers) as response:
                assert response.status == 403
        await kari.send("ja")
        assert await running.stops() == 0
    finally:
        await running.killed()


async def test_a_port_that_is_taken(double: Double, tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = str(taken.getsockname()[1])
        running = await start(tmp_path, "web", "--port", port, given=settings(double))
        assert await running.ends(30) == 1
    assert f"127.0.0.1:{port}" in running.log
    assert "--port" in running.log


async def test_without_a_token_it_says_where_to_get_one(tmp_path: Path) -> None:
    running = await start(tmp_path, "telegram")
    assert await running.ends(30) == 2
    assert running.log.count("@BotFather") == 2
    assert "VEIVISER_TELEGRAM_TOKEN" in running.log


@pytest.mark.promise("W16")
async def test_a_token_that_telegram_refuses(double: Double, tmp_path: Path) -> None:
    token = "4242424242:" + "A" * 35
    running = await start(tmp_path, "telegram", given=settings(double, TELEGRAM_TOKEN=token))
    assert await running.ends(30) == 1
    assert running.log.count("@BotFather") == 2
    assert "A" * 35 not in running.log


async def test_telegram_that_does_not_answer_is_waited_for(double: Double, tmp_path: Path) -> None:
    double.fail("getMe", status=502, times=2)
    async with bot(double, tmp_path) as running:
        kari = User(double, "Kari")
        await kari.send("/start")
        await kari.until("Er organisasjonen")
        assert "No answer from Telegram" in running.log
