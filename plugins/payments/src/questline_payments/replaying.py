"""Having messages acted on again."""

import datetime as dt

from sqlalchemy import func, select, update

from questline_payments.models import Message
from questline_payments.processing import ACT, Act
from questline_sdk import Context


async def replay_all(ctx: Context, state: str, since: dt.datetime | None) -> int:
    """Queue every message of a state that speaks of a payment; returns how many."""
    conditions = [Message.state == state, Message.payment_id.is_not(None)]
    if since is not None:
        conditions.append(Message.received_at >= since)
    found = int(await ctx.session.scalar(select(func.count()).where(*conditions)) or 0)
    await ctx.session.execute(
        update(Message)
        .where(*conditions)
        .values(state="waiting", attempts=0, next_at=ctx.now, error="")
        .execution_options(synchronize_session=False)
    )
    if found:
        await ctx.enqueue(ACT, Act())
    return found
