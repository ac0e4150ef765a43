"""The verdict card: the whole answer as text that can be forwarded without the assistant.

Called by `dialogs.conversation`. Everything on it comes from the verdict, the scheme file and the
texts; every claim about the scheme stands with its source and year.
"""

from collections.abc import Iterable, Iterator, Mapping

from dialogs.card_text import BULLET, NOTE
from dialogs.questions import labels, name
from dialogs.texts import in_language, joined, say
from knowledge.allocation import indicative_shares
from knowledge.scheme import Scheme
from knowledge.scheme_file import Words
from knowledge.slots import PLACE, SLOTS, UNSURE, Answers, as_tuple
from knowledge.verdict import IMDI, Change, Rule, Verdict, decide


def card(
    scheme: Scheme,
    lang: str,
    answers: Answers,
    verdict: Verdict,
    answered_by: Mapping[str, int] | None = None,
) -> str:
    """Write the card.

    Args:
        scheme: The scheme year that the verdict is about.
        lang: nb, nn or en.
        answers: The answers in force, which are listed last.
        verdict: What `knowledge.verdict.decide` found on them.
        answered_by: Which member of a group gave the answer in a slot.

    Returns:
        Text in blocks with an empty line between; at most 4,096 characters (a test holds it).
    """
    quoted: set[str] = set()  # a passage stands once on the card, where it is first needed
    reasons = tuple(rule for rule in verdict.rules if not rule.sub_goal)
    blocks = (
        _top(scheme, lang, verdict),
        _sub_goals(scheme, lang, verdict, quoted) if "activities" in answers else (),
        _rules(scheme, lang, "card-why", reasons, quoted),
        _change(scheme, lang, answers, verdict),
        _rules(scheme, lang, "card-notes", verdict.notes, quoted),
        _next_steps(scheme, lang, verdict),
        _answers(scheme, lang, answers, answered_by or {}),
        (say(lang, "card-end"),),
    )
    return "\n\n".join("\n".join(lines) for block in blocks if (lines := list(block)))


def grantor_name(lang: str, grantor: str) -> str:
    """IMDi, or a municipality as it is written in running text."""
    return grantor if grantor == IMDI else say(lang, "grantor-municipality", name=grantor)


def _top(scheme: Scheme, lang: str, verdict: Verdict) -> Iterator[str]:
    year = str(scheme.year)
    over = "card-over" if scheme.file.over else "card-rules"
    yield say(lang, over, year=year, where=scheme.file.check_today)
    yield in_language(scheme.file.name, lang)
    yield ""
    grantor = grantor_name(lang, verdict.grantor) if verdict.grantor else ""
    ask = _asked(lang, verdict)
    yield say(lang, f"card-{verdict.outcome}", grantor=grantor, ask=ask)
    if grantor:
        yield say(lang, "card-recipient", grantor=grantor)
    elif ask:
        yield say(lang, "card-ask", ask=ask)


def _asked(lang: str, verdict: Verdict) -> str:
    return joined(lang, tuple(grantor_name(lang, who) for who in verdict.ask))


def _sub_goals(scheme: Scheme, lang: str, verdict: Verdict, quoted: set[str]) -> Iterator[str]:
    """Each sub-goal, and under those that fit the measures that the source names."""
    yield say(lang, "card-sub-goals")
    rules = {rule.sub_goal: rule for rule in verdict.rules}
    for goal in scheme.sub_goals.values():
        rule = rules.get(goal.id)
        text = "card-fits" if rule else "card-fits-not"
        yield say(lang, text, goal=goal.id, says=in_language(goal.says, lang))
        if rule:
            yield from _quotes(scheme, lang, rule, quoted)


def _rules(
    scheme: Scheme, lang: str, heading: str, rules: tuple[Rule, ...], quoted: set[str]
) -> Iterator[str]:
    """The rules that fired, each with the sentences it rests on, or the pages that say so."""
    if rules:
        yield say(lang, heading)
    for rule in rules:
        reading = f" ({say(lang, 'card-reading')})" if rule.reading else ""
        pages = [c for c in rule.cites if c in quoted or not scheme.passages[c].quote]
        yield BULLET + in_language(rule.says, lang) + reading + _publishers(scheme, lang, pages)
        yield from _quotes(scheme, lang, rule, quoted)


def _quotes(scheme: Scheme, lang: str, rule: Rule, quoted: set[str]) -> Iterator[str]:
    for cite in rule.cites:
        if scheme.passages[cite].quote and cite not in quoted:
            quoted.add(cite)
            yield NOTE + cited(scheme, lang, cite)


def cited(scheme: Scheme, lang: str, passage_id: str) -> str:
    """A passage with its publisher and year; a quotation stays in the source's own language."""
    passage = scheme.passages[passage_id]
    source = scheme.sources[passage.source]
    words = f"«{passage.quote}»" if passage.quote else passage.gist
    text = "card-source" if source.year else "card-undated"
    return say(lang, text, publisher=source.publisher, year=str(source.year), words=words)


def _change(scheme: Scheme, lang: str, answers: Answers, verdict: Verdict) -> Iterator[str]:
    """What to find out, and the smallest change; a second one if that still leads to nobody."""
    unknown = [slot for slot in answers if UNSURE in as_tuple(answers[slot])]
    change = verdict.change
    if unknown or change:
        yield say(lang, "card-change")
    if unknown:
        names = joined(lang, tuple(name(lang, slot) for slot in unknown))
        yield BULLET + say(lang, "card-change-find", names=names)
    # Where it is not known where they are, another plan is no help: finding out is.
    if change is None or any(SLOTS[slot].kind == PLACE for slot in unknown):
        return
    yield from _steps(scheme, lang, answers, change)
    changed = {**answers, **change.answers}
    further = decide(scheme, changed).change
    if change.outcome == "no_grantor" and further:
        yield say(lang, "card-change-more")
        yield from _steps(scheme, lang, changed, further)


def _steps(scheme: Scheme, lang: str, answers: Answers, change: Change) -> Iterator[str]:
    for slot, value in change.answers.items():
        yield BULLET + say(lang, _change_text(slot, value, answers))
    yield NOTE + _promise(scheme, lang, answers, change)


def _change_text(slot: str, value: object, answers: Answers) -> str:
    if slot == "scope":
        return f"change-scope-{value}"
    if slot == "registered" and answers.get("registered") == "unsure":
        return "change-registered-unsure"
    if slot == "registered" and _another_applies(answers):
        return "change-registered-other"
    return f"change-{slot}"


def _promise(scheme: Scheme, lang: str, answers: Answers, change: Change) -> str:
    """What the verdict would be after the change."""
    if not change.grantor:
        return say(lang, f"change-gives-{change.outcome}")
    grantor = grantor_name(lang, change.grantor)
    if _another_applies(answers) and answers.get("municipality") in scheme.managing:
        own = scheme.managing[str(answers["municipality"])]
        if change.grantor == own:
            return say(lang, "change-gives-elsewhere", municipality=own, grantor=grantor)
    return say(lang, "change-gives-apply", grantor=grantor)


def _another_applies(answers: Answers) -> bool:
    """Whether it takes another organisation than the one asking to be the applicant."""
    return answers.get("organisation_type") not in (None, "voluntary")


def _next_steps(scheme: Scheme, lang: str, verdict: Verdict) -> Iterator[str]:
    if not verdict.next_steps:
        return
    yield say(lang, "card-next")
    gaps = {
        "grantor": grantor_name(lang, verdict.grantor) if verdict.grantor else "",
        "ask": _asked(lang, verdict),
    }
    for number, step in enumerate(verdict.next_steps, start=1):
        yield f"{number}. {_filled(step.says, lang, gaps)}" + _publishers(scheme, lang, step.cites)
    if verdict.grantor and verdict.grantor != IMDI:
        yield _estimate(scheme, lang, verdict.grantor)


def _filled(says: Words, lang: str, gaps: dict[str, str]) -> str:
    text = in_language(says, lang)
    for gap, value in gaps.items():
        text = text.replace("{" + gap + "}", value)
    return text


def _publishers(scheme: Scheme, lang: str, cites: Iterable[str]) -> str:
    """Who says so, and when, in brackets after a sentence."""
    names = "; ".join(dict.fromkeys(_publisher(scheme, lang, cite) for cite in cites))
    return f" ({names})" if names else ""


def _publisher(scheme: Scheme, lang: str, passage_id: str) -> str:
    source = scheme.sources[scheme.passages[passage_id].source]
    return f"{source.publisher} {source.year or say(lang, 'undated')}"


def _estimate(scheme: Scheme, lang: str, municipality: str) -> str:
    """The municipality's indicative share, called our estimate and shown with its formula."""
    shares = indicative_shares(scheme)
    places = {place.name: place for place in scheme.file.allocation.municipalities}
    return say(
        lang,
        "card-estimate",
        grantor=grantor_name(lang, municipality),
        amount=_grouped(shares[places[municipality].number]),
        year=str(scheme.year),
        total=_grouped(scheme.facts[scheme.file.allocation.amount].value),
        own=_grouped(places[municipality].immigrants),
        all=_grouped(sum(place.immigrants for place in places.values())),
        source="; ".join(_publisher(scheme, lang, cite) for cite in scheme.file.allocation.cites),
    )


def _grouped(number: int) -> str:
    """Thousands apart, by a space at which no line is broken."""
    return f"{number:,}".replace(",", "\N{NO-BREAK SPACE}")


def _answers(
    scheme: Scheme, lang: str, answers: Answers, answered_by: Mapping[str, int]
) -> Iterator[str]:
    yield say(lang, "card-answers")
    for slot, value in answers.items():
        shown = labels(scheme, lang, slot, value)
        line = say(lang, "summary-line", name=name(lang, slot), value=shown)
        if slot in answered_by:
            line = say(lang, "given-by", line=line, n=answered_by[slot])
        yield BULLET + line
