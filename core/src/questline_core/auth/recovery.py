"""Ways back in and on: a new password by mail, the address confirmed, the address changed.

Who asks for a link hears the same, in the same time, whether there is an account or not: a job looks.
"""

from uuid import UUID

import msgspec
from sqlalchemy import select, update

from questline_core.auth import links, throttle
from questline_core.auth.accounts import get_user, normal_email
from questline_core.auth.models import User
from questline_core.auth.passwords import check_new_password, hash_password
from questline_core.auth.sessions import Device, end_sessions_of
from questline_core.context import HostContext
from questline_core.mail.service import Reader, queue_mail, shown_time
from questline_sdk import Conflict, Job


class Asked(msgspec.Struct, frozen=True, kw_only=True):
    """An address that somebody typed."""

    email: str


class AskedChange(msgspec.Struct, frozen=True, kw_only=True):
    """The address a user wants to have."""

    user_id: UUID
    email: str


async def request_password_reset(ctx: HostContext, email: str, device: Device) -> None:
    """Send a link for a new password to the account with this address, if there is one.

    Raises:
        TooManyRequests: Too many links for this address, or from this network.
    """
    email = normal_email(email)
    await throttle.attempt(ctx.host.redis, throttle.MAILS_FROM, throttle.network(device.address))
    await throttle.attempt(ctx.host.redis, throttle.MAILS, ctx.tenant_id, email)
    await ctx.enqueue(BEGIN_RESET, Asked(email=email))


async def reset_password(ctx: HostContext, token: str, password: str) -> None:
    """Give an account a new password by its link; every session ends, remembered devices stay unknown.

    Raises:
        Invalid: The link is not good any more (`link_over`), or the password is not accepted.
    """
    link = await links.look_at(ctx, token, links.PASSWORD_RESET, links.WELCOME)
    if link.user_id is None:
        raise links.link_over()
    user = await get_user(ctx, link.user_id)
    check_new_password(password, email=user.email, also=(user.display_name,))
    hashed = await hash_password(password)
    await links.use(ctx, token, links.PASSWORD_RESET, links.WELCOME)
    values = {"password_hash": hashed, "email_verified_at": user.email_verified_at or ctx.now}
    await ctx.session.execute(update(User).where(User.id == user.id).values(values))
    await end_sessions_of(ctx, user.id, reason="password_reset")
    await links.end_links(ctx, user.id, links.EMAIL_CHANGE)
    await throttle.forget(ctx.host.redis, throttle.ACCOUNT, ctx.tenant_id, user.email)
    await ctx.audit("identity.password.reset", subject=("user", user.id))
    await tell_password_changed(ctx, user)


async def tell_password_changed(ctx: HostContext, user: User) -> None:
    """Tell a user that their password was changed."""
    time = shown_time(ctx.now, user.time_zone)
    await queue_mail(ctx, "password_changed", reader_of(user), path="/forgot-password", time=time)


async def send_verification(ctx: HostContext) -> None:
    """Send the signed-in user a link that confirms their address; nothing to do where it is confirmed."""
    user = await get_user(ctx, ctx.user.id)
    if user.email_verified_at is not None:
        return
    await throttle.attempt(ctx.host.redis, throttle.MAILS, ctx.tenant_id, user.email)
    token = await links.issue(ctx, links.VERIFY_EMAIL, user_id=user.id, email=user.email)
    await queue_mail(ctx, "verify_email", reader_of(user), path=f"/confirm#email.{token}", hours="24")


async def request_email_change(ctx: HostContext, email: str) -> None:
    """Send a link to the address that the signed-in user wants to have, and a notice to the present one."""
    email = normal_email(email)
    await throttle.attempt(ctx.host.redis, throttle.MAILS, ctx.tenant_id, str(ctx.user.id))
    await ctx.enqueue(BEGIN_EMAIL_CHANGE, AskedChange(user_id=ctx.user.id, email=email))


async def confirm_email(ctx: HostContext, token: str) -> str:
    """Confirm an address, or put the new one in place; returns it.

    Raises:
        Invalid: The link is not good any more (`link_over`).
        Conflict: The address has another account by now (`email_taken`).
    """
    link = await links.use(ctx, token, links.VERIFY_EMAIL, links.EMAIL_CHANGE)
    if link.email is None:
        raise links.link_over()
    user = await ctx.session.scalar(select(User).where(User.id == link.user_id).with_for_update())
    if user is None or (link.kind == links.VERIFY_EMAIL and user.email != link.email):
        raise links.link_over()
    former = user.email
    if link.kind == links.EMAIL_CHANGE:
        if await ctx.session.scalar(select(User.id).where(User.email == link.email)) is not None:
            raise Conflict("There is another account with this e-mail address by now.", code="email_taken")
        await end_sessions_of(ctx, user.id, reason="email_changed")
        await links.end_links(ctx, user.id, links.PASSWORD_RESET, links.VERIFY_EMAIL)
    user.email, user.email_verified_at = link.email, ctx.now
    await ctx.session.flush()
    done = "identity.email.confirmed" if former == link.email else "identity.email.changed"
    await ctx.audit(done, subject=("user", user.id))
    if former != link.email:
        reader = msgspec.structs.replace(reader_of(user), email=former)
        time = shown_time(ctx.now, user.time_zone)
        await queue_mail(ctx, "email_changed", reader, time=time, new_email=link.email)
    return link.email


def reader_of(user: User) -> Reader:
    """A user as the reader of a mail."""
    return Reader(email=user.email, user_id=user.id, name=user.display_name, locale=user.locale)


async def _begin_reset(ctx: HostContext, asked: Asked) -> None:
    user = await ctx.session.scalar(select(User).where(User.email == asked.email, User.status == "active"))
    if user is None:
        return
    token = await links.issue(ctx, links.PASSWORD_RESET, user_id=user.id)
    await queue_mail(ctx, "password_reset", reader_of(user), path=f"/reset-password#{token}", minutes="30")


async def _begin_email_change(ctx: HostContext, asked: AskedChange) -> None:
    user = await ctx.session.scalar(select(User).where(User.id == asked.user_id))
    if user is None or user.email == asked.email:
        return
    new = Reader(email=asked.email, user_id=user.id, locale=user.locale)
    if await ctx.session.scalar(select(User.id).where(User.email == asked.email)) is not None:
        await queue_mail(ctx, "email_change_taken", new)
        return
    token = await links.issue(ctx, links.EMAIL_CHANGE, user_id=user.id, email=asked.email)
    await queue_mail(ctx, "email_change", new, path=f"/confirm#email.{token}", hours="2")
    time = shown_time(ctx.now, user.time_zone)
    await queue_mail(ctx, "email_change_asked", reader_of(user), path="/security", time=time, new_email=asked.email)


BEGIN_RESET = Job(name="begin_password_reset", function=_begin_reset, args=Asked)
BEGIN_EMAIL_CHANGE = Job(name="begin_email_change", function=_begin_email_change, args=AskedChange)
