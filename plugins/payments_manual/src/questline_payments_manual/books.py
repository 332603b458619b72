"""What was ordered by bank transfer, what arrived, and what is to go back."""

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from typing import Literal
from uuid import UUID

import msgspec
from sqlalchemy import func, select, tuple_
from sqlalchemy.dialects.postgresql import insert

from questline_payments_manual.models import Refund, Transfer
from questline_sdk import Conflict, Context, NotFound
from questline_sdk.pages import decode_cursor
from questline_sdk.payment_messages import PaymentMessages
from questline_sdk.payments import CheckoutRequest, PaymentError, PaymentNotFound, RefundRequest

PLUGIN = "payments_manual"
MESSAGES = PaymentMessages(PLUGIN)
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
"""None that look alike on paper."""
Which = Literal["open", "paid", "cancelled"]


async def open_transfer(ctx: Context, request: CheckoutRequest) -> Transfer:
    """Write an order down once for its key."""
    words = [request.reference, request.total.amount, request.total.currency]
    asked = hashlib.sha256(msgspec.json.encode(words)).hexdigest()
    statement = (
        insert(Transfer)
        .values(
            key=request.idempotency_key,
            asked=asked,
            reference=request.reference,
            purpose="-".join("".join(secrets.choice(LETTERS) for _ in range(4)) for _ in range(3)),
            amount=request.total.amount,
            currency=request.total.currency,
            titles=[f"{each.quantity} \u00d7 {each.title}" for each in request.lines],
            locale=request.locale,
            return_url=request.return_url,
            created_at=ctx.now,
        )
        .on_conflict_do_nothing(index_elements=["tenant_id", "key"])
    )
    await ctx.session.execute(statement)
    transfer = (await ctx.session.scalars(select(Transfer).where(Transfer.key == request.idempotency_key))).one()
    if transfer.asked != asked:
        raise PaymentError("This key was used for another order.", code="idempotency_conflict")
    return transfer


async def find(ctx: Context, payment_id: str, *, lock: bool = False) -> Transfer:
    """A transfer by its id; locked, nobody else changes it until the end of this transaction."""
    try:
        statement = select(Transfer).where(Transfer.id == UUID(payment_id)).execution_options(populate_existing=True)
    except ValueError:
        raise PaymentNotFound("There is no such transfer.") from None
    found = await ctx.session.scalar(statement.with_for_update() if lock else statement)
    if found is None:
        raise PaymentNotFound("There is no such transfer.")
    return found


async def refunded(ctx: Context, transfers: Sequence[UUID]) -> dict[UUID, int]:
    """How much of each goes back or has gone."""
    statement = (
        select(Refund.transfer_id, func.sum(Refund.amount))
        .where(Refund.transfer_id.in_(transfers))
        .group_by(Refund.transfer_id)
    )
    return {transfer_id: int(total) for transfer_id, total in await ctx.session.execute(statement)}


async def give_back(ctx: Context, request: RefundRequest) -> Refund:
    """Note that money is to go back, once for each key and never more than was paid."""
    transfer = await find(ctx, request.payment_id, lock=True)
    known = await ctx.session.scalar(
        select(Refund).where(Refund.transfer_id == transfer.id, Refund.key == request.idempotency_key)
    )
    if known is not None:
        if known.amount != request.money.amount or transfer.currency != request.money.currency:
            raise PaymentError("This key was used for another refund.", code="idempotency_conflict")
        return known
    if transfer.paid_at is None or transfer.currency != request.money.currency or request.money.amount <= 0:
        raise PaymentError("This cannot be given back.")
    before = (await refunded(ctx, [transfer.id])).get(transfer.id, 0)
    if before + request.money.amount > transfer.amount:
        raise PaymentError("More than was paid cannot be given back.")
    refund = Refund(
        transfer_id=transfer.id, key=request.idempotency_key, amount=request.money.amount, created_at=ctx.now
    )
    ctx.session.add(refund)
    await ctx.session.flush()
    await MESSAGES.send(ctx, f"{refund.id}-made", "refund.made", str(transfer.id))
    return refund


async def confirm(ctx: Context, transfer_id: UUID) -> Transfer:
    """Note that the money arrived; saying so again changes nothing."""
    transfer = await _of_admin(ctx, transfer_id)
    if transfer.cancelled_at is not None:
        raise Conflict("This transfer was cancelled; refund the buyer by hand.", code="cancelled")
    if transfer.paid_at is None:
        transfer.paid_at = ctx.now
        await _changed(ctx, transfer, "paid")
    return transfer


async def cancel(ctx: Context, transfer_id: UUID) -> Transfer:
    """Wait for the money no longer."""
    transfer = await _of_admin(ctx, transfer_id)
    if transfer.paid_at is not None:
        raise Conflict("This transfer is paid; refund the order instead.", code="paid")
    if transfer.cancelled_at is None:
        transfer.cancelled_at = ctx.now
        await _changed(ctx, transfer, "cancelled")
    return transfer


async def settle(ctx: Context, refund_id: UUID) -> Refund:
    """Note that a refund was sent."""
    refund = await ctx.session.scalar(select(Refund).where(Refund.id == refund_id).with_for_update())
    if refund is None:
        raise NotFound("There is no such refund.")
    if refund.settled_at is None:
        refund.settled_at = ctx.now
        await ctx.audit("payments_manual.refund.settled", subject=("refund", refund.id))
        await MESSAGES.send(ctx, f"{refund.id}-settled", "refund.settled", str(refund.transfer_id))
    return refund


async def listed(ctx: Context, which: Which | None, *, cursor: str | None, limit: int) -> list[Transfer]:
    """Transfers, newest first; one more than asked for where there are more."""
    statement = select(Transfer).order_by(Transfer.created_at.desc(), Transfer.id.desc()).limit(limit + 1)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Transfer.created_at, Transfer.id) < tuple_(before[0], before[1]))
    if which == "paid":
        statement = statement.where(Transfer.paid_at.is_not(None))
    elif which is not None:
        gone = Transfer.cancelled_at.is_not(None) if which == "cancelled" else Transfer.cancelled_at.is_(None)
        statement = statement.where(gone, Transfer.paid_at.is_(None))
    return list(await ctx.session.scalars(statement))


async def refunds_of(ctx: Context, transfer_id: UUID) -> list[Refund]:
    """The refunds of a transfer, oldest first."""
    return list(await ctx.session.scalars(select(Refund).where(Refund.transfer_id == transfer_id).order_by(Refund.id)))


async def _of_admin(ctx: Context, transfer_id: UUID) -> Transfer:
    try:
        return await find(ctx, str(transfer_id), lock=True)
    except PaymentNotFound:
        raise NotFound("There is no such transfer.") from None


async def _changed(ctx: Context, transfer: Transfer, what: str) -> None:
    after = {"reference": transfer.reference, "amount": transfer.amount, "currency": transfer.currency}
    await ctx.audit(f"payments_manual.transfer.{what}", subject=("transfer", transfer.id), after=after)
    await MESSAGES.send(ctx, f"{transfer.id}-{what}", f"payment.{what}", str(transfer.id))
