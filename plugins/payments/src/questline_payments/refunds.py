"""Giving money back: noted and reserved first, asked of the provider with nothing locked, booked as it answers.

What was paid beside an order that was sold goes back by itself, once for each payment; where the provider will not, it
is left to an admin.
"""

import datetime as dt
from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_payments import ledger, settle
from questline_payments.idempotency import asked_for
from questline_payments.models import Order, Refund
from questline_payments.money import allot, shown
from questline_payments.orders import provider_of
from questline_payments.schemas import RefundInput
from questline_payments.states import note
from questline_sdk import Conflict, Context, Invalid, Job, NotFound
from questline_sdk.jobs import RetryPolicy
from questline_sdk.payments import (
    Money,
    PaymentError,
    PaymentOutcomeUnknown,
    PaymentRateLimited,
    PaymentRefused,
    RefundRequest,
)
from questline_sdk.services import Transactions

SOON = dt.timedelta(minutes=2)


class Send(msgspec.Struct, frozen=True, kw_only=True):
    """A refund that is to be made, if it is not yet."""

    refund_id: UUID


async def refund(ctx: Context, order_id: UUID, data: RefundInput, key: str) -> None:
    """Give money of an order back, once for a key, and never more than was paid, whoever else does so meanwhile.

    Where the provider does not say whether it has done it, it is asked again later under the same key.
    """
    async with ctx.service(Transactions).begin() as own:
        refund_id = await _reserve(own, order_id, data, key)
    try:
        await send(ctx, refund_id)
    except (PaymentOutcomeUnknown, PaymentRateLimited):
        return


async def _reserve(ctx: Context, order_id: UUID, data: RefundInput, key: str) -> UUID:
    order = await settle.locked(ctx, order_id)
    if order is None:
        raise NotFound("There is no such order.")
    asked = asked_for("refund", data)
    known = next((each for each in await settle.refunds_of(ctx, order_id) if each.key == key), None)
    if known is not None:
        if known.asked != asked:
            raise Conflict("This Idempotency-Key was used for another refund.", code="idempotency_conflict")
        return known.id
    surplus = data.surplus or order.sold_at is None
    if surplus and data.lines:
        raise Invalid.field("lines", "do not go with what was paid beside the order")
    payment_id, amount, shares = await (_surplus if surplus else _of_lines)(ctx, order, data)
    made = Refund(
        order_id=order_id,
        key=key,
        asked=asked,
        payment_id=payment_id,
        amount=amount,
        shares={str(line): part for line, part in shares.items()},
        surplus=surplus,
        state="requested",
        reason=data.reason,
        created_at=ctx.now,
    )
    await _note(ctx, order, made, delay=SOON)
    return made.id


async def _note(ctx: Context, order: Order, made: Refund, *, delay: dt.timedelta | None = None) -> None:
    ctx.session.add(made)
    await ctx.session.flush()
    currency = (await ledger.held(ctx, order)).currency(made.payment_id)
    note(ctx, order, "refund_requested", detail=f"{shown(made.amount, currency)}, {made.payment_id}")
    await ctx.audit("payments.order.refunded", subject=("order", order.id), after={"amount": made.amount})
    await ctx.enqueue(SEND, Send(refund_id=made.id), delay=delay)


async def give_back(ctx: Context, order_id: UUID) -> None:
    """Give back what was paid beside an order that was sold, unless somebody tried that already."""
    order = await settle.locked(ctx, order_id)
    if order is None or order.sold_at is None:
        return
    tried = {each.payment_id for each in await settle.refunds_of(ctx, order_id) if each.surplus}
    for payment_id, amount in (await surplus_of(ctx, order)).items():
        if payment_id in tried:
            continue
        made = Refund(
            order_id=order_id,
            key=f"twice-{payment_id}",
            asked="",
            payment_id=payment_id,
            amount=amount,
            shares={},
            surplus=True,
            state="requested",
            reason="Paid twice",
            created_at=ctx.now,
        )
        await _note(ctx, order, made)


async def free(ctx: Context, order: Order) -> dict[str, int]:
    """What of each payment can still go back, less what is asked for already."""
    found = await ledger.held(ctx, order)
    left = {payment: found.left(payment) for payment in list(found.payments)}
    for each in await settle.refunds_of(ctx, order.id):
        if each.state == "requested":
            left[each.payment_id] -= each.amount
    return {payment: amount for payment, amount in left.items() if amount > 0}


async def surplus_of(ctx: Context, order: Order) -> dict[str, int]:
    """What was paid beside the order, by payment: twice, in another currency, or too little to sell anything for."""
    found, left = await ledger.held(ctx, order), await free(ctx, order)
    foreign = {payment: amount for payment, amount in left.items() if found.currency(payment) != order.currency}
    own = {payment: amount for payment, amount in left.items() if payment not in foreign}
    if order.sold_at is None:
        return left
    asked = [each for each in await settle.refunds_of(ctx, order.id) if each.state == "requested"]
    due = sum((await settle.left_of_lines(ctx, order)).values())
    over = max(found.kept - due - sum(each.amount for each in asked if each.surplus), 0)
    fits: dict[str, int] = {}
    latest = list(reversed(own))
    latest.sort(key=lambda payment: own[payment] != over)  # a payment that is all too much goes first
    for payment in latest:
        fits[payment] = min(own[payment], over)
        over -= fits[payment]
    return foreign | {payment: amount for payment, amount in fits.items() if amount}


async def _surplus(ctx: Context, order: Order, data: RefundInput) -> tuple[str, int, dict[UUID, int]]:
    fits = await surplus_of(ctx, order)
    payment, most = max(fits.items(), key=lambda each: each[1], default=("", 0))
    return payment, _within(data.amount or most, most), {}


async def _of_lines(ctx: Context, order: Order, data: RefundInput) -> tuple[str, int, dict[UUID, int]]:
    left = await settle.left_of_lines(ctx, order, asked_too=True)
    if data.lines:
        shares = {each.line_id: each.amount for each in data.lines}
        if len(shares) != len(data.lines) or any(line not in left for line in shares):
            raise Invalid.field("lines", "name a line twice, or one that the order does not have")
        if data.amount not in (None, sum(shares.values())):
            raise Invalid.field("amount", "is not what the lines come to")
        if any(amount > left[line] for line, amount in shares.items()):
            raise _too_large()
    else:
        shares = allot(_within(data.amount or sum(left.values()), sum(left.values())), left)
    amount = sum(shares.values())
    found = await ledger.held(ctx, order)
    fits = {
        payment: most for payment, most in (await free(ctx, order)).items() if found.currency(payment) == order.currency
    }
    payment, most = max(fits.items(), key=lambda each: each[1], default=("", 0))
    return payment, _within(amount, most), {line: part for line, part in shares.items() if part}


def _within(amount: int, most: int) -> int:
    if most <= 0:
        raise Conflict("There is nothing that could go back.", code="not_paid")
    if amount > most:
        raise _too_large()
    return amount


def _too_large() -> Conflict:
    return Conflict("This is more than was paid and not given back.", code="refund_too_large")


async def send(ctx: Context, refund_id: UUID) -> None:
    """Ask the provider for a refund that is noted, under its own key, and book what it says of the payment then."""
    async with ctx.service(Transactions).begin() as own:
        row = (
            await own.session.execute(
                select(Refund, Order).join(Order, Order.id == Refund.order_id).where(Refund.id == refund_id)
            )
        ).one_or_none()
        if row is None or row[0].state != "requested":
            return
        made, order = row
        found = await ledger.held(own, order)
        money = Money(amount=made.amount, currency=found.currency(made.payment_id))
        request = RefundRequest(
            payment_id=made.payment_id, money=money, idempotency_key=f"refund-{made.id}", reason=made.reason
        )
        name = order.provider or ""
    adapter = await provider_of(ctx, name)
    try:
        async with ctx.service(Transactions).begin() as own:
            await adapter.refund(own, request)
    except (PaymentOutcomeUnknown, PaymentRateLimited, PaymentRefused):
        raise
    except PaymentError as error:
        await _failed(ctx, refund_id, error.detail)
        raise
    async with ctx.service(Transactions).begin() as own:
        payment = await adapter.find_payment(own, request.payment_id)
    async with ctx.service(Transactions).begin() as own:
        await settle.apply(own, name, payment)


async def _failed(ctx: Context, refund_id: UUID, why: str) -> None:
    async with ctx.service(Transactions).begin() as own:
        made = (await own.session.scalars(select(Refund).where(Refund.id == refund_id))).one()
        order = await settle.locked(own, made.order_id)
        await own.session.refresh(made)
        if order is not None and made.state == "requested":
            made.state = "failed"
            note(own, order, "refund_failed", detail=f"{shown(made.amount, order.currency)}: {why}")


async def _send(ctx: Context, args: Send) -> None:
    try:
        await send(ctx, args.refund_id)
    except (PaymentOutcomeUnknown, PaymentRateLimited, PaymentRefused):
        raise
    except PaymentError:  # the refund says that it failed, and why
        return


SEND = Job(
    name="refund", function=_send, args=Send, retry=RetryPolicy(max_attempts=12, initial_delay=30, max_delay=3600)
)
