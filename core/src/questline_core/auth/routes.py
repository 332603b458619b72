"""The HTTP API of accounts and sessions."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Response, Router, get, patch, post
from litestar.di import NamedDependency
from litestar.openapi.datastructures import ResponseSpec
from litestar.params import JSONBody, QueryParameter

from questline_core.auth import service
from questline_core.auth.answers import AnyRequest, device_of, shown_user, signed_in, with_cookies
from questline_core.auth.cookies import (
    DEVICE_COOKIE,
    OWN_COOKIE,
    RefreshCookie,
    check_csrf,
    no_cookies,
    read_cookie,
    refuse_other_sites,
)
from questline_core.auth.entering import SignedIn
from questline_core.auth.policy import RoleName
from questline_core.auth.queries import PROFILE, list_people
from questline_core.auth.schemas import (
    ChangePassword,
    LogIn,
    Person,
    SecondFactorNeeded,
    Session,
    StatusName,
    UpdateMe,
    User,
)
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.problems import questline_error
from questline_core.http.responses import NO_CONTENT, problems
from questline_sdk import Context, Page, Unauthenticated

NEEDS_MORE = {
    202: ResponseSpec(
        SecondFactorNeeded, description="The password is right; the second factor is missing.", generate_examples=False
    )
}
Search = Annotated[
    str | None,
    QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of a name or of an e-mail address."),
]
Sort = Annotated[
    Literal["display_name", "-display_name", "created_at", "-created_at", "role", "-role", "email", "-email"],
    QueryParameter(description="What to sort by; `-` turns the order round."),
]
WithRole = Annotated[RoleName | None, QueryParameter(description="Only those with this role.")]
WithStatus = Annotated[StatusName | None, QueryParameter(description="Only those who are active, or suspended.")]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The most items to answer with.")]


@post("/auth/log-in", operation_id="log_in", public=True, status_code=200, responses=NEEDS_MORE | problems(403, 429))
async def log_in(
    ctx: NamedDependency[HostContext], host: NamedDependency[Host], request: AnyRequest, data: JSONBody[LogIn]
) -> Response[Session]:
    """Sign in; sets the refresh cookie and the cookie whose value `X-CSRF-Token` must repeat.

    202 where the account has a second factor: give it with the ticket to `/auth/second-factor`.
    """
    refuse_other_sites(request)
    remembered, origin = read_cookie(request, host.settings, DEVICE_COOKIE), request.headers.get("origin")
    entered = await service.log_in(ctx, host, data, device_of(request), remembered=remembered, origin=origin)
    if isinstance(entered, SecondFactorNeeded):
        needed: Response[Any] = Response(entered, status_code=202, headers={"cache-control": "no-store"})
        return needed
    return await signed_in(host, request, entered)


@post(
    "/auth/refresh",
    operation_id="refresh_session",
    public=True,
    tenantless=True,
    status_code=200,
    responses=problems(403),
)
async def refresh_session(host: NamedDependency[Host], request: AnyRequest) -> Response[Session]:
    """Exchange the refresh cookie for a new one and a fresh access token; needs `X-CSRF-Token`.

    Each refresh token is good for one use. A used one that comes again after more than ten seconds ends the session.
    """
    presented = RefreshCookie.read(request, host.settings)
    try:
        if presented is None:
            raise Unauthenticated("Nobody is signed in here.", code="session_ended")
        check_csrf(request, host.settings, presented.session_id)
        return await signed_in(host, request, await _refreshed(host, request, presented))
    except Unauthenticated as error:
        return with_cookies(questline_error(request, error), no_cookies(request, host.settings))


async def _refreshed(host: Host, request: AnyRequest, presented: RefreshCookie) -> SignedIn:
    """Go on with the session; where one that was opened for somebody else has ended, with one's own again."""
    try:
        return await service.refresh(host, presented)
    except Unauthenticated:
        own = RefreshCookie.read(request, host.settings, OWN_COOKIE)
        if own is None:
            raise
        return await service.refresh(host, own)


@post(
    "/auth/log-out",
    operation_id="log_out",
    public=True,
    tenantless=True,
    status_code=204,
    responses=NO_CONTENT | problems(403),
)
async def log_out(host: NamedDependency[Host], request: AnyRequest) -> Response[None]:
    """End the session of the refresh cookie; needs `X-CSRF-Token`. Doing it twice is no error."""
    presented = RefreshCookie.read(request, host.settings)
    if presented is not None:
        check_csrf(request, host.settings, presented.session_id)
        await service.log_out(host, presented)
        own = RefreshCookie.read(request, host.settings, OWN_COOKIE)
        if own is not None:
            await service.log_out(host, own)
    return with_cookies(Response(None, status_code=204), no_cookies(request, host.settings))


@get("/me", operation_id="get_me", permission="identity.profile.read", before_enrolment=True, before_consent=True)
async def get_me(ctx: NamedDependency[Context]) -> User:
    """The signed-in user, and what they may do."""
    profile = await ctx.fetch_one(PROFILE, user_id=ctx.user.id)
    if profile is None:
        raise Unauthenticated("This account does not exist any more.", code="account_gone")
    return shown_user(profile, ctx.user.permissions)


@patch("/me", operation_id="update_me", permission="identity.profile.manage")
async def update_me(ctx: NamedDependency[Context], data: JSONBody[UpdateMe]) -> User:
    """Change the signed-in user's profile; what is left out stays."""
    account = await service.update_profile(ctx, ctx.user.id, **msgspec.to_builtins(data))
    return shown_user(account, ctx.user.permissions)


@post(
    "/me/password",
    operation_id="change_password",
    permission="identity.profile.manage",
    status_code=204,
    responses=problems(429),
)
async def change_password(
    ctx: NamedDependency[HostContext], host: NamedDependency[Host], data: JSONBody[ChangePassword]
) -> None:
    """Change the password; the user's other sessions end."""
    await service.change_password(ctx, host, data)


@get("/users", operation_id="list_users", permission="tenant.users.read")
async def list_users(
    ctx: NamedDependency[Context],
    search: Search = None,
    sort: Sort = "display_name",
    role: WithRole = None,
    status: WithStatus = None,
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[Person]:
    """The people of the tenant."""
    return await list_people(ctx, search=search, sort=sort, cursor=cursor, limit=limit, role=role, status=status)


router = Router(
    "/api/v1",
    route_handlers=[
        log_in,
        refresh_session,
        log_out,
        get_me,
        update_me,
        change_password,
        list_users,
    ],
    tags=["identity"],
)
