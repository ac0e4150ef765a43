"""What an update says, what it is passed over for, and what of it goes no further."""

import json
from dataclasses import asdict
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store import Chat
from bot.telegram.buttons import pack
from bot.telegram.incoming import (
    Ignored,
    Incoming,
    InlineQuestion,
    Membership,
    Moved,
    Read,
    lane_of,
    read_update,
)
from dialogs.messages import Utterance
from tests.telegram.updates import (
    GROUP,
    KARI,
    ME,
    NAMES,
    OLA,
    Json,
    entity,
    group,
    in_group,
    inline,
    keyboard,
    member,
    message,
    person,
    private,
    tap,
    text,
    update,
)

KINDS_OF_UPDATES = (
    "message", "edited_message", "channel_post", "edited_channel_post", "business_connection",
    "business_message", "edited_business_message", "deleted_business_messages", "message_reaction",
    "message_reaction_count", "inline_query", "chosen_inline_result", "callback_query",
    "shipping_query", "pre_checkout_query", "purchased_paid_media", "poll", "poll_answer",
    "my_chat_member", "chat_member", "chat_join_request", "chat_boost", "removed_chat_boost",
    "managed_bot", "guest_message", "something_new",
)  # fmt: skip


def read(raw: Json) -> Read:
    return read_update(raw, ME)


def said(raw: Json) -> Incoming:
    found = read(raw)
    assert isinstance(found, Incoming)
    return found


def test_a_text_in_a_private_chat() -> None:
    found = said(text("Oslo", number=12, lang="nn"))
    assert found.id == 12
    assert found.chat == Chat("telegram", str(KARI), is_sent_to=True)
    assert found.utterance == Utterance(text="Oslo", lang="nn")
    assert (found.tap, found.link, found.is_group) == (None, None, False)


@pytest.mark.parametrize(
    ("written", "read_as"),
    [
        pytest.param("/hjelp", "/hjelp", id="a command"),
        pytest.param("/hjelp@veiviser_bot", "/hjelp", id="a command with the bot's name"),
        pytest.param("/Hjelp@Veiviser_Bot", "/Hjelp", id="the name in other letters"),
        pytest.param("@veiviser_bot kan vi søke?", "kan vi søke?", id="our name before a question"),
        pytest.param("kan vi søke, @veiviser_bot ?", "kan vi søke, ?", id="our name in the midst"),
        pytest.param(
            "👩‍👩‍👧 @veiviser_bot 🙂 hei", "👩‍👩‍👧 🙂 hei", id="signs of two UTF-16 units"
        ),
        pytest.param("@veiviser_bot", "/start", id="nothing but our name"),
        pytest.param("@veiviser_bott hei", "@veiviser_bott hei", id="somebody else's name"),
    ],
)
def test_our_own_name_is_not_part_of_what_is_said(written: str, read_as: str) -> None:
    entities = []
    for word in written.split():
        if word.startswith("@"):
            entities.append(entity("mention", written, word))
        elif word.startswith("/"):
            entities.append(entity("bot_command", written, word))
    found = said(update(message=message(text=written, entities=entities)))
    assert found.utterance.text == read_as


@pytest.mark.promise("P6")
@pytest.mark.parametrize(
    ("content", "kind"),
    [
        pytest.param({"voice": {"duration": 3}}, "voice", id="a voice message"),
        pytest.param({"sticker": {"width": 1, "height": 1, "is_animated": False,
                                  "is_video": False, "type": "regular", "emoji": "🙂"}},
                     "sticker", id="a sticker"),
        pytest.param({"photo": [{"width": 1, "height": 1}], "caption": "Min mor, Karianne"},
                     "photo", id="a photo with a caption"),
        pytest.param({"document": {"file_name": "Karianne.pdf"}}, "document", id="a file"),
        pytest.param({"location": {"latitude": 59.9, "longitude": 10.7}}, "location", id="a place"),
        pytest.param({"venue": {"location": {"latitude": 59.9, "longitude": 10.7},
                                "title": "Hos Karianne", "address": "Storgata 1"},
                      "location": {"latitude": 59.9, "longitude": 10.7}},
                     "location", id="a venue"),
        pytest.param({"contact": {"phone_number": "91234567", "first_name": "Karianne"}},
                     "other", id="a contact"),
        pytest.param({"video_note": {"length": 1, "duration": 1}}, "other", id="a video message"),
        pytest.param({"animation": {"width": 1, "height": 1, "duration": 1},
                      "document": {"file_name": "x.mp4"}}, "other", id="an animation"),
        pytest.param({"dice": {"value": 3, "emoji": "🎲"}}, "other", id="a dice"),
    ],
)  # fmt: skip
def test_of_what_is_sent_only_the_kind_is_read(content: Json, kind: str) -> None:
    files = {"file_id": "hemmelig-fil", "file_unique_id": "hemmelig", "file_size": 9}
    for value in content.values():
        for part in value if isinstance(value, list) else [value]:
            if isinstance(part, dict) and "latitude" not in part and "phone_number" not in part:
                part.update(files)
    found = said(update(message=message(**content)))
    assert found.utterance == Utterance(attachment=kind, lang="nb")
    everything = json.dumps(asdict(found), ensure_ascii=False)
    for secret in ("hemmelig", "Karianne", "59.9", "91234567", "Storgata"):
        assert secret not in everything


@pytest.mark.promise("P7")
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(text("hei"), id="a text"),
        pytest.param(tap("1.registered:yes"), id="a tap"),
        pytest.param(in_group("/start"), id="a command in a group"),
        pytest.param(inline("kan vi søke"), id="an inline question"),
        pytest.param(member(group(), "left", "member"), id="added to a group"),
        pytest.param(update(edited_message=message(text="hei", edit_date=1)), id="an edit"),
    ],
)
def test_nobodys_name_is_read(raw: Json) -> None:
    assert any(name in json.dumps(raw) for name in NAMES)
    found = read(raw)
    assert not isinstance(found, Ignored)
    for name in NAMES:
        assert name not in repr(found)


def test_a_tap_brings_the_turn_and_the_message_it_was_on() -> None:
    buttons = keyboard((pack("registered:yes", 3), "Ja"), (pack("registered:no", 3), "Nei"))
    bot = {"id": ME.id, "is_bot": True, "first_name": "Veiviser"}
    on = message(bot, text="Registrert?", message_id=9, reply_markup=buttons)
    found = said(tap(pack("registered:no", 3), on, number=4))
    assert found.utterance == Utterance(button="registered:no", lang="nb", turn=3)
    assert found.tap is not None
    assert (found.tap.query, found.tap.message, found.tap.text) == ("998877", 9, "Registrert?")
    assert (found.tap.turn, found.tap.label) == (3, "Nei")


def test_a_tap_on_a_message_too_old_to_be_given() -> None:
    gone = {"chat": private(), "message_id": 9, "date": 0}
    found = said(tap(pack("registered:no", 3), gone))
    assert found.utterance.button == "registered:no"
    assert found.tap is not None
    assert (found.tap.message, found.tap.label) == (None, "")


@pytest.mark.parametrize(
    ("raw", "way"),
    [
        pytest.param(in_group("/start"), "command", id="a command"),
        pytest.param(
            in_group("/svar@veiviser_bot",
                     entities=[entity("bot_command", "/svar@veiviser_bot", "/svar@veiviser_bot")]),
            "command", id="a command with our name"),
        pytest.param(
            in_group("kan vi søke @veiviser_bot",
                     entities=[entity("mention", "kan vi søke @veiviser_bot", "@veiviser_bot")]),
            "mention", id="our name"),
        pytest.param(
            in_group("Veiviser, kan vi søke",
                     entities=[entity("text_mention", "Veiviser, kan vi søke", "Veiviser",
                                      user={"id": ME.id, "is_bot": True, "first_name": "V"})]),
            "mention", id="our name as a link to us"),
        pytest.param(
            in_group("ja", reply_to_message=message(
                {"id": ME.id, "is_bot": True, "first_name": "V"}, group(), text="Registrert?")),
            "reply", id="a reply to us"),
    ],
)  # fmt: skip
def test_how_a_group_turns_to_the_bot(raw: Json, way: str) -> None:
    found = said(raw)
    assert found.addressed == way
    assert found.chat == Chat("telegram", f"{GROUP}/{KARI}", is_sent_to=True)
    assert (found.place, found.person) == (GROUP, KARI)


def test_a_tap_in_a_group() -> None:
    found = said(tap("1.registered:yes", message(person(), group(), text="?")))
    assert (found.addressed, found.chat.name) == ("tap", f"{GROUP}/{KARI}")


@pytest.mark.promise("R10")
@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        pytest.param(in_group("hei alle sammen"), "not to us", id="group: not to us"),
        pytest.param(
            in_group("/start@annen_bot",
                     entities=[entity("bot_command", "/start@annen_bot", "/start@annen_bot")]),
            "not to us", id="group: another bot's command"),
        pytest.param(
            in_group("ja", reply_to_message=message(person(7002), group(), text="Er vi?")),
            "not to us", id="group: a reply to a member"),
        pytest.param(
            update(message=message(chat=group(), photo=[
                {"file_id": "a", "file_unique_id": "b", "width": 1, "height": 1}])),
            "not to us", id="group: a photo"),
        pytest.param(
            update(message=message(chat=group(), new_chat_members=[person(7002)])),
            "service message", id="group: somebody comes"),
        pytest.param(
            update(message=message(chat=group(), left_chat_member=person(7002))),
            "service message", id="group: somebody leaves"),
        pytest.param(
            update(message=message(chat=group(), new_chat_title="Styret")),
            "service message", id="group: a new title"),
        pytest.param(
            update(message=message(person(1, is_bot=True), text="hei")),
            "not a person", id="another bot"),
        pytest.param(
            update(message=message(
                person(1087968824, is_bot=True), group(), text="/start", sender_chat=group())),
            "not a person", id="group: an anonymous administrator"),
        pytest.param(
            update(channel_post=message(
                chat={"id": -1, "type": "channel", "title": "K"}, text="hei")),
            "kind", id="a channel's post"),
        pytest.param(
            update(message=message(
                text="Kan vi søke?", via_bot={"id": ME.id, "is_bot": True, "first_name": "V"})),
            "our own answer", id="an answer chosen inline"),
        pytest.param(
            update(edited_message=message(
                location={"latitude": 1.0, "longitude": 1.0, "live_period": 60}, edit_date=1)),
            "edited", id="a position that moves"),
        pytest.param(member(private(), "kicked", "member"), "membership", id="unblocked"),
        pytest.param(update(), "kind", id="an update of no kind"),
        pytest.param({}, "malformed", id="no number"),
        pytest.param(update(message={}), "malformed", id="a message of nothing"),
        pytest.param(update(message=[1]), "malformed", id="a message that is a list"),
        pytest.param(update(message=message(chat={"id": 1})), "malformed", id="no kind of chat"),
    ],
)  # fmt: skip
def test_what_means_nothing_here_is_passed_over(raw: Json, reason: str) -> None:
    assert read(raw) == Ignored(reason)


@pytest.mark.promise("R10")
@pytest.mark.parametrize(
    "raw",
    [
        pytest.param(tap(None), id="a game's button"),
        pytest.param(tap("1.x", {"chat": {"id": -1, "type": "channel", "title": "K"},
                                 "message_id": 1, "date": 0}), id="in a channel"),
    ],
)  # fmt: skip
def test_a_tap_that_means_nothing_still_waits_for_an_answer(raw: Json) -> None:
    found = read(raw)
    assert isinstance(found, Ignored)
    assert found.query == "998877"


@pytest.mark.promise("R8")
def test_an_edited_text_is_marked_as_one() -> None:
    found = said(update(edited_message=message(text="Oslo", edit_date=1_800_000_001)))
    assert found.utterance.is_edited


def test_what_is_said_in_a_chat_is_taken_in_order() -> None:
    """The members of a group may answer together, so their order counts too."""
    moved = update(message=message(chat=group(), migrate_to_chat_id=-1009))
    board = [
        in_group("/start"),
        in_group("/sammen", **{"from": person(OLA)}),
        tap("1.x", message(person(), group(), text="?")),
        member(group(), "member", "left"),
        moved,
    ]
    assert {lane_of(read(raw)) for raw in board} == {str(GROUP)}
    assert {lane_of(read(raw)) for raw in (text("ja"), tap("1.x"))} == {str(KARI)}
    assert lane_of(read(inline("kan vi søke"))) is None


def test_a_deep_link() -> None:
    found = said(text("/start faq_who_can_apply"))
    assert (found.utterance.text, found.link) == ("/start", "faq_who_can_apply")


def test_an_inline_question() -> None:
    assert read(inline("kan vi søke", "en")) == InlineQuestion("556677", "kan vi søke", "en")


@pytest.mark.parametrize(
    ("raw", "chat", "change"),
    [
        pytest.param(member(private(), "member", "kicked"), str(KARI), "gone", id="blocked"),
        pytest.param(member(group(), "member", "left"), str(GROUP), "gone", id="out of a group"),
        pytest.param(member(group(), "left", "member"), str(GROUP), "added", id="into a group"),
        pytest.param(
            member(group("group"), "left", "administrator"), str(GROUP), "added",
            id="into a group as administrator"),
    ],
)  # fmt: skip
def test_coming_and_going(raw: Json, chat: str, change: str) -> None:
    found = read(raw)
    assert isinstance(found, Membership)
    assert (found.chat, found.change) == (Chat("telegram", chat, is_sent_to=True), change)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)


@pytest.mark.promise("R10")
@given(kind=st.sampled_from(KINDS_OF_UPDATES), content=JSON)
def test_whatever_an_update_holds_it_is_read_or_passed_over(kind: str, content: Any) -> None:
    assert isinstance(read({"update_id": 1, kind: content}), Ignored)


SOUND = [
    text("hei"), tap("1.registered:yes"), in_group("/start"), inline("hei"),
    member(group(), "left", "member"),
]  # fmt: skip


@pytest.mark.promise("R10")
@given(st.sampled_from(SOUND), st.data())
def test_whatever_field_is_missing_or_another_it_is_read_or_passed_over(
    raw: Json, data: st.DataObject
) -> None:
    changed: Any = json.loads(json.dumps(raw))
    part = changed
    while True:
        key = data.draw(st.sampled_from(sorted(part)))
        if isinstance(part[key], dict) and part[key] and data.draw(st.booleans()):
            part = part[key]
            continue
        if data.draw(st.booleans()):
            del part[key]
        else:
            part[key] = data.draw(JSON)
        break
    assert isinstance(read(changed), Incoming | InlineQuestion | Membership | Ignored)


def test_a_group_that_becomes_a_supergroup_is_followed() -> None:
    moved = read(update(message=message(chat=group(), migrate_to_chat_id=-1009)))
    assert moved == Moved(group()["id"], -1009)
