"""The API of bank transfers, under `/api/v1/p/payments_manual`."""

import datetime as dt
from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, QueryParameter

from questline_payments_manual import books
from questline_payments_manual.books import Which
from questline_payments_manual.models import Refund, Transfer
from questline_payments_manual.page import POLICY, page
from questline_payments_manual.permissions import MANAGE
from questline_payments_manual.settings import ManualSettings
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, MAX_LIMIT, paginate

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)]


class TransferView(msgspec.Struct, frozen=True, kw_only=True):
    """An order that is to be paid, or was, by bank transfer."""

    id: UUID
    reference: str
    purpose: str
    amount: int
    currency: str
    titles: list[str]
    created_at: dt.datetime
    paid_at: dt.datetime | None
    cancelled_at: dt.datetime | None


class RefundView(msgspec.Struct, frozen=True, kw_only=True):
    """Money that is to go back, or has."""

    id: UUID
    transfer_id: UUID
    amount: int
    created_at: dt.datetime
    settled_at: dt.datetime | None


@get(
    "/transfers/{transfer_id:uuid}/page",
    operation_id="payments_manual_show_page",
    public=True,
    media_type=MediaType.HTML,
)
async def show_page(ctx: NamedDependency[Context], transfer_id: FromPath[UUID]) -> Response[str]:
    """The page with the bank details, for whoever has its address."""
    transfer = await books.find(ctx, str(transfer_id))
    text = page(transfer, await ctx.settings(ManualSettings))
    headers = {"content-security-policy": POLICY, "cache-control": "no-store"}
    return Response(text, media_type=MediaType.HTML, headers=headers)


@get("/transfers", operation_id="payments_manual_list_transfers", permission=MANAGE)
async def list_transfers(
    ctx: NamedDependency[Context],
    only: FromQuery[Which | None] = None,
    cursor: FromQuery[str | None] = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[TransferView]:
    """Transfers, newest first."""
    found = await books.listed(ctx, only, cursor=cursor, limit=limit)
    return paginate([_view(each) for each in found], limit, lambda each: (each.created_at, each.id))


@post(
    "/transfers/{transfer_id:uuid}/payment", operation_id="payments_manual_confirm", permission=MANAGE, status_code=200
)
async def confirm(ctx: NamedDependency[Context], transfer_id: FromPath[UUID]) -> TransferView:
    """Confirm that the whole amount arrived; the order is paid with that."""
    return _view(await books.confirm(ctx, transfer_id))


@post(
    "/transfers/{transfer_id:uuid}/cancellation",
    operation_id="payments_manual_cancel",
    permission=MANAGE,
    status_code=200,
)
async def cancel(ctx: NamedDependency[Context], transfer_id: FromPath[UUID]) -> TransferView:
    """Wait for the money no longer."""
    return _view(await books.cancel(ctx, transfer_id))


@get("/transfers/{transfer_id:uuid}/refunds", operation_id="payments_manual_list_refunds", permission=MANAGE)
async def list_refunds(ctx: NamedDependency[Context], transfer_id: FromPath[UUID]) -> list[RefundView]:
    """The refunds of a transfer that are to be sent, or were."""
    return [_refund(each) for each in await books.refunds_of(ctx, transfer_id)]


@post("/refunds/{refund_id:uuid}/settlement", operation_id="payments_manual_settle", permission=MANAGE, status_code=200)
async def settle(ctx: NamedDependency[Context], refund_id: FromPath[UUID]) -> RefundView:
    """Confirm that a refund was sent."""
    return _refund(await books.settle(ctx, refund_id))


def _view(transfer: Transfer) -> TransferView:
    return msgspec.convert(transfer, TransferView, from_attributes=True)


def _refund(refund: Refund) -> RefundView:
    return msgspec.convert(refund, RefundView, from_attributes=True)


ROUTES: list[Any] = [show_page, list_transfers, confirm, cancel, list_refunds, settle]
