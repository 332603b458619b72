"""Changing every key while the site serves: new data keys, everything sealed anew, the former keys removed.

What is left to do is read off the data, so a rotation that was killed is taken up by the next one.
"""

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from uuid import UUID

import msgspec
import structlog
from sqlalchemy import Connection, text
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from questline_core.auth.keys import rewrap_keys
from questline_core.encryption.sealed_tables import SealedColumn, sealed_columns
from questline_core.encryption.vault import LOCK_CLASS, StoredKey, Vault
from questline_sdk.db.sealed import SealedError

LEAD = 2.0
"""Seconds between the making of a data key and its first use, and between the last use of one and its removal: no
statement reads keys and values that far apart."""
MOST_PASSES = 20
BETWEEN_PASSES = 0.2
BEGIN = text(
    "INSERT INTO core.key_rotation (kind) SELECT 'rotation'"
    " WHERE NOT EXISTS (SELECT FROM core.key_rotation WHERE kind = 'rotation' AND finished_at IS NULL)"
)
UNFINISHED = text("SELECT id, started_at FROM core.key_rotation WHERE kind = 'rotation' AND finished_at IS NULL")
FINISH = text("UPDATE core.key_rotation SET finished_at = clock_timestamp() WHERE finished_at IS NULL")
OLD = text("SELECT max(created_at) < :started FROM core.data_key")
REWRAP = text("UPDATE core.data_key SET wrapped = :wrapped, ring_key = :ring_key WHERE id = :id")
LOCK = text("SELECT pg_advisory_xact_lock(:kind, hashtext(:tenant_id))")
DELETE = text("DELETE FROM core.data_key WHERE id = :id")
log = structlog.get_logger()

OnStep = Callable[[int, int, int], None]
"""Called with the tenants done, their number, and the values sealed anew so far."""


class Rotation(msgspec.Struct, kw_only=True):
    """What a rotation has done. `lost` values do not open, `waiting` ones are held by others; both keep their keys."""

    tenants: int = 0
    values: int = 0
    removed_keys: int = 0
    lost: int = 0
    waiting: int = 0
    resumed: bool = False


async def rotate_encryption(
    engine: AsyncEngine,
    vault: Vault,
    tenants: Sequence[UUID],
    *,
    secret: str,
    on_step: OnStep = lambda _done, _total, _values: None,
) -> Rotation:
    """Give every tenant a new data key, seal everything with it, and remove the former ones.

    Args:
        engine: Of the owner.
        vault: With the key ring; its active key wraps everything afterwards.
        tenants: Whose keys.
        secret: The site's secret, under which signing keys of earlier versions are sealed.
        on_step: Told how far it is.
    """
    result = Rotation(tenants=len(tenants))
    async with engine.begin() as connection:
        result.resumed = (await connection.execute(BEGIN)).rowcount == 0
        started = (await connection.execute(UNFINISHED)).one().started_at
        columns = await connection.run_sync(sealed_columns)
    await rewrap_keys(engine, vault.ring, secret)
    newest: dict[UUID, UUID] = {}
    for tenant_id in tenants:
        async with _tenant(engine, tenant_id) as connection:
            key = await connection.run_sync(_renew, vault, tenant_id, started)
            if key is not None:
                newest[tenant_id] = key
    await asyncio.sleep(LEAD)
    lost: dict[UUID, int] = {}
    for done, tenant_id in enumerate(tenants):
        on_step(done, len(tenants), result.values)
        if tenant_id in newest:
            before = result.lost
            await _seal_everything(engine, vault, tenant_id, newest[tenant_id], columns, result)
            lost[tenant_id] = result.lost - before
    on_step(len(tenants), len(tenants), result.values)
    await asyncio.sleep(LEAD)
    for tenant_id, key_id in newest.items():
        result.removed_keys += await _remove_former(
            engine, vault, tenant_id, key_id, columns, result, lost=lost[tenant_id]
        )
    if not result.waiting:
        async with engine.begin() as connection:
            await connection.execute(FINISH)
    return result


@asynccontextmanager
async def _tenant(engine: AsyncEngine, tenant_id: UUID) -> AsyncIterator[AsyncConnection]:
    """A transaction that sees a tenant's rows."""
    async with engine.begin() as connection:
        await connection.execute(text(f"SET LOCAL questline.tenant_id = '{tenant_id!s}'"))
        yield connection


def _renew(connection: Connection, vault: Vault, tenant_id: UUID, started: object) -> UUID | None:
    """The key that is to seal everything; None for a tenant that has none yet."""
    keys = vault.read_keys(connection)
    if not keys:
        return None
    for key in keys.values():
        _rewrap(connection, vault, tenant_id, key)
    if connection.execute(OLD, {"started": started}).scalar_one():
        return vault.new_key(connection, tenant_id, lead=LEAD)
    return next(iter(keys))


def _rewrap(connection: Connection, vault: Vault, tenant_id: UUID, key: StoredKey) -> None:
    try:
        wrapped = vault.rewrapped(tenant_id, key)
    except SealedError as error:
        log.warning("a data key does not open", tenant_id=str(tenant_id), key=str(key.id), reason=str(error))
        return
    connection.execute(REWRAP, {"wrapped": wrapped, "ring_key": vault.ring.active, "id": key.id})


async def _seal_everything(
    engine: AsyncEngine,
    vault: Vault,
    tenant_id: UUID,
    key_id: UUID,
    columns: Sequence[SealedColumn],
    result: Rotation,
) -> None:
    for column in columns:
        lost = waiting = 0
        for _ in range(MOST_PASSES):
            lost = await _pass(engine, vault, tenant_id, key_id, column, result)
            async with _tenant(engine, tenant_id) as connection:
                left = await connection.run_sync(column.sealed_by_others, key_id)
            waiting = max(left - lost, 0)
            if not waiting:
                break
            await asyncio.sleep(BETWEEN_PASSES)
        result.lost += lost
        result.waiting += waiting


async def _pass(
    engine: AsyncEngine, vault: Vault, tenant_id: UUID, key_id: UUID, column: SealedColumn, result: Rotation
) -> int:
    """Seal a column's rows anew, one batch a transaction; returns how many do not open."""
    lost, last = 0, None
    while True:
        async with _tenant(engine, tenant_id) as connection:
            batch = await connection.run_sync(
                lambda sync, after=last: column.seal_anew(sync, vault, tenant_id, key_id, after=after)  # type: ignore[misc]
            )
        if batch.last is None:
            return lost
        lost, last = lost + batch.lost, batch.last
        result.values += batch.sealed


async def _remove_former(
    engine: AsyncEngine,
    vault: Vault,
    tenant_id: UUID,
    key_id: UUID,
    columns: Sequence[SealedColumn],
    result: Rotation,
    *,
    lost: int,
) -> int:
    """Remove the tenant's keys that seal nothing any more. Whoever still seals with one is waited for, and sealed."""
    for _ in range(MOST_PASSES):
        try:
            async with _tenant(engine, tenant_id) as connection:
                removed, left = await connection.run_sync(_remove_unused, vault, tenant_id, key_id, columns)
        except DBAPIError as error:
            log.warning("a transaction keeps a data key in use", tenant_id=str(tenant_id), error=str(error.orig))
            result.waiting += 1
            return 0
        if left <= lost:
            return removed
        again = Rotation()
        await _seal_everything(engine, vault, tenant_id, key_id, columns, again)
        result.values += again.values
    return 0


def _remove_unused(
    connection: Connection, vault: Vault, tenant_id: UUID, key_id: UUID, columns: Sequence[SealedColumn]
) -> tuple[int, int]:
    """How many keys were removed, and how many values the others still seal."""
    connection.execute(text("SET LOCAL lock_timeout = '10s'"))
    connection.execute(LOCK, {"kind": LOCK_CLASS, "tenant_id": str(tenant_id)})
    removed = left = 0
    for former in vault.read_keys(connection):
        if former == key_id:
            continue
        uses = sum(column.sealed_by(connection, former) for column in columns)
        left += uses
        if not uses:
            connection.execute(DELETE, {"id": former})
            removed += 1
    return removed, left
