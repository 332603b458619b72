"""What admins do with orders and providers' messages; where those messages come in."""

import datetime as dt
import re
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from litestar import Request, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from sqlalchemy import func, select, tuple_

from questline_payments import orders_view, processing, reconciling, refunds, schemas
from questline_payments.idempotency import Key, NeededKey, kept, once
from questline_payments.intake import Webhooks
from questline_payments.models import Message, Order
from questline_payments.permissions import MANAGE, READ
from questline_payments.routes.parameters import Cursor, Limit
from questline_sdk import Conflict, Context, NotFound, Page
from questline_sdk.pages import DEFAULT_LIMIT, decode_cursor, paginate

MessageState = Literal["unchecked", "waiting", "done", "failed", "refused"]
OrderState = Annotated[schemas.State | None, QueryParameter(name="state", description="Those in this state only.")]
OnlyState = Annotated[MessageState | None, QueryParameter(name="state", description="Those in this state only.")]
Search = Annotated[
    str | None, QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of a number or a title.")
]


class MessageCard(msgspec.Struct, frozen=True, kw_only=True):
    """A provider's message."""

    id: UUID
    provider: str
    state: MessageState
    event_id: str | None
    type: str | None
    payment_id: str | None
    times: int
    error: str
    received_at: dt.datetime
    done_at: dt.datetime | None


class MessageView(MessageCard, frozen=True, kw_only=True):
    """A provider's message as it came."""

    headers: dict[str, str]
    body: str


class ReconcileInput(msgspec.Struct, frozen=True, kw_only=True):
    """What to compare, and whether to bring the books to it."""

    provider: Annotated[str, msgspec.Meta(max_length=100, pattern="^[a-z0-9_.]+$")]
    since: Annotated[dt.datetime, msgspec.Meta(tz=True)]
    repair: bool = False


@get("/orders", operation_id="payments_list_orders", permission=READ, summary="All orders")
async def list_orders(
    ctx: NamedDependency[Context],
    only: OrderState = None,
    search: Search = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[schemas.OrderCard]:
    """Newest first."""
    statement = select(Order).order_by(Order.created_at.desc(), Order.id.desc()).limit(limit + 1)
    if only:
        statement = statement.where(Order.state == only)
    if search:
        wanted = search.lower()
        statement = statement.where(
            func.strpos(func.lower(Order.number), wanted).op(">")(0)
            | func.strpos(func.lower(Order.title), wanted).op(">")(0)
        )
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Order.created_at, Order.id) < tuple_(before[0], before[1]))
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.created_at, row.id))
    buyers = await orders_view.buyers(ctx, page.items)
    return Page(
        items=[orders_view.card(row, buyers.get(row.user_id) if row.user_id else None) for row in page.items],
        next_cursor=page.next_cursor,
    )


@post("/orders/{order_id:uuid}/refunds", operation_id="payments_refund", permission=MANAGE, summary="Give money back")
async def refund(
    ctx: NamedDependency[Context], order_id: FromPath[UUID], data: JSONBody[schemas.RefundInput], key: NeededKey
) -> schemas.OrderView:
    """Once for a key, and never more than was paid."""

    async def act() -> schemas.OrderView:
        await refunds.refund(ctx, order_id, data, key)
        return await orders_view.view(ctx, order_id, everyones=True)

    return await kept(ctx, key, "refund", (order_id, data), schemas.OrderView, act)


@get("/messages", operation_id="payments_list_messages", permission=READ, summary="Providers' messages")
async def list_messages(
    ctx: NamedDependency[Context],
    only: OnlyState = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[MessageCard]:
    """Newest first."""
    statement = select(Message).order_by(Message.received_at.desc(), Message.id.desc()).limit(limit + 1)
    if only:
        statement = statement.where(Message.state == only)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Message.received_at, Message.id) < tuple_(before[0], before[1]))
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.received_at, row.id))
    return Page(items=[MessageCard(**_card(row)) for row in page.items], next_cursor=page.next_cursor)


@get(
    "/messages/{message_id:uuid}", operation_id="payments_get_message", permission=READ, summary="A provider's message"
)
async def get_message(ctx: NamedDependency[Context], message_id: FromPath[UUID]) -> MessageView:
    """As it came."""
    row = await _message(ctx, message_id)
    return MessageView(**_card(row), headers=row.headers, body=row.body.decode("utf-8", "replace"))


@post(
    "/messages/{message_id:uuid}/replay",
    operation_id="payments_replay_message",
    permission=MANAGE,
    status_code=200,
    summary="Act on a message again",
)
async def replay_message(ctx: NamedDependency[Context], message_id: FromPath[UUID], key: Key = None) -> MessageCard:
    """The books take nothing twice."""

    async def act() -> MessageCard:
        row = await _message(ctx, message_id)
        if row.payment_id is None:
            raise Conflict("This message says nothing of a payment, or was never checked.", code="not_replayable")
        await processing.replay(ctx, row)
        await ctx.audit("payments.message.replayed", subject=("message", message_id))
        return MessageCard(**_card(row))

    return await once(ctx, key, "replay_message", message_id, MessageCard, act)


@post(
    "/reconciliations",
    operation_id="payments_reconcile",
    permission=MANAGE,
    status_code=200,
    summary="Compare the ledger with a provider",
)
async def reconcile(
    ctx: NamedDependency[Context], data: JSONBody[ReconcileInput], key: Key = None
) -> reconciling.Reconciliation:
    """Every payment since a time; with `repair` the books are brought to what the provider says."""

    async def act() -> reconciling.Reconciliation:
        found = await reconciling.reconcile(ctx, data.provider, data.since, repair=data.repair)
        await ctx.audit(
            "payments.ledger.reconciled",
            subject=("provider", data.provider),
            after={"differences": len(found.differences), "repaired": found.repaired},
        )
        return found

    if key is None:
        return await act()
    return await kept(ctx, key, "reconcile", data, reconciling.Reconciliation, act)


@post(
    "/webhooks/{provider:str}",
    operation_id="payments_receive",
    public=True,
    also_when_off=True,
    status_code=204,
    summary="Take a provider's message in",
)
async def receive(ctx: NamedDependency[Context], request: Request[Any, Any, Any], provider: FromPath[str]) -> None:
    """Kept, checked, and acted on later; also while payments are off."""
    if not re.fullmatch(r"[a-z0-9_.]{1,100}", provider):
        raise NotFound("There is nothing at this address.", code="route_not_found")
    headers = {name.lower(): value for name, value in request.headers.items()}
    await Webhooks(ctx).receive(provider, headers, await request.body())


async def _message(ctx: Context, message_id: UUID) -> Message:
    found = await ctx.session.scalar(select(Message).where(Message.id == message_id))
    if found is None:
        raise NotFound("There is no such message.")
    return found


def _card(row: Message) -> dict[str, Any]:
    return {name: getattr(row, name) for name in MessageCard.__struct_fields__}


MANAGING: list[Any] = [list_orders, refund, list_messages, get_message, replay_message, reconcile, receive]
