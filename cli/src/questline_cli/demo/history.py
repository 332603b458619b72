"""Lets the demo's learners live through the past weeks, one day after the other, as browsers would have."""

import datetime as dt
import random
from collections.abc import Callable, Sequence
from typing import Any
from uuid import UUID

import httpx
from litestar import Litestar

from questline_cli.demo.people import Learner
from questline_cli.demo.sales import Sales
from questline_core.auth.accounts import user_by_email
from questline_core.events.worker import drain
from questline_core.host import Host
from questline_core.tenancy.schemas import TenantInfo

DAYS = 41
SEED = 20_26
MAIN_COURSE = "ai-marketing-foundations"
QUIZ = "assessments.quiz"


class History:
    """Plays the learners' days through the real API while the host goes by a clock of the past."""

    def __init__(self, app: Litestar, host: Host, tenant: TenantInfo, people: Sequence[Learner]) -> None:
        self._app = app
        self._host = host
        self._tenant = tenant
        self._people = people
        self._random = random.Random(SEED)  # noqa: S311  a story, not a secret
        self._clients: dict[str, httpx.AsyncClient] = {}
        self._keys: dict[str, dict[str, Any]] = {}
        self._sales = Sales(self._client, self._set_clock, [record.id for record in host.registry.active])

    async def make(self, report: Callable[[int, int], None]) -> None:
        """Play every day up to yesterday; what an earlier run did is found done and skipped."""
        clock = self._host.clock
        today = dt.datetime.now(dt.UTC).replace(hour=0, minute=0, second=0, microsecond=0)
        try:
            await self._sales.open(today - dt.timedelta(days=DAYS))
            for ago in range(DAYS, 0, -1):
                report(DAYS - ago, DAYS)
                date = today - dt.timedelta(days=ago)
                await self._day(date, ago)
                await self._sales.day(date, ago)
                await self._sales.learn(date, ago)
                await drain(self._host)
        finally:
            self._host.clock = clock
            for client in self._clients.values():
                await client.aclose()

    async def _day(self, date: dt.datetime, ago: int) -> None:
        for learner in self._people:
            first = ago == learner.started
            if ago > learner.started or not (first or self._random.random() < learner.diligence):
                continue
            self._set_clock(date + dt.timedelta(hours=self._random.uniform(7, 20)))
            client = await self._client(learner.email, "learner")
            await self._learn(client, learner)

    def _set_clock(self, time: dt.datetime) -> None:
        self._time = time
        self._host.clock = lambda: self._time

    def _pass(self, minutes: float) -> None:
        self._time += dt.timedelta(minutes=minutes)

    async def _learn(self, client: httpx.AsyncClient, learner: Learner) -> None:
        course = await _get(client, f"/api/v1/courses/{MAIN_COURSE}")
        if course["enrolment"] is None:
            await _post(client, f"/api/v1/courses/{course['id']}/enrolment")
        lessons = [lesson for module in course["modules"] for lesson in module["lessons"]]
        for lesson in [each for each in lessons if each["status"] != "completed"][: learner.pace]:
            self._pass(lesson["minutes"] * self._random.uniform(0.7, 1.6))
            page = await _get(client, f"/api/v1/lessons/{lesson['id']}")
            quizzes = [block["data"]["assessment_id"] for block in page["blocks"] if block["type"] == QUIZ]
            if lesson["kind"] == "quiz" and not all([await self._take(client, learner, each) for each in quizzes]):
                return
            await _post(client, f"/api/v1/lessons/{lesson['id']}/completion")

    async def _take(self, client: httpx.AsyncClient, learner: Learner, assessment_id: str) -> bool:
        key = await self._key(assessment_id)
        started = await client.post(f"/api/v1/p/assessments/{assessment_id}/attempts")
        if not started.is_success:
            return False
        attempt = started.json()
        for item in attempt["items"]:
            if self._random.random() < learner.skill:
                path = f"/api/v1/p/assessments/attempts/{attempt['id']}/answers/{item['id']}"
                (await client.put(path, json={"response": key[item["id"]]})).raise_for_status()
            self._pass(self._random.uniform(0.3, 1.5))
        result = await _post(client, f"/api/v1/p/assessments/attempts/{attempt['id']}/submission")
        return bool(result["passed"])

    async def _key(self, assessment_id: str) -> dict[str, Any]:
        if assessment_id not in self._keys:
            instructor = await self._client("instructor@demo.example", "instructor")
            answers = await _get(instructor, f"/api/v1/p/assessments/{assessment_id}/key")
            self._keys[assessment_id] = {each["item_id"]: each["response"] for each in answers["items"]}
        return self._keys[assessment_id]

    async def _client(self, email: str, role: str) -> httpx.AsyncClient:
        client = self._clients.get(email)
        if client is None:
            async with self._host.context(self._tenant.id) as ctx:
                user_id = (await user_by_email(ctx, email)).id
            transport = httpx.ASGITransport(app=self._app)  # type: ignore[arg-type]
            client = self._clients[email] = httpx.AsyncClient(transport=transport, base_url="http://localhost")
            client.headers["authorization"] = f"Bearer {self._token(user_id, role)}"
        return client

    def _token(self, user_id: UUID, role: str) -> str:
        return self._host.tokens.issue(user_id=user_id, tenant_id=self._tenant.id, role=role, session_id=user_id)


async def _get(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.get(path)
    answer.raise_for_status()
    return answer.json()


async def _post(client: httpx.AsyncClient, path: str) -> Any:
    answer = await client.post(path)
    answer.raise_for_status()
    return answer.json() if answer.content else None
