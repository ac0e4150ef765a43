"""Whether the process is alive and ready, and how it fares: told, with nothing about anybody."""

import asyncio
from typing import Any

import httpx
import pytest

from bot.errors import StoreError
from bot.health import health_routes
from bot.metrics import Metrics
from bot.store.sqlite import open_store
from bot.web import application

TOKEN = "et langt og hemmelig ord"
HERE, ELSEWHERE = ("127.0.0.1", 4711), ("192.0.2.7", 4711)


class Web:
    """The application, with what it depends on."""

    def __init__(self, token: str | None = None) -> None:
        self.store = open_store(None, "en hemmelighet for prøver")
        self.metrics = Metrics()
        self.is_running = True
        routes = health_routes(self.store, self.metrics, token, lambda: self.is_running)
        self._app = application(routes)

    async def get(
        self, path: str, client: tuple[str, int] = HERE, **headers: str
    ) -> httpx.Response:
        transport = httpx.ASGITransport(self._app, client=client)
        async with httpx.AsyncClient(transport=transport, base_url="http://veiviser") as asking:
            return await asking.get(path, headers=headers)


async def test_it_is_alive_whatever_the_database_does() -> None:
    web = Web()
    await web.store.close()
    assert (await web.get("/healthz")).text == "ok\n"


async def test_it_is_not_ready_when_it_is_to_stop() -> None:
    web = Web()
    assert (await web.get("/readyz")).status_code == 200
    web.is_running = False
    response = await web.get("/readyz")
    assert (response.status_code, response.text) == (503, "stopping\n")


@pytest.mark.promise("R24")
@pytest.mark.parametrize("how", ["refuses", "hangs"])
async def test_it_is_not_ready_while_the_database_is_down(
    monkeypatch: pytest.MonkeyPatch, how: str
) -> None:
    web = Web()

    async def down(*_: Any) -> None:
        if how == "hangs":
            await asyncio.sleep(60)
        raise StoreError(nb="borte", nn="borte", en="gone: postgresql://a:hemmelig@vert/base")

    monkeypatch.setattr("bot.health._PATIENCE_S", 0.05)
    monkeypatch.setattr(web.store, "state", down)
    response = await web.get("/readyz")
    assert (response.status_code, response.text) == (503, "database: no answer\n")
    monkeypatch.undo()
    assert (await web.get("/readyz")).status_code == 200


@pytest.mark.promise("W20")
@pytest.mark.parametrize(
    ("token", "client", "headers", "status"),
    [
        pytest.param(None, HERE, {}, 200, id="from this machine"),
        pytest.param(None, ("::1", 1), {}, 200, id="from this machine by IPv6"),
        pytest.param(None, ELSEWHERE, {}, 403, id="from elsewhere"),
        pytest.param(None, HERE, {"X-Forwarded-For": "192.0.2.7"}, 403, id="through a proxy here"),
        pytest.param(None, HERE, {"Forwarded": "for=192.0.2.7"}, 403, id="through another proxy"),
        pytest.param(None, ELSEWHERE, {"Authorization": "Bearer None"}, 403, id="no token is set"),
        pytest.param(TOKEN, ELSEWHERE, {}, 403, id="without the token"),
        pytest.param(TOKEN, ELSEWHERE, {"Authorization": f"Bearer {TOKEN}x"}, 403, id="another"),
        pytest.param(TOKEN, ELSEWHERE, {"Authorization": f"Bearer {TOKEN}"}, 200, id="with it"),
    ],
)
async def test_who_may_see_how_it_fares(
    token: str | None, client: tuple[str, int], headers: dict[str, str], status: int
) -> None:
    response = await Web(token).get("/metrics", client, **headers)
    assert response.status_code == status
    assert ("veiviser_turns" in response.text) == (status == 200)


@pytest.mark.promise("W20")
@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
async def test_nothing_about_anybody_is_shown(path: str) -> None:
    web = Web()
    web.metrics.updates.labels("turn").inc()
    text = (await web.get(path)).text
    for secret in ("hemmelig", ":memory:", "sqlite"):
        assert secret not in text
