"""The databases that encryption commands work on, each with the tenants that live there."""

from collections.abc import AsyncIterator
from contextlib import AsyncExitStack, asynccontextmanager
from uuid import UUID

from sqlalchemy.ext.asyncio import AsyncEngine

from questline_core.db.engine import make_engine
from questline_core.db.shards import MAIN
from questline_core.encryption.former import is_pending, seal_former
from questline_core.host import Host
from questline_core.plugins.secrets import secrets_of
from questline_core.plugins.settings import settings_schema

Places = list[tuple[AsyncEngine, list[UUID]]]


@asynccontextmanager
async def places(host: Host) -> AsyncIterator[Places]:
    """The owner's engine of the main database and of every shard."""
    tenants: dict[str, list[UUID]] = {}
    for tenant in await host.tenants.all():
        tenants.setdefault(tenant.shard or MAIN, []).append(tenant.id)
    async with AsyncExitStack() as stack:
        found = []
        for name, url in host.settings.owner_urls.items():
            engine = make_engine(url, pool_size=2)
            stack.push_async_callback(engine.dispose)
            found.append((engine, tenants.get(name, [])))
        yield found


async def seal_open_values(host: Host, where: Places, *, only_pending: bool = False) -> int:
    """Seal what earlier versions have left and what lies in the open; returns how many values."""
    secrets = {
        record.id: fields
        for record in host.registry.records.values()
        if record.contributions.settings is not None
        and (fields := secrets_of(settings_schema(record.contributions.settings)).sealed)
    }
    sealed = 0
    for engine, tenants in where:
        if not only_pending or await is_pending(engine):
            secret = host.settings.require("secret_key")
            sealed += await seal_former(engine, host.vault, tenants, secret=secret, secret_fields=secrets)
    return sealed
