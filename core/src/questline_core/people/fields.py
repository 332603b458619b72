"""Custom fields of profiles: which there are, what may be entered, what people have in them."""

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any, cast
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from questline_core.context import HostContext
from questline_core.people.models import ProfileValue
from questline_sdk import Context, Invalid
from questline_sdk.profiles import ProfileField, ProfileFields
from questline_sdk.services import Service

LONGEST_NUMBER = 2**53
YES, NO = {"true", "yes", "ja", "1", "x"}, {"false", "no", "nein", "0"}


class TenantFields:
    """The fields of the plugins that the tenant has on."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    async def all(self) -> Mapping[str, ProfileField]:
        """Each field by its name, in load order."""
        host = cast("HostContext", self._ctx).host
        enabled = await host.enablement.of(self._ctx.tenant_id)
        records = [record for record in host.registry.active if record.id in enabled]
        return {field.name: field for record in records for field in record.contributions.profile_fields}

    async def values(self, user_ids: Iterable[UUID], name: str) -> Mapping[UUID, Any]:
        """What these people have in a field."""
        statement = select(ProfileValue.user_id, ProfileValue.value).where(
            ProfileValue.field == name, ProfileValue.user_id.in_(list(user_ids))
        )
        return {row.user_id: row.value for row in await self._ctx.session.execute(statement)}


async def values_of(ctx: Context, user_ids: Iterable[UUID]) -> dict[UUID, dict[str, Any]]:
    """What people have in all fields, by person and name."""
    found: dict[UUID, dict[str, Any]] = {user_id: {} for user_id in user_ids}
    statement = select(ProfileValue.user_id, ProfileValue.field, ProfileValue.value)
    for row in await ctx.session.execute(statement.where(ProfileValue.user_id.in_(list(found)))):
        found[row.user_id][row.field] = row.value
    return found


async def keep_values(ctx: Context, values: Mapping[UUID, Mapping[str, Any]]) -> None:
    """Keep checked values; None takes one away."""
    rows = [(user_id, name, value) for user_id, own in values.items() for name, value in own.items()]
    gone = [(user_id, name) for user_id, name, value in rows if value is None]
    kept = [{"user_id": user_id, "field": name, "value": value} for user_id, name, value in rows if value is not None]
    for user_id, name in gone:
        await ctx.session.execute(
            delete(ProfileValue).where(ProfileValue.user_id == user_id, ProfileValue.field == name)
        )
    if kept:
        statement = insert(ProfileValue)
        await ctx.session.execute(
            statement.on_conflict_do_update(
                index_elements=["tenant_id", "user_id", "field"], set_={"value": statement.excluded.value}
            ),
            kept,
        )


def check_value(field: ProfileField, value: Any) -> Any:
    """A value as it is kept, None for no value; raises `ValueError`, whose message says what is accepted."""
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    match field.kind:
        case "text" | "long_text":
            return _text(field, value)
        case "number":
            if isinstance(value, bool) or not isinstance(value, int | float) or not abs(value) <= LONGEST_NUMBER:
                raise ValueError("must be a number")
            return value
        case "boolean":
            if not isinstance(value, bool):
                raise ValueError("must be true or false")  # noqa: TRY004
            return value
        case "date":
            return _date(value)
        case "choice":
            known = [choice.value for choice in field.choices]
            if value not in known:
                raise ValueError(f"must be one of {', '.join(known)}")
            return value


def read_value(field: ProfileField, text: str) -> Any:
    """A value from what is written in a cell; raises `ValueError`."""
    text = text.strip()
    if field.kind == "boolean" and text:
        word = text.casefold()
        if word not in YES | NO:
            raise ValueError("must be yes or no")
        return word in YES
    if field.kind == "number" and text:
        try:
            return check_value(field, float(text) if any(each in text for each in ".eE") else int(text))
        except ValueError:
            raise ValueError("must be a number such as 12 or 3.5") from None
    return check_value(field, text)


def checked(fields: Mapping[str, ProfileField], given: Mapping[str, Any]) -> dict[str, Any]:
    """Check values by the names of their fields; raises `Invalid` for the first that is not accepted."""
    accepted: dict[str, Any] = {}
    for name, value in given.items():
        if name not in fields:
            raise Invalid.field(f"fields.{name}", "is not a field that you may change")
        try:
            accepted[name] = check_value(fields[name], value)
        except ValueError as error:
            raise Invalid.field(f"fields.{name}", str(error)) from None
    return accepted


def _text(field: ProfileField, value: Any) -> str:
    allowed = "\n\t" if field.kind == "long_text" else ""
    if not isinstance(value, str) or any(ord(each) < 32 and each not in allowed for each in value):
        raise ValueError("must be text without control characters")
    text = value.strip()
    if len(text) > field.max_length:
        raise ValueError(f"must have at most {field.max_length} characters")
    return text


def _date(value: Any) -> str:
    try:
        return dt.date.fromisoformat(value).isoformat()
    except (TypeError, ValueError):
        raise ValueError("must be a date such as 2026-11-22") from None


PEOPLE_SERVICES = [Service(protocol=ProfileFields, factory=TenantFields)]
