"""One ASGI application: the webhook, the health of the process, and the pages for staff.

Put together and served by `veiviser web` and `veiviser telegram`. Any number of processes may
serve it on one PostgreSQL.
"""

from collections.abc import Iterable

import uvicorn
from starlette.applications import Starlette
from starlette.routing import BaseRoute

# Within these seconds requests under way are answered, before the process ends.
STOP_S = 8


def application(routes: Iterable[BaseRoute]) -> Starlette:
    """The application with the routes of each part: webhook, health, pages."""
    return Starlette(routes=list(routes))


def server(app: Starlette) -> uvicorn.Server:
    """What serves it, until SIGTERM or SIGINT; logs no requests and names no software."""
    config = uvicorn.Config(
        app,
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_graceful_shutdown=STOP_S,
    )
    return uvicorn.Server(config)
