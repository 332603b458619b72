"""The SDK's `Groups`: groups kept by another system."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import FromClause, func, select

from questline_core.auth.models import User
from questline_core.groups import members, schemas, service
from questline_core.groups.models import Group, GroupMember
from questline_sdk import Context, Invalid
from questline_sdk.provisioning import MANUAL, GroupChanges, NewGroup

TABLE = select(
    Group.id,
    Group.slug,
    Group.name,
    Group.description,
    Group.kind,
    Group.starts_on,
    Group.ends_on,
    Group.external_id,
    Group.created_at,
    Group.changed_at,
).subquery("people_group")
MEMBERS = select(
    GroupMember.group_id, GroupMember.user_id, GroupMember.manager, GroupMember.source, GroupMember.added_at
).subquery("membership")


class ProvisionedGroups:
    """Groups as another system keeps them."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def table(self) -> FromClause:
        """Every group."""
        return TABLE

    def members(self) -> FromClause:
        """Every membership."""
        return MEMBERS

    async def create(self, data: NewGroup) -> UUID:
        """Make a group."""
        return (await service.create_group(self._ctx, _converted(data, schemas.NewGroup))).id

    async def change(self, group_id: UUID, changes: GroupChanges) -> None:
        """Change a group."""
        await service.update_group(self._ctx, group_id, _converted(changes, schemas.GroupChanges))

    async def delete(self, group_id: UUID) -> None:
        """Delete a group."""
        await service.delete_group(self._ctx, group_id)

    async def add(self, group_id: UUID, user_ids: Iterable[UUID], *, source: str = MANUAL) -> list[UUID]:
        """Add users."""
        group = await service.locked_group(self._ctx, group_id)
        wanted = set(user_ids)
        known = await self._ctx.session.scalar(select(func.count()).where(User.id.in_(wanted)))
        if known != len(wanted):
            raise Invalid.field("user_ids", "names somebody who does not exist")
        return await members.add_members(self._ctx, group, sorted(wanted), source=source)

    async def remove(self, group_id: UUID, user_ids: Iterable[UUID]) -> list[UUID]:
        """Remove users."""
        return await members.remove_members(self._ctx, await service.locked_group(self._ctx, group_id), user_ids)


def _converted(data: msgspec.Struct, kind: type[Any]) -> Any:
    """Check what a plugin gives as the API checks what a browser gives."""
    try:
        return msgspec.convert(msgspec.to_builtins(data), kind)
    except msgspec.ValidationError as error:
        message, _, place = str(error).partition(" - at `$.")
        raise Invalid.field(place.rstrip("`") or "group", message) from None
