"""The conversation on Telegram: what comes in, what goes out, and what ties them together."""

import os

# Times in python-telegram-bot's errors are timedeltas, as they will be anyway from its next version
# on; without this it warns each time that Telegram asks for patience.
os.environ.setdefault("PTB_TIMEDELTA", "1")
