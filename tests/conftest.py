"""What all tests share: Hypothesis tries the same everywhere, Ctrl-C gets through, one option."""

import signal

import pytest
from hypothesis import settings

# ``pytest --hypothesis-profile=explore`` looks for examples that nobody has tried before.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("ci")

# A shell ignores Ctrl-C for what it starts in the background, and so would every program that is
# started from there: those that the tests interrupt would wait for ever.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the transcripts be written anew; their diff is then read like prose."""
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="write tests/transcripts/*.txt anew from what the conversation answers now",
    )
