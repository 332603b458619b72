"""The API of the audit log."""

import datetime as dt
from collections.abc import AsyncIterator
from typing import Annotated, Literal
from uuid import UUID

from litestar import Router, get
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromQuery, QueryParameter
from litestar.response import Stream

from questline_core.audit import queries, service
from questline_core.audit.formats import FORMATS
from questline_core.audit.schemas import AuditFilter, AuditRecord
from questline_core.host import Host
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, MAX_LIMIT

READ = "tenant.audit.read"

Word = Annotated[str | None, QueryParameter(max_length=200, pattern=r"^[^\x00]*$", description="Exactly this.")]
Time = Annotated[dt.datetime | None, QueryParameter(description="ISO 8601, with its zone.")]
Cursor = Annotated[str | None, QueryParameter(max_length=200, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT, description="Entries on a page.")]


async def provide_filter(
    actor_id: FromQuery[UUID | None] = None,
    action: Word = None,
    subject_type: Word = None,
    subject_id: Word = None,
    since: Time = None,
    until: Time = None,
) -> AuditFilter:
    """Which entries the request is about."""
    return AuditFilter(
        actor_id=actor_id,
        action=action,
        subject_type=subject_type,
        subject_id=subject_id,
        since=since and _in_utc(since),
        until=until and _in_utc(until),
    )


def _in_utc(time: dt.datetime) -> dt.datetime:
    return time if time.tzinfo else time.replace(tzinfo=dt.UTC)


@get("/audit", operation_id="list_audit_entries", permission=READ, summary="The audit log")
async def list_audit_entries(
    ctx: NamedDependency[Context],
    wanted: NamedDependency[AuditFilter],
    cursor: Cursor = None,
    limit: Limit = DEFAULT_LIMIT,
) -> Page[AuditRecord]:
    """What was changed and by whom, the newest first."""
    return await queries.list_entries(ctx, wanted, cursor=cursor, limit=limit)


@get(
    "/audit/export",
    operation_id="export_audit_entries",
    permission=READ,
    summary="The audit log as a file",
    responses={200: ResponseSpec(data_container=str, media_type="*/*", generate_examples=False)},
)
async def export_audit_entries(
    ctx: NamedDependency[Context],
    host: NamedDependency[Host],
    wanted: NamedDependency[AuditFilter],
    file_format: Annotated[Literal["csv", "jsonl", "cef"], QueryParameter(name="format")] = "csv",
) -> Stream:
    """Every entry, the oldest first; the export itself is audited."""
    await service.record(ctx, "tenant.audit.exported", subject=("audit", None), after={"format": file_format})
    media_type, line = FORMATS[file_format]

    async def lines() -> AsyncIterator[str]:
        async with host.context(ctx.tenant_id) as reading:
            yield line(None)
            async for entry in queries.all_entries(reading, wanted):
                yield line(entry)

    name = f"audit-{ctx.now:%Y-%m-%d}.{file_format}"
    return Stream(lines(), media_type=media_type, headers={"content-disposition": f'attachment; filename="{name}"'})


router = Router(
    "/api/v1",
    route_handlers=[list_audit_entries, export_audit_entries],
    dependencies={"wanted": provide_filter},
    tags=["audit"],
)
