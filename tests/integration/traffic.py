"""Constant requests of many kinds, each of which has to succeed, and what they must have led to."""

import asyncio
import time
import uuid
from collections import Counter
from typing import Any
from uuid import UUID

import httpx

PAGES = ("/api/v1/me", "/api/v1/dashboard", "/api/v1/catalogue", "/api/v1/p/points/me")
VERSION, THANKS = "/api/v1/p/kudos/version", "/api/v1/p/kudos/thanks"
PAUSE_SECONDS = 0.02
"""Between two writes of one client, so that the queue keeps up on a small machine."""


class Traffic:
    """Readers and writers on connections that stay open, and others that open one for each request."""

    def __init__(self, address: str, token: str, learners: dict[UUID, str], lessons: list[UUID]) -> None:
        self.address = address
        self.token = token
        self.learners = learners
        self.todo = [(user, lesson) for lesson in reversed(lessons) for user in learners]
        self.answers: Counter[str] = Counter()
        self.wrong: list[str] = []
        self.completed: set[tuple[UUID, UUID]] = set()
        self.thanked: list[UUID] = []
        self.versions: Counter[str] = Counter()
        self._counted_since = 0.0
        self._tasks: list[asyncio.Task[None]] = []
        self._ending = False

    def start(self) -> None:
        """Begin."""
        work = [self._read(), self._read(), self._read_anew(), self._complete(), self._complete(), self._thank()]
        self._tasks = [asyncio.create_task(each) for each in [*work, self._look(), self._look()]]

    async def stop(self) -> None:
        """Finish what is under way."""
        self._ending = True
        await asyncio.gather(*self._tasks)

    def count_versions_anew(self) -> None:
        """Forget the versions seen so far, and those of answers to what was asked before now."""
        self.versions.clear()
        self._counted_since = time.monotonic()

    def alive(self) -> bool:
        """Whether every client is still at it; raises what ended one."""
        for task in self._tasks:
            if task.done():
                task.result()
        return True

    def requests(self) -> int:
        """How many were answered as they should."""
        return self.answers.total()

    def _client(self, token: str | None = None) -> httpx.AsyncClient:
        headers = {"authorization": f"Bearer {token or self.token}"}
        return httpx.AsyncClient(base_url=self.address, timeout=60, headers=headers)

    async def _ask(self, client: httpx.AsyncClient, method: str, path: str, *good: int, **more: Any) -> httpx.Response:
        try:
            answer = await client.request(method, path, **more)
        except httpx.TransportError as error:
            self.wrong.append(f"{method} {path}: {error!r}")
            return httpx.Response(0)
        if answer.status_code in good:
            self.answers[f"{method} {answer.status_code}"] += 1
        else:
            self.wrong.append(f"{method} {path}: {answer.status_code} {answer.text[:300]}")
        return answer

    async def _read(self) -> None:
        async with self._client() as client:
            while not self._ending:
                for path in PAGES:
                    await self._ask(client, "GET", path, 200)

    async def _read_anew(self) -> None:
        while not self._ending:
            async with self._client() as client:
                await self._ask(client, "GET", PAGES[0], 200)

    async def _complete(self) -> None:
        async with self._client() as client:
            while self.todo and not self._ending:
                user, lesson = self.todo.pop()
                headers = {"authorization": f"Bearer {self.learners[user]}"}
                answer = await self._ask(client, "POST", f"/api/v1/lessons/{lesson}/completion", 200, headers=headers)
                if answer.status_code == 200:
                    self.completed.add((user, lesson))
                await asyncio.sleep(PAUSE_SECONDS)

    async def _thank(self) -> None:
        """Queue jobs of the plugin that comes and goes; while it is away, its address is unknown."""
        async with self._client() as client:
            while not self._ending:
                identifier = uuid.uuid4()
                answer = await self._ask(client, "POST", THANKS, 202, 404, json={"id": str(identifier)})
                if answer.status_code == 202:
                    self.thanked.append(identifier)
                await asyncio.sleep(PAUSE_SECONDS)

    async def _look(self) -> None:
        async with self._client() as client:
            while not self._ending:
                asked = time.monotonic()
                answer = await self._ask(client, "GET", VERSION, 200, 404)
                if answer.status_code and asked >= self._counted_since:
                    self.versions[answer.json().get("version", str(answer.status_code))] += 1
                await asyncio.sleep(PAUSE_SECONDS)
