"""What points keep of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from questline_points.models import Account, Entry
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """A user's balance and whole ledger as JSON."""
    account = await ctx.session.scalar(select(Account).where(Account.user_id == user_id))
    statement = (
        select(Entry.id, Entry.amount, Entry.reason, Entry.rule, Entry.occurred_at)
        .where(Entry.user_id == user_id)
        .order_by(Entry.occurred_at, Entry.id)
    )
    rows = (await ctx.session.execute(statement)).mappings()
    entries = [msgspec.to_builtins(dict(row)) for row in rows]
    return {
        "balance": account.balance if account else 0,
        "reached_at": account and msgspec.to_builtins(account.reached_at),
        "entries": entries,
    }


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove a user's ledger and account."""
    await ctx.session.execute(delete(Entry).where(Entry.user_id == user_id))
    await ctx.session.execute(delete(Account).where(Account.user_id == user_id))
