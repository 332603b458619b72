"""Keeping accounts and groups from another system: what SCIM and the like are built on (provided by core).

Both services offer a `table()` to select from, so that a plugin searches, sorts and joins in SQL. Changes go through
the methods, which check them, write the audit log and publish events.

Example:
    people = ctx.service(Accounts).table()
    found = await ctx.session.scalar(select(people.c.id).where(people.c.email == "ada@example.com"))
"""

from collections.abc import Iterable
from typing import Protocol
from uuid import UUID

import msgspec
from msgspec import UNSET, UnsetType
from sqlalchemy import FromClause

MANUAL = "manual"
"""The source of memberships that somebody made by hand."""


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """An account to be made; nobody can sign in to it with a password before one is set by a mailed link.

    Args:
        role: Slug of a role; owners and administrators are not made this way.
    """

    email: str
    display_name: str
    given_name: str | None = None
    family_name: str | None = None
    locale: str = "en"
    time_zone: str = "UTC"
    role: str = "learner"
    external_id: str | None = None


class AccountChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of an account; what is left out stays."""

    email: str | UnsetType = UNSET
    display_name: str | UnsetType = UNSET
    given_name: str | UnsetType | None = UNSET
    family_name: str | UnsetType | None = UNSET
    locale: str | UnsetType = UNSET
    time_zone: str | UnsetType = UNSET
    external_id: str | UnsetType | None = UNSET
    active: bool | UnsetType = UNSET
    """False suspends the account, which ends its sessions at once."""


class Accounts(Protocol):
    """The accounts of the tenant (provided by core)."""

    def table(self) -> FromClause:
        """Every account.

        Columns: id, email, display_name, given_name, family_name, locale, time_zone, role, active, external_id,
        created_at.
        """
        ...

    async def create(self, data: NewAccount) -> UUID:
        """Make an account; raises `Conflict` (`email_taken`, `external_id_taken`), `Invalid` or `Forbidden`."""
        ...

    async def change(self, user_id: UUID, changes: AccountChanges) -> None:
        """Change an account; what is the same already is no change.

        Raises:
            Conflict: Somebody else has the address (`email_taken`) or the external id (`external_id_taken`).
            Forbidden: It is an owner's or administrator's: their address and whether they may come in is not changed.
            Invalid: A value is not accepted.
            NotFound: There is no such account.
        """
        ...


class NewGroup(msgspec.Struct, frozen=True, kw_only=True):
    """A group to be made; its slug is made of its name."""

    name: str
    description: str = ""
    external_id: str | None = None


class GroupChanges(msgspec.Struct, frozen=True, kw_only=True):
    """Changes of a group; what is left out stays."""

    name: str | UnsetType = UNSET
    description: str | UnsetType = UNSET
    external_id: str | UnsetType | None = UNSET


class Groups(Protocol):
    """The groups and cohorts of the tenant (provided by core)."""

    def table(self) -> FromClause:
        """Every group.

        Columns: id, slug, name, description, kind, starts_on, ends_on, external_id, created_at, changed_at.
        """
        ...

    def members(self) -> FromClause:
        """Every membership.

        Columns: group_id, user_id, manager, source, added_at.
        """
        ...

    async def create(self, data: NewGroup) -> UUID:
        """Make a group; raises `Conflict` (`external_id_taken`) or `Invalid`."""
        ...

    async def change(self, group_id: UUID, changes: GroupChanges) -> None:
        """Change a group; raises `Conflict` (`external_id_taken`), `Invalid` or `NotFound`."""
        ...

    async def delete(self, group_id: UUID) -> None:
        """Delete a group; its members stay enrolled in its courses. Raises `NotFound`."""
        ...

    async def add(self, group_id: UUID, user_ids: Iterable[UUID], *, source: str = MANUAL) -> list[UUID]:
        """Add users and enrol them in the group's courses; gives those who are new.

        Args:
            group_id: The group.
            user_ids: Users that exist.
            source: The id of the plugin that keeps these memberships.

        Raises:
            Invalid: One of the users does not exist.
            NotFound: There is no such group.
        """
        ...

    async def remove(self, group_id: UUID, user_ids: Iterable[UUID]) -> list[UUID]:
        """Remove users, who stay enrolled; gives those who were members. Raises `NotFound`."""
        ...
