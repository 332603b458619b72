"""Imports: begun, carried on chunk by chunk, looked at, removed.

A chunk and the note of how far the import has come are one transaction. Whatever dies in between, the next run goes
on behind the last chunk that was committed, and nothing is done twice.
"""

import datetime as dt
import hashlib
from collections import OrderedDict
from uuid import UUID

import msgspec
from sqlalchemy import delete, insert, select, update
from sqlalchemy.orm import undefer

from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.people.fields import TenantFields
from questline_core.people.imports.apply import apply_plan
from questline_core.people.imports.plan import importer_of, plan_chunk, refuse_beyond
from questline_core.people.imports.reading import Sheet, read_sheet
from questline_core.people.imports.rows import Problem, read_row
from questline_core.people.imports.schemas import ImportOptions, ImportProgress
from questline_core.people.models import UserImport, UserImportProblem
from questline_core.tenancy.limits import left_of
from questline_sdk import Actor, Conflict, Invalid, Job, NotFound

CHUNK = 500
KEPT_DAYS = 7
TOPIC = "people.import.changed"
MOST_READ = 2
_read: OrderedDict[UUID, Sheet] = OrderedDict()
"""Files that this process is in the middle of, so that they are not read anew for each chunk."""


class Chunk(msgspec.Struct, frozen=True, kw_only=True):
    """The import whose next chunk is due."""

    import_id: UUID


async def begin(
    ctx: HostContext, *, file_name: str, content: bytes, options: ImportOptions, user_id: UUID | None
) -> UserImport:
    """Keep a file to be imported; raises `Invalid` for one that cannot be read, `Conflict` (`mail_not_configured`)."""
    if options.invite and ctx.host.mail_server is None:
        raise Conflict("The site sends no mail, so nobody can be invited by it.", code="mail_not_configured")
    sheet = read_sheet(content, await TenantFields(ctx).all())
    running = select(UserImport.id).where(UserImport.state == "running", UserImport.user_id == user_id)
    if user_id is not None and await ctx.session.scalar(running.limit(1)) is not None:
        raise Conflict("An import of yours is running; wait for it, or remove it.", code="import_running")
    row = UserImport(
        user_id=user_id,
        file_name=file_name,
        digest=hashlib.sha256(content).hexdigest(),
        content=content,
        options=msgspec.to_builtins(options),
        state="running",
        rows=len(sheet.rows),
        done=0,
        created=0,
        updated=0,
        unchanged=0,
        refused=0,
        created_at=ctx.now,
    )
    ctx.session.add(row)
    await ctx.session.flush()
    after = {"rows": row.rows, **row.options}
    await ctx.audit("identity.import.begun", subject=("import", row.id), after=after)
    return row


async def begin_in_background(
    ctx: HostContext, *, file_name: str, content: bytes, options: ImportOptions
) -> UserImport:
    """Keep a file and have the worker import it."""
    row = await begin(ctx, file_name=file_name, content=content, options=options, user_id=ctx.user.id)
    await ctx.enqueue(IMPORT_CHUNK, Chunk(import_id=row.id))
    return row


async def run_tried(ctx: HostContext, import_id: UUID, *, invite: bool) -> UserImport:
    """Import the file of a trial; raises `Conflict` where it is none, is not finished, or its file is gone."""
    tried = await find(ctx, import_id, with_content=True)
    if not tried.options["dry_run"] or tried.state != "finished":
        raise Conflict("Only a finished trial can be imported.", code="not_a_trial")
    if tried.content is None:
        raise Conflict("The file is kept no longer; upload it once more.", code="file_gone")
    options = ImportOptions(dry_run=False, invite=invite)
    return await begin_in_background(ctx, file_name=tried.file_name, content=tried.content, options=options)


async def carry_on(ctx: HostContext, import_id: UUID) -> UserImport:
    """Have the worker go on with an import that stands still; nothing is done twice."""
    row = await find(ctx, import_id)
    if row.state == "running":
        await ctx.enqueue(IMPORT_CHUNK, Chunk(import_id=import_id))
    return row


async def remove(ctx: HostContext, import_id: UUID) -> None:
    """Remove an import with its file and report; one that runs ends where it is. Raises `NotFound`."""
    statement = delete(UserImport).where(UserImport.id == import_id).returning(UserImport.id)
    if await ctx.session.scalar(statement) is None:
        raise NotFound("There is no such import.")
    await ctx.audit("identity.import.removed", subject=("import", import_id))


async def find(ctx: HostContext, import_id: UUID, *, with_content: bool = False) -> UserImport:
    """An import; raises `NotFound`."""
    statement = select(UserImport).where(UserImport.id == import_id)
    if with_content:
        statement = statement.options(undefer(UserImport.content)).execution_options(populate_existing=True)
    row = await ctx.session.scalar(statement)
    if row is None:
        raise NotFound("There is no such import.")
    return row


async def unfinished(ctx: HostContext, content: bytes, options: ImportOptions) -> UserImport | None:
    """The import of this file that the operator began at the command line and that was cut off."""
    same = (
        UserImport.state == "running",
        UserImport.user_id.is_(None),
        UserImport.digest == hashlib.sha256(content).hexdigest(),
        UserImport.options == msgspec.to_builtins(options),
    )
    row: UserImport | None = await ctx.session.scalar(select(UserImport).where(*same).order_by(UserImport.id.desc()))
    return row


async def next_chunk(ctx: HostContext, import_id: UUID) -> UserImport | None:
    """Do the next rows of an import, all or none; returns where it stands, None where it is over or gone."""
    row = await ctx.session.scalar(
        select(UserImport).where(UserImport.id == import_id, UserImport.state == "running").with_for_update()
    )
    if row is None:
        return None
    importer = await importer_of(ctx, row.user_id)
    if importer is None:
        return await _end(ctx, row, "failed", "who imports may not any more")
    if importer.id is not None:  # the audit log is to say who
        permissions = importer.permissions or frozenset()
        ctx.actor = Actor(id=importer.id, tenant_id=ctx.tenant_id, role=importer.role, permissions=permissions)
    options = msgspec.convert(row.options, ImportOptions)
    fields = await TenantFields(ctx).all()
    try:
        sheet = await _sheet(ctx, row.id)
    except Invalid as error:  # a plugin whose fields are in it was switched off meanwhile
        return await _end(ctx, row, "failed", error.detail)
    wanted, problems = [], []
    for each in sheet.rows[row.done : row.done + CHUNK]:
        found, wrong = read_row(each, sheet, fields)
        problems += wrong
        if found is not None:
            wanted.append(found)
    plan = await plan_chunk(ctx, wanted, importer)
    refuse_beyond(plan, await left_of(ctx, "users", promised=row.created if options.dry_run else 0))
    if not options.dry_run:
        inviter = (await _inviter(ctx, row)) if options.invite else None
        await apply_plan(ctx, plan, invited_by=inviter)
    await _keep_problems(ctx, row.id, problems + plan.problems)
    return await _note(ctx, row, created=len(plan.created), updated=len(plan.updated), unchanged=plan.unchanged)


async def forget_files(ctx: HostContext) -> None:
    """Remove files that were imported a week ago; what became of them stays."""
    over = (UserImport.created_at < ctx.now - dt.timedelta(days=KEPT_DAYS), UserImport.state != "running")
    await ctx.session.execute(update(UserImport).where(*over).values(content=None))


async def _sheet(ctx: HostContext, import_id: UUID) -> Sheet:
    sheet = _read.get(import_id)
    if sheet is None:
        content = await ctx.session.scalar(select(UserImport.content).where(UserImport.id == import_id))
        sheet = _read[import_id] = read_sheet(content or b"", await TenantFields(ctx).all())
        while len(_read) > MOST_READ:
            _read.popitem(last=False)
    return sheet


async def _inviter(ctx: HostContext, row: UserImport) -> str:
    name = await ctx.session.scalar(select(User.display_name).where(User.id == row.user_id))
    return name or (await ctx.host.tenants.get(ctx.tenant_id)).name


async def _keep_problems(ctx: HostContext, import_id: UUID, problems: list[Problem]) -> None:
    if problems:
        rows = [{"import_id": import_id} | msgspec.structs.asdict(each) for each in problems]
        await ctx.session.execute(insert(UserImportProblem), rows)


async def _note(ctx: HostContext, row: UserImport, *, created: int, updated: int, unchanged: int) -> UserImport:
    count = min(CHUNK, row.rows - row.done)
    row.done += count
    row.created += created
    row.updated += updated
    row.unchanged += unchanged
    row.refused += count - created - updated - unchanged
    if row.done >= row.rows:
        return await _end(ctx, row, "finished", None)
    _tell(ctx, row)
    await ctx.session.flush()
    return row


async def _end(ctx: HostContext, row: UserImport, state: str, problem: str | None) -> UserImport:
    row.state, row.problem, row.finished_at = state, problem, ctx.now
    _read.pop(row.id, None)
    _tell(ctx, row)
    counts = {name: getattr(row, name) for name in ("done", "created", "updated", "unchanged", "refused")}
    await ctx.audit(f"identity.import.{state}", subject=("import", row.id), after=counts)
    await ctx.session.flush()
    return row


def _tell(ctx: HostContext, row: UserImport) -> None:
    if row.user_id is not None:
        progress = ImportProgress(import_id=row.id, state=row.state, rows=row.rows, done=row.done)  # type: ignore[arg-type]
        ctx.send_live(TOPIC, progress, user_id=row.user_id)


async def _import_chunk(ctx: HostContext, args: Chunk) -> None:
    row = await next_chunk(ctx, args.import_id)
    if row is not None and row.state == "running":
        await ctx.enqueue(IMPORT_CHUNK, args)


IMPORT_CHUNK = Job(name="import_people", function=_import_chunk, args=Chunk)
