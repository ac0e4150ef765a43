"""`veiviser chat`: the conversation in a terminal, or with plain lines through a pipe.

Called by ``bot.cli``. Every turn is kept before its reply is shown, so that Ctrl-C loses nothing
and the next start goes on at the same question. Knows nothing of databases and needs no network.
"""

import asyncio
import os
import shutil
import sys
from collections.abc import Iterator
from dataclasses import replace
from typing import TextIO

from bot.errors import StoreError, TurnError
from bot.lines import read_lines
from bot.recent import Recent
from bot.store import Chat, Store
from bot.terminal_view import Look, choices, every_button, read_typed, show
from bot.turns import Update, take
from bot.upkeep import Upkeep
from dialogs.conversation import OPENING, welcome_back
from dialogs.messages import Reply, Utterance
from dialogs.state import State
from dialogs.texts import days, say
from knowledge.data_check import check_data
from knowledge.scheme import Scheme

CHAT = Chat("terminal", "own")  # a database on a person's machine holds one such conversation
INTERRUPTED = 130
LEAVE = ("exit", "quit", "avslutt", "avslutte", "ha det", "bye")


class Terminal:
    """One sitting at one terminal.

    ``is_kept`` tells whether the store outlives it, and ``days`` for how long after the last turn.
    """

    def __init__(self, scheme: Scheme, store: Store, *, is_kept: bool, days: int) -> None:
        self._scheme = scheme
        self._store = store
        self._is_kept = is_kept
        self._days = days
        self._upkeep = Upkeep(store, days)
        self._recent = Recent()
        self._state = State()
        self._replies: tuple[Reply, ...] = ()
        self._is_typed = _is_terminal(sys.stdin) and _is_terminal(sys.stdout)
        self._colour = _is_terminal(sys.stdout) and _wants_colour()

    def run(self, *, lang: str | None, afresh: bool) -> int:
        """Talk until the input ends.

        Args:
            lang: The language asked for on the command line.
            afresh: Forget the conversation that was kept.

        Returns:
            The command's exit code.
        """
        # Only the turns run in the loop: while a line is read, Ctrl-C must get through at once.
        with asyncio.Runner() as self._runner:
            try:
                self._begin(lang, afresh)
                check_data(self._scheme)  # only now: the question is already there to be read
                for line in self._lines():
                    self._turn(read_typed(line, self._replies))
                code = 0
            except KeyboardInterrupt:
                print()
                code = INTERRUPTED
            if self._is_typed or code:
                self._farewell()
            self._runner.run(self._upkeep.index())
            self._runner.run(self._store.close())
        return code

    def _begin(self, lang: str | None, afresh: bool) -> None:
        """Greet somebody new; show somebody who returns the question they left."""
        if afresh:
            self._runner.run(self._store.forget(CHAT))
        state = self._purged()
        if state is None:
            self._take(replace(OPENING, lang=lang))
        elif lang in (None, state.lang):
            self._state = state
            self._show(welcome_back(self._scheme, state))
        else:
            self._take(Utterance(button=f"lang:{lang}"))

    def _purged(self) -> State | None:
        """The conversation that was left; one too old to be kept goes now, and that is told."""
        found = self._runner.run(self._store.state(CHAT))
        self._runner.run(self._upkeep.purge_if_due())
        left = self._runner.run(self._store.state(CHAT)) if found else None
        if found and left is None:
            print(say(found.lang, "expired", days=days(found.lang, self._days)), end="\n\n")
        return left

    def _turn(self, utterance: Utterance) -> None:
        """Take a turn; one that cannot be taken is told of, and the question stands."""
        lang = self._state.lang
        try:
            self._take(utterance)
        except StoreError as error:
            print(error.said[lang], end="\n\n", flush=True)
        except TurnError as error:
            print(say(lang, "failed"), end="\n\n", flush=True)
            if not self._is_typed:
                print(error, file=sys.stderr)

    def _take(self, utterance: Utterance) -> None:
        update = Update(CHAT, replace(utterance, kept_days=self._days))
        taken = self._runner.run(take(update, self._scheme, self._store, recent=self._recent))
        self._state = taken.state
        self._show(taken.replies)

    def _show(self, replies: tuple[Reply, ...]) -> None:
        self._replies = replies
        look = Look()
        if _is_terminal(sys.stdout):
            look = Look.of_terminal(shutil.get_terminal_size().columns, self._colour)
        before = "\n" if self._is_typed else ""
        print(before + show(replies, look), end="", flush=True)

    def _lines(self) -> Iterator[str]:
        """The lines that come in, typed or through a pipe, until there are no more."""
        if not self._is_typed:
            if sys.stdin:
                yield from (line for line, _ in read_lines(sys.stdin.buffer))
            return
        from bot.terminal_input import TypedLines

        typed = TypedLines(self._colour)
        hint = say(self._state.lang, "typing-hint")
        while True:
            labels = [button.label for button in every_button(self._replies)]
            try:
                line = typed.read(labels, len(choices(self._replies)), hint)
            except EOFError:
                return
            if line.strip().casefold() in LEAVE:
                return
            if line.strip():
                yield line
                hint = ""  # whoever has answered once knows how

    def _farewell(self) -> None:
        is_there = self._is_kept and self._state.greeted and not self._state.erased
        lang = self._state.lang
        print(say(lang, "kept" if is_there else "not-kept", days=days(lang, self._days)))


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()


def _wants_colour() -> bool:
    return not os.environ.get("NO_COLOR") and os.environ.get("TERM", "dumb") != "dumb"
