"""The card read back from its text: nothing lost, and each line where it belongs."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.card_text import BULLET, NOTE, CardText, Line, Note, Section, read
from dialogs.state import LANGUAGES
from dialogs.texts import in_language, say
from tests.dialogs.talk import SCHEME
from tests.dialogs.verdict_classes import CLASSES, card_of


def written(parts: CardText) -> str:
    """The parts as the text they were read from."""
    blocks = [[*parts.over, parts.title], *map(section_lines, parts.sections), [*parts.end]]
    return "\n\n".join("\n".join(lines) for lines in blocks if lines)


def section_lines(section: Section) -> list[str]:
    lines = [section.heading]
    for line in (line for run in section.runs for line in run):
        mark = {None: "", 0: BULLET}.get(line.number, f"{line.number}. ")
        lines += [mark + line.text, *(NOTE + note.text for note in line.notes)]
    return lines


HEADINGS = ("sub-goals", "why", "change", "notes", "next", "answers")


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_card_of_every_class_of_verdicts_is_read_whole(lang: str) -> None:
    known = [say(lang, f"card-{heading}") for heading in HEADINGS]
    for line in CLASSES:
        text = card_of(line, lang)
        parts = read(text)
        assert written(parts) == text
        assert parts.title == in_language(SCHEME.file.name, lang)
        answer, *headings = (section.heading for section in parts.sections)
        assert answer == text.splitlines()[3]
        assert headings == [heading for heading in known if heading in headings]
        assert parts.end == (say(lang, "card-end"),)


def test_lines_are_told_apart_by_how_they_are_written() -> None:
    text = (
        "Regler\nOrdningen\n\nSVAR\nMottaker\n\nHvorfor\nA: passer\n  Kilde: «Del A»\n• Fordi\n"
        "  Da blir det slik\n• Også\n1. Søk\n12. Vent\nAnslag\n\nSlutt"
    )
    assert read(text) == CardText(
        over=("Regler",),
        title="Ordningen",
        sections=(
            Section("SVAR", ((Line("Mottaker", None, ()),),)),
            Section(
                "Hvorfor",
                (
                    (Line("A: passer", None, (Note("Kilde: «Del A»", is_quotation=True),)),),
                    (
                        Line("Fordi", 0, (Note("Da blir det slik", is_quotation=False),)),
                        Line("Også", 0, ()),
                    ),
                    (Line("Søk", 1, ()), Line("Vent", 12, ())),
                    (Line("Anslag", None, ()),),
                ),
            ),
        ),
        end=("Slutt",),
    )


@given(text=st.text(alphabet="ab •1.\n«»\t"))
@example("a\n\nb\n  c\n   \n\nd")
@example("a\n\n• \n1. \n0. x\n\n")
def test_no_letter_of_any_text_is_lost(text: str) -> None:
    assert written(read(text)).split() == text.split()
