"""What the operator has set, read from the environment (``VEIVISER_…``) and checked once.

Called by ``bot.cli`` before anything else. Never shows a secret, nor a database address that may
hold a password.
"""

# A plain pydantic model rather than pydantic-settings: for a handful of variables the library would
# cost 85 ms of start-up, a quarter of what `veiviser chat` has until its first question.

import re
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, SecretStr, ValidationError

from bot.errors import SettingsError
from dialogs.messages import KEPT_DAYS

PREFIX = "VEIVISER_"
IN_MEMORY = ":memory:"
_EXPECTED = {
    "DATABASE_URL": "sqlite:///relative.db, sqlite:////absolute.db, sqlite:// for in memory, "
    "or postgresql://user:password@host:port/database",
    "SCHEME_YEAR": "a year with four digits, such as 2019",
    "SECRET_KEY": "at least 16 characters, the same at every start",
    "OLD_SECRET_KEY": "the key before SECRET_KEY, for `veiviser db rekey` alone",
    "RETENTION_DAYS": "a number of days from 1 to 365",
    "TELEGRAM_TOKEN": "the token that @BotFather gave, such as 123456:ABC-DEF",
    "TELEGRAM_BASE_URL": "an address such as https://api.telegram.org",
    "TELEGRAM_RATE": "messages a second for the whole bot, from 1 to 1000",
    "PUBLIC_URL": "the address under which Telegram reaches this machine, with https://",
    "WEBHOOK_SECRET": "32 to 256 of A-Z, a-z, 0-9, _ and -",
    "METRICS_TOKEN": "at least 16 characters",
}
TELEGRAM = "https://api.telegram.org"
TELEGRAM_RATE = 30
# Hosts with or without a port, parted by commas; none for the one on this machine.
_HOST = r"(?:\[[0-9A-Fa-f:.]+\]|[\w.-]*)(?::\d{1,5})?"
_HOSTS = re.compile(rf"{_HOST}(?:,{_HOST})*")
_THIS_MACHINE = ("localhost", "127.0.0.1", "::1")  # where a Bot API server of one's own may be


def _database(url: Any) -> str | SecretStr:
    """The path in an SQLite address or ``:memory:``, or a whole PostgreSQL address."""
    scheme, separator, rest = str(url).partition("://")
    if not separator:
        raise ValueError("not an address")
    if scheme in ("postgresql", "postgres"):
        # Whatever cannot be read may be a piece of the password, so no piece is shown.
        server = re.split("[/?#]", rest, maxsplit=1)[0]
        hosts = server.rpartition("@")[2]
        if not _HOSTS.fullmatch(hosts) or set(rest[len(server) :]) & set("@#"):
            raise ValueError(
                "the host cannot be read; in a password, write / as %2F, @ as %40, : as %3A, "
                "? as %3F and # as %23"
            )
        return SecretStr(str(url))
    if scheme != "sqlite":
        raise ValueError(f"cannot use {scheme!r}")
    if rest and not rest.startswith("/"):
        raise ValueError("slashes are missing")
    return rest.removeprefix("/") or IN_MEMORY


def _token(text: Any) -> SecretStr:
    if not re.fullmatch(r"\d+:[A-Za-z0-9_-]+", str(text)):
        raise ValueError("not a token")
    return SecretStr(str(text))


def _webhook_secret(text: Any) -> SecretStr:
    if not re.fullmatch(r"[A-Za-z0-9_-]{32,256}", str(text)):
        raise ValueError("cannot be used")
    return SecretStr(str(text))


def _web_address(url: Any) -> str:
    """An address without its last slash; what it holds beside that is not shown in a fault."""
    parts = urlsplit(str(url))
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise ValueError("not an address")
    if parts.query or parts.fragment or "@" in parts.netloc:
        raise ValueError("an address alone, without ?, # and @")
    return str(url).rstrip("/")


def _public_address(url: Any) -> str:
    address = _web_address(url)
    parts = urlsplit(address)
    if parts.scheme != "https" and parts.hostname not in _THIS_MACHINE:
        raise ValueError("Telegram asks for https://")
    return address


class Settings(BaseModel):
    """The checked settings; what is not set is None.

    ``database`` is a file, absolute or from the folder the command was started in, or ``:memory:``;
    the address of a PostgreSQL database is a secret, since it may hold a password.
    """

    model_config = ConfigDict(frozen=True, hide_input_in_errors=True)

    database: Annotated[str | SecretStr | None, BeforeValidator(_database)] = Field(
        None, alias="DATABASE_URL"
    )
    scheme_year: int = Field(2019, alias="SCHEME_YEAR", ge=1000, le=9999)
    retention_days: int = Field(KEPT_DAYS, alias="RETENTION_DAYS", ge=1, le=365)
    secret_key: SecretStr | None = Field(None, alias="SECRET_KEY", min_length=16)
    old_secret_key: SecretStr | None = Field(None, alias="OLD_SECRET_KEY", min_length=16)
    telegram_token: Annotated[SecretStr | None, BeforeValidator(_token)] = Field(
        None, alias="TELEGRAM_TOKEN"
    )
    telegram_base_url: Annotated[str, BeforeValidator(_web_address)] = Field(
        TELEGRAM, alias="TELEGRAM_BASE_URL"
    )
    telegram_rate: int = Field(TELEGRAM_RATE, alias="TELEGRAM_RATE", ge=1, le=1000)
    public_url: Annotated[str | None, BeforeValidator(_public_address)] = Field(
        None, alias="PUBLIC_URL"
    )
    webhook_secret: Annotated[SecretStr | None, BeforeValidator(_webhook_secret)] = Field(
        None, alias="WEBHOOK_SECRET"
    )
    metrics_token: SecretStr | None = Field(None, alias="METRICS_TOKEN", min_length=16)


def read_settings(environment: Mapping[str, str]) -> Settings:
    """Check the variables that are set; an empty one counts as not set.

    Raises:
        SettingsError: values that cannot be used, every one named by its variable.
    """
    given = {name: environment.get(PREFIX + name) for name in _EXPECTED}
    try:
        return Settings.model_validate({name: value for name, value in given.items() if value})
    except ValidationError as error:
        raise SettingsError(map(_described, error.errors())) from None


def _described(fault: Any) -> str:
    name = str(fault["loc"][0])
    # Only what our own check says is safe to show: pydantic's message may quote the value.
    reason = fault["ctx"]["error"] if fault["type"] == "value_error" else "cannot be used"
    return f"{PREFIX}{name}: {reason}; expected {_EXPECTED[name]}"


def default_database(environment: Mapping[str, str]) -> Path | None:
    """Where `veiviser chat` keeps its conversation; None for somebody without a folder."""
    data = environment.get("XDG_DATA_HOME", "")
    home = environment.get("HOME") or environment.get("USERPROFILE")
    if not Path(data).is_absolute():  # as the XDG rules ask
        if not home:
            return None
        data = str(Path(home) / ".local" / "share")
    return Path(data) / "veiviser" / "veiviser.db"
