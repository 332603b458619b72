"""The ledger: every call is reserved before it is made and settled once when it has ended, whatever its end.

A reservation takes the most that a call can cost out of every budget that it counts in, in one statement whose
condition the database checks row by row: calls at the same time cannot pass a limit together. Settling swaps the
reservation for the cost. Both happen in transactions of their own, for several calls together (`lanes`). Rows of
budgets are locked in one order everywhere, once in a transaction.
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import text

from questline_ai.events import BudgetReached
from questline_sdk import Context
from questline_sdk.ai import Price
from questline_sdk.ai_calls import BudgetExceeded

MILLION = 1_000_000
ALERTS = (100, 80, 50)
NEW = """
    id uuid, request_id uuid, user_id uuid, course_id uuid, placement text, template text, template_version text,
    capability text, provider text, model text, sample boolean, currency text, price_version text,
    reserved_micros bigint, prompt_hash text, prompt text, started_at timestamptz, expires_at timestamptz
"""
COLUMNS = ", ".join(each.split()[0] for each in NEW.split(","))
RESERVE = text(
    f"""
WITH asked AS (
    SELECT *, date_trunc('month', started_at AT TIME ZONE 'UTC')::date AS month
    FROM jsonb_to_recordset(CAST(:calls AS jsonb)) AS c({NEW})
), applicable AS (
    SELECT c.id AS call_id, b.id AS budget_id, c.month, c.reserved_micros AS micros, b.limit_micros, b.currency,
           CASE b.scope WHEN 'each_user' THEN c.user_id ELSE b.id END AS subject_id,
           b.currency = c.currency AS payable
    FROM asked c JOIN ai.budget b ON b.enabled AND c.reserved_micros > 0 AND (
        b.scope = 'tenant'
        OR (b.scope = 'course' AND b.course_id = c.course_id)
        OR (b.scope = 'user' AND b.user_id = c.user_id)
        OR (b.scope = 'each_user' AND c.user_id IS NOT NULL))
), wanted AS (
    SELECT budget_id, subject_id, month, sum(micros)::bigint AS micros, min(limit_micros) AS limit_micros
    FROM applicable WHERE payable GROUP BY budget_id, subject_id, month
), held AS (
    INSERT INTO ai.budget_month AS m (budget_id, subject_id, month, spent_micros, reserved_micros)
    SELECT budget_id, subject_id, month, 0, micros FROM wanted
    WHERE micros <= limit_micros
    ORDER BY budget_id, subject_id, month
    ON CONFLICT (tenant_id, budget_id, subject_id, month) DO UPDATE
    SET reserved_micros = m.reserved_micros + excluded.reserved_micros
    WHERE m.spent_micros + m.reserved_micros + excluded.reserved_micros
        <= (SELECT limit_micros FROM ai.budget b WHERE b.tenant_id = m.tenant_id AND b.id = m.budget_id)
    RETURNING m.budget_id, m.subject_id, m.month
), standing AS (
    SELECT a.*, h.budget_id IS NOT NULL AS held
    FROM applicable a LEFT JOIN held h USING (budget_id, subject_id, month)
), noted AS (
    INSERT INTO ai.call ({COLUMNS}, holds, status)
    SELECT {COLUMNS}, coalesce((
        SELECT jsonb_agg(jsonb_build_object('budget_id', budget_id, 'subject_id', subject_id, 'month', s.month))
        FROM standing s WHERE s.call_id = asked.id
    ), '[]'), 'reserved'
    FROM asked WHERE NOT EXISTS (SELECT FROM standing WHERE NOT held)
)
SELECT currency, payable FROM standing WHERE NOT held ORDER BY payable
"""  # noqa: S608  of names that stand above
)
SETTLE = text(
    """
WITH ended AS (
    SELECT * FROM jsonb_to_recordset(CAST(:ends AS jsonb)) AS e(
        id uuid, status text, cost_micros bigint, input_tokens integer, output_tokens integer, estimated boolean,
        tries integer, error text, finish text, reference text, first_token_ms integer, duration_ms integer,
        answer text)
), before AS (
    SELECT c.id, c.status, c.reserved_micros, c.cost_micros, c.holds
    FROM ai.call c JOIN ended e ON e.id = c.id ORDER BY c.id FOR UPDATE OF c
), taken AS (
    UPDATE ai.call c
    SET status = e.status, cost_micros = e.cost_micros, input_tokens = e.input_tokens,
        output_tokens = e.output_tokens, estimated = e.estimated, tries = e.tries, error = e.error,
        finish = e.finish, reference = e.reference, first_token_ms = e.first_token_ms,
        duration_ms = e.duration_ms, answer = e.answer
    FROM ended e JOIN before b ON b.id = e.id
    WHERE c.id = e.id AND b.status IN ('reserved', 'abandoned') AND b.status <> e.status
    RETURNING c.id, b.holds,
        CASE b.status WHEN 'reserved' THEN b.reserved_micros ELSE 0 END AS released,
        e.cost_micros - CASE b.status WHEN 'reserved' THEN 0 ELSE b.cost_micros END AS spent
), change AS (
    SELECT h.budget_id, h.subject_id, h.month, sum(t.released)::bigint AS released, sum(t.spent)::bigint AS spent
    FROM taken t CROSS JOIN LATERAL jsonb_to_recordset(t.holds) AS h(budget_id uuid, subject_id uuid, month date)
    GROUP BY h.budget_id, h.subject_id, h.month
), locked AS (
    SELECT m.budget_id, m.subject_id, m.month
    FROM ai.budget_month m JOIN change USING (budget_id, subject_id, month)
    ORDER BY m.budget_id, m.subject_id, m.month FOR UPDATE OF m
), changed AS (
    UPDATE ai.budget_month m
    SET reserved_micros = m.reserved_micros - c.released, spent_micros = m.spent_micros + c.spent
    FROM change c JOIN locked l USING (budget_id, subject_id, month) JOIN ai.budget b ON b.id = c.budget_id
    WHERE m.budget_id = c.budget_id AND m.subject_id = c.subject_id AND m.month = c.month
    RETURNING m.budget_id, m.subject_id, m.month, m.spent_micros, m.alerted_percent,
              b.limit_micros, b.currency, b.scope, b.course_id, b.user_id
)
SELECT t.id AS call_id, c.* FROM taken t FULL JOIN changed c ON false
"""
)
ALERTED = text(
    "UPDATE ai.budget_month SET alerted_percent = :percent"
    " WHERE budget_id = :budget_id AND subject_id = :subject_id AND month = :month"
)


class NewCall(msgspec.Struct, frozen=True, kw_only=True):
    """A call that is about to be made, and the most that it can cost."""

    id: UUID
    request_id: UUID
    user_id: UUID | None = None
    course_id: UUID | None = None
    placement: str
    template: str
    template_version: str
    capability: str
    provider: str
    model: str
    sample: bool
    currency: str
    price_version: str
    reserved_micros: int
    prompt_hash: str
    prompt: str | None = None
    started_at: dt.datetime
    expires_at: dt.datetime


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a call ended."""

    status: str
    cost_micros: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    estimated: bool = False
    tries: int = 0
    error: str | None = None
    finish: str | None = None
    reference: str | None = None
    first_token_ms: int | None = None
    duration_ms: int | None = None
    answer: str | None = None


def cost_of(price: Price | None, input_tokens: int, output_tokens: int) -> int:
    """What so many tokens cost, rounded up to a whole micro-unit."""
    if price is None:
        return 0
    return -(-(input_tokens * price.input_micros + output_tokens * price.output_micros) // MILLION)


async def reserve(ctx: Context, calls: Sequence[NewCall]) -> None:
    """Take the highest costs of calls out of their budgets, and note the calls: all of them, or none.

    Raises `BudgetExceeded` where they do not all fit; the transaction must then be rolled back.
    """
    asked = msgspec.json.encode(calls).decode()
    refused = (await ctx.session.execute(RESERVE, {"calls": asked})).first()
    if refused is None:
        return
    if not refused.payable:
        raise BudgetExceeded(
            f"The model is paid in {calls[0].currency}, and a budget is in {refused.currency}: "
            "ask an admin to give both the same currency.",
            code="ai_budget_currency",
        )
    raise BudgetExceeded("This month's AI budget is used up. Ask an admin, or wait for next month.")


async def settle(ctx: Context, ends: Mapping[UUID, Outcome]) -> set[UUID]:
    """End calls, each once: swap its reservation for its cost; returns those for which this was the time it counted.

    A call that was swept up as abandoned meanwhile is put right; any other end stands.
    """
    given = [{"id": call_id, **msgspec.structs.asdict(outcome)} for call_id, outcome in ends.items()]
    rows = (await ctx.session.execute(SETTLE, {"ends": msgspec.json.encode(given).decode()})).all()
    for row in rows:
        if row.budget_id is not None:
            await _tell(ctx, row)
    return {row.call_id for row in rows if row.call_id is not None}


async def _tell(ctx: Context, row: Any) -> None:
    percent = next((p for p in ALERTS if row.spent_micros * 100 >= p * row.limit_micros), 0)
    if percent <= row.alerted_percent or not row.spent_micros:
        return
    key = {"budget_id": row.budget_id, "subject_id": row.subject_id, "month": row.month}
    await ctx.session.execute(ALERTED, {"percent": percent, **key})
    await ctx.publish(
        BudgetReached(
            budget_id=row.budget_id,
            scope=row.scope,
            course_id=row.course_id,
            user_id=row.subject_id if row.scope == "each_user" else row.user_id,
            percent=percent,
            spent_micros=row.spent_micros,
            limit_micros=row.limit_micros,
            currency=row.currency,
        )
    )


async def sweep(ctx: Context) -> int:
    """End the reservations whose process has gone; returns how many.

    Nobody knows what the provider has written for them, so each counts at the whole of its reservation.
    """
    due = await ctx.session.execute(
        text(
            "SELECT id, reserved_micros FROM ai.call WHERE status = 'reserved' AND expires_at < :now"
            " ORDER BY id LIMIT 500 FOR UPDATE SKIP LOCKED"
        ),
        {"now": ctx.now},
    )
    ends = {
        row.id: Outcome(status="abandoned", cost_micros=row.reserved_micros, estimated=True, error="abandoned")
        for row in due.all()
    }
    return len(await settle(ctx, ends)) if ends else 0
