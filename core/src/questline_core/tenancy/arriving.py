"""How a request finds its tenant before the router: paths that name one, and domains that lead to another."""

import re
from typing import Any

from litestar.enums import ScopeType
from litestar.middleware import ASGIMiddleware
from litestar.types import ASGIApp, Receive, Scope, Send

from questline_core.tenancy.closed_page import POLICY, closed_page
from questline_core.tenancy.directory import TenantDirectory
from questline_sdk import NotFound

PATH = re.compile(r"/t/([a-z0-9][a-z0-9-]{0,62})(/.*)?")
COOKIE = "questline_tenant"
HEADER = b"x-questline-tenant"
LONG = 31_536_000


class ArrivingMiddleware(ASGIMiddleware):
    """`/t/<slug>/api/...` is the API of that tenant; a page there remembers the tenant and goes on without the prefix.

    A page asked for at a domain that redirects is sent to the primary one.
    """

    scopes = (ScopeType.HTTP,)

    def __init__(self, tenants: TenantDirectory) -> None:
        self._tenants = tenants

    async def handle(self, scope: Scope, receive: Receive, send: Send, next_app: ASGIApp) -> None:
        """Answer with a redirect, or pass the request on."""
        request: Any = scope
        path = request["path"]
        found = PATH.fullmatch(path)
        if found:
            slug, rest = found[1], found[2] or "/"
            if not rest.startswith("/api/"):
                cookie = f"{COOKIE}={slug}; Path=/; Max-Age={LONG}; SameSite=Lax; HttpOnly"
                cookie += "; Secure" if request["state"].get("https") else ""
                await _redirect(send, 303, _with_query(scope, rest), (b"set-cookie", cookie.encode()))
                return
            scope["path"], scope["raw_path"] = rest, rest.encode()
            scope["headers"] = [*(each for each in scope["headers"] if each[0] != HEADER), (HEADER, slug.encode())]
        elif not path.startswith(("/api/", "/health/", "/metrics")) and request["method"] in {"GET", "HEAD"}:
            headers = dict(scope["headers"])
            name, _, port = headers.get(b"host", b"").decode("latin-1").lower().partition(":")
            target = await self._elsewhere(scope, name, port)
            if target:
                await _redirect(send, 308, target + _with_query(scope, path))
                return
            if b"text/html" in headers.get(b"accept", b"") and await self._answered_closed(send, headers, name):
                return
        await next_app(scope, receive, send)

    async def _elsewhere(self, scope: Any, name: str, port: str) -> str | None:
        """The address of the primary domain, where this one redirects to it."""
        tenant = await self._tenants.by_host(name)
        if tenant is None or tenant.host in (None, name):
            return None
        if not any(domain.host == name and domain.redirects for domain in tenant.domains):
            return None
        return f"{scope['scheme']}://{tenant.host}" + (f":{port}" if port else "")

    async def _answered_closed(self, send: Send, headers: dict[bytes, bytes], name: str) -> bool:
        """Answer with a page of its own where the tenant at this address is closed."""
        try:
            tenant = await self._tenants.resolve(
                slug=None, host=name, remembered=remembered(headers.get(b"cookie", b""))
            )
        except NotFound:
            return False
        if not self._tenants.is_closed(tenant):
            return False
        page = closed_page(tenant, headers.get(b"accept-language", b"").decode("latin-1")).encode()
        kind, rules = (b"content-type", b"text/html; charset=utf-8"), (b"content-security-policy", POLICY.encode())
        answered = [kind, rules, (b"cache-control", b"no-store"), (b"content-length", str(len(page)).encode())]
        await _answer(send, 403, answered, page)
        return True


def remembered(cookies: bytes) -> str | None:
    """The slug that a path has left in a cookie."""
    for part in cookies.decode("latin-1").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return None


def _with_query(scope: Any, path: str) -> str:
    query = scope.get("query_string", b"").decode("latin-1")
    return f"/{path.lstrip('/')}" + (f"?{query}" if query else "")


async def _redirect(send: Send, status: int, location: str, *headers: tuple[bytes, bytes]) -> None:
    address = (b"location", location.encode("latin-1", "ignore"))
    await _answer(send, status, [address, (b"cache-control", b"no-store"), *headers], b"")


async def _answer(send: Send, status: int, headers: list[tuple[bytes, bytes]], body: bytes) -> None:
    start: Any = {"type": "http.response.start", "status": status, "headers": headers}
    await send(start)
    end: Any = {"type": "http.response.body", "body": body, "more_body": False}
    await send(end)
