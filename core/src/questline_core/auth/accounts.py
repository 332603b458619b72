"""The life of an account: made, changed, suspended, deleted. Used by the routes, the CLI and the demo's seeding."""

import asyncio
import datetime as dt
import zoneinfo
from functools import cache
from typing import Any, TypeVar
from uuid import UUID

import msgspec
from sqlalchemy import delete, select, update
from sqlalchemy.dialects.postgresql import insert

from questline_core.auth.models import User
from questline_core.auth.passwords import check_new_password, hash_password
from questline_core.auth.schemas import DisplayName, Email, Locale, RoleName, StatusName
from questline_core.auth.sessions import end_sessions_of
from questline_sdk import Conflict, Context, Invalid, NotFound

T = TypeVar("T")
PLACEHOLDERS = {"Factory", "localtime"}


async def create_user(
    ctx: Context,
    *,
    email: str,
    display_name: str,
    password: str | None,
    role: str = "learner",
    locale: str = "en",
    time_zone: str = "UTC",
    avatar_url: str | None = None,
    created_at: dt.datetime | None = None,
) -> User:
    """Create an account; without a password nobody can sign in to it until it has one.

    Raises:
        Conflict: The tenant has an account with this e-mail address (`email_taken`).
        Invalid: A value is not accepted.
    """
    values: dict[str, Any] = {
        "email": normal_email(email),
        "display_name": _checked(
            display_name, DisplayName, "display_name", "needs 1 to 80 printable characters"
        ).strip(),
        "role": _role(role),
        "locale": _checked(locale, Locale, "locale", "is not a BCP 47 language tag such as en, de or pt-BR"),
        "time_zone": await known_time_zone(time_zone),
        "avatar_url": avatar_url,
        "created_at": created_at or ctx.now,
    }
    if password is not None:
        check_new_password(password, email=values["email"])
        values["password_hash"] = await hash_password(password)
    statement = insert(User).values(values).on_conflict_do_nothing(index_elements=["tenant_id", "email"])
    user = (await ctx.session.scalars(statement.returning(User))).one_or_none()
    if user is None:
        raise Conflict("There is an account with this e-mail address already; sign in instead.", code="email_taken")
    return user


async def get_user(ctx: Context, user_id: UUID) -> User:
    """An account by id; raises `NotFound`."""
    return _found(await ctx.session.scalar(select(User).where(User.id == user_id)))


async def user_by_email(ctx: Context, email: str) -> User:
    """An account by its e-mail address; raises `NotFound`."""
    return _found(await ctx.session.scalar(select(User).where(User.email == normal_email(email))))


async def update_profile(ctx: Context, user_id: UUID, **changes: str) -> User:
    """Change `display_name`, `locale` or `time_zone`."""
    if "time_zone" in changes:
        await known_time_zone(changes["time_zone"])
    if "display_name" in changes:
        changes["display_name"] = changes["display_name"].strip()
    return await _change(ctx, user_id, **changes) if changes else await get_user(ctx, user_id)


async def set_password(ctx: Context, user_id: UUID, password: str) -> None:
    """Give an account a new password and end its sessions."""
    check_new_password(password, email=(await get_user(ctx, user_id)).email)
    await _change(ctx, user_id, password_hash=await hash_password(password))
    await end_sessions_of(ctx, user_id, reason="password_changed")


async def set_role(ctx: Context, user_id: UUID, role: str) -> User:
    """Give an account another role; access tokens already given keep the former one until they expire."""
    return await _change(ctx, user_id, role=_role(role))


async def set_status(ctx: Context, user_id: UUID, status: str) -> User:
    """Suspend an account (`suspended`), which ends its sessions, or let it in again (`active`)."""
    checked: str = _checked(status, StatusName, "status", "must be active or suspended")
    user = await _change(ctx, user_id, status=checked)
    if checked == "suspended":
        await end_sessions_of(ctx, user_id, reason="suspended")
    return user


async def delete_user(ctx: Context, user_id: UUID) -> None:
    """Delete an account and every row that refers to it, its sessions among them; raises `NotFound`."""
    _found(await ctx.session.scalar(delete(User).where(User.id == user_id).returning(User.id)))


def normal_email(email: str) -> str:
    """An e-mail address as it is kept; raises `Invalid` for what is none."""
    checked: str = _checked(email.strip(), Email, "email", "is not an e-mail address")
    return checked.lower()


async def known_time_zone(name: str) -> str:
    """Return the name of an IANA time zone; raises `Invalid` for one that we do not know."""
    if name not in await asyncio.to_thread(time_zones):
        raise Invalid.field("time_zone", "is not a time zone we know; use a name such as Europe/Berlin or UTC")
    return name


@cache
def time_zones() -> frozenset[str]:
    """The names of all time zones; the first call reads the system's database (0.2 s)."""
    return frozenset(zoneinfo.available_timezones() - PLACEHOLDERS | {"UTC"})


async def _change(ctx: Context, user_id: UUID, **values: Any) -> User:
    statement = update(User).where(User.id == user_id).values(values).returning(User)
    return _found(await ctx.session.scalar(statement, execution_options={"populate_existing": True}))


def _role(role: str) -> str:
    checked: str = _checked(role, RoleName, "role", "is not a role")
    return checked


def _checked(value: str, kind: Any, field: str, message: str) -> Any:
    try:
        return msgspec.convert(value, kind)
    except msgspec.ValidationError:
        raise Invalid.field(field, message) from None


def _found(value: T | None) -> T:
    if value is None:
        raise NotFound("There is no such user.")
    return value
