"""``python -m bot``: the same as the `veiviser` command."""

import sys

from bot.cli import main

sys.exit(main())
