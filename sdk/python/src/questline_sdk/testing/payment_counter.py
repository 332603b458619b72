"""What the conformance suite of payment providers needs of an adapter's tests, and the orders it makes."""

import datetime as dt
from abc import ABC, abstractmethod
from collections.abc import Mapping
from typing import Any, ClassVar

import pytest

from questline_sdk import Context
from questline_sdk.payments import (
    ChargeRequest,
    Checkout,
    CheckoutLine,
    CheckoutRequest,
    Money,
    PaymentCapability,
    PaymentError,
    PaymentOutcomeUnknown,
    PaymentProvider,
    PaymentRateLimited,
    PaymentRefused,
    ProviderPayment,
)
from questline_sdk.testing.local_service import Fault

Message = tuple[Mapping[str, str], bytes]
"""A webhook: headers with lower-case names, and the body."""

SITE = "https://learn.example"
PAGES = 120
"""Payments that no service lists on one page."""


class PaymentCounter(ABC):
    """What the suite needs of an adapter's tests.

    Attributes:
        provider: The adapter, configured for the tenant of the test.
        secrets: What must not appear in logs, errors or answers.
        over_http: Whether there is a service that can fail; where not, the faults are left out.
        currencies: Amounts in minor units to be paid, by currency; the suite takes what the service supports.
        unsupported: Amounts that the service cannot take.
        disputes: Whether payments can be disputed.
        oldest: How old a webhook may be.
    """

    provider: PaymentProvider
    secrets: tuple[str, ...] = ()
    over_http: ClassVar[bool] = True
    currencies: ClassVar[Mapping[str, int]] = {"EUR": 4999, "JPY": 500, "KWD": 12340}
    unsupported: ClassVar[Mapping[str, int]] = {}
    disputes: ClassVar[bool] = True
    oldest: ClassVar[dt.timedelta] = dt.timedelta(minutes=5)

    @abstractmethod
    async def pay(self, checkout: Checkout) -> None:
        """Pay on the page, as the buyer."""

    async def decline(self, checkout: Checkout) -> None:
        """Try to pay on the page with a card that is declined."""
        pytest.skip("nothing is declined here")

    async def expire(self, checkout: Checkout) -> None:
        """Let the page expire unpaid."""
        pytest.skip("no page expires here")

    async def dispute(self, payment: ProviderPayment, *, won: bool = False) -> None:
        """Dispute the payment at the buyer's bank; or decide that for the shop."""
        pytest.skip("nothing is disputed here")

    @abstractmethod
    async def message(self, payment: ProviderPayment, *, at: dt.datetime, forged: bool = False) -> Message:
        """A webhook about a payment, signed at a time; or signed with another secret."""

    @abstractmethod
    async def foreign_message(self, *, at: dt.datetime) -> Message:
        """A webhook, rightly signed, about something that is no payment; None-like where there is no such thing."""

    async def break_next(self, fault: Fault, *, write: bool = False) -> None:
        """Let the next request to the service, or the next that writes, end this way."""
        raise NotImplementedError

    async def seed(self, count: int) -> None:
        """Put so many paid payments into the service, quickly."""
        pytest.skip("the service cannot be filled")

    async def failing_method(self) -> tuple[str, str]:
        """A customer and a saved method that is declined."""
        pytest.skip("no saved method fails here")


def order(reference: str = "order-1", *, amount: int = 4999, currency: str = "EUR", **more: Any) -> CheckoutRequest:
    """An order to be paid."""
    total = Money(amount=amount, currency=currency)
    values: dict[str, Any] = {
        "reference": reference,
        "idempotency_key": f"{reference}/checkout",
        "lines": [CheckoutLine(title="AI Marketing Foundations", quantity=1, total=total)],
        "total": total,
        "customer_email": "ada@example.org",
        "return_url": f"{SITE}/orders/1",
        "cancel_url": f"{SITE}/cart",
        **more,
    }
    return CheckoutRequest(**values)


async def paid(counter: PaymentCounter, ctx: Context, request: CheckoutRequest | None = None) -> ProviderPayment:
    """A payment of an order, paid on the provider's page."""
    checkout = await counter.provider.start_checkout(ctx, request or order())
    await counter.pay(checkout)
    return await counter.provider.find_payment(ctx, checkout.id)


def needs_http(counter: PaymentCounter) -> None:
    """Leave a test out where nothing goes over a network."""
    if not counter.over_http:
        pytest.skip("nothing goes over a network here")


def needs_saved_methods(counter: PaymentCounter) -> None:
    """Leave a test out where no method can be saved."""
    if PaymentCapability.SAVED_METHODS not in counter.provider.capabilities:
        pytest.skip("no method can be saved here")


def charge_of(payment: ProviderPayment) -> ChargeRequest:
    """A renewal, by the method that a payment saved."""
    assert payment.customer_id
    assert payment.method_id
    return ChargeRequest(
        reference="renewal-1",
        idempotency_key="renewal-1/charge",
        money=Money(amount=900, currency="EUR"),
        customer_id=payment.customer_id,
        method_id=payment.method_id,
        title="Renewal",
    )


def check_error(counter: PaymentCounter, fault: Fault, error: PaymentError) -> None:
    """The error is the one callers know for a fault, and tells no secret."""
    wanted: type[PaymentError] = {
        Fault.UNAUTHORIZED: PaymentRefused,
        Fault.FORBIDDEN: PaymentRefused,
        Fault.RATE_LIMITED: PaymentRateLimited,
    }.get(fault, PaymentOutcomeUnknown)
    assert type(error) is wanted, f"{fault}: {error!r}"
    if fault is Fault.RATE_LIMITED:
        assert error.retry_after == 17
    assert not [word for word in counter.secrets if word in f"{error!r}"]
