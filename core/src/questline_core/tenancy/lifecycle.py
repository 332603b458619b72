"""Suspending, resuming and deleting a tenant: its state, the audit entry, and what every process hears of it."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any
from uuid import UUID

from sqlalchemy import select, text, update
from sqlalchemy.ext.asyncio import AsyncEngine, AsyncSession

from questline_core.context import HostContext
from questline_core.db.engine import open_session
from questline_core.db.shards import MAIN
from questline_core.plugins.enablement import announce
from questline_core.plugins.models import ParkedJob
from questline_core.plugins.service import enabled_now, unpark
from questline_core.tenancy.directory import ANNOUNCED
from questline_core.tenancy.models import Tenant, TenantTask
from questline_core.tenancy.tasks import DELETE, queue_task
from questline_sdk import Conflict, Invalid


@asynccontextmanager
async def in_directory(ctx: HostContext) -> AsyncIterator[AsyncSession]:
    """A session in the main database, with the tenant set: the unit of work's own where the tenant lives there.

    Of a tenant that lives elsewhere, what is done here is committed first, and stays if the unit of work fails.
    """
    host = ctx.host
    if await host.tenants.shard_of(ctx.tenant_id) in (None, MAIN):
        yield ctx.session
        return
    async with open_session(host.database.engine, ctx.tenant_id) as session:
        yield session
        await session.commit()


async def suspend(ctx: HostContext, reason: str | None = None) -> None:
    """Close a tenant: every request is refused, streams end, jobs wait; nothing is removed."""
    await _set(ctx, "suspended", reason)
    await ctx.audit("tenant.suspended", subject=("tenant", ctx.tenant_id), after={"reason": reason})


async def resume(ctx: HostContext) -> None:
    """Open a tenant again, or keep one whose deletion was scheduled; the jobs that waited run."""
    former = (await ctx.session.get_one(Tenant, ctx.tenant_id, with_for_update=True)).state
    if former == "active":
        raise Conflict("The tenant is open.", code="tenant_open")
    await _set(ctx, "active", None)
    waiting = select(ParkedJob.plugin_id).distinct()
    enabled = {*await enabled_now(ctx), "core"}
    for plugin_id in await ctx.session.scalars(waiting):
        if plugin_id in enabled:
            await unpark(ctx, plugin_id)
    cancelled = update(TenantTask).where(TenantTask.kind == DELETE, TenantTask.state == "waiting")
    await ctx.session.execute(cancelled.values(state="cancelled", finished_at=ctx.now))
    action = "tenant.deletion.cancelled" if former == "deleting" else "tenant.resumed"
    await ctx.audit(action, subject=("tenant", ctx.tenant_id))


async def schedule_deletion(ctx: HostContext, *, confirm: str, at: dt.datetime, reason: str | None = None) -> None:
    """Have a tenant deleted at a time; until then it stays as it is and the deletion can be taken back.

    Args:
        ctx: The unit of work.
        confirm: The tenant's slug, typed by who wants it.
        at: When.
        reason: Why, for the log.

    Raises:
        Invalid: The confirmation is not the slug.
    """
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    if confirm != tenant.slug:
        raise Invalid.field("confirm", f"is not {tenant.slug}")
    await _set(ctx, "deleting", reason, delete_at=at)
    task = TenantTask(kind=DELETE, created_at=ctx.now, created_by=ctx.actor.id if ctx.actor else None)
    ctx.session.add(task)
    await ctx.session.flush()
    await queue_task(ctx, task, delay=max(at - ctx.now, dt.timedelta()))
    after = {"delete_at": at.isoformat(), "reason": reason}
    await ctx.audit("tenant.deletion.scheduled", subject=("tenant", ctx.tenant_id), after=after)


async def make_due(owner_engine: AsyncEngine, tenant_id: UUID) -> None:
    """Have the time of a scheduled deletion come. Needs the owner's connection."""
    async with owner_engine.begin() as connection:
        await connection.execute(
            text(
                "UPDATE core.tenant SET delete_at = now() - interval '1 second' WHERE id = :id AND state = 'deleting'"
            ),
            {"id": tenant_id},
        )


async def _set(ctx: HostContext, state: str, reason: str | None, *, delete_at: dt.datetime | None = None) -> None:
    values: dict[str, Any] = {
        "state": state,
        "state_reason": reason,
        "state_since": ctx.now,
        "delete_at": delete_at,
    }
    statement = update(Tenant).where(Tenant.id == ctx.tenant_id).values(values)
    await ctx.session.execute(statement)
    async with in_directory(ctx) as session:
        if session is not ctx.session:
            await session.execute(statement)
        await announce(session, ANNOUNCED)
