"""The cookies of a session: the refresh token, which no script can read, and the CSRF token, which ours must echo.

Over TLS each is called `__Host-...`: a browser takes such a cookie only from this very host, with `Secure` and for all
paths, so that no neighbour below the same domain can plant one. A laptop without TLS has the bare names; each site
reads only the names that it sets.
"""

import base64
import hashlib
import hmac
import ipaddress
import secrets
from typing import Any
from uuid import UUID

import msgspec
from litestar import Request
from litestar.datastructures import Cookie

from questline_core.settings import Settings
from questline_sdk import Forbidden

REFRESH_COOKIE = "questline_refresh"
OWN_COOKIE = "questline_own"
"""The refresh token of who acts for somebody else in this browser, until they go back."""
CSRF_COOKIE = "questline_csrf"
DEVICE_COOKIE = "questline_device"
HOST_ONLY = "__Host-"
CSRF_HEADER = "x-csrf-token"
REFRESH_PATH = "/api/v1/auth"
TOKEN_BYTES = 32
SAME_SITE = {"none", "same-origin"}


class RefreshCookie(msgspec.Struct, frozen=True, kw_only=True):
    """What the refresh cookie holds: whose session it is, and the secret that is its single-use token."""

    tenant_id: UUID
    session_id: UUID
    token: str

    @classmethod
    def fresh(cls, tenant_id: UUID, session_id: UUID) -> "RefreshCookie":
        """A new random token of 256 bits for a session."""
        return cls(tenant_id=tenant_id, session_id=session_id, token=secrets.token_urlsafe(TOKEN_BYTES))

    @classmethod
    def read(
        cls, request: Request[Any, Any, Any], settings: Settings, name: str = REFRESH_COOKIE
    ) -> "RefreshCookie | None":
        """The cookie a request carries; None where it has none of ours."""
        try:
            tenant, session, token = read_cookie(request, settings, name).split(".")
            return cls(tenant_id=UUID(tenant), session_id=UUID(session), token=token)
        except ValueError:
            return None

    @property
    def value(self) -> str:
        """The cookie's text."""
        return f"{self.tenant_id.hex}.{self.session_id.hex}.{self.token}"

    @property
    def token_hash(self) -> bytes:
        """What the database knows of the token."""
        return hashlib.sha256(self.token.encode()).digest()


def csrf_token(settings: Settings, session_id: UUID) -> str:
    """The CSRF token of a session: bound to it, so that one planted from another session is worth nothing."""
    key = settings.require("secret_key").encode()
    return _text(hmac.digest(key, b"questline csrf token\0" + session_id.bytes, "sha256"))


def check_csrf(request: Request[Any, Any, Any], settings: Settings, session_id: UUID) -> None:
    """Demand that our own script sent the request: header, cookie and session agree; raises `Forbidden`."""
    refuse_other_sites(request)
    expected = csrf_token(settings, session_id).encode()
    header = request.headers.get(CSRF_HEADER, "").encode()
    cookie = read_cookie(request, settings, CSRF_COOKIE).encode()
    if not (hmac.compare_digest(header, cookie) & hmac.compare_digest(header, expected)):
        name = cookie_name(request, settings, CSRF_COOKIE)
        raise Forbidden(f"The X-CSRF-Token header must repeat this session's {name} cookie.", code="csrf_failed")


def refuse_other_sites(request: Request[Any, Any, Any]) -> None:
    """Refuse what a browser says that another site's page sent: nobody is signed in to somebody else's account."""
    if request.headers.get("sec-fetch-site", "none") not in SAME_SITE:
        raise Forbidden("This must be sent by the site's own pages.", code="csrf_failed")


def session_cookies(
    request: Request[Any, Any, Any], settings: Settings, refresh: RefreshCookie, *, days: int
) -> list[Cookie]:
    """The cookies that keep a browser signed in for some days."""
    seconds = days * 86_400
    return _cookies(request, settings, refresh.value, csrf_token(settings, refresh.session_id), seconds)


def device_cookie(request: Request[Any, Any, Any], settings: Settings, token: str, days: int) -> Cookie:
    """The cookie of a device that need not give the second factor for some days."""
    return hidden_cookie(request, settings, DEVICE_COOKIE, token, days * 86_400)


def own_cookie(request: Request[Any, Any, Any], settings: Settings, value: str, days: int) -> Cookie:
    """The cookie that keeps one's own session while one acts for somebody else; gone with no days."""
    return hidden_cookie(request, settings, OWN_COOKIE, value, days * 86_400)


def no_cookies(request: Request[Any, Any, Any], settings: Settings) -> list[Cookie]:
    """The cookies that make a browser forget its session, and its own one behind it."""
    return [*_cookies(request, settings, "", "", 0), own_cookie(request, settings, "", 0)]


def _cookies(
    request: Request[Any, Any, Any], settings: Settings, refresh: str, csrf: str, seconds: int
) -> list[Cookie]:
    return [
        hidden_cookie(request, settings, REFRESH_COOKIE, refresh, seconds),
        Cookie(
            cookie_name(request, settings, CSRF_COOKIE),
            path="/",
            value=csrf,
            max_age=seconds,
            secure=is_secure(request, settings),
            httponly=False,
            samesite="strict",
        ),
    ]


def hidden_cookie(
    request: Request[Any, Any, Any],
    settings: Settings,
    name: str,
    value: str,
    seconds: int,
    *,
    path: str = REFRESH_PATH,
) -> Cookie:
    """A cookie that no script can read; without TLS it is sent below its path only, which `__Host-` does not allow."""
    secure = is_secure(request, settings)
    return Cookie(
        cookie_name(request, settings, name),
        path="/" if secure else path,
        value=value,
        max_age=seconds,
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def cookie_name(request: Request[Any, Any, Any], settings: Settings, name: str) -> str:
    """What a cookie is called where the request came to."""
    return HOST_ONLY + name if is_secure(request, settings) else name


def read_cookie(request: Request[Any, Any, Any], settings: Settings, name: str) -> str:
    """The text of a cookie of ours; empty where the request has none."""
    return request.cookies.get(cookie_name(request, settings, name), "")


def is_secure(request: Request[Any, Any, Any], settings: Settings) -> bool:
    """Say whether cookies are kept for TLS: everywhere but on a laptop, or where the settings say otherwise."""
    return settings.cookie_secure and not plain_on_loopback(request)


def plain_on_loopback(request: Request[Any, Any, Any]) -> bool:
    """Say whether a request reached this machine itself without TLS, where a browser keeps no secure cookie."""
    if request.url.scheme != "http":
        return False
    name = request.url.hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
