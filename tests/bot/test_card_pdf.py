"""The card as a document: its text whole and in order, and a structure that can be heard."""

import io
import os
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from bot.card_pdf import as_pdf
from dialogs.card_text import CardText, Line, read
from dialogs.state import LANGUAGES
from dialogs.texts import TEXTS, in_language, say
from knowledge.scheme import SCHEMES
from tests.dialogs.talk import SCHEME
from tests.dialogs.verdict_classes import CLASSES, card_of

# One class of verdicts for each outcome: the first in the reviewed list.
OUTCOMES = {line.partition(" | ")[0]: line for line in reversed(CLASSES)}
KINDS = {
    *("/Document", "/H1", "/H2", "/P", "/L", "/LI", "/Lbl", "/LBody"),
    *("/BlockQuote", "/Strong", "/Span"),
}
every_card = pytest.mark.parametrize(
    ("outcome", "lang"), [(outcome, lang) for outcome in OUTCOMES for lang in LANGUAGES]
)


@cache
def document(outcome: str, lang: str) -> PdfReader:
    return opened(as_pdf(card_of(OUTCOMES[outcome], lang), lang))


def opened(file: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(file), strict=True)


def said(document: PdfReader, lang: str) -> str:
    """What the pages say but for the line at the foot of each, with single spaces."""
    bodies = []
    for number, page in enumerate(document.pages, start=1):
        body, found, foot = page.extract_text().rpartition(say(lang, "pdf-footer"))
        assert found
        assert foot.strip() == f"{number}/{len(document.pages)}"
        bodies.append(body)
    return one_line(" ".join(bodies))


def one_line(text: str) -> str:
    """A text with single spaces, and none after a hyphen, where a line may have been broken."""
    return " ".join(text.split()).replace("- ", "-")


def elements(node: Any) -> Iterator[Any]:
    """Every element of a structure tree, in reading order."""
    node = node.get_object()
    if isinstance(node, list):
        for kid in node:
            yield from elements(kid)
    elif isinstance(node, dict):
        if "/S" in node:
            yield node
        if "/K" in node:
            yield from elements(node["/K"])


def structure(document: PdfReader) -> list[Any]:
    return list(elements(document.root_object["/StructTreeRoot"]))


def lines_of(parts: CardText) -> list[Line]:
    return [line for section in parts.sections for run in section.runs for line in run]


@every_card
def test_it_says_what_the_card_says_in_the_same_order(outcome: str, lang: str) -> None:
    assert said(document(outcome, lang), lang) == one_line(card_of(OUTCOMES[outcome], lang))


@every_card
def test_a_screen_reader_finds_title_headings_lists_and_quotations(outcome: str, lang: str) -> None:
    parts = read(card_of(OUTCOMES[outcome], lang))
    found = structure(document(outcome, lang))
    headings = [(node["/S"], node["/T"]) for node in found if node["/S"] in ("/H1", "/H2")]
    quotations = [node for node in found if node["/S"] == "/BlockQuote"]
    lines = lines_of(parts)
    assert headings == [("/H1", parts.title), *(("/H2", s.heading) for s in parts.sections)]
    listed = [line for line in lines if line.number is not None]
    assert sum(node["/S"] == "/LI" for node in found) == len(listed)
    assert len(quotations) == sum(note.is_quotation for line in lines for note in line.notes)
    assert all(node["/Lang"] == "nb" for node in quotations if lang != "nb")
    assert {node["/S"] for node in found} <= KINDS


def test_steps_are_a_numbered_list() -> None:
    kinds = [
        attribute["/ListNumbering"]
        for node in structure(document("apply_imdi", "nb"))
        if node["/S"] == "/L"
        for attribute in node["/A"]
    ]
    assert kinds.count("/Decimal") == 1
    assert kinds.count("/Circle") > 1


@pytest.mark.parametrize("lang", LANGUAGES)
def test_it_says_what_it_is(lang: str) -> None:
    made = document("apply_municipality", lang)
    root: Any = made.root_object
    assert root["/Lang"] == lang
    assert root["/MarkInfo"]["/Marked"] == True  # noqa: E712 - pypdf's own kind of truth
    assert root["/ViewerPreferences"]["/DisplayDocTitle"] == True  # noqa: E712
    assert made.metadata is not None
    assert made.metadata.title == in_language(SCHEME.file.name, lang)
    assert made.metadata.author == "Veiviser"
    assert made.metadata.creation_date is None
    assert b"<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_data()
    assert [entry.title for entry in made.outline if not isinstance(entry, list)]


@every_card
def test_all_that_is_drawn_is_tagged_or_an_artifact(outcome: str, lang: str) -> None:
    made = document(outcome, lang)
    for page in made.pages:
        assert "/StructParents" in page
        assert not page.images
        marks: list[str] = []
        for operands, operator in ContentStream(page.get_contents(), made).operations:
            if operator in (b"BDC", b"BMC"):
                marks.append("text" if "/MCID" in operands[-1] else str(operands[0]))
            elif operator == b"EMC":
                marks.pop()
            elif operator in (b"Tj", b"TJ"):
                assert marks in (["text"], ["/Artifact"])
        assert not marks


@every_card
def test_it_brings_its_fonts(outcome: str, lang: str) -> None:
    for page in document(outcome, lang).pages:
        resources: Any = page["/Resources"]
        fonts = resources["/Font"].values()
        assert fonts
        for font in fonts:
            assert "LibertinusSerif" in font.get_object()["/BaseFont"]
            assert "/ToUnicode" in font.get_object()
            (drawn,) = font.get_object()["/DescendantFonts"]
            assert "/FontFile3" in drawn.get_object()["/FontDescriptor"]


def in_every_place(text: str) -> str:
    """A card that holds this text in each of its parts."""
    return f"{text}\n{text}\n\n{text}\n• {text}\n  «{text}»\n1. {text}\n{text}\n\n{text}"


@pytest.mark.parametrize(
    "text",
    [
        '#panic("no") #[x] #sys.inputs',
        "*bold* _slanted_ `raw` $x^2$",
        "<label> @reference #label",
        "// comment /* comment */ end",
        "= Heading",
        "- item + item / term: item",
        "\\u{41} \\ \\#",
        "a~b -- --- ... 'single' \"double\"",
        '#import "@preview/example:1.0.0": x',
        '"}],"title":"another","x":[{"',
        "{ $gap } {0} %s ${HOME}",
        "<script>alert(1)</script> &amp; &#60;",
        "(unbalanced \\( ) endobj endstream %PDF",
        "https://example.org/?a=b#c",
        "Kárášjohka – Karasjok – Kaarasjoki, Bådåddjo, Snåase",
        "привет γειά",
    ],
)
def test_text_is_shown_as_text(text: str) -> None:
    shown = said(opened(as_pdf(in_every_place(text), "en")), "en")
    assert shown == one_line(in_every_place(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        pytest.param("中 å", "[U+4E2D] å", id="a letter that no font has"),
        pytest.param("😀", "[U+1F600]", id="an emoji"),
        pytest.param("a\x00b", "a\ufffdb", id="a control character"),
        pytest.param("a\ud800b", "a\ufffdb", id="half a pair of surrogates"),
    ],
)
def test_what_no_font_can_draw_is_named(text: str, shown: str) -> None:
    found = said(opened(as_pdf(in_every_place(text), "en")), "en")
    assert found == one_line(in_every_place(shown))


def test_every_letter_that_a_card_can_hold_can_be_drawn() -> None:
    rules = SCHEMES / f"{SCHEME.year}.toml"
    names = SCHEMES.parent / "data" / "municipalities.csv"
    files = (rules, names, *TEXTS.glob("*.ftl"))
    letters = {letter for file in files for letter in file.read_text(encoding="utf-8")}
    text = " ".join(sorted(letters - {"\n"}))
    assert said(opened(as_pdf(text, "nb")), "nb") == one_line(text)


@settings(max_examples=25, deadline=None)
@given(text=st.text(max_size=60))
def test_any_text_becomes_a_document(text: str) -> None:
    assert opened(as_pdf(text, "nn")).pages


def test_the_same_card_gives_the_same_bytes_in_threads_and_in_another_process(
    tmp_path: Path,
) -> None:
    texts = [card_of(line, "nb") for line in OUTCOMES.values()]
    files = [as_pdf(text, "nb") for text in texts]
    with ThreadPoolExecutor(4) as threads:
        assert list(threads.map(as_pdf, texts, ["nb"] * len(texts))) == files
    program = (
        "import sys; from bot.card_pdf import as_pdf;"
        " sys.stdout.buffer.write(as_pdf(sys.stdin.buffer.read().decode(), 'nb'))"
    )
    elsewhere = subprocess.run(
        [sys.executable, "-c", program],
        input=texts[0].encode(),
        capture_output=True,
        check=True,
        cwd=tmp_path,
        env={**os.environ, "TZ": "Asia/Tokyo", "LC_ALL": "C", "SOURCE_DATE_EPOCH": "1"},
    )
    assert elsewhere.stdout == files[0]
