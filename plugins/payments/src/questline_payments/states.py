"""The states of an order, the only moves between them, and what each move leaves behind."""

from uuid import UUID

from questline_payments.models import Order, OrderEvent
from questline_sdk import Conflict, Context, EventData

MOVES: dict[str, frozenset[str]] = {
    "open": frozenset({"paid", "review", "expired", "cancelled"}),
    "expired": frozenset({"paid", "review"}),
    "cancelled": frozenset({"paid", "review"}),
    "review": frozenset({"paid", "refunded", "disputed", "open"}),
    "paid": frozenset({"partly_refunded", "refunded", "disputed"}),
    "partly_refunded": frozenset({"paid", "refunded", "disputed"}),
    "refunded": frozenset({"paid", "partly_refunded", "disputed"}),
    "disputed": frozenset({"paid", "partly_refunded", "refunded"}),
}
"""Money that comes for an order nobody waits for any more is booked all the same, so nothing but money ends one."""


class OrderChanged(EventData, frozen=True, kw_only=True):
    """An order went from one state to another; `before` is empty for a new one."""

    event_type = "payments.order.changed.v1"
    order_id: UUID
    user_id: UUID | None
    before: str
    after: str


class Granted(EventData, frozen=True, kw_only=True):
    """Somebody holds a course by what they paid."""

    event_type = "payments.access.granted.v1"
    user_id: UUID
    course_id: UUID


class Revoked(EventData, frozen=True, kw_only=True):
    """Somebody holds a course no longer by what they paid."""

    event_type = "payments.access.revoked.v1"
    user_id: UUID
    course_id: UUID


EVENTS = (OrderChanged, Granted, Revoked)


async def move(ctx: Context, order: Order, after: str) -> None:
    """Put a locked order into a state; the same again changes nothing. Raises `Conflict` for a move there is not."""
    before = order.state
    if after == before:
        return
    if after not in MOVES[before]:
        raise Conflict(f"An order cannot go from {before} to {after}.", code="no_such_move")
    order.state = after
    note(ctx, order, "changed", before=before, after=after)
    await ctx.publish(OrderChanged(order_id=order.id, user_id=order.user_id, before=before, after=after))


def note(
    ctx: Context, order: Order, event: str, *, before: str | None = None, after: str | None = None, detail: str = ""
) -> None:
    """Write a line of an order's timeline."""
    ctx.session.add(
        OrderEvent(order_id=order.id, event=event, before=before, after=after, detail=detail[:500], occurred_at=ctx.now)
    )
