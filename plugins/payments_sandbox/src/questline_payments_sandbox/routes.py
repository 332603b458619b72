"""The bank's pages, under `/api/v1/p/payments_sandbox`."""

import datetime as dt
from collections.abc import Callable
from typing import Annotated, Any, Literal

import msgspec
from litestar import MediaType, Response, get, post
from litestar.di import NamedDependency
from litestar.enums import RequestEncodingType
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import Body, FromPath

from questline_payments_sandbox import messages, page
from questline_payments_sandbox.books import PLUGIN, Books, Order
from questline_payments_sandbox.provider import ASKING, EMPTY, GOOD, settled
from questline_payments_sandbox.settings import SandboxSettings
from questline_sdk import Conflict, Context, NotFound
from questline_sdk.payments import PaymentProviders, PaymentState

Choice = Literal[
    "pay", "challenge", "decline", "late", "twice", "once", "asking", "leave", "approve", "reject", "dispute",
    "dispute_won",
]  # fmt: skip
METHODS = {"once": EMPTY, "asking": ASKING, "challenge": ASKING, "approve": ASKING}
DECLINED = "The card was declined."


class Chosen(msgspec.Struct, frozen=True):
    """The button that was pressed."""

    choice: Choice


@get("/bank/{order_id:str}", operation_id="payments_sandbox_show_order", public=True, media_type=MediaType.HTML)
async def show_order(ctx: NamedDependency[Context], order_id: FromPath[str]) -> Response[str]:
    """The bank's page for an order."""
    await _refuse_in_production(ctx)
    order = await Books(ctx).find(order_id)
    return _html(page.order_page(order, ctx.now), order)


@post(
    "/bank/{order_id:str}",
    operation_id="payments_sandbox_choose",
    public=True,
    status_code=200,
    media_type=MediaType.HTML,
    responses={303: ResponseSpec(None, description="Back to the shop.", generate_examples=False)},
)
async def choose(
    ctx: NamedDependency[Context],
    order_id: FromPath[str],
    data: Annotated[Chosen, Body(media_type=RequestEncodingType.URL_ENCODED)],
) -> Response[str]:
    """Do as the buyer chose, and send them back to the shop."""
    await _refuse_in_production(ctx)
    books = Books(ctx)
    order = await books.find(order_id)
    choice = data.choice
    if choice == "leave":
        return _redirect(order.cancel_url)
    if choice in {"dispute", "dispute_won"}:
        order = await books.change(order.id, _disputing(choice == "dispute"))
        await messages.send(ctx, "disputed" if order.disputed else "dispute_won", order.payment_id or "", _moment(ctx))
        return _html(page.order_page(order, ctx.now), order)
    if order.state(ctx.now) not in {PaymentState.OPEN, PaymentState.FAILED}:
        raise Conflict("This order can no longer be paid.", code="not_open")
    if choice == "challenge":
        return _html(page.challenge_page(order), order)
    if choice in {"decline", "reject"}:
        order = await books.change(order.id, lambda each: settled(each, ctx.now, failure=DECLINED))
        await messages.send(ctx, "failed", order.payment_id or "", _moment(ctx))
        return _html(page.order_page(order, ctx.now), order)
    return await _pay(ctx, books, order, choice)


async def _pay(ctx: Context, books: Books, order: Order, choice: Choice) -> Response[str]:
    method = METHODS.get(choice, GOOD) if order.save_method else None
    order = await books.change(order.id, lambda each: settled(each, ctx.now, method_id=method))
    later = None
    if choice == "late":
        later = dt.timedelta(seconds=(await ctx.settings(SandboxSettings)).late_seconds)
    times = 2 if choice == "twice" else 1
    await messages.send(ctx, "paid", order.payment_id or "", 1, later=later, times=times)
    return _redirect(order.return_url)


def _moment(ctx: Context) -> int:
    return int(ctx.now.timestamp() * 1000)


def _disputing(opened: bool) -> Callable[[Order], Order]:
    def change(order: Order) -> Order:
        if not order.paid_at:
            raise Conflict("Only what was paid can be disputed.", code="not_paid")
        held = order.amount - order.refunded if opened else 0
        return msgspec.structs.replace(order, disputed=held)

    return change


async def _refuse_in_production(ctx: Context) -> None:
    if PLUGIN not in await ctx.service(PaymentProviders).all():
        raise NotFound("Test payments are not available here.")


def _html(text: str, order: Order) -> Response[str]:
    headers = {"content-security-policy": page.policy(order), "cache-control": "no-store"}
    return Response(text, media_type=MediaType.HTML, headers=headers)


def _redirect(url: str) -> Response[str]:
    return Response("", status_code=303, headers={"location": url, "cache-control": "no-store"})


ROUTES: list[Any] = [show_order, choose]
