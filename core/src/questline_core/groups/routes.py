"""The HTTP API of groups and cohorts."""

from typing import Annotated, Literal
from uuid import UUID

from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter

from questline_core.context import HostContext
from questline_core.groups import courses, members, queries, service
from questline_core.groups.schemas import (
    GroupCard,
    GroupChanges,
    GroupCourses,
    GroupKind,
    Member,
    MembersChanged,
    NewGroup,
    NewMembers,
    People,
    SetMember,
)
from questline_core.http.responses import problems
from questline_sdk import Page

READ = "tenant.groups.read"
MANAGE = "tenant.groups.manage"
WITHIN = "group_id"
"""These routes are good for who holds their permission over the group, too."""
Ctx = NamedDependency[HostContext]
GroupSearch = Annotated[
    str | None,
    QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of a name, slug or description."),
]
MemberSearch = Annotated[
    str | None,
    QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of a name or of an e-mail address."),
]
Kind = Annotated[GroupKind | None, QueryParameter(description="Only groups or only cohorts.")]
GroupSort = Annotated[
    Literal["name", "-name", "created_at", "-created_at", "starts_on", "-starts_on"],
    QueryParameter(description="What to sort by; `-` turns the order round."),
]
MemberSort = Annotated[
    Literal["display_name", "-display_name", "added_at", "-added_at"],
    QueryParameter(description="What to sort by; `-` turns the order round."),
]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The most items to answer with.")]


@get("/groups", operation_id="list_groups", permission=READ, scoped=True)
async def list_groups(
    ctx: Ctx,
    search: GroupSearch = None,
    kind: Kind = None,
    sort: GroupSort = "name",
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[GroupCard]:
    """The groups and cohorts of the tenant, or those over which one holds a role that may see them."""
    return await queries.list_groups(ctx, search=search, kind=kind, sort=sort, cursor=cursor, limit=limit)


@post("/groups", operation_id="create_group", permission=MANAGE, responses=problems(409))
async def create_group(ctx: Ctx, data: JSONBody[NewGroup]) -> GroupCard:
    """Make a group or a cohort."""
    return await queries.show_group(ctx, (await service.create_group(ctx, data)).id)


@get("/groups/{group_id:uuid}", operation_id="get_group", permission=READ, scoped=WITHIN)
async def get_group(ctx: Ctx, group_id: FromPath[UUID]) -> GroupCard:
    """A group, and how many people and courses it has."""
    return await queries.show_group(ctx, group_id)


@patch(
    "/groups/{group_id:uuid}", operation_id="update_group", permission=MANAGE, scoped=WITHIN, responses=problems(409)
)
async def update_group(ctx: Ctx, group_id: FromPath[UUID], data: JSONBody[GroupChanges]) -> GroupCard:
    """Change a group; what is left out stays. A cohort that becomes a group loses its dates."""
    await service.update_group(ctx, group_id, data)
    return await queries.show_group(ctx, group_id)


@delete("/groups/{group_id:uuid}", operation_id="delete_group", permission=MANAGE)
async def delete_group(ctx: Ctx, group_id: FromPath[UUID]) -> None:
    """Delete a group; its members stay enrolled in its courses."""
    await service.delete_group(ctx, group_id)


@get("/groups/{group_id:uuid}/members", operation_id="list_group_members", permission=READ, scoped=WITHIN)
async def list_members(
    ctx: Ctx,
    group_id: FromPath[UUID],
    search: MemberSearch = None,
    sort: MemberSort = "display_name",
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[Member]:
    """Who belongs to a group."""
    return await queries.list_members(ctx, group_id, search=search, sort=sort, cursor=cursor, limit=limit)


@post(
    "/groups/{group_id:uuid}/members",
    operation_id="add_group_members",
    permission=MANAGE,
    scoped=WITHIN,
    status_code=200,
)
async def add_members(ctx: Ctx, group_id: FromPath[UUID], data: JSONBody[NewMembers]) -> MembersChanged:
    """Add people by id or e-mail address; they are enrolled in the group's courses in the background.

    Rows that name nobody are reported and change nothing; the others are added.
    """
    group = await service.locked_group(ctx, group_id)
    return await members.add_people(ctx, group, data.people, manager=data.manager)


@post(
    "/groups/{group_id:uuid}/removal",
    operation_id="remove_group_members",
    permission=MANAGE,
    scoped=WITHIN,
    status_code=200,
)
async def remove_members(ctx: Ctx, group_id: FromPath[UUID], data: JSONBody[People]) -> MembersChanged:
    """Remove people by id or e-mail address; they stay enrolled."""
    group = await service.locked_group(ctx, group_id)
    return await members.remove_people(ctx, group, data.people)


@put(
    "/groups/{group_id:uuid}/members/{user_id:uuid}",
    operation_id="set_group_member",
    permission=MANAGE,
    scoped=WITHIN,
    status_code=204,
)
async def set_member(ctx: Ctx, group_id: FromPath[UUID], user_id: FromPath[UUID], data: JSONBody[SetMember]) -> None:
    """Say whether a member answers for the group."""
    group = await service.locked_group(ctx, group_id)
    await members.set_manager(ctx, group, user_id, manager=data.manager)


@get("/groups/{group_id:uuid}/courses", operation_id="list_group_courses", permission=READ, scoped=WITHIN)
async def list_courses(ctx: Ctx, group_id: FromPath[UUID]) -> GroupCourses:
    """The courses of a group, and how many of its members take and have completed each."""
    await service.get_group(ctx, group_id)
    return GroupCourses(courses=await courses.list_courses(ctx, group_id))


@put(
    "/groups/{group_id:uuid}/courses/{course_id:uuid}",
    operation_id="assign_group_course",
    permission=MANAGE,
    status_code=204,
)
async def assign_course(ctx: Ctx, group_id: FromPath[UUID], course_id: FromPath[UUID]) -> None:
    """Give a group a course; its members are enrolled in the background."""
    await courses.assign_course(ctx, await service.locked_group(ctx, group_id), course_id)


@delete("/groups/{group_id:uuid}/courses/{course_id:uuid}", operation_id="unassign_group_course", permission=MANAGE)
async def unassign_course(ctx: Ctx, group_id: FromPath[UUID], course_id: FromPath[UUID]) -> None:
    """Take a course from a group; who is enrolled stays so."""
    await courses.unassign_course(ctx, await service.locked_group(ctx, group_id), course_id)


router = Router(
    "/api/v1",
    route_handlers=[
        list_groups,
        create_group,
        get_group,
        update_group,
        delete_group,
        list_members,
        add_members,
        remove_members,
        set_member,
        list_courses,
        assign_course,
        unassign_course,
    ],
    tags=["groups"],
)
