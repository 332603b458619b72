"""The HTTP API of roles: making them, giving them to people, and saying why somebody may do something."""

from typing import Annotated
from uuid import UUID

from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from questline_core.access import courses, definitions, explain, granting
from questline_core.access.schemas import (
    ChangeRole,
    CourseName,
    Explanation,
    Grant,
    GrantFilter,
    NewGrant,
    NewRole,
    PermissionCatalogue,
    RoleCard,
    RoleList,
    SetUserRole,
    UserAccess,
)
from questline_core.auth.second_factor import demand_recent
from questline_core.context import HostContext
from questline_sdk import Page

READ = "tenant.roles.read"
MANAGE = "tenant.roles.manage"
Ctx = NamedDependency[HostContext]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The most items to answer with.")]
Search = Annotated[
    str | None, QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of a course's title.")
]
AskedFor = Annotated[
    str,
    QueryParameter(
        name="permission", max_length=200, pattern=r"^[a-z0-9_.]+$", description="The permission asked for."
    ),
]
RoleName = Annotated[str | None, QueryParameter(max_length=40, pattern=r"^[a-z0-9_-]*$", description="Only this role.")]


@get("/permissions", operation_id="list_permissions", permission="identity.profile.read")
async def list_permissions(ctx: Ctx) -> PermissionCatalogue:
    """Every permission there is here, in plain words, by who brings it."""
    return await definitions.permission_catalogue(ctx)


@get("/roles", operation_id="list_roles", permission=READ, scoped=True)
async def list_roles(ctx: Ctx) -> RoleList:
    """The built-in roles and the tenant's own, with what they hold."""
    return await definitions.list_roles(ctx)


@post("/roles", operation_id="create_role", permission=MANAGE)
async def create_role(ctx: Ctx, data: JSONBody[NewRole]) -> RoleCard:
    """Make a role of permissions that one holds; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await definitions.create_role(ctx, data)


@put("/roles/{slug:str}", operation_id="change_role", permission=MANAGE)
async def change_role(ctx: Ctx, slug: FromPath[str], data: JSONBody[ChangeRole]) -> RoleCard:
    """Change a role of the tenant's own, for everybody who holds it; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await definitions.change_role(ctx, slug, data)


@delete("/roles/{slug:str}", operation_id="delete_role", permission=MANAGE)
async def delete_role(ctx: Ctx, slug: FromPath[str]) -> None:
    """Delete a role that nobody holds; 409 names those who hold it."""
    await definitions.delete_role(ctx, slug)


@get("/grants", operation_id="list_grants", permission=READ, scoped=True)
async def list_grants(
    ctx: Ctx,
    subject_id: FromQuery[UUID | None] = None,
    course_id: FromQuery[UUID | None] = None,
    group_id: FromQuery[UUID | None] = None,
    role: RoleName = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[Grant]:
    """Who holds which role where beside their own, the newest first."""
    wanted = GrantFilter(subject_id=subject_id, course_id=course_id, group_id=group_id, role=role)
    return await granting.list_grants(ctx, wanted, cursor=cursor, limit=limit)


@post("/grants", operation_id="grant_role", permission=MANAGE, scoped=True)
async def grant_role(ctx: Ctx, data: JSONBody[NewGrant]) -> Grant:
    """Give somebody a role whose permissions one holds; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await granting.grant_role(ctx, data)


@delete("/grants/{grant_id:uuid}", operation_id="revoke_grant", permission=MANAGE, scoped=True)
async def revoke_grant(ctx: Ctx, grant_id: FromPath[UUID]) -> None:
    """Take a role away; it ends at once."""
    await granting.revoke_grant(ctx, grant_id)


@put("/users/{user_id:uuid}/role", operation_id="set_user_role", permission=MANAGE)
async def set_user_role(ctx: Ctx, user_id: FromPath[UUID], data: JSONBody[SetUserRole]) -> UserAccess:
    """Give a person another built-in role; needs a recent proof of identity. 409 for the last owner."""
    await demand_recent(ctx)
    await granting.set_user_role(ctx, user_id, data.role)
    return await explain.access_of(ctx, user_id)


@get("/users/{user_id:uuid}/access", operation_id="get_user_access", permission=READ)
async def get_user_access(ctx: Ctx, user_id: FromPath[UUID]) -> UserAccess:
    """What a person is, which roles they hold, and what they may do."""
    return await explain.access_of(ctx, user_id)


@get("/users/{user_id:uuid}/access/explanation", operation_id="explain_access", permission=READ)
async def explain_access(
    ctx: Ctx,
    user_id: FromPath[UUID],
    permission: AskedFor,
    course_id: FromQuery[UUID | None] = None,
    group_id: FromQuery[UUID | None] = None,
) -> Explanation:
    """Why a person may do something, or why not."""
    return await explain.explain(ctx, user_id, permission, course_id=course_id, group_id=group_id)


@get("/courses", operation_id="list_courses", permission="content.course.read", scoped=True)
async def list_courses(
    ctx: Ctx,
    permission: AskedFor = "content.course.read",
    search: Search = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[CourseName]:
    """The courses in which the caller holds a permission, such as `content.course.manage`, by title."""
    return await courses.courses_to(ctx, permission, search=search, cursor=cursor, limit=limit)


router = Router(
    "/api/v1",
    route_handlers=[
        list_permissions,
        list_roles,
        create_role,
        change_role,
        delete_role,
        list_grants,
        grant_role,
        revoke_grant,
        set_user_role,
        get_user_access,
        explain_access,
        list_courses,
    ],
    tags=["access"],
)
