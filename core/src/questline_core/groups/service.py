"""The life of a group: made, changed, deleted."""

import datetime as dt
from itertools import chain, count
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.groups.members import announce_left, members_of
from questline_core.groups.models import Group
from questline_core.groups.schemas import GroupChanges, NewGroup
from questline_core.text import slugify
from questline_sdk import Conflict, Context, Invalid, NotFound

LONGEST_SLUG = 80


async def create_group(ctx: Context, data: NewGroup) -> Group:
    """Make a group.

    Raises:
        Conflict: There is a group with this slug (`slug_taken`) or external id (`external_id_taken`).
        Invalid: The dates do not fit.
    """
    values = msgspec.structs.asdict(data) | {"slug": data.slug or await free_slug(ctx, data.name)}
    _check_dates(data.kind, data.starts_on, data.ends_on)
    await _check_free(ctx, slug=data.slug, external_id=data.external_id)
    values |= {"name": data.name.strip(), "created_at": ctx.now, "changed_at": ctx.now}
    group = (await ctx.session.scalars(insert(Group).values(values).on_conflict_do_nothing().returning(Group))).first()
    if group is None:
        raise Conflict("There is a group with this slug or external id already.", code="slug_taken")
    await ctx.audit("groups.group.created", subject=("group", group.id), after=_noted(values))
    return group


async def update_group(ctx: Context, group_id: UUID, changes: GroupChanges) -> Group:
    """Change a group; what is left out stays. Raises `NotFound`, `Conflict` and `Invalid`."""
    group = await locked_group(ctx, group_id)
    given: dict[str, Any] = msgspec.to_builtins(changes, builtin_types=(dt.date,))
    if "name" in given:
        given["name"] = given["name"].strip()
    if given.get("kind", group.kind) == "group":
        given |= {"starts_on": given.get("starts_on"), "ends_on": given.get("ends_on")}
    values = {name: value for name, value in given.items() if value != getattr(group, name)}
    if not values:
        return group
    after = {name: getattr(group, name) for name in ("kind", "starts_on", "ends_on")} | values
    _check_dates(after["kind"], after["starts_on"], after["ends_on"])
    await _check_free(ctx, slug=values.get("slug"), external_id=values.get("external_id"))
    before = {name: getattr(group, name) for name in values}
    await ctx.session.execute(
        update(Group).where(Group.id == group_id).values(values | {"changed_at": ctx.now}),
        execution_options={"synchronize_session": False},
    )
    await ctx.session.refresh(group)
    subject = ("group", group_id)
    await ctx.audit("groups.group.changed", subject=subject, before=_noted(before), after=_noted(values))
    return group


async def delete_group(ctx: Context, group_id: UUID) -> None:
    """Delete a group; its members stay enrolled in its courses. Raises `NotFound`."""
    group = await locked_group(ctx, group_id)
    await announce_left(ctx, group, await members_of(ctx, group_id))
    await ctx.audit(
        "groups.group.deleted", subject=("group", group_id), before={"slug": group.slug, "name": group.name}
    )
    await ctx.session.execute(
        delete(Group).where(Group.id == group_id), execution_options={"synchronize_session": False}
    )


async def get_group(ctx: Context, group_id: UUID) -> Group:
    """A group by id; raises `NotFound`."""
    return _found(await ctx.session.scalar(select(Group).where(Group.id == group_id)))


async def group_by_slug(ctx: Context, slug: str) -> Group:
    """A group by its slug; raises `NotFound`."""
    return _found(await ctx.session.scalar(select(Group).where(Group.slug == slug)), slug)


async def locked_group(ctx: Context, group_id: UUID) -> Group:
    """A group that nobody else changes before this transaction ends; raises `NotFound`.

    Members and courses change under this lock: whoever comes second sees what the first has done, so that nobody is
    left without a course.
    """
    statement = select(Group).where(Group.id == group_id).with_for_update(key_share=True)
    return _found(await ctx.session.scalar(statement, execution_options={"populate_existing": True}))


async def free_slug(ctx: Context, name: str) -> str:
    """A slug made of a name that no group has yet."""
    base = slugify(name) or "group"
    stem = base[: LONGEST_SLUG - len("-00000")].strip("-")
    taken = set(await ctx.session.scalars(select(Group.slug).where(Group.slug.startswith(stem, autoescape=True))))
    numbered = (f"{stem}-{number}" for number in count(2))
    return next(each for each in chain([base], numbered) if each not in taken)


async def _check_free(ctx: Context, *, slug: str | None, external_id: str | None) -> None:
    if slug and await ctx.session.scalar(select(func.count()).where(Group.slug == slug)):
        raise Conflict("There is a group with this slug already.", code="slug_taken")
    if external_id and await ctx.session.scalar(select(func.count()).where(Group.external_id == external_id)):
        raise Conflict("There is a group with this external id already.", code="external_id_taken")


def _check_dates(kind: str, starts_on: dt.date | None, ends_on: dt.date | None) -> None:
    if kind != "cohort" and (starts_on or ends_on):
        raise Invalid.field("starts_on" if starts_on else "ends_on", "is only for cohorts")
    if starts_on and ends_on and ends_on < starts_on:
        raise Invalid.field("ends_on", "is before the start")


def _noted(values: dict[str, Any]) -> dict[str, Any]:
    """What the audit log keeps: as JSON, without times that it has itself."""
    kept = {name: value for name, value in values.items() if name not in {"created_at", "changed_at"}}
    return msgspec.to_builtins(kept)  # type: ignore[no-any-return]


def _found(group: Group | None, slug: str | None = None) -> Group:
    if group is None:
        raise NotFound(f"There is no group {slug}." if slug else "There is no such group.")
    return group
