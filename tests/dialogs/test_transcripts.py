"""The conversations in `tests/transcripts` go as they are written there, word for word.

A transcript's first line says why it is kept. `> ` is what the person does: a text, `[label]` for
a button, `#id` for one that is not on the screen, or `(voice)` and the like; `(returns)` is
somebody coming back to a stored conversation. `< ` begins a message, with its buttons in
brackets. The greeting is left out where the conversation does not begin with `> /start`. Of a
card only the beginning is kept, unless a line says `# The whole card.`

`pytest --update-transcripts` writes them all anew.
"""

from collections.abc import Iterator
from pathlib import Path

import pytest

from dialogs.conversation import welcome_back
from dialogs.messages import Reply, Utterance
from dialogs.state import State
from tests.dialogs.talk import SCHEME, Talk

FOLDER = Path(__file__).parent.parent / "transcripts"
TRANSCRIPTS = sorted(FOLDER.glob("*.txt"))
ATTACHMENTS = {f"({kind})": kind for kind in ("voice", "sticker", "photo", "document", "location")}
WHOLE_CARD = "# The whole card."
CARD_BLOCKS = 2  # the year and the scheme; the answer and the recipient


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_conversation_goes_as_written(path: Path, request: pytest.FixtureRequest) -> None:
    written = path.read_text(encoding="utf-8")
    held = "\n".join(replay(written.splitlines())) + "\n"
    if request.config.getoption("--update-transcripts"):
        path.write_text(held, encoding="utf-8")
    else:
        assert held == written, "changed on purpose? pytest --update-transcripts, and read the diff"


@pytest.mark.parametrize("path", TRANSCRIPTS, ids=lambda path: path.stem)
def test_the_first_line_says_why_it_is_kept(path: Path) -> None:
    first = path.read_text(encoding="utf-8").splitlines()[0]
    assert first.startswith("# ")
    assert first.endswith(".")


def replay(lines: list[str]) -> Iterator[str]:
    """Hold the conversation again: the same remarks and inputs, with the replies of today."""
    kept = [line for line in lines if line.startswith(("#", ">"))]
    is_whole = WHOLE_CARD in kept
    inputs = [line for line in kept if line.startswith(">")]
    talk = Talk(state=State()) if inputs[0] == "> /start" else Talk()
    for line in kept:
        if line.startswith("#"):
            yield line
            continue
        yield ""
        yield line
        for reply in _do(talk, line.removeprefix("> ")):
            yield from _written(reply, is_whole)


def _do(talk: Talk, what: str) -> tuple[Reply, ...]:
    if what == "(returns)":
        talk.state = State.from_json(talk.state.to_json())
        return welcome_back(SCHEME, talk.state)
    if what.startswith("#"):
        return talk.press(what.removeprefix("#"))
    if what.startswith("[") and what.endswith("]"):
        return talk.press(talk.labelled(what[1:-1]).id)
    if what in ATTACHMENTS:
        return talk.take(Utterance(attachment=ATTACHMENTS[what]))
    return talk.write(what)


def _written(reply: Reply, is_whole: bool) -> Iterator[str]:
    text = reply.text
    if reply.kind == "card" and not is_whole:
        text = "\n\n".join((*text.split("\n\n")[:CARD_BLOCKS], "…"))
    first, *more = text.splitlines()
    yield f"< {first}"
    yield from (f"  {line}".rstrip() for line in more)
    if reply.buttons:
        rows = (" ".join(f"[{button.label}]" for button in row) for row in reply.buttons)
        yield f"  {' '.join(rows)}"
