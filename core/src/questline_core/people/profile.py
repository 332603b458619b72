"""Profiles: names, language, time zone, custom fields; as their owner sees them, and as managers of people do."""

from typing import Any
from uuid import UUID

import msgspec

from questline_core.auth.accounts import get_user, update_profile
from questline_core.auth.models import User
from questline_core.people.avatars import large
from questline_core.people.fields import TenantFields, checked, keep_values, values_of
from questline_core.people.schemas import ChangeProfile, Choice, CustomField, Profile
from questline_sdk import Context
from questline_sdk.profiles import ProfileField

OPTIONAL = {"given_name", "family_name", "external_id"}
"""What an empty text takes away."""


async def profile_of(ctx: Context, user_id: UUID, *, managed: bool = False) -> Profile:
    """Somebody's profile; with `managed`, as those who manage people see it. Raises `NotFound`."""
    user = await get_user(ctx, user_id)
    values = (await values_of(ctx, [user_id]))[user_id]
    fields = [
        _shown(field, values.get(name), managed=managed)
        for name, field in (await TenantFields(ctx).all()).items()
        if managed or field.seen_by != "managers"
    ]
    return Profile(
        id=user.id,
        email=user.email,
        display_name=user.display_name,
        given_name=user.given_name,
        family_name=user.family_name,
        locale=user.locale,
        time_zone=user.time_zone,
        avatar_url=user.avatar_url,
        avatar_large_url=large(user.avatar_url),
        fields=fields,
    )


async def change_profile(ctx: Context, user_id: UUID, data: ChangeProfile, *, managed: bool = False) -> User:
    """Change a profile; raises `Invalid` for what is not accepted, `NotFound`."""
    given: dict[str, Any] = msgspec.to_builtins(data)
    fields = given.pop("fields", None)
    changes = {name: (value.strip() or None) if name in OPTIONAL else value for name, value in given.items()}
    user = await update_profile(ctx, user_id, **changes)
    if fields:
        known = await TenantFields(ctx).all()
        mine = {name: field for name, field in known.items() if managed or field.edited_by == "self"}
        await keep_values(ctx, {user_id: checked(mine, fields)})
    changed = sorted([*changes, *(fields or {})])
    if changed:
        await ctx.audit("identity.profile.changed", subject=("user", user_id), after={"fields": changed})
    return user


def _shown(field: ProfileField, value: Any, *, managed: bool) -> CustomField:
    return CustomField(
        name=field.name,
        plugin=field.name.partition(".")[0],
        label=dict(field.label),
        purpose=dict(field.purpose),
        kind=field.kind,
        choices=[Choice(value=each.value, label=dict(each.label)) for each in field.choices],
        max_length=field.max_length,
        seen_by=field.seen_by,
        editable=managed or field.edited_by == "self",
        value=value,
    )
