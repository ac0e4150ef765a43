"""Every word exists in the three languages, is used, and addresses the organisation as several."""

import ast
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import pytest
from fluent.runtime import FluentResource
from fluent.syntax import ast as ftl

import bot
import dialogs
from dialogs.questions import QUESTIONS, choices
from dialogs.state import LANGUAGES
from dialogs.text_faults import text_faults
from dialogs.texts import TEXTS, has
from knowledge.scheme_file import Outcome
from tests.dialogs.talk import SCHEME

PACKAGES = [Path(str(package.__file__)).parent for package in (dialogs, bot)]
SLOT_PARTS = ("name", "why", "hint")


def names_in(lang: str) -> set[str]:
    """The names of all texts of a language file, without their parts."""
    resource = FluentResource((TEXTS / f"{lang}.ftl").read_text(encoding="utf-8"))
    return {entry.id.name for entry in resource.body if isinstance(entry, ftl.Message)}


def strings_in(path: Path) -> Iterator[str]:
    """Every string of a program file, as a pattern: after its first word may be anything."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield re.escape(node.value)
        elif isinstance(node, ast.JoinedStr) and isinstance(node.values[0], ast.Constant):
            yield "".join(
                re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+"
                for part in node.values
            )


def said_in(path: Path) -> Iterator[str]:
    """The names that a program file gives to `say` or `has` as they stand, as patterns."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        if node.func.id in ("say", "has") and len(node.args) > 1:
            chosen = node.args[1]
            options = [chosen.body, chosen.orelse] if isinstance(chosen, ast.IfExp) else [chosen]
            for option in options:
                if isinstance(option, ast.Constant):
                    yield re.escape(str(option.value))


FILES = sorted(path for package in PACKAGES for path in package.rglob("*.py"))
SAID = sorted({name for path in FILES for name in said_in(path)})


def test_the_three_files_say_the_same_things() -> None:
    assert text_faults() == []


@pytest.mark.parametrize(
    ("lang", "old", "new", "fault"),
    [
        pytest.param(
            "nn", "restarted = ", "restarted-no = ", "nn.ftl: restarted is missing", id="renamed"
        ),
        pytest.param(
            "en",
            "    .hint = Choose what fits best.\n",
            "",
            "en.ftl: ask-scope.hint is missing",
            id="part",
        ),
        pytest.param(
            "nb", "now = Nå: { $value }.", "now = Nå.", "nb.ftl: now lacks $value", id="no gap"
        ),
        pytest.param(
            "nn", "deleted = ", "deleted\n", "nn.ftl: cannot be read: deleted", id="unreadable"
        ),
        pytest.param(
            "en",
            "deleted = ",
            "kept = Twice.\ndeleted = ",
            "en.ftl: kept is there twice",
            id="twice",
        ),
    ],
)
def test_a_planted_fault_is_found(
    tmp_path: Path, lang: str, old: str, new: str, fault: str
) -> None:
    folder = shutil.copytree(TEXTS, tmp_path / "texts")
    path = folder / f"{lang}.ftl"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")
    assert fault in text_faults(folder)


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_name_used_in_the_code_is_there(lang: str) -> None:
    assert len(SAID) > 30
    missing = [name for name in SAID if not has(lang, re.sub(r"\\(.)", r"\1", name))]
    assert missing == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_every_question_and_outcome_has_its_words(lang: str) -> None:
    names = [f"ask-{slot}.{part}" for slot in QUESTIONS for part in SLOT_PARTS]
    names += [f"ask-{slot}" for slot in QUESTIONS]
    names += [f"card-{outcome}" for outcome in get_args(Outcome)]
    names += [f"change-{option.slot}" for option in SCHEME.file.change if option.slot != "scope"]
    names += [f"change-scope-{to}" for o in SCHEME.file.change if o.slot == "scope" for to in o.to]
    assert [name for name in names if not has(lang, name)] == []
    for slot in QUESTIONS:
        assert all(choice.label for choice in choices(SCHEME, lang, slot))


def test_no_text_is_left_that_nobody_says() -> None:
    used = [re.compile(pattern) for path in FILES for pattern in strings_in(path)]
    unused = [name for name in names_in("nb") if not any(p.fullmatch(name) for p in used)]
    assert unused == []


# «du» and its forms: an organisation is several people.
SINGULAR = {
    "nb": {"du", "deg", "din", "ditt", "dine"},
    "nn": {"du", "deg", "din", "di", "ditt", "dine"},
}


def every_sentence(lang: str) -> Iterator[str]:
    """All that is said in a language: the text file and the sentences of the scheme file."""
    yield (TEXTS / f"{lang}.ftl").read_text(encoding="utf-8")
    for row in (*SCHEME.applicant.rows, *SCHEME.target_group.rows):
        yield str(getattr(row.says, lang))
    for row in (*SCHEME.sub_goal_fit.rows, *SCHEME.grantor.rows):
        yield str(getattr(row.says, lang))
    yield from (str(getattr(note.says, lang)) for note in SCHEME.notes)
    yield from (str(getattr(step.says, lang)) for step in SCHEME.file.next_step)
    yield from (str(getattr(goal.says, lang)) for goal in SCHEME.sub_goals.values())
    yield from (str(getattr(a.label, lang)) for a in SCHEME.activities.values())


@pytest.mark.parametrize("lang", SINGULAR)
def test_the_organisation_is_addressed_as_several(lang: str) -> None:
    words = {word for text in every_sentence(lang) for word in re.findall(r"\w+", text.lower())}
    assert words & SINGULAR[lang] == set()
    assert {"nb": "dere", "nn": "dykk"}[lang] in words
