"""The HTTP API of one's own profile, and of everybody's picture."""

import asyncio
from typing import Any

from litestar import Request, Response, Router, delete, get, patch, put
from litestar.datastructures import ResponseHeader
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import FromPath, JSONBody

from questline_core.auth.accounts import time_zones
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.people.avatars import NAME, TYPE, avatar_key, remove_avatar, set_avatar
from questline_core.people.profile import change_profile, profile_of
from questline_core.people.schemas import ChangeProfile, Profile, TimeZones, UploadAvatar
from questline_sdk import Context, NotFound

Ctx = NamedDependency[HostContext]
AVATAR_BODY = 5_000_000
"""A picture of 3 MB as Base64, and the JSON around it."""
HEADERS = {
    "cache-control": "public, max-age=31536000, immutable",
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
}


@get("/profile", operation_id="get_profile", permission="identity.profile.read")
async def get_profile(ctx: Ctx) -> Profile:
    """The signed-in user's profile, with the fields that plugins add."""
    return await profile_of(ctx, ctx.user.id)


@patch("/profile", operation_id="change_profile", permission="identity.profile.manage", own_only=True)
async def change_own_profile(ctx: Ctx, data: JSONBody[ChangeProfile]) -> Profile:
    """Change the signed-in user's profile; what is left out stays."""
    await change_profile(ctx, ctx.user.id, data)
    return await profile_of(ctx, ctx.user.id)


@put(
    "/profile/avatar",
    operation_id="set_avatar",
    permission="identity.profile.manage",
    own_only=True,
    request_max_body_size=AVATAR_BODY,
)
async def set_own_avatar(ctx: Ctx, data: JSONBody[UploadAvatar]) -> Profile:
    """Give oneself a picture; it is cut square, and nothing else of the file is kept."""
    await set_avatar(ctx, ctx.user.id, data.content)
    return await profile_of(ctx, ctx.user.id)


@delete("/profile/avatar", operation_id="remove_avatar", permission="identity.profile.manage", own_only=True)
async def remove_own_avatar(ctx: Ctx) -> None:
    """Take one's own picture away."""
    await remove_avatar(ctx, ctx.user.id)


@get("/time-zones", operation_id="list_time_zones", permission="identity.profile.read")
async def list_time_zones() -> TimeZones:
    """The IANA time zones that a profile may name."""
    return TimeZones(time_zones=sorted(await asyncio.to_thread(time_zones)))


@get(
    "/avatars/{name:str}",
    operation_id="get_avatar",
    public=True,
    own_encoding=True,
    media_type="image/webp",
    summary="A picture of somebody",
    response_headers=[ResponseHeader(name="etag", description="Version of the file.", documentation_only=True)],
    responses={
        304: ResponseSpec(data_container=None, description="The client's copy is good.", generate_examples=False)
    },
)
async def get_avatar(
    ctx: NamedDependency[Context], host: NamedDependency[Host], request: Request[Any, Any, Any], name: FromPath[str]
) -> Response[bytes]:
    """A picture by the name that nobody can guess; it never changes, so it may be cached for ever."""
    if not NAME.fullmatch(name):
        raise NotFound("There is no such picture.", code="media_not_found")
    headers = HEADERS | {"etag": f'"{name[:16]}"'}
    key = avatar_key(ctx.tenant_id, name)
    if headers["etag"] in request.headers.get("if-none-match", ""):
        await host.store.info(key)
        return Response(b"", status_code=304, headers=headers, media_type=TYPE)
    return Response(await host.store.get(key), headers=headers, media_type=TYPE)


router = Router(
    "/api/v1",
    route_handlers=[
        get_profile,
        change_own_profile,
        set_own_avatar,
        remove_own_avatar,
        list_time_zones,
        get_avatar,
    ],
    tags=["people"],
)
