"""Payment providers: what an adapter to a payment service implements, in the terms of its callers.

A plugin registers its provider with `register_payment_providers`; callers ask `ctx.service(PaymentProviders)` for those
of the tenant's plugins. Money is integer minor units with an ISO 4217 currency; times are UTC.
"""

import datetime as dt
import enum
from abc import ABC, abstractmethod
from collections.abc import AsyncIterator, Mapping, Sequence
from typing import ClassVar, Protocol

import msgspec

from questline_sdk.context import Context
from questline_sdk.errors import QuestlineError


class Money(msgspec.Struct, frozen=True, kw_only=True, order=False):
    """An amount in minor units (cents, or yen) of a currency."""

    amount: int
    currency: str


class CheckoutLine(msgspec.Struct, frozen=True, kw_only=True):
    """What the buyer sees on the provider's page."""

    title: str
    quantity: int
    total: Money


class CheckoutRequest(msgspec.Struct, frozen=True, kw_only=True):
    """An order to be paid on the provider's page.

    Args:
        reference: The caller's id of the order; every later answer and event of the provider carries it back.
        idempotency_key: The same key never makes a second checkout.
        return_url: Where the buyer comes back to, paid or not; it proves nothing.
        locale: BCP 47 tag of the buyer's language.
        customer_id: The provider's id of the buyer, known from an earlier payment.
        save_method: Keep what it is paid with, for `charge`; the buyer agrees to that on the provider's page.
    """

    reference: str
    idempotency_key: str
    lines: Sequence[CheckoutLine]
    total: Money
    customer_email: str
    return_url: str
    cancel_url: str
    locale: str = "en"
    customer_id: str | None = None
    save_method: bool = False


class Checkout(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the provider's where the order can be paid until it expires."""

    id: str
    url: str
    expires_at: dt.datetime | None = None


class PaymentState(enum.StrEnum):
    """Where a payment stands at the provider."""

    OPEN = "open"
    PAID = "paid"
    FAILED = "failed"
    EXPIRED = "expired"


class ProviderPayment(msgspec.Struct, frozen=True, kw_only=True):
    """A payment as the provider tells it now.

    Args:
        id: The provider's id; that of the checkout as long as nobody paid there.
        refunded: How much of it went back, in minor units; less again where a refund fails later.
        disputed: How much of it a dispute holds back, or has taken for good, in minor units.
        customer_id: The provider's id of the buyer.
        method_id: The provider's id of what it was paid with, where that was saved.
        failure: Why it failed, for people.
    """

    id: str
    reference: str
    state: PaymentState
    money: Money
    created_at: dt.datetime
    refunded: int = 0
    disputed: int = 0
    customer_id: str | None = None
    method_id: str | None = None
    failure: str = ""


class ChargeRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Money to be taken from a saved method without the buyer; the same key never takes it twice."""

    reference: str
    idempotency_key: str
    money: Money
    customer_id: str
    method_id: str
    title: str


class RefundRequest(msgspec.Struct, frozen=True, kw_only=True):
    """Money to be given back; the same key never gives it twice."""

    payment_id: str
    money: Money
    idempotency_key: str
    reason: str = ""


class ProviderRefund(msgspec.Struct, frozen=True, kw_only=True):
    """A refund as the provider took it; `settled` once the money is on its way."""

    id: str
    payment_id: str
    money: Money
    settled: bool


class WebhookEvent(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's message whose signature has been checked: only which payment to look at again.

    Its order and number mean nothing: callers fetch the payment and compare.

    Args:
        id: The provider's id of the message; the same message comes with the same id.
        payment_id: None for messages about something else; they are kept and not acted on.
    """

    id: str
    type: str
    occurred_at: dt.datetime
    payment_id: str | None = None


class PaymentCapability(enum.StrEnum):
    """What a provider can do beside taking one payment."""

    SAVED_METHODS = "saved_methods"
    PORTAL = "portal"


class PaymentError(QuestlineError):
    """A provider did not do what it was asked."""

    status = 502
    title = "Payment provider error"
    default_code = "payment_provider_error"


class PaymentOutcomeUnknown(PaymentError):
    """The provider did not answer in time: it may have acted. Ask it with the same idempotency key."""

    status = 503
    default_code = "payment_outcome_unknown"


class PaymentRefused(PaymentError):
    """The provider does not accept the tenant's credentials; nothing was done, and another try will not help."""

    default_code = "payment_refused"


class PaymentRateLimited(PaymentError):
    """The provider was asked too often; nothing was done. `retry_after` says when to try again, where it is known."""

    status = 503
    default_code = "payment_rate_limited"


class PaymentNotFound(PaymentError):
    """The provider knows no such payment or checkout."""

    status = 404
    default_code = "payment_not_found"


class WebhookRefused(PaymentError):
    """A webhook's signature, age or shape is wrong."""

    status = 400
    default_code = "webhook_refused"


class PaymentProvider(ABC):
    """An adapter to one payment service; it must be safe to call concurrently and keeps nothing itself.

    Attributes:
        name: The plugin's id, or `<plugin id>.<word>` where a plugin has several.
        title: Name shown to people.
        test: True for one that moves no money; in production core leaves it out.
        capabilities: What it offers beside the abstract methods.
    """

    name: ClassVar[str]
    title: ClassVar[str]
    test: ClassVar[bool] = False
    capabilities: ClassVar[frozenset[PaymentCapability]] = frozenset()

    async def is_ready(self, ctx: Context) -> bool:
        """Say whether the tenant's settings have what a checkout needs; buyers are not shown one that is not."""
        return True

    @abstractmethod
    async def start_checkout(self, ctx: Context, request: CheckoutRequest) -> Checkout:
        """Open a page where the order can be paid.

        Raises:
            PaymentOutcomeUnknown: No answer came; the same request may be sent again.
            PaymentError: The provider declined it.
        """

    @abstractmethod
    async def read_webhook(self, ctx: Context, headers: Mapping[str, str], body: bytes) -> WebhookEvent:
        """Check and read a message, from headers with lower-case names and the raw body.

        Raises:
            WebhookRefused: It is not from the provider, too old, or not understood.
        """

    @abstractmethod
    async def find_payment(self, ctx: Context, payment_id: str) -> ProviderPayment:
        """Read how a payment stands now, by its id or by that of its checkout.

        Raises:
            PaymentNotFound: There is none.
            PaymentError: The provider did not tell.
        """

    @abstractmethod
    async def refund(self, ctx: Context, request: RefundRequest) -> ProviderRefund:
        """Give money back; raises as `start_checkout`."""

    @abstractmethod
    def payments_since(self, ctx: Context, since: dt.datetime) -> AsyncIterator[ProviderPayment]:
        """Every payment made since, for reconciliation; ones made before but changed since may be among them."""

    async def charge(self, ctx: Context, request: ChargeRequest) -> ProviderPayment:
        """Take money from a saved method.

        A declined charge is an answer, of the state `FAILED`; so is one that needs the buyer, who must then go
        through a checkout. Raises as `start_checkout`.
        """
        raise PaymentError(f"{self.title} cannot charge without the buyer.", code="payment_not_offered")

    async def portal(self, ctx: Context, customer_id: str, return_url: str) -> str:
        """The address of the provider's page where a buyer manages what they pay with."""
        raise PaymentError(f"{self.title} has no such page.", code="payment_not_offered")


class PaymentProviders(Protocol):
    """The providers of the plugins that are on for the tenant (provided by core)."""

    async def all(self) -> Mapping[str, PaymentProvider]:
        """Each by its name, in load order."""
        ...


class PaymentWebhooks(Protocol):
    """Takes in providers' messages (provided by the plugin that keeps the orders).

    For providers that send none over the network. What comes in by HTTP takes the same way.

    Raises `WebhookRefused` as the provider's `read_webhook` does.
    """

    async def receive(self, provider: str, headers: Mapping[str, str], body: bytes) -> None:
        """Check a message of a provider, by its name, keep it and act on it."""
        ...
