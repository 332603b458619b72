"""Service accounts: programs that act in a tenant under their own name."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import aliased

from questline_core.access.api_keys import list_keys, revoke_keys_of
from questline_core.access.changes import announce_access
from questline_core.access.granting import grants_of
from questline_core.access.key_schemas import (
    ChangeServiceAccount,
    NewServiceAccount,
    ServiceAccountCard,
    ServiceAccountDetails,
    ServiceAccounts,
)
from questline_core.access.models import ApiKey, ServiceAccount
from questline_core.access.schemas import Subject
from questline_core.access.standing import SERVICE
from questline_core.auth.models import User
from questline_core.context import HostContext
from questline_sdk import Conflict, NotFound

Maker = aliased(User, name="maker")
TAKEN = "There is a service account with this name already."


async def list_service_accounts(ctx: HostContext) -> ServiceAccounts:
    """Every service account, by name."""
    rows = await ctx.session.execute(_accounts(ctx).order_by(func.lower(ServiceAccount.name), ServiceAccount.id))
    return ServiceAccounts(service_accounts=[_card(row) for row in rows])


async def get_service_account(ctx: HostContext, account_id: UUID) -> ServiceAccountDetails:
    """A service account with its roles and keys; raises `NotFound`."""
    row = (await ctx.session.execute(_accounts(ctx).where(ServiceAccount.id == account_id))).one_or_none()
    if row is None:
        raise NotFound("There is no such service account.")
    held = await grants_of(ctx, account_id)
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    roles = (SERVICE, *sorted({each.role for each in held}))
    return ServiceAccountDetails(
        account=_card(row),
        grants=held,
        permissions=sorted(ctx.host.permissions.of_roles(roles, enabled, grants)),
        keys=await list_keys(ctx, of=account_id),
    )


async def create_service_account(ctx: HostContext, data: NewServiceAccount) -> ServiceAccountDetails:
    """Make a service account; it may do nothing yet. Raises `Conflict` (`name_taken`)."""
    values = {"name": data.name.strip(), "description": data.description.strip(), "created_at": ctx.now}
    statement = insert(ServiceAccount).values(**values, created_by=ctx.actor.id if ctx.actor else None)
    statement = statement.on_conflict_do_nothing(index_elements=["tenant_id", "name"])
    account_id = (await ctx.session.scalars(statement.returning(ServiceAccount.id))).one_or_none()
    if account_id is None:
        raise Conflict(TAKEN, code="name_taken")
    await ctx.audit(
        "tenant.service_account.created", subject=("service_account", account_id), after={"name": values["name"]}
    )
    return await get_service_account(ctx, account_id)


async def change_service_account(
    ctx: HostContext, account_id: UUID, data: ChangeServiceAccount
) -> ServiceAccountDetails:
    """Rename, suspend or let in a service account; raises `Conflict` (`name_taken`) or `NotFound`."""
    account = await _locked(ctx, account_id)
    same_name = select(ServiceAccount.id).where(
        ServiceAccount.name == data.name.strip(), ServiceAccount.id != account_id
    )
    if await ctx.session.scalar(same_name) is not None:
        raise Conflict(TAKEN, code="name_taken")
    before = {"name": account.name, "description": account.description, "status": account.status}
    account.name, account.description, account.status = data.name.strip(), data.description.strip(), data.status
    await ctx.session.flush()
    after = {"name": account.name, "description": account.description, "status": account.status}
    await ctx.audit(
        "tenant.service_account.changed", subject=("service_account", account_id), before=before, after=after
    )
    await announce_access(ctx, account_id)
    return await get_service_account(ctx, account_id)


async def delete_service_account(ctx: HostContext, account_id: UUID) -> None:
    """Remove a service account with its keys and roles; raises `NotFound`."""
    account = await _locked(ctx, account_id)
    await revoke_keys_of(ctx, account_id)
    await ctx.session.delete(account)
    await ctx.session.flush()
    await ctx.audit(
        "tenant.service_account.deleted", subject=("service_account", account_id), before={"name": account.name}
    )
    await announce_access(ctx, account_id)


async def _locked(ctx: HostContext, account_id: UUID) -> ServiceAccount:
    account = await ctx.session.scalar(select(ServiceAccount).where(ServiceAccount.id == account_id).with_for_update())
    if account is None:
        raise NotFound("There is no such service account.")
    return account


def _accounts(ctx: HostContext) -> Select[*tuple[Any, ...]]:
    own = (ApiKey.tenant_id == ServiceAccount.tenant_id, ApiKey.service_account_id == ServiceAccount.id)
    live = (ApiKey.revoked_at.is_(None), or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > ctx.now))
    return select(
        ServiceAccount,
        select(func.count()).select_from(ApiKey).where(*own, *live).scalar_subquery().label("keys"),
        select(func.max(ApiKey.last_used_at)).where(*own).scalar_subquery().label("last_used_at"),
        Maker.display_name.label("maker"),
    ).outerjoin(Maker, (Maker.tenant_id == ServiceAccount.tenant_id) & (Maker.id == ServiceAccount.created_by))


def _card(row: Any) -> ServiceAccountCard:
    account: ServiceAccount = row.ServiceAccount
    maker = account.created_by if row.maker is not None else None
    return ServiceAccountCard(
        id=account.id,
        name=account.name,
        description=account.description,
        status=account.status,  # type: ignore[arg-type]
        created_at=account.created_at,
        created_by=Subject(kind="user", id=maker, name=row.maker or "") if maker else None,
        keys=row.keys,
        last_used_at=row.last_used_at,
    )
