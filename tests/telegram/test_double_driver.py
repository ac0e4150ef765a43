"""People as the driver acts them: what they do reaches the bot, and what the bot does they see."""

import asyncio

import pytest

from tests.telegram.calling import Caller
from tests.telegram.double import Double
from tests.telegram.driver import ATTACHMENTS, Group, NotSeen, User

MARKUP = {"inline_keyboard": [[{"text": "Ja", "callback_data": "ja"}]]}


async def updates(api: Caller) -> list[dict[str, object]]:
    """What waits for the bot; it is confirmed at once."""
    _, body = await api("getUpdates")
    found: list[dict[str, object]] = body["result"]
    if found:
        await api("getUpdates", offset=int(str(found[-1]["update_id"])) + 1)
    return found


async def kinds(api: Caller) -> list[str]:
    return [kind for update in await updates(api) for kind in update if kind != "update_id"]


async def test_the_newest_button_of_a_label_is_pressed(
    double: Double, api: Caller, kari: User
) -> None:
    for _ in range(2):
        await api("sendMessage", chat_id=kari.id, text="Klar?", reply_markup=MARKUP)
    await kari.press("Ja")
    press = (await updates(api))[-1]["callback_query"]
    assert isinstance(press, dict)
    assert (press["data"], press["message"]["message_id"]) == ("ja", 3)


async def test_a_button_that_is_not_there_shows_the_chat(api: Caller, kari: User) -> None:
    await api("sendMessage", chat_id=kari.id, text="Klar?", reply_markup=MARKUP)
    with pytest.raises(NotSeen, match=r"no button \[Nei\]; there are \['Ja'\]\n> /start\n< Klar\?"):
        await kari.press("Nei")


async def test_waiting_in_vain_shows_the_chat_and_the_last_calls(api: Caller, kari: User) -> None:
    await api("sendMessage", chat_id=kari.id, text="Hei")
    with pytest.raises(NotSeen, match="Kari saw no message with 'Oslo'") as seen:
        await kari.until("Oslo", patience=0.05)
    assert "< Hei" in str(seen.value)
    assert "sendMessage 200" in str(seen.value)


async def test_each_message_is_given_back_once(api: Caller, kari: User) -> None:
    for text in ("en", "to"):
        await api("sendMessage", chat_id=kari.id, text=text)
    assert [(await kari.until()).shown, (await kari.until()).shown] == ["en", "to"]


@pytest.mark.parametrize("kind", [*ATTACHMENTS, "location", "contact", "dice"])
async def test_an_attachment_reaches_the_bot(api: Caller, kari: User, kind: str) -> None:
    await kari.attach(kind)
    message = (await updates(api))[-1]["message"]
    assert isinstance(message, dict)
    assert kind in message


async def test_an_edited_message_reaches_the_bot(api: Caller, kari: User) -> None:
    message = await kari.send("Olso")
    await kari.edit(message, "Oslo")
    edited = (await updates(api))[-1]["edited_message"]
    assert isinstance(edited, dict)
    assert (edited["text"], edited["message_id"]) == ("Oslo", message.id)
    assert kari.transcript().endswith("> Oslo (edited)")


async def test_who_blocks_the_bot_is_not_reached(api: Caller, kari: User) -> None:
    await kari.block()
    assert (await kinds(api))[-1] == "my_chat_member"
    status, body = await api("sendMessage", chat_id=kari.id, text="Hei")
    assert (status, body["description"]) == (403, "Forbidden: bot was blocked by the user")
    await kari.unblock()
    assert (await api("sendMessage", chat_id=kari.id, text="Hei"))[0] == 200


async def test_a_group_talks_and_one_presses(double: Double, api: Caller, kari: User) -> None:
    ola = User(double, "Ola")
    group = Group(double, "Styret", [kari, ola])
    await group.mention(kari, "kan vi søke?")
    await api("sendMessage", chat_id=group.chat.id, text="Klar?", reply_markup=MARKUP)
    question = await group.of(ola).until("Klar?")
    await group.say(ola, "ja", reply_to=question)
    await group.of(ola).press("Ja")
    assert await kinds(api) == ["message", "message", "message", "callback_query"]
    assert group.transcript() == (
        "> Kari: @veiviser_bot kan vi søke?\n< Klar?\n    [Ja]\n> Ola: ja"
    )


async def test_with_privacy_mode_a_bot_hears_only_what_is_meant_for_it(
    double: Double, api: Caller, kari: User
) -> None:
    double.reads_all_of_groups = False
    group = Group(double, "Styret", [kari])
    for text in ("hei alle", "/start", "/start@en_annen_bot", "@veiviser_bot hei"):
        await group.say(kari, text)
    heard = [update["message"] for update in await updates(api)][1:]
    assert [message["text"] for message in heard if isinstance(message, dict)] == [
        "/start",
        "@veiviser_bot hei",
    ]


async def test_a_group_that_becomes_a_supergroup_is_named_in_the_error(
    double: Double, api: Caller, kari: User
) -> None:
    group = Group(double, "Styret", [kari], is_supergroup=False)
    new = await group.migrate(kari)
    status, body = await api("sendMessage", chat_id=group.chat.id, text="Hei")
    assert (status, body["parameters"]) == (400, {"migrate_to_chat_id": new.chat.id})
    assert (await api("sendMessage", chat_id=new.chat.id, text="Hei"))[0] == 200


async def test_a_group_that_puts_the_bot_out_is_closed_to_it(
    double: Double, api: Caller, kari: User
) -> None:
    group = Group(double, "Styret", [kari])
    await group.kick_bot(kari)
    status, body = await api("sendMessage", chat_id=group.chat.id, text="Hei")
    assert (status, body["description"]) == (
        403,
        "Forbidden: bot was kicked from the supergroup chat",
    )


async def test_an_inline_query_is_answered_and_a_result_chosen(
    double: Double, api: Caller, kari: User
) -> None:
    await updates(api)
    asking = asyncio.create_task(kari.inline("språkkafé"))
    _, body = await api("getUpdates", timeout=5)
    query = body["result"][0]["inline_query"]
    assert (query["query"], query["from"]["id"]) == ("språkkafé", kari.id)
    article = {
        "type": "article",
        "id": "1",
        "title": "Kan vi søke?",
        "input_message_content": {"message_text": "Ja, til IMDi."},
    }
    with_button = article | {"id": "2", "reply_markup": MARKUP}
    results = [article, with_button]
    await api("answerInlineQuery", inline_query_id=query["id"], results=results, is_personal=True)
    answer = await asking
    assert answer["is_personal"]
    assert [result["title"] for result in answer["results"]] == ["Kan vi søke?"] * 2
    await updates(api)

    plain = await kari.choose(answer["results"][0], "språkkafé")
    assert plain.text.shown == "Ja, til IMDi."
    edited = await kari.choose(answer["results"][1], "språkkafé")
    await api("editMessageText", inline_message_id=edited.id, text="Ja")
    assert (edited.text.shown, edited.keyboard) == ("Ja", [])
    chosen = [update["chosen_inline_result"] for update in await updates(api)]
    # As at Telegram, only a message with buttons can be named and edited afterwards.
    assert [("inline_message_id" in one) for one in chosen if isinstance(one, dict)] == [
        False,
        True,
    ]


async def test_an_inline_query_that_is_not_answered_in_time_says_so(kari: User) -> None:
    with pytest.raises(NotSeen, match="kafé"):
        await kari.inline("kafé", patience=0.05)
