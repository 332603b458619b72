"""What a user sees and changes of their own security: sessions, factors, passkeys."""

from uuid import UUID

import msgspec
from sqlalchemy import func, select

from questline_core.auth.accounts import get_user
from questline_core.auth.devices import device_name
from questline_core.auth.factors import codes_left, confirmed_totp
from questline_core.auth.models import AuthSession, RememberedDevice, User
from questline_core.auth.passkeys import passkeys_of
from questline_core.auth.recovery import reader_of
from questline_core.auth.schemas import PasskeyCard, Security, SessionCard
from questline_core.auth.second_factor import is_recent
from questline_core.auth.sessions import revoke
from questline_core.context import HostContext
from questline_core.mail.service import queue_mail, shown_time
from questline_core.mail.texts import language_of
from questline_sdk import NotFound

MOST_SESSIONS = 100
CHANGES = {
    "app_added": {"en": "an authenticator app was added", "de": "eine Authenticator-App kam dazu"},
    "app_removed": {"en": "the authenticator app was removed", "de": "die Authenticator-App wurde entfernt"},
    "passkey_added": {"en": "a passkey was added", "de": "ein Passkey kam dazu"},
    "passkey_removed": {"en": "a passkey was removed", "de": "ein Passkey wurde entfernt"},
    "codes_renewed": {"en": "new recovery codes were made", "de": "neue Wiederherstellungscodes wurden erzeugt"},
}
"""What a mail calls a change, by language."""


async def security_of(ctx: HostContext) -> Security:
    """How the signed-in user's account is protected."""
    user = await get_user(ctx, ctx.user.id)
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    totp = await confirmed_totp(ctx, user.id)
    devices = select(func.count()).select_from(RememberedDevice)
    of_user = (RememberedDevice.user_id == user.id, RememberedDevice.expires_at > ctx.now)
    return Security(
        email=user.email,
        email_verified=user.email_verified_at is not None,
        has_password=user.password_hash is not None,
        app_since=totp.confirmed_at if totp else None,
        passkeys=[msgspec.convert(each, PasskeyCard, from_attributes=True) for each in await passkeys_of(ctx, user.id)],
        recovery_codes_left=await codes_left(ctx, user.id),
        remembered_devices=int(await ctx.session.scalar(devices.where(*of_user)) or 0),
        second_factor_needed=user.role in tenant.sign_in.second_factor_roles,
        recent=await is_recent(ctx),
        sends_mail=ctx.host.mail_server is not None,
    )


async def sessions_of(ctx: HostContext, user_id: UUID) -> list[SessionCard]:
    """A user's sessions, the one of this request first, then by their last use."""
    live = (
        AuthSession.user_id == user_id,
        AuthSession.revoked_at.is_(None),
        AuthSession.expires_at > ctx.now,
    )
    order = ((AuthSession.id == ctx.user.session_id).desc(), AuthSession.last_used_at.desc())
    statement = select(AuthSession, User.display_name).outerjoin(
        User, (User.tenant_id == AuthSession.tenant_id) & (User.id == AuthSession.impersonator_id)
    )
    rows = (await ctx.session.execute(statement.where(*live).order_by(*order).limit(MOST_SESSIONS))).all()
    return [_card(row, ctx.user.session_id, name) for row, name in rows]


async def end_one(ctx: HostContext, session_id: UUID) -> None:
    """End one of the user's sessions; raises `NotFound`."""
    mine = (AuthSession.id == session_id, AuthSession.user_id == ctx.user.id, AuthSession.revoked_at.is_(None))
    if await ctx.session.scalar(select(AuthSession.id).where(*mine)) is None:
        raise NotFound("You have no such session; it may have ended.")
    await revoke(ctx, AuthSession.id == session_id, reason="ended_by_user")
    await ctx.audit("identity.session.ended", subject=("session", session_id))


async def tell(ctx: HostContext, change: str) -> None:
    """Tell the signed-in user by mail what changed in how they log in, and note it; `change` is in `CHANGES`."""
    user = await get_user(ctx, ctx.user.id)
    words = CHANGES[change][language_of(user.locale)]
    time = shown_time(ctx.now, user.time_zone)
    await queue_mail(ctx, "mfa_changed", reader_of(user), path="/security", time=time, change=words)
    await ctx.audit(f"identity.second_factor.{change}", subject=("user", user.id))


def _card(row: AuthSession, current: UUID | None, opened_by: str | None) -> SessionCard:
    name = device_name(row.user_agent)
    return SessionCard(
        id=row.id,
        current=row.id == current,
        browser=name.browser,
        system=name.system,
        mobile=name.mobile,
        address=row.address,
        created_at=row.created_at,
        last_used_at=row.last_used_at,
        expires_at=row.expires_at,
        opened_by=opened_by,
        reason=row.impersonation_reason,
    )
