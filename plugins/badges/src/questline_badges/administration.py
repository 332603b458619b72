"""Definitions as administrators keep them, and those a tenant starts with."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_badges.criteria import EventCount
from questline_badges.models import Award, Definition
from questline_badges.schemas import DefinitionInput, DefinitionView
from questline_badges.starting import STARTING_BADGES
from questline_sdk import Conflict, Context, Invalid, NotFound, Page

COLUMNS = (
    Definition.id, Definition.slug, Definition.title, Definition.description, Definition.criterion,
    Definition.icon, Definition.tier, Definition.hint, Definition.position,
)  # fmt: skip


async def list_definitions(ctx: Context) -> Page[DefinitionView]:
    """Every definition in the gallery's order."""
    statement = select(*COLUMNS).order_by(Definition.position, Definition.created_at, Definition.id)
    rows = (await ctx.session.execute(statement)).mappings().all()
    return Page(items=[_view(row) for row in rows], total=len(rows))


async def create_definition(ctx: Context, definition: DefinitionInput) -> DefinitionView:
    """Add a badge; raises `Conflict` where the slug is taken."""
    statement = insert(Definition).values(**_values(definition))
    new = statement.on_conflict_do_nothing(index_elements=["tenant_id", "slug"]).returning(*COLUMNS)
    row = (await ctx.session.execute(new)).mappings().one_or_none()
    if row is None:
        raise _taken(definition.slug)
    return _view(row)


async def replace_definition(ctx: Context, definition_id: UUID, definition: DefinitionInput) -> DefinitionView:
    """Change a badge; who has earned it keeps it. Raises `NotFound`, or `Conflict` where the slug is taken."""
    other = select(Definition.id).where(Definition.slug == definition.slug, Definition.id != definition_id)
    if await ctx.session.scalar(other) is not None:
        raise _taken(definition.slug)
    statement = update(Definition).where(Definition.id == definition_id).values(**_values(definition))
    row = (await ctx.session.execute(statement.returning(*COLUMNS))).mappings().one_or_none()
    if row is None:
        raise NotFound("There is no such badge.")
    return _view(row)


async def delete_definition(ctx: Context, definition_id: UUID) -> None:
    """Remove a badge that nobody has earned. Raises `NotFound`, or `Conflict` where somebody has."""
    if await ctx.session.scalar(select(Award.user_id).where(Award.definition_id == definition_id).limit(1)):
        raise Conflict("Somebody has earned this badge; it cannot be taken away.", code="badge_earned")
    statement = delete(Definition).where(Definition.id == definition_id).returning(Definition.id)
    if (await ctx.session.execute(statement)).one_or_none() is None:
        raise NotFound("There is no such badge.")


async def seed_definitions(ctx: Context) -> None:
    """Give a tenant without badges those to start with."""
    if await ctx.session.scalar(select(Definition.id).limit(1)) is not None:
        return
    rows = [_values(each) | {"position": place * 10} for place, each in enumerate(STARTING_BADGES, start=1)]
    await ctx.session.execute(insert(Definition), rows)


def _values(definition: DefinitionInput) -> dict[str, Any]:
    criterion = definition.criterion
    if isinstance(criterion, EventCount) and criterion.event.startswith("badges."):
        raise Invalid.field("criterion.event", "badges cannot count their own events; name another plugin's")
    values: dict[str, Any] = msgspec.to_builtins(definition)
    return values | {"event": criterion.event, "target": criterion.target}


def _taken(slug: str) -> Conflict:
    return Conflict(f"There is a badge {slug!r} already.", code="slug_taken")


def _view(row: Any) -> DefinitionView:
    return msgspec.convert(dict(row), DefinitionView)
