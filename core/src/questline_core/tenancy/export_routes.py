"""The API of a tenant's archives."""

import datetime as dt
from typing import Literal
from uuid import UUID

import msgspec
from litestar import Router, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath
from litestar.response import Stream

from questline_core.auth.second_factor import demand_recent
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.responses import problems
from questline_core.tenancy import exports
from questline_core.tenancy.models import TenantTask

MANAGE = "tenant.export.manage"
Ctx = NamedDependency[HostContext]
ExportState = Literal["waiting", "running", "done", "failed", "cancelled", "expired"]


class TenantExport(msgspec.Struct, frozen=True, kw_only=True):
    """An archive of the tenant, and how far it is."""

    id: UUID
    state: ExportState
    requested_at: dt.datetime
    finished_at: dt.datetime | None
    expires_at: dt.datetime | None
    step: str | None
    """The table that is being written."""
    done: int
    total: int | None
    bytes: int
    sha256: str
    rows: int
    files: int


class TenantExports(msgspec.Struct, frozen=True, kw_only=True):
    """The last exports, newest first."""

    exports: list[TenantExport]


class TenantArchiveLink(msgspec.Struct, frozen=True, kw_only=True):
    """An address that downloads an archive, good until it expires."""

    url: str
    expires_at: dt.datetime


@get("/tenant/exports", operation_id="list_tenant_exports", permission=MANAGE)
async def list_tenant_exports(ctx: Ctx) -> TenantExports:
    """The last archives of the whole tenant, and how far one is that is being made."""
    return TenantExports(exports=[card(task, ctx.now) for task in await exports.list_exports(ctx)])


@post("/tenant/exports", operation_id="request_tenant_export", permission=MANAGE)
async def request_tenant_export(ctx: Ctx) -> TenantExport:
    """Have everything of the tenant written into one signed archive; needs a recent proof of identity.

    The one that is being made where there is one; a finished one is replaced.
    """
    await demand_recent(ctx)
    return card(await exports.request_export(ctx), ctx.now)


@post("/tenant/exports/{export_id:uuid}/link", operation_id="link_tenant_export", permission=MANAGE, status_code=200)
async def link_tenant_export(ctx: Ctx, export_id: FromPath[UUID]) -> TenantArchiveLink:
    """An address that downloads the archive, for five minutes; needs a recent proof of identity."""
    await demand_recent(ctx)
    url, expires_at = await exports.link_to(ctx, export_id)
    return TenantArchiveLink(url=url, expires_at=expires_at)


@get(
    "/tenant/archives/{ticket:str}",
    operation_id="download_tenant_archive",
    public=True,
    own_encoding=True,
    media_type=exports.CONTENT_TYPE,
    responses={200: ResponseSpec(data_container=bytes, media_type=exports.CONTENT_TYPE, generate_examples=False)}
    | problems(409, 422),
)
async def download_tenant_archive(ctx: Ctx, host: NamedDependency[Host], ticket: FromPath[str]) -> Stream:
    """The archive that a link leads to."""
    task = await exports.linked_export(ctx, ticket)
    slug = (await host.tenants.get(ctx.tenant_id)).slug
    headers = {
        "content-disposition": f'attachment; filename="{slug}-{task.created_at:%Y-%m-%d}.zip"',
        "content-length": str(exports.archive_of(task).bytes),
        "cache-control": "no-store",
        "referrer-policy": "no-referrer",
    }
    key = exports.archive_key(ctx.tenant_id, task.id)
    return Stream(host.store.stream(key), media_type=exports.CONTENT_TYPE, headers=headers)


def card(task: TenantTask, now: dt.datetime) -> TenantExport:
    """An export as the API shows it."""
    archive = exports.archive_of(task)
    there = archive.expires_at is not None and archive.expires_at > now
    return TenantExport(
        id=task.id,
        state="expired" if task.state == "done" and not there else task.state,  # type: ignore[arg-type]
        requested_at=task.created_at,
        finished_at=task.finished_at,
        expires_at=archive.expires_at,
        step=task.step,
        done=task.done,
        total=task.total,
        bytes=archive.bytes,
        sha256=archive.sha256,
        rows=archive.rows,
        files=archive.files,
    )


router = Router(
    "/api/v1",
    route_handlers=[list_tenant_exports, request_tenant_export, link_tenant_export, download_tenant_archive],
    tags=["tenant"],
)
