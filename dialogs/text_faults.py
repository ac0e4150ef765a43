"""Compares the three language files: what one says, all must say, with the same gaps.

Called by `veiviser check` and by the tests; never in a conversation.
"""

from pathlib import Path

from fluent.runtime import FluentResource
from fluent.syntax import ast
from fluent.syntax.visitor import Visitor

from dialogs.state import LANGUAGES
from dialogs.texts import TEXTS


def text_faults(folder: Path = TEXTS) -> list[str]:
    """Faults of the three files: a text, attribute or gap that one has and another lacks."""
    shapes = {lang: _shape(folder, lang) for lang in LANGUAGES}
    faults = [fault for lang in LANGUAGES for fault in shapes[lang].pop("", set())]
    everything = {name for shape in shapes.values() for name in shape}
    for name in sorted(everything):
        for lang, shape in shapes.items():
            gaps = set().union(*(s.get(name, set()) for s in shapes.values()))
            if name not in shape:
                faults.append(f"{lang}.ftl: {name} is missing")
            elif shape[name] != gaps:
                faults.append(f"{lang}.ftl: {name} lacks {', '.join(sorted(gaps - shape[name]))}")
    return faults


def _shape(folder: Path, lang: str) -> dict[str, set[str]]:
    """Each text's name and its gaps; under the empty name, what could not be read."""
    shape: dict[str, set[str]] = {"": set()}
    resource = FluentResource((folder / f"{lang}.ftl").read_text(encoding="utf-8"))
    for entry in resource.body:
        if isinstance(entry, ast.Junk):
            line = (entry.content or "").splitlines()[0]
            shape[""].add(f"{lang}.ftl: cannot be read: {line}")
        elif isinstance(entry, ast.Message):
            parts = {entry.id.name: entry.value}
            parts |= {f"{entry.id.name}.{a.id.name}": a.value for a in entry.attributes}
            for name, pattern in parts.items():
                if name in shape:
                    shape[""].add(f"{lang}.ftl: {name} is there twice")
                shape[name] = _gaps(pattern) if pattern else set()
    return shape


def _gaps(pattern: ast.Pattern) -> set[str]:
    finder = _Gaps()
    finder.visit(pattern)
    return finder.names


class _Gaps(Visitor):
    def __init__(self) -> None:
        self.names: set[str] = set()

    def visit_VariableReference(self, node: ast.VariableReference) -> None:
        self.names.add("$" + node.id.name)
