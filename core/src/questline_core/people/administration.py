"""What those who manage people do: look at an account, suspend it, change its address, send a way back in."""

from uuid import UUID

import msgspec
from sqlalchemy import func, select

from questline_core.auth import links
from questline_core.auth.accounts import get_user, normal_email, set_status
from questline_core.auth.entering import has_second_factor
from questline_core.auth.models import AuthSession, User
from questline_core.auth.recovery import reader_of
from questline_core.auth.sessions import end_sessions_of
from questline_core.context import HostContext
from questline_core.mail.service import queue_mail, shown_time, site_address
from questline_core.people.impersonation import may_impersonate
from questline_core.people.profile import change_profile, profile_of
from questline_core.people.rights import demand_manageable, demand_other, may_manage
from questline_core.people.schemas import ChangePerson, MailedLink, PersonDetails
from questline_sdk import Conflict

MINUTES = "30"


async def details_of(ctx: HostContext, user_id: UUID) -> PersonDetails:
    """Somebody as those who manage people see them; raises `NotFound`."""
    user = await get_user(ctx, user_id)
    live = select(func.count()).select_from(AuthSession)
    of_user = (AuthSession.user_id == user_id, AuthSession.revoked_at.is_(None), AuthSession.expires_at > ctx.now)
    return PersonDetails(
        profile=await profile_of(ctx, user_id, managed=True),
        role=user.role,
        status=user.status,  # type: ignore[arg-type]
        external_id=user.external_id,
        email_verified=user.email_verified_at is not None,
        has_password=user.password_hash is not None,
        has_second_factor=await has_second_factor(ctx, user),
        created_at=user.created_at,
        last_seen_at=user.last_seen_at,
        live_sessions=int(await ctx.session.scalar(live.where(*of_user)) or 0),
        manageable=ctx.user.may("tenant.users.manage") and await may_manage(ctx, user),
        can_impersonate=await may_impersonate(ctx, user),
    )


async def change_person(ctx: HostContext, user_id: UUID, data: ChangePerson) -> PersonDetails:
    """Change somebody's profile; raises `Forbidden`, `Invalid`, `Conflict` (`external_id_taken`), `NotFound`."""
    await demand_manageable(ctx, await get_user(ctx, user_id))
    await change_profile(ctx, user_id, data, managed=True)
    return await details_of(ctx, user_id)


async def suspend(ctx: HostContext, user_id: UUID) -> PersonDetails:
    """Let somebody in no more; their sessions end at once. Raises `Conflict` (`own_account`), `Forbidden`."""
    await demand_other(ctx, await get_user(ctx, user_id))
    await set_status(ctx, user_id, "suspended")
    return await details_of(ctx, user_id)


async def reactivate(ctx: HostContext, user_id: UUID) -> PersonDetails:
    """Let somebody in again; raises `Forbidden`."""
    await demand_other(ctx, await get_user(ctx, user_id))
    await set_status(ctx, user_id, "active")
    return await details_of(ctx, user_id)


async def end_sessions(ctx: HostContext, user_id: UUID) -> None:
    """Sign somebody out everywhere; raises `Forbidden`."""
    await demand_manageable(ctx, await get_user(ctx, user_id))
    await end_sessions_of(ctx, user_id, reason="ended_by_admin")
    await ctx.audit("identity.sessions.ended", subject=("user", user_id))


async def send_reset(ctx: HostContext, user_id: UUID) -> MailedLink:
    """Send somebody a link for a new password, or hand it out where the site sends no mail.

    Raises:
        Conflict: The account is suspended (`account_suspended`), or one's own (`own_account`).
        Forbidden: The person has more rights.
    """
    user = await get_user(ctx, user_id)
    await demand_other(ctx, user)
    if user.status != "active":
        raise Conflict("This account is suspended; let the person in again first.", code="account_suspended")
    token = await links.issue(ctx, links.PASSWORD_RESET, user_id=user.id)
    path = f"/reset-password#{token}"
    await ctx.audit("identity.password.reset_sent", subject=("user", user_id))
    if ctx.host.mail_server is None:
        tenant = await ctx.host.tenants.get(ctx.tenant_id)
        return MailedLink(email=user.email, link=site_address(ctx.host.settings, tenant) + path)
    await queue_mail(ctx, "password_reset_offered", reader_of(user), path=path, minutes=MINUTES)
    return MailedLink(email=user.email, link=None)


async def change_email(ctx: HostContext, user_id: UUID, email: str) -> PersonDetails:
    """Give somebody another address; both addresses are told, and every session ends.

    Raises:
        Conflict: Another account has the address (`email_taken`), or the account is one's own (`own_account`).
        Forbidden: The person has more rights.
        Invalid: It is no address.
    """
    user = await get_user(ctx, user_id)
    await demand_other(ctx, user)
    former, email = user.email, normal_email(email)
    if email == former:
        return await details_of(ctx, user_id)
    if await ctx.session.scalar(select(User.id).where(User.email == email)) is not None:
        raise Conflict("There is another account with this e-mail address.", code="email_taken")
    user.email, user.email_verified_at = email, None
    await ctx.session.flush()
    await end_sessions_of(ctx, user_id, reason="email_changed")
    await links.end_links(ctx, user_id, links.PASSWORD_RESET, links.VERIFY_EMAIL, links.EMAIL_CHANGE, links.WELCOME)
    await ctx.audit("identity.email.changed_by_admin", subject=("user", user_id))
    time = shown_time(ctx.now, user.time_zone)
    for address in (former, email):
        reader = msgspec.structs.replace(reader_of(user), email=address)
        await queue_mail(ctx, "email_changed_by_admin", reader, time=time, new_email=email)
    return await details_of(ctx, user_id)
