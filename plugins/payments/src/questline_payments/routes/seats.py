"""Seats, for who bought them, for who takes one, and for those who see all orders."""

from typing import Annotated, Any
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from questline_payments import seats_assigning, seats_redeeming, seats_view
from questline_payments import seats_schemas as schemas
from questline_payments.idempotency import Key, once
from questline_payments.permissions import BUY, READ
from questline_payments.routes.parameters import Cursor, Limit
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT

InState = Annotated[schemas.SeatState | None, QueryParameter(name="state", description="Those in this state only.")]
Search = Annotated[
    str | None, QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of an address or a name.")
]


@get("/me/seats", operation_id="payments_list_my_seats", permission=BUY, summary="The reader's own seats")
async def list_my_seats(
    ctx: NamedDependency[Context], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[schemas.SeatsView]:
    """What they bought for others, newest first."""
    return await seats_view.pools(ctx, mine=True, order_id=None, cursor=cursor, limit=limit)


@get("/seats", operation_id="payments_list_seats", permission=READ, summary="All seats that were bought")
async def list_seats(
    ctx: NamedDependency[Context],
    order_id: FromQuery[UUID | None] = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[schemas.SeatsView]:
    """Newest first, or those of one order."""
    return await seats_view.pools(ctx, mine=False, order_id=order_id, cursor=cursor, limit=limit)


@get("/seats/{pool_id:uuid}", operation_id="payments_get_seats", permission=BUY, summary="Seats bought together")
async def get_seats(ctx: NamedDependency[Context], pool_id: FromPath[UUID]) -> schemas.SeatsView:
    """One's own, or any for those who may see all."""
    return await seats_view.pool(ctx, pool_id)


@get(
    "/seats/{pool_id:uuid}/people",
    operation_id="payments_list_seat_people",
    permission=BUY,
    summary="Who was given a seat",
)
async def list_people(
    ctx: NamedDependency[Context],
    pool_id: FromPath[UUID],
    only: InState = None,
    search: Search = None,
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[schemas.SeatView]:
    """The latest first, those whose seat was taken back among them."""
    return await seats_view.given(ctx, pool_id, state=only, search=search, cursor=cursor, limit=limit)


@post(
    "/seats/{pool_id:uuid}/people",
    operation_id="payments_assign_seats",
    permission=BUY,
    summary="Invite people to one's own seats",
)
async def assign_seats(
    ctx: NamedDependency[Context], pool_id: FromPath[UUID], data: JSONBody[schemas.SeatsInput], key: Key = None
) -> schemas.SeatInvitations:
    """All of them or none; an invitation holds a seat for 14 days. Who has one already is not invited twice."""
    return schemas.SeatInvitations(items=await seats_assigning.assign(ctx, pool_id, data.emails))


@post(
    "/seats/{pool_id:uuid}/people/{seat_id:uuid}/mail",
    operation_id="payments_invite_to_seat_again",
    permission=BUY,
    status_code=200,
    summary="Send an invitation again",
)
async def invite_again(
    ctx: NamedDependency[Context], pool_id: FromPath[UUID], seat_id: FromPath[UUID], key: Key = None
) -> schemas.SeatInvitation:
    """With a new link; the one before is good no more."""
    return await seats_assigning.invite_again(ctx, pool_id, seat_id)


@post(
    "/seats/{pool_id:uuid}/people/{seat_id:uuid}/revoke",
    operation_id="payments_take_seat_back",
    permission=BUY,
    status_code=200,
    summary="Take a seat back",
)
async def take_back(
    ctx: NamedDependency[Context], pool_id: FromPath[UUID], seat_id: FromPath[UUID], key: Key = None
) -> schemas.SeatsView:
    """What it opened closes with the answer; what they completed is kept."""

    async def act() -> schemas.SeatsView:
        await seats_assigning.take_back(ctx, pool_id, seat_id)
        return await seats_view.pool(ctx, pool_id)

    return await once(ctx, key, "take_seat_back", (pool_id, seat_id), schemas.SeatsView, act)


@post(
    "/seats/{pool_id:uuid}/people/{seat_id:uuid}/reassign",
    operation_id="payments_reassign_seat",
    permission=BUY,
    status_code=200,
    summary="Give a seat to somebody else",
)
async def reassign(
    ctx: NamedDependency[Context],
    pool_id: FromPath[UUID],
    seat_id: FromPath[UUID],
    data: JSONBody[schemas.ReassignInput],
    key: Key = None,
) -> schemas.SeatInvitation:
    """Takes it back and invites them, both or neither; a seat is taken back once."""
    return await seats_assigning.reassign(ctx, pool_id, seat_id, data.email)


@get("/seats/{pool_id:uuid}/codes", operation_id="payments_list_seat_codes", permission=BUY, summary="Codes for seats")
async def list_codes(
    ctx: NamedDependency[Context], pool_id: FromPath[UUID], cursor: Cursor = None, limit: Limit = DEFAULT_LIMIT
) -> Page[schemas.SeatCodeView]:
    """Newest first; what they are is not known any more, but for the last letters."""
    return await seats_view.codes(ctx, pool_id, cursor=cursor, limit=limit)


@post(
    "/seats/{pool_id:uuid}/codes",
    operation_id="payments_add_seat_code",
    permission=BUY,
    summary="Make a code that takes seats",
)
async def add_code(
    ctx: NamedDependency[Context], pool_id: FromPath[UUID], data: JSONBody[schemas.SeatCodeInput], key: Key = None
) -> schemas.NewSeatCode:
    """It is shown this once, and so never kept to answer a repeated request with."""
    made, code = await seats_assigning.add_code(ctx, pool_id, data)
    return schemas.NewSeatCode(code=code, **msgspec.structs.asdict(seats_view.code(ctx, made)))


@post(
    "/seats/{pool_id:uuid}/codes/{code_id:uuid}/revoke",
    operation_id="payments_revoke_seat_code",
    permission=BUY,
    status_code=200,
    summary="Make a code good no more",
)
async def revoke_code(
    ctx: NamedDependency[Context], pool_id: FromPath[UUID], code_id: FromPath[UUID], key: Key = None
) -> schemas.SeatCodeView:
    """Who took a seat with it keeps that."""

    async def act() -> schemas.SeatCodeView:
        return seats_view.code(ctx, await seats_assigning.revoke_code(ctx, pool_id, code_id))

    return await once(ctx, key, "revoke_seat_code", (pool_id, code_id), schemas.SeatCodeView, act)


@post(
    "/seats/redeem",
    operation_id="payments_redeem_seat",
    permission=BUY,
    route_class="auth",
    status_code=200,
    summary="Take a seat with a code",
)
async def redeem(
    ctx: NamedDependency[Context], data: JSONBody[schemas.RedeemInput], key: Key = None
) -> schemas.Redeemed:
    """Of an invitation, or one that was handed on; counted like attempts to log in."""
    return await seats_redeeming.redeem(ctx, data.code)


SEATS: list[Any] = [
    list_my_seats,
    list_seats,
    get_seats,
    list_people,
    assign_seats,
    invite_again,
    take_back,
    reassign,
    list_codes,
    add_code,
    revoke_code,
    redeem,
]
