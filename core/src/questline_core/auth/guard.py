"""Who a request is from, for which tenant, and whether they may: the one guard of every route."""

from contextlib import suppress
from typing import Any

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from questline_core.access.key_text import START as KEY_START
from questline_core.access.reach import may_in
from questline_core.auth.impersonating import refuse_for_others
from questline_core.edge.guarding import count_request
from questline_core.host import Host
from questline_sdk import Actor, Forbidden, NotFound, Unauthenticated

TENANT_HEADER, TENANT_COOKIE = "x-questline-tenant", "questline_tenant"


async def authorize(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Resolve the tenant and the user, hide routes of plugins that are off, and demand the route's permission."""
    if not connection.scope["path"].startswith("/api/") or handler.opt.get("tenantless"):
        return
    if (
        connection.scope.get("method") == "OPTIONS"
    ):  # answered by the framework: the methods a path allows, nothing else
        return
    host: Host = connection.app.state.host
    state = connection.scope["state"]
    try:
        actor = await _actor(host, connection)
    except Unauthenticated:
        with suppress(NotFound):
            tenant_id = (await _anonymous_tenant(host, connection)).id
            await count_request(host, connection, handler, tenant_id=tenant_id, route_class="auth")
        raise
    tenant_id = actor.tenant_id if actor else (await _anonymous_tenant(host, connection)).id
    connection.scope["user"] = actor
    state["tenant_id"] = tenant_id
    await host.tenants.open(tenant_id)
    await count_request(host, connection, handler, tenant_id=tenant_id)
    plugin = handler.opt.get("plugin")
    enabled = state["enabled"] if actor else await host.enablement.of(tenant_id)
    if plugin and not handler.opt.get("also_when_off") and plugin not in enabled:
        raise NotFound("There is nothing at this address.", code="route_not_found")
    if handler.opt.get("public"):
        return
    if actor is None:
        raise Unauthenticated("Sign in first.")
    _demand_readiness(connection, handler)
    if actor.impersonator_id is not None:
        refuse_for_others(connection, handler)
    permission, scoped = handler.opt["permission"], handler.opt.get("scoped")
    if actor.may(permission) or (scoped and await _may_here(host, connection, actor, permission, scoped)):
        return
    raise Forbidden(f"This needs the permission {permission}.")


async def _may_here(
    host: Host, connection: ASGIConnection[Any, Any, Any, Any], actor: Actor, permission: str, scoped: object
) -> bool:
    """Whether a role in a course or over a group is enough: `scoped` names the path's course or group.

    Where it is True, the route itself looks at no more than what the actor reaches.
    """
    if not actor.may_somewhere(permission):
        return False
    if scoped is True:
        return True
    value: Any = connection.scope["path_params"].get(str(scoped))
    where = {"course_id": value} if scoped == "course_id" else {"group_id": value}
    async with host.context(actor.tenant_id, actor) as ctx:
        return await may_in(ctx, permission, **where)


def _demand_readiness(connection: ASGIConnection[Any, Any, Any, Any], handler: BaseRouteHandler) -> None:
    """Refuse who has to do something first, except what that takes."""
    if connection.scope["state"].get("must_enrol") and not handler.opt.get("before_enrolment"):
        raise Forbidden("Set up a second factor first; your role needs one.", code="second_factor_needed")
    if connection.scope["state"].get("must_consent") and not handler.opt.get("before_consent"):
        raise Forbidden("Read first what the site asks you to agree to.", code="consent_needed")


async def _actor(host: Host, connection: ASGIConnection[Any, Any, Any, Any]) -> Actor | None:
    scheme, _, token = connection.headers.get("authorization", "").partition(" ")
    if not token:
        return None
    if scheme.lower() != "bearer":
        raise Unauthenticated("Use `Authorization: Bearer <access token>`.")
    token = token.strip()
    if token.startswith(KEY_START):
        return await _with_key(host, connection, token)
    claims = host.tokens.verify(token)
    if claims.sid in host.revoked:
        raise Unauthenticated("The session has ended; sign in again.", code="session_ended")
    standing = await host.standings.of(claims)
    if standing is None:
        raise Unauthenticated("This account may not come in any more.", code="account_gone")
    state = connection.scope["state"]
    state["must_enrol"] = claims.enrol
    state["must_consent"] = claims.consent
    state["enabled"] = await host.enablement.of(claims.tid)  # once, or a switch in between would give the wrong answer
    return host.permissions.actor(
        user_id=claims.sub,
        tenant_id=claims.tid,
        standing=standing,
        session_id=claims.sid,
        enabled=state["enabled"],
        grants=await host.roles.grants(claims.tid),
        limit=None if claims.scope is None else frozenset(claims.scope.split()),
        impersonator_id=claims.imp,
    )


async def _with_key(host: Host, connection: ASGIConnection[Any, Any, Any, Any], token: str) -> Actor:
    state = connection.scope["state"]
    holder = await host.api_keys.holder(token, state.get("address"))
    state["enabled"] = await host.enablement.of(holder.tenant_id)
    return host.permissions.actor(
        user_id=holder.subject_id,
        tenant_id=holder.tenant_id,
        standing=holder.standing,
        session_id=holder.key_id,
        enabled=state["enabled"],
        grants=await host.roles.grants(holder.tenant_id),
        limit=holder.limit,
        key=holder.prefix,
    )


async def _anonymous_tenant(host: Host, connection: ASGIConnection[Any, Any, Any, Any]) -> Any:
    name = connection.headers.get("host", "").rpartition(":")[0] or connection.headers.get("host", "")
    slug, cookie = connection.headers.get(TENANT_HEADER), connection.cookies.get(TENANT_COOKIE)
    return await host.tenants.resolve(slug=slug, host=name.lower(), remembered=cookie)
