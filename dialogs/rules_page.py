"""The scheme file as a page to read: facts, sub-goals and decision tables with their sources.

Called when the documents are generated (`docs/rules.md`). In bokmål, for the adviser who follows
the rules and does not program.
"""

from collections.abc import Iterable, Iterator, Sequence

from dialogs.card import cited
from dialogs.questions import label, name
from dialogs.texts import in_language, say
from knowledge.allocation import indicative_shares
from knowledge.scheme import Scheme
from knowledge.scheme_file import Condition, Row
from knowledge.slots import PLACE, SLOTS

LANG = "nb"
PLACES = {
    "managing": "en av kommunene som forvalter",
    "not_managing": "en annen kommune",
}
SUPPORT = {
    "measure": "tiltak",
    "operating": "bare drift",
    "nothing": "noe ordningen ikke støtter",
    "unsure": "vet ikke",
}
THEN = {
    "ok": "ja",
    "undecided": "ikke avgjort",
    "municipality": "kommunen der dere er registrert",
    "reception_centre_municipality": "kommunen der mottaket ligger",
    "either": "flere mulige",
    "no_grantor": "ingen nevnt",
}
HEADINGS = {
    "applicant": "1. Kan denne søkeren søke?",
    "target_group": "2. Er de tiltaket er for, en målgruppe?",
    "sub_goal_fit": "3. Hører planen under et delmål?",
    "grantor": "4. Hvem tar søknaden?",
}


def facts(scheme: Scheme) -> str:
    """The figures, each with its source."""
    rows = (
        (in_language(fact.says, LANG), _amount(fact.value, fact.unit), _sources(scheme, fact.cites))
        for fact in scheme.facts.values()
    )
    return _table(("Fakta", "Verdi", "Kilde"), rows)


def shares(scheme: Scheme) -> str:
    """The municipalities that manage the scheme, with their indicative share."""
    found = indicative_shares(scheme)
    rows = (
        (place.number, place.name, f"{place.immigrants:,}", f"{found[place.number]:,}")
        for place in scheme.file.allocation.municipalities
    )
    columns = ("Nummer", "Kommune", "Innvandrere 1.1.", "Anslag, kroner")
    return _table(columns, (tuple(c.replace(",", " ") for c in row) for row in rows))


def sub_goals(scheme: Scheme) -> str:
    """The sub-goals with the measures each supports."""
    rows = []
    for activity in scheme.activities.values():
        goal = scheme.sub_goals[activity.sub_goal] if activity.sub_goal else None
        text = f"{goal.id}: {in_language(goal.says, LANG)}" if goal else "ingen"
        rows.append(
            (
                f"`{activity.id}`",
                in_language(activity.label, LANG),
                text,
                _sources(scheme, activity.cites),
            )
        )
    return _table(("Id", "Aktivitet", "Delmål", "Kilde"), rows)


def tables(scheme: Scheme) -> str:
    """The four decision tables. In each, the first row that holds wins."""
    parts = []
    for table in scheme.tables:
        rows: Sequence[Row] = table.rows
        parts.append(f"### {HEADINGS[table.name]}\n\n{_rows(scheme, rows)}")
    return "\n\n".join(parts)


def _rows(scheme: Scheme, rows: Sequence[Row]) -> str:
    cells = (
        (
            f"{number}. `{row.id}`",
            _conditions(scheme, row),
            f"**{_then(row.then)}**"
            + (f" (spør {', '.join(map(_then, row.ask))})" if row.ask else ""),
            in_language(row.says, LANG) + (" *Vår lesning.*" if row.reading else ""),
            _sources(scheme, row.cites),
        )
        for number, row in enumerate(rows, start=1)
    )
    return _table(("Regel", "Når", "Da", "Sagt til organisasjonen", "Kilde"), cells)


def notes(scheme: Scheme) -> str:
    """Reservations that are shown with a verdict."""
    rows = (
        (
            f"`{note.id}`",
            _conditions(scheme, note),
            in_language(note.says, LANG),
            _sources(scheme, note.cites),
        )
        for note in scheme.notes
    )
    return _table(("Forbehold", "Når", "Sagt til organisasjonen", "Kilde"), rows)


def passages(scheme: Scheme) -> str:
    """Every place in a source that something rests on."""
    rows = (
        (f"`{passage}`", scheme.cite(passage), cited(scheme, LANG, passage))
        for passage in scheme.passages
    )
    return _table(("Id", "Sted", "Kilden sier"), rows)


def _conditions(scheme: Scheme, condition: Condition) -> str:
    lines = [
        f"{_column(column)}: {' eller '.join(_value(scheme, column, value) for value in cell)}"
        for column, cell in condition.when.items()
    ]
    return "<br>".join(lines) or "alltid"


def _column(column: str) -> str:
    return "Støtte til" if column == "support" else name(LANG, column)


def _value(scheme: Scheme, column: str, value: str) -> str:
    if column == "support":
        return SUPPORT[value]
    if SLOTS[column].kind == PLACE and value in PLACES:
        return PLACES[value]
    return label(scheme, LANG, column, value)


def _then(then: str) -> str:
    if then.startswith("ineligible"):
        return say(LANG, f"card-{then}").removeprefix("SVAR: ").rstrip(".")
    return THEN.get(then, then)


def _sources(scheme: Scheme, cites: Iterable[str]) -> str:
    return "<br>".join(dict.fromkeys(scheme.cite(cite) for cite in cites))


def _amount(value: int, unit: str) -> str:
    units = {"NOK": " kr", "percent": " %", "municipalities": "", "year": ""}
    return (f"{value:,}".replace(",", " ") if unit == "NOK" else str(value)) + units[unit]


def _table(columns: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    def line(cells: Iterable[str]) -> str:
        return "| " + " | ".join(cell.replace("|", "/") for cell in cells) + " |"

    return "\n".join(_lines(line(columns), line("---" for _ in columns), map(line, rows)))


def _lines(heading: str, rule: str, rows: Iterable[str]) -> Iterator[str]:
    yield heading
    yield rule
    yield from rows
