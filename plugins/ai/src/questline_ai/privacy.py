"""What AI keeps of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

from sqlalchemy import delete, or_, select, update

from questline_ai.models import Budget, BudgetMonth, CachedAnswer, Call, Override, Suggestion
from questline_sdk import Context

EXPORTED = (
    "id", "placement", "template", "provider", "model", "status", "currency", "cost_micros", "input_tokens",
    "output_tokens", "prompt", "answer", "rating", "started_at",
)  # fmt: skip


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """A person's calls, budgets, what they have used of them, and the templates they changed."""
    calls = select(*(getattr(Call, name) for name in EXPORTED)).where(Call.user_id == user_id).order_by(Call.id)
    mine = select(Budget.id).where(Budget.user_id == user_id)
    budgets = select(Budget.id, Budget.user_id, Budget.currency, Budget.limit_micros).where(Budget.user_id == user_id)
    used = select(
        BudgetMonth.budget_id,
        BudgetMonth.subject_id,
        BudgetMonth.month,
        BudgetMonth.spent_micros,
        BudgetMonth.reserved_micros,
    ).where(or_(BudgetMonth.subject_id == user_id, BudgetMonth.budget_id.in_(mine)))
    changed = select(Override.template, Override.version, Override.created_by, Override.created_at).where(
        Override.created_by == user_id
    )
    cached = select(CachedAnswer.user_id, CachedAnswer.answer, CachedAnswer.expires_at).where(
        CachedAnswer.user_id == user_id
    )
    drafts = select(Suggestion.id, Suggestion.created_by, Suggestion.decided_by, Suggestion.created_at).where(
        or_(Suggestion.created_by == user_id, Suggestion.decided_by == user_id)
    )
    found = {
        "suggestions": drafts,
        "calls": calls,
        "budgets": budgets,
        "used": used,
        "templates": changed,
        "remembered": cached,
    }
    return {name: [_plain(row) for row in (await ctx.session.execute(each)).mappings()] for name, each in found.items()}


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove a person's texts and take them out of what calls cost, which stays for the accounts."""
    await ctx.session.execute(
        update(Call).where(Call.user_id == user_id).values(user_id=None, prompt=None, answer=None, rating=None)
    )
    await ctx.session.execute(delete(CachedAnswer).where(CachedAnswer.user_id == user_id))
    await ctx.session.execute(delete(Budget).where(Budget.user_id == user_id))
    await ctx.session.execute(delete(BudgetMonth).where(BudgetMonth.subject_id == user_id))
    for column in (Suggestion.created_by, Suggestion.decided_by):
        await ctx.session.execute(update(Suggestion).where(column == user_id).values({column: None}))
    await ctx.session.execute(update(Override).where(Override.created_by == user_id).values(created_by=None))


def _plain(row: Any) -> dict[str, Any]:
    return {name: value if isinstance(value, int | float | dict | None) else str(value) for name, value in row.items()}
