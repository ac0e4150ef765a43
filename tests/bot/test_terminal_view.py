"""How replies look in a terminal, and what a typed line presses."""

import pytest

from bot.terminal_view import LONGEST_TEXT, Look, choices, read_typed, show
from dialogs.messages import Button, Reply, Utterance

GREETING = Reply("Hei!", ((Button("lang:nb", "Bokmål"), Button("lang:en", "English")),))
QUESTION = Reply(
    "Jeg leste det som Oslo.\n\nHvem er tiltaket for?\n(Høyst 3 spørsmål igjen.)",
    (
        (Button("target_groups:immigrants", "Innvandrere"), Button("target_groups:other", "Andre")),
        (Button("target_groups:done", "Ferdig"),),
        (Button("why", "Hvorfor spør dere?"), Button("back", "Tilbake")),
    ),
    "question",
)
SUMMARY = Reply(
    "Slik forstår jeg dere:",
    ((Button("show_verdict", "Stemmer"),), (Button("change:scope", "Endre omfang"),)),
    "question",
)
CARD = Reply(
    "Reglene for 2019.\n\nSVAR: Søk IMDi.\n\nHvorfor\n• Nasjonalt.\n  IMDi 2019\n\nSlutt.",
    (),
    "card",
)
PLAIN = Look()


def test_answers_are_numbered_and_the_ways_on_stand_beside_each_other() -> None:
    assert show((GREETING, QUESTION), PLAIN) == (
        "Hei!\n"
        "\n"
        "  Bokmål · English\n"
        "\n"
        "Jeg leste det som Oslo.\n"
        "\n"
        "Hvem er tiltaket for?\n"
        "(Høyst 3 spørsmål igjen.)\n"
        "\n"
        "  1  Innvandrere\n"
        "  2  Andre\n"
        "\n"
        "  Ferdig · Hvorfor spør dere? · Tilbake\n"
        "\n"
    )


def test_where_no_answer_is_asked_for_every_button_is_numbered() -> None:
    assert show((SUMMARY,), PLAIN).endswith("\n  1  Stemmer\n  2  Endre omfang\n\n")


@pytest.mark.parametrize(
    ("line", "utterance"),
    [
        pytest.param("2", Utterance(text="2"), id="a number, where several may be chosen"),
        pytest.param("innvandrere", Utterance(text="innvandrere"), id="a label, likewise"),
        pytest.param(" ferdig ", Utterance(button="target_groups:done"), id="Ferdig"),
        pytest.param("TILBAKE", Utterance(button="back"), id="a way on, by its words"),
        pytest.param("English", Utterance(button="lang:en"), id="a button of an earlier reply"),
        pytest.param("3", Utterance(text="3"), id="a number that is not offered"),
        pytest.param("0001", Utterance(text="0001"), id="a postal code is no number"),
        pytest.param("1, 2", Utterance(text="1, 2"), id="several numbers"),
        pytest.param("alle her", Utterance(text="alle her"), id="free text"),
        pytest.param("æ" * 9_999, Utterance(text="æ" * LONGEST_TEXT), id="long text is cut"),
    ],
)
def test_a_typed_line(line: str, utterance: Utterance) -> None:
    assert read_typed(line, (GREETING, QUESTION)) == utterance


def test_numbers_stand_for_the_last_reply_with_buttons() -> None:
    assert [button.id for button in choices((QUESTION, SUMMARY, CARD))] == [
        "show_verdict",
        "change:scope",
    ]
    assert choices((CARD,)) == ()


def test_lines_fit_the_terminal_and_keep_their_indent() -> None:
    text = "• " + "Bare registrerte organisasjoner kunne få tilskudd. " * 4 + "\n  kilde"
    lines = show((Reply(text),), Look.of_terminal(60, colour=False)).splitlines()
    assert max(map(len, lines)) <= 59
    assert lines[0].startswith("• Bare")
    assert all(line.startswith("  ") for line in lines[1:] if line)


def test_a_narrow_or_wide_terminal_gets_lines_that_can_be_read() -> None:
    assert (Look.of_terminal(5, False).width, Look.of_terminal(300, False).width) == (24, 80)


def test_colour_marks_the_question_the_numbers_and_what_is_less_important() -> None:
    shown = show((QUESTION,), Look.of_terminal(80, colour=True))
    assert shown.startswith("Jeg leste det som Oslo.\n\n")
    assert "\x1b[1mHvem er tiltaket for?\x1b[0m\n\x1b[2m(Høyst" in shown
    assert "\x1b[1;36m  1\x1b[0m  Innvandrere" in shown
    assert "\x1b[2m  Ferdig · " in shown


def test_a_card_stands_between_lines_with_its_headings_in_bold() -> None:
    lines = show((CARD,), Look.of_terminal(80, colour=True)).splitlines()
    assert lines[0] == lines[-2] == "\x1b[2m" + "─" * 79 + "\x1b[0m"
    assert "\x1b[1mSVAR: Søk IMDi.\x1b[0m" in lines
    assert "\x1b[1mHvorfor\x1b[0m" in lines
    assert "\x1b[2m  IMDi 2019\x1b[0m" in lines


def test_without_colour_a_card_is_its_own_text() -> None:
    assert show((CARD,), PLAIN) == CARD.text + "\n\n"
