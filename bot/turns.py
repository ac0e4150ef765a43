"""One update in, one turn kept, the replies out: where the pure conversation meets the store.

Called by every channel. Masks what was written before anything is kept, and sends nothing: that is
the channel's part.
"""

import json
import time
import traceback
from collections.abc import Callable
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from functools import cache
from importlib.metadata import version
from typing import Any

from bot.errors import TurnError, UnreadableStateError
from bot.masking import mask
from bot.recent import Recent
from bot.store import Chat, Lost, Record, Store, Turned
from dialogs.agenda import pending, standing_verdict
from dialogs.conversation import KEEP_HINT_LANGUAGES, afresh, step
from dialogs.messages import Reply, Utterance
from dialogs.side_questions import what_was_answered
from dialogs.state import LANGUAGES, State
from dialogs.texts import say
from dialogs.understand import Heard, understand
from knowledge.faq_search import Guess
from knowledge.scheme import Scheme
from knowledge.verdict import Verdict, as_json

# What a channel makes of the replies before they are kept: it may let one take the place of another
# message, or add a button. Called with the state before and after, and what was heard.
Dress = Callable[[Scheme, State, State, Heard, tuple[Reply, ...]], tuple[Reply, ...]]

MOST_TRIES = 3
FAILED, UNREADABLE = "failed", "unreadable"  # ways in which nothing was understood
ATTACHMENTS = ("voice", "sticker", "photo", "document", "location")


@dataclass(frozen=True, slots=True)
class Update:
    """What came in on a channel; ``id`` is its number there, if the channel can repeat it."""

    chat: Chat
    utterance: Utterance
    id: int | None = None


@dataclass(frozen=True, slots=True)
class Taken:
    """What a turn led to. A repeated update has no ``heard`` and no replies: it had them before.

    ``notice`` explains a press that changed nothing: a channel whose messages keep their buttons
    shows it at the button, and nothing is sent.
    """

    state: State
    replies: tuple[Reply, ...] = ()
    heard: Heard | None = None
    notice: str | None = None


def now() -> int:
    """Milliseconds since 1970, UTC."""
    return time.time_ns() // 1_000_000


async def take(
    update: Update,
    scheme: Scheme,
    store: Store,
    at: int | None = None,
    recent: Recent | None = None,
    dress: Dress | None = None,
    *,
    mends: bool = False,
) -> Taken:
    """Answer one update; the same one again changes nothing.

    Args:
        update: What came in.
        scheme: The year's rules.
        store: Where the conversation is kept.
        at: When it came in, in milliseconds since 1970; now if left out.
        recent: The channel's memory of what came just before, for a sentence sent in two.
        dress: What the channel makes of the replies.
        mends: Begin anew where the answers cannot be read. The person is told, and what could not
            be read stays in the log for as long as the log is kept.

    Raises:
        bot.errors.UnreadableStateError: the answers cannot be read.
        bot.errors.StoreError: the turn could not be kept, and nothing was changed; or what is kept
            about the chat was asked for and could not be read.
        bot.errors.TurnError: the program failed at this update, and nothing was changed.
    """
    heard: Heard | None = None
    at = now() if at is None else at
    utterance = _without_words(update.utterance)
    if recent is not None:
        utterance = replace(utterance, before=recent.before(update.chat, at))

    def work(state: State) -> Turned:
        nonlocal heard
        begun = time.perf_counter_ns()
        try:
            heard = understand(scheme, state, utterance)
            after, replies = step(scheme, state, heard)
            sent = dress(scheme, state, after, heard, replies) if dress else None
            record = _record(scheme, state, after, utterance, heard, replies, begun)
        # Whatever fails in the pure part, the chat must go on and nobody's words reach a log.
        except Exception as error:
            raise TurnError(update.id, where(error)) from None
        return Turned(after, record, sent)

    def mend(lost: Lost) -> Turned:
        return _begun_anew(scheme, lost)

    kept = await store.take(update.chat, update.id, at, work, mend if mends else None)
    if kept.turned is None:
        return Taken(kept.state)
    if recent is not None and heard is not None:
        recent.note(update.chat, at, utterance, heard)
    notice = next((r.text for r in kept.turned.record.replies if r.kind == "notice"), None)
    replies = kept.turned.replies
    if not update.chat.is_sent_to and any(reply.kind == "own_data" for reply in replies):
        from bot.own_data import with_own_data  # few ever ask

        replies = await with_own_data(replies, store, update.chat, scheme)
    return Taken(kept.state, replies, heard, notice)


async def take_surely(
    update: Update,
    scheme: Scheme,
    store: Store,
    at: int | None = None,
    recent: Recent | None = None,
    dress: Dress | None = None,
) -> Taken:
    """Answer one update whatever it brings, for a channel that gives it again until it is taken.

    One that the program fails at is tried three times, also over restarts. Then it is set aside: it
    counts as taken, the answers stay, the person is told, and the chat goes on. Where the answers
    cannot be read, it may be that a newer worker can: only the third time it is given they are set
    aside, and the conversation begins anew.

    Raises:
        bot.errors.StoreError: the turn could not be kept, and nothing was changed.
    """
    at = now() if at is None else at
    while True:
        try:
            return await take(update, scheme, store, at, recent, dress)
        except TurnError as error:
            tries = MOST_TRIES
            if update.id is not None:  # one without a number does not come again
                tries = await store.fail(update.chat, update.id, at, error.place)
            if tries >= MOST_TRIES:
                return await _set_aside(update, scheme, store, at)
        except UnreadableStateError:
            if update.id is not None:
                tries = await store.fail(update.chat, update.id, at, "a state that cannot be read")
                if tries < MOST_TRIES:
                    raise
            return await take(update, scheme, store, at, recent, dress, mends=True)


async def _set_aside(update: Update, scheme: Scheme, store: Store, at: int) -> Taken:
    def work(state: State) -> Turned:
        outcome = verdict = None
        with suppress(Exception):  # it may be what the program fails at
            if standing := standing_verdict(scheme, state):
                outcome, verdict = standing.outcome, _verdict_json(scheme, standing)
        lang = _language(state, update.utterance)
        record = replace(
            _unheard(scheme, FAILED, lang, (Reply(say(lang, "failed")),)),
            outcome=outcome,
            verdict=verdict,
        )
        return Turned(replace(state, turn=state.turn + 1), record)

    kept = await store.take(update.chat, update.id, at, work)
    return Taken(kept.state, kept.turned.replies if kept.turned else ())


def _begun_anew(scheme: Scheme, lost: Lost) -> Turned:
    lang = lost.lang if lost.lang in LANGUAGES else State().lang
    state, replies = afresh(scheme, lang, lost.turns + 1)
    # What could not be read is in the log, for whoever can. A state holds no words of theirs.
    return Turned(state, replace(_unheard(scheme, UNREADABLE, lang, replies), said=lost.state))


def _unheard(scheme: Scheme, way: str, lang: str, replies: tuple[Reply, ...]) -> Record:
    """What the log keeps of a turn in which nothing was understood."""
    return Record(
        way=way,
        said="",
        heard="null",
        intent="failed",
        confidence=0.0,
        question=None,
        faq=None,
        unanswered=False,
        replies=replies,
        outcome=None,
        verdict=None,
        year=scheme.year,
        version=program_version(),
        lang=lang,
    )


def _record(
    scheme: Scheme,
    before: State,
    after: State,
    utterance: Utterance,
    heard: Heard,
    replies: tuple[Reply, ...],
    begun: int,
) -> Record:
    way, said = _said(utterance)
    answered = what_was_answered(scheme, after, heard)
    verdict = standing_verdict(scheme, after)
    return Record(
        way=way,
        said=said,
        heard=heard_as_json(heard),
        intent=heard.intent,
        confidence=_confidence(heard),
        question=pending(scheme, before),
        faq=str(answered["key"]) if answered else None,
        unanswered=heard.intent == "question" and answered is None,
        replies=replies,
        outcome=verdict.outcome if verdict else None,
        verdict=_verdict_json(scheme, verdict),
        year=scheme.year,
        version=program_version(),
        lang=after.lang,
        took_us=(time.perf_counter_ns() - begun) // 1000,
    )


def _without_words(utterance: Utterance) -> Utterance:
    """Where a channel tells a kind or a language there is no place for somebody's words."""
    kind, lang = utterance.attachment, utterance.lang
    if kind is not None and kind not in ATTACHMENTS:
        kind = "other"
    return replace(utterance, attachment=kind, lang=lang and lang[:2])


def _said(utterance: Utterance) -> tuple[str, str]:
    """The way it came in, and what may be kept of it."""
    if utterance.button is not None:
        return "button", mask(utterance.button)
    if utterance.attachment is not None:
        return "attachment", utterance.attachment
    if utterance.told is not None:
        return "link", ""  # what it filled in stands in what was understood
    return "text", mask(utterance.text or "")


def _confidence(heard: Heard) -> float:
    """How sure the reading is, 0 to 1: an FAQ guess's own; else sure or to be confirmed."""
    if heard.faq:
        return round(heard.faq[0].confidence, 3)
    if heard.intent == "unknown":
        return 0.0
    return 1.0 if heard.certain else 0.5


def heard_as_json(heard: Heard) -> str:
    """What was understood, as the log keeps it; `heard_from_json` gives it back for a replay."""
    return json.dumps(asdict(heard), ensure_ascii=False, separators=(",", ":"))


def heard_from_json(text: str) -> Heard:
    """What `heard_as_json` was given.

    Raises:
        TypeError: it has other parts than this version knows.
    """
    stored = json.loads(text)
    answers = {
        slot: tuple(value) if isinstance(value, list) else value
        for slot, value in stored.pop("answers").items()
    }
    candidates = tuple(stored.pop("candidates"))
    faq = tuple(Guess(**guess) for guess in stored.pop("faq"))
    return Heard(**stored, answers=answers, candidates=candidates, faq=faq)


def _language(state: State, utterance: Utterance) -> str:
    """Theirs, as far as it is known: the one they chose, else the channel's guess."""
    if state.lang_chosen or utterance.lang is None:
        return state.lang
    return KEEP_HINT_LANGUAGES.get(utterance.lang.lower()[:2], state.lang)


def _verdict_json(scheme: Scheme, verdict: Verdict | None) -> str | None:
    if verdict is None:
        return None
    plain: dict[str, Any] = as_json(scheme, verdict)
    return json.dumps(plain, ensure_ascii=False, separators=(",", ":"))


@cache
def program_version() -> str:
    """This program's version, as the log and `--version` tell it."""
    return version("veiviser")


def where(error: BaseException) -> str:
    """The error's kind and line; its message and the values may quote the person."""
    last = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__} in {last.name}, {last.filename}:{last.lineno}"
