"""Lists: filtered, sorted, and a part at a time (RFC 7644, 3.4.2)."""

from typing import Any

from scim2_models import Context as ScimContext
from scim2_models import InvalidPathException, ListResponse, SearchRequest
from sqlalchemy import ColumnElement, func, select

from questline_scim.groups import UserGroups
from questline_scim.resources import MOST_RESULTS
from questline_scim.sql import SqlFilter
from questline_scim.users import Users
from questline_scim.wire import version_of
from questline_sdk import Context

DEFAULT_RESULTS = 100
Kind = Users | UserGroups


async def search(ctx: Context, kind: Kind, wanted: SearchRequest[Any]) -> str:
    """One part of the resources that a request asks for, as JSON; raises `SCIMException` for what cannot be asked."""
    statement = kind.statement
    if wanted.filter is not None:
        statement = statement.where(SqlFilter(wanted.filter, kind.attributes).condition())
    total = await ctx.session.scalar(select(func.count()).select_from(statement.order_by(None).subquery())) or 0
    start = wanted.start_index or 1
    count = min(DEFAULT_RESULTS if wanted.count is None else wanted.count, MOST_RESULTS)
    page = statement.order_by(*_order(kind, wanted)).offset(start - 1).limit(count)
    rows = (await ctx.session.execute(page)).all() if count else []
    resources: list[Any] = list(await kind.shown(rows, wanted))
    for resource in resources:
        resource.meta.version = version_of(resource)
    answer: Any = ListResponse[kind.model](  # type: ignore[name-defined]
        total_results=total, start_index=start, items_per_page=len(resources), resources=resources
    )
    return str(answer.model_dump_json(scim_ctx=ScimContext.RESOURCE_QUERY_RESPONSE, response_parameters=wanted))


def _order(kind: Kind, wanted: SearchRequest[Any]) -> list[ColumnElement[Any]]:
    binding = wanted.sort_binding(kind.model)
    if wanted.sort_by is None or binding is None:
        return [kind.order]
    column = kind.attributes.get((binding.field_name, binding.sub_field_name))
    if column is None or callable(column):
        raise InvalidPathException(path=str(wanted.sort_by), detail=f"{wanted.sort_by} cannot be sorted by here.")
    key = column if binding.case_exact or binding.target_type is not str else func.lower(column)
    if wanted.sort_order == SearchRequest.SortOrder.descending:
        return [key.desc().nulls_first(), kind.order.desc()]
    return [key.asc().nulls_last(), kind.order]
