"""What was earned, by month and currency, from the ledger."""

import csv
import datetime as dt
import io
from decimal import Decimal
from typing import Any

import msgspec
from sqlalchemy import func, select

from questline_payments.ledger import BUYER, DISCOUNTS, SALES, TAX
from questline_payments.models import Posting
from questline_payments.money import exponent
from questline_payments.recurring import recurring
from questline_sdk import Context


class Month(msgspec.Struct, frozen=True, kw_only=True):
    """What a month came to in a currency, in minor units: `net` is what is left without tax.

    `mrr` is what the subscriptions at its end pay per month without tax; `churned` is how many ended in it.
    """

    month: str
    currency: str
    exponent: int
    gross: int
    tax: int
    refunds: int
    disputes: int
    net: int
    orders: int
    mrr: int = 0
    churned: int = 0


class Revenue(msgspec.Struct, frozen=True, kw_only=True):
    """Months, newest first."""

    items: list[Month]


async def revenue(ctx: Context, since: dt.date, until: dt.date) -> Revenue:
    """What was earned from one day up to, and without, another (UTC)."""
    month = func.to_char(func.timezone("UTC", Posting.occurred_at), "YYYY-MM").label("month")
    earned = -Posting.amount
    total = Posting.account.in_([SALES, DISCOUNTS, TAX])
    sale = Posting.kind == "sale"

    def summed(*conditions: Any) -> Any:
        return func.coalesce(func.sum(earned).filter(*conditions), 0)

    statement = (
        select(
            month,
            Posting.currency,
            summed(total, sale),
            summed(Posting.account == TAX),
            summed(total, Posting.kind == "refund"),
            summed(total, Posting.kind == "dispute"),
            summed(Posting.account.in_([SALES, DISCOUNTS])),
            func.count(Posting.order_id.distinct()).filter(sale),
        )
        .where(
            Posting.occurred_at >= _begin(since),
            Posting.occurred_at < _begin(until),
            Posting.line_id.is_not(None),
            Posting.account != BUYER,
        )
        .group_by(month, Posting.currency)
        .order_by(month.desc(), Posting.currency)
    )
    months = {
        (row[0], row[1]): Month(
            month=row[0],
            currency=row[1],
            exponent=exponent(row[1]),
            gross=int(row[2]),
            tax=int(row[3]),
            refunds=-int(row[4]),
            disputes=-int(row[5]),
            net=int(row[6]),
            orders=row[7],
        )
        for row in await ctx.session.execute(statement)
    }
    for (name, currency), each in (await recurring(ctx, _begin(since), _begin(until))).items():
        empty = Month(
            month=name,
            currency=currency,
            exponent=exponent(currency),
            gross=0,
            tax=0,
            refunds=0,
            disputes=0,
            net=0,
            orders=0,
        )
        known = months.get((name, currency), empty)
        months[name, currency] = msgspec.structs.replace(known, mrr=each.mrr, churned=each.churned)
    by_currency = sorted(months.values(), key=lambda each: each.currency)
    return Revenue(items=sorted(by_currency, key=lambda each: each.month, reverse=True))


def _begin(day: dt.date) -> dt.datetime:
    return dt.datetime.combine(day, dt.time(), dt.UTC)


def as_csv(found: Revenue) -> str:
    """The months as CSV, with amounts in whole currency units."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    amounts = ("gross", "tax", "refunds", "disputes", "net")
    writer.writerow(["month", "currency", *amounts, "orders", "mrr", "churned"])
    for each in found.items:
        values = (str(Decimal(getattr(each, name)).scaleb(-each.exponent)) for name in amounts)
        mrr = str(Decimal(each.mrr).scaleb(-each.exponent))
        writer.writerow([each.month, each.currency, *values, each.orders, mrr, each.churned])
    return out.getvalue()
