"""Seats as the API shows them, to who bought them and to those who see all orders."""

import datetime as dt
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import func, or_, select, tuple_

from questline_payments import catalogue
from questline_payments.models import Order
from questline_payments.permissions import READ
from questline_payments.schemas import Buyer
from questline_payments.seats_assigning import INVITED_FOR
from questline_payments.seats_models import Seat, SeatCode, SeatPool
from questline_payments.seats_schemas import SeatCodeView, SeatPerson, SeatState, SeatsView, SeatView
from questline_sdk import Context, NotFound, Page
from questline_sdk.pages import decode_cursor, paginate
from questline_sdk.privacy import Consents
from questline_sdk.provisioning import Accounts
from questline_sdk.services import UserCard, UserDirectory


async def pools(ctx: Context, *, mine: bool, order_id: UUID | None, cursor: str | None, limit: int) -> Page[SeatsView]:
    """The acting user's own seats, or everybody's, newest first."""
    statement = select(SeatPool).order_by(SeatPool.created_at.desc(), SeatPool.id.desc()).limit(limit + 1)
    if mine:
        statement = statement.where(SeatPool.user_id == ctx.user.id)
    if order_id:
        statement = statement.where(SeatPool.order_id == order_id)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(SeatPool.created_at, SeatPool.id) < tuple_(before[0], before[1]))
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.created_at, row.id))
    return Page(items=await _views(ctx, page.items), next_cursor=page.next_cursor)


async def pool(ctx: Context, pool_id: UUID) -> SeatsView:
    """The acting user's own seats, or anybody's for those who may see all; raises `NotFound`."""
    return (await _views(ctx, [await visible(ctx, pool_id)]))[0]


async def visible(ctx: Context, pool_id: UUID) -> SeatPool:
    """A pool that the acting user may see; raises `NotFound`."""
    found = await ctx.session.scalar(select(SeatPool).where(SeatPool.id == pool_id))
    if found is None or (found.user_id != ctx.user.id and not ctx.user.may(READ)):
        raise NotFound("There are no such seats.")
    return found


async def _views(ctx: Context, rows: Sequence[SeatPool]) -> list[SeatsView]:
    ids = [row.id for row in rows]
    counts = await ctx.session.execute(
        select(Seat.pool_id, Seat.state, func.count()).where(Seat.pool_id.in_(ids)).group_by(Seat.pool_id, Seat.state)
    )
    given = {(pool_id, state): count for pool_id, state, count in counts}
    orders = select(Order.id, Order.number).where(Order.id.in_([row.order_id for row in rows]))
    numbers = {row.id: row.number for row in await ctx.session.execute(orders)}
    names = await catalogue.course_refs(ctx, {each for row in rows for each in row.course_ids})
    cards = await ctx.service(UserDirectory).cards({row.user_id for row in rows if row.user_id is not None})
    found = []
    for row in rows:
        invited, taken = given.get((row.id, "invited"), 0), given.get((row.id, "taken"), 0)
        card = cards.get(row.user_id) if row.user_id else None
        found.append(
            SeatsView(
                id=row.id,
                order_id=row.order_id,
                order_number=numbers[row.order_id],
                subscription_id=row.subscription_id,
                title=row.title,
                courses=[names[each] for each in row.course_ids if each in names],
                seats=row.seats,
                invited=invited,
                taken=taken,
                free=max(row.seats - invited - taken, 0),
                mine=row.user_id == ctx.user.id,
                buyer=Buyer(id=card.id, display_name=card.display_name) if card else None,
                created_at=row.created_at,
            )
        )
    return found


async def given(
    ctx: Context, pool_id: UUID, *, state: SeatState | None, search: str | None, cursor: str | None, limit: int
) -> Page[SeatView]:
    """Who was given a seat of a pool, the latest first; searched by address and name."""
    await visible(ctx, pool_id)
    people = ctx.service(Accounts).table()
    statement = select(Seat).outerjoin(people, people.c.id == Seat.user_id).where(Seat.pool_id == pool_id)
    if state:
        statement = statement.where(Seat.state == state)
    if search:
        found = Seat.email.icontains(search, autoescape=True)
        if (
            ctx.user.may(READ) or not await ctx.service(Consents).minors()
        ):  # a made-up name is not found by the real one
            found = or_(found, people.c.display_name.icontains(search, autoescape=True))
        statement = statement.where(found)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(Seat.assigned_at, Seat.id) < tuple_(before[0], before[1]))
    statement = statement.order_by(Seat.assigned_at.desc(), Seat.id.desc()).limit(limit + 1)
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.assigned_at, row.id))
    return Page(items=await _seats(ctx, page.items), next_cursor=page.next_cursor)


async def _seats(ctx: Context, rows: Sequence[Seat]) -> list[SeatView]:
    cards = await ctx.service(UserDirectory).cards({row.user_id for row in rows if row.user_id is not None})
    return [
        SeatView(
            id=row.id,
            email=row.email,
            person=_person(cards.get(row.user_id)) if row.user_id is not None else None,
            by_code=row.code_id is not None,
            state=row.state,  # type: ignore[arg-type]
            seated=row.seated,
            assigned_at=row.assigned_at,
            taken_at=row.taken_at,
            ended_at=row.ended_at,
            expires_at=row.assigned_at + INVITED_FOR if row.state == "invited" else None,
        )
        for row in rows
    ]


def _person(card: UserCard | None) -> SeatPerson | None:
    if card is None:
        return None
    return SeatPerson(id=None if card.hidden else card.id, display_name=card.display_name)


async def codes(ctx: Context, pool_id: UUID, *, cursor: str | None, limit: int) -> Page[SeatCodeView]:
    """The codes of a pool, newest first."""
    await visible(ctx, pool_id)
    statement = select(SeatCode).where(SeatCode.pool_id == pool_id)
    if cursor:
        before = decode_cursor(cursor, tuple[dt.datetime, UUID])
        statement = statement.where(tuple_(SeatCode.created_at, SeatCode.id) < tuple_(before[0], before[1]))
    statement = statement.order_by(SeatCode.created_at.desc(), SeatCode.id.desc()).limit(limit + 1)
    page = paginate(list(await ctx.session.scalars(statement)), limit, lambda row: (row.created_at, row.id))
    return Page(items=[code(ctx, row) for row in page.items], next_cursor=page.next_cursor)


def code(ctx: Context, row: SeatCode) -> SeatCodeView:
    """A code without what it is."""
    over = row.expires_at <= ctx.now
    state = "revoked" if row.revoked_at else "used_up" if row.uses >= row.max_uses else "expired" if over else "active"
    return SeatCodeView(
        id=row.id,
        hint=row.hint,
        state=state,  # type: ignore[arg-type]
        max_uses=row.max_uses,
        uses=row.uses,
        expires_at=row.expires_at,
        created_at=row.created_at,
    )
