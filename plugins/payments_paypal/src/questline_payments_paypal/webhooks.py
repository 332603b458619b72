"""PayPal's messages: checked by asking PayPal, with the raw body as it came."""

import datetime as dt
from collections.abc import Mapping

import msgspec

from questline_payments_paypal.api import ask
from questline_payments_paypal.settings import PayPalSettings
from questline_payments_paypal.shapes import Link, Supplement
from questline_sdk import Context
from questline_sdk.payments import PaymentError, PaymentOutcomeUnknown, WebhookEvent, WebhookRefused

PREFIX = "paypal-"
FIELDS = {
    "auth_algo": "auth-algo",
    "cert_url": "cert-url",
    "transmission_id": "transmission-id",
    "transmission_sig": "transmission-sig",
    "transmission_time": "transmission-time",
}
OLDEST = dt.timedelta(days=4)
"""PayPal sends a message again for three days, perhaps with the time of the first try."""
AHEAD = dt.timedelta(minutes=5)
CAPTURE = "capture:"
"""How the id of a capture begins where its order's is not known."""


class Disputed(msgspec.Struct, frozen=True, kw_only=True):
    """A transaction that is disputed."""

    seller_transaction_id: str = ""


class Resource(msgspec.Struct, frozen=True, kw_only=True):
    """What a message is about."""

    id: str = ""
    links: list[Link] = []
    supplementary_data: Supplement = Supplement()
    disputed_transactions: list[Disputed] = []


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A message."""

    id: str
    event_type: str
    create_time: dt.datetime
    resource: Resource = Resource()

    def payment_id(self) -> str | None:
        """The order, or the capture, to look at again."""
        resource = self.resource
        if self.event_type.startswith("CHECKOUT.ORDER."):
            return resource.id or None
        if self.event_type.startswith("CUSTOMER.DISPUTE."):
            first = next((each.seller_transaction_id for each in resource.disputed_transactions), "")
            return CAPTURE + first if first else None
        if not self.event_type.startswith("PAYMENT.CAPTURE."):
            return None
        related = resource.supplementary_data.related_ids
        if related.order_id:
            return related.order_id
        above = next((each.href for each in resource.links if each.rel == "up" and "/captures/" in each.href), "")
        capture = related.capture_id or above.rpartition("/")[2] or resource.id
        return CAPTURE + capture if capture else None


class Verdict(msgspec.Struct, frozen=True, kw_only=True):
    """PayPal's word on a message."""

    verification_status: str


async def read(ctx: Context, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
    """Check a message and read it."""
    settings = await ctx.settings(PayPalSettings)
    given = {field: headers.get(PREFIX + name, "") for field, name in FIELDS.items()}
    if not settings.webhook_id or not all(given.values()):
        raise WebhookRefused("The webhook has no signature, or no webhook of PayPal's is set up.")
    try:
        sent_at = dt.datetime.fromisoformat(given["transmission_time"])
        on_time = ctx.now - OLDEST <= sent_at <= ctx.now + AHEAD
        event = msgspec.json.decode(body, type=Event)
    except (ValueError, TypeError, OverflowError):
        raise WebhookRefused("The webhook is not understood.") from None
    if not on_time:
        raise WebhookRefused("The webhook is too old, or a clock is wrong.")
    question = {**given, "webhook_id": settings.webhook_id, "webhook_event": msgspec.Raw(body)}
    try:
        verdict = await ask(
            ctx, Verdict, "POST", "/v1/notifications/verify-webhook-signature", raw=msgspec.json.encode(question)
        )
    except PaymentOutcomeUnknown:
        raise  # PayPal will send it again
    except PaymentError:
        raise WebhookRefused("PayPal does not know the webhook for its own.") from None
    if verdict.verification_status != "SUCCESS":
        raise WebhookRefused("The webhook's signature is wrong.")
    return WebhookEvent(
        id=event.id, type=event.event_type, occurred_at=event.create_time, payment_id=event.payment_id()
    )
