"""The cookies of a session: the refresh token, which no script can read, and the CSRF token, which ours must echo."""

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
CSRF_COOKIE = "questline_csrf"
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
    def read(cls, request: Request[Any, Any, Any]) -> "RefreshCookie | None":
        """The cookie a request carries; None where it has none of ours."""
        try:
            tenant, session, token = request.cookies.get(REFRESH_COOKIE, "").split(".")
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
    cookie = request.cookies.get(CSRF_COOKIE, "").encode()
    if not (hmac.compare_digest(header, cookie) & hmac.compare_digest(header, expected)):
        raise Forbidden("The X-CSRF-Token header must repeat this session's questline_csrf cookie.", code="csrf_failed")


def refuse_other_sites(request: Request[Any, Any, Any]) -> None:
    """Refuse what a browser says that another site's page sent: nobody is signed in to somebody else's account."""
    if request.headers.get("sec-fetch-site", "none") not in SAME_SITE:
        raise Forbidden("This must be sent by the site's own pages.", code="csrf_failed")


def session_cookies(request: Request[Any, Any, Any], settings: Settings, refresh: RefreshCookie) -> list[Cookie]:
    """The cookies that keep a browser signed in."""
    seconds = settings.session_days * 86_400
    return _cookies(request, settings, refresh.value, csrf_token(settings, refresh.session_id), seconds)


def no_cookies(request: Request[Any, Any, Any], settings: Settings) -> list[Cookie]:
    """The cookies that make a browser forget its session."""
    return _cookies(request, settings, "", "", 0)


def _cookies(
    request: Request[Any, Any, Any], settings: Settings, refresh: str, csrf: str, seconds: int
) -> list[Cookie]:
    secure = settings.cookie_secure and not _plain_on_loopback(request)
    return [
        Cookie(
            REFRESH_COOKIE,
            path=REFRESH_PATH,
            value=refresh,
            max_age=seconds,
            secure=secure,
            httponly=True,
            samesite="strict",
        ),
        Cookie(CSRF_COOKIE, path="/", value=csrf, max_age=seconds, secure=secure, httponly=False, samesite="strict"),
    ]


def _plain_on_loopback(request: Request[Any, Any, Any]) -> bool:
    if request.url.scheme != "http":
        return False
    name = request.url.hostname or ""
    try:
        return ipaddress.ip_address(name).is_loopback
    except ValueError:
        return name == "localhost" or name.endswith(".localhost")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).decode().rstrip("=")
