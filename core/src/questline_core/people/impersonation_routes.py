"""The HTTP API of acting for somebody else; below `/auth`, where a browser sends the cookies of its session."""

from litestar import Response, Router, post
from litestar.di import NamedDependency
from litestar.params import JSONBody

from questline_core.auth.answers import AnyRequest, device_of, signed_in, with_cookies
from questline_core.auth.cookies import OWN_COOKIE, RefreshCookie, check_csrf, no_cookies, own_cookie
from questline_core.auth.schemas import Session
from questline_core.auth.service import refresh
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.http.problems import questline_error
from questline_core.http.responses import problems
from questline_core.people.impersonation import PERMISSION, begin, end
from questline_core.people.schemas import Impersonate
from questline_sdk import Forbidden, Unauthenticated


@post("/impersonation", operation_id="begin_impersonation", permission=PERMISSION, responses=problems(403, 409))
async def begin_impersonation(
    ctx: NamedDependency[HostContext], host: NamedDependency[Host], request: AnyRequest, data: JSONBody[Impersonate]
) -> Response[Session]:
    """Act for somebody else in this browser for half an hour; needs `X-CSRF-Token` and a recent proof of identity.

    One's own session stays, and is gone back to at the end.
    """
    own = RefreshCookie.read(request, host.settings)
    if own is None or own.session_id != ctx.user.session_id:
        raise Forbidden("Log in with a browser to act for somebody.", code="csrf_failed")
    check_csrf(request, host.settings, own.session_id)
    entered = await begin(ctx, data.user_id, data.reason, device_of(request))
    response = await signed_in(host, request, entered, status=201)
    return with_cookies(response, [own_cookie(request, host.settings, own.value, entered.idle_days)])


@post("/impersonation/end", operation_id="end_impersonation", public=True, tenantless=True, status_code=200)
async def end_impersonation(host: NamedDependency[Host], request: AnyRequest) -> Response[Session]:
    """Go back to one's own session; needs `X-CSRF-Token`. 401 where that has ended meanwhile."""
    presented, own = RefreshCookie.read(request, host.settings), RefreshCookie.read(request, host.settings, OWN_COOKIE)
    try:
        if presented is None or own is None:
            raise Unauthenticated("Nobody acts for somebody else here.", code="session_ended")
        check_csrf(request, host.settings, presented.session_id)
        await end(host, presented)
        return await signed_in(host, request, await refresh(host, own))
    except Unauthenticated as error:
        return with_cookies(questline_error(request, error), no_cookies(request, host.settings))


router = Router(
    "/api/v1/auth",
    route_handlers=[begin_impersonation, end_impersonation],
    tags=["people"],
)
