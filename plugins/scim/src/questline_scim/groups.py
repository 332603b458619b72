"""Groups, and who belongs to them."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from scim2_models import InvalidValueException, Meta, NotFoundException, Reference, SearchRequest
from sqlalchemy import ColumnElement, Row, Select, exists, select

from questline_scim.models import Person
from questline_scim.resources import Group, GroupMember
from questline_scim.sql import Attributes
from questline_scim.users import SOURCE
from questline_sdk import Context
from questline_sdk.provisioning import GroupChanges, Groups, NewGroup


class UserGroups:
    """The groups of a tenant as a SCIM client keeps them."""

    model = Group

    def __init__(self, ctx: Context, base: str) -> None:
        self._ctx, self._base = ctx, base
        self._groups = ctx.service(Groups)
        self._group, self._member = self._groups.table(), self._groups.members()

    @property
    def statement(self) -> Select[*tuple[Any, ...]]:
        """Every group."""
        return select(self._group)

    @property
    def attributes(self) -> Attributes:
        """What can be searched and sorted by."""
        group, member = self._group.c, self._member
        return {
            ("id", None): group.id,
            ("external_id", None): group.external_id,
            ("display_name", None): group.name,
            ("meta", "created"): group.created_at,
            ("meta", "last_modified"): group.changed_at,
            ("members", "value"): lambda build: exists(
                select(member.c.group_id).where(member.c.group_id == group.id, build(member.c.user_id))
            ),
        }

    @property
    def order(self) -> ColumnElement[Any]:
        """What makes an order certain."""
        return self._group.c.id

    async def shown(self, rows: Sequence[Row[Any]], wanted: SearchRequest[Any] | None = None) -> list[Group]:
        """Rows of `statement` as resources; their members only if they are wanted, for there may be many."""
        members = await self._members([row.id for row in rows]) if _wants_members(wanted) else {}
        return [
            Group(
                id=str(row.id),
                external_id=row.external_id,
                display_name=row.name,
                members=members.get(row.id),
                meta=Meta(
                    resource_type="Group",
                    created=row.created_at,
                    last_modified=row.changed_at,
                    location=f"{self._base}/Groups/{row.id}",
                ),
            )
            for row in rows
        ]

    async def _members(self, group_ids: Sequence[UUID]) -> dict[UUID, list[GroupMember]]:
        member = self._member
        statement = (
            select(member.c.group_id, member.c.user_id)
            .outerjoin(Person, Person.user_id == member.c.user_id)
            .where(member.c.group_id.in_(group_ids), Person.removed_at.is_(None))
            .order_by(member.c.added_at, member.c.user_id)
        )
        found: dict[UUID, list[GroupMember]] = {}
        for row in await self._ctx.session.execute(statement):
            of_user: Reference[Any] = Reference(f"{self._base}/Users/{row.user_id}")
            joined = GroupMember(value=str(row.user_id), ref=of_user, type="User")
            found.setdefault(row.group_id, []).append(joined)
        return found

    async def read(self, group_id: UUID, wanted: SearchRequest[Any] | None = None) -> Group:
        """A group; raises `NotFoundException`."""
        row = (await self._ctx.session.execute(self.statement.where(self._group.c.id == group_id))).one_or_none()
        if row is None:
            raise NotFoundException(detail=f"There is no group {group_id}.")
        return (await self.shown([row], wanted))[0]

    async def create(self, group: Group) -> Group:
        """Make a group; raises what core says."""
        data = NewGroup(name=group.display_name or "", external_id=group.external_id)
        group_id = await self._groups.create(data)
        await self._groups.add(group_id, _ids(group), source=SOURCE)
        return await self.read(group_id)

    async def write(self, before: Group, group: Group) -> Group:
        """Change a group to what a client wants it to be; raises what core says."""
        group_id = UUID(before.id)
        await self._groups.change(group_id, GroupChanges(name=group.display_name or "", external_id=group.external_id))
        former, wanted = _ids(before), _ids(group)
        if gone := former - wanted:
            await self._groups.remove(group_id, gone)
        if new := wanted - former:
            await self._groups.add(group_id, new, source=SOURCE)
        return await self.read(group_id)

    async def remove(self, group_id: UUID) -> None:
        """Delete a group; raises `NotFoundException`."""
        await self.read(group_id)
        await self._groups.delete(group_id)


def _ids(group: Group) -> set[UUID]:
    """The people that a group names; raises `InvalidValueException` for what is no person."""
    found = set()
    for member in group.members or []:
        text = member.value or str(member.ref or "").rpartition("/")[2]
        if (member.type or "User").lower() != "user":
            raise InvalidValueException(detail="A group has people in it, and no groups.")
        try:
            found.add(UUID(text))
        except ValueError:
            raise InvalidValueException(detail=f"members names {text}, which is no person.") from None
    return found


def _wants_members(wanted: SearchRequest[Any] | None) -> bool:
    if wanted is None:
        return True
    if wanted.attributes:
        return any(str(path).lower().rpartition(":")[2].startswith("members") for path in wanted.attributes)
    excluded = {str(path).lower().rpartition(":")[2] for path in wanted.excluded_attributes or []}
    return "members" not in excluded
