"""Acting on providers' messages: each payment they speak of is looked at once, and its order's books brought to it."""

import asyncio
import datetime as dt
from collections.abc import Mapping, Sequence
from typing import TypeAlias
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import Update, select, update

from questline_payments import settle
from questline_payments.models import Message, Order
from questline_sdk import Context, Job
from questline_sdk.payments import PaymentNotFound, PaymentProvider, PaymentProviders, ProviderPayment
from questline_sdk.services import Transactions

BATCH = 100
LEASE = dt.timedelta(minutes=2)
"""How long a message is somebody's who acts on it; of one that was killed in doing so it is taken over afterwards."""
AT_ONCE = 8
MOST_ATTEMPTS = 10
LONGEST_PAUSE = 3600
Key: TypeAlias = tuple[str, str]
log = structlog.get_logger()


class Claimed(msgspec.Struct, frozen=True, kw_only=True):
    """A message that is acted on."""

    id: UUID
    provider: str
    payment_id: str | None
    attempts: int
    next_at: dt.datetime


class Act(msgspec.Struct, frozen=True, kw_only=True):
    """Messages wait."""


async def act(ctx: Context, _: Act) -> None:
    """Act on what waits, some at a time; what fails is tried again later, and given up after some days.

    The providers are asked before any order is locked, and the orders are locked in one order.
    """
    messages = await _claim(ctx)
    if not messages:
        if await _any_left(ctx):
            await ctx.enqueue(ACT, Act(), delay=LEASE + dt.timedelta(seconds=1))
        return
    try:
        async with ctx.session.begin_nested():  # what it has locked is free again before the messages are given back
            await _act_on(ctx, messages)
    except Exception:
        await _give_back(ctx, messages)
        raise
    if len(messages) == BATCH:
        await ctx.enqueue(ACT, Act())


async def _act_on(ctx: Context, messages: Sequence[Claimed]) -> None:
    adapters = await ctx.service(PaymentProviders).all()
    keys = {(each.provider, each.payment_id or "") for each in messages}
    answers = await _ask(ctx, adapters, sorted(keys))
    await _lock(ctx, answers)
    known = await settle.known(ctx, [each for each in answers.values() if isinstance(each, ProviderPayment)])
    outcomes = {}
    for key, answer in sorted(answers.items(), key=lambda each: each[0]):
        is_known = isinstance(answer, ProviderPayment) and (answer.reference, answer.id) in known
        outcomes[key] = "" if is_known else await _book(ctx, key[0], answer)
    await _mark(ctx, messages, outcomes)


async def _any_left(ctx: Context) -> bool:
    """Whether somebody acts on messages now, or was killed in doing so."""
    return bool(await ctx.session.scalar(select(select(Message.id).where(Message.state == "waiting").exists())))


async def _give_back(ctx: Context, messages: Sequence[Claimed]) -> None:
    """Let messages be taken again at once, by the job's next try; what came of them meanwhile stays."""
    async with ctx.service(Transactions).begin() as own:
        mine = (Message.state == "waiting") & (Message.next_at == messages[0].next_at)
        await own.session.execute(_of([each.id for each in messages]).where(mine).values(next_at=ctx.now))


async def _claim(ctx: Context) -> list[Claimed]:
    """Take messages for some minutes, committed at once: who counts one that comes again waits for nobody."""
    due = (
        select(Message.id)
        .where(Message.state == "waiting", Message.next_at <= ctx.now)
        .order_by(Message.next_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )
    async with ctx.service(Transactions).begin() as own:
        claimed = (
            update(Message)
            .where(Message.id.in_(due.scalar_subquery()))
            .values(next_at=ctx.now + LEASE)
            .returning(Message.id, Message.provider, Message.payment_id, Message.attempts, Message.next_at)
        )
        rows = await own.session.execute(claimed.execution_options(synchronize_session=False))
        return [Claimed(**row) for row in rows.mappings()]


Answer: TypeAlias = ProviderPayment | Exception | None


async def _ask(ctx: Context, adapters: Mapping[str, PaymentProvider], keys: Sequence[Key]) -> dict[Key, Answer]:
    gate = asyncio.Semaphore(AT_ONCE)

    async def ask(key: Key) -> Answer:
        adapter = adapters.get(key[0])
        if adapter is None:
            return LookupError("This provider is off.")
        async with gate:
            try:
                async with ctx.service(Transactions).begin() as own:
                    found: ProviderPayment = await adapter.find_payment(own, key[1])
            except PaymentNotFound:
                return None
            except Exception as error:  # noqa: BLE001  kept with the message, which is tried again
                return error
            return found

    return dict(zip(keys, await asyncio.gather(*(ask(key) for key in keys)), strict=True))


async def _lock(ctx: Context, answers: "dict[Key, Answer]") -> None:
    ids = {settle.order_of(answer) for answer in answers.values() if isinstance(answer, ProviderPayment)} - {None}
    await ctx.session.execute(select(Order.id).where(Order.id.in_(ids)).order_by(Order.id).with_for_update())


async def _book(ctx: Context, provider: str, answer: Answer) -> str:
    """What went wrong; empty for nothing."""
    if answer is None:
        return ""
    if isinstance(answer, Exception):
        return str(answer) or type(answer).__name__
    try:
        async with ctx.session.begin_nested():
            await settle.apply(ctx, provider, answer)
    except Exception as error:
        log.exception("a payment was not booked", provider=provider, payment=answer.id)
        return repr(error)
    return ""


async def _mark(ctx: Context, messages: Sequence[Claimed], outcomes: Mapping[Key, str]) -> None:
    """Say of each message what came of it; the last thing the transaction does."""
    failed = [each for each in messages if outcomes[each.provider, each.payment_id or ""]]
    done = [each.id for each in messages if not outcomes[each.provider, each.payment_id or ""]]
    await ctx.session.execute(
        select(Message.id)
        .where(Message.id.in_([each.id for each in messages]))
        .order_by(Message.provider, Message.event_id)
        .with_for_update()
    )  # as those lock them who count one that comes again
    if done:
        values = {"state": "done", "done_at": ctx.now, "error": ""}
        await ctx.session.execute(_of(done).values(**values))
    for each in failed:
        attempts = each.attempts + 1
        pause = dt.timedelta(seconds=min(4**attempts, LONGEST_PAUSE))
        state = "failed" if attempts >= MOST_ATTEMPTS else "waiting"
        error = outcomes[each.provider, each.payment_id or ""][:500]
        values = {"state": state, "attempts": attempts, "next_at": ctx.now + pause, "error": error}
        await ctx.session.execute(_of([each.id]).values(**values))
        if state == "waiting":
            await ctx.enqueue(ACT, Act(), delay=pause + dt.timedelta(seconds=1))


def _of(ids: Sequence[UUID]) -> Update:
    return update(Message).where(Message.id.in_(ids)).execution_options(synchronize_session=False)


ACT = Job(name="act", function=act, args=Act)


async def replay(ctx: Context, message: Message) -> None:
    """Act on a message again; the books take nothing twice."""
    message.state, message.attempts, message.next_at, message.error = "waiting", 0, ctx.now, ""
    await ctx.session.flush()
    await ctx.enqueue(ACT, Act())
