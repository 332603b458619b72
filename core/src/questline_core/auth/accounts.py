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

from questline_core.access.changes import announce_access, keep_an_owner
from questline_core.auth.models import User
from questline_core.auth.passwords import check_new_password, hash_password
from questline_core.auth.policy import RoleName
from questline_core.auth.schemas import DisplayName, Email, Locale, StatusName
from questline_core.auth.sessions import end_sessions_of
from questline_core.people.avatars import drop_pictures
from questline_core.tenancy.refusals import explained
from questline_sdk import Conflict, Context, Invalid, NotFound
from questline_sdk.permissions import Role

T = TypeVar("T")
PLACEHOLDERS = {"Factory", "localtime"}


async def create_user(
    ctx: Context,
    *,
    email: str,
    display_name: str,
    password: str | None,
    password_hash: str | None = None,
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
        check_new_password(password, email=values["email"], also=(display_name,))
        password_hash = await hash_password(password)
    values["password_hash"] = password_hash
    statement = insert(User).values(values).on_conflict_do_nothing(index_elements=["tenant_id", "email"])
    with explained():
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


async def update_profile(ctx: Context, user_id: UUID, **changes: str | None) -> User:
    """Change names, `locale`, `time_zone` or `external_id`.

    Raises:
        Conflict: Somebody else has the external id (`external_id_taken`).
        Invalid: The time zone is not known.
        NotFound: There is no such user.
    """
    if (zone := changes.get("time_zone")) is not None:
        await known_time_zone(zone)
    if (name := changes.get("display_name")) is not None:
        changes["display_name"] = name.strip()
    if (external_id := changes.get("external_id")) is not None:
        other = select(User.id).where(User.external_id == external_id, User.id != user_id)
        if await ctx.session.scalar(other) is not None:
            raise Conflict("Somebody else has this external id.", code="external_id_taken")
    return await _change(ctx, user_id, **changes) if changes else await get_user(ctx, user_id)


async def set_password(ctx: Context, user_id: UUID, password: str) -> None:
    """Give an account a new password and end its sessions."""
    check_new_password(password, email=(await get_user(ctx, user_id)).email)
    await _change(ctx, user_id, password_hash=await hash_password(password))
    await end_sessions_of(ctx, user_id, reason="password_changed")


async def set_role(ctx: Context, user_id: UUID, role: str) -> User:
    """Give an account another role, which holds at once; raises `Conflict` for the last owner (`last_owner`)."""
    former = (await get_user(ctx, user_id)).role
    if former == Role.OWNER and role != former:
        await keep_an_owner(ctx, user_id)
    user = await _change(ctx, user_id, role=_role(role))
    await announce_access(ctx, user_id)
    await ctx.audit("identity.role.changed", subject=("user", user_id), before={"role": former}, after={"role": role})
    return user


async def set_status(ctx: Context, user_id: UUID, status: str) -> User:
    """Suspend an account (`suspended`), which ends its sessions, or let it in again (`active`).

    Raises:
        Conflict: It is the last owner's (`last_owner`).
    """
    checked: str = _checked(status, StatusName, "status", "must be active or suspended")
    if checked == "suspended":
        await keep_an_owner(ctx, user_id)
    user = await _change(ctx, user_id, status=checked)
    if checked == "suspended":
        await end_sessions_of(ctx, user_id, reason="suspended")
    await announce_access(ctx, user_id)
    await ctx.audit("identity.status.changed", subject=("user", user_id), after={"status": checked})
    return user


async def delete_user(ctx: Context, user_id: UUID) -> None:
    """Delete an account and every row that refers to it, its sessions among them.

    Raises:
        Conflict: It is the last owner's (`last_owner`).
        NotFound: There is no such account.
    """
    await keep_an_owner(ctx, user_id)
    gone = await ctx.session.execute(delete(User).where(User.id == user_id).returning(User.avatar_url))
    await drop_pictures(ctx, _found(gone.one_or_none()).avatar_url)
    await announce_access(ctx, user_id)
    await ctx.audit("identity.user.deleted", subject=("user", user_id))


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
