"""Conversations in every kind of state, for tests that must hold wherever somebody is.

Used by the tests of `dialogs`. A situation is what the person did to come there: `#id` presses a
button, anything else is text. It reads the same in every language.
"""

from tests.dialogs.talk import Talk

REGISTERED = "#registered:yes"
IN_OSLO = (REGISTERED, "Oslo")
LOCAL_IN_OSLO = (*IN_OSLO, "#scope:local")
AT_A_CENTRE = (*LOCAL_IN_OSLO, "#target_groups:reception_centre", "#target_groups:done")
LAST_QUESTION = (*LOCAL_IN_OSLO, "#target_groups:immigrants", "#target_groups:done")
VERDICT = (*LAST_QUESTION, "#activities:meeting_place", "#activities:done")

SITUATIONS: dict[str, tuple[str, ...]] = {
    "the first question": (),
    "asked for the kind of organisation": ("#registered:no",),
    "asked for the municipality": (REGISTERED,),
    "asked which of two namesakes": (REGISTERED, "Bø"),
    "asked for the scope": IN_OSLO,
    "asked for the target groups": LOCAL_IN_OSLO,
    "two target groups ticked": (
        *LOCAL_IN_OSLO,
        "#target_groups:refugees",
        "#target_groups:local_population",
    ),
    "asked where the centre is": AT_A_CENTRE,
    "asked for the activities": LAST_QUESTION,
    "one activity ticked": (*LAST_QUESTION, "#activities:prevention"),
    "the summary": (*LAST_QUESTION, "norsktrening og møteplass"),
    "the verdict": VERDICT,
    "the verdict asked for early": (
        "#registered:no",
        "#organisation_type:company",
        "#show_verdict",
    ),
    "back at an answered question": (*LOCAL_IN_OSLO, "#back", "#back"),
    "changing an answer after the verdict": (*VERDICT, "#change:scope"),
    "changing a list after the verdict": (*VERDICT, "#change:target_groups"),
    "choosing what to change": (*LOCAL_IN_OSLO, "#change"),
    "choosing a language": (*IN_OSLO, "#language"),
    "asked whether to delete, first question": ("#delete",),
    "asked whether to delete": (*IN_OSLO, "#delete"),
    "asked whether to delete after the verdict": (*VERDICT, "#delete"),
    "an answer set aside": (
        *AT_A_CENTRE,
        "Nome",
        "#activities:prevention",
        "#activities:done",
        "#change:scope",
        "#scope:national",
    ),
    "started over": (*VERDICT, "#restart"),
}


def talk_in(situation: str, lang: str = "nb") -> Talk:
    """A conversation that has come to this situation."""
    talk = Talk(lang)
    for what in SITUATIONS[situation]:
        if what.startswith("#"):
            talk.press(what.removeprefix("#"))
        else:
            talk.write(what)
    return talk
