"""Writes that may be sent again: the response is kept with the key it came under."""

import hashlib
from collections.abc import Awaitable, Callable
from typing import Annotated, Any, TypeVar

import msgspec
from litestar.params import HeaderParameter
from sqlalchemy import select, update
from sqlalchemy.dialects.postgresql import insert

from questline_payments.models import Remembered
from questline_sdk import Conflict, Context
from questline_sdk.services import Transactions

T = TypeVar("T")
PATTERN = "^[A-Za-z0-9_-]{8,100}$"
Key = Annotated[
    str | None,
    HeaderParameter(
        name="Idempotency-Key", pattern=PATTERN, description="The same key never does the same twice; a day at least."
    ),
]
NeededKey = Annotated[
    str, HeaderParameter(name="Idempotency-Key", pattern=PATTERN, description="The same key never does the same twice.")
]


def asked_for(what: str, asked: Any) -> str:
    """A hash of an operation and what it was asked."""
    return hashlib.sha256(msgspec.json.encode([what, asked], order="deterministic")).hexdigest()


async def once(
    ctx: Context, key: str | None, what: str, asked: Any, answer: type[T], act: Callable[[], Awaitable[T]]
) -> T:
    """Act once for a key, in the request's own transaction; another request with the key waits and answers the same.

    Raises `Conflict` for a key that was used for something else.
    """
    if key is None:
        return await act()
    hashed = asked_for(what, asked)
    values = {"user_id": ctx.user.id, "key": key, "asked": hashed, "created_at": ctx.now}
    added = insert(Remembered).values(response=b"", **values).on_conflict_do_nothing().returning(Remembered.key)
    if (await ctx.session.scalar(added)) is None:
        return await _again(ctx, key, hashed, answer)
    made = await act()
    mine = (Remembered.user_id == ctx.user.id) & (Remembered.key == key)
    await ctx.session.execute(update(Remembered).where(mine).values(response=msgspec.json.encode(made)))
    return made


async def kept(ctx: Context, key: str, what: str, asked: Any, answer: type[T], act: Callable[[], Awaitable[T]]) -> T:
    """Act on what asks a provider, which is safe to do again under its key, and keep the response afterwards.

    Nobody waits for a provider's answer with a transaction open.
    """
    hashed = asked_for(what, asked)
    mine = (Remembered.user_id == ctx.user.id) & (Remembered.key == key)
    async with ctx.service(Transactions).begin() as own:
        if await own.session.scalar(select(Remembered.key).where(mine)) is not None:
            return await _again(own, key, hashed, answer)
    made = await act()
    values = {"user_id": ctx.user.id, "key": key, "asked": hashed, "response": msgspec.json.encode(made)}
    added = insert(Remembered).values(created_at=ctx.now, **values).on_conflict_do_nothing()
    await ctx.session.execute(added)
    return made


async def _again(ctx: Context, key: str, asked: str, answer: type[T]) -> T:
    mine = (Remembered.user_id == ctx.user.id) & (Remembered.key == key)
    row = (await ctx.session.scalars(select(Remembered).where(mine))).one()
    if row.asked != asked:
        raise Conflict("This Idempotency-Key was used for another request.", code="idempotency_conflict")
    return msgspec.json.decode(row.response, type=answer)
