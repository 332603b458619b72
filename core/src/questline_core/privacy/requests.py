"""People's requests: to take their data along, and to be erased."""

import datetime as dt
from uuid import UUID

from sqlalchemy import select, update

from questline_core.auth.accounts import get_user
from questline_core.context import HostContext
from questline_core.mail.service import Reader, queue_mail, shown_time
from questline_core.privacy.erase import refuse_last_owner
from questline_core.privacy.holds import is_held
from questline_core.privacy.jobs import RUN_ERASURE, RUN_EXPORT, RequestRef
from questline_core.privacy.models import PrivacyRequest
from questline_core.privacy.settings import rules_of
from questline_sdk import Conflict, NotFound

OPEN = ("waiting", "held", "running")
OFTEN = dt.timedelta(hours=1)
"""How soon after an archive was made another one may be asked for."""


async def request_export(ctx: HostContext, user_id: UUID) -> PrivacyRequest:
    """Have an archive made; the open or just finished request where there is one."""
    user = await get_user(ctx, user_id)
    found = await _open(ctx, user_id, "export")
    if found is not None:
        return found
    request = PrivacyRequest(
        kind="export", state="waiting", user_id=user.id, requested_by=_by(ctx), requested_at=ctx.now, due_at=ctx.now
    )
    return await _begin(ctx, request)


async def request_erasure(ctx: HostContext, user_id: UUID) -> PrivacyRequest:
    """Have a person erased once the time to change their mind is over; the open request where there is one.

    Raises:
        Conflict: They are the tenant's last owner (`last_owner`).
        NotFound: There is no such user.
    """
    user = await get_user(ctx, user_id)
    await refuse_last_owner(ctx, user)
    found = await _open(ctx, user_id, "erasure")
    if found is not None:
        return found
    due = ctx.now + dt.timedelta(days=(await rules_of(ctx)).grace_days)
    request = PrivacyRequest(
        kind="erasure",
        state="held" if await is_held(ctx, user_id) else "waiting",
        user_id=user.id,
        requested_by=_by(ctx),
        requested_at=ctx.now,
        due_at=due,
    )
    reader = Reader(email=user.email, user_id=user.id, name=user.display_name, locale=user.locale)
    await queue_mail(ctx, "erasure_requested", reader, path="/privacy", time=shown_time(due, user.time_zone))
    return await _begin(ctx, request)


async def cancel(ctx: HostContext, request_id: UUID, *, user_id: UUID | None = None) -> PrivacyRequest:
    """Take back a request that is not being carried out yet.

    Args:
        ctx: The unit of work.
        request_id: Which.
        user_id: Whose it must be; anybody's where None.

    Raises:
        NotFound: There is no such request.
        Conflict: It has begun or is over (`request_over`).
    """
    request = await one_request(ctx, request_id, user_id=user_id)
    statement = (
        update(PrivacyRequest)
        .where(PrivacyRequest.id == request.id, PrivacyRequest.state.in_(("waiting", "held")))
        .values(state="cancelled", finished_at=ctx.now)
        .returning(PrivacyRequest)
    )
    changed = await ctx.session.scalar(statement, execution_options={"populate_existing": True})
    if changed is None:
        raise Conflict("It has begun, or is over, and cannot be taken back.", code="request_over")
    await ctx.audit(f"privacy.{changed.kind}.cancelled", subject=("privacy_request", changed.id))
    return changed


async def one_request(ctx: HostContext, request_id: UUID, *, user_id: UUID | None = None) -> PrivacyRequest:
    """A request by id; raises `NotFound`."""
    statement = select(PrivacyRequest).where(PrivacyRequest.id == request_id)
    if user_id is not None:
        statement = statement.where(PrivacyRequest.user_id == user_id)
    found = await ctx.session.scalar(statement)
    if found is None:
        raise NotFound("There is no such request.")
    return found


async def requests_of(ctx: HostContext, user_id: UUID) -> list[PrivacyRequest]:
    """A person's requests of late, newest first."""
    statement = select(PrivacyRequest).where(PrivacyRequest.user_id == user_id)
    return list(await ctx.session.scalars(statement.order_by(PrivacyRequest.id.desc()).limit(20)))


async def queue_request(ctx: HostContext, request: PrivacyRequest) -> None:
    """Have a request carried out now if it is due; of those that are not, `queue_due` takes care."""
    if request.due_at <= ctx.now:
        job = RUN_EXPORT if request.kind == "export" else RUN_ERASURE
        await ctx.enqueue(job, RequestRef(request_id=request.id))


async def queue_due(ctx: HostContext) -> int:
    """Have every request carried out whose days of grace are over; returns how many."""
    statement = select(PrivacyRequest).where(PrivacyRequest.state == "waiting", PrivacyRequest.due_at <= ctx.now)
    due = list(await ctx.session.scalars(statement))
    for request in due:
        await queue_request(ctx, request)
    return len(due)


async def _begin(ctx: HostContext, request: PrivacyRequest) -> PrivacyRequest:
    ctx.session.add(request)
    await ctx.session.flush()
    if request.state == "waiting":
        await queue_request(ctx, request)
    after = {"user_id": str(request.user_id), "due_at": request.due_at.isoformat(), "state": request.state}
    await ctx.audit(f"privacy.{request.kind}.requested", subject=("privacy_request", request.id), after=after)
    return request


async def _open(ctx: HostContext, user_id: UUID, kind: str) -> PrivacyRequest | None:
    statement = select(PrivacyRequest).where(
        PrivacyRequest.user_id == user_id, PrivacyRequest.kind == kind, PrivacyRequest.state.in_(OPEN)
    )
    return await ctx.session.scalar(statement)


def _by(ctx: HostContext) -> UUID | None:
    return ctx.actor.id if ctx.actor else None
