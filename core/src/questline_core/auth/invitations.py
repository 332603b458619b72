"""Invitations: who may open an account where the site is by invitation, and with which role."""

from uuid import UUID

import msgspec
from sqlalchemy import delete, func, select

from questline_core.auth import links
from questline_core.auth.accounts import get_user, normal_email
from questline_core.auth.models import AccountToken, User
from questline_core.auth.policy import RoleName
from questline_core.auth.schemas import Invitation, InvitationSent, Invite, InvitedBy
from questline_core.context import HostContext
from questline_core.mail.service import Reader, queue_mail, site_address
from questline_sdk import Forbidden, NotFound, Page
from questline_sdk.pages import decode_cursor, paginate


async def invite(ctx: HostContext, data: Invite) -> list[InvitationSent]:
    """Invite people; an address that is invited already gets a new link in place of the old one.

    Addresses that have an account are left out. Without a mail server the links are handed to the inviter.

    Raises:
        Forbidden: Only an owner may make owners and admins.
    """
    if data.role in {"owner", "admin"} and ctx.user.role != "owner":
        raise Forbidden("Only an owner may invite owners and administrators.", code="role_too_high")
    host, inviter = ctx.host, await get_user(ctx, ctx.user.id)
    address = site_address(host.settings, await host.tenants.get(ctx.tenant_id))
    mailed = host.mail_server is not None
    emails = list(dict.fromkeys(normal_email(email) for email in data.emails))
    known = set(await ctx.session.scalars(select(User.email).where(User.email.in_(emails))))
    sent = []
    for email in emails:
        if email in known:
            sent.append(InvitationSent(email=email, outcome="has_account", link=None))
            continue
        details = {"role": data.role, "mailed": mailed, "by": inviter.display_name, "locale": data.locale}
        token = await links.issue(ctx, links.INVITATION, email=email, data=details)
        path = f"/invitation#{token}"
        if mailed:
            reader = Reader(email=email, locale=data.locale)
            await queue_mail(ctx, "invitation", reader, path=path, inviter=inviter.display_name, days="7")
        sent.append(InvitationSent(email=email, outcome="invited", link=None if mailed else address + path))
    count = sum(each.outcome == "invited" for each in sent)
    await ctx.audit("identity.people.invited", subject=("role", data.role), after={"count": count})
    return sent


async def read_invitation(ctx: HostContext, token: str) -> InvitedBy:
    """What an invitation says to who holds its link; raises `Invalid` (`link_over`)."""
    link = await links.look_at(ctx, token, links.INVITATION)
    return InvitedBy(email=str(link.email), role=_role(link), inviter=str(link.data["by"]))


async def withdraw(ctx: HostContext, invitation_id: UUID) -> None:
    """Make an invitation good no more; raises `NotFound`."""
    statement = delete(AccountToken).where(AccountToken.id == invitation_id, AccountToken.kind == links.INVITATION)
    if await ctx.session.scalar(statement.returning(AccountToken.id)) is None:
        raise NotFound("There is no such invitation; it may have been accepted.")
    await ctx.audit("identity.invitation.withdrawn", subject=("invitation", invitation_id))


async def list_invitations(ctx: HostContext, *, cursor: str | None, limit: int) -> Page[Invitation]:
    """The open invitations, newest first."""
    is_open = (AccountToken.kind == links.INVITATION, AccountToken.expires_at > ctx.now)
    statement = select(AccountToken).where(*is_open).order_by(AccountToken.id.desc())
    if cursor is not None:
        (last,) = decode_cursor(cursor, tuple[UUID])
        statement = statement.where(AccountToken.id < last)
    rows = (await ctx.session.scalars(statement.limit(limit + 1))).all()
    total = await ctx.session.scalar(select(func.count()).select_from(AccountToken).where(*is_open))
    page = paginate([_shown(row) for row in rows], limit, lambda row: (row.id,))
    return Page(items=page.items, next_cursor=page.next_cursor, total=total)


def _shown(row: AccountToken) -> Invitation:
    return Invitation(
        id=row.id,
        email=str(row.email),
        role=_role(row),
        inviter=str(row.data["by"]),
        created_at=row.created_at,
        expires_at=row.expires_at,
    )


def _role(row: AccountToken) -> RoleName:
    return msgspec.convert(row.data["role"], RoleName)  # type: ignore[no-any-return]
