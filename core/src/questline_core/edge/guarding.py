"""Counting a request where it is known whose it is and before anything is done for it."""

import asyncio
from typing import Any
from uuid import UUID

from litestar.connection import ASGIConnection
from litestar.handlers.base import BaseRouteHandler

from questline_core.auth.throttle import network
from questline_core.edge.classes import RouteClass
from questline_core.edge.classifying import class_of
from questline_core.edge.limiter import RateLimited
from questline_core.edge.middleware import CLOCK
from questline_core.edge.rates import Subject
from questline_core.host import Host
from questline_core.observability.middleware import RATE_LIMIT
from questline_sdk import Actor


async def count_request(
    host: Host,
    connection: ASGIConnection[Any, Any, Any, Any],
    handler: BaseRouteHandler,
    *,
    tenant_id: UUID,
    route_class: RouteClass | None = None,
) -> None:
    """Set a request's time limit and take a token from each of its buckets; raises `RateLimited`."""
    state = connection.scope["state"]
    who: dict[Subject, object] = {"tenant": tenant_id}
    address = network(state.get("address"))
    if address is not None:
        who["address"] = address
    actor: Actor | None = connection.scope.get("user")
    if actor is not None:
        by_key = actor.key is not None or actor.kind == "service"
        who["key" if by_key else "user"] = actor.session_id if by_key else actor.id
    tenant = await host.tenants.open(tenant_id)
    found = route_class or class_of(handler)
    if CLOCK in state:
        state[CLOCK].reschedule(asyncio.get_running_loop().time() + host.limits[found].seconds)
    try:
        state[RATE_LIMIT] = await host.rates.count(found, tenant, who)
    except RateLimited as error:
        state[RATE_LIMIT] = error.headers
        raise
