"""Settings are checked once, all faults are told at once, and none shows a secret."""

from pathlib import Path

import pytest
from pydantic import SecretStr

from bot.errors import SettingsError
from bot.settings import IN_MEMORY, default_database, read_settings


@pytest.mark.parametrize(
    ("url", "database"),
    [
        pytest.param("sqlite:///samtaler.db", "samtaler.db", id="three slashes: from this folder"),
        pytest.param("sqlite:////srv/samtaler.db", "/srv/samtaler.db", id="four slashes: absolute"),
        pytest.param("sqlite://", IN_MEMORY, id="no path: in memory"),
        pytest.param("sqlite:///:memory:", IN_MEMORY, id="in memory by its name"),
        pytest.param("", None, id="an empty variable counts as not set"),
    ],
)
def test_a_database_address(url: str, database: str | None) -> None:
    assert read_settings({"VEIVISER_DATABASE_URL": url}).database == database


@pytest.mark.parametrize(
    "url",
    [
        pytest.param("postgresql://a:hemmelig@vert/base", id="a password"),
        pytest.param(
            "postgres://a:hemmelig@vert:5432/base?sslmode=require", id="all that there is"
        ),
        pytest.param("postgresql://[::1]:5432,vert.no/base", id="two hosts"),
        pytest.param("postgresql:///base", id="the one on this machine"),
        pytest.param("postgresql://a:%2F%40hemmelig@vert/base", id="signs in a password"),
    ],
)
def test_a_postgresql_address_is_kept_as_a_secret(url: str) -> None:
    settings = read_settings({"VEIVISER_DATABASE_URL": url})
    assert isinstance(settings.database, SecretStr)
    assert settings.database.get_secret_value() == url
    assert "hemmelig" not in repr(settings) + str(settings.database)


def test_what_is_not_set() -> None:
    settings = read_settings({})
    assert (settings.database, settings.scheme_year, settings.secret_key) == (None, 2019, None)


@pytest.mark.parametrize(
    ("name", "value", "said"),
    [
        pytest.param("DATABASE_URL", "samtaler.db", "not an address", id="a bare file name"),
        pytest.param(
            "DATABASE_URL", "mysql://vert/base", "cannot use 'mysql'", id="a database we lack"
        ),
        pytest.param(
            "DATABASE_URL", "sqlite://samtaler.db", "sqlite:///", id="two slashes and a name"
        ),
        pytest.param(
            "DATABASE_URL", "postgresql://a:hemmelig/2@vert/base", "as %2F", id="a / in a password"
        ),
        pytest.param(
            "DATABASE_URL", "postgresql://vert:hemmelig/base", "as %3A", id="a port in letters"
        ),
        pytest.param(
            "DATABASE_URL", "postgresql://a:1?hemmelig@vert/base", "as %3F", id="a ? in a password"
        ),
        pytest.param(
            "DATABASE_URL", "postgresql://a:1#hemmelig@vert/base", "as %23", id="a # in a password"
        ),
        pytest.param("SCHEME_YEAR", "i fjor", "a year with four digits", id="a year in words"),
        pytest.param("SCHEME_YEAR", "19", "a year with four digits", id="a year of two digits"),
        pytest.param("SECRET_KEY", "hemmelig", "at least 16 characters", id="a short key"),
        pytest.param("TELEGRAM_TOKEN", "hemmelig", "@BotFather", id="a token of another form"),
        pytest.param("TELEGRAM_BASE_URL", "ftp://hemmelig", "not an address", id="no web address"),
        pytest.param(
            "TELEGRAM_BASE_URL", "https://a:hemmelig@vert", "without", id="a password in it"
        ),
        pytest.param("TELEGRAM_RATE", "0", "from 1 to 1000", id="no messages at all"),
        pytest.param("PUBLIC_URL", "http://veiviser.no", "https://", id="not encrypted"),
        pytest.param("PUBLIC_URL", "https://veiviser.no?a=hemmelig", "without", id="a query"),
        pytest.param("WEBHOOK_SECRET", "hemmelig", "32 to 256", id="a short secret"),
        pytest.param("WEBHOOK_SECRET", "hemmelig " * 5, "A-Z", id="signs that no header may hold"),
        pytest.param("METRICS_TOKEN", "hemmelig", "at least 16", id="a short token"),
    ],
)
def test_a_fault_names_its_variable_and_what_was_expected(name: str, value: str, said: str) -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({f"VEIVISER_{name}": value})
    (fault,) = error.value.faults
    assert fault.startswith(f"VEIVISER_{name}: ")
    assert said in fault
    assert "hemmelig" not in fault


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(SettingsError) as error:
        read_settings({"VEIVISER_DATABASE_URL": "x", "VEIVISER_SCHEME_YEAR": "x"})
    assert len(error.value.faults) == 2


@pytest.mark.promise("W16")
@pytest.mark.parametrize(
    ("name", "secret"),
    [
        ("SECRET_KEY", "en lang nok hemmelighet"),
        ("OLD_SECRET_KEY", "en lang nok hemmelighet"),
        ("TELEGRAM_TOKEN", "123456:hemmelighet"),
        ("WEBHOOK_SECRET", "hemmelighet" * 3),
        ("METRICS_TOKEN", "en lang nok hemmelighet"),
    ],
)
def test_a_secret_is_not_shown(name: str, secret: str) -> None:
    settings = read_settings({f"VEIVISER_{name}": secret})
    assert "hemmelighet" not in repr(settings) + str(settings) + settings.model_dump_json()


@pytest.mark.parametrize(
    ("name", "given", "read"),
    [
        pytest.param(
            "PUBLIC_URL", "https://veiviser.no/", "https://veiviser.no", id="a slash less"
        ),
        pytest.param("PUBLIC_URL", "https://x.no/veiviser", "https://x.no/veiviser", id="a path"),
        pytest.param(
            "PUBLIC_URL", "http://127.0.0.1:8080", "http://127.0.0.1:8080", id="this machine"
        ),
        pytest.param("TELEGRAM_BASE_URL", "http://[::1]:8081", "http://[::1]:8081", id="IPv6"),
    ],
)
def test_a_web_address(name: str, given: str, read: str) -> None:
    settings = read_settings({f"VEIVISER_{name}": given})
    assert getattr(settings, name.lower()) == read


@pytest.mark.parametrize(
    ("environment", "path"),
    [
        pytest.param({"HOME": "/h"}, "/h/.local/share/veiviser/veiviser.db", id="a home folder"),
        pytest.param(
            {"HOME": "/h", "XDG_DATA_HOME": "/d"}, "/d/veiviser/veiviser.db", id="a data folder"
        ),
        pytest.param(
            {"HOME": "/h", "XDG_DATA_HOME": "d"},
            "/h/.local/share/veiviser/veiviser.db",
            id="a relative data folder is passed over",
        ),
        pytest.param({}, None, id="no home folder"),
    ],
)
def test_where_a_conversation_is_kept(environment: dict[str, str], path: str | None) -> None:
    assert default_database(environment) == (Path(path) if path else None)
