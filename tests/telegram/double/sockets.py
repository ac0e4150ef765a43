"""The double's HTTP server, which can also break a connection as a bad network does.

Called by ``server``. uvicorn speaks HTTP; an ASGI application cannot reach the connection below it,
so the connections are noted here by the other end's address.
"""

import asyncio
import contextlib
import socket
import struct
from collections.abc import Iterator
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

Address = tuple[str, int]

_connections: dict[Address, "_Noted"] = {}
# Closing sends a reset instead of an orderly end, and forgets what was not sent yet.
_RESET_ON_CLOSE = struct.pack("ii", 1, 0)


class _Noted(H11Protocol):
    """A connection that `reset` can find."""

    def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        self._below = transport
        self._at: Address = transport.get_extra_info("peername")[:2]
        self.is_lost = asyncio.Event()
        _connections[self._at] = self

    def connection_lost(self, exc: Exception | None) -> None:
        del _connections[self._at]
        super().connection_lost(exc)
        self.is_lost.set()

    def break_off(self) -> None:
        """Close with a reset."""
        connection = self._below.get_extra_info("socket")
        connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, _RESET_ON_CLOSE)
        self._below.abort()


class Server(uvicorn.Server):
    """uvicorn in somebody else's process: it begins and ends at once, and leaves signals alone."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.is_up = asyncio.Event()
        self.is_over = asyncio.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.is_up.set()

    async def main_loop(self) -> None:
        """Until ``is_over``; uvicorn's own looks ten times a second whether to end."""
        await self.on_tick(0)
        await self.is_over.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """End now, whatever is under way; uvicorn's own takes at least a tenth of a second."""
        for server in self.servers:
            server.close()
        for connection in self.server_state.connections:
            connection.transport.abort()
        tasks = list(self.server_state.tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def serving(app: Any) -> Server:
    """A server for this application, not yet started."""
    config = uvicorn.Config(
        app,
        http=_Noted,
        loop="asyncio",
        ws="none",
        lifespan="off",
        log_config=None,
        access_log=False,
        server_header=False,
    )
    return Server(config)


def listen(port: int) -> socket.socket:
    """A socket on loopback; port 0 takes a free one."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind(("127.0.0.1", port))
    listener.listen(1024)
    return listener


async def reset(address: Address) -> None:
    """Break the connection with this other end."""
    connection = _connections.get(address)
    if connection:
        connection.break_off()
        await connection.is_lost.wait()
