"""The HTTP API of those who manage people."""

from typing import Any
from uuid import UUID

from litestar import Router, delete, get, patch, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from questline_core.auth import security
from questline_core.auth.accounts import get_user
from questline_core.auth.schemas import SessionList
from questline_core.auth.second_factor import demand_recent
from questline_core.context import HostContext
from questline_core.people import administration
from questline_core.people.avatars import remove_avatar
from questline_core.people.rights import demand_manageable
from questline_core.people.schemas import ChangeEmail, ChangePerson, MailedLink, PersonDetails

Ctx = NamedDependency[HostContext]
UserId = FromPath[UUID]
READ: dict[str, Any] = {"permission": "tenant.users.read"}
MANAGE: dict[str, Any] = {"permission": "tenant.users.manage"}


@get("/users/{user_id:uuid}", operation_id="get_user", **READ)
async def get_person(ctx: Ctx, user_id: UserId) -> PersonDetails:
    """Somebody's profile, and how their account stands."""
    return await administration.details_of(ctx, user_id)


@patch("/users/{user_id:uuid}", operation_id="change_user", **MANAGE)
async def change_person(ctx: Ctx, user_id: UserId, data: JSONBody[ChangePerson]) -> PersonDetails:
    """Change somebody's profile; what is left out stays."""
    return await administration.change_person(ctx, user_id, data)


@delete("/users/{user_id:uuid}/avatar", operation_id="remove_user_avatar", **MANAGE)
async def remove_person_avatar(ctx: Ctx, user_id: UserId) -> None:
    """Take somebody's picture away."""
    await demand_manageable(ctx, await get_user(ctx, user_id))
    await remove_avatar(ctx, user_id)


@put("/users/{user_id:uuid}/email", operation_id="change_user_email", **MANAGE)
async def change_person_email(ctx: Ctx, user_id: UserId, data: JSONBody[ChangeEmail]) -> PersonDetails:
    """Give somebody another address, both addresses are told; needs a recent proof of identity."""
    await demand_recent(ctx)
    return await administration.change_email(ctx, user_id, data.email)


@post("/users/{user_id:uuid}/password-reset", operation_id="send_password_reset", status_code=200, **MANAGE)
async def send_password_reset(ctx: Ctx, user_id: UserId) -> MailedLink:
    """Send somebody a link for a new password; where the site sends no mail, hand it on yourself.

    Needs a recent proof of identity.
    """
    await demand_recent(ctx)
    return await administration.send_reset(ctx, user_id)


@post("/users/{user_id:uuid}/suspension", operation_id="suspend_user", status_code=200, **MANAGE)
async def suspend_person(ctx: Ctx, user_id: UserId) -> PersonDetails:
    """Let somebody in no more; their sessions end at once."""
    return await administration.suspend(ctx, user_id)


@delete("/users/{user_id:uuid}/suspension", operation_id="reactivate_user", status_code=200, **MANAGE)
async def reactivate_person(ctx: Ctx, user_id: UserId) -> PersonDetails:
    """Let somebody in again."""
    return await administration.reactivate(ctx, user_id)


@get("/users/{user_id:uuid}/sessions", operation_id="list_user_sessions", **MANAGE)
async def list_person_sessions(ctx: Ctx, user_id: UserId) -> SessionList:
    """The browsers somebody is signed in with."""
    await demand_manageable(ctx, await get_user(ctx, user_id))
    return SessionList(sessions=await security.sessions_of(ctx, user_id))


@delete("/users/{user_id:uuid}/sessions", operation_id="end_user_sessions", **MANAGE)
async def end_person_sessions(ctx: Ctx, user_id: UserId) -> None:
    """Sign somebody out everywhere."""
    await administration.end_sessions(ctx, user_id)


router = Router(
    "/api/v1",
    route_handlers=[
        get_person,
        change_person,
        remove_person_avatar,
        change_person_email,
        send_password_reset,
        suspend_person,
        reactivate_person,
        list_person_sessions,
        end_person_sessions,
    ],
    tags=["people"],
)
