"""Legal holds: a duty to keep a person's data, which comes before their wish to have them erased."""

from uuid import UUID

from sqlalchemy import select, update

from questline_core.auth.accounts import get_user
from questline_core.context import HostContext
from questline_core.privacy.models import LegalHold, PrivacyRequest
from questline_sdk import Conflict, Context, NotFound


async def is_held(ctx: Context, user_id: UUID) -> bool:
    """Say whether a hold on the person is in force."""
    statement = select(LegalHold.id).where(LegalHold.user_id == user_id, LegalHold.lifted_at.is_(None)).limit(1)
    return await ctx.session.scalar(statement) is not None


async def refuse_held(ctx: Context, user_id: UUID) -> None:
    """Raise `Conflict` (`legal_hold`) where a hold on the person is in force."""
    if await is_held(ctx, user_id):
        raise Conflict(
            "These data must be kept for now, because of a legal duty; an administrator can say more.",
            code="legal_hold",
        )


async def set_hold(ctx: HostContext, user_id: UUID, reason: str) -> LegalHold:
    """Keep a person's data; an erasure that waits is held. Raises `NotFound`."""
    await get_user(ctx, user_id)
    hold = LegalHold(user_id=user_id, reason=reason, set_by=ctx.actor.id if ctx.actor else None, set_at=ctx.now)
    ctx.session.add(hold)
    await ctx.session.flush()
    await _move(ctx, user_id, "waiting", "held")
    await ctx.audit("privacy.hold.set", subject=("user", user_id), after={"hold": str(hold.id), "reason": reason})
    return hold


async def lift_hold(ctx: HostContext, hold_id: UUID, reason: str) -> LegalHold:
    """End a hold; an erasure that it held goes on once no other does. Raises `NotFound`."""
    statement = select(LegalHold).where(LegalHold.id == hold_id, LegalHold.lifted_at.is_(None)).with_for_update()
    hold = await ctx.session.scalar(statement)
    if hold is None:
        raise NotFound("There is no such hold in force.")
    hold.lifted_at, hold.lift_reason = ctx.now, reason
    hold.lifted_by = ctx.actor.id if ctx.actor else None
    await ctx.session.flush()
    if not await is_held(ctx, hold.user_id):
        for request in await _move(ctx, hold.user_id, "held", "waiting"):
            from questline_core.privacy.requests import queue_request

            await queue_request(ctx, request)
    after = {"hold": str(hold.id), "reason": reason}
    await ctx.audit("privacy.hold.lifted", subject=("user", hold.user_id), after=after)
    return hold


async def _move(ctx: Context, user_id: UUID, state: str, to: str) -> list[PrivacyRequest]:
    statement = (
        update(PrivacyRequest)
        .where(PrivacyRequest.user_id == user_id, PrivacyRequest.kind == "erasure", PrivacyRequest.state == state)
        .values(state=to)
        .returning(PrivacyRequest)
    )
    return list(await ctx.session.scalars(statement))
