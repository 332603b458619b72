"""Seats: how many a buyer has, and who sits on them, follow from the ledger like everything that is held.

Whoever changes a pool, or who is in it, locks its row first, so that never more people sit than seats were bought.
Where seats go, invitations that nobody has accepted lose theirs first, and then those who were given theirs last.
"""

from collections.abc import Collection
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.dialects.postgresql import insert

from questline_payments import access
from questline_payments.ledger import DISCOUNTS, SALES, TAX
from questline_payments.models import Line, Order, Posting, Subscription
from questline_payments.seats_events import SeatChanged, SeatsChanged
from questline_payments.seats_models import Seat, SeatPool
from questline_sdk import Context

KIND = "seats"


async def follow_order(ctx: Context, order: Order) -> None:
    """Bring the seats of an order's lines to what the ledger says of them."""
    lines = await ctx.session.scalars(
        select(Line).where(Line.order_id == order.id, Line.kind == KIND).order_by(Line.position)
    )
    for line in list(lines):
        pool = await _pool(ctx, order, line)
        if pool is not None:
            await refresh(ctx, pool)


async def follow_subscription(ctx: Context, found: Subscription) -> None:
    """Bring the seats of a subscription to what its periods say now."""
    pool = await _locked_where(ctx, SeatPool.subscription_id == found.id)
    if pool is not None:
        await refresh(ctx, pool)


async def locked(ctx: Context, pool_id: UUID) -> SeatPool | None:
    """A pool that nobody else changes until the end of this transaction."""
    return await _locked_where(ctx, SeatPool.id == pool_id)


async def _locked_where(ctx: Context, condition: ColumnElement[bool]) -> SeatPool | None:
    statement = select(SeatPool).where(condition).with_for_update().execution_options(populate_existing=True)
    found: SeatPool | None = await ctx.session.scalar(statement)
    return found


async def _pool(ctx: Context, order: Order, line: Line) -> SeatPool | None:
    """The pool that a line fills; a line of a subscription fills that of the subscription."""
    mine = SeatPool.line_id == line.id
    if line.subscription_id is not None:
        mine = SeatPool.subscription_id == line.subscription_id
    found = await _locked_where(ctx, mine)
    if found is not None or order.user_id is None:
        return found
    values = {
        "user_id": order.user_id,
        "order_id": order.id,
        "line_id": line.id,
        "subscription_id": line.subscription_id,
        "title": line.title,
        "course_ids": line.course_ids,
        "seats": 0,
        "created_at": ctx.now,
    }
    await ctx.session.execute(insert(SeatPool).values(**values).on_conflict_do_nothing())
    return await _locked_where(ctx, mine)


async def refresh(ctx: Context, pool: SeatPool) -> None:
    """Count a locked pool's seats anew, and grant and take what follows."""
    lines = await _lines(ctx, pool)
    before, pool.seats = pool.seats, max((seats for _, seats in lines), default=0)
    courses, pool.course_ids = set(pool.course_ids), sorted({each for line, _ in lines for each in line.course_ids})
    if not lines:
        pool.course_ids = sorted(courses)
    await ctx.session.flush()
    if pool.seats != before:
        await ctx.publish(
            SeatsChanged(pool_id=pool.id, order_id=pool.order_id, user_id=pool.user_id, before=before, after=pool.seats)
        )
    moved = await reseat(ctx, pool)
    if courses != set(pool.course_ids):
        moved = await sitters(ctx, pool)
    await derive(ctx, moved, courses | set(pool.course_ids))


async def _lines(ctx: Context, pool: SeatPool) -> list[tuple[Line, int]]:
    """The lines of a pool that count now, each with the seats of it that are paid for.

    A seat goes once the money of a whole one has gone back.
    """
    kept = -func.sum(Posting.amount).filter(Posting.account.in_([SALES, DISCOUNTS, TAX]))
    sold = -func.sum(Posting.amount).filter(Posting.account == SALES)
    mine = Line.id == pool.line_id
    if pool.subscription_id is not None:
        mine = Line.subscription_id == pool.subscription_id
    rows = await ctx.session.execute(
        select(Line, kept)
        .join(Posting, (Posting.order_id == Line.order_id) & (Posting.line_id == Line.id))
        .where(mine, access.in_force(ctx.now))
        .group_by(Line.tenant_id, Line.id)
        .having(sold > 0)
    )
    return [(line, paid_for(line.quantity, line.total, int(worth))) for line, worth in rows]


def paid_for(quantity: int, total: int, worth: int) -> int:
    """Of so many seats, those of which the money has not gone back whole."""
    return -(-quantity * worth // total) if total else quantity


async def open_seats(ctx: Context, pool: SeatPool) -> list[Seat]:
    """Who is invited to a pool or has a seat of it, those first who keep theirs longest."""
    statement = select(Seat).where(Seat.pool_id == pool.id, Seat.state != "revoked")
    statement = statement.order_by((Seat.state == "invited"), Seat.assigned_at, Seat.id)
    return list(await ctx.session.scalars(statement.execution_options(populate_existing=True)))


async def reseat(ctx: Context, pool: SeatPool) -> set[UUID]:
    """Seat as many of a locked pool as it has seats; returns the people for whom that changed something."""
    moved = set()
    for place, seat in enumerate(await open_seats(ctx, pool)):
        seated = place < pool.seats
        if seat.seated == seated:
            continue
        seat.seated = seated
        await tell(ctx, seat, "unseated" if seated else "seated", "seated" if seated else "unseated")
        if seat.user_id is not None and seat.state == "taken":
            moved.add(seat.user_id)
    await ctx.session.flush()
    return moved


async def sitters(ctx: Context, pool: SeatPool) -> set[UUID]:
    """Everybody who has taken a seat of a pool."""
    statement = select(Seat.user_id).where(Seat.pool_id == pool.id, Seat.state == "taken")
    return {each for each in await ctx.session.scalars(statement) if each is not None}


async def derive(ctx: Context, people: Collection[UUID], courses: Collection[UUID]) -> None:
    """Bring what people hold to what the ledger says; always in one order, so that no two wait for each other."""
    for user_id in sorted(people):
        for course_id in sorted(courses):
            await access.derive(ctx, user_id, course_id)


async def tell(ctx: Context, seat: Seat, before: str, after: str) -> None:
    """Publish a move of a seat."""
    moved = SeatChanged(seat_id=seat.id, pool_id=seat.pool_id, user_id=seat.user_id, before=before, after=after)
    await ctx.publish(moved)
