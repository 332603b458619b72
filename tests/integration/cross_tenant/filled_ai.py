"""What a question, a budget and a template of its own leave a tenant in the tables of AI."""

import datetime as dt
from typing import Any
from uuid import UUID, uuid4

import httpx
from sqlalchemy import text

from questline_ai.models import BudgetMonth, CachedAnswer, Suggestion


async def fill_ai(site: Any, tenant: Any, admin: httpx.AsyncClient, word: str) -> None:
    """A row in each table."""
    prefix = "/api/v1/p/ai"
    answer = await admin.put("/api/v1/plugins/ai/settings", json={"record": "full", "record_days": 9})
    assert answer.status_code == 200, answer.text
    answer = await admin.post(f"{prefix}/budgets", json={"scope": "tenant", "limit_micros": 10**9})
    assert answer.status_code == 201, answer.text
    budget_id = UUID(answer.json()["id"])
    answer = await admin.put(f"{prefix}/templates/ai.try/override", json={"system": {"en": word}})
    assert answer.status_code == 200, answer.text
    answer = await admin.post(f"{prefix}/templates/ai.try/try", json={"variables": {"text": word}})
    assert answer.status_code == 200, answer.text
    async with site.context(tenant.id) as ctx:
        kept = CachedAnswer(
            tenant_id=tenant.id, digest=word, answer={"text": word}, expires_at=ctx.now + dt.timedelta(days=1)
        )
        ctx.session.add(kept)
        month = ctx.now.date().replace(day=1)
        used = BudgetMonth(budget_id=budget_id, subject_id=budget_id, month=month, spent_micros=1, reserved_micros=0)
        ctx.session.add(used)
        lesson = (await ctx.session.execute(text("SELECT id, course_id FROM core.lesson LIMIT 1"))).one()
        ctx.session.add(
            Suggestion(
                lesson_id=lesson.id,
                course_id=lesson.course_id,
                kind="summary",
                locale="en",
                before=word,
                after=word,
                content={"text": word, "source": word},
                source={"block_id": word, "sentence": word},
                flags=[],
                duplicate_of=word,
                call_id=uuid4(),
                cost_micros=0,
                currency="USD",
                provider=word,
                model=word,
                sample=True,
                status="pending",
                created_at=ctx.now,
            )
        )
