"""The API of leaderboards, under `/api/v1/p/leaderboards`."""

from typing import Any

from litestar import get, put
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, JSONBody

from questline_leaderboards import preferences, service
from questline_leaderboards.periods import Period
from questline_leaderboards.permissions import MANAGE_OWN, READ
from questline_leaderboards.schemas import BoardView, Preferences
from questline_sdk import Context


@get("/{period:str}", operation_id="leaderboards_get", permission=READ)
async def get_board(
    ctx: NamedDependency[Context], period: FromPath[Period], around: FromQuery[bool] = True
) -> BoardView:
    """The board of all time, of this month or of this week (UTC), with the places around you."""
    return await service.board_view(ctx, period, ctx.user.id, around=around)


@get("/me/preferences", operation_id="leaderboards_get_preferences", permission=MANAGE_OWN)
async def get_preferences(ctx: NamedDependency[Context]) -> Preferences:
    """How you appear on the boards."""
    return await preferences.preferences_of(ctx, ctx.user.id)


@put("/me/preferences", operation_id="leaderboards_update_preferences", permission=MANAGE_OWN)
async def update_preferences(ctx: NamedDependency[Context], data: JSONBody[Preferences]) -> Preferences:
    """Choose how you appear; the boards follow within moments."""
    return await preferences.choose(ctx, ctx.user.id, data)


ROUTES: list[Any] = [get_board, get_preferences, update_preferences]
