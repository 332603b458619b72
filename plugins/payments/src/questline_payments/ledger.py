"""The books: append-only entries of postings that sum to zero in each currency.

`cash:<provider>` is what lies at a provider, `buyer` what was paid and is not used, or is owed; `sales`, `discounts`
and `tax` are what an order's lines came to. Money in another currency than the order's waits in `suspense`.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from uuid import UUID, uuid4

from sqlalchemy import func, select

from questline_payments.models import Line, Order, Posting
from questline_payments.money import share
from questline_sdk import Context
from questline_sdk.payments import PaymentState, ProviderPayment

BUYER, SALES, DISCOUNTS, TAX, SUSPENSE = "buyer", "sales", "discounts", "tax", "suspense"
SIGN = {"paid": 1, "refunded": -1, "disputed": -1}
Accounts = Mapping[str, int]


def cash(provider: str) -> str:
    """The account of the money at a provider."""
    return f"cash:{provider}"


def missing(payment: ProviderPayment, held: Mapping[str, int]) -> dict[str, int]:
    """What is still to be posted of a payment, by kind; negative where a refund failed or a dispute was won.

    A message that comes twice, late or out of order finds nothing missing, or the rest, and never the same money again.
    """
    paid = payment.money.amount if payment.state == PaymentState.PAID else held.get("paid", 0)
    now = {"paid": paid, "refunded": payment.refunded, "disputed": payment.disputed}
    return {kind: now[kind] - held.get(kind, 0) for kind in now if now[kind] != held.get(kind, 0)}


def parts(line: Line, kept: int) -> dict[str, int]:
    """What is posted for a line of which so much of its total is kept; all of it where there is nothing to pay."""
    if line.total == 0:
        tax, discount = line.tax, line.discount
    else:
        tax, discount = share(line.tax, kept, line.total), share(line.discount, kept, line.total)
    return {SALES: -(kept - tax + discount), DISCOUNTS: discount, TAX: -tax}


def post(
    ctx: Context,
    order: Order,
    kind: str,
    accounts: Accounts,
    *,
    currency: str | None = None,
    payment_id: str | None = None,
    line_id: UUID | None = None,
) -> None:
    """Write an entry; raises `ValueError` for one that does not sum to zero, as the database would at the commit."""
    if sum(accounts.values()) != 0:
        raise ValueError(f"the entry {kind} does not sum to zero: {dict(accounts)}")
    entry = uuid4()
    for account, amount in accounts.items():
        if amount:
            ctx.session.add(
                Posting(
                    entry_id=entry,
                    order_id=order.id,
                    line_id=line_id,
                    payment_id=payment_id,
                    kind=kind,
                    account=account,
                    amount=amount,
                    currency=currency or order.currency,
                    occurred_at=ctx.now,
                )
            )


class Held:
    """What the ledger holds of an order."""

    def __init__(self, order: Order, rows: list[Posting]) -> None:
        self.payments: defaultdict[str, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.lines: defaultdict[UUID, defaultdict[str, int]] = defaultdict(lambda: defaultdict(int))
        self.foreign: defaultdict[str, int] = defaultdict(int)
        self.amounts: defaultdict[str, int] = defaultdict(int)
        self._currencies: dict[str, str] = {}
        for row in rows:
            if row.line_id is not None and row.account != BUYER:
                self.lines[row.line_id][row.account] += row.amount
            if row.payment_id is None or not row.account.startswith("cash:"):
                continue
            self.payments[row.payment_id][row.kind] += SIGN[row.kind] * row.amount
            self._currencies[row.payment_id] = row.currency
            if row.currency == order.currency:
                self.amounts[row.kind] += SIGN[row.kind] * row.amount
            else:
                self.foreign[row.currency] += row.amount

    @property
    def kept(self) -> int:
        """What was paid in the order's currency and neither went back nor is disputed."""
        return self.amounts["paid"] - self.amounts["refunded"] - self.amounts["disputed"]

    def left(self, payment_id: str) -> int:
        """What of a payment can still go back."""
        of = self.payments[payment_id]
        return of["paid"] - of["refunded"] - of["disputed"]

    def currency(self, payment_id: str) -> str:
        """The currency of a payment."""
        return self._currencies[payment_id]


async def held(ctx: Context, order: Order) -> Held:
    """Add up an order's postings."""
    rows = await ctx.session.scalars(select(Posting).where(Posting.order_id == order.id).order_by(Posting.id))
    return Held(order, list(rows))


async def of_payments(ctx: Context, orders: Collection[UUID]) -> dict[tuple[UUID, str], dict[str, int]]:
    """What the ledger holds of each payment of these orders, by kind."""
    statement = (
        select(Posting.order_id, Posting.payment_id, Posting.kind, func.sum(Posting.amount))
        .where(Posting.order_id.in_(orders), Posting.account.like("cash:%"))
        .group_by(Posting.order_id, Posting.payment_id, Posting.kind)
    )
    found: dict[tuple[UUID, str], dict[str, int]] = {}
    for order_id, payment_id, kind, amount in await ctx.session.execute(statement):
        found.setdefault((order_id, payment_id or ""), {})[kind] = SIGN[kind] * int(amount)
    return found


async def post_payment(ctx: Context, order: Order, payment: ProviderPayment) -> tuple[dict[str, int], bool]:
    """Post what is missing of a payment of a locked order; returns it, and whether the order has another payment."""
    assert order.provider is not None  # noqa: S101  a payment has come from somewhere
    before = await held(ctx, order)
    changes = missing(payment, before.payments[payment.id])
    against = BUYER if payment.money.currency == order.currency else SUSPENSE
    for kind, amount in changes.items():
        signed = SIGN[kind] * amount
        accounts = {cash(order.provider): signed, against: -signed}
        post(ctx, order, kind, accounts, currency=payment.money.currency, payment_id=payment.id)
    await ctx.session.flush()
    return changes, any(each != payment.id for each in before.payments)


async def balance(ctx: Context) -> dict[tuple[str, str], int]:
    """Every account by currency; those of a currency sum to zero."""
    statement = select(Posting.account, Posting.currency, func.sum(Posting.amount)).group_by(
        Posting.account, Posting.currency
    )
    rows = await ctx.session.execute(statement.order_by(Posting.currency, Posting.account))
    return {(account, currency): int(amount) for account, currency, amount in rows}
