"""The standard library's argument parser, in bokmål as far as it can be told.

Called by ``bot.cli``, which says which commands there are.
"""

import argparse
from typing import Any, NoReturn

WRONG_USAGE = 2


class Parser(argparse.ArgumentParser):
    """argparse in bokmål, as far as it can be told."""

    def __init__(self, **options: Any) -> None:
        super().__init__(add_help=False, allow_abbrev=False, formatter_class=_Formatter, **options)
        self.options = self.add_argument_group("valg")
        self.options.add_argument("-h", "--help", action="help", help="vis denne hjelpen")

    def error(self, message: str) -> NoReturn:
        self.exit(WRONG_USAGE, f"{self.format_usage()}Feil: {message}\nSe «{self.prog} --help».\n")


class _Formatter(argparse.RawDescriptionHelpFormatter):
    def add_usage(
        self, usage: str | None, actions: Any, groups: Any, prefix: str | None = None
    ) -> None:
        super().add_usage(usage, actions, groups, "Bruk: " if prefix is None else prefix)


class Version(argparse.Action):
    """Looks the version up only when it is asked for."""

    def __call__(self, parser: argparse.ArgumentParser, *_: object) -> NoReturn:
        from importlib.metadata import version

        print(f"veiviser {version('veiviser')}")
        parser.exit()
