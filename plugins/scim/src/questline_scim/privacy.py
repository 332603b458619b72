"""What SCIM keeps of a person, for them to take along or to have erased."""

from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import delete, select

from questline_scim.models import Person
from questline_sdk import Context


async def export(ctx: Context, user_id: UUID) -> dict[str, Any]:
    """What a directory said of a user."""
    person = await ctx.session.scalar(select(Person).where(Person.user_id == user_id))
    if person is None:
        return {}
    names = ("user_name", "name_key", "emails", "preferred_language", "locale", "time_zone", "removed_at")
    return {name: msgspec.to_builtins(getattr(person, name)) for name in names}


async def erase(ctx: Context, user_id: UUID) -> None:
    """Remove it."""
    await ctx.session.execute(delete(Person).where(Person.user_id == user_id))
