"""Carrying out an erasure: first the database, in one transaction; then what no transaction covers."""

from uuid import UUID

import msgspec
from sqlalchemy import select

from questline_core.context import HostContext
from questline_core.privacy.erase import Report, erase
from questline_core.privacy.holds import is_held
from questline_core.privacy.jobs import claim, progress_of
from questline_core.privacy.leftovers import Leftovers, remove_leftovers
from questline_core.privacy.models import PrivacyRequest
from questline_core.tenancy.exports import forget_archives


async def carry_out_erasure(ctx: HostContext, request_id: UUID) -> None:
    """Erase who a request is about. Begun again after a crash, it goes on where it was."""
    if await _hold_back(ctx, request_id):
        return
    request = await claim(ctx, request_id)
    if request is None:
        return
    if request.report is None:
        if request.user_id is None:
            await _close(ctx, request_id, "cancelled")
            return
        async with ctx.host.context(ctx.tenant_id) as own:
            erased = await erase(own, request.user_id, on_step=progress_of(ctx, request_id))
            locked = await _locked(own, request_id)
            locked.report = msgspec.to_builtins(erased.report)
            locked.left_over = msgspec.to_builtins(erased.leftovers)
            locked.requested_by = None if locked.requested_by == request.user_id else locked.requested_by
            locked.user_id = None
    async with ctx.host.context(ctx.tenant_id) as own:
        locked = await _locked(own, request_id)
        removed = await remove_leftovers(own, msgspec.convert(locked.left_over, Leftovers))
        report = msgspec.convert(locked.report, Report)
        elsewhere = report.elsewhere | {"cached": removed.cached}
        locked.report = msgspec.to_builtins(msgspec.structs.replace(report, elsewhere=elsewhere))
        locked.left_over = {}
        locked.state, locked.finished_at = "done", own.now
        locked.step, locked.done = None, locked.total
        await forget_archives(own)
        await own.audit(
            "privacy.erasure.finished",
            subject=("privacy_request", request_id),
            after={"audit_details": report.audit_details, "audit_origins": report.audit_origins},
        )


async def _hold_back(ctx: HostContext, request_id: UUID) -> bool:
    """Hold a request that has come due while the person is under a legal hold; say whether it was."""
    async with ctx.host.context(ctx.tenant_id) as own:
        request = await _locked(own, request_id)
        if request.state == "waiting" and request.user_id and await is_held(own, request.user_id):
            request.state = "held"
            return True
    return False


async def _close(ctx: HostContext, request_id: UUID, state: str) -> None:
    async with ctx.host.context(ctx.tenant_id) as own:
        request = await _locked(own, request_id)
        request.state, request.finished_at = state, own.now


async def _locked(ctx: HostContext, request_id: UUID) -> PrivacyRequest:
    statement = select(PrivacyRequest).where(PrivacyRequest.id == request_id).with_for_update()
    return (await ctx.session.scalars(statement, execution_options={"populate_existing": True})).one()
