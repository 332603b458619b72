"""The HTTP API of accounts and sessions."""

from typing import Annotated, Any, Literal

import msgspec
from litestar import Request, Response, Router, get, patch, post
from litestar.datastructures import Cookie
from litestar.di import NamedDependency
from litestar.params import JSONBody, QueryParameter

from questline_core.auth import service
from questline_core.auth.cookies import (
    RefreshCookie,
    check_csrf,
    no_cookies,
    refuse_other_sites,
    session_cookies,
)
from questline_core.auth.models import User as Account
from questline_core.auth.queries import PROFILE, Profile, list_people
from questline_core.auth.schemas import ChangePassword, LogIn, Person, Session, SignUp, UpdateMe, User
from questline_core.auth.service import SignedIn
from questline_core.auth.sessions import Device
from questline_core.host import Host
from questline_core.http.problems import questline_error
from questline_core.http.responses import NO_CONTENT, problems
from questline_sdk import Context, Page, Unauthenticated

AnyRequest = Request[Any, Any, Any]
Search = Annotated[
    str | None,
    QueryParameter(max_length=100, pattern=r"^[^\x00]*$", description="Part of a name or of an e-mail address."),
]
Sort = Annotated[
    Literal["display_name", "-display_name", "created_at", "-created_at", "role", "-role"],
    QueryParameter(description="What to sort by; `-` turns the order round."),
]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The most items to answer with.")]


@post("/auth/sign-up", operation_id="sign_up", public=True, responses=problems(403, 429))
async def sign_up(
    ctx: NamedDependency[Context], host: NamedDependency[Host], request: AnyRequest, data: JSONBody[SignUp]
) -> Response[Session]:
    """Create an account and sign in to it; 403 where the site lets nobody sign up, 409 for a taken e-mail address."""
    refuse_other_sites(request)
    return await _signed_in(host, request, await service.sign_up(ctx, host, data, _device(request)), status=201)


@post("/auth/log-in", operation_id="log_in", public=True, status_code=200, responses=problems(403, 429))
async def log_in(
    ctx: NamedDependency[Context], host: NamedDependency[Host], request: AnyRequest, data: JSONBody[LogIn]
) -> Response[Session]:
    """Sign in; sets the refresh cookie and the cookie whose value `X-CSRF-Token` must repeat."""
    refuse_other_sites(request)
    return await _signed_in(host, request, await service.log_in(ctx, host, data, _device(request)))


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
    presented = RefreshCookie.read(request)
    try:
        if presented is None:
            raise Unauthenticated("Nobody is signed in here.", code="session_ended")
        check_csrf(request, host.settings, presented.session_id)
        return await _signed_in(host, request, await service.refresh(host, presented))
    except Unauthenticated as error:
        return _with_cookies(questline_error(request, error), no_cookies(request, host.settings))


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
    presented = RefreshCookie.read(request)
    if presented is not None:
        check_csrf(request, host.settings, presented.session_id)
        await service.log_out(host, presented)
    return _with_cookies(Response(None, status_code=204), no_cookies(request, host.settings))


@get("/me", operation_id="get_me", permission="identity.profile.read")
async def get_me(ctx: NamedDependency[Context]) -> User:
    """The signed-in user, and what they may do."""
    profile = await ctx.fetch_one(PROFILE, user_id=ctx.user.id)
    if profile is None:
        raise Unauthenticated("This account does not exist any more.", code="account_gone")
    return _user(profile, ctx.user.permissions)


@patch("/me", operation_id="update_me", permission="identity.profile.manage")
async def update_me(ctx: NamedDependency[Context], data: JSONBody[UpdateMe]) -> User:
    """Change the signed-in user's profile; what is left out stays."""
    account = await service.update_profile(ctx, ctx.user.id, **msgspec.to_builtins(data))
    return _user(account, ctx.user.permissions)


@post(
    "/me/password",
    operation_id="change_password",
    permission="identity.profile.manage",
    status_code=204,
    responses=problems(429),
)
async def change_password(
    ctx: NamedDependency[Context], host: NamedDependency[Host], data: JSONBody[ChangePassword]
) -> None:
    """Change the password; the user's other sessions end."""
    await service.change_password(ctx, host, data)


@get("/users", operation_id="list_users", permission="tenant.users.read")
async def list_users(
    ctx: NamedDependency[Context],
    search: Search = None,
    sort: Sort = "display_name",
    cursor: Cursor = None,
    limit: Limit = 20,
) -> Page[Person]:
    """The people of the tenant."""
    return await list_people(ctx, search=search, sort=sort, cursor=cursor, limit=limit)


async def _signed_in(host: Host, request: AnyRequest, signed_in: SignedIn, *, status: int = 200) -> Response[Session]:
    account, cookie = signed_in.user, signed_in.cookie
    token = host.tokens.issue(
        user_id=account.id, tenant_id=cookie.tenant_id, role=account.role, session_id=cookie.session_id
    )
    permissions = host.permissions.of_role(account.role, await host.enablement.of(cookie.tenant_id))
    session = Session(access_token=token, expires_in=host.tokens.seconds, user=_user(account, permissions))
    response = Response(session, status_code=status, headers={"cache-control": "no-store"})
    return _with_cookies(response, session_cookies(request, host.settings, cookie))


def _with_cookies(response: Response[Any], cookies: list[Cookie]) -> Response[Any]:
    for cookie in cookies:
        response.set_cookie(cookie)
    return response


def _user(account: Account | Profile, permissions: frozenset[str]) -> User:
    fields = {name: getattr(account, name) for name in User.__struct_fields__ if name != "permissions"}
    return User(**fields, permissions=sorted(permissions))


def _device(request: AnyRequest) -> Device:
    # The connection's own address only: a header that anybody can send says nothing.
    return Device(user_agent=request.headers.get("user-agent"), address=request.client.host if request.client else None)


router = Router(
    "/api/v1",
    route_handlers=[
        sign_up,
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
