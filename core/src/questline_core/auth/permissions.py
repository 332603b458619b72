"""Which role holds which permission: core's own and those that plugins contribute."""

from uuid import UUID

from questline_core.plugins.registry import Registry
from questline_sdk import Actor, Permission
from questline_sdk.permissions import ADMINS, EVERYONE, MEMBERS, Role

CORE_PERMISSIONS = (
    Permission(name="identity.profile.read", title="See one's own profile", roles=EVERYONE),
    Permission(name="identity.profile.manage", title="Change one's own profile and password", roles=MEMBERS),
    Permission(name="content.course.read", title="See the catalogue and courses", roles=EVERYONE),
    Permission(name="content.course.take", title="Enrol and learn", roles=MEMBERS),
    Permission(name="content.course.manage", title="Import and publish courses", roles=ADMINS | {Role.AUTHOR}),
    Permission(name="live.stream", title="Receive live messages", roles=EVERYONE),
    Permission(name="ui.plugins.read", title="Load the plugins' pages", roles=EVERYONE),
    Permission(name="tenant.users.read", title="See the people of the tenant", roles=ADMINS | {Role.INSTRUCTOR}),
    Permission(name="tenant.plugins.read", title="See the plugins and their state", roles=ADMINS),
    Permission(name="tenant.plugins.manage", title="Switch plugins and change their settings", roles=ADMINS),
    Permission(name="tenant.theme.manage", title="Choose the theme", roles=ADMINS),
)


class PermissionTable:
    """Permissions by role, over everything that is active."""

    def __init__(self, registry: Registry) -> None:
        self._registry = registry
        self._cache: dict[tuple[str, frozenset[str]], frozenset[str]] = {}

    def all(self, enabled: frozenset[str]) -> list[Permission]:
        """Core's permissions and those of the enabled plugins."""
        own = [
            permission
            for record in self._registry.active
            if record.id in enabled
            for permission in record.contributions.permissions
        ]
        return [*CORE_PERMISSIONS, *own]

    def of_role(self, role: str, enabled: frozenset[str]) -> frozenset[str]:
        """The names of the permissions a role holds where these plugins are enabled."""
        key = (role, enabled)
        found = self._cache.get(key)
        if found is None:
            found = self._cache[key] = frozenset(each.name for each in self.all(enabled) if role in each.roles)
        return found

    def actor(
        self, *, user_id: UUID, tenant_id: UUID, role: str, session_id: UUID | None, enabled: frozenset[str]
    ) -> Actor:
        """The signed-in user with the permissions of their role."""
        return Actor(
            id=user_id,
            tenant_id=tenant_id,
            role=role,
            permissions=self.of_role(role, enabled),
            session_id=session_id,
        )
