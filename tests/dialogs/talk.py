"""A conversation held in a test: what a person does, and what comes back.

Used by the tests of `dialogs`. It does what a channel does, without a channel: it reads with
`understand`, takes the turn with `step`, and keeps what was said.
"""

from collections.abc import Mapping

from dialogs.conversation import OPENING, pending, standing_verdict, step
from dialogs.messages import Button, Reply, Utterance
from dialogs.state import State
from dialogs.understand import understand
from knowledge.scheme import load_scheme
from knowledge.slots import SLOTS, Value, as_tuple
from knowledge.verdict import Verdict

SCHEME = load_scheme(2019)


class Talk:
    """One conversation: its state, the last replies, and every button offered so far."""

    def __init__(self, lang: str = "nb", state: State | None = None) -> None:
        self.state = state or State(lang=lang, lang_chosen=True)
        self.replies: tuple[Reply, ...] = ()
        self.offered: list[Button] = []
        if state is None:
            self.take(OPENING)

    def take(self, utterance: Utterance) -> tuple[Reply, ...]:
        """Take one turn, as a channel does."""
        heard = understand(SCHEME, self.state, utterance)
        self.state, self.replies = step(SCHEME, self.state, heard)
        self.offered += self.buttons()
        return self.replies

    def write(self, text: str) -> tuple[Reply, ...]:
        """Write a text."""
        return self.take(Utterance(text=text))

    def press(self, button: str) -> tuple[Reply, ...]:
        """Press the button of this id, whether or not it is on the screen."""
        return self.take(Utterance(button=button))

    def answer(self, slot: str, value: Value) -> None:
        """Answer a question with buttons only: a list is ticked until it is this one, then sent."""
        if not SLOTS[slot].many:
            self.press(f"{slot}:{value}")
            return
        wanted = as_tuple(value)
        for one in (*self.state.ticks, *wanted):
            if (one in self.state.ticks) != (one in wanted):
                self.press(f"{slot}:{one}")
        if self.state.ticks:
            self.press(f"{slot}:done")

    def hold(self, answers: Mapping[str, Value]) -> list[str]:
        """Answer every question that is asked, in the order it comes; returns the questions."""
        asked: list[str] = []
        while (slot := self.pending) is not None and slot in answers:
            asked.append(slot)
            self.answer(slot, answers[slot])
        return asked

    def change(self, slot: str, value: Value) -> None:
        """Change an earlier answer, with buttons."""
        self.press(f"change:{slot}")
        self.answer(slot, value)

    def buttons(self) -> list[Button]:
        """The buttons of the last turn."""
        return [button for reply in self.replies for row in reply.buttons for button in row]

    def labelled(self, label: str) -> Button:
        """The button that bears a label: the latest, also one further up on the screen."""
        for button in reversed(self.offered):
            if button.label == label:
                return button
        raise LookupError(f"no button [{label}] was offered; the last ones: {self.labels()}")

    def labels(self) -> list[str]:
        """What stands on the buttons of the last turn."""
        return [button.label for button in self.buttons()]

    def text(self) -> str:
        """All that was said in the last turn."""
        return "\n".join(reply.text for reply in self.replies)

    @property
    def pending(self) -> str | None:
        """The question that is pending."""
        return pending(SCHEME, self.state)

    @property
    def verdict(self) -> Verdict | None:
        """The verdict shown, if there is one."""
        return standing_verdict(SCHEME, self.state)
