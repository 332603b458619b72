"""What seats keep of a person: of who has one or is invited to one, and of who bought them."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, delete, func, or_, select, update

from questline_payments import seats, seats_assigning
from questline_payments.models import Subscription
from questline_payments.seats_models import Seat, SeatPool
from questline_sdk import Context
from questline_sdk.provisioning import Accounts


async def export(ctx: Context, user_id: UUID) -> list[dict[str, Any]]:
    """The seats that somebody has, or is invited to by their address."""
    statement = (
        select(SeatPool.title, Seat.email, Seat.state, Seat.assigned_at, Seat.taken_at, Seat.ended_at)
        .join(SeatPool, (SeatPool.tenant_id == Seat.tenant_id) & (SeatPool.id == Seat.pool_id))
        .where(await _of(ctx, user_id))
        .order_by(Seat.id)
    )
    return [dict(row) for row in (await ctx.session.execute(statement)).mappings()]


async def erase(ctx: Context, user_id: UUID) -> None:
    """Free somebody's seats and forget their address; of who bought, end what nobody has accepted.

    Those who have a seat keep it: it is paid for, until its subscription's period ends.
    """
    bought = select(SeatPool.id).where(SeatPool.user_id == user_id).order_by(SeatPool.id)
    for pool_id in list(await ctx.session.scalars(bought)):
        pool = await seats.locked(ctx, pool_id)
        if pool is None:
            continue
        invited = select(Seat).where(Seat.pool_id == pool_id, Seat.state == "invited")
        for seat in list(await ctx.session.scalars(invited)):
            await seats_assigning.revoke(ctx, pool, seat)
        await seats_assigning.end_codes(ctx, pool)
        pool.user_id = None
        await ctx.session.execute(update(Seat).where(Seat.pool_id == pool_id).values(email=None))
        await ctx.session.execute(
            update(Subscription).where(Subscription.id == pool.subscription_id).values(next_at=Subscription.period_end)
        )
    mine = await _of(ctx, user_id)
    for pool_id in sorted(set(await ctx.session.scalars(select(Seat.pool_id).where(mine)))):
        pool = await seats.locked(ctx, pool_id)
        await ctx.session.execute(delete(Seat).where(mine, Seat.pool_id == pool_id))
        if pool is not None:
            await seats.derive(ctx, await seats.reseat(ctx, pool), pool.course_ids)
    await ctx.session.flush()


async def _of(ctx: Context, user_id: UUID) -> ColumnElement[bool]:
    people = ctx.service(Accounts).table()
    email = select(func.lower(people.c.email)).where(people.c.id == user_id).scalar_subquery()
    return or_(Seat.user_id == user_id, Seat.email == email)
