"""Reports: what AI cost, how fast and how well it answered."""

import csv
import datetime as dt
import io
from collections.abc import AsyncGenerator, Mapping
from typing import Any, Literal

import msgspec
from sqlalchemy import ColumnElement, Date, Text, case, cast, func, select

from questline_ai.models import Call
from questline_sdk import Context, Invalid

Group = Literal["provider", "model", "template", "course", "placement", "day"]
LONGEST = dt.timedelta(days=400)
KEYS: Mapping[str, ColumnElement[Any]] = {
    "provider": Call.provider.expression,
    "model": (Call.provider + "/" + Call.model),
    "template": Call.template.expression,
    "course": func.coalesce(cast(Call.course_id, Text), ""),
    "placement": Call.placement.expression,
    "day": cast(cast(func.timezone("UTC", Call.started_at), Date), Text),
}
COLUMNS = (
    "started_at", "id", "request_id", "user_id", "course_id", "placement", "template", "template_version", "provider",
    "model", "status", "error", "input_tokens", "output_tokens", "estimated", "currency", "price_version",
    "reserved_micros", "cost_micros", "tries", "first_token_ms", "duration_ms", "rating",
)  # fmt: skip
FAILED = ("failed", "abandoned")
CHUNK = 1000


class SpendRow(msgspec.Struct, frozen=True, kw_only=True):
    """Calls of one group in one currency.

    Args:
        quality: Share of the rated answers that helped; null where none was rated.
    """

    key: str
    currency: str
    calls: int
    errors: int
    cached: int
    input_tokens: int
    output_tokens: int
    cost_micros: int
    p50_ms: int | None
    p95_ms: int | None
    rated: int
    quality: float | None


class Spend(msgspec.Struct, frozen=True, kw_only=True):
    """A report: its rows, dearest first, and the totals by currency."""

    since: dt.date
    until: dt.date
    rows: list[SpendRow]
    totals: list[SpendRow]
    days: list[SpendRow]


def period(ctx: Context, since: dt.date | None, until: dt.date | None) -> tuple[dt.date, dt.date]:
    """The first and the last day (UTC) of a report: this month where nothing is said."""
    until = until or ctx.now.astimezone(dt.UTC).date()
    since = since or until.replace(day=1)
    if since > until:
        raise Invalid.field("since", "must not be after until")
    if until - since > LONGEST:
        raise Invalid.field("since", f"may lie {LONGEST.days} days before until at most")
    return since, until


async def spend(ctx: Context, since: dt.date, until: dt.date, group: Group) -> Spend:
    """What was spent in a period."""
    rows = await _grouped(ctx, since, until, KEYS[group])
    totals = await _grouped(ctx, since, until, cast("total", Text))
    days = rows if group == "day" else await _grouped(ctx, since, until, KEYS["day"])
    return Spend(
        since=since,
        until=until,
        rows=sorted(rows, key=lambda each: (-each.cost_micros, -each.calls, each.key)),
        totals=totals,
        days=sorted(days, key=lambda each: each.key),
    )


async def as_csv(ctx: Context, since: dt.date, until: dt.date) -> AsyncGenerator[bytes, None]:
    """Every call of a period, a line each; never what was asked or answered."""
    buffer = io.StringIO()
    writer = csv.writer(buffer)
    writer.writerow(COLUMNS)
    columns = [getattr(Call, name) for name in COLUMNS]
    after: tuple[Any, Any] | None = None
    while True:
        statement = select(*columns).where(*_within(since, until)).order_by(Call.started_at, Call.id).limit(CHUNK)
        if after is not None:
            statement = statement.where(func.row(Call.started_at, Call.id) > func.row(*after))
        rows = (await ctx.session.execute(statement)).all()
        writer.writerows(tuple(map(_cell, row)) for row in rows)
        yield buffer.getvalue().encode()
        buffer.seek(0)
        buffer.truncate()
        if len(rows) < CHUNK:
            return
        after = (rows[-1].started_at, rows[-1].id)


def _cell(value: Any) -> Any:
    if isinstance(value, dt.datetime):
        return value.isoformat()
    if isinstance(value, str) and value[:1] in "=+-@\t\r":
        return "'" + value
    return value


def _within(since: dt.date, until: dt.date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    start = dt.datetime.combine(since, dt.time.min, dt.UTC)
    return Call.started_at >= start, Call.started_at < start + (until - since) + dt.timedelta(days=1)


async def _grouped(ctx: Context, since: dt.date, until: dt.date, key: ColumnElement[Any]) -> list[SpendRow]:
    def percentile(part: float) -> ColumnElement[Any]:
        return func.percentile_disc(part).within_group(Call.duration_ms)

    grouped = (
        select(
            key.label("key"),
            Call.currency,
            func.count().label("calls"),
            func.count(case((Call.status.in_(FAILED), 1))).label("errors"),
            func.count(case((Call.status == "cached", 1))).label("cached"),
            func.coalesce(func.sum(Call.input_tokens), 0).label("input_tokens"),
            func.coalesce(func.sum(Call.output_tokens), 0).label("output_tokens"),
            func.coalesce(func.sum(Call.cost_micros), 0).label("cost_micros"),
            percentile(0.5).label("p50_ms"),
            percentile(0.95).label("p95_ms"),
            func.count(Call.rating).label("rated"),
            func.avg(Call.rating).label("quality"),
        )
        .where(*_within(since, until))
        .group_by("key", Call.currency)
        .limit(500)
    )
    rows = (await ctx.session.execute(grouped)).all()
    return [
        SpendRow(
            key=row.key,
            currency=row.currency,
            calls=row.calls,
            errors=row.errors,
            cached=row.cached,
            input_tokens=int(row.input_tokens),
            output_tokens=int(row.output_tokens),
            cost_micros=int(row.cost_micros),
            p50_ms=row.p50_ms,
            p95_ms=row.p95_ms,
            rated=row.rated,
            quality=None if row.quality is None else round(float(row.quality), 3),
        )
        for row in rows
    ]
