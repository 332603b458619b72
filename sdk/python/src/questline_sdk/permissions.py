"""Permissions: named rights that routes ask for and roles hold."""

import enum

import msgspec


class Role(enum.StrEnum):
    """The built-in roles, from the most to the least powerful."""

    OWNER = "owner"
    ADMIN = "admin"
    AUTHOR = "author"
    INSTRUCTOR = "instructor"
    LEARNER = "learner"
    GUEST = "guest"


EVERYONE = frozenset(Role)
"""Every role, guests included."""

MEMBERS = EVERYONE - {Role.GUEST}
"""Every role but guest."""

TEACHERS = frozenset({Role.OWNER, Role.ADMIN, Role.AUTHOR, Role.INSTRUCTOR})
"""Those who make or teach courses, and admins."""

ADMINS = frozenset({Role.OWNER, Role.ADMIN})
"""Those who run a tenant."""


class Permission(msgspec.Struct, frozen=True, kw_only=True):
    """A right a route can ask for; its name starts with the plugin's id (`points.rules.manage`)."""

    name: str
    title: str
    roles: frozenset[Role] = ADMINS
