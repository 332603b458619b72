"""The ledger and what was earned, as admins read them."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import Response, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, QueryParameter
from sqlalchemy import func, select, tuple_

from questline_payments import ledger, revenue
from questline_payments.models import Posting
from questline_payments.money import exponent
from questline_payments.permissions import READ
from questline_payments.routes.parameters import Cursor, Limit
from questline_sdk import Context, Invalid, Page
from questline_sdk.pages import DEFAULT_LIMIT, decode_cursor, paginate

Since = Annotated[dt.date | None, QueryParameter(description="The first day (UTC); a year ago if left out.")]
Until = Annotated[dt.date | None, QueryParameter(description="The last day (UTC); today if left out.")]
LONGEST = dt.timedelta(days=3660)


class AccountAmount(msgspec.Struct, frozen=True, kw_only=True):
    """An amount on an account."""

    account: str
    amount: int


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """An entry of the ledger; its postings sum to zero."""

    id: UUID
    order_id: UUID
    payment_id: str | None
    kind: str
    occurred_at: dt.datetime
    currency: str
    exponent: int
    postings: list[AccountAmount]


class Balance(msgspec.Struct, frozen=True, kw_only=True):
    """What lies on an account in a currency."""

    account: str
    currency: str
    exponent: int
    amount: int


class Balances(msgspec.Struct, frozen=True, kw_only=True):
    """Every account; those of a currency sum to zero."""

    items: list[Balance]


@get("/ledger", operation_id="payments_list_ledger", permission=READ, summary="The ledger's entries")
async def list_ledger(
    ctx: NamedDependency[Context],
    order_id: FromQuery[UUID | None] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[Entry]:
    """Newest first."""
    at = func.min(Posting.occurred_at)
    entries = select(Posting.entry_id, at.label("at")).group_by(Posting.entry_id)
    if order_id:
        entries = entries.where(Posting.order_id == order_id)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        entries = entries.having(tuple_(at, Posting.entry_id) < tuple_(before[0], before[1]))
    entries = entries.order_by(at.desc(), Posting.entry_id.desc()).limit(limit + 1)
    found = [(UUID(str(row[0])), row[1]) for row in await ctx.session.execute(entries)]
    page = paginate(found, limit, lambda row: (row[1], row[0]))
    rows: dict[UUID, list[Posting]] = {row[0]: [] for row in page.items}
    for posting in await ctx.session.scalars(
        select(Posting).where(Posting.entry_id.in_(list(rows))).order_by(Posting.id)
    ):
        rows[posting.entry_id].append(posting)
    items = [
        Entry(
            id=entry,
            order_id=postings[0].order_id,
            payment_id=postings[0].payment_id,
            kind=postings[0].kind,
            occurred_at=postings[0].occurred_at,
            currency=postings[0].currency,
            exponent=exponent(postings[0].currency),
            postings=[AccountAmount(account=each.account, amount=each.amount) for each in postings],
        )
        for entry, postings in rows.items()
    ]
    return Page(items=items, next_cursor=page.next_cursor)


@get("/ledger/balance", operation_id="payments_get_balance", permission=READ, summary="What lies on each account")
async def get_balance(ctx: NamedDependency[Context]) -> Balances:
    """By currency."""
    found = await ledger.balance(ctx)
    return Balances(
        items=[
            Balance(account=account, currency=currency, exponent=exponent(currency), amount=amount)
            for (account, currency), amount in found.items()
        ]
    )


@get("/revenue", operation_id="payments_get_revenue", permission=READ, summary="What was earned, by month")
async def get_revenue(ctx: NamedDependency[Context], since: Since = None, until: Until = None) -> revenue.Revenue:
    """In each currency, from the ledger."""
    return await revenue.revenue(ctx, *_period(ctx, since, until))


@get(
    "/revenue.csv",
    operation_id="payments_export_revenue",
    permission=READ,
    summary="What was earned, as CSV",
    media_type="text/csv",
    responses={200: ResponseSpec(data_container=str, media_type="text/csv", generate_examples=False)},
)
async def export_revenue(ctx: NamedDependency[Context], since: Since = None, until: Until = None) -> Response[str]:
    """The same for spreadsheets."""
    found = await revenue.revenue(ctx, *_period(ctx, since, until))
    return Response(
        revenue.as_csv(found),
        media_type="text/csv",
        headers={"content-disposition": 'attachment; filename="revenue.csv"'},
    )


def _period(ctx: Context, since: dt.date | None, until: dt.date | None) -> tuple[dt.date, dt.date]:
    last = until or ctx.now.date()
    if last > ctx.now.date() + dt.timedelta(days=1):
        raise Invalid.field("until", "is in the future")
    first = since or last - dt.timedelta(days=365) if last > dt.date(1972, 1, 1) else since or last
    if first > last or last - first > LONGEST:
        raise Invalid.field("since", "is after the last day, or more than ten years before it")
    return first, last + dt.timedelta(days=1)


BOOKS: list[Any] = [list_ledger, get_balance, get_revenue, export_revenue]
