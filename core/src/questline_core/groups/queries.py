"""Lists of groups and of their members: searched, sorted, a page at a time."""

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import ColumnElement, Date, Select, Uuid, func, literal, or_, select, tuple_

from questline_core.access.models import RoleGrant
from questline_core.access.reach import reach_of
from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.groups.models import Group, GroupCourse, GroupMember
from questline_core.groups.schemas import GroupCard, GroupKind, Member
from questline_sdk import Context, Invalid, NotFound, Page
from questline_sdk.pages import decode_cursor, paginate

T = TypeVar("T", bound=msgspec.Struct)
MEMBERS = (
    select(func.count())
    .where(GroupMember.tenant_id == Group.tenant_id, GroupMember.group_id == Group.id)
    .scalar_subquery()
)
COURSES = (
    select(func.count())
    .where(GroupCourse.tenant_id == Group.tenant_id, GroupCourse.group_id == Group.id)
    .scalar_subquery()
)
CARD = select(
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
    MEMBERS.label("member_count"),
    COURSES.label("course_count"),
)
ALWAYS = literal(dt.date.max, Date)
"""Where a date is missing: after all that have one."""
GROUP_KEYS: dict[str, Any] = {
    "name": func.lower(Group.name),
    "created_at": Group.created_at,
    "starts_on": func.coalesce(Group.starts_on, ALWAYS),
}
MEMBER = select(
    GroupMember.user_id,
    User.email,
    User.display_name,
    User.avatar_url,
    User.status,
    GroupMember.manager,
    GroupMember.source,
    GroupMember.added_at,
).join(User, (User.tenant_id == GroupMember.tenant_id) & (User.id == GroupMember.user_id))
MEMBER_KEYS: dict[str, Any] = {
    "display_name": func.lower(User.display_name),
    "added_at": GroupMember.added_at,
}


async def list_groups(
    ctx: HostContext, *, search: str | None, kind: GroupKind | None, sort: str, cursor: str | None, limit: int
) -> Page[GroupCard]:
    """One page of the groups within reach whose name, slug or description contains `search`."""
    matching: list[ColumnElement[bool]] = [] if kind is None else [Group.kind == kind]
    reach = await reach_of(ctx, "tenant.groups.read")
    if not reach.every:
        held = (RoleGrant.subject_id == reach.subject_id, RoleGrant.role.in_(reach.roles), RoleGrant.scope == "group")
        matching.append(Group.id.in_(select(RoleGrant.group_id).where(*held)))
    if term := (search or "").strip():
        columns = (Group.name, Group.slug, Group.description)
        matching.append(or_(*(column.icontains(term, autoescape=True) for column in columns)))
    page = _sorted(CARD.where(*matching), GROUP_KEYS, Group.id, sort, cursor)
    rows = (await ctx.session.execute(page.limit(limit + 1))).all()
    total = await ctx.session.scalar(select(func.count()).select_from(Group).where(*matching))
    return _page(rows, GroupCard, limit, sort, lambda card: card.id, total)


async def show_group(ctx: Context, group_id: UUID) -> GroupCard:
    """A group with its counts; raises `NotFound`."""
    row = (await ctx.session.execute(CARD.where(Group.id == group_id))).one_or_none()
    if row is None:
        raise NotFound("There is no such group.")
    return msgspec.convert(dict(row._mapping), GroupCard)


async def list_members(
    ctx: Context, group_id: UUID, *, search: str | None, sort: str, cursor: str | None, limit: int
) -> Page[Member]:
    """One page of a group's members whose name or e-mail address contains `search`; raises `NotFound`."""
    if await ctx.session.scalar(select(Group.id).where(Group.id == group_id)) is None:
        raise NotFound("There is no such group.")
    matching: list[ColumnElement[bool]] = [GroupMember.group_id == group_id]
    if term := (search or "").strip():
        matching.append(or_(*(each.icontains(term, autoescape=True) for each in (User.display_name, User.email))))
    page = _sorted(MEMBER.where(*matching), MEMBER_KEYS, GroupMember.user_id, sort, cursor)
    rows = (await ctx.session.execute(page.limit(limit + 1))).all()
    total = await ctx.session.scalar(MEMBER.where(*matching).with_only_columns(func.count()))
    return _page(rows, Member, limit, sort, lambda member: member.user_id, total)


def _sorted(
    statement: Select[*tuple[Any, ...]], keys: dict[str, Any], last: Any, sort: str, cursor: str | None
) -> Select[*tuple[Any, ...]]:
    """The rows in the order of `sort`, from where the page before ended."""
    name, descending = sort.removeprefix("-"), sort.startswith("-")
    key = keys[name]
    if cursor is not None:
        value, row_id = _position(cursor, sort, key)
        after, position = tuple_(literal(value, key.type), literal(row_id, Uuid)), tuple_(key, last)
        statement = statement.where(position < after if descending else position > after)
    order = (key.desc(), last.desc()) if descending else (key, last)
    return statement.add_columns(key.label("sort_key")).order_by(*order)


def _position(cursor: str, sort: str, key: ColumnElement[Any]) -> tuple[Any, UUID]:
    made_for, value, row_id = decode_cursor(cursor, tuple[str, str, UUID])
    try:
        wanted = key.type.python_type
        read = value if wanted is str else msgspec.convert(value, wanted)
        if made_for == sort and "\0" not in value and (not isinstance(read, dt.datetime) or read.tzinfo):
            return read, row_id
    except (msgspec.ValidationError, OverflowError):
        pass
    raise Invalid.field("cursor", "belongs to another order of this list; leave it out to start again")


def _page(
    rows: Sequence[Any], kind: type[T], limit: int, sort: str, identity: Callable[[T], UUID], total: int | None
) -> Page[T]:
    values = [dict(row._mapping) for row in rows]
    pairs = [(value.pop("sort_key"), msgspec.convert(value, kind)) for value in values]
    page = paginate(pairs, limit, lambda pair: (sort, pair[0], identity(pair[1])))
    return Page(items=[item for _, item in page.items], next_cursor=page.next_cursor, total=total)
