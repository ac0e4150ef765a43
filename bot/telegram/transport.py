"""HTTP for python-telegram-bot, on aiohttp: far less work per call than its own under load.

Made by ``bot.telegram.serving``, for the client that sends and for the one that fetches updates,
each with a pool of its own. No error of its tells an address: the bot's token stands in it.
"""

import json
from collections.abc import Mapping
from typing import Any, TypeVar

from aiohttp import (
    ClientConnectorError,
    ClientSession,
    ClientTimeout,
    ConnectionTimeoutError,
    DummyCookieJar,
    FormData,
    TCPConnector,
)
from telegram.error import NetworkError, TelegramError, TimedOut
from telegram.request import BaseRequest, RequestData
from yarl import URL

Given = TypeVar("Given")
# A file to upload: what it is called, its bytes, and its media type.
File = tuple[str, bytes, str]

CONNECTIONS = 256
KEPT_OPEN_S = 30.0
NAMES_KEPT_S = 300
_JSON = {"Content-Type": "application/json"}
# Answers are small, and to unpack them costs more than to read them.
_LEFT_OUT = ("Accept-Encoding",)
_NO_BODY = b'{"ok":false}'


class NotSent(NetworkError):
    """No connection was to be had, so nothing has reached the server."""


class AiohttpRequest(BaseRequest):
    """The promise of `telegram.request.BaseRequest`. Times are seconds."""

    def __init__(
        self,
        connections: int = CONNECTIONS,
        *,
        read_timeout: float = 20.0,
        write_timeout: float = 20.0,
        connect_timeout: float = 10.0,
        pool_timeout: float = 10.0,
    ) -> None:
        """Connect to nothing yet.

        Args:
            connections: How many calls may be under way at once; more wait.
            read_timeout: The longest silence of the server's.
            write_timeout: The longest that handing over a request may take.
            connect_timeout: The longest that a new connection may take.
            pool_timeout: The longest that a call may wait for a free connection.
        """
        self._connections = connections
        self._read, self._write = read_timeout, write_timeout
        self._connect, self._pool = connect_timeout, pool_timeout
        self._usual = self._timeout(read_timeout, write_timeout, connect_timeout, pool_timeout)
        self._session: ClientSession | None = None

    @property
    def read_timeout(self) -> float:
        """See `BaseRequest.read_timeout`."""
        return self._read

    async def initialize(self) -> None:
        """See `BaseRequest.initialize`."""
        if self._session is None or self._session.closed:
            connector = TCPConnector(
                limit=self._connections,
                keepalive_timeout=KEPT_OPEN_S,
                ttl_dns_cache=NAMES_KEPT_S,
            )
            self._session = ClientSession(
                connector=connector,
                cookie_jar=DummyCookieJar(),
                headers={"User-Agent": self.USER_AGENT},
                skip_auto_headers=_LEFT_OUT,
            )

    async def shutdown(self) -> None:
        """See `BaseRequest.shutdown`."""
        if self._session is not None:
            await self._session.close()

    async def do_request(
        self,
        url: str,
        method: str,
        request_data: RequestData | None = None,
        read_timeout: Any = BaseRequest.DEFAULT_NONE,
        write_timeout: Any = BaseRequest.DEFAULT_NONE,
        connect_timeout: Any = BaseRequest.DEFAULT_NONE,
        pool_timeout: Any = BaseRequest.DEFAULT_NONE,
    ) -> tuple[int, bytes]:
        """See `BaseRequest.do_request`."""
        limits = self._timeout(
            _given(read_timeout, self._read),
            _given(write_timeout, self._write),
            _given(connect_timeout, self._connect),
            _given(pool_timeout, self._pool),
        )
        fields: Mapping[str, str] = request_data.json_parameters if request_data else {}
        files: Mapping[str, Any] = (request_data.multipart_data or {}) if request_data else {}
        return await self.ask(url, fields, files, method=method, limits=limits)

    async def ask(
        self,
        url: URL | str,
        fields: Mapping[str, str],
        files: Mapping[str, File] | None = None,
        *,
        method: str = "POST",
        limits: ClientTimeout | None = None,
    ) -> tuple[int, bytes]:
        """One call, without what python-telegram-bot makes of its data.

        Args:
            url: The method's address.
            fields: The parameters, each as text or as JSON.
            files: Files by their parameter.
            method: GET or POST.
            limits: How long to wait, if not as usual.

        Returns:
            The status, and the answer's bytes.

        Raises:
            NotSent: nothing has reached the server.
            TimedOut: no answer came in time; the server may have done what was asked.
            NetworkError: the connection broke; the server may have done what was asked.
        """
        if self._session is None:
            raise NotSent("the transport has not been started")
        if files:
            body: Any = _form(fields, files)
        else:
            body = json.dumps(fields).encode() if fields else None
        try:
            async with self._session.request(
                method,
                url,
                data=body,
                headers=None if files or not fields else _JSON,
                timeout=limits or self._usual,
                allow_redirects=False,
            ) as response:
                return response.status, _safe(response.status, await response.read())
        # An error's text can hold the address, and whoever logs it would log the token.
        except (ConnectionTimeoutError, ClientConnectorError) as error:
            raise NotSent(type(error).__name__) from None
        except TimeoutError:
            raise TimedOut("no answer in time") from None
        except Exception as error:  # for those who call there are only Telegram's own errors
            raise NetworkError(type(error).__name__) from None

    @staticmethod
    def parse_json_payload(payload: bytes) -> Any:
        """See `BaseRequest.parse_json_payload`; what cannot be read is not logged."""
        try:
            return json.loads(payload)
        except ValueError:
            raise TelegramError("the server's answer is not JSON") from None

    @staticmethod
    def _timeout(
        read: float | None, write: float | None, connect: float | None, pool: float | None
    ) -> ClientTimeout:
        """The same limits as aiohttp counts them; None is none."""
        stages = (connect, pool, write, read)
        whole = None if None in stages else sum(filter(None, stages))
        waiting = None if connect is None or pool is None else connect + pool
        return ClientTimeout(total=whole, connect=waiting, sock_connect=connect, sock_read=read)


def _given(timeout: Any, usual: float) -> float | None:
    if timeout is BaseRequest.DEFAULT_NONE:
        return usual
    return None if timeout is None else float(timeout)


def _form(fields: Mapping[str, str], files: Mapping[str, File]) -> FormData:
    form = FormData()
    for name, value in fields.items():
        form.add_field(name, value)
    for name, (called, content, kind) in files.items():
        form.add_field(name, content, filename=called, content_type=kind)
    return form


def _safe(status: int, body: bytes) -> bytes:
    """The answer; in place of a page that something on the way made of a fault, nothing.

    Such a page may show the address, and python-telegram-bot would put it into its error.
    """
    return body if status < 300 or body.lstrip().startswith(b"{") else _NO_BODY
