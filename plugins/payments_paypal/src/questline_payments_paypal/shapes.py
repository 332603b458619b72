"""What is read of PayPal's objects, and what they say in the SDK's terms."""

import datetime as dt

import msgspec

from questline_payments_paypal.amounts import Amount
from questline_sdk.payments import PaymentState, ProviderPayment

CAPTURE_STATES = {
    "COMPLETED": PaymentState.PAID,
    "PARTIALLY_REFUNDED": PaymentState.PAID,
    "REFUNDED": PaymentState.PAID,
    "DECLINED": PaymentState.FAILED,
    "FAILED": PaymentState.FAILED,
}
"""A capture that waits (`PENDING`) is open."""
GONE = {"FAILED", "CANCELLED"}


class Link(msgspec.Struct, frozen=True, kw_only=True):
    """Where something is."""

    rel: str
    href: str


class RelatedIds(msgspec.Struct, frozen=True, kw_only=True):
    """What an object belongs to."""

    order_id: str | None = None
    capture_id: str | None = None


class Supplement(msgspec.Struct, frozen=True, kw_only=True):
    """More about an object."""

    related_ids: RelatedIds = RelatedIds()


class Capture(msgspec.Struct, frozen=True, kw_only=True):
    """Money that was taken for an order."""

    id: str
    status: str
    amount: Amount
    supplementary_data: Supplement = Supplement()


class Refund(msgspec.Struct, frozen=True, kw_only=True):
    """Money that went back."""

    id: str
    status: str
    amount: Amount


class Payments(msgspec.Struct, frozen=True, kw_only=True):
    """What moved for an order."""

    captures: list[Capture] = []
    refunds: list[Refund] = []


class Unit(msgspec.Struct, frozen=True, kw_only=True):
    """What is paid for."""

    amount: Amount
    custom_id: str = ""
    payments: Payments = Payments()


class Order(msgspec.Struct, frozen=True, kw_only=True):
    """An order at PayPal."""

    id: str
    status: str
    create_time: dt.datetime
    purchase_units: list[Unit]
    update_time: str = ""
    links: list[Link] = []

    @property
    def unit(self) -> Unit:
        """Its one unit; raises `LookupError` where there is none."""
        return self.purchase_units[0]

    @property
    def capture(self) -> Capture | None:
        """What was taken for it."""
        return self.unit.payments.captures[0] if self.unit.payments.captures else None

    def link(self, *names: str) -> str:
        """The address of a link by its relation."""
        return next((each.href for each in self.links if each.rel in names), "")


class DisputeSummary(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute as lists have it."""

    dispute_id: str
    status: str
    dispute_amount: Amount


class DisputeList(msgspec.Struct, frozen=True, kw_only=True):
    """The disputes of a capture."""

    items: list[DisputeSummary] = []


class Outcome(msgspec.Struct, frozen=True, kw_only=True):
    """How a dispute ended."""

    outcome_code: str = ""
    amount_refunded: Amount | None = None


class DisputeDetails(msgspec.Struct, frozen=True, kw_only=True):
    """A dispute that is resolved."""

    dispute_outcome: Outcome = Outcome()


class TransactionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A movement on the account."""

    transaction_id: str
    transaction_event_code: str = ""
    custom_field: str = ""


class Transaction(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the account's report."""

    transaction_info: TransactionInfo


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """A page of the account's report."""

    transaction_details: list[Transaction] = []
    total_pages: int = 1


def payment_of(order: Order, *, disputed: int = 0, failure: str = "") -> ProviderPayment:
    """An order in the SDK's terms."""
    unit, capture = order.unit, order.capture
    state = PaymentState.EXPIRED if order.status == "VOIDED" else PaymentState.OPEN
    if capture is not None:
        state = CAPTURE_STATES.get(capture.status, PaymentState.OPEN)
    if failure or state is PaymentState.FAILED:
        state, failure = PaymentState.FAILED, failure or "PayPal could not take the money."
    money = unit.amount.money()
    refunded = sum(each.amount.money().amount for each in unit.payments.refunds if each.status not in GONE)
    return ProviderPayment(
        id=order.id,
        reference=unit.custom_id,
        state=state,
        money=money,
        created_at=order.create_time,
        refunded=refunded,
        disputed=min(disputed, money.amount - refunded),
        failure=failure,
    )
