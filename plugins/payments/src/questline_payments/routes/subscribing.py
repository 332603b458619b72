"""Subscriptions, for those who have them and for those who sell them."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from sqlalchemy import select, tuple_

from questline_payments import subscription_schemas as schemas
from questline_payments import subscriptions
from questline_payments.idempotency import Key, once
from questline_payments.models import Subscription
from questline_payments.permissions import BUY, READ
from questline_payments.routes.parameters import Cursor, Limit
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, decode_cursor, paginate

InState = Annotated[
    schemas.SubscriptionState | None, QueryParameter(name="state", description="Those in this state only.")
]


@get(
    "/me/subscriptions",
    operation_id="payments_list_my_subscriptions",
    permission=BUY,
    summary="The reader's subscriptions",
)
async def list_my_subscriptions(ctx: NamedDependency[Context]) -> schemas.Subscriptions:
    """Newest first, those that have ended among them."""
    return schemas.Subscriptions(items=await subscriptions.mine(ctx))


@get("/subscriptions", operation_id="payments_list_subscriptions", permission=READ, summary="All subscriptions")
async def list_subscriptions(
    ctx: NamedDependency[Context], only: InState = None, cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[schemas.SubscriptionView]:
    """Newest first."""
    statement = select(Subscription).order_by(Subscription.created_at.desc(), Subscription.id.desc()).limit(limit + 1)
    if only:
        statement = statement.where(Subscription.state == only)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Subscription.created_at, Subscription.id) < tuple_(before[0], before[1]))
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.created_at, row.id))
    return Page(items=await subscriptions.views(ctx, page.items), next_cursor=page.next_cursor)


@post(
    "/subscriptions/{subscription_id:uuid}/cancel",
    operation_id="payments_cancel_subscription",
    permission=BUY,
    status_code=200,
    summary="Cancel one's own subscription",
)
async def cancel_subscription(
    ctx: NamedDependency[Context],
    subscription_id: FromPath[UUID],
    data: JSONBody[schemas.CancelInput],
    key: Key = None,
) -> schemas.SubscriptionView:
    """At the end of what is paid, or now; nothing is given back by it."""
    return await once(
        ctx,
        key,
        "cancel_subscription",
        (subscription_id, data),
        schemas.SubscriptionView,
        lambda: subscriptions.cancel(ctx, subscription_id, at_end=data.at_end),
    )


@post(
    "/subscriptions/{subscription_id:uuid}/keep",
    operation_id="payments_keep_subscription",
    permission=BUY,
    status_code=200,
    summary="Keep one's own subscription that was to end",
)
async def keep_subscription(
    ctx: NamedDependency[Context], subscription_id: FromPath[UUID], key: Key = None
) -> schemas.SubscriptionView:
    """It is renewed as before."""
    return await once(
        ctx,
        key,
        "keep_subscription",
        subscription_id,
        schemas.SubscriptionView,
        lambda: subscriptions.keep(ctx, subscription_id),
    )


@post(
    "/subscriptions/{subscription_id:uuid}/payment",
    operation_id="payments_pay_subscription",
    permission=BUY,
    status_code=200,
    summary="Get the page to pay an unpaid renewal at",
)
async def pay_subscription(
    ctx: NamedDependency[Context], subscription_id: FromPath[UUID], key: Key = None
) -> schemas.PayPage:
    """The same page as long as it is open; what is paid twice goes back."""
    return await subscriptions.pay(ctx, subscription_id)


SUBSCRIBING: list[Any] = [
    list_my_subscriptions,
    list_subscriptions,
    cancel_subscription,
    keep_subscription,
    pay_subscription,
]
