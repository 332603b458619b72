"""What routes answer to somebody who has just come in: the session, and the cookies that keep it."""

from typing import Any

from litestar import Request, Response
from litestar.datastructures import Cookie

from questline_core.auth.cookies import OWN_COOKIE, cookie_name, own_cookie, session_cookies
from questline_core.auth.entering import SignedIn
from questline_core.auth.models import User as Account
from questline_core.auth.queries import Profile
from questline_core.auth.schemas import Session, User
from questline_core.auth.sessions import Device
from questline_core.host import Host

AnyRequest = Request[Any, Any, Any]


async def signed_in(host: Host, request: AnyRequest, entered: SignedIn, *, status: int = 200) -> Response[Session]:
    """The answer with an access token and the session's cookies."""
    account, cookie = entered.user, entered.cookie
    token = host.tokens.issue(
        user_id=account.id,
        tenant_id=cookie.tenant_id,
        role=account.role,
        roles=entered.standing.roles,
        narrow=entered.standing.narrow,
        session_id=cookie.session_id,
        enrol=entered.must_enrol,
        consent=entered.must_consent,
        impersonator_id=entered.impersonation.impersonator_id if entered.impersonation else None,
    )
    enabled, grants = await host.enablement.of(cookie.tenant_id), await host.roles.grants(cookie.tenant_id)
    permissions = host.permissions.of_roles((account.role, *entered.standing.roles), enabled, grants)
    session = Session(
        access_token=token,
        expires_in=host.tokens.seconds,
        user=shown_user(account, permissions),
        must_enrol=entered.must_enrol,
        must_consent=entered.must_consent,
        impersonation=entered.impersonation,
    )
    response = Response(session, status_code=status, headers={"cache-control": "no-store"})
    cookies = session_cookies(request, host.settings, cookie, days=entered.idle_days)
    if entered.impersonation is None and cookie_name(request, host.settings, OWN_COOKIE) in request.cookies:
        cookies.append(own_cookie(request, host.settings, "", 0))
    return with_cookies(response, cookies)


def with_cookies(response: Response[Any], cookies: list[Cookie]) -> Response[Any]:
    """Set cookies on a response."""
    for cookie in cookies:
        response.set_cookie(cookie)
    return response


def shown_user(account: Account | Profile, permissions: frozenset[str]) -> User:
    """The signed-in user as the API shows them."""
    fields = {name: getattr(account, name) for name in User.__struct_fields__ if name != "permissions"}
    return User(**fields, permissions=sorted(permissions))


def device_of(request: AnyRequest) -> Device:
    """Where a request comes from: its address is the connection's, or what a trusted proxy says."""
    return Device(user_agent=request.headers.get("user-agent"), address=request.client.host if request.client else None)
