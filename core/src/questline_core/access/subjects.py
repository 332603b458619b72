"""Names of those who hold roles: people and service accounts."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from sqlalchemy import literal, null, select

from questline_core.access.models import ServiceAccount
from questline_core.access.schemas import Subject
from questline_core.auth.models import User
from questline_core.context import HostContext


async def subjects(ctx: HostContext, ids: Iterable[UUID | None]) -> dict[UUID, Subject]:
    """People and service accounts by their ids; those that are gone are missing."""
    wanted = [each for each in ids if each is not None]
    if not wanted:
        return {}
    people: Any = select(User.id, User.display_name.label("name"), User.email, literal("user").label("kind"))
    services: Any = select(ServiceAccount.id, ServiceAccount.name, null(), literal("service"))
    both = people.where(User.id.in_(wanted)).union_all(services.where(ServiceAccount.id.in_(wanted)))
    return {row.id: Subject(**row._mapping) for row in await ctx.session.execute(both)}
