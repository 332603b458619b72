"""Who may ask a route."""

from uuid import uuid4

from questline_core.auth.permissions import CORE_PERMISSIONS
from questline_core.testing.conformance.http import routes_of
from questline_core.testing.conformance.subject import Subject
from questline_core.testing.conformance.verdict import Problem
from questline_sdk import Permission
from questline_sdk.permissions import Role


async def permissions(subject: Subject) -> None:
    """Every route names a permission that somebody registered, and refuses who does not hold it."""
    known = _known(subject)
    routes = routes_of(subject)
    unknown = [
        f"{route} names {route.permission!r}" for route in routes if not route.public and route.permission not in known
    ]
    if unknown:
        raise Problem(
            *unknown, "no such permission is registered, so nobody may ask: return it from register_permissions"
        )
    tenant = await subject.new_tenant()
    async with subject.site.client(**{"x-questline-tenant": tenant.slug}) as visitor:
        for route in routes:
            answer = await visitor.request(route.method, route.path_with(str(uuid4())))
            if not route.public and answer.status_code != 401:
                raise Problem(f"{route} answers {answer.status_code} to who is not signed in, not 401")
    clients = {}
    try:
        for route in routes:
            outsiders = [role for role in Role if not route.public and role not in known[route.permission or ""].roles]
            if not outsiders:
                continue
            role = outsiders[0].value
            if role not in clients:
                clients[role] = await subject.site.sign_in(tenant, role)
            answer = await clients[role].request(route.method, route.path_with(str(uuid4())))
            if answer.status_code != 403:
                raise Problem(
                    f"{route} answers {answer.status_code} to a {role}, who lacks {route.permission}, not 403"
                )
    finally:
        for client in clients.values():
            await client.aclose()


def _known(subject: Subject) -> dict[str, Permission]:
    own = [each for record in subject.site.host.registry.active for each in record.contributions.permissions]
    return {each.name: each for each in (*CORE_PERMISSIONS, *own)}
