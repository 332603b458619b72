"""The ledger against the provider: every payment since a day, and what differs."""

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_payments import ledger, settle
from questline_payments.models import Order
from questline_payments.money import exponent
from questline_payments.orders import provider_of
from questline_sdk import Context
from questline_sdk.payments import ProviderPayment
from questline_sdk.services import Transactions


class Difference(msgspec.Struct, frozen=True, kw_only=True):
    """An amount on which the provider and the ledger do not agree."""

    payment_id: str
    order_id: UUID | None
    what: str
    provider_amount: int
    ledger_amount: int
    currency: str
    exponent: int


class Reconciliation(msgspec.Struct, frozen=True, kw_only=True):
    """What was compared, and what differed; with `repaired` so many were brought to what the provider says."""

    checked: int
    repaired: int
    differences: list[Difference]


async def reconcile(ctx: Context, provider: str, since: dt.datetime, *, repair: bool) -> Reconciliation:
    """Compare the ledger with what a provider says of every payment since."""
    adapter = await provider_of(ctx, provider)
    async with ctx.service(Transactions).begin() as own:
        payments = [each async for each in adapter.payments_since(own, since)]
    differences: list[Difference] = []
    repaired = 0
    for payment in payments:
        async with ctx.service(Transactions).begin() as own:
            found = await compare(own, provider, payment)
            if found and repair:
                repaired += await settle.apply(own, provider, payment)
        differences += found
    return Reconciliation(checked=len(payments), repaired=repaired, differences=differences)


async def compare(ctx: Context, provider: str, payment: ProviderPayment) -> list[Difference]:
    """On what the provider and the ledger do not agree about a payment."""
    try:
        statement = select(Order).where(Order.id == UUID(payment.reference), Order.provider == provider)
        order = await ctx.session.scalar(statement)
    except ValueError:
        order = None
    held = (await ledger.held(ctx, order)).payments[payment.id] if order is not None else {}
    differing = ledger.missing(payment, held)
    return [
        Difference(
            payment_id=payment.id,
            order_id=order.id if order is not None else None,
            what=what if order is not None else "unknown_order",
            provider_amount=held.get(what, 0) + amount,
            ledger_amount=held.get(what, 0),
            currency=payment.money.currency,
            exponent=exponent(payment.money.currency),
        )
        for what, amount in differing.items()
    ]
