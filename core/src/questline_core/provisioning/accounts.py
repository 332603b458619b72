"""The SDK's `Accounts`: accounts kept by another system, within limits that no other system may cross."""

from typing import Any
from uuid import UUID

import msgspec
from msgspec import UNSET
from sqlalchemy import FromClause, select

from questline_core.auth import links
from questline_core.auth.accounts import create_user, get_user, normal_email, set_status, update_profile
from questline_core.auth.models import User
from questline_core.auth.sessions import end_sessions_of
from questline_core.people.schemas import ExternalId, NamePart
from questline_sdk import Conflict, Context, Forbidden, Invalid
from questline_sdk.permissions import ADMINS
from questline_sdk.provisioning import AccountChanges, NewAccount

TABLE = select(
    User.id,
    User.email,
    User.display_name,
    User.given_name,
    User.family_name,
    User.locale,
    User.time_zone,
    User.role,
    (User.status == "active").label("active"),
    User.external_id,
    User.created_at,
).subquery("account")
CHECKED = {"given_name": NamePart, "family_name": NamePart, "external_id": ExternalId}


class ProvisionedAccounts:
    """Accounts as another system keeps them."""

    def __init__(self, ctx: Context) -> None:
        self._ctx = ctx

    def table(self) -> FromClause:
        """Every account."""
        return TABLE

    async def create(self, data: NewAccount) -> UUID:
        """Make an account."""
        if data.role in ADMINS:
            raise Forbidden("Owners and administrators are made by hand.", code="role_too_high")
        named = {name: getattr(data, name) for name in CHECKED if getattr(data, name) is not None}
        _check(named)
        user = await create_user(
            self._ctx,
            email=data.email,
            display_name=data.display_name,
            password=None,
            role=data.role,
            locale=data.locale,
            time_zone=data.time_zone,
        )
        await self._ctx.audit("identity.user.provisioned", subject=("user", user.id), after={"role": user.role})
        await update_profile(self._ctx, user.id, **named)
        return user.id

    async def change(self, user_id: UUID, changes: AccountChanges) -> None:
        """Change an account."""
        user = await get_user(self._ctx, user_id)
        given: dict[str, Any] = msgspec.to_builtins(changes)
        given.pop("active", None)
        email = normal_email(given.pop("email")) if "email" in given else user.email
        profile = {name: value for name, value in given.items() if value != getattr(user, name)}
        status = user.status if changes.active is UNSET else "active" if changes.active else "suspended"
        if user.role in ADMINS and (email, status) != (user.email, user.status):
            raise Forbidden("Owners and administrators are changed by hand.", code="role_too_high")
        if profile:
            _check({name: value for name, value in profile.items() if value is not None})
            await update_profile(self._ctx, user_id, **profile)
            after = {"fields": sorted(profile)}
            await self._ctx.audit("identity.profile.changed", subject=("user", user_id), after=after)
        if email != user.email:
            await self._give_address(user, email)
        if status != user.status:
            await set_status(self._ctx, user_id, status)

    async def _give_address(self, user: User, email: str) -> None:
        """Give an account another address: who can read the former one comes in no more."""
        if await self._ctx.session.scalar(select(User.id).where(User.email == email)) is not None:
            raise Conflict("There is another account with this e-mail address.", code="email_taken")
        user.email, user.email_verified_at = email, None
        await self._ctx.session.flush()
        await end_sessions_of(self._ctx, user.id, reason="email_changed")
        await links.end_links(
            self._ctx, user.id, links.PASSWORD_RESET, links.VERIFY_EMAIL, links.EMAIL_CHANGE, links.WELCOME
        )
        await self._ctx.audit("identity.email.changed_by_admin", subject=("user", user.id))


def _check(named: dict[str, Any]) -> None:
    for name, value in named.items():
        if name in CHECKED:
            try:
                msgspec.convert(value, CHECKED[name])
            except msgspec.ValidationError:
                raise Invalid.field(name, "is too long or holds characters that cannot be shown") from None
