"""The adapter to Stripe's API."""

import datetime as dt
import re
from collections.abc import AsyncIterator, Mapping
from typing import TYPE_CHECKING, Any

import msgspec

from questline_payments_stripe import webhooks
from questline_payments_stripe.amounts import from_stripe, to_stripe
from questline_payments_stripe.client import client_of
from questline_payments_stripe.errors import translated
from questline_payments_stripe.requests import session_params
from questline_payments_stripe.settings import StripeSettings
from questline_payments_stripe.shapes import (
    ASKS_BUYER,
    HOLDING,
    REFERENCE,
    Charge,
    Dispute,
    PaymentIntent,
    as_intent,
    as_session,
    payment_of,
    time_of,
    unpaid,
)
from questline_sdk import Context
from questline_sdk.payments import (
    ChargeRequest,
    Checkout,
    CheckoutRequest,
    PaymentCapability,
    PaymentError,
    PaymentNotFound,
    PaymentOutcomeUnknown,
    PaymentProvider,
    PaymentState,
    ProviderPayment,
    ProviderRefund,
    RefundRequest,
    WebhookEvent,
)

if TYPE_CHECKING:
    from stripe import CardError, StripeClient

SESSION = re.compile(r"cs_[A-Za-z0-9_]{1,250}")
INTENT = re.compile(r"pi_[A-Za-z0-9_]{1,250}")
CHARGE = "latest_charge"
PAGE = 100


class StripeProvider(PaymentProvider):
    """Payments by Stripe."""

    name = "payments_stripe"
    title = "Stripe"
    capabilities = frozenset({PaymentCapability.SAVED_METHODS, PaymentCapability.PORTAL})

    async def is_ready(self, ctx: Context) -> bool:
        """Say whether there is a key, and a secret for its messages."""
        settings = await ctx.settings(StripeSettings)
        return bool(settings.secret_key and settings.webhook_secret)

    async def start_checkout(self, ctx: Context, request: CheckoutRequest) -> Checkout:
        """Open a Checkout Session."""
        settings = await ctx.settings(StripeSettings)
        params: Any = session_params(request, collect_tax_ids=settings.collect_tax_ids)
        client = await client_of(ctx)
        with translated():
            raw = await client.v1.checkout.sessions.create_async(params, {"idempotency_key": request.idempotency_key})
            session = as_session(raw)
        if not session.url:
            raise PaymentError("Stripe opened no page for the order.")
        expires = time_of(session.expires_at) if session.expires_at else None
        return Checkout(id=session.id, url=session.url, expires_at=expires)

    async def read_webhook(self, ctx: Context, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
        """Check and read an event of the account."""
        settings = await ctx.settings(StripeSettings)
        return webhooks.read(headers.get(webhooks.HEADER, ""), body, secret=settings.webhook_secret, now=ctx.now)

    async def find_payment(self, ctx: Context, payment_id: str) -> ProviderPayment:
        """Read a Payment Intent, by its id or by that of its Checkout Session."""
        if SESSION.fullmatch(payment_id):
            return await _find_by_session(ctx, payment_id)
        if not INTENT.fullmatch(payment_id):
            raise PaymentNotFound("Stripe knows no such payment.")
        client = await client_of(ctx)
        with translated():
            intent = as_intent(await client.v1.payment_intents.retrieve_async(payment_id, {"expand": [CHARGE]}))
            return payment_of(intent, disputed=await _disputed(client, intent))

    async def refund(self, ctx: Context, request: RefundRequest) -> ProviderRefund:
        """Give money of a Payment Intent back."""
        payment = await self.find_payment(ctx, request.payment_id)
        if payment.state is not PaymentState.PAID or payment.money.currency != request.money.currency:
            raise PaymentError("This cannot be given back: it was not paid, or in another currency.")
        amount, currency = to_stripe(request.money)
        client = await client_of(ctx)
        params: Any = {"payment_intent": payment.id, "amount": amount, "metadata": {REFERENCE: payment.reference}}
        if request.reason:
            params["metadata"]["reason"] = request.reason[:500]
        with translated():
            found = await client.v1.refunds.create_async(params, {"idempotency_key": request.idempotency_key})
            raw = found.to_dict()
            refund_id, given, status = str(raw["id"]), from_stripe(raw["amount"], currency), raw.get("status")
        if status in {"failed", "canceled"}:
            raise PaymentError("Stripe could not give the money back.")
        return ProviderRefund(id=refund_id, payment_id=payment.id, money=given, settled=status == "succeeded")

    async def payments_since(self, ctx: Context, since: dt.datetime) -> AsyncIterator[ProviderPayment]:
        """The account's Payment Intents that carry a reference of a site, newest first."""
        client = await client_of(ctx)
        params: Any = {"created": {"gte": int(since.timestamp())}, "limit": PAGE, "expand": [f"data.{CHARGE}"]}
        while True:
            with translated():
                page = await client.v1.payment_intents.list_async(params)
                intents = [as_intent(each) for each in page.data]
                more = bool(page.has_more) and bool(intents)
            for intent in intents:
                if REFERENCE in intent.metadata:
                    with translated():
                        disputed = await _disputed(client, intent)
                    yield payment_of(intent, disputed=disputed)
            if not more:
                return
            params = {**params, "starting_after": intents[-1].id}

    async def charge(self, ctx: Context, request: ChargeRequest) -> ProviderPayment:
        """Confirm a Payment Intent with a saved method, the buyer being away."""
        from stripe import CardError

        amount, currency = to_stripe(request.money)
        client = await client_of(ctx)
        params: Any = {
            "amount": amount,
            "currency": currency,
            "customer": request.customer_id,
            "payment_method": request.method_id,
            "off_session": True,
            "confirm": True,
            "metadata": {REFERENCE: request.reference, "title": request.title[:500]},
        }
        with translated():
            try:
                raw = await client.v1.payment_intents.create_async(params, {"idempotency_key": request.idempotency_key})
            except CardError as error:
                return await _declined(client, error)
            payment = payment_of(as_intent(raw))
            if raw.status == "requires_action":
                return msgspec.structs.replace(payment, state=PaymentState.FAILED, failure=ASKS_BUYER)
            return payment

    async def portal(self, ctx: Context, customer_id: str, return_url: str) -> str:
        """Open a session of Stripe's customer portal."""
        client = await client_of(ctx)
        with translated():
            params: Any = {"customer": customer_id, "return_url": return_url}
            return str((await client.v1.billing_portal.sessions.create_async(params)).url)


async def _find_by_session(ctx: Context, session_id: str) -> ProviderPayment:
    client = await client_of(ctx)
    with translated():
        params: Any = {"expand": [f"payment_intent.{CHARGE}"]}
        session = as_session(await client.v1.checkout.sessions.retrieve_async(session_id, params))
        if session.payment_intent is None:
            return unpaid(session)
        payment = payment_of(session.payment_intent, disputed=await _disputed(client, session.payment_intent))
    if session.status == "expired" and payment.state is not PaymentState.PAID:
        return msgspec.structs.replace(payment, state=PaymentState.EXPIRED)
    return payment


async def _disputed(client: "StripeClient", intent: PaymentIntent) -> int:
    """How much of a payment disputes hold back, in Stripe's count."""
    if intent.charge is None or not intent.charge.disputed:
        return 0
    found = await client.v1.disputes.list_async({"payment_intent": intent.id, "limit": PAGE})
    disputes = [msgspec.convert(each.to_dict(), Dispute) for each in found.data]
    return sum(each.amount for each in disputes if each.status in HOLDING)


async def _declined(client: "StripeClient", error: "CardError") -> ProviderPayment:
    """The payment that a card's refusal is about."""
    body: Any = error.json_body or {}
    about = body["error"]
    intent_id = (about.get("payment_intent") or {}).get("id")
    if intent_id is None:
        charge = msgspec.convert((await client.v1.charges.retrieve_async(about["charge"])).to_dict(), Charge)
        intent_id = charge.payment_intent
    if not intent_id:
        raise PaymentOutcomeUnknown("Stripe declined the card, but does not say for which payment.")
    payment = payment_of(as_intent(await client.v1.payment_intents.retrieve_async(intent_id, {"expand": [CHARGE]})))
    return msgspec.structs.replace(payment, failure=payment.failure or error.user_message or "The card was declined.")
