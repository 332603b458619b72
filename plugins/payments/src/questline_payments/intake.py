"""Taking in providers' messages: kept as they came with what their check found, or before it, then left to a job.

Most checks are arithmetic, and end at once: then one commit keeps the message and what was found. One that has to ask
somebody, or breaks, finds its message kept already; nobody is answered before that.
"""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID, uuid4

import msgspec
from sqlalchemy import delete, func, insert, select
from sqlalchemy.dialects import postgresql

from questline_payments.batches import GroupCommit
from questline_payments.models import Message, Order
from questline_payments.processing import ACT, Act
from questline_sdk import Context, NotFound, QuestlineError
from questline_sdk.payments import PaymentProvider, PaymentProviders, WebhookEvent, WebhookRefused
from questline_sdk.services import Transactions

LARGEST = 256 * 1024
LARGEST_UNCHECKED = 64 * 1024
"""What somebody who is no provider can have us keep; of a refused message only its time and why are kept."""
REFUSED_KEPT = 200
UNCHECKED_KEPT = 1000
HEADERS_KEPT = 8192
AT_ONCE = 0.05
"""Seconds: how long a message waits for its check before it is kept without."""
NOT_KEPT = frozenset({"authorization", "cookie", "proxy-authorization", "x-forwarded-for"})


class Raw(msgspec.Struct, frozen=True, kw_only=True):
    """A message nobody has looked at."""

    id: UUID
    provider: str
    headers: dict[str, str]
    body: bytes
    received_at: dt.datetime


class Checked(msgspec.Struct, frozen=True, kw_only=True):
    """A message with what its check found; `kept` where it is in the table already."""

    raw: Raw
    kept: bool
    found: WebhookEvent | WebhookRefused


class Webhooks:
    """Takes messages in, over the network and from providers that live in the site."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def receive(self, provider: str, headers: Mapping[str, str], body: bytes) -> None:
        """Keep a message, check it, and queue what it asks for; the same again is counted and changes nothing."""
        adapter = (await self._ctx.service(PaymentProviders).all()).get(provider)
        if len(body) > (LARGEST if adapter else LARGEST_UNCHECKED):
            raise WebhookRefused("The webhook is too large.")
        if adapter is None:
            await self._room_for_unchecked(provider)
        kept = {name: value for name, value in headers.items() if name not in NOT_KEPT}
        raw = Raw(
            id=uuid4(),
            provider=provider,
            headers=kept if sum(len(each) for each in kept.values()) <= HEADERS_KEPT else {},
            body=bytes(body),
            received_at=self._ctx.now,
        )
        if adapter is None:
            await KEEP.put(self._ctx, raw)
        else:
            await check(self._ctx, adapter, raw)

    async def _room_for_unchecked(self, provider: str) -> None:
        """Raise `NotFound` unless orders wait for a provider that is off for the tenant now."""
        session = self._ctx.session
        if await session.scalar(select(Order.id).where(Order.provider == provider).limit(1)) is None:
            raise NotFound("There is nothing at this address.", code="route_not_found")
        held = await session.scalar(select(func.count()).where(Message.state == "unchecked"))
        if (held or 0) >= UNCHECKED_KEPT:
            raise WebhookRefused("Too many messages wait for this provider to be switched on.")


async def check(ctx: Context, adapter: PaymentProvider, raw: Raw, *, kept: bool = False) -> None:
    """Check a message by the clock it came at, and queue what it asks for; raises `WebhookRefused`."""
    reading = asyncio.ensure_future(_read(ctx, adapter, raw))
    try:
        if not kept:
            await asyncio.wait({reading}, timeout=AT_ONCE)
        if not kept and (not reading.done() or _broke(reading)):
            await KEEP.put(ctx, raw)
            kept = True
        event = await reading
    except WebhookRefused as refusal:
        await REFUSE.put(ctx, Checked(raw=raw, kept=kept, found=refusal))
        raise
    finally:
        reading.cancel()
    await ACCEPT.put(ctx, Checked(raw=raw, kept=kept, found=event))


async def _read(ctx: Context, adapter: PaymentProvider, raw: Raw) -> WebhookEvent:
    async with ctx.service(Transactions).begin() as own:
        own.now = raw.received_at
        found: WebhookEvent = await adapter.read_webhook(own, raw.headers, raw.body)
        return found


def _broke(reading: "asyncio.Future[WebhookEvent]") -> bool:
    error = reading.exception()
    return error is not None and not isinstance(error, WebhookRefused)


def _row(raw: Raw, state: str, **more: Any) -> dict[str, Any]:
    return {
        **msgspec.structs.asdict(raw),
        "state": state,
        "times": 1,
        "attempts": 0,
        "next_at": raw.received_at,
        "error": "",
        **more,
    }


async def _keep(ctx: Context, batch: Sequence[Raw]) -> Sequence[None]:
    await ctx.session.execute(insert(Message.__table__), [_row(each, "unchecked") for each in batch])  # type: ignore[arg-type]
    return [None] * len(batch)


async def _forget_unchecked(ctx: Context, batch: Sequence[Checked]) -> None:
    kept = [each.raw.id for each in batch if each.kept]
    if kept:
        await ctx.session.execute(
            delete(Message).where(Message.id.in_(kept)).execution_options(synchronize_session=False)
        )


async def _accept(ctx: Context, batch: Sequence[Checked]) -> Sequence[None]:
    """Keep messages as the provider's; one that came before is counted there, and not kept twice.

    Everybody counts in the same order, so that two who count the same messages wait for each other and no more.
    """
    await _forget_unchecked(ctx, batch)
    rows = []
    for each in batch:
        if isinstance(each.found, WebhookEvent):
            of_payment = each.found.payment_id is not None
            rows.append(
                _row(
                    each.raw,
                    "waiting" if of_payment else "done",
                    event_id=each.found.id,
                    type=each.found.type,
                    payment_id=each.found.payment_id,
                    done_at=None if of_payment else ctx.now,
                )
            )
    rows.sort(key=lambda row: (row["provider"], row["event_id"]))
    new = postgresql.insert(Message.__table__)  # type: ignore[arg-type]
    counted = new.on_conflict_do_update(
        index_elements=["tenant_id", "provider", "event_id"], set_={"times": Message.__table__.c.times + 1}
    )
    await ctx.session.execute(counted, rows)
    if any(row["payment_id"] for row in rows):  # also for those counted: the job skips rows that wait for this
        await ctx.enqueue(ACT, Act())
    return [None] * len(batch)


async def _refuse(ctx: Context, batch: Sequence[Checked]) -> Sequence[None]:
    """Keep of what was refused when and why, and of the newest few only."""
    await _forget_unchecked(ctx, batch)
    rows = [
        _row(each.raw, "refused", body=b"", headers={}, error=each.found.detail[:200], done_at=ctx.now)
        for each in batch
        if isinstance(each.found, WebhookRefused)
    ]
    await ctx.session.execute(insert(Message.__table__), rows)  # type: ignore[arg-type]
    newest = (
        select(Message.id)
        .where(Message.state == "refused")
        .order_by(Message.received_at.desc(), Message.id.desc())
        .offset(REFUSED_KEPT)
    )
    await ctx.session.execute(
        delete(Message).where(Message.id.in_(newest)).execution_options(synchronize_session=False)
    )
    return [None] * len(batch)


KEEP = GroupCommit(_keep)
ACCEPT = GroupCommit(_accept)
REFUSE = GroupCommit(_refuse)


async def check_waiting(ctx: Context) -> int:
    """Check what came while its provider was off, by the clock it came at; returns how many were accepted."""
    adapters = await ctx.service(PaymentProviders).all()
    statement = select(Message).where(Message.state == "unchecked", Message.provider.in_(list(adapters)))
    accepted = 0
    for each in list(await ctx.session.scalars(statement.order_by(Message.received_at).limit(UNCHECKED_KEPT))):
        raw = Raw(
            id=each.id,
            provider=each.provider,
            headers=each.headers,
            body=each.body,
            received_at=each.received_at,
        )
        try:
            await check(ctx, adapters[each.provider], raw, kept=True)
        except QuestlineError:
            continue
        accepted += 1
    return accepted
