"""Writing a tenant's files: each is counted against its storage in the transaction that refers to it."""

from sqlalchemy import delete, text
from sqlalchemy.dialects.postgresql import insert

from questline_core.context import HostContext
from questline_core.tenancy.models import Blob
from questline_core.tenancy.refusals import explained
from questline_sdk.storage import BlobInfo

OVER_LIMIT = text("SELECT set_config('questline.over_limit', :on, true)")


async def put_blob(ctx: HostContext, key: str, data: bytes, *, content_type: str) -> BlobInfo:
    """Store a file under a key that begins with the tenant's id.

    The same key again counts once. Of two that would go past the limit together one is refused.

    Raises:
        LimitReachedError: There is no room for it; nothing was stored.
    """
    name = _name(ctx, key)
    statement = insert(Blob).values(name=name, size=len(data), created_at=ctx.now)
    with explained():
        await ctx.session.execute(
            statement.on_conflict_do_update(index_elements=["tenant_id", "name"], set_={"size": len(data)})
        )
    return await ctx.host.store.put(key, data, content_type=content_type)


async def count_blob(ctx: HostContext, key: str, size: int) -> None:
    """Count a file that is stored already, also past the limit: what somebody has a right to is not refused."""
    await ctx.session.execute(OVER_LIMIT, {"on": "on"})
    statement = insert(Blob).values(name=_name(ctx, key), size=size, created_at=ctx.now)
    await ctx.session.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id", "name"], set_={"size": size})
    )
    await ctx.session.execute(OVER_LIMIT, {"on": ""})


async def delete_blob(ctx: HostContext, key: str) -> None:
    """Remove a file, and what it counted."""
    await ctx.session.execute(delete(Blob).where(Blob.name == _name(ctx, key)))
    await ctx.host.store.delete(key)


def _name(ctx: HostContext, key: str) -> str:
    """The key without the tenant's id; raises `ValueError` for a key of another tenant."""
    prefix = f"{ctx.tenant_id}/"
    if not key.startswith(prefix):
        raise ValueError("a tenant's file has a key that begins with the tenant's id")
    return key.removeprefix(prefix)
