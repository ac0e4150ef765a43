"""What is counted is shown as Prometheus reads it, and says nothing about anybody."""

import re

from prometheus_client.parser import text_string_to_metric_families

from bot.metrics import Metrics


def test_the_page_is_what_prometheus_reads() -> None:
    metrics = Metrics()
    metrics.updates.labels("turn").inc()
    metrics.turn_seconds.observe(0.002)
    metrics.outbox_age.set(1.5)
    families = {f.name: f for f in text_string_to_metric_families(metrics.page().decode())}
    assert {name for name in families if not name.endswith("_created")} == {
        "veiviser_updates", "veiviser_turns", "veiviser_turn_seconds", "veiviser_unanswered",
        "veiviser_sends", "veiviser_outbox_age_seconds", "veiviser_errors",
    }  # fmt: skip
    assert all(family.documentation for family in families.values())


def test_two_registries_do_not_share_anything() -> None:
    one, other = Metrics(), Metrics()
    one.errors.labels("intake").inc()
    assert not re.search(rb"veiviser_errors_total{", other.page())
