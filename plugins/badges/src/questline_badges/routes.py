"""The API of badges, under `/api/v1/p/badges`."""

from typing import Any
from uuid import UUID

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody

from questline_badges import administration, gallery, known_events
from questline_badges.permissions import MANAGE, READ_OWN
from questline_badges.schemas import DefinitionInput, DefinitionView, EventTypes, Gallery
from questline_sdk import Context, Page


@get("/me", operation_id="badges_list_mine", permission=READ_OWN)
async def list_mine(ctx: NamedDependency[Context]) -> Gallery:
    """Every badge, with when you earned it or how far it is."""
    return await gallery.gallery_of(ctx, ctx.user.id)


@get("/definitions", operation_id="badges_list_definitions", permission=MANAGE)
async def list_definitions(ctx: NamedDependency[Context]) -> Page[DefinitionView]:
    """Every definition, on one page."""
    return await administration.list_definitions(ctx)


@get("/event-types", operation_id="badges_list_event_types", permission=MANAGE)
async def list_event_types(ctx: NamedDependency[Context]) -> EventTypes:
    """The event types that a badge may count, as far as they are known."""
    return await known_events.event_types(ctx)


@post("/definitions", operation_id="badges_create_definition", permission=MANAGE)
async def create_definition(ctx: NamedDependency[Context], data: JSONBody[DefinitionInput]) -> DefinitionView:
    """Define a badge; it counts from the next event on."""
    return await administration.create_definition(ctx, data)


@put("/definitions/{definition_id:uuid}", operation_id="badges_replace_definition", permission=MANAGE)
async def replace_definition(
    ctx: NamedDependency[Context], definition_id: FromPath[UUID], data: JSONBody[DefinitionInput]
) -> DefinitionView:
    """Change a badge; who has earned it keeps it."""
    return await administration.replace_definition(ctx, definition_id, data)


@delete("/definitions/{definition_id:uuid}", operation_id="badges_delete_definition", permission=MANAGE)
async def delete_definition(ctx: NamedDependency[Context], definition_id: FromPath[UUID]) -> None:
    """Remove a badge that nobody has earned."""
    await administration.delete_definition(ctx, definition_id)


ROUTES: list[Any] = [
    list_mine,
    list_definitions,
    list_event_types,
    create_definition,
    replace_definition,
    delete_definition,
]
