"""Archives in the store: finished, handed out by links that soon expire, and removed."""

import datetime as dt
from uuid import UUID

from sqlalchemy import select, update

from questline_core.auth.accounts import get_user
from questline_core.auth.tickets import LASTS, Ticket, open_ticket, seal_ticket
from questline_core.context import HostContext
from questline_core.mail.service import Reader, queue_mail, shown_time
from questline_core.privacy.jobs import TOPIC, RequestChanged
from questline_core.privacy.models import PrivacyRequest
from questline_core.privacy.settings import rules_of
from questline_core.storage.counted import count_blob, delete_blob
from questline_sdk import Conflict, NotFound

CONTENT_TYPE = "application/zip"


class ArchiveTicket(Ticket, frozen=True, kw_only=True):
    """Lets its bearer download one archive."""

    request_id: UUID


def archive_key(tenant_id: UUID, request_id: UUID) -> str:
    """The store's key of an archive; no route serves what is below it."""
    return f"{tenant_id}/archives/{request_id}.zip"


async def finish(ctx: HostContext, request_id: UUID, *, key: str, size: int, sha256: str) -> None:
    """Note that an archive can be downloaded and tell the person; where they are gone by now, remove it."""
    statement = select(PrivacyRequest).where(PrivacyRequest.id == request_id).with_for_update()
    request = await ctx.session.scalar(statement)
    if request is None or request.state != "running" or request.user_id is None:
        await ctx.host.store.delete(key)
        return
    request.state, request.finished_at = "done", ctx.now
    request.step, request.done = None, request.total
    await count_blob(ctx, key, size)
    request.archive, request.archive_bytes, request.archive_sha256 = key, size, sha256
    expires_at = ctx.now + dt.timedelta(days=(await rules_of(ctx)).archive_days)
    request.expires_at = expires_at
    user = await get_user(ctx, request.user_id)
    reader = Reader(email=user.email, user_id=user.id, name=user.display_name, locale=user.locale)
    time = shown_time(expires_at, user.time_zone)
    await queue_mail(ctx, "archive_ready", reader, path="/privacy", time=time)
    await ctx.audit("privacy.export.finished", subject=("privacy_request", request.id), after={"bytes": size})
    message = RequestChanged(request_id=request.id, state="done", step=None, done=request.done, total=request.total)
    ctx.send_live(TOPIC, message, user_id=user.id)


async def link_to(ctx: HostContext, request: PrivacyRequest) -> tuple[str, dt.datetime]:
    """An address that downloads an archive for five minutes, whoever has it; and when it ends.

    Raises:
        Conflict: The archive is not ready, or not there any more (`archive_not_ready`, `archive_expired`).
    """
    _available(ctx, request)
    ticket = ArchiveTicket(request_id=request.id, expires_at=ctx.now + LASTS)
    await ctx.audit("privacy.archive.linked", subject=("privacy_request", request.id))
    return f"/api/v1/privacy/archives/{seal_ticket(ctx, ticket)}", ticket.expires_at


async def archive_of(ctx: HostContext, text: str) -> PrivacyRequest:
    """What a link leads to; raises `Invalid` (`link_over`), `NotFound` or `Conflict`."""
    ticket = open_ticket(ctx, text, ArchiveTicket)
    request = await ctx.session.scalar(select(PrivacyRequest).where(PrivacyRequest.id == ticket.request_id))
    if request is None:
        raise NotFound("There is no such archive.")
    _available(ctx, request)
    await ctx.audit("privacy.archive.downloaded", subject=("privacy_request", request.id))
    return request


async def remove_expired(ctx: HostContext) -> int:
    """Remove the archives that are past their time; returns how many."""
    statement = select(PrivacyRequest).where(PrivacyRequest.archive.is_not(None), PrivacyRequest.expires_at <= ctx.now)
    expired = list(await ctx.session.scalars(statement))
    for request in expired:
        await delete_blob(ctx, str(request.archive))
        gone = update(PrivacyRequest).where(PrivacyRequest.id == request.id)
        await ctx.session.execute(gone.values(archive=None, state="expired"))
    return len(expired)


def _available(ctx: HostContext, request: PrivacyRequest) -> None:
    if request.state == "expired" or (request.expires_at is not None and request.expires_at <= ctx.now):
        raise Conflict("The archive is not there any more; have a new one made.", code="archive_expired")
    if request.state != "done" or request.archive is None:
        raise Conflict("The archive is not ready.", code="archive_not_ready")
