"""Budgets: what may be spent in a month, and how far that is used."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta
from sqlalchemy import select

from questline_ai.models import Budget, BudgetMonth
from questline_sdk import Context, Invalid, NotFound

Scope = Literal["tenant", "course", "user", "each_user"]
LARGEST = 10**15


class BudgetInput(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A budget as an admin sets it."""

    scope: Scope
    limit_micros: Annotated[int, Meta(ge=0, le=LARGEST)]
    currency: Annotated[str, Meta(pattern=r"^[A-Z]{3}$")] = "USD"
    course_id: UUID | None = None
    user_id: UUID | None = None
    enabled: bool = True


class BudgetView(msgspec.Struct, frozen=True, kw_only=True):
    """A budget and this month's use; for `each_user` of the user who has used the most."""

    id: UUID
    scope: Scope
    course_id: UUID | None
    user_id: UUID | None
    currency: str
    limit_micros: int
    enabled: bool
    month: dt.date
    spent_micros: int
    reserved_micros: int
    alerted_percent: int


async def list_budgets(ctx: Context) -> list[BudgetView]:
    """All budgets, oldest first."""
    month = ctx.now.astimezone(dt.UTC).date().replace(day=1)
    budgets = list(await ctx.session.scalars(select(Budget).order_by(Budget.created_at, Budget.id)))
    months = await ctx.session.scalars(
        select(BudgetMonth).where(BudgetMonth.month == month).order_by(BudgetMonth.spent_micros)
    )
    used = {each.budget_id: each for each in months}
    return [_view(each, used.get(each.id), month) for each in budgets]


async def add_budget(ctx: Context, data: BudgetInput) -> BudgetView:
    """Add a budget; it counts from the next call on."""
    _check(data)
    budget = Budget(**{name: getattr(data, name) for name in data.__struct_fields__}, created_at=ctx.now)
    ctx.session.add(budget)
    await ctx.session.flush()
    await ctx.audit("ai.budget.added", subject=("ai_budget", budget.id), after=msgspec.to_builtins(data))
    return _view(budget, None, ctx.now.date().replace(day=1))


async def change_budget(ctx: Context, budget_id: UUID, data: BudgetInput) -> BudgetView:
    """Change a budget; what was spent stays counted."""
    _check(data)
    budget = await _get(ctx, budget_id)
    if (budget.scope, budget.course_id, budget.user_id) != (data.scope, data.course_id, data.user_id):
        raise Invalid.field("scope", "cannot be changed: add another budget instead")
    before = {"limit_micros": budget.limit_micros, "enabled": budget.enabled, "currency": budget.currency}
    budget.limit_micros, budget.enabled, budget.currency = data.limit_micros, data.enabled, data.currency
    await ctx.session.flush()
    after = {name: getattr(data, name) for name in before}
    await ctx.audit("ai.budget.changed", subject=("ai_budget", budget_id), before=before, after=after)
    return next(each for each in await list_budgets(ctx) if each.id == budget_id)


async def remove_budget(ctx: Context, budget_id: UUID) -> None:
    """Remove a budget and its count."""
    budget = await _get(ctx, budget_id)
    await ctx.session.delete(budget)
    await ctx.session.flush()
    await ctx.audit("ai.budget.removed", subject=("ai_budget", budget_id), before={"limit_micros": budget.limit_micros})


async def _get(ctx: Context, budget_id: UUID) -> Budget:
    budget = await ctx.session.scalar(select(Budget).where(Budget.id == budget_id))
    if budget is None:
        raise NotFound("There is no such budget.")
    return budget


def _check(data: BudgetInput) -> None:
    for name, scope in (("course_id", "course"), ("user_id", "user")):
        if (getattr(data, name) is not None) != (data.scope == scope):
            raise Invalid.field(name, f"is needed for the scope {scope}, and only there")


def _view(budget: Budget, used: BudgetMonth | None, month: dt.date) -> BudgetView:
    return BudgetView(
        **{
            name: getattr(budget, name)
            for name in ("id", "scope", "course_id", "user_id", "currency", "limit_micros", "enabled")
        },
        month=month,
        spent_micros=used.spent_micros if used else 0,
        reserved_micros=used.reserved_micros if used else 0,
        alerted_percent=used.alerted_percent if used else 0,
    )
