"""Taking a seat with the code of an invitation, or with one that was handed on.

What is wrong with a code is never said: each that is not good is answered alike.
"""

from uuid import UUID

from sqlalchemy import select

from questline_payments import catalogue, seats
from questline_payments.seats_assigning import INVITED_FOR, free
from questline_payments.seats_models import Seat, SeatCode, SeatPool
from questline_payments.seats_schemas import Redeemed
from questline_payments.seats_secrets import digest
from questline_sdk import Conflict, Context, FieldError, Invalid


async def redeem(ctx: Context, code: str) -> Redeemed:
    """Give the acting user the seat of a code; the same again changes nothing.

    Raises `Invalid` for a code that is not good, and `Conflict` where no seat is free.
    """
    hashed = digest(code)
    pool = await seats.locked(ctx, await _pool_of(ctx, hashed))
    if pool is None:
        raise _not_good()
    mine = (Seat.pool_id == pool.id) & (Seat.user_id == ctx.user.id)
    seat = await ctx.session.scalar(select(Seat).where(mine, Seat.state == "taken"))
    if seat is None:
        seat = await _take(ctx, pool, hashed)
        await seats.derive(ctx, [ctx.user.id], pool.course_ids)
    if not seat.seated:
        raise _no_seat()
    names = await catalogue.course_refs(ctx, set(pool.course_ids))
    return Redeemed(title=pool.title, courses=[names[each] for each in pool.course_ids if each in names])


async def _pool_of(ctx: Context, hashed: bytes) -> UUID:
    invited = select(Seat.pool_id).where(Seat.token_hash == hashed)
    handed = select(SeatCode.pool_id).where(SeatCode.code_hash == hashed)
    found: UUID | None = await ctx.session.scalar(invited.union_all(handed).limit(1))
    if found is None:
        raise _not_good()
    return found


async def _take(ctx: Context, pool: SeatPool, hashed: bytes) -> Seat:
    seat = await ctx.session.scalar(select(Seat).where(Seat.pool_id == pool.id, Seat.token_hash == hashed))
    if seat is None:
        return await _take_with_code(ctx, pool, hashed)
    if seat.assigned_at + INVITED_FOR <= ctx.now:
        raise _not_good()
    if not seat.seated:
        raise _no_seat()
    seat.state, seat.user_id, seat.token_hash, seat.taken_at = "taken", ctx.user.id, None, ctx.now
    await ctx.session.flush()
    await seats.tell(ctx, seat, "invited", "taken")
    return seat


async def _take_with_code(ctx: Context, pool: SeatPool, hashed: bytes) -> Seat:
    code = await ctx.session.scalar(select(SeatCode).where(SeatCode.pool_id == pool.id, SeatCode.code_hash == hashed))
    if code is None or code.revoked_at is not None or code.expires_at <= ctx.now or code.uses >= code.max_uses:
        raise _not_good()
    had = select(Seat.id).where(Seat.code_id == code.id, Seat.user_id == ctx.user.id)
    if await ctx.session.scalar(had.limit(1)) is not None:  # it was taken back from them
        raise _not_good()
    if not await free(ctx, pool):
        raise _no_seat()
    code.uses += 1
    seat = Seat(
        pool_id=pool.id,
        user_id=ctx.user.id,
        code_id=code.id,
        state="taken",
        seated=True,
        assigned_at=ctx.now,
        taken_at=ctx.now,
    )
    ctx.session.add(seat)
    await ctx.session.flush()
    await seats.tell(ctx, seat, "", "taken")
    return seat


def _not_good() -> Invalid:
    detail = "This code is not good: it was used, taken back, has expired or is not whole."
    return Invalid(detail, code="seat_code_not_good", errors=[FieldError("code", "is not good")])


def _no_seat() -> Conflict:
    return Conflict("All seats are taken; ask who gave you the code.", code="no_seat")
