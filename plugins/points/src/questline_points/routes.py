"""The API of points, under `/api/v1/p/points`."""

from typing import Annotated
from uuid import UUID

from litestar import delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody, QueryParameter

from questline_points import administration, known_events, ledger
from questline_points.permissions import MANAGE_RULES, READ_OWN
from questline_points.schemas import Balance, EntryView, EventTypes, Levels, RuleInput, RuleView
from questline_sdk import Context, Page
from questline_sdk.pages import DEFAULT_LIMIT, MAX_LIMIT

Limit = Annotated[int, QueryParameter(ge=1, le=MAX_LIMIT)]


@get("/me", operation_id="points_get_balance", permission=READ_OWN)
async def get_balance(ctx: NamedDependency[Context]) -> Balance:
    """Your balance and level, and what you earned today and this week."""
    return await ledger.balance_of(ctx, ctx.user.id)


@get("/me/entries", operation_id="points_list_entries", permission=READ_OWN)
async def list_entries(
    ctx: NamedDependency[Context], cursor: FromQuery[str | None] = None, limit: Limit = DEFAULT_LIMIT
) -> Page[EntryView]:
    """What you were awarded, newest first."""
    return await ledger.entries_of(ctx, ctx.user.id, cursor=cursor, limit=limit)


@get("/levels", operation_id="points_list_levels", permission=READ_OWN)
async def list_levels(ctx: NamedDependency[Context]) -> Levels:
    """Every level there is to reach, lowest first."""
    return await ledger.levels(ctx)


@get("/rules", operation_id="points_list_rules", permission=MANAGE_RULES)
async def list_rules(ctx: NamedDependency[Context]) -> Page[RuleView]:
    """Every rule, on one page."""
    return await administration.list_rules(ctx)


@get("/event-types", operation_id="points_list_event_types", permission=MANAGE_RULES)
async def list_event_types(ctx: NamedDependency[Context]) -> EventTypes:
    """The event types that a rule may award for, as far as they are known."""
    return await known_events.event_types(ctx)


@post("/rules", operation_id="points_create_rule", permission=MANAGE_RULES)
async def create_rule(ctx: NamedDependency[Context], data: JSONBody[RuleInput]) -> RuleView:
    """Add a rule; it counts from the next event on."""
    return await administration.create_rule(ctx, data)


@put("/rules/{rule_id:uuid}", operation_id="points_replace_rule", permission=MANAGE_RULES)
async def replace_rule(ctx: NamedDependency[Context], rule_id: FromPath[UUID], data: JSONBody[RuleInput]) -> RuleView:
    """Change a rule from the next event on."""
    return await administration.replace_rule(ctx, rule_id, data)


@delete("/rules/{rule_id:uuid}", operation_id="points_delete_rule", permission=MANAGE_RULES)
async def delete_rule(ctx: NamedDependency[Context], rule_id: FromPath[UUID]) -> None:
    """Remove a rule; what it awarded stays."""
    await administration.delete_rule(ctx, rule_id)


ROUTES = [get_balance, list_entries, list_levels, list_rules, list_event_types, create_rule, replace_rule, delete_rule]
