"""The line a person types: arrows step through the choices, Tab completes, pasting is safe.

Called by ``bot.terminal`` when input and output are a real terminal, and imported only after the
first question is on the screen: prompt_toolkit takes a hundred milliseconds.
"""

from collections.abc import Iterable, Sequence

from prompt_toolkit import PromptSession
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document
from prompt_toolkit.formatted_text import FormattedText
from prompt_toolkit.history import DummyHistory
from prompt_toolkit.key_binding import KeyBindings, KeyPressEvent
from prompt_toolkit.output import ColorDepth
from prompt_toolkit.shortcuts import CompleteStyle

_PROMPT = "> "


class TypedLines:
    """Reads one line at a time; the labels to choose from change with every question."""

    def __init__(self, colour: bool) -> None:
        self._labels: tuple[str, ...] = ()
        self._numbered = 0
        self._session: PromptSession[str] = PromptSession(
            history=DummyHistory(),  # up and down go through the choices instead
            key_bindings=self._keys(),
            completer=_LabelCompleter(self),
            complete_style=CompleteStyle.READLINE_LIKE,
            complete_while_typing=False,
            color_depth=None if colour else ColorDepth.DEPTH_1_BIT,
            enable_suspend=True,
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """What there is to choose from now."""
        return self._labels

    def read(self, labels: Sequence[str], numbered: int, hint: str) -> str:
        """One line, without its end; bytes that were no text become replacement characters.

        Args:
            labels: What there is to choose from, the numbered choices first.
            numbered: How many of them have a number.
            hint: What stands dimmed on the empty line.

        Raises:
            KeyboardInterrupt: Ctrl-C.
            EOFError: Ctrl-D on an empty line.
        """
        self._labels, self._numbered = tuple(labels), numbered
        line = self._session.prompt(
            FormattedText([("bold ansicyan", _PROMPT)]),
            placeholder=FormattedText([("ansibrightblack", hint)]),
        )
        return line.encode("utf-8", "surrogateescape").decode("utf-8", "replace")

    def _keys(self) -> KeyBindings:
        keys = KeyBindings()

        @keys.add("down")
        def _(event: KeyPressEvent) -> None:
            self._step(event, 1)

        @keys.add("up")
        def _(event: KeyPressEvent) -> None:
            self._step(event, -1)

        @keys.add("enter")
        def _(event: KeyPressEvent) -> None:
            """A number becomes its words, so that what was answered can be read later."""
            typed = event.current_buffer.text.strip()
            numbers = [str(number) for number in range(1, self._numbered + 1)]
            if typed in numbers:
                event.current_buffer.text = self._labels[numbers.index(typed)]
            event.current_buffer.validate_and_handle()

        return keys

    def _step(self, event: KeyPressEvent, by: int) -> None:
        if not self._labels:
            return
        text = event.current_buffer.text
        start = -1 if by > 0 else 0
        at = self._labels.index(text) if text in self._labels else start
        label = self._labels[(at + by) % len(self._labels)]
        event.current_buffer.document = Document(label, len(label))


class _LabelCompleter(Completer):
    def __init__(self, lines: TypedLines) -> None:
        self._lines = lines

    def get_completions(
        self, document: Document, complete_event: CompleteEvent
    ) -> Iterable[Completion]:
        typed = document.text_before_cursor
        for label in self._lines.labels:
            if label.removeprefix("✓ ").casefold().startswith(typed.casefold()):
                yield Completion(label, start_position=-len(typed))
