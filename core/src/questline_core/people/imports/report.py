"""What became of a file's refused rows, to be read on a page, or as a file to be corrected and imported again."""

import csv
import io
from uuid import UUID

from sqlalchemy import func, select

from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.people.fields import TenantFields
from questline_core.people.imports.columns import ALIASES
from questline_core.people.imports.reading import escaped, read_sheet
from questline_core.people.imports.schemas import ImportCard, ImportColumn, ImportColumns, ImportProblem
from questline_core.people.imports.service import find
from questline_core.people.models import UserImport, UserImportProblem
from questline_sdk import Conflict, Page
from questline_sdk.pages import decode_cursor, paginate


async def columns(ctx: HostContext) -> ImportColumns:
    """Every column that a file may have."""
    own = [ImportColumn(name=name, also=list(also), label={}) for name, also in ALIASES.items()]
    fields = (await TenantFields(ctx).all()).values()
    added = [ImportColumn(name=field.name, also=[], label=dict(field.label)) for field in fields]
    return ImportColumns(columns=[*own, *added])


async def card_of(ctx: HostContext, row: UserImport) -> ImportCard:
    """An import as the API shows it."""
    by = await ctx.session.scalar(select(User.display_name).where(User.id == row.user_id)) if row.user_id else None
    has_file = select(UserImport.content.is_not(None)).where(UserImport.id == row.id)
    return _card(row, by, has_file=bool(await ctx.session.scalar(has_file)))


async def list_imports(ctx: HostContext, *, cursor: str | None, limit: int) -> Page[ImportCard]:
    """The imports, newest first."""
    opened_by = (User.tenant_id == UserImport.tenant_id) & (User.id == UserImport.user_id)
    statement = select(UserImport, User.display_name, UserImport.content.is_not(None)).outerjoin(User, opened_by)
    if cursor is not None:
        (last,) = decode_cursor(cursor, tuple[UUID])
        statement = statement.where(UserImport.id < last)
    rows = (await ctx.session.execute(statement.order_by(UserImport.id.desc()).limit(limit + 1))).all()
    return paginate([_card(row, by, has_file=has) for row, by, has in rows], limit, lambda card: (card.id,))


async def list_problems(ctx: HostContext, import_id: UUID, *, cursor: str | None, limit: int) -> Page[ImportProblem]:
    """Why rows were refused, by line; raises `NotFound`."""
    await find(ctx, import_id)
    position = (UserImportProblem.line, UserImportProblem.id)
    of_import = UserImportProblem.import_id == import_id
    statement = select(UserImportProblem).where(of_import).order_by(*position).limit(limit + 1)
    if cursor is not None:
        line, last = decode_cursor(cursor, tuple[int, UUID])
        statement = statement.where(
            (UserImportProblem.line > line) | ((UserImportProblem.line == line) & (UserImportProblem.id > last))
        )
    rows = (await ctx.session.scalars(statement)).all()
    total = await ctx.session.scalar(select(func.count()).select_from(UserImportProblem).where(of_import))
    shown = [
        ImportProblem(id=row.id, line=row.line, column=row.column, code=row.code, message=row.message) for row in rows
    ]
    page = paginate(shown, limit, lambda problem: (problem.line, problem.id))
    return Page(items=page.items, next_cursor=page.next_cursor, total=total)


async def report(ctx: HostContext, import_id: UUID) -> str:
    """The refused rows as they were, each with its line and what is wrong, safe to open in a spreadsheet.

    Raises:
        Conflict: The file is kept no longer (`file_gone`).
        NotFound: There is no such import.
    """
    row = await find(ctx, import_id, with_content=True)
    if row.content is None:
        raise Conflict("The file is kept no longer.", code="file_gone")
    sheet = read_sheet(row.content, await TenantFields(ctx).all())
    statement = select(UserImportProblem).where(UserImportProblem.import_id == import_id)
    why: dict[int, list[str]] = {}
    for problem in await ctx.session.scalars(statement.order_by(UserImportProblem.line, UserImportProblem.id)):
        why.setdefault(problem.line, []).append(f"{problem.column} {problem.message}".strip())
    written = io.StringIO(newline="")
    writer = csv.writer(written, delimiter=sheet.delimiter)
    kept = [place for place, column in enumerate(sheet.columns) if column is not None]
    writer.writerow(["import_line", "import_problem", *(escaped(sheet.headers[place]) for place in kept)])
    for each in sheet.rows:
        if each.line in why:
            cells = [escaped(each.raw[place]) if place < len(each.raw) else "" for place in kept]
            writer.writerow([each.line, "; ".join(why[each.line]), *cells])
    return "\ufeff" + written.getvalue()


def _card(row: UserImport, by: str | None, *, has_file: bool) -> ImportCard:
    names = ("id", "file_name", "state", "problem", "rows", "done", "created", "updated", "unchanged", "refused")
    return ImportCard(
        **{name: getattr(row, name) for name in names},
        dry_run=row.options["dry_run"],
        invite=row.options["invite"],
        has_file=has_file,
        by=by,
        created_at=row.created_at,
        finished_at=row.finished_at,
    )
