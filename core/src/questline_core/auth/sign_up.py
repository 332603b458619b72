"""Signing up: at once where the site cannot send mail, else by a link that proves the address.

Where mail is sent, the answer and its time are the same for every address: a job finds out whether it has an account
already, and writes either the link or a note to its owner. Until the link is used there is no account, only what the
link was asked for with, so nobody can prepare one for an address that is not theirs.
"""

import msgspec

from questline_core.auth import links, throttle
from questline_core.auth.accounts import create_user, known_time_zone, normal_email
from questline_core.auth.entering import SignedIn, enter
from questline_core.auth.models import User
from questline_core.auth.passwords import check_new_password, hash_password
from questline_core.auth.queries import CREDENTIALS_BY_EMAIL
from questline_core.auth.schemas import SignUp
from questline_core.auth.sessions import Device
from questline_core.context import HostContext
from questline_core.mail.service import Reader, queue_mail
from questline_core.privacy.answers import Answer
from questline_core.privacy.consents import answer_known, check_sign_up
from questline_sdk import Forbidden, Invalid, Job
from questline_sdk.events import UserSignedUp


class NewAccount(msgspec.Struct, frozen=True, kw_only=True):
    """What an account is made from, the password hashed."""

    email: str
    display_name: str
    password_hash: str
    locale: str
    time_zone: str
    consents: list[Answer] = []


async def sign_up(ctx: HostContext, data: SignUp, device: Device) -> SignedIn | None:
    """Create a learner's account and sign them in, or send the link that does.

    Returns:
        Who is signed in; None where the address has to be confirmed first.

    Raises:
        Forbidden: The tenant does not let this person sign up (`sign_up_closed`, `invitation_needed`,
            `domain_not_allowed`), or the address cannot be confirmed (`mail_not_configured`).
        Conflict: The e-mail address has an account (`email_taken`); only where no mail is sent.
        Invalid: A value is not accepted, or the invitation is not good (`link_over`).
        TooManyRequests: Too many accounts from this address.
    """
    host = ctx.host
    email = normal_email(data.email)
    if data.invitation is None:
        await check_mode(ctx, email)
    await throttle.attempt(host.redis, throttle.SIGN_UP, throttle.network(device.address))
    check_new_password(data.password, email=email, also=(data.display_name,))
    await check_sign_up(ctx, data.consents)
    wanted = NewAccount(
        email=email,
        consents=data.consents,
        display_name=data.display_name,
        password_hash=await hash_password(data.password),
        locale=data.locale,
        time_zone=await known_time_zone(data.time_zone),
    )
    if data.invitation is not None:
        return await _accept(ctx, data.invitation, wanted, device)
    if host.mail_server is not None and (await host.tenants.get(ctx.tenant_id)).sign_in.verify_email:
        await throttle.attempt(host.redis, throttle.MAILS, ctx.tenant_id, email)
        await ctx.enqueue(BEGIN_SIGN_UP, wanted)
        return None
    return await _open(ctx, wanted, device, role="learner", verified=False)


async def confirm_sign_up(ctx: HostContext, token: str, device: Device) -> SignedIn:
    """Open the account that a link was asked for with, and sign in to it.

    Raises:
        Invalid: The link is not good any more (`link_over`).
        Conflict: The address has an account by now (`email_taken`).
    """
    link = await links.use(ctx, token, links.SIGN_UP)
    return await _open(ctx, msgspec.convert(link.data, NewAccount), device, role="learner", verified=True)


async def check_mode(ctx: HostContext, email: str) -> None:
    """Demand that the site lets people with this address open accounts by themselves; raises `Forbidden`."""
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    if tenant.sign_up == "closed":
        raise Forbidden(
            "This site does not let people sign up by themselves; ask its administrators.", code="sign_up_closed"
        )
    if tenant.sign_up == "invitation":
        raise Forbidden(
            "This site is by invitation; open the link of yours, or ask its administrators.", code="invitation_needed"
        )
    if tenant.sign_up == "domains":
        if ctx.host.mail_server is None:
            raise Forbidden(
                "Addresses cannot be confirmed, for this site sends no mail yet; ask its administrators.",
                code="mail_not_configured",
            )
        if email.rpartition("@")[2] not in tenant.sign_in.domains:
            raise Forbidden(
                "Only addresses of certain organisations may sign up here; use yours.", code="domain_not_allowed"
            )


async def _accept(ctx: HostContext, token: str, wanted: NewAccount, device: Device) -> SignedIn:
    """The mailed invitation proves the address it went to. One that was handed over proves nothing of it."""
    invitation = await links.use(ctx, token, links.INVITATION)
    if invitation.email != wanted.email:
        raise Invalid.field("email", "is not the address that was invited")
    return await _open(ctx, wanted, device, role=str(invitation.data["role"]), verified=bool(invitation.data["mailed"]))


async def _open(ctx: HostContext, wanted: NewAccount, device: Device, *, role: str, verified: bool) -> SignedIn:
    user = await create_user(
        ctx,
        email=wanted.email,
        display_name=wanted.display_name,
        password=None,
        password_hash=wanted.password_hash,
        role=role,
        locale=wanted.locale,
        time_zone=wanted.time_zone,
    )
    user.last_seen_at = ctx.now
    user.email_verified_at = ctx.now if verified else None
    await ctx.session.flush()
    await ctx.audit("identity.account.opened", subject=("user", user.id), after={"role": role, "verified": verified})
    await answer_known(ctx, user.id, wanted.consents, locale=wanted.locale)
    signed_in = await enter(ctx, user, device)
    await ctx.publish(UserSignedUp(user_id=user.id))
    return signed_in


async def _begin(ctx: HostContext, wanted: NewAccount) -> None:
    reader = Reader(email=wanted.email, locale=wanted.locale)
    known = await ctx.fetch_one(CREDENTIALS_BY_EMAIL, email=wanted.email)
    if known is not None:
        owner = await ctx.session.get_one(User, (ctx.tenant_id, known.id))
        reader = Reader(email=owner.email, user_id=owner.id, name=owner.display_name, locale=owner.locale)
        await queue_mail(ctx, "sign_up_known", reader, path="/log-in")
        return
    token = await links.issue(ctx, links.SIGN_UP, email=wanted.email, data=msgspec.to_builtins(wanted))
    # No name: whoever signs up with somebody else's address must not choose what our mail says to them.
    await queue_mail(ctx, "sign_up", reader, path=f"/confirm#sign-up.{token}", hours="24")


BEGIN_SIGN_UP = Job(name="begin_sign_up", function=_begin, args=NewAccount)
