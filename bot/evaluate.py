"""`veiviser evaluate`: how well the assistant reads labelled texts, a set for each file.

Called by ``bot.cli``. Reads the files and shows the figures; the scoring is
`bot.evaluate_texts` and `bot.evaluate_conversations`.
Changes nothing. A line that cannot be read is named and left out of the figures.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TextIO

from pydantic import ValidationError

from bot.evaluate_conversations import CONVERSATION_SETS
from bot.evaluate_score import Score
from bot.evaluate_texts import TEXT_SETS
from bot.lines import LineError, read_lines, read_object, write_json
from knowledge.answers import AnswerError
from knowledge.scheme import Scheme

SETS = TEXT_SETS | CONVERSATION_SETS
EXPECTED = tuple(f"{name}_*.jsonl" for name in SETS)


@dataclass(slots=True)
class Evaluation:
    """One file: what kind of set it is, how many of its lines were scored, and how they did.

    ``unreadable`` and ``misses`` each say the line's number.
    """

    file: str
    kind: str
    lines: int = 0
    score: Score = field(default_factory=Score)
    unreadable: list[str] = field(default_factory=list)
    misses: list[str] = field(default_factory=list)


def set_files(folder: Path) -> list[tuple[str, Path]]:
    """The files of a folder that are sets, each after the kind that its name begins with."""
    found = sorted(folder.glob("*.jsonl"))
    return [(kind, p) for kind in SETS for p in found if p.name.startswith(f"{kind}_")]


def evaluate(scheme: Scheme, files: Iterable[tuple[str, Path]]) -> list[Evaluation]:
    """Score every file. Never raises for what a file holds, nor for one that cannot be opened."""
    return [_evaluated(scheme, kind, path) for kind, path in files]


def _evaluated(scheme: Scheme, kind: str, path: Path) -> Evaluation:
    found = Evaluation(path.name, kind)
    form, score_line = SETS[kind]
    for number, line, cut in _lines_of(path, found):
        score = Score()
        try:
            given = read_object(line, cut)
            score_line(scheme, form.model_validate(given), score)
        except (LineError, AnswerError, ValidationError) as error:
            found.unreadable.append(f"{path.name}:{number}: {'; '.join(_faults(error))}")
            continue
        found.lines += 1
        found.score.add(score)
        name = given.get("id", "")
        found.misses += [f"{path.name}:{number}: {name}: {miss}" for miss in score.misses]
    return found


def _lines_of(path: Path, found: Evaluation) -> Iterator[tuple[int, str, bool]]:
    try:
        with path.open("rb") as stream:
            for number, (line, cut) in enumerate(read_lines(stream), start=1):
                if line.strip() or cut:
                    yield number, line, cut
    except OSError as error:
        found.unreadable.append(f"{path.name}: {error.strerror}")


def _faults(error: LineError | AnswerError | ValidationError) -> list[str]:
    if not isinstance(error, ValidationError):
        return [str(error)]
    return [
        f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"
        for fault in error.errors(include_url=False)
    ]


def write_table(out: TextIO, found: Iterable[Evaluation], *, with_misses: bool) -> None:
    """One table for a person: set, lines, and a row for each figure."""
    out.write(f"{'set':<36}{'lines':>6}  {'figure':<40}{'count':>12}{'share':>9}\n")
    for one in found:
        start = f"{one.file:<36}{one.lines:>6}"
        for name, (count, of) in one.score.figures.items():
            share = f"{100 * count / of:.1f} %" if of else "–"
            out.write(f"{start:<42}  {name:<40}{f'{count}/{of}':>12}{share:>9}\n")
            start = ""
        if start:
            out.write(f"{start}  nothing scored\n")
        if one.unreadable:
            out.write(f"{'':<42}  {'lines that cannot be read':<40}{len(one.unreadable):>12}\n")
        for line in (*one.unreadable, *(one.misses if with_misses else ())):
            out.write(f"  {line}\n")


def write_figures(out: TextIO, found: Iterable[Evaluation], *, with_misses: bool) -> None:
    """The same as one JSON object for programs."""
    write_json(out, {"sets": [_as_json(one, with_misses) for one in found]})


def _as_json(one: Evaluation, with_misses: bool) -> dict[str, Any]:
    figures = {
        name: {"count": count, "of": of, "share": round(count / of, 4) if of else None}
        for name, (count, of) in one.score.figures.items()
    }
    shown: dict[str, Any] = {"file": one.file, "set": one.kind, "lines": one.lines}
    shown |= {"figures": figures, "unreadable": one.unreadable}
    return {**shown, "misses": one.misses} if with_misses else shown
