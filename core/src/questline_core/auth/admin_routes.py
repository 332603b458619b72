"""The HTTP API of those who decide how people come in: sign-in settings and invitations."""

from typing import Annotated
from uuid import UUID

import msgspec
from litestar import Router, delete, get, post, put
from litestar.di import NamedDependency
from litestar.params import FromPath, JSONBody, QueryParameter
from sqlalchemy import event, update

from questline_core.auth import invitations
from questline_core.auth.models import AuthSession
from questline_core.auth.policy import SignInPolicy, SignUpMode
from questline_core.auth.schemas import Invitation, InvitationsSent, Invite, SetSignInSettings, SignInSettings
from questline_core.auth.second_factor import demand_recent
from questline_core.auth.sessions import revoke
from questline_core.context import HostContext
from questline_core.host import Host
from questline_core.plugins.enablement import announce
from questline_core.tenancy.models import Tenant
from questline_sdk import Invalid, Page

Ctx = NamedDependency[HostContext]
Cursor = Annotated[str | None, QueryParameter(max_length=1000, description="`next_cursor` of the page before.")]
Limit = Annotated[int, QueryParameter(ge=1, le=100, description="The most items to answer with.")]


@get("/tenant/sign-in", operation_id="get_sign_in_settings", permission="tenant.sign_in.manage")
async def get_sign_in_settings(ctx: Ctx, host: NamedDependency[Host]) -> SignInSettings:
    """How people come in to the tenant."""
    tenant = await host.tenants.get(ctx.tenant_id)
    return _shown(host, msgspec.convert(tenant.sign_up, SignUpMode), tenant.sign_in)


@put("/tenant/sign-in", operation_id="set_sign_in_settings", permission="tenant.sign_in.manage")
async def set_sign_in_settings(
    ctx: Ctx, host: NamedDependency[Host], data: JSONBody[SetSignInSettings]
) -> SignInSettings:
    """Change how people come in; needs a recent proof of identity."""
    await demand_recent(ctx)
    if data.sign_up == "domains" and not data.policy.domains:
        raise Invalid.field("policy.domains", "needs a domain while sign-up is by domain")
    values = {"sign_up": data.sign_up, "sign_in": msgspec.to_builtins(data.policy)}
    await ctx.session.execute(update(Tenant).where(Tenant.id == ctx.tenant_id).values(values))
    if not data.policy.impersonation:
        await revoke(ctx, AuthSession.impersonator_id.is_not(None), reason="impersonation_off")
    await announce(ctx.session, f"tenants:{ctx.tenant_id}")
    event.listen(ctx.session.sync_session, "after_commit", lambda _: host.tenants.forget(), once=True)
    tenant = await host.tenants.get(ctx.tenant_id)
    before = {"sign_up": tenant.sign_up, **msgspec.to_builtins(tenant.sign_in)}
    after = {"sign_up": data.sign_up, **msgspec.to_builtins(data.policy)}
    await ctx.audit("tenant.sign_in.changed", subject=("tenant", ctx.tenant_id), before=before, after=after)
    return _shown(host, data.sign_up, data.policy)


@get("/invitations", operation_id="list_invitations", permission="tenant.users.invite")
async def list_invitations(ctx: Ctx, cursor: Cursor = None, limit: Limit = 20) -> Page[Invitation]:
    """The invitations that have not been accepted, newest first."""
    return await invitations.list_invitations(ctx, cursor=cursor, limit=limit)


@post("/invitations", operation_id="invite", permission="tenant.users.invite")
async def invite(ctx: Ctx, data: JSONBody[Invite]) -> InvitationsSent:
    """Invite people by e-mail; where the site sends no mail, hand the links on yourself."""
    return InvitationsSent(invitations=await invitations.invite(ctx, data))


@delete("/invitations/{invitation_id:uuid}", operation_id="withdraw_invitation", permission="tenant.users.invite")
async def withdraw_invitation(ctx: Ctx, invitation_id: FromPath[UUID]) -> None:
    """Make an invitation good no more."""
    await invitations.withdraw(ctx, invitation_id)


def _shown(host: Host, sign_up: SignUpMode, policy: SignInPolicy) -> SignInSettings:
    return SignInSettings(
        sign_up=sign_up,
        policy=policy,
        sends_mail=host.mail_server is not None,
        idle_days=host.settings.session_days,
        longest_days=host.settings.session_longest_days,
    )


router = Router(
    "/api/v1",
    route_handlers=[get_sign_in_settings, set_sign_in_settings, list_invitations, invite, withdraw_invitation],
    tags=["identity"],
)
