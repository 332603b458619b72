"""Who holds which course by what they paid: derived from the ledger, and kept so that a course request asks nothing.

A course is read by those who are enrolled; enrolment asks here once, and who holds the course no longer leaves it. What
somebody had before they bought it stays theirs, whatever becomes of the payment.
"""

import datetime as dt
from uuid import UUID

from sqlalchemy import ColumnElement, Exists, delete, func, or_, select
from sqlalchemy.dialects.postgresql import insert

from questline_payments.ledger import SALES
from questline_payments.models import (
    CouponUse,
    Entitlement,
    Line,
    Order,
    Posting,
    Price,
    Product,
    ProductCourse,
    Subscription,
)
from questline_payments.seats_models import Seat, SeatPool
from questline_payments.states import Granted, Revoked
from questline_sdk import Conflict, Context, NotFound
from questline_sdk.hooks import Veto
from questline_sdk.services import Enrolments


async def follow(ctx: Context, order: Order) -> None:
    """Grant and take what an order's lines say after a change of its books."""
    if order.user_id is None:
        return
    courses = await ctx.session.scalars(
        select(func.unnest(Line.course_ids)).where(Line.order_id == order.id, Line.kind != "seats")
    )
    for course_id in sorted(set(courses)):
        await derive(ctx, order.user_id, course_id)


async def derive(ctx: Context, user_id: UUID, course_id: UUID) -> None:
    """Bring what somebody holds of a course to what the ledger says, and their enrolment with it.

    The row is locked first, so that two orders for one course, and an enrolment meanwhile, wait for each other.
    """
    enrolments = ctx.service(Enrolments)
    new = insert(Entitlement).values(
        user_id=user_id,
        course_id=course_id,
        held=False,
        had_access=await enrolments.is_enrolled(user_id, course_id),
        changed_at=ctx.now,
    )
    await ctx.session.execute(
        new.on_conflict_do_update(
            index_elements=["tenant_id", "user_id", "course_id"], set_={"changed_at": new.excluded.changed_at}
        )
    )
    row = (
        await ctx.session.scalars(
            select(Entitlement)
            .where(Entitlement.user_id == user_id, Entitlement.course_id == course_id)
            .execution_options(populate_existing=True)
        )
    ).one()
    held = await pays(ctx, user_id, course_id)
    if held == row.held:
        return
    if held:
        row.had_access = await enrolments.is_enrolled(user_id, course_id)
    row.held = held
    await ctx.session.flush()
    try:
        if held:
            await enrolments.enrol(user_id, course_id)
        elif not row.had_access:
            await enrolments.unenrol(user_id, course_id)
    except (Conflict, NotFound):  # another plugin refuses, or the course is not published: they may enrol later
        pass
    await ctx.publish((Granted if held else Revoked)(user_id=user_id, course_id=course_id))


async def pays(ctx: Context, user_id: UUID, course_id: UUID) -> bool:
    """Whether the ledger holds a sale of the course to somebody, or a seat of theirs, that was not taken back whole."""
    sold = (
        select(Line.id)
        .join(Order, Order.id == Line.order_id)
        .join(Posting, (Posting.order_id == Order.id) & (Posting.line_id == Line.id) & (Posting.account == SALES))
        .where(Order.user_id == user_id, Line.course_ids.contains([course_id]), Line.kind != "seats")
        .where(in_force(ctx.now))
        .group_by(Line.id)
        .having(func.sum(Posting.amount) < 0)
    )
    given = (
        select(Seat.id)
        .join(SeatPool, SeatPool.id == Seat.pool_id)
        .where(Seat.user_id == user_id, Seat.state == "taken", Seat.seated, SeatPool.course_ids.contains([course_id]))
    )
    return bool(await ctx.session.scalar(select(or_(sold.exists(), given.exists()))))


def in_force(now: dt.datetime) -> ColumnElement[bool]:
    """Whether a line grants by its time.

    A period of a subscription counts until its end; the last one of a subscription that goes on, until that is ended.
    """
    goes_on = (
        select(Subscription.id)
        .where(
            Subscription.id == Line.subscription_id,
            Subscription.state.in_(["active", "past_due"]),
            Subscription.period_end == Line.period_end,
        )
        .exists()
    )
    return or_(Line.period_end.is_(None), Line.period_end > now, goes_on)


async def veto(ctx: Context, user_id: UUID, course_id: UUID) -> Veto | None:
    """Refuse who does not hold a course that is sold."""
    mine = (Entitlement.user_id == user_id) & (Entitlement.course_id == course_id) & Entitlement.held
    row = (
        await ctx.session.execute(
            select(
                for_sale(course_id), select(Entitlement.held).where(mine).with_for_update(read=True).scalar_subquery()
            )
        )
    ).one()
    return Veto(code="payment_required", detail="Buy this course first.") if row[0] and not row[1] else None


def for_sale(course_id: UUID) -> Exists:
    """Whether a course is sold now."""
    return (
        select(ProductCourse.course_id)
        .join(Product, (Product.tenant_id == ProductCourse.tenant_id) & (Product.id == ProductCourse.product_id))
        .join(Price, (Price.tenant_id == Product.tenant_id) & (Price.product_id == Product.id))
        .where(ProductCourse.course_id == course_id, Product.active, Price.active)
        .exists()
    )


async def release_coupon(ctx: Context, order: Order) -> None:
    """Give back the use of a coupon that an order held."""
    await ctx.session.execute(delete(CouponUse).where(CouponUse.order_id == order.id))
