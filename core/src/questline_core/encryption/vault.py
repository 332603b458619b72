"""The vault: reads, makes and uses a tenant's data keys within a transaction of that tenant."""

import secrets
from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from sqlalchemy import Connection, text

from questline_core.encryption import envelope
from questline_core.encryption.ring import KEY_BYTES, KeyRing
from questline_sdk.db.sealed import Ciphertext, Sealed, SealedError

LOCK_CLASS = 7_262_027
KEPT_CIPHERS = 4096
READ = text(
    "SELECT id, wrapped, active_from <= clock_timestamp() AS active FROM core.data_key"
    " ORDER BY active_from DESC, id DESC"
)
INSERT = text(
    "INSERT INTO core.data_key (id, tenant_id, ring_key, wrapped, active_from)"
    " VALUES (:id, :tenant_id, :ring_key, :wrapped, clock_timestamp() + make_interval(secs => :lead))"
)
SHARED_LOCK = text("SELECT pg_advisory_xact_lock_shared(:kind, hashtext(:tenant_id))")
"""Held by whoever seals until the end of the transaction; a key is removed only under the exclusive one."""


class StoredKey(msgspec.Struct, frozen=True):
    """A data key as the database has it."""

    id: UUID
    wrapped: bytes
    active: bool


class Vault:
    """Seals and opens values with the data keys of tenants, as far as the key ring unwraps them."""

    def __init__(self, ring: KeyRing) -> None:
        self.ring = ring
        self._ciphers: dict[UUID, AESGCM] = {}

    def read_keys(self, connection: Connection) -> dict[UUID, StoredKey]:
        """The keys of the transaction's tenant, the newest first."""
        rows = connection.execute(READ).all()
        return {row.id: StoredKey(row.id, bytes(row.wrapped), row.active) for row in rows}

    def new_key(self, connection: Connection, tenant_id: UUID, *, lead: float = 0) -> UUID:
        """Make a data key that seals from `lead` seconds on."""
        key_id = _uuid7(connection)
        wrapped = self.ring.wrap(secrets.token_bytes(KEY_BYTES), of=_name(tenant_id, key_id))
        values = {"id": key_id, "tenant_id": tenant_id, "wrapped": wrapped, "ring_key": self.ring.active}
        connection.execute(INSERT, {**values, "lead": lead})
        return key_id

    def sealing_key(self, connection: Connection, tenant_id: UUID) -> StoredKey:
        """The key that seals now, made at first use; it is not removed before the transaction has ended."""
        connection.execute(SHARED_LOCK, {"kind": LOCK_CLASS, "tenant_id": str(tenant_id)})
        keys = self.read_keys(connection)
        active = next((key for key in keys.values() if key.active), None)
        if active is not None:
            return active
        made = self.new_key(connection, tenant_id)
        return self.read_keys(connection)[made]

    def cipher(self, tenant_id: UUID, key: StoredKey) -> AESGCM:
        """A data key, unwrapped; raises `SealedError` where the ring cannot."""
        found = self._ciphers.get(key.id)
        if found is None:
            if len(self._ciphers) >= KEPT_CIPHERS:
                del self._ciphers[next(iter(self._ciphers))]
            plain = self.ring.unwrap(key.wrapped, of=_name(tenant_id, key.id))
            found = self._ciphers[key.id] = AESGCM(plain)
        return found

    def rewrapped(self, tenant_id: UUID, key: StoredKey) -> bytes:
        """A data key wrapped by the ring's active key; raises `SealedError`."""
        name = _name(tenant_id, key.id)
        return self.ring.wrap(self.ring.unwrap(key.wrapped, of=name), of=name)

    def seal(self, tenant_id: UUID, key: StoredKey, plain: bytes, of: bytes) -> Ciphertext:
        """Encrypt a value for its place."""
        return envelope.seal(key.id, self.cipher(tenant_id, key), plain, of)

    def open(self, tenant_id: UUID, keys: Mapping[UUID, StoredKey], sealed: bytes, of: bytes) -> bytes:
        """Decrypt a value; raises `SealedError`."""
        key = keys.get(envelope.key_of(sealed))
        if key is None:
            raise SealedError("its data key is gone")
        return envelope.unseal(self.cipher(tenant_id, key), sealed, of)


async def seal_value(ctx: Any, attribute: Any, row: Mapping[str, Any], value: Any) -> Ciphertext | None:
    """Seal a value for a statement that is not about an object, e.g. an upsert.

    Args:
        ctx: The unit of work.
        attribute: The sealed column, e.g. `PluginSetting.secrets`.
        row: The row's key, without the tenant.
        value: The plain value.
    """
    if value is None:
        return None
    column = attribute.property.columns[0]
    kind: Sealed = column.type
    vault, tenant_id = ctx.host.vault, ctx.tenant_id
    key = await (await ctx.session.connection()).run_sync(lambda sync: vault.sealing_key(sync, tenant_id))
    of = envelope.place(tenant_id, str(column.table), column.name, row)
    sealed: Ciphertext = vault.seal(tenant_id, key, kind.to_bytes(value), of)
    return sealed


def _name(tenant_id: UUID, key_id: UUID) -> bytes:
    return b"questline data key" + tenant_id.bytes + key_id.bytes


def _uuid7(connection: Connection) -> UUID:
    made: UUID = connection.execute(text("SELECT uuidv7()")).scalar_one()
    return made
