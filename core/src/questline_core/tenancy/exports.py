"""A tenant's archive on request: made in the background, signed, and handed to its owners by a link that soon expires.

There is at most one: a new one takes the place of the last. It does not count towards the tenant's storage, of which it
is a copy.
"""

import asyncio
import datetime as dt
import hashlib
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from tempfile import TemporaryFile
from typing import TYPE_CHECKING, Any
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import select, update
from sqlalchemy.exc import SQLAlchemyError

from questline_core.auth.tickets import LASTS, Ticket, open_ticket, seal_ticket
from questline_core.context import HostContext
from questline_core.privacy.settings import rules_of
from questline_core.privacy.signing import ArchiveKey
from questline_core.tenancy.archive import ARCHIVES, write_tenant
from questline_core.tenancy.copying import connected
from questline_core.tenancy.models import TenantTask
from questline_core.tenancy.tables import tenant_tables
from questline_core.tenancy.tasks import EXPORT, queue_task
from questline_sdk import Conflict, NotFound

if TYPE_CHECKING:
    from questline_core.host import Host

ATTEMPTS = 3
CONTENT_TYPE = "application/zip"
EVERY = 1.0
"""Seconds between two notes of how far an archive is."""
SHOWN = 10
log = structlog.get_logger()


class TenantArchive(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What a task knows of the archive that it made."""

    bytes: int = 0
    sha256: str = ""
    expires_at: dt.datetime | None = None
    rows: int = 0
    files: int = 0
    tries: int = 0


class TenantArchiveTicket(Ticket, frozen=True, kw_only=True):
    """Lets its bearer download one archive."""

    task_id: UUID


def archive_key(tenant_id: UUID, task_id: UUID) -> str:
    """The store's key of an archive; no route serves what is below it."""
    return f"{tenant_id}/{ARCHIVES}{task_id}.zip"


def archive_of(task: TenantTask) -> TenantArchive:
    """What is known of a task's archive."""
    return msgspec.convert(task.result, TenantArchive)


async def list_exports(ctx: HostContext) -> list[TenantTask]:
    """The last exports, newest first."""
    statement = select(TenantTask).where(TenantTask.kind == EXPORT).order_by(TenantTask.id.desc()).limit(SHOWN)
    return list(await ctx.session.scalars(statement))


async def request_export(ctx: HostContext) -> TenantTask:
    """Have an archive of the whole tenant made; the one that is being made where there is one."""
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    at_work = select(TenantTask).where(TenantTask.kind == EXPORT, TenantTask.state.in_(["waiting", "running"]))
    found = await ctx.session.scalar(at_work.limit(1))
    if found is not None:
        return found
    task = TenantTask(kind=EXPORT, created_at=ctx.now, created_by=ctx.actor.id if ctx.actor else None)
    ctx.session.add(task)
    await ctx.session.flush()
    await ctx.session.refresh(task)
    await queue_task(ctx, task, delay=dt.timedelta())
    await ctx.audit("tenant.export.requested", subject=("tenant", tenant.id), after={"export": str(task.id)})
    return task


async def run_export(host: "Host", tenant_id: UUID, task_id: UUID) -> str:
    """Make the archive of a task that waits or was begun; what went wrong too often is noted as failed."""
    async with host.context(tenant_id) as ctx:
        statement = select(TenantTask).where(TenantTask.id == task_id).with_for_update()
        task = await ctx.session.scalar(statement)
        if task is None or task.state not in {"waiting", "running"}:
            return "dropped"
        task.state = "running"
        tries = archive_of(task).tries
    try:
        await _make(host, tenant_id, task_id)
    except Exception as error:
        if not await _has_failed(host, tenant_id, task_id, tries=tries + 1, error=error):
            raise
    return "done"


async def _has_failed(host: "Host", tenant_id: UUID, task_id: UUID, *, tries: int, error: Exception) -> bool:
    """Note a try that went wrong; say whether it was the last."""
    async with host.context(tenant_id) as ctx:
        task = await ctx.session.get_one(TenantTask, (tenant_id, task_id))
        task.result = {"tries": tries}
        if tries < ATTEMPTS:
            return False
        log.error("a tenant could not be exported", task=str(task_id), exc_info=error)
        task.state, task.error, task.finished_at, task.step = "failed", type(error).__name__, ctx.now, None
        await ctx.audit("tenant.export.failed", subject=("tenant", tenant_id), after={"export": str(task_id)})
    return True


async def link_to(ctx: HostContext, task_id: UUID) -> tuple[str, dt.datetime]:
    """An address that downloads an archive for five minutes, whoever has it; and when it ends.

    Raises:
        NotFound: There is no such export.
        Conflict: The archive is not ready, or not there any more (`archive_not_ready`, `archive_expired`).
    """
    task = await ready_export(ctx, task_id)
    ticket = TenantArchiveTicket(task_id=task.id, expires_at=ctx.now + LASTS)
    await ctx.audit("tenant.export.linked", subject=("tenant", ctx.tenant_id), after={"export": str(task.id)})
    return f"/api/v1/tenant/archives/{seal_ticket(ctx, ticket)}", ticket.expires_at


async def linked_export(ctx: HostContext, text: str) -> TenantTask:
    """What a link leads to; raises `Invalid` (`link_over`), `NotFound` or `Conflict`."""
    task = await ready_export(ctx, open_ticket(ctx, text, TenantArchiveTicket).task_id)
    await ctx.audit("tenant.export.downloaded", subject=("tenant", ctx.tenant_id), after={"export": str(task.id)})
    return task


async def ready_export(ctx: HostContext, task_id: UUID | None = None) -> TenantTask:
    """An export whose archive can be had, the last where none is named; raises `NotFound` or `Conflict`."""
    statement = select(TenantTask).where(TenantTask.kind == EXPORT).order_by(TenantTask.id.desc()).limit(1)
    if task_id is not None:
        statement = statement.where(TenantTask.id == task_id)
    task = await ctx.session.scalar(statement)
    if task is None:
        raise NotFound("There is no such export.")
    if task.state != "done":
        raise Conflict("The archive is not ready.", code="archive_not_ready")
    expires_at = archive_of(task).expires_at
    if expires_at is None or expires_at <= ctx.now:
        raise Conflict("The archive is not there any more; have a new one made.", code="archive_expired")
    return task


async def remove_archives(ctx: HostContext, *, all_of_them: bool = False, but: UUID | None = None) -> int:
    """Remove the archives that are past their time, or all of them; returns how many."""
    statement = select(TenantTask).where(TenantTask.kind == EXPORT, TenantTask.state == "done")
    removed = 0
    for task in await ctx.session.scalars(statement):
        expires_at = archive_of(task).expires_at
        if task.id == but or expires_at is None or not (all_of_them or expires_at <= ctx.now):
            continue
        await ctx.host.store.delete(archive_key(ctx.tenant_id, task.id))
        task.result = {name: value for name, value in task.result.items() if name != "expires_at"}
        removed += 1
    return removed


async def forget_archives(ctx: HostContext) -> None:
    """Remove every archive, and drop those that are being made: somebody in them has been erased."""
    await remove_archives(ctx, all_of_them=True)
    at_work = update(TenantTask).where(TenantTask.kind == EXPORT, TenantTask.state == "running")
    await ctx.session.execute(at_work.values(state="cancelled", step=None, finished_at=ctx.now))


async def _make(host: "Host", tenant_id: UUID, task_id: UUID) -> None:
    url = host.database.named(await host.tenants.shard_of(tenant_id)).url
    digest, key = hashlib.sha256(), archive_key(tenant_id, task_id)
    async with connected(url, tenant_id) as connection:
        total = len(await tenant_tables(connection)) + 1
    progress = _Progress(total)
    # The file has no name: whatever ends the process, nothing of it is left on the disk.
    with TemporaryFile() as file:
        async with _told(host, tenant_id, task_id, progress):
            sign = ArchiveKey.of(host.settings).sign
            manifest = await write_tenant(url, host.store, tenant_id, file, on_step=progress.note, sign=sign)
        file.seek(0)
        while chunk := await asyncio.to_thread(file.read, 256 * 1024):
            digest.update(chunk)
        stored = await host.store.put_file(key, file, content_type=CONTENT_TYPE)
    async with host.context(tenant_id) as ctx:
        statement = select(TenantTask).where(TenantTask.id == task_id).with_for_update()
        task = await ctx.session.scalar(statement)
        if task is None or task.state != "running":
            await host.store.delete(key)
            return
        archive = TenantArchive(
            bytes=stored.size,
            sha256=digest.hexdigest(),
            expires_at=ctx.now + dt.timedelta(days=(await rules_of(ctx)).archive_days),
            rows=sum(table.rows for table in manifest.tables.values()),
            files=len(manifest.blobs),
        )
        task.state, task.finished_at, task.step = "done", ctx.now, None
        task.done, task.total, task.result = total, total, msgspec.to_builtins(archive)
        await remove_archives(ctx, all_of_them=True, but=task_id)
        after = {"export": str(task_id), "bytes": archive.bytes, "sha256": archive.sha256}
        await ctx.audit("tenant.export.finished", subject=("tenant", tenant_id), after=after)


class _Progress:
    """How far an archive is: the table that is written, and how many were before it."""

    def __init__(self, total: int) -> None:
        self.total, self.done, self.step = total, 0, ""

    def note(self, step: str, _count: int) -> None:
        """Take note of a table's next rows."""
        if step != self.step:
            self.done += self.step != ""
            self.step = step


@asynccontextmanager
async def _told(host: "Host", tenant_id: UUID, task_id: UUID, progress: _Progress) -> AsyncIterator[None]:
    """Write down how far an archive is while it is made."""
    over = asyncio.Event()

    async def tell() -> None:
        while not over.is_set():
            values: dict[str, Any] = {"step": progress.step or None, "done": progress.done, "total": progress.total}
            with suppress(SQLAlchemyError, OSError):
                async with host.context(tenant_id) as ctx:
                    await ctx.session.execute(update(TenantTask).where(TenantTask.id == task_id).values(values))
            with suppress(TimeoutError):
                await asyncio.wait_for(over.wait(), EVERY)

    telling = asyncio.create_task(tell())
    try:
        yield
    finally:
        over.set()
        await telling
