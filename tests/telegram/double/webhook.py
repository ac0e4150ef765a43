"""Updates sent to the bot's own address, as the real server does it (WebhookActor.cpp).

Started by setWebhook. Updates of one queue go one at a time and again until the bot has answered
2xx: the second try at once, then after 2, 4, 8 … seconds, or when the bot's Retry-After says. At
most twice ``max_connections`` updates are looked at, so one queue that is stuck can hold up others.
"""

import asyncio
import contextlib
import json
import random
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

import aiohttp

from tests.telegram.double.clock import Clock
from tests.telegram.double.intake import Intake, Update
from tests.telegram.double.world import Json

SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"
LONGEST_DELAY = 60  # seconds; the real one lies between this and its double
LONGEST_RETRY_AFTER = 3600
ANSWER_WITHIN = 60.0
ANSWERS_WITH_A_CALL = "method"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One try: when, what, and the status that came back; 0 where none came."""

    at: float
    update: int
    queue: int
    status: int


class Webhook:
    """One address until it is replaced or deleted; ``deliveries`` lists every try."""

    def __init__(
        self,
        url: str,
        secret: str,
        connections: int,
        intake: Intake,
        clock: Clock,
        pace: float,
        call: Callable[[Json], Awaitable[Any]],
    ) -> None:
        self.url = url
        self.connections = connections
        self.deliveries: list[Delivery] = []
        self.last_error: tuple[int, str] | None = None
        self._call = call
        self._headers = {SECRET_HEADER: secret} if secret else {}
        self._intake = intake
        self._clock = clock
        self._pace = pace
        self._slots = asyncio.Semaphore(connections)
        self._queues: dict[int, deque[Update]] = {}
        self._fresh: deque[Update] = deque()
        self._loaded = 0
        self._tasks: set[asyncio.Task[None]] = set()
        # A session of its own belongs to the loop that it is first used in.
        self._session: aiohttp.ClientSession | None = None

    def offer(self, update: Update) -> None:
        """Send this one when its turn comes."""
        self._fresh.append(update)
        self._load()

    async def stop(self) -> None:
        """Send no more; what was under way may or may not have been received."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def _load(self) -> None:
        """Take up what is new, as far as there is room."""
        while self._fresh and self._loaded < 2 * self.connections:
            update = self._fresh.popleft()
            if update.until < self._clock.now():
                self._intake.forget(update.id)
                continue
            self._loaded += 1
            queue = self._queues.setdefault(update.queue, deque())
            queue.append(update)
            if len(queue) == 1:
                task = asyncio.get_running_loop().create_task(self._deliver(update.queue))
                self._tasks.add(task)
                task.add_done_callback(self._tasks.discard)

    async def _deliver(self, number: int) -> None:
        """Send all updates of a queue, each until it is received or has expired."""
        queue = self._queues[number]
        while queue:
            await self._until_received(queue[0])
            self._intake.forget(queue[0].id)
            queue.popleft()
            self._loaded -= 1
            if not queue:
                del self._queues[number]
            self._load()

    async def _until_received(self, update: Update) -> None:
        delay = 1.0
        failures = 0
        while True:
            async with self._slots:
                status, retry_after = await self._send(update)
            if 200 <= status < 300:
                return
            wait = min(retry_after, LONGEST_RETRY_AFTER)
            if not retry_after and failures:
                delay = min(delay * 2, random.uniform(LONGEST_DELAY, 2 * LONGEST_DELAY))
                wait = delay
            if self._clock.now() + wait > update.until:
                return
            failures += 1
            await asyncio.sleep(wait * self._pace)

    async def _send(self, update: Update) -> tuple[int, float]:
        """The status of the answer, and its Retry-After in seconds; zeros where there is none."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=0),
                timeout=aiohttp.ClientTimeout(total=ANSWER_WITHIN),
            )
        at = self._clock.now()
        status, retry_after, body = 0, 0.0, b""
        try:
            async with self._session.post(
                self.url,
                data=json.dumps(update.as_json()),
                headers=self._headers | {"Content-Type": "application/json"},
            ) as response:
                body = await response.read()
                status = response.status
                with contextlib.suppress(ValueError):
                    retry_after = float(response.headers.get("Retry-After", "0"))
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            self.last_error = (self._clock.date(), str(error) or type(error).__name__)
        self.deliveries.append(Delivery(at, update.id, update.queue, status))
        if status and not 200 <= status < 300:
            words = f"Wrong response from the webhook: {status} {response.reason}"
            self.last_error = (self._clock.date(), words)
        elif status:
            await self._call_in(body)
        return status, retry_after

    async def _call_in(self, body: bytes) -> None:
        """Do the call that the bot answered with, if it did; its result goes nowhere."""
        with contextlib.suppress(ValueError):
            found = json.loads(body or b"null")
            if isinstance(found, dict) and ANSWERS_WITH_A_CALL in found:
                await self._call(found)
