"""The adapter: what the site asks of the bank."""

import datetime as dt
from collections.abc import AsyncIterator, Mapping
from urllib.parse import urlsplit

import msgspec
from iso4217 import Currency

from questline_payments_sandbox import messages
from questline_payments_sandbox.books import OPEN_FOR, PLUGIN, BankRefund, Books, Order, name_from
from questline_sdk import Context
from questline_sdk.payments import (
    ChargeRequest,
    Checkout,
    CheckoutRequest,
    Money,
    PaymentCapability,
    PaymentError,
    PaymentProvider,
    PaymentState,
    ProviderPayment,
    ProviderRefund,
    RefundRequest,
    WebhookEvent,
)

GOOD = "sb_method_good"
EMPTY = "sb_method_empty"
ASKING = "sb_method_asking"
FAILURES = {EMPTY: "There is not enough money on the account.", ASKING: "The bank asks the buyer to confirm."}


class SandboxProvider(PaymentProvider):
    """A bank that takes play money."""

    name = PLUGIN
    title = "Test payments"
    test = True
    capabilities = frozenset({PaymentCapability.SAVED_METHODS})

    async def start_checkout(self, ctx: Context, request: CheckoutRequest) -> Checkout:
        """Open the bank's page."""
        _check(request.total)
        here = urlsplit(request.return_url)
        order = await Books(ctx).open(
            Order(
                id=name_from("order", request.idempotency_key),
                asked=_in_short(request),
                reference=request.reference,
                amount=request.total.amount,
                currency=request.total.currency,
                titles=[f"{each.quantity} \u00d7 {each.title}" for each in request.lines],
                created_at=ctx.now,
                customer_id=request.customer_id or name_from("customer", request.idempotency_key),
                locale=request.locale,
                return_url=request.return_url,
                cancel_url=request.cancel_url,
                save_method=request.save_method,
            )
        )
        _check_same(order, request)
        url = f"{here.scheme}://{here.netloc}/api/v1/p/{PLUGIN}/bank/{order.id}"
        return Checkout(id=order.id, url=url, expires_at=order.created_at + OPEN_FOR)

    async def read_webhook(self, ctx: Context, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
        """Check and read one of the bank's messages."""
        return await messages.MESSAGES.read(ctx, headers, body)

    async def find_payment(self, ctx: Context, payment_id: str) -> ProviderPayment:
        """Look into the bank's books."""
        return payment_of(await Books(ctx).find(payment_id), ctx.now)

    async def refund(self, ctx: Context, request: RefundRequest) -> ProviderRefund:
        """Give play money back, never more than was paid."""
        wanted = BankRefund(
            id=name_from("refund", request.payment_id, request.idempotency_key),
            key=request.idempotency_key,
            amount=request.money.amount,
        )

        def give_back(order: Order) -> Order:
            known = next((each for each in order.refunds if each.key == wanted.key), None)
            if known is not None:
                if known != wanted:
                    raise PaymentError("This key was used for another refund.", code="idempotency_conflict")
                return order
            if not order.paid_at or request.money.currency != order.currency or wanted.amount <= 0:
                raise PaymentError("This cannot be given back.")
            if order.refunded + wanted.amount > order.amount:
                raise PaymentError("More than was paid cannot be given back.")
            return msgspec.structs.replace(order, refunds=[*order.refunds, wanted])

        order = await Books(ctx).change(request.payment_id, give_back)
        await messages.send(ctx, "refunded", order.payment_id or order.id, len(order.refunds))
        return ProviderRefund(id=wanted.id, payment_id=request.payment_id, money=request.money, settled=True)

    async def payments_since(self, ctx: Context, since: dt.datetime) -> AsyncIterator[ProviderPayment]:
        """What was paid, or tried to be, since."""
        async for order in Books(ctx).changed_since(since):
            yield payment_of(order, ctx.now)

    async def charge(self, ctx: Context, request: ChargeRequest) -> ProviderPayment:
        """Take play money from a saved method, or fail as the method was chosen to."""
        _check(request.money)
        books = Books(ctx)
        made = Order(
            id=name_from("order", request.idempotency_key),
            asked=_in_short(request),
            reference=request.reference,
            amount=request.money.amount,
            currency=request.money.currency,
            titles=[request.title],
            created_at=ctx.now,
            customer_id=request.customer_id,
        )
        _check_same(await books.open(made), request)

        def take(order: Order) -> Order:
            if order.payment_id:
                return order
            failure = "" if request.method_id == GOOD else FAILURES.get(request.method_id, "There is no such card.")
            return settled(order, ctx.now, failure=failure, method_id=request.method_id)

        order = await books.change(made.id, take)
        await messages.send(ctx, "failed" if order.failure else "paid", order.payment_id or order.id, 1)
        return payment_of(order, ctx.now)


def settled(order: Order, now: dt.datetime, *, failure: str = "", method_id: str | None = None) -> Order:
    """The order after somebody tried to pay it."""
    if order.paid_at:
        return order
    return msgspec.structs.replace(
        order,
        payment_id=order.id.replace("sb_order_", "sb_pay_"),
        paid_at=None if failure else now,
        failure=failure,
        method_id=method_id,
    )


def payment_of(order: Order, now: dt.datetime) -> ProviderPayment:
    """An order as the site's callers see it."""
    return ProviderPayment(
        id=order.payment_id or order.id,
        reference=order.reference,
        state=order.state(now),
        money=Money(amount=order.amount, currency=order.currency),
        created_at=order.created_at,
        refunded=order.refunded,
        disputed=order.disputed,
        customer_id=order.customer_id if order.state(now) is PaymentState.PAID else None,
        method_id=order.method_id,
        failure=order.failure,
    )


def _in_short(request: CheckoutRequest | ChargeRequest) -> str:
    money = request.total if isinstance(request, CheckoutRequest) else request.money
    return name_from("asked", type(request).__name__, request.reference, money.amount, money.currency)


def _check_same(order: Order, request: CheckoutRequest | ChargeRequest) -> None:
    if order.asked != _in_short(request):
        raise PaymentError("This key was used for another order.", code="idempotency_conflict")


def _check(money: Money) -> None:
    if money.amount <= 0:
        raise PaymentError("There is nothing to pay.")
    if money.currency not in Currency.__members__:
        raise PaymentError("The test bank knows no such currency.")
