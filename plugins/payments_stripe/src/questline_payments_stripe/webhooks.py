"""Stripe's messages: signed over the raw body and the time."""

import datetime as dt

import msgspec

from questline_payments_stripe.shapes import time_of
from questline_sdk.payments import WebhookEvent, WebhookRefused

HEADER = "stripe-signature"
WINDOW = dt.timedelta(minutes=5)
OF_A_PAYMENT = {"charge", "refund", "dispute"}


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """What a message is about."""

    id: str = ""
    object: str = ""
    payment_intent: str | None = None


class Data(msgspec.Struct, frozen=True, kw_only=True):
    """Where a message has it."""

    object: Subject = Subject()


class Event(msgspec.Struct, frozen=True, kw_only=True):
    """A message."""

    id: str
    type: str
    created: int
    data: Data = Data()

    def payment_id(self) -> str | None:
        """The payment, or the checkout, to look at again."""
        subject = self.data.object
        if subject.object in OF_A_PAYMENT:
            return subject.payment_intent
        if subject.object == "checkout.session":
            return subject.payment_intent or subject.id
        return subject.id if subject.object == "payment_intent" else None


def read(header: str, body: bytes, *, secret: str, now: dt.datetime) -> WebhookEvent:
    """Check a message and read it; raises `WebhookRefused`."""
    import stripe

    try:
        stripe.WebhookSignature.verify_header(body, header, secret)
        signed_at = int(next(part for part in header.split(",") if part.startswith("t="))[2:])
        away = abs(now.timestamp() - signed_at)
    except (stripe.SignatureVerificationError, ValueError, TypeError, StopIteration, OverflowError):
        raise WebhookRefused("The webhook's signature is wrong.") from None
    if away > WINDOW.total_seconds():
        raise WebhookRefused("The webhook is too old, or a clock is wrong.")
    try:
        event = msgspec.json.decode(body, type=Event)
        occurred_at = time_of(event.created)
    except (msgspec.DecodeError, ValueError, OverflowError):
        raise WebhookRefused("The webhook's body is not understood.") from None
    return WebhookEvent(id=event.id, type=event.type, occurred_at=occurred_at, payment_id=event.payment_id())
