"""Routes of budgets, spending and records."""

import datetime as dt
from collections.abc import AsyncGenerator
from typing import Annotated
from uuid import UUID

import msgspec
from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter
from litestar.response import Stream

from questline_ai import budgets, records, spend
from questline_ai.budgets import BudgetInput, BudgetView
from questline_ai.permissions import MANAGE, RATE, READ, SPEND
from questline_ai.records import CallView
from questline_sdk import Context, Page
from questline_sdk.pages import MAX_LIMIT
from questline_sdk.services import Transactions

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)]


class Rating(msgspec.Struct, frozen=True, kw_only=True):
    """Whether an answer helped."""

    helped: bool


@get("/budgets", operation_id="ai_list_budgets", permission=READ)
async def list_budgets(ctx: NamedDependency[Context]) -> list[BudgetView]:
    """Budgets and how far this month's are used."""
    return await budgets.list_budgets(ctx)


@post("/budgets", operation_id="ai_add_budget", permission=MANAGE)
async def add_budget(ctx: NamedDependency[Context], data: JSONBody[BudgetInput]) -> BudgetView:
    """Add a budget."""
    return await budgets.add_budget(ctx, data)


@put("/budgets/{budget_id:uuid}", operation_id="ai_change_budget", permission=MANAGE)
async def change_budget(
    ctx: NamedDependency[Context], budget_id: FromPath[UUID], data: JSONBody[BudgetInput]
) -> BudgetView:
    """Change a budget's limit or currency, or switch it."""
    return await budgets.change_budget(ctx, budget_id, data)


@delete("/budgets/{budget_id:uuid}", operation_id="ai_remove_budget", permission=MANAGE)
async def remove_budget(ctx: NamedDependency[Context], budget_id: FromPath[UUID]) -> None:
    """Remove a budget."""
    await budgets.remove_budget(ctx, budget_id)


@get("/spend", operation_id="ai_get_spend", permission=SPEND)
async def get_spend(
    ctx: NamedDependency[Context],
    since: FromQuery[dt.date | None] = None,
    until: FromQuery[dt.date | None] = None,
    by: FromQuery[spend.Group] = "provider",
) -> spend.Spend:
    """What was spent between two days (UTC), both included: this month where nothing is said."""
    return await spend.spend(ctx, *spend.period(ctx, since, until), by)


@get("/spend.csv", operation_id="ai_export_spend", permission=SPEND, media_type="text/csv")
async def export_spend(
    ctx: NamedDependency[Context],
    since: FromQuery[dt.date | None] = None,
    until: FromQuery[dt.date | None] = None,
) -> Stream:
    """The same calls as CSV, a line each."""
    first, last = spend.period(ctx, since, until)
    transactions = ctx.service(Transactions)

    async def lines() -> AsyncGenerator[bytes, None]:
        async with transactions.begin() as own:
            async for each in spend.as_csv(own, first, last):
                yield each

    headers = {"content-disposition": f'attachment; filename="ai-spend-{first}-{last}.csv"'}
    return Stream(lines(), media_type="text/csv; charset=utf-8", headers=headers)


@get("/calls", operation_id="ai_list_calls", permission=SPEND)
async def list_calls(
    ctx: NamedDependency[Context], cursor: FromQuery[str | None] = None, limit: Limit = 20
) -> Page[CallView]:
    """Records of calls, newest first."""
    return await records.list_calls(ctx, cursor, limit)


@put("/calls/{call_id:uuid}/rating", operation_id="ai_rate_answer", permission=RATE, status_code=204)
async def rate_answer(ctx: NamedDependency[Context], call_id: FromPath[UUID], data: JSONBody[Rating]) -> None:
    """Say whether an answer that you asked for helped."""
    await records.rate(ctx, call_id, ctx.user.id, helped=data.helped)


SPENDING_ROUTES = [
    list_budgets,
    add_budget,
    change_budget,
    remove_budget,
    get_spend,
    export_spend,
    list_calls,
    rate_answer,
]
