"""Invitations that nobody accepts end, and addresses of seats that were taken back are forgotten."""

import datetime as dt

import msgspec
from sqlalchemy import delete, select

from questline_payments import seats, seats_assigning
from questline_payments.seats_models import Seat
from questline_sdk import Context, Job, Schedule
from questline_sdk.services import Transactions

KEPT = dt.timedelta(days=90)
BATCH = 500


class Nothing(msgspec.Struct, frozen=True, kw_only=True):
    """No arguments."""


async def look_after(ctx: Context, _: Nothing) -> None:
    """End what was not accepted in time, seat by seat, and forget what is long over."""
    over = (Seat.state == "invited") & (Seat.assigned_at <= ctx.now - seats_assigning.INVITED_FOR)
    statement = select(Seat.pool_id, Seat.id).where(over).order_by(Seat.assigned_at).limit(BATCH)
    for pool_id, seat_id in list(await ctx.session.execute(statement)):
        async with ctx.service(Transactions).begin() as own:
            pool = await seats.locked(own, pool_id)
            seat = await own.session.scalar(select(Seat).where(Seat.id == seat_id, over))
            if pool is not None and seat is not None:
                await seats_assigning.revoke(own, pool, seat)
    await ctx.session.execute(delete(Seat).where(Seat.state == "revoked", Seat.ended_at <= ctx.now - KEPT))


LOOK_AFTER = Job(name="look_after_seats", function=look_after, args=Nothing)
JOBS = (LOOK_AFTER,)
SCHEDULES = (Schedule(cron="20 * * * *", job=LOOK_AFTER, args=Nothing()),)
