"""Sealing what is not sealed as it should be: what versions before the key ring have left, and secrets in the open.

Each row is taken over by itself, so it may be interrupted and run again.
"""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from questline_core.auth.sealing import Sealer, SealError
from questline_core.encryption.envelope import place
from questline_core.encryption.vault import Vault
from questline_sdk.db.sealed import Sealed

PENDING = text("SELECT count(*) FROM core.key_rotation WHERE kind = 'former' AND finished_at IS NULL")
FINISH = text(
    "UPDATE core.key_rotation SET finished_at = clock_timestamp() WHERE kind = 'former' AND finished_at IS NULL"
)
SETTINGS = {"plugin_setting": ("plugin_id",), "plugin_course_setting": ("course_id", "plugin_id")}
OF_JSON = Sealed(dict[str, Any])
FORMER: Sequence[tuple[str, str, str, str]] = (
    ("totp", "secret", "totp secret", "user_id"),
    ("mail", "content", "mail", "id"),
)
"""Table, column, the purpose it was sealed for, and the column that named the record."""
log = structlog.get_logger()


async def is_pending(engine: AsyncEngine) -> bool:
    """Say whether a migration has left something to seal."""
    async with engine.begin() as connection:
        return bool(await connection.scalar(PENDING))


async def seal_former(
    engine: AsyncEngine,
    vault: Vault,
    tenants: Sequence[UUID],
    *,
    secret: str,
    secret_fields: Mapping[str, Collection[str]],
) -> int:
    """Seal it all under the tenants' data keys; returns how many values.

    Args:
        engine: Of the owner.
        vault: With the key ring.
        tenants: Whose values.
        secret: The site's secret, under which they were sealed.
        secret_fields: By plugin id, the settings that are declared secret.
    """
    sealed = 0
    for tenant_id in tenants:
        for step in (_seal_columns, _seal_settings):
            async with engine.begin() as connection:
                sealed += await _for_tenant(connection, step, vault, tenant_id, secret, secret_fields)
    async with engine.begin() as connection:
        await connection.execute(FINISH)
    return sealed


async def _for_tenant(connection: AsyncConnection, step: Callable[..., int], *arguments: Any) -> int:
    await connection.execute(text(f"SET LOCAL questline.tenant_id = '{arguments[1]!s}'"))
    return await connection.run_sync(step, *arguments)


def _seal_columns(connection: Connection, vault: Vault, tenant_id: UUID, secret: str, _fields: object) -> int:
    done = 0
    for table, column, purpose, record in FORMER:
        sealer = Sealer(secret, purpose)
        found = connection.execute(
            text(
                f"SELECT id, {record} AS record, CAST({column} AS bytea) AS sealed FROM core.{table}"  # noqa: S608
                f" WHERE substring(CAST({column} AS bytea) FROM 1 FOR 1) = '\\x01' FOR UPDATE"
            )
        )
        for row in found.all():
            try:
                plain = sealer.open(bytes(row.sealed), of=row.record.bytes)
            except SealError as error:
                log.warning("a former value does not open", table=table, id=str(row.id), reason=str(error))
                continue
            key = vault.sealing_key(connection, tenant_id)
            value = vault.seal(tenant_id, key, plain, place(tenant_id, f"core.{table}", column, {"id": row.id}))
            statement = text(f"UPDATE core.{table} SET {column} = :value WHERE id = :id")  # noqa: S608
            connection.execute(statement, {"value": value, "id": row.id})
            done += 1
    return done


def _seal_settings(
    connection: Connection, vault: Vault, tenant_id: UUID, _secret: str, secret_fields: Mapping[str, Collection[str]]
) -> int:
    done = 0
    for table, key_columns in SETTINGS.items():
        names = ", ".join(key_columns)
        for plugin_id, fields in secret_fields.items():
            found = connection.execute(
                text(
                    f"SELECT {names}, values, CAST(secrets AS bytea) AS secrets FROM core.{table}"  # noqa: S608
                    " WHERE plugin_id = :plugin_id AND jsonb_exists_any(values, CAST(:fields AS text[])) FOR UPDATE"
                ),
                {"plugin_id": plugin_id, "fields": sorted(fields)},
            )
            for row in found.all():
                _seal_row(connection, vault, tenant_id, table, row, fields)
                done += 1
    return done


def _seal_row(
    connection: Connection, vault: Vault, tenant_id: UUID, table: str, row: Any, fields: Collection[str]
) -> None:
    key_values = {name: getattr(row, name) for name in SETTINGS[table]}
    of = place(tenant_id, f"core.{table}", "secrets", key_values)
    hidden = {name: value for name, value in row.values.items() if name in fields}
    if row.secrets:
        plain = vault.open(tenant_id, vault.read_keys(connection), bytes(row.secrets), of)
        hidden = OF_JSON.from_bytes(plain) | hidden
    key = vault.sealing_key(connection, tenant_id)
    where = " AND ".join(f"{name} = :{name}" for name in key_values)
    statement = text(
        f"UPDATE core.{table} SET secrets = :secrets, values = values - CAST(:fields AS text[]) WHERE {where}"  # noqa: S608
    )
    sealed = vault.seal(tenant_id, key, OF_JSON.to_bytes(hidden), of)
    connection.execute(statement, {"secrets": sealed, "fields": sorted(fields), **key_values})
