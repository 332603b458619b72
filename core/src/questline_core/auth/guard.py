"""Who a request is from, for which tenant, and whether they may: the one guard of every route."""

from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from questline_core.host import Host
from questline_sdk import Actor, Forbidden, NotFound, Unauthenticated

TENANT_HEADER = "x-questline-tenant"


async def authorize(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Resolve the tenant and the user, hide routes of plugins that are off, and demand the route's permission."""
    if not connection.scope["path"].startswith("/api/") or handler.opt.get("tenantless"):
        return
    if (
        connection.scope.get("method") == "OPTIONS"
    ):  # answered by the framework: the methods a path allows, nothing else
        return
    host: Host = connection.app.state.host
    actor = await _actor(host, connection)
    tenant_id = actor.tenant_id if actor else (await _anonymous_tenant(host, connection)).id
    connection.scope["user"] = actor
    connection.scope["state"]["tenant_id"] = tenant_id
    plugin = handler.opt.get("plugin")
    if plugin and plugin not in await host.enablement.of(tenant_id):
        raise NotFound("There is nothing at this address.", code="route_not_found")
    if handler.opt.get("public"):
        return
    if actor is None:
        raise Unauthenticated("Sign in first.")
    permission = handler.opt["permission"]
    if not actor.may(permission):
        raise Forbidden(f"This needs the permission {permission}.")


async def _actor(host: Host, connection: ASGIConnection[Any, Any, Any, Any]) -> Actor | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if not token:
        return None
    if scheme.lower() != "bearer":
        raise Unauthenticated("Use `Authorization: Bearer <access token>`.")
    claims = host.tokens.verify(token.strip())
    return host.permissions.actor(
        user_id=claims.sub,
        tenant_id=claims.tid,
        role=claims.role,
        session_id=claims.sid,
        enabled=await host.enablement.of(claims.tid),
    )


async def _anonymous_tenant(host: Host, connection: ASGIConnection[Any, Any, Any, Any]) -> Any:
    name = connection.headers.get("host", "").rpartition(":")[0] or connection.headers.get("host", "")
    return await host.tenants.resolve(slug=connection.headers.get(TENANT_HEADER), host=name.lower())
