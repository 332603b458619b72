"""From money to state: what a locked order's lines are worth now follows from its payments and refunds alone."""

from collections.abc import Sequence
from uuid import UUID, uuid4

from sqlalchemy import select

from questline_payments import access, documents, ledger, periods, seats
from questline_payments.ledger import BUYER, Held
from questline_payments.models import Line, Order, Refund
from questline_payments.money import allot, shown
from questline_payments.states import move, note
from questline_payments.twice import GIVE_BACK, PaidTwice
from questline_sdk import Context
from questline_sdk.payments import PaymentState, ProviderPayment

SAID = {"paid": "Paid", "refunded": "Refunded", "disputed": "Disputed"}


async def locked(ctx: Context, order_id: UUID) -> Order | None:
    """An order that nobody else changes until the end of this transaction; never held while a provider is asked."""
    statement = select(Order).where(Order.id == order_id).with_for_update().execution_options(populate_existing=True)
    found: Order | None = await ctx.session.scalar(statement)
    return found


async def lines_of(ctx: Context, order_id: UUID) -> list[Line]:
    """An order's lines as they were ordered."""
    return list(await ctx.session.scalars(select(Line).where(Line.order_id == order_id).order_by(Line.position)))


async def refunds_of(ctx: Context, order_id: UUID) -> list[Refund]:
    """An order's refunds, oldest first."""
    statement = select(Refund).where(Refund.order_id == order_id).order_by(Refund.created_at, Refund.id)
    return list(await ctx.session.scalars(statement.execution_options(populate_existing=True)))


async def apply(ctx: Context, provider: str, payment: ProviderPayment) -> bool:
    """Bring an order and its books to what the provider says of a payment; says whether anything changed."""
    order_id = order_of(payment)
    order = await locked(ctx, order_id) if order_id else None
    if order is None or order.provider != provider:
        return False
    changes, another = await ledger.post_payment(ctx, order, payment)
    for kind, amount in changes.items():
        detail = f"{shown(abs(amount), payment.money.currency)}, {payment.id}"
        note(ctx, order, kind if amount > 0 else f"{kind}_reversed", detail=detail)
    if changes:
        await _sell(ctx, order, payment)
    if another and changes.get("paid", 0) > 0 and order.sold_at is not None:
        await ctx.enqueue(GIVE_BACK, PaidTwice(order_id=order.id))
    settled = await _refunds(ctx, order, payment)
    if changes or settled:
        await settle(ctx, order, cause="dispute" if "disputed" in changes else "refund")
    elif payment.state == PaymentState.EXPIRED and order.state == "open" and payment.id == order.checkout_id:
        await move(ctx, order, "expired")
        await access.release_coupon(ctx, order)
    return bool(changes) or settled


async def known(ctx: Context, payments: Sequence[ProviderPayment]) -> set[tuple[str, str]]:
    """Those of which the books hold all that the provider says, by reference and id: most messages come too late.

    The payments' orders are locked.
    """
    orders = {found for found in map(order_of, payments) if found}
    booked = await ledger.of_payments(ctx, orders)
    given: dict[tuple[UUID, str], int] = {}
    waiting = set()
    statement = select(Refund.order_id, Refund.payment_id, Refund.state, Refund.amount)
    for refunded, payment_id, state, amount in await ctx.session.execute(statement.where(Refund.order_id.in_(orders))):
        if state == "requested":
            waiting.add((refunded, payment_id))
        elif state == "done":
            given[refunded, payment_id] = given.get((refunded, payment_id), 0) + amount
    same = set()
    for each in payments:
        order_id = order_of(each)
        if order_id is None or (order_id, each.id) not in booked or (order_id, each.id) in waiting:
            continue
        key = (order_id, each.id)
        if not ledger.missing(each, booked[key]) and given.get(key, 0) == each.refunded:
            same.add((each.reference, each.id))
    return same


def order_of(payment: ProviderPayment) -> UUID | None:
    """The id of the order that a payment says it is for; None where that is none."""
    try:
        return UUID(payment.reference)
    except ValueError:
        return None


async def _refunds(ctx: Context, order: Order, payment: ProviderPayment) -> bool:
    """Match an order's refunds to what went back of a payment: done, failed after all, or made at the provider."""
    known = [each for each in await refunds_of(ctx, order.id) if each.payment_id == payment.id]
    changed, done = False, sum(each.amount for each in known if each.state == "done")
    for each in known:
        if each.state == "requested" and done + each.amount <= payment.refunded:
            each.state, changed, done = "done", True, done + each.amount
    for each in reversed(known):
        if each.state == "done" and done > payment.refunded:
            each.state, changed, done = "failed", True, done - each.amount
    waiting = any(each.state == "requested" for each in known)
    if done < payment.refunded and payment.money.currency == order.currency and not waiting:
        ctx.session.add(await _from_elsewhere(ctx, order, payment, payment.refunded - done))
        changed = True
    await ctx.session.flush()
    return changed


async def _from_elsewhere(ctx: Context, order: Order, payment: ProviderPayment, amount: int) -> Refund:
    """A refund that was made at the provider: of what was paid twice, where it fits, or else of the order."""
    found = await ledger.held(ctx, order)
    due = await left_of_lines(ctx, order)
    surplus = order.sold_at is None or found.kept >= sum(due.values())
    return Refund(
        order_id=order.id,
        key=f"provider-{uuid4()}",
        asked="",
        payment_id=payment.id,
        amount=amount,
        shares={} if surplus else {str(line): part for line, part in allot(amount, due).items()},
        surplus=surplus,
        state="done",
        reason="Made at the provider",
        created_at=ctx.now,
    )


async def left_of_lines(ctx: Context, order: Order, *, asked_too: bool = False) -> dict[UUID, int]:
    """What is left of each line's total after what was given back of it; with what is only asked for, too."""
    left = {line.id: line.total for line in await lines_of(ctx, order.id)}
    for refund in await refunds_of(ctx, order.id):
        if refund.state == "done" or (asked_too and refund.state == "requested"):
            for line_id, amount in refund.shares.items():
                left[UUID(line_id)] -= amount
    return left


async def _sell(ctx: Context, order: Order, payment: ProviderPayment | None = None) -> None:
    """Sell the lines of an order that was paid whole, also where some of it has gone back since."""
    if order.sold_at is not None:
        return
    found = await ledger.held(ctx, order)
    beside = [each for each in await refunds_of(ctx, order.id) if each.surplus and each.state == "done"]
    own = [each.amount for each in beside if found.currency(each.payment_id) == order.currency]
    if found.amounts["paid"] - sum(own) < order.total:
        return
    order.sold_at = ctx.now
    worth = {}
    for line in await lines_of(ctx, order.id):
        worth[line.id] = line.total
        ledger.post(ctx, order, "sale", {**ledger.parts(line, line.total), BUYER: line.total}, line_id=line.id)
    await ctx.session.flush()
    await move(ctx, order, "paid")
    await periods.sold(ctx, order, payment)
    await documents.issue(ctx, order, worth)


async def settle(ctx: Context, order: Order, *, cause: str) -> None:
    """Post what the lines of a locked order are worth now, and put it into the state that follows."""
    await _sell(ctx, order)
    found = await ledger.held(ctx, order)
    if order.sold_at is None:
        await _unsold(ctx, order, found)
        return
    due = {line: max(amount, 0) for line, amount in (await left_of_lines(ctx, order)).items()}
    short = max(sum(due.values()) - found.kept, 0)
    lost = allot(min(short, sum(due.values())), due)
    worth = {line: due[line] - lost[line] for line in due}
    for line in await lines_of(ctx, order.id):
        wanted, has = ledger.parts(line, worth[line.id]), found.lines[line.id]
        delta = {account: amount - has[account] for account, amount in wanted.items()}
        if any(delta.values()):
            ledger.post(ctx, order, cause, {**delta, BUYER: -sum(delta.values())}, line_id=line.id)
    await ctx.session.flush()
    await move(ctx, order, _state(order, found, sum(worth.values()), short))
    await documents.issue(ctx, order, worth)
    await access.follow(ctx, order)
    await seats.follow_order(ctx, order)


async def _unsold(ctx: Context, order: Order, found: Held) -> None:
    if found.kept > 0 or any(amount > 0 for amount in found.foreign.values()):
        await move(ctx, order, "review")
    elif order.state == "review":
        await move(ctx, order, "disputed" if found.amounts["disputed"] else "refunded")


def _state(order: Order, found: Held, worth: int, short: int) -> str:
    if found.amounts["disputed"] > 0 and short > 0:
        return "disputed"
    if worth >= order.total:
        return "paid"
    return "partly_refunded" if worth else "refunded"
