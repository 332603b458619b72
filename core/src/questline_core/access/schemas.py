"""What the API says of roles, of who holds them, and why somebody may do something."""

import datetime as dt
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from msgspec import Meta

from questline_core.auth.policy import RoleName

RoleSlug = Annotated[
    str,
    Meta(
        pattern=r"^[a-z][a-z0-9_-]*$",
        max_length=40,
        description="Names the role in grants; never changes.",
        examples=["teaching-assistant"],
    ),
]
Name = Annotated[
    str,
    Meta(
        pattern=r"^[^\x00-\x1f\x7f]*[^\s\x00-\x1f\x7f][^\x00-\x1f\x7f]*$", max_length=80, description="Shown to people."
    ),
]
Description = Annotated[str, Meta(pattern=r"^[^\x00]*$", max_length=500, description="What it is for.")]
PermissionName = Annotated[
    str, Meta(pattern=r"^[a-z0-9_.]+$", max_length=200, description="A permission.", examples=["content.course.manage"])
]
PermissionNames = Annotated[list[PermissionName], Meta(max_length=1000)]
ScopeKind = Literal["tenant", "course", "group"]
SubjectKind = Literal["user", "service"]


class PermissionInfo(msgspec.Struct, frozen=True, kw_only=True):
    """A permission in plain words; `mine` says whether the reader holds it, and so may give it away."""

    name: str
    title: str
    mine: bool


class PermissionGroup(msgspec.Struct, frozen=True, kw_only=True):
    """The permissions of core, or of a plugin that is on."""

    plugin: str
    title: str
    permissions: list[PermissionInfo]


class PermissionCatalogue(msgspec.Struct, frozen=True, kw_only=True):
    """Every permission there is in the tenant."""

    groups: list[PermissionGroup]


class RoleCard(msgspec.Struct, frozen=True, kw_only=True):
    """A role and what it holds here.

    Args:
        slug: Names it in grants.
        name: Shown to people; of a built-in role, its English name.
        built_in: Whether it comes with Questline; such a role cannot be changed.
        permissions: What it holds here, by itself or through packs.
        by_packs: Those that it holds through packs only.
        holders: How many people and service accounts hold it, anywhere.
    """

    slug: str
    name: str
    description: str
    built_in: bool
    permissions: list[str]
    by_packs: list[str]
    holders: int


class RoleList(msgspec.Struct, frozen=True, kw_only=True):
    """The built-in roles from the most to the least powerful, then the tenant's own by name."""

    roles: list[RoleCard]


class NewRole(msgspec.Struct, frozen=True, kw_only=True):
    """A role of the tenant's own."""

    slug: RoleSlug
    name: Name
    description: Description = ""
    permissions: PermissionNames


class ChangeRole(msgspec.Struct, frozen=True, kw_only=True):
    """What a role is called and holds from now on."""

    name: Name
    description: Description = ""
    permissions: PermissionNames


class Subject(msgspec.Struct, frozen=True, kw_only=True):
    """A person or a service account."""

    kind: SubjectKind
    id: UUID
    name: str
    email: str | None = None


class Scope(msgspec.Struct, frozen=True, kw_only=True):
    """Where a role is held: in the whole tenant, in a course, or over a group with its people and courses."""

    kind: ScopeKind
    id: UUID | None = None
    name: str | None = None


class Grant(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody holds a role beside their own."""

    id: UUID
    subject: Subject
    role: str
    role_name: str
    scope: Scope
    granted_by: Subject | None
    """None for the command line, and for somebody whose account is gone."""
    granted_at: dt.datetime


class NewGrant(msgspec.Struct, frozen=True, kw_only=True):
    """A role for a person or a service account: everywhere, or in the course or over the group that is named."""

    role: RoleSlug
    user_id: UUID | None = None
    service_account_id: UUID | None = None
    course_id: UUID | None = None
    group_id: UUID | None = None


class GrantFilter(msgspec.Struct, frozen=True, kw_only=True):
    """Which grants are wanted; what is None does not matter."""

    subject_id: UUID | None = None
    course_id: UUID | None = None
    group_id: UUID | None = None
    role: str | None = None


class SetUserRole(msgspec.Struct, frozen=True, kw_only=True):
    """The built-in role that is a person's place in the tenant."""

    role: RoleName


class UserAccess(msgspec.Struct, frozen=True, kw_only=True):
    """What somebody is, which roles they hold beside it, and what they may do.

    Args:
        role: Their built-in role.
        role_since: When they were given it; None where nobody remembers.
        role_by: Who gave it to them; None for the command line and for themselves at sign-up.
        permissions: What they may do everywhere.
        narrow: What they may do in some course or for some group only.
        manageable: Whether the reader may change their role and what they hold.
    """

    user: Subject
    status: Literal["active", "suspended"]
    role: RoleName
    role_since: dt.datetime | None
    role_by: Subject | None
    grants: list[Grant]
    permissions: list[str]
    narrow: list[str]
    manageable: bool


class Reason(msgspec.Struct, frozen=True, kw_only=True):
    """A role that somebody holds and that holds a permission.

    Args:
        role: The role.
        source: Why the role holds it: it is `built_in`, the tenant made the role so (`custom`), or a `pack` is on.
        pack: The pack, where it is one.
        grant_id: The grant; None for their own role.
        covers: Whether it counts where it was asked about.
    """

    role: str
    role_name: str
    source: Literal["built_in", "custom", "pack"]
    pack: str | None
    scope: Scope
    grant_id: UUID | None
    given_by: Subject | None
    given_at: dt.datetime | None
    covers: bool


class RoleReference(msgspec.Struct, frozen=True, kw_only=True):
    """A role by its slug and its name."""

    slug: str
    name: str


Obstacle = Literal["suspended", "second_factor", "plugin_off", "unknown_permission", "no_role"]


class Explanation(msgspec.Struct, frozen=True, kw_only=True):
    """Why somebody may do something, or why not.

    Args:
        allowed: Whether they may, where it was asked about.
        obstacles: What stands in the way; empty where they may.
        reasons: Every role of theirs that holds the permission.
        held_by: Every role that holds it: what would let them.
    """

    user: Subject
    permission: str
    title: str
    plugin: str
    plugin_title: str
    scope: Scope
    allowed: bool
    obstacles: list[Obstacle]
    reasons: list[Reason]
    held_by: list[RoleReference]


class CourseName(msgspec.Struct, frozen=True, kw_only=True):
    """A course by its slug and its title."""

    id: UUID
    slug: str
    title: str
