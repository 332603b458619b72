"""`group`: groups and cohorts of a tenant, their members and courses."""

import datetime as dt
import sys
from pathlib import Path
from typing import Annotated, Any

import msgspec
import typer
from rich.progress import track
from sqlalchemy import select

from questline_cli.output import Json, Yes, console, errors, show_json, show_rows
from questline_cli.site import opened, run
from questline_core.content.models import Course
from questline_core.context import HostContext
from questline_core.groups import courses, members, queries, service
from questline_core.groups.models import Group
from questline_core.groups.schemas import MAX_ROWS, GroupCard, GroupCourseCard, Member, MembersChanged, NewGroup
from questline_sdk import Invalid, NotFound

app = typer.Typer(help="Put people together, and give them courses.", no_args_is_help=True)
Tenant = Annotated[str | None, typer.Option("--tenant", "-t", help="Slug of the tenant; the default one if left out.")]
Slug = Annotated[str, typer.Argument(help="Slug of the group.")]
CourseSlug = Annotated[str, typer.Argument(help="Slug of the course.")]
Emails = Annotated[list[str] | None, typer.Argument(help="E-mail addresses or ids of people.")]
FromFile = Annotated[
    Path | None, typer.Option("--file", "-f", help="Read them from a file, one a line; `-` for standard input.")
]
PAGE = 100


class Shown(msgspec.Struct, frozen=True, kw_only=True):
    """A group with everything in it."""

    group: GroupCard
    courses: list[GroupCourseCard]
    members: list[Member]


@app.command("list")
def list_groups(
    search: Annotated[str | None, typer.Option(help="Part of a name, slug or description.")] = None,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """List the groups of a tenant."""

    async def read() -> list[GroupCard]:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            found: list[GroupCard] = []
            cursor = None
            while True:
                page = await queries.list_groups(ctx, search=search, kind=None, sort="name", cursor=cursor, limit=PAGE)
                found += page.items
                cursor = page.next_cursor
                if cursor is None:
                    return found

    columns = ["slug", "name", "kind", "starts_on", "ends_on", "member_count", "course_count"]
    show_rows(run(read()), columns, as_json=as_json, empty="There are no groups.")


@app.command()
def show(slug: Slug, tenant: Tenant = None, as_json: Json = False) -> None:
    """Show a group, its courses and its members."""

    async def read() -> Shown:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            group = await service.group_by_slug(ctx, slug)
            return Shown(
                group=await queries.show_group(ctx, group.id),
                courses=await courses.list_courses(ctx, group.id),
                members=await _every_member(ctx, group),
            )

    shown = run(read())
    if as_json:
        show_json(shown)
        return
    group = shown.group
    dates = f", {group.starts_on or '…'} to {group.ends_on or '…'}" if group.kind == "cohort" else ""
    console.print(f"[bold]{group.name}[/] ({group.kind}{dates})")
    if group.description:
        console.print(group.description)
    show_rows(
        shown.courses, ["slug", "title", "enrolled_members", "completed_members"], as_json=False, empty="No courses."
    )
    show_rows(
        shown.members, ["email", "display_name", "manager", "status", "source"], as_json=False, empty="No members."
    )


@app.command()
def create(
    name: Annotated[str, typer.Argument(help="Name shown to people.")],
    slug: Annotated[str | None, typer.Option(help="Its name in commands; made of the name if left out.")] = None,
    description: Annotated[str, typer.Option(help="What it is for.")] = "",
    cohort: Annotated[bool, typer.Option("--cohort", help="A cohort, which may have dates.")] = False,
    starts_on: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="First day.")] = None,
    ends_on: Annotated[dt.datetime | None, typer.Option(formats=["%Y-%m-%d"], help="Last day.")] = None,
    external_id: Annotated[str | None, typer.Option(help="What another system calls it.")] = None,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Make a group or a cohort."""
    values: dict[str, Any] = {
        "name": name,
        "slug": slug,
        "description": description,
        "kind": "cohort" if cohort else "group",
        "starts_on": starts_on.date() if starts_on else None,
        "ends_on": ends_on.date() if ends_on else None,
        "external_id": external_id,
    }
    try:
        data = msgspec.convert(values, NewGroup)
    except msgspec.ValidationError as error:
        raise Invalid(str(error)) from None

    async def make() -> GroupCard:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            return await queries.show_group(ctx, (await service.create_group(ctx, data)).id)

    group = run(make())
    if as_json:
        show_json(group)
    else:
        console.print(f"Made the {group.kind} {group.name}; commands call it {group.slug}.")


@app.command()
def add(
    slug: Slug,
    people: Emails = None,
    file: FromFile = None,
    manager: Annotated[bool, typer.Option("--manager", help="They answer for the group.")] = False,
    tenant: Tenant = None,
    as_json: Json = False,
) -> None:
    """Add people; they are enrolled in the group's courses. Rows that name nobody are reported, with status 1."""

    async def change(ctx: HostContext, group: Group, rows: list[str]) -> MembersChanged:
        return await members.add_people(ctx, group, rows, manager=manager)

    _report(run(_in_parts(slug, tenant, _rows(people, file), change)), "added", as_json=as_json)


@app.command()
def remove(
    slug: Slug, people: Emails = None, file: FromFile = None, tenant: Tenant = None, as_json: Json = False
) -> None:
    """Remove people from a group; they stay enrolled in its courses."""
    _report(run(_in_parts(slug, tenant, _rows(people, file), members.remove_people)), "removed", as_json=as_json)


@app.command()
def delete(slug: Slug, yes: Yes = False, tenant: Tenant = None) -> None:
    """Delete a group; its members stay enrolled in its courses."""
    if not yes:
        typer.confirm(f"Delete the group {slug}?", abort=True)

    async def remove_it() -> None:
        async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
            await service.delete_group(ctx, (await service.group_by_slug(ctx, slug)).id)

    run(remove_it())
    console.print(f"{slug} is gone.")


@app.command()
def assign(slug: Slug, course: CourseSlug, tenant: Tenant = None) -> None:
    """Give a group a course: the worker enrols its members, and who joins later."""
    run(_with_course(slug, course, tenant, courses.assign_course))
    console.print(f"{slug} has the course {course}.")


@app.command()
def unassign(slug: Slug, course: CourseSlug, tenant: Tenant = None) -> None:
    """Take a course from a group; who is enrolled stays so."""
    run(_with_course(slug, course, tenant, courses.unassign_course))
    console.print(f"{slug} does not have the course {course} any more.")


async def _with_course(slug: str, course: str, tenant: str | None, change: Any) -> None:
    async with opened() as site, site.host.context((await site.tenant(tenant)).id) as ctx:
        course_id = await ctx.session.scalar(select(Course.id).where(Course.slug == course))
        if course_id is None:
            raise NotFound(f"There is no course {course}.")
        group = await service.group_by_slug(ctx, slug)
        await change(ctx, await service.locked_group(ctx, group.id), course_id)


async def _every_member(ctx: HostContext, group: Group) -> list[Member]:
    found: list[Member] = []
    cursor = None
    while True:
        page = await queries.list_members(ctx, group.id, search=None, sort="display_name", cursor=cursor, limit=PAGE)
        found += page.items
        cursor = page.next_cursor
        if cursor is None:
            return found


async def _in_parts(slug: str, tenant: str | None, rows: list[str], change: Any) -> MembersChanged:
    """Change the members a thousand rows at a time, each part in a transaction of its own."""
    changed = unchanged = 0
    problems = []
    async with opened() as site:
        tenant_id = (await site.tenant(tenant)).id
        starts = range(0, len(rows), MAX_ROWS)
        for start in track(starts, "People", console=errors, transient=True, disable=len(starts) < 2):
            async with site.host.context(tenant_id) as ctx:
                group = await service.group_by_slug(ctx, slug)
                part = rows[start : start + MAX_ROWS]
                report = await change(ctx, await service.locked_group(ctx, group.id), part)
            changed, unchanged = changed + report.changed, unchanged + report.unchanged
            problems += [msgspec.structs.replace(each, row=each.row + start) for each in report.problems]
    return MembersChanged(changed=changed, unchanged=unchanged, problems=problems)


def _rows(people: list[str] | None, file: Path | None) -> list[str]:
    text = "" if file is None else sys.stdin.read() if str(file) == "-" else file.read_text(encoding="utf-8-sig")
    rows = [*(people or []), *(line.strip() for line in text.splitlines() if line.strip())]
    if not rows:
        raise Invalid("Name at least one person, or a file with one a line.")
    return rows


def _report(report: MembersChanged, done: str, *, as_json: bool) -> None:
    if as_json:
        show_json(report)
    else:
        same = f", {report.unchanged} were members already" if report.unchanged else ""
        console.print(f"{report.changed} {done}{same}.")
        for problem in report.problems:
            errors.print(f"row {problem.row}: {problem.value}: {problem.message}", markup=False)
    if report.problems:
        raise typer.Exit(1)
