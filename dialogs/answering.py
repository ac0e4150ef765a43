"""Takes answers into the state and says what that did: read, changed, set aside, counting again.

Called by `dialogs.conversation`. Nothing is overwritten in silence, and nothing that was answered
is thrown away.
"""

from collections.abc import Mapping
from dataclasses import replace

from dialogs.agenda import counted, pending
from dialogs.messages import Reply
from dialogs.questions import labels, name
from dialogs.state import State
from dialogs.texts import in_language, say
from knowledge.ruling import INELIGIBLE, rule_on
from knowledge.scheme import Scheme
from knowledge.slots import SLOTS, Value, as_tuple


def answer(
    scheme: Scheme, state: State, answers: Mapping[str, Value], certain: bool
) -> tuple[State, list[Reply]]:
    """Take answers; those not certain wait for the summary to be confirmed.

    What was ticked and not yet sent is taken with them.
    """
    answers = _with_ticks(scheme, state, answers)
    before = counted(scheme, state)
    from_text = tuple(s for s in state.from_text if s not in answers)
    new = replace(
        state.calm(),
        answers={**state.answers, **answers},
        from_text=from_text if certain else (*from_text, *answers),
    )
    after = counted(scheme, new)
    lines = [
        *_heard(scheme, new.lang, before, answers, certain),
        *_set_aside(scheme, new.lang, before, after, answers),
        *_a_firm_no(scheme, new.lang, before, after),
    ]
    return new, [Reply("\n".join(lines))] if lines else []


def _with_ticks(scheme: Scheme, state: State, answers: Mapping[str, Value]) -> dict[str, Value]:
    """The answers with the ticked choices of the pending question; a lone choice stands alone."""
    asked = pending(scheme, state)
    if asked is None or not state.ticks or state.changing is not None:
        return dict(answers)
    said = as_tuple(answers.get(asked, ()))
    if set(said) & set(scheme.alone(asked)):
        return dict(answers)
    together = tuple(v for v in scheme.values(asked) if v in (*state.ticks, *said))
    return {**answers, asked: together}


def _heard(
    scheme: Scheme,
    lang: str,
    before: Mapping[str, Value],
    answers: Mapping[str, Value],
    certain: bool,
) -> list[str]:
    lines = []
    for slot, value in answers.items():
        shown = {"name": name(lang, slot), "value": labels(scheme, lang, slot, value)}
        if slot in before and before[slot] != value:
            lines.append(
                say(lang, "changed", before=labels(scheme, lang, slot, before[slot]), **shown)
            )
        elif not certain:
            lines.append(say(lang, "read-as", **shown))
    return lines


def _set_aside(
    scheme: Scheme,
    lang: str,
    before: Mapping[str, Value],
    after: Mapping[str, Value],
    answers: Mapping[str, Value],
) -> list[str]:
    """Answers that no longer count, with the reason, and earlier ones that count again."""
    gone = [slot for slot in SLOTS if (slot in before or slot in answers) and slot not in after]
    again = [slot for slot in after if slot not in before and slot not in answers]
    return [say(lang, f"set-aside-{slot}") for slot in gone] + [
        say(
            lang,
            "counts-again",
            name=name(lang, slot),
            value=labels(scheme, lang, slot, after[slot]),
        )
        for slot in again
    ]


def _a_firm_no(
    scheme: Scheme, lang: str, before: Mapping[str, Value], after: Mapping[str, Value]
) -> list[str]:
    """Say at once when an answer means that they cannot apply, with the rule and its source.

    With the last answer the card says it, so this is for answers that leave questions open.
    """
    ruling = rule_on(scheme, after)
    if not ruling.missing or ruling.outcome not in INELIGIBLE:
        return []
    if ruling.outcome == rule_on(scheme, before).outcome:
        return []
    tables = (scheme.applicant, scheme.target_group, scheme.sub_goal_fit)
    rows = (*ruling.rows, *(row for table in tables for row in table.rows))
    row = next(row for row in rows if row.then == ruling.outcome)
    source = scheme.sources[scheme.passages[row.cites[0]].source]
    return [f"{in_language(row.says, lang)} ({source.publisher} {source.year})"]
