"""A client as plain as can be: calls the double as curl would. Used by the double's own tests."""

import json
from typing import Any

import aiohttp

from tests.telegram.double import Double


class Caller:
    """``await api("sendMessage", chat_id=1, text="Hei")`` gives the status and the body."""

    def __init__(self, double: Double, session: aiohttp.ClientSession) -> None:
        self.session = session
        self.address = f"{double.base_url}/bot{double.token}"

    async def __call__(self, method: str, **arguments: Any) -> tuple[int, dict[str, Any]]:
        """Call with JSON."""
        return await self.sent(method, json=arguments)

    async def sent(self, method: str, **how: Any) -> tuple[int, dict[str, Any]]:
        """Call with whatever aiohttp can send."""
        async with self.session.post(f"{self.address}/{method}", **how) as response:
            return response.status, await response.json()

    async def got(self, method: str, **arguments: Any) -> tuple[int, dict[str, Any]]:
        """Call with everything in the address."""
        query = {
            name: value if isinstance(value, str) else json.dumps(value)
            for name, value in arguments.items()
        }
        async with self.session.get(f"{self.address}/{method}", params=query) as response:
            return response.status, await response.json()
