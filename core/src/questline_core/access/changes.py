"""What has to happen when somebody's roles change: every process hears of it, and the tenant keeps an owner."""

from uuid import UUID

from sqlalchemy import event, select

from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_core.plugins.enablement import announce
from questline_sdk import Conflict, Context
from questline_sdk.permissions import Role


async def announce_access(ctx: Context, of: UUID) -> None:
    """Have every process look up anew what somebody may do, or what a key is good for."""
    await announce(ctx.session, f"access:{of}")
    if not isinstance(ctx, HostContext):
        return
    host = ctx.host

    def forget(_: object) -> None:
        host.standings.changed(of)
        host.api_keys.forget(of)

    event.listen(ctx.session.sync_session, "after_commit", forget, once=True)


async def announce_roles(ctx: HostContext) -> None:
    """Have every process read the tenant's roles anew."""
    await announce(ctx.session, f"roles:{ctx.tenant_id}")
    host, tenant_id = ctx.host, ctx.tenant_id
    event.listen(ctx.session.sync_session, "after_commit", lambda _: host.roles.forget(tenant_id), once=True)


async def keep_an_owner(ctx: Context, user_id: UUID) -> None:
    """Demand that the tenant has an owner beside this user, if they are one; raises `Conflict` (`last_owner`).

    The owners are locked: of two who leave at the same moment, the second finds that it is the last.
    """
    owners = select(User.id).where(User.role == Role.OWNER, User.status == "active").order_by(User.id)
    found = list(await ctx.session.scalars(owners.with_for_update()))
    if found == [user_id]:
        raise Conflict("This is the last owner; make somebody else an owner first.", code="last_owner")
