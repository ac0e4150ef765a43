"""Questions asked beside the pending one: the answer, up to three guesses, or that we do not know.

Called by `dialogs.conversation` and by the channels that tell programs what was answered. The
answers, and how sure a reading is, are `knowledge.faq`'s; here it is settled which municipality
is meant.
"""

from dialogs.messages import Button, Reply
from dialogs.state import State
from dialogs.texts import say
from dialogs.understand import Heard
from knowledge.faq import SURE, Faq
from knowledge.scheme import Scheme

# Entries about one municipality; which of them holds depends on whether it manages the scheme.
SHARE, LISTED, NOT_LISTED = "municipality_share", "muni_in_list", "muni_not_in_list"
WITHOUT_A_PLACE = {
    SHARE: "muni_distribution",
    LISTED: "which_municipalities",
    NOT_LISTED: "which_municipalities",
}
# Entries about the assistant itself, which say nothing of the scheme.
ABOUT_US = "bot_"


def answer_to(scheme: Scheme, state: State, key: str, place: str) -> tuple[str, str]:
    """The entry that holds, and its answer in the conversation's language.

    ``place`` is the municipality number that the question names, or empty; then the
    organisation's own is meant.
    """
    number = place or str(state.answers.get("municipality", ""))
    if key in WITHOUT_A_PLACE:
        if not number.isdigit():
            key = WITHOUT_A_PLACE[key]
        elif number not in scheme.managing:
            key = NOT_LISTED
        elif key == NOT_LISTED:
            key = LISTED
    return key, Faq.load(scheme).answer(key, state.lang, number or None)


def guesses(scheme: Scheme, state: State, keys: tuple[str, ...]) -> Reply:
    """Up to three questions it may have been, to choose from by number, and none of them."""
    faq = Faq.load(scheme)
    lines = [say(state.lang, "faq-near")]
    lines += [f"{n}. {faq.title(key, state.lang)}" for n, key in enumerate(keys, start=1)]
    numbers = tuple(Button(f"faq:{key}", str(n)) for n, key in enumerate(keys, start=1))
    none = Button("faq:none", say(state.lang, "button-none-of-these"))
    return Reply("\n".join(lines), (numbers, (none,)), "menu")


def what_was_answered(scheme: Scheme, state: State, heard: Heard) -> dict[str, str | float] | None:
    """The entry a question was answered with: key, confidence, text, lang.

    None where nothing was asked, or where it is not sure what.
    """
    if heard.intent != "question" or len(heard.faq) != 1:
        return None
    guess = heard.faq[0]
    if guess.confidence < SURE:
        return None
    key, text = answer_to(scheme, state, guess.key, heard.value)
    return {
        "key": key,
        "confidence": round(guess.confidence, 3),
        "text": text,
        "lang": state.lang,
    }
