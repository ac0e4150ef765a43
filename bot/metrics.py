"""What is counted while a channel runs, for Prometheus: how much, how fast, never who or what.

Filled by the parts of a running channel and shown by ``bot.web``. Every label is one of a few words
of the program's own.
"""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram, generate_latest

# Seconds. A turn takes about 2 ms; a person notices 300 ms.
TURN_SECONDS = (0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 1, 5)


class Metrics:
    """The counters of one process, in a registry of its own."""

    def __init__(self) -> None:
        self._registry = CollectorRegistry()
        self.updates = Counter(
            "veiviser_updates", "Updates by kind", ["kind"], registry=self._registry
        )
        self.turns = Counter(
            "veiviser_turns", "Turns kept, by what was meant", ["intent"], registry=self._registry
        )
        self.turn_seconds = Histogram(
            "veiviser_turn_seconds",
            "From an update's arrival to its turn being kept",
            buckets=TURN_SECONDS,
            registry=self._registry,
        )
        self.unanswered = Counter(
            "veiviser_unanswered",
            "Questions asked of the assistant that it had no answer to",
            registry=self._registry,
        )
        self.sends = Counter(
            "veiviser_sends", "Messages sent, by outcome", ["outcome"], registry=self._registry
        )
        self.outbox_age = Gauge(
            "veiviser_outbox_age_seconds",
            "How long the oldest message has waited to be sent",
            registry=self._registry,
        )
        self.errors = Counter(
            "veiviser_errors", "Faults, by where they arose", ["where"], registry=self._registry
        )

    def sent(self, outcome: str, number: int = 1) -> None:
        """So many messages came to this (see `bot.telegram.sender.Watching`)."""
        self.sends.labels(outcome).inc(number)

    def oldest(self, seconds: float) -> None:
        """How long the oldest message has waited."""
        self.outbox_age.set(seconds)

    def page(self) -> bytes:
        """All of it, in Prometheus' text format."""
        return generate_latest(self._registry)
