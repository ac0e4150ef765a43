"""What all tests share: Hypothesis tries the same examples on every machine, and one option."""

import pytest
from hypothesis import settings

# ``pytest --hypothesis-profile=explore`` looks for examples that nobody has tried before.
settings.register_profile("ci", derandomize=True, deadline=None)
settings.register_profile("explore", max_examples=2000, deadline=None)
settings.load_profile("ci")


def pytest_addoption(parser: pytest.Parser) -> None:
    """Let the transcripts be written anew; their diff is then read like prose."""
    parser.addoption(
        "--update-transcripts",
        action="store_true",
        help="write tests/transcripts/*.txt anew from what the conversation answers now",
    )
