"""Which other sites' pages may use the API from a browser (the Fetch standard's CORS protocol).

Nothing that a browser sends by itself is ever accepted from them: no answer allows credentials, and the cookies of a
session are strictly the site's own. A page elsewhere signs in or holds a key of its own and sends it as a header.
"""

from typing import Any
from urllib.parse import urlsplit

from litestar.types import HTTPScope

from questline_core.edge.policy import EdgePolicy
from questline_core.tenancy.directory import TenantDirectory

Headers = list[tuple[bytes, bytes]]
API = "/api/"
METHODS = b"GET, HEAD, POST, PUT, PATCH, DELETE"
ALLOWED = b"authorization, content-type, content-encoding, accept-language, if-match, if-none-match, range, "
REQUEST_HEADERS = ALLOWED + b"x-questline-tenant, x-request-id, traceparent, last-event-id, idempotency-key"
EXPOSED = b"content-disposition, etag, link, ratelimit, ratelimit-policy, retry-after, x-request-id"
REMEMBERED_SECONDS = b"600"
VARY = (b"vary", b"origin")


def foreign_origin(scope: HTTPScope, headers: dict[bytes, bytes]) -> str | None:
    """The site whose page asks for something of the API; None where it is this one, or no page."""
    value = headers.get(b"origin")
    if value is None or not scope["path"].startswith(API):
        return None
    origin = value.decode("latin-1")
    return None if urlsplit(origin).netloc == headers.get(b"host", b"").decode("latin-1") else origin


def is_preflight(scope: HTTPScope, headers: dict[bytes, bytes]) -> bool:
    """Say whether a browser asks what a page may do before it lets it."""
    return scope["method"] == "OPTIONS" and b"access-control-request-method" in headers


async def preflight(tenants: TenantDirectory, origin: str, host: str) -> Headers:
    """What to answer a browser that asks beforehand.

    It cannot say which tenant the page will name, so at an address that is no tenant's own every tenant counts. What
    the page gets to read is decided again for the request itself, by its tenant alone.
    """
    own = await tenants.by_host(host.rpartition(":")[0] or host)
    candidates = [own] if own else await tenants.all()
    for tenant in candidates:
        allowed = _allow(tenant.edge, origin)
        if allowed:
            methods = [(b"access-control-allow-methods", METHODS), (b"access-control-allow-headers", REQUEST_HEADERS)]
            return [VARY, allowed, *methods, (b"access-control-max-age", REMEMBERED_SECONDS)]
    return [VARY]


def answer_headers(tenant: Any, origin: str) -> Headers:
    """What the answer to a page of another site carries, once its tenant is known."""
    allowed = _allow(tenant.edge, origin) if tenant else None
    return [VARY, allowed, (b"access-control-expose-headers", EXPOSED)] if allowed else [VARY]


def _allow(policy: EdgePolicy, origin: str) -> tuple[bytes, bytes] | None:
    if "*" in policy.origins:
        return b"access-control-allow-origin", b"*"
    if origin in policy.origins:
        return b"access-control-allow-origin", origin.encode("latin-1")
    return None
