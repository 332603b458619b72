"""The adapter to PayPal's API."""

import datetime as dt
import re
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import contextmanager
from typing import Any

from questline_payments_paypal import webhooks
from questline_payments_paypal.amounts import amount_of
from questline_payments_paypal.api import UNREADABLE, Declined, ask, request_id
from questline_payments_paypal.settings import PayPalSettings
from questline_payments_paypal.shapes import (
    Capture,
    DisputeDetails,
    DisputeList,
    Order,
    Refund,
    Report,
    payment_of,
)
from questline_payments_paypal.webhooks import CAPTURE
from questline_sdk import Context
from questline_sdk.payments import (
    Checkout,
    CheckoutRequest,
    PaymentError,
    PaymentNotFound,
    PaymentOutcomeUnknown,
    PaymentProvider,
    ProviderPayment,
    ProviderRefund,
    RefundRequest,
    WebhookEvent,
)

ID = re.compile(r"[A-Za-z0-9-]{1,64}")
OPEN_FOR = dt.timedelta(hours=3)
WINDOW = dt.timedelta(days=30)
PAGE = 100
PAID_BY_BUYER = "T00"
"""How the codes of payments begin in the account's report."""
LOST = {"RESOLVED_BUYER_FAVOUR", "ACCEPTED", "RESOLVED_WITH_PAYOUT"}
LOCALE = re.compile(r"[a-z]{2}(-[A-Z]{2})?")
DECLINED_BY_BANK = {"INSTRUMENT_DECLINED", "PAYER_ACTION_REQUIRED", "TRANSACTION_REFUSED", "PAYER_CANNOT_PAY"}
CONFLICT = "This key was used for another request."


class PayPalProvider(PaymentProvider):
    """Payments by PayPal."""

    name = "payments_paypal"
    title = "PayPal"

    async def is_ready(self, ctx: Context) -> bool:
        """Say whether there is an app, and a webhook."""
        settings = await ctx.settings(PayPalSettings)
        return bool(settings.client_id and settings.client_secret and settings.webhook_id)

    async def start_checkout(self, ctx: Context, request: CheckoutRequest) -> Checkout:
        """Open an order."""
        settings = await ctx.settings(PayPalSettings)
        body = _order(request, brand=settings.brand_name)
        key = request_id(request.idempotency_key)
        with readable():
            order = await ask(ctx, Order, "POST", "/v2/checkout/orders", body=body, key=key)
            same = order.unit.amount.money() == request.total and order.unit.custom_id == request.reference
        if not same:
            raise PaymentError(CONFLICT, code="idempotency_conflict")
        url = order.link("payer-action", "approve")
        if not url.startswith(("https://", "http://")):
            raise PaymentError("PayPal opened no page for the order.")
        return Checkout(id=order.id, url=url, expires_at=order.create_time + OPEN_FOR)

    async def read_webhook(self, ctx: Context, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
        """Let PayPal check its message, and read it."""
        return await webhooks.read(ctx, headers, body)

    async def find_payment(self, ctx: Context, payment_id: str) -> ProviderPayment:
        """Read an order, by its id or its capture's; one that the buyer approved is captured first."""
        with readable():
            order = await _find(ctx, payment_id)
            if order.status == "APPROVED" and order.capture is None:
                try:
                    order = await _capture(ctx, order)
                except Declined as error:
                    if error.issue not in DECLINED_BY_BANK:
                        raise
                    return payment_of(order, failure=error.detail)
            return payment_of(order, disputed=await _disputed(ctx, order))

    async def refund(self, ctx: Context, request: RefundRequest) -> ProviderRefund:
        """Give money of a capture back."""
        wanted = amount_of(request.money)
        with readable():
            order = await _find(ctx, request.payment_id)
            capture = order.capture
            if capture is None or capture.amount.currency_code != wanted.currency_code:
                raise PaymentError("This cannot be given back: it was not paid, or in another currency.")
            body: dict[str, Any] = {"amount": wanted, "custom_id": order.unit.custom_id}
            if request.reason:
                body["note_to_payer"] = request.reason[:255]
            path = f"/v2/payments/captures/{_checked(capture.id)}/refund"
            refund = await ask(ctx, Refund, "POST", path, body=body, key=request_id(request.idempotency_key))
            given = refund.amount.money()
        if given != request.money:
            raise PaymentError(CONFLICT, code="idempotency_conflict")
        if refund.status in {"FAILED", "CANCELLED"}:
            raise PaymentError("PayPal could not give the money back.")
        return ProviderRefund(id=refund.id, payment_id=order.id, money=given, settled=refund.status == "COMPLETED")

    async def payments_since(self, ctx: Context, since: dt.datetime) -> AsyncIterator[ProviderPayment]:
        """The payments of the account's report that carry a reference; it is up to three hours behind."""
        begin = since
        while begin < ctx.now:
            end = min(begin + WINDOW, ctx.now)
            page, pages = 1, 1
            while page <= pages:
                query = {
                    "start_date": begin.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "end_date": end.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
                    "fields": "transaction_info",
                    "page_size": str(PAGE),
                    "page": str(page),
                }
                report = await ask(ctx, Report, "GET", "/v1/reporting/transactions", query=query)
                for each in report.transaction_details:
                    info = each.transaction_info
                    if info.custom_field and info.transaction_event_code.startswith(PAID_BY_BUYER):
                        yield await self.find_payment(ctx, CAPTURE + info.transaction_id)
                page, pages = page + 1, report.total_pages
            begin = end


@contextmanager
def readable() -> Iterator[None]:
    """An answer with nonsense in it is none."""
    try:
        yield
    except (ValueError, LookupError) as error:
        raise PaymentOutcomeUnknown(UNREADABLE) from error


async def _find(ctx: Context, payment_id: str) -> Order:
    if payment_id.startswith(CAPTURE):
        capture_id = _checked(payment_id.removeprefix(CAPTURE))
        capture = await ask(ctx, Capture, "GET", f"/v2/payments/captures/{capture_id}")
        payment_id = capture.supplementary_data.related_ids.order_id or ""
    return await ask(ctx, Order, "GET", f"/v2/checkout/orders/{_checked(payment_id)}")


async def _capture(ctx: Context, order: Order) -> Order:
    """Take the money of an approved order; PayPal does it once, however often it is asked."""
    key = request_id("capture", order.id, order.update_time)
    try:
        await ask(ctx, Order, "POST", f"/v2/checkout/orders/{order.id}/capture", body={}, key=key)
    except Declined as error:
        if error.issue != "ORDER_ALREADY_CAPTURED":
            raise
    return await _find(ctx, order.id)


async def _disputed(ctx: Context, order: Order) -> int:
    """How much of an order disputes hold back or have taken."""
    capture = order.capture
    if capture is None or not (await ctx.settings(PayPalSettings)).read_disputes:
        return 0
    query = {"disputed_transaction_id": capture.id}
    total = 0
    for each in (await ask(ctx, DisputeList, "GET", "/v1/customer/disputes", query=query)).items:
        if each.status != "RESOLVED":
            total += each.dispute_amount.money().amount
            continue
        found = await ask(ctx, DisputeDetails, "GET", f"/v1/customer/disputes/{_checked(each.dispute_id)}")
        if found.dispute_outcome.outcome_code in LOST:
            lost = found.dispute_outcome.amount_refunded or each.dispute_amount
            total += lost.money().amount
    return total


def _order(request: CheckoutRequest, *, brand: str) -> dict[str, Any]:
    titles = ", ".join(
        each.title if each.quantity == 1 else f"{each.quantity} \u00d7 {each.title}" for each in request.lines
    )
    unit = {
        "reference_id": "order",
        "custom_id": request.reference,
        "description": titles[:127],
        "amount": amount_of(request.total),
    }
    page = {
        "return_url": request.return_url,
        "cancel_url": request.cancel_url,
        "user_action": "PAY_NOW",
        "shipping_preference": "NO_SHIPPING",
        **({"brand_name": brand} if brand else {}),
        **({"locale": request.locale} if LOCALE.fullmatch(request.locale) else {}),
    }
    source = {"paypal": {"email_address": request.customer_email, "experience_context": page}}
    return {"intent": "CAPTURE", "purchase_units": [unit], "payment_source": source}


def _checked(some_id: str) -> str:
    if not ID.fullmatch(some_id):
        raise PaymentNotFound("PayPal knows no such payment.")
    return some_id
