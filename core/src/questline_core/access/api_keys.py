"""API keys: made, listed, rotated with an overlap, and revoked at once."""

import datetime as dt
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, insert, or_, select, update

from questline_core.access.changes import announce_access
from questline_core.access.definitions import demand_holding
from questline_core.access.key_schemas import ApiKeyCard, KeyState, MadeApiKey, NewApiKey, RotateKey
from questline_core.access.key_text import new_key
from questline_core.access.models import ApiKey, ServiceAccount
from questline_core.access.standing import read_standing
from questline_core.access.subjects import subjects
from questline_core.auth.models import User
from questline_core.auth.sessions import refuse_tokens_of
from questline_core.context import HostContext
from questline_sdk import Conflict, Invalid, NotFound

MOST_KEYS = 50
"""That are good at the same time, of one person or service account."""
SHOWN = dt.timedelta(days=30)
"""How long keys that are good no more stay in lists."""


async def create_key(ctx: HostContext, data: NewApiKey, *, of: UUID) -> MadeApiKey:
    """Make a key for a person or a service account.

    Raises:
        Conflict: They have too many (`too_many_keys`), or are suspended (`account_suspended`).
        Forbidden: It would hold what the acting user does not (`not_yours_to_give`).
        Invalid: It would hold what its owner does not.
        NotFound: There is no such owner.
    """
    permissions = await _limited(ctx, data.permissions, of)
    live = select(func.count()).select_from(ApiKey).where(ApiKey.revoked_at.is_(None), _unexpired(ctx), _of(of))
    if (await ctx.session.scalar(live) or 0) >= MOST_KEYS:
        raise Conflict(f"There are {MOST_KEYS} keys already; revoke one that is not used.", code="too_many_keys")
    return await _make(ctx, data.name.strip(), permissions, of, data.expires_in_days)


async def rotate_key(ctx: HostContext, key_id: UUID, data: RotateKey, *, of: UUID | None = None) -> MadeApiKey:
    """Make a key with the same rights; the former one ends after the overlap.

    Args:
        ctx: The unit of work.
        key_id: The key to be replaced.
        data: The overlap.
        of: Whose it has to be; None for any service account's, for nobody may have a person's key but they themselves.

    Raises:
        Conflict: It is good no more (`key_over`), or has been rotated (`key_rotated`).
        NotFound: There is no such key.
    """
    row = await _locked(ctx, key_id, of)
    if of is None and row.user_id is not None:
        raise Conflict("A person's key is for them alone to replace; revoke it instead.", code="personal_key")
    if _state(row, ctx.now) != "active":
        raise Conflict("This key is good no more; make a new one.", code="key_over")
    if row.successor_id is not None:
        raise Conflict("This key has a successor already; rotate that one.", code="key_rotated")
    owner = _owner(row)
    await _limited(ctx, row.permissions, owner)
    made = await _make(ctx, row.name, row.permissions, owner, data.expires_in_days, rotates=row.prefix)
    end = ctx.now + dt.timedelta(hours=data.overlap_hours)
    row.successor_id, row.expires_at = made.card.id, min(end, row.expires_at or end)
    await ctx.session.flush()
    await announce_access(ctx, row.id)
    return made


async def revoke_key(ctx: HostContext, key_id: UUID, *, of: UUID | None = None) -> None:
    """End a key at once, with the tokens that were asked for with it; raises `NotFound`."""
    row = await _locked(ctx, key_id, of)
    if row.revoked_at is None:
        row.revoked_at = ctx.now
        await ctx.session.flush()
        await announce_access(ctx, row.id)
        await refuse_tokens_of(ctx, [row.id])
        await ctx.audit("tenant.key.revoked", subject=("api_key", row.id), before={"prefix": row.prefix})


async def list_keys(ctx: HostContext, *, of: UUID | None = None) -> list[ApiKeyCard]:
    """The keys of somebody, or everybody's, the newest first; those that ended long ago are left out."""
    since = ctx.now - SHOWN
    conditions: list[ColumnElement[bool]] = [
        or_(ApiKey.revoked_at.is_(None), ApiKey.revoked_at > since),
        or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > since),
    ]
    if of is not None:
        conditions.append(_of(of))
    rows = list(await ctx.session.scalars(select(ApiKey).where(*conditions).order_by(ApiKey.id.desc()).limit(1000)))
    named = await subjects(ctx, [each for row in rows for each in (_owner(row), row.created_by)])
    return [_card(row, named, ctx.now) for row in rows if _owner(row) in named]


async def revoke_keys_of(ctx: HostContext, owner: UUID) -> None:
    """End every key of somebody; they are told of it by `announce_access`."""
    ended = update(ApiKey).where(_of(owner), ApiKey.revoked_at.is_(None)).values(revoked_at=ctx.now)
    for key_id in (await ctx.session.scalars(ended.returning(ApiKey.id))).all():
        await refuse_tokens_of(ctx, [key_id])


async def _make(
    ctx: HostContext,
    name: str,
    permissions: list[str] | None,
    owner: UUID,
    days: int | None,
    *,
    rotates: str | None = None,
) -> MadeApiKey:
    key = new_key(ctx.tenant_id)
    service = await ctx.session.scalar(select(ServiceAccount.id).where(ServiceAccount.id == owner))
    values: dict[str, Any] = {
        "user_id": None if service else owner,
        "service_account_id": service,
        "name": name,
        "prefix": key.prefix,
        "key_hash": key.digest,
        "permissions": permissions,
        "created_at": ctx.now,
        "created_by": ctx.actor.id if ctx.actor else None,
        "expires_at": ctx.now + dt.timedelta(days=days) if days else None,
    }
    row = (await ctx.session.scalars(insert(ApiKey).values(values).returning(ApiKey))).one()
    after = {"name": name, "prefix": key.prefix, "permissions": permissions, "owner": str(owner), "rotates": rotates}
    await ctx.audit("tenant.key.created", subject=("api_key", row.id), after=after)
    named = await subjects(ctx, [owner, row.created_by])
    return MadeApiKey(key=key.text, card=_card(row, named, ctx.now))


async def _limited(ctx: HostContext, names: list[str] | None, owner: UUID) -> list[str] | None:
    """What a key is limited to: no more than its owner may, nor than who makes it."""
    standing = await read_standing(ctx.session, owner)
    if standing is None:
        if await ctx.session.scalar(select(User.id).where(User.id == owner)) or await _exists(ctx, owner):
            raise Conflict("A key of who is suspended would be good for nothing.", code="account_suspended")
        raise NotFound("There is no such person or service account.")
    held = (standing.role, *standing.roles, *standing.narrow)
    enabled, grants = await ctx.host.enablement.of(ctx.tenant_id), await ctx.host.roles.grants(ctx.tenant_id)
    may = ctx.host.permissions.of_roles(held, enabled, grants)
    if names is not None:
        known = {each.name for each in ctx.host.permissions.all(ctx.host.registry.active_ids)}
        for name in names:
            if name not in known:
                raise Invalid.field("permissions", f"{name} is no permission of this site")
            if name not in may:
                raise Invalid.field("permissions", f"the owner does not hold {name}")
    if ctx.actor is not None and ctx.actor.id != owner:
        demand_holding(ctx, may if names is None else frozenset(names))
    return None if names is None else sorted(set(names))


async def _exists(ctx: HostContext, service_account_id: UUID) -> bool:
    found = select(ServiceAccount.id).where(ServiceAccount.id == service_account_id)
    return await ctx.session.scalar(found) is not None


async def _locked(ctx: HostContext, key_id: UUID, of: UUID | None) -> ApiKey:
    conditions = [ApiKey.id == key_id, *([] if of is None else [_of(of)])]
    row = await ctx.session.scalar(select(ApiKey).where(*conditions).with_for_update())
    if row is None:
        raise NotFound("There is no such API key.")
    return row


def _of(owner: UUID) -> ColumnElement[bool]:
    return or_(ApiKey.user_id == owner, ApiKey.service_account_id == owner)


def _owner(row: ApiKey) -> UUID:
    owner = row.user_id or row.service_account_id
    assert owner is not None  # noqa: S101  a check of the table
    return owner


def _unexpired(ctx: HostContext) -> ColumnElement[bool]:
    return or_(ApiKey.expires_at.is_(None), ApiKey.expires_at > ctx.now)


def _state(row: ApiKey, now: dt.datetime) -> KeyState:
    if row.revoked_at is not None:
        return "revoked"
    return "expired" if row.expires_at is not None and row.expires_at <= now else "active"


def _card(row: ApiKey, named: dict[UUID, Any], now: dt.datetime) -> ApiKeyCard:
    return ApiKeyCard(
        id=row.id,
        owner=named[_owner(row)],
        name=row.name,
        prefix=row.prefix,
        permissions=row.permissions,
        state=_state(row, now),
        created_at=row.created_at,
        created_by=named.get(row.created_by) if row.created_by else None,
        expires_at=row.expires_at,
        last_used_at=row.last_used_at,
        rotated=row.successor_id is not None,
    )
