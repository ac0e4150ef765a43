"""A board in its group: each for themselves, or together; nobody presses another's buttons."""

from pathlib import Path

import pytest

from dialogs.texts import say
from tests.telegram.double import Double
from tests.telegram.driver import Group, User
from tests.telegram.processes import bot

NOT_YOURS = say("nb", "button-not-yours")


@pytest.fixture
def board(double: Double) -> tuple[Group, User, User]:
    """A group with the bot and two people."""
    kari, ola = User(double, "Kari"), User(double, "Ola")
    return Group(double, "Styret", [kari, ola]), kari, ola


async def test_nobody_presses_the_buttons_of_another(
    double: Double, tmp_path: Path, board: tuple[Group, User, User]
) -> None:
    group, kari, ola = board
    async with bot(double, tmp_path):
        await group.say(kari, f"/start@{double.world.bot.username}")
        await group.of(kari).until("Er organisasjonen")
        answer = await (await group.of(ola).press("Ja")).answered()
        assert (answer["text"], answer["show_alert"]) == (NOT_YOURS, True)
        await (await group.of(kari).press("Ja")).answered()
        await group.of(kari).until("I hvilken kommune")


async def test_a_board_answers_together_and_sees_who_answered_what(
    double: Double, tmp_path: Path, board: tuple[Group, User, User]
) -> None:
    group, kari, ola = board
    async with bot(double, tmp_path):
        await group.say(kari, "/sammen")
        await group.of(kari).until(say("nb", "member-joined", n=1))
        await (await group.of(ola).press("Ja")).answered()
        await group.of(kari).until("(medlem 2)")
        await group.mention(kari, "Oslo")
        shown = await group.of(ola).until("Hvor skal tiltaket virke")
        assert "Kari" not in shown.shown
        await group.say(ola, "/hverforseg")
        await group.of(ola).until(say("nb", "apart"))
        await group.say(ola, "/start")
        await group.of(ola).until("Er organisasjonen")


async def test_what_is_not_said_to_the_bot_is_passed_over(
    double: Double, tmp_path: Path, board: tuple[Group, User, User]
) -> None:
    group, kari, _ = board
    async with bot(double, tmp_path):
        await group.say(kari, "vi er registrert i Oslo")
        await double.intake.all_taken()
        await group.mention(kari, "hvem kan søke?")
        await group.of(kari).until("Er organisasjonen")
        sent = [call for call in double.calls.all if call.method == "sendMessage"]
        assert all(call.chat == group.chat.id for call in sent)


async def test_a_group_that_becomes_a_supergroup_goes_on_where_it_was(
    double: Double, tmp_path: Path
) -> None:
    kari = User(double, "Kari")
    group = Group(double, "Styret", [kari], is_supergroup=False)
    async with bot(double, tmp_path):
        await group.say(kari, "/sammen")
        await group.of(kari).until("Er organisasjonen")
        await (await group.of(kari).press("Ja")).answered()
        await group.of(kari).until("I hvilken kommune")
        larger = await group.migrate(kari)
        await double.intake.all_taken()
        await larger.mention(kari, "Oslo")
        await larger.of(kari).until("Hvor skal tiltaket virke")
