"""The HTTP API of imports."""

from typing import Annotated, Any
from uuid import UUID

from litestar import Response, Router, delete, get, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody, QueryParameter

from questline_core.context import HostContext
from questline_core.people.imports import report, service
from questline_core.people.imports.schemas import (
    ImportCard,
    ImportColumns,
    ImportOptions,
    ImportProblem,
    RunImport,
    StartImport,
)
from questline_sdk import Page

Ctx = NamedDependency[HostContext]
ImportId = FromPath[UUID]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The most items to answer with.")]
MANAGE: dict[str, Any] = {"permission": "tenant.users.import"}
BODY = 14_000_000
"""A file of 10 MB as Base64, and the JSON around it."""


@get("/users/imports/columns", operation_id="list_import_columns", **MANAGE)
async def list_import_columns(ctx: Ctx) -> ImportColumns:
    """The columns that a file of people may have."""
    return await report.columns(ctx)


@post("/users/imports", operation_id="start_user_import", request_max_body_size=BODY, **MANAGE)
async def start_user_import(ctx: Ctx, data: JSONBody[StartImport]) -> ImportCard:
    """Import a CSV file in the background, or try what it would do.

    422 for a file that cannot be read, with each thing that is wrong; wrong rows are listed by the import.
    """
    options = ImportOptions(dry_run=data.dry_run, invite=data.invite)
    row = await service.begin_in_background(ctx, file_name=data.file_name, content=data.content, options=options)
    return await report.card_of(ctx, row)


@get("/users/imports", operation_id="list_user_imports", **MANAGE)
async def list_user_imports(ctx: Ctx, cursor: Cursor = None, limit: Limit = 20) -> Page[ImportCard]:
    """The imports, newest first."""
    return await report.list_imports(ctx, cursor=cursor, limit=limit)


@get("/users/imports/{import_id:uuid}", operation_id="get_user_import", **MANAGE)
async def get_user_import(ctx: Ctx, import_id: ImportId) -> ImportCard:
    """An import, and how far it has come."""
    return await report.card_of(ctx, await service.find(ctx, import_id))


@delete("/users/imports/{import_id:uuid}", operation_id="remove_user_import", **MANAGE)
async def remove_user_import(ctx: Ctx, import_id: ImportId) -> None:
    """Remove an import with its file and report; one that runs ends where it is, its people stay."""
    await service.remove(ctx, import_id)


@get("/users/imports/{import_id:uuid}/problems", operation_id="list_user_import_problems", **MANAGE)
async def list_user_import_problems(
    ctx: Ctx, import_id: ImportId, cursor: Cursor = None, limit: Limit = 20
) -> Page[ImportProblem]:
    """Why rows were refused, by line and column."""
    return await report.list_problems(ctx, import_id, cursor=cursor, limit=limit)


@get(
    "/users/imports/{import_id:uuid}/report",
    operation_id="get_user_import_report",
    media_type="text/csv",
    responses={200: ResponseSpec(data_container=str, media_type="text/csv", generate_examples=False)},
    **MANAGE,
)
async def get_user_import_report(ctx: Ctx, import_id: ImportId) -> Response[str]:
    """The refused rows as CSV, with what is wrong with each; corrected, it can be imported as it is."""
    headers = {"content-disposition": 'attachment; filename="refused-rows.csv"', "cache-control": "no-store"}
    return Response(await report.report(ctx, import_id), headers=headers, media_type="text/csv; charset=utf-8")


@post("/users/imports/{import_id:uuid}/run", operation_id="run_user_import", **MANAGE)
async def run_user_import(ctx: Ctx, import_id: ImportId, data: JSONBody[RunImport]) -> ImportCard:
    """Import the file of a trial."""
    return await report.card_of(ctx, await service.run_tried(ctx, import_id, invite=data.invite))


@post("/users/imports/{import_id:uuid}/continuation", operation_id="continue_user_import", status_code=200, **MANAGE)
async def continue_user_import(ctx: Ctx, import_id: ImportId) -> ImportCard:
    """Go on with an import that stands still; nothing is done twice."""
    return await report.card_of(ctx, await service.carry_on(ctx, import_id))


router = Router(
    "/api/v1",
    route_handlers=[
        list_import_columns,
        start_user_import,
        list_user_imports,
        get_user_import,
        remove_user_import,
        list_user_import_problems,
        get_user_import_report,
        run_user_import,
        continue_user_import,
    ],
    tags=["people"],
)
