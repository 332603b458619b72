"""What is read of Stripe's objects, and what they say in the SDK's terms."""

import datetime as dt
from typing import Any

import msgspec

from questline_payments_stripe.amounts import from_stripe
from questline_sdk.payments import PaymentState, ProviderPayment

REFERENCE = "questline_reference"


class Charge(msgspec.Struct, frozen=True, kw_only=True):
    """The money that moved for a Payment Intent."""

    id: str
    amount_refunded: int = 0
    disputed: bool = False
    payment_intent: str | None = None


class Failure(msgspec.Struct, frozen=True, kw_only=True):
    """Why the last try failed."""

    code: str | None = None
    message: str | None = None


class PaymentIntent(msgspec.Struct, frozen=True, kw_only=True):
    """A payment."""

    id: str
    amount: int
    currency: str
    status: str
    created: int
    metadata: dict[str, str] = {}
    customer: str | None = None
    payment_method: str | None = None
    setup_future_usage: str | None = None
    latest_charge: Charge | str | None = None
    last_payment_error: Failure | None = None

    def state(self) -> PaymentState:
        """Where it stands."""
        if self.status == "succeeded":
            return PaymentState.PAID
        if self.status == "canceled":
            return PaymentState.EXPIRED
        return PaymentState.FAILED if self.last_payment_error else PaymentState.OPEN

    @property
    def charge(self) -> Charge | None:
        """Its charge, where one was made."""
        return self.latest_charge if isinstance(self.latest_charge, Charge) else None


class Session(msgspec.Struct, frozen=True, kw_only=True):
    """A Checkout Session."""

    id: str
    status: str | None
    created: int
    currency: str
    amount_total: int
    url: str | None = None
    client_reference_id: str | None = None
    expires_at: int | None = None
    payment_intent: PaymentIntent | None = None


class Dispute(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute of a charge."""

    amount: int
    status: str


HOLDING = {"needs_response", "under_review", "lost"}
"""States of a dispute in which the money is not the shop's; a `warning_...` is only a question."""
ASKS_BUYER = "The bank asks the buyer to confirm this payment."


def time_of(seconds: int) -> dt.datetime:
    """A time as Stripe writes it."""
    return dt.datetime.fromtimestamp(seconds, dt.UTC)


def as_intent(raw: Any) -> PaymentIntent:
    """Read a Payment Intent."""
    return msgspec.convert(raw.to_dict(), PaymentIntent)


def as_session(raw: Any) -> Session:
    """Read a Checkout Session whose Payment Intent is expanded."""
    return msgspec.convert(raw.to_dict(), Session)


def payment_of(intent: PaymentIntent, *, disputed: int = 0) -> ProviderPayment:
    """A Payment Intent in the SDK's terms."""
    state = intent.state()
    charge = intent.charge
    saved = state is PaymentState.PAID and intent.setup_future_usage is not None
    problem = intent.last_payment_error if state is PaymentState.FAILED else None
    return ProviderPayment(
        id=intent.id,
        reference=intent.metadata.get(REFERENCE, ""),
        state=state,
        money=from_stripe(intent.amount, intent.currency),
        created_at=time_of(intent.created),
        refunded=from_stripe(charge.amount_refunded, intent.currency).amount if charge else 0,
        disputed=from_stripe(disputed, intent.currency).amount,
        customer_id=intent.customer,
        method_id=intent.payment_method if saved else None,
        failure=(problem.message or problem.code or "The payment failed.") if problem else "",
    )


def unpaid(session: Session) -> ProviderPayment:
    """A session that nobody tried to pay, in the SDK's terms."""
    return ProviderPayment(
        id=session.id,
        reference=session.client_reference_id or "",
        state=PaymentState.EXPIRED if session.status == "expired" else PaymentState.OPEN,
        money=from_stripe(session.amount_total, session.currency),
        created_at=time_of(session.created),
    )
