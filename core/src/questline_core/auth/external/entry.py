"""Coming in with an account elsewhere: whoever linked it, or somebody new where the site lets them in.

An account here is never found by an e-mail address. Who has one signs in to it first and links the account elsewhere.
"""

import msgspec
import structlog
from sqlalchemy import delete, select

from questline_core.auth import links
from questline_core.auth.accounts import create_user, normal_email, set_role
from questline_core.auth.entering import SignedIn
from questline_core.auth.external.flows import Flow
from questline_core.auth.external.linking import link, owner_of
from questline_core.auth.models import AccountToken, User
from questline_core.auth.policy import RoleName
from questline_core.auth.schemas import DisplayName, SecondFactorNeeded
from questline_core.auth.second_factor import complete, let_in
from questline_core.auth.sessions import Device
from questline_core.auth.sign_up import check_mode
from questline_core.context import HostContext
from questline_sdk import Conflict, Forbidden, Invalid
from questline_sdk.events import UserSignedUp
from questline_sdk.sign_in import VerifiedIdentity

log = structlog.get_logger()
LONGEST_NAME = 80
OWNER = "owner"
"""The one role that no provider gives or takes: whoever runs the provider must not take the tenant over."""


async def come_in(
    ctx: HostContext,
    flow: Flow,
    identity: VerifiedIdentity,
    device: Device,
    *,
    remembered: str | None = None,
    origin: str | None = None,
) -> SignedIn | SecondFactorNeeded:
    """Sign somebody in, or say what they have to give besides.

    Args:
        ctx: The unit of work.
        flow: The way they came.
        identity: Who they are elsewhere.
        device: Where they come from.
        remembered: What the device shows to do without a second factor.
        origin: The page's origin, for passkeys.

    Raises:
        Forbidden: The account is suspended, or the site does not let new people in this way.
        Conflict: Their address has an account that is not linked (`account_exists`).
    """
    known = await owner_of(ctx, flow, identity)
    if known is None:
        user = await _open(ctx, flow, identity)
    else:
        linked, user = known
        linked.last_used_at, linked.email = ctx.now, identity.email
        if user.status != "active":
            raise Forbidden("This account is suspended; ask the site's administrators.", code="account_suspended")
        user = await _follow_role(ctx, user, identity)
    if identity.second_factor:
        return await let_in(ctx, user, device, second_factor=True, trusted=flow.name)
    return await complete(ctx, user, device, remembered=remembered, origin=origin)


async def _open(ctx: HostContext, flow: Flow, identity: VerifiedIdentity) -> User:
    if identity.new_accounts == "never":
        raise Forbidden(
            "Accounts are not opened this way; sign in first, then connect it on the security page.",
            code="sign_up_closed",
        )
    if identity.email is None:
        raise Invalid("The provider did not say your e-mail address; allow it there.", code="email_missing")
    email = normal_email(identity.email)
    tenant = await ctx.host.tenants.get(ctx.tenant_id)
    if not identity.email_verified and (tenant.sign_in.verify_email or tenant.sign_up == "domains"):
        raise Forbidden("The provider has not confirmed your e-mail address; do that there.", code="email_unverified")
    if await ctx.session.scalar(select(User.id).where(User.email == email)) is not None:
        raise Conflict(
            "There is an account with this e-mail address. Sign in to it first, then connect this one.",
            code="account_exists",
        )
    role = await _invited_as(ctx, identity, email)
    if role is None and identity.new_accounts == "site":
        await check_mode(ctx, email)
    role = role or known_role(identity.role) or "learner"
    user = await create_user(
        ctx,
        email=email,
        display_name=_name(identity, email),
        password=None,
        role=role,
        locale=flow.locale,
        time_zone=flow.time_zone,
    )
    user.email_verified_at = ctx.now if identity.email_verified else None
    await ctx.session.flush()
    what = {"role": role, "verified": identity.email_verified, "provider": flow.name}
    await ctx.audit("identity.account.opened", subject=("user", user.id), after=what)
    await link(ctx, flow, identity, user)
    await ctx.publish(UserSignedUp(user_id=user.id))
    return user


async def _invited_as(ctx: HostContext, identity: VerifiedIdentity, email: str) -> str | None:
    """Use up an invitation of a confirmed address; its role goes before the provider's."""
    if not identity.email_verified:
        return None
    invitation = await ctx.session.scalar(
        delete(AccountToken)
        .where(AccountToken.kind == links.INVITATION, AccountToken.email == email, AccountToken.expires_at > ctx.now)
        .returning(AccountToken)
    )
    return None if invitation is None else str(invitation.data["role"])


async def _follow_role(ctx: HostContext, user: User, identity: VerifiedIdentity) -> User:
    role = known_role(identity.role) if identity.follow_role else None
    if role is None or OWNER in {role, user.role} or role == user.role:
        return user
    return await set_role(ctx, user.id, role)


def known_role(slug: str | None) -> str | None:
    """The role that a provider's settings name, if there is such a one and it may be given this way."""
    if slug is None or slug == OWNER:
        return None
    try:
        return str(msgspec.convert(slug, RoleName))
    except msgspec.ValidationError:
        log.warning("a sign-in provider maps to a role that does not exist", role=slug)
        return None


def _name(identity: VerifiedIdentity, email: str) -> str:
    """A name to show: the provider's, made fit, or what is before the @."""
    for name in (identity.name or "", email.partition("@")[0]):
        printable = "".join(character for character in name if character.isprintable()).strip()[:LONGEST_NAME].strip()
        try:
            return str(msgspec.convert(printable, DisplayName))
        except msgspec.ValidationError:
            continue
    return "?"
