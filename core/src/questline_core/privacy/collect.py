"""What core and the plugins keep of a person, one area each; long lists come row by row."""

from collections.abc import AsyncIterator, Callable, Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Column, ColumnElement, FromClause, Table, Uuid, select

from questline_core.auth.accounts import get_user
from questline_core.auth.models import User
from questline_core.content.models import Course
from questline_core.context import HostContext
from questline_core.db.models import Base
from questline_core.events.models import EventRecord
from questline_core.people.avatars import PREFIX, avatar_key, large
from questline_sdk.db import Sealed
from questline_sdk.db.personal import PersonalData, declaration
from questline_sdk.privacy import PersonalFile

ACCOUNT = User.__table__
WHOSE = ("user_id", "actor_id")
"""Columns that say to whom a row belongs."""
HOOK_SECONDS = 600.0
"""A hook that works in the background may take longer than one that somebody waits for."""
ROWS = 500
"""Rows fetched at a time."""
Told = Callable[[str], Any]


class Area(msgspec.Struct, frozen=True, kw_only=True):
    """What one owner of data keeps of a person: core, or a plugin.

    `data` may hold asynchronous iterators in the place of lists, and `PersonalFile`s anywhere.
    """

    owner: str
    data: Mapping[str, Any]


async def areas(ctx: HostContext, user_id: UUID) -> AsyncIterator[Area]:
    """Every area, core's first; raises `NotFound`, and whatever a plugin's hook raises.

    Plugins that the tenant has switched off are asked too: they keep their data.
    """
    user = await get_user(ctx, user_id)
    yield Area(owner="core", data=await _core(ctx, user))
    for hook in ctx.host.dispatcher.implementations("personal_data", ctx.host.registry.active_ids):
        yield Area(owner=hook.plugin_id, data=await hook({"ctx": ctx, "user_id": user_id}, HOOK_SECONDS))


def owners(ctx: HostContext) -> list[str]:
    """Whose areas there are."""
    plugins = ctx.host.dispatcher.implementations("personal_data", ctx.host.registry.active_ids)
    return ["core", *(hook.plugin_id for hook in plugins)]


async def files_of_account(ctx: HostContext, user: User) -> list[PersonalFile]:
    """The blobs that core keeps for a person: their picture, in both sizes."""
    names = {url.removeprefix(PREFIX) for url in (user.avatar_url, large(user.avatar_url)) if url}
    return [
        PersonalFile(key=avatar_key(ctx.tenant_id, name), name=f"picture-{name.rpartition('-')[2]}")
        for name in sorted(names)
        if user.avatar_url and user.avatar_url.startswith(PREFIX)
    ]


async def _core(ctx: HostContext, user: User) -> dict[str, Any]:
    """What core's tables declare as personal data, by table, with the ids of what it is about."""
    account = {"id": user.id, **{column.name: getattr(user, column.name) for column in declared(ACCOUNT)}}
    data: dict[str, Any] = {"account": {**account, "picture_files": await files_of_account(ctx, user)}}
    for table in Base.metadata.sorted_tables:
        whose = whose_column(table)
        if whose is not None and declared(table):
            data[table.name] = _rows(ctx, table, whose, user.id)
    events = select(EventRecord.type, EventRecord.data, EventRecord.occurred_at)
    events = events.where(EventRecord.data["user_id"].astext == str(user.id)).order_by(EventRecord.id)
    data["event"] = _stream(ctx, events)
    slugs = {row.id: row.slug for row in await ctx.session.execute(select(Course.id, Course.slug))}
    data["enrolment"] = _with_courses(data["enrolment"], slugs)
    return data


def whose_column(table: Table) -> Column[Any] | None:
    """The column of a core table that says whose a row is."""
    return next((table.c[name] for name in WHOSE if name in table.c), None)


def declared(table: FromClause) -> list[ColumnElement[Any]]:
    """The columns of a table that hold personal data."""
    return [column for column in table.c if isinstance(declaration(column.info), PersonalData)]


def _rows(ctx: HostContext, table: Table, whose: Column[Any], user_id: UUID) -> AsyncIterator[dict[str, Any]]:
    ids = [each for each in table.c if isinstance(each.type, Uuid) and each.name not in {whose.name, "tenant_id"}]
    columns = [*ids, *(each for each in declared(table) if each not in set(ids))]
    if any(isinstance(column.type, Sealed) for column in columns):
        return _objects(ctx, table, whose, user_id, [column.name for column in columns])
    return _stream(ctx, select(*columns).where(whose == user_id).order_by(*table.primary_key))


async def _stream(ctx: HostContext, statement: Any) -> AsyncIterator[dict[str, Any]]:
    result = await ctx.session.stream(statement.execution_options(yield_per=ROWS))
    async for row in result.mappings():
        yield dict(row)


async def _objects(
    ctx: HostContext, table: Table, whose: Column[Any], user_id: UUID, names: list[str]
) -> AsyncIterator[dict[str, Any]]:
    """Rows with sealed columns, which open only as objects."""
    model = next(mapper.class_ for mapper in Base.registry.mappers if mapper.local_table is table)
    statement = select(model).where(whose == user_id).order_by(*table.primary_key)
    result = await ctx.session.stream_scalars(statement.execution_options(yield_per=ROWS))
    async for each in result:
        yield {name: getattr(each, name) for name in names}
        ctx.session.expunge(each)


async def _with_courses(
    rows: AsyncIterator[dict[str, Any]], slugs: Mapping[UUID, str]
) -> AsyncIterator[dict[str, Any]]:
    async for row in rows:
        yield {**row, "course": slugs.get(row["course_id"])}
