"""What the API takes and gives of subscriptions."""

import datetime as dt
from typing import Literal
from uuid import UUID

import msgspec

from questline_payments.schemas import Buyer, Interval

SubscriptionState = Literal["active", "ending", "past_due", "ended"]


class SubscriptionView(msgspec.Struct, frozen=True, kw_only=True):
    """A subscription: `charged` where the provider keeps what it is paid with, else each period waits to be paid."""

    id: UUID
    product_id: UUID
    price_id: UUID
    state: SubscriptionState
    title: str
    interval: Interval
    currency: str
    exponent: int
    amount: int
    provider: str
    charged: bool
    period_start: dt.datetime | None
    period_end: dt.datetime | None
    grace_until: dt.datetime | None
    failure: str
    created_at: dt.datetime
    ended_at: dt.datetime | None
    buyer: Buyer | None


class Subscriptions(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody's subscriptions."""

    items: list[SubscriptionView]


class CancelInput(msgspec.Struct, frozen=True, kw_only=True):
    """When a subscription is to end: with what is paid, or now."""

    at_end: bool = True


class PayPage(msgspec.Struct, frozen=True, kw_only=True):
    """The provider's page for the order of a renewal."""

    order_id: UUID
    url: str
