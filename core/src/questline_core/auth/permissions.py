"""Which role holds which permission: core's own, those that plugins contribute, and what packs and tenants add."""

from uuid import UUID

from questline_core.access.standing import SERVICE, Standing
from questline_core.auth.tokens import Claims
from questline_core.packs.enabled import NO_GRANTS, Grants
from questline_core.plugins.registry import Registry
from questline_sdk import Actor, Permission
from questline_sdk.permissions import ADMINS, EVERYONE, MEMBERS, TEACHERS, Role

NOTHING: frozenset[str] = frozenset()
CORE_PERMISSIONS = (
    Permission(name="identity.profile.read", title="See one's own profile", roles=EVERYONE),
    Permission(name="identity.profile.manage", title="Change one's own profile and password", roles=MEMBERS),
    Permission(name="content.course.read", title="See the catalogue and courses", roles=EVERYONE),
    Permission(name="content.course.take", title="Enrol and learn", roles=MEMBERS),
    Permission(name="content.course.manage", title="Import and publish courses", roles=ADMINS | {Role.AUTHOR}),
    Permission(name="live.stream", title="Receive live messages", roles=EVERYONE),
    Permission(name="ui.plugins.read", title="Load the plugins' pages", roles=EVERYONE),
    Permission(name="tenant.users.read", title="See the people of the tenant", roles=ADMINS | {Role.INSTRUCTOR}),
    Permission(name="tenant.users.invite", title="Invite people", roles=ADMINS),
    Permission(name="tenant.users.manage", title="Change and suspend people", roles=ADMINS),
    Permission(name="tenant.users.import", title="Import people from files", roles=ADMINS),
    Permission(name="tenant.users.impersonate", title="Act for others for a short while", roles=ADMINS),
    Permission(name="tenant.groups.read", title="See groups and who is in them", roles=ADMINS | {Role.INSTRUCTOR}),
    Permission(name="tenant.groups.manage", title="Make groups, fill them and give them courses", roles=ADMINS),
    Permission(name="tenant.sign_in.manage", title="Decide how people come in", roles=ADMINS),
    Permission(name="tenant.plugins.read", title="See the plugins and their state", roles=ADMINS),
    Permission(name="tenant.plugins.manage", title="Switch plugins and change their settings", roles=ADMINS),
    Permission(name="identity.keys.manage", title="Make API keys of one's own", roles=TEACHERS),
    Permission(name="tenant.roles.read", title="See roles, who holds them, and why somebody may do something"),
    Permission(name="tenant.roles.manage", title="Make roles and grant them"),
    Permission(name="tenant.keys.manage", title="Manage service accounts and everybody's API keys"),
    Permission(name="tenant.privacy.manage", title="Answer for people's privacy", roles=ADMINS),
    Permission(name="tenant.edge.manage", title="Open the API to other sites", roles=ADMINS),
    Permission(name="tenant.webhooks.manage", title="Tell other systems of events", roles=ADMINS),
    Permission(name="tenant.audit.read", title="Read and export the audit log", roles=ADMINS),
    Permission(name="tenant.domains.manage", title="Add and change domains", roles=ADMINS),
    Permission(name="tenant.limits.read", title="See limits and what is used of them", roles=ADMINS),
    Permission(name="tenant.export.manage", title="Take the whole site along", roles=frozenset({Role.OWNER})),
    Permission(name="tenant.deletion.manage", title="Have the whole site deleted", roles=frozenset({Role.OWNER})),
    Permission(name="tenant.theme.manage", title="Choose and change the theme", roles=ADMINS),
)


MOST_KEPT = 10_000
FOR_PERSONS = frozenset(
    {"identity.profile.read", "identity.profile.manage", "identity.keys.manage", "content.course.take"}
)
"""What makes no sense for a service account, whatever its roles hold."""


class PermissionTable:
    """Permissions by role, over everything that is active."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._cache: dict[tuple[tuple[str, ...], frozenset[str], Grants, frozenset[str] | None], frozenset[str]] = {}

    def all(self, enabled: frozenset[str]) -> list[Permission]:
        """Core's permissions and those of the enabled plugins."""
        own = [
            permission
            for record in self._registry.active
            if record.id in enabled
            for permission in record.contributions.permissions
        ]
        return [*CORE_PERMISSIONS, *own]

    def of_role(self, role: str, enabled: frozenset[str], grants: Grants = NO_GRANTS) -> frozenset[str]:
        """The names of the permissions a role holds where these plugins are enabled and these are granted beside."""
        return self.of_roles((role,), enabled, grants)

    def of_roles(
        self,
        roles: tuple[str, ...],
        enabled: frozenset[str],
        grants: Grants = NO_GRANTS,
        limit: frozenset[str] | None = None,
    ) -> frozenset[str]:
        """The names of the permissions that roles hold together, within a limit."""
        key = (roles, enabled, grants, limit)
        found = self._cache.get(key)
        if found is None:
            if len(self._cache) >= MOST_KEPT:
                self._cache.clear()
            found = frozenset(
                each.name
                for each in self.all(enabled)
                if any(role in each.roles or (role, each.name) in grants for role in roles)
                and (limit is None or each.name in limit)
                and not (SERVICE in roles and each.name in FOR_PERSONS)
            )
            self._cache[key] = found
        return found

    def holders(self, permission: str, enabled: frozenset[str], grants: Grants) -> list[str]:
        """The roles that hold a permission."""
        own = {role.value for each in self.all(enabled) if each.name == permission for role in each.roles}
        return sorted(own | {role for role, name in grants if name == permission})

    def actor(
        self,
        *,
        user_id: UUID,
        tenant_id: UUID,
        standing: Standing | Claims,
        session_id: UUID | None,
        enabled: frozenset[str],
        grants: Grants = NO_GRANTS,
        limit: frozenset[str] | None = None,
        key: str | None = None,
        impersonator_id: UUID | None = None,
    ) -> Actor:
        """Somebody with the permissions of their roles."""
        service = (SERVICE,) if standing.role == SERVICE else ()
        return Actor(
            id=user_id,
            tenant_id=tenant_id,
            role=standing.role,
            permissions=self.of_roles((standing.role, *standing.roles), enabled, grants, limit),
            narrow=self.of_roles((*service, *standing.narrow), enabled, grants, limit) if standing.narrow else NOTHING,
            roles=standing.narrow,
            limit=limit,
            session_id=session_id,
            kind="service" if service else "user",
            key=key,
            impersonator_id=impersonator_id,
        )
