"""Every sealed column of the database, found in its catalogue: those of plugins that are not installed now, too."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection, text

from questline_core.encryption.envelope import VERSION, place
from questline_core.encryption.vault import Vault
from questline_sdk.db.sealed import SealedError

FIND = text("""
SELECT n.nspname || '.' || c.relname AS table, format('%I.%I', n.nspname, c.relname) AS table_sql, a.attname AS column,
    (SELECT array_agg(ARRAY[k.attname::text, format_type(k.atttypid, k.atttypmod)] ORDER BY place)
     FROM pg_index i CROSS JOIN unnest(i.indkey) WITH ORDINALITY AS part(number, place)
     JOIN pg_attribute k ON k.attrelid = c.oid AND k.attnum = part.number
     WHERE i.indrelid = c.oid AND i.indisprimary AND k.attname <> 'tenant_id') AS key
FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid JOIN pg_namespace n ON n.oid = c.relnamespace
WHERE a.atttypid = 'core.sealed'::regtype AND NOT a.attisdropped AND c.relkind IN ('r', 'p') AND NOT c.relispartition
ORDER BY 1, 3
""")
BATCH = 500


class Batch(msgspec.Struct, kw_only=True):
    """Some rows of a column: how many were sealed anew, how many do not open, and where to go on."""

    sealed: int = 0
    lost: int = 0
    last: dict[str, str] | None = None


class SealedColumn(msgspec.Struct, frozen=True, kw_only=True):
    """A sealed column, and the key of its table without the tenant: names and types."""

    table: str
    table_sql: str
    column: str
    key: dict[str, str]

    def of(self, tenant_id: UUID, row: Mapping[str, Any]) -> bytes:
        """What the value of a row is bound to."""
        return place(tenant_id, self.table, self.column, row)

    def sealed_by(self, connection: Connection, key_id: UUID) -> int:
        """How many of the tenant's values a data key has sealed."""
        return self._count(connection, "=", key_id)

    def sealed_by_others(self, connection: Connection, key_id: UUID) -> int:
        """How many of the tenant's values another key has sealed."""
        return self._count(connection, "<>", key_id)

    def _count(self, connection: Connection, sign: str, key_id: UUID) -> int:
        statement = text(f"SELECT count(*) FROM {self.table_sql} WHERE {self._header} {sign} :header")  # noqa: S608
        return int(connection.execute(statement, {"header": VERSION + key_id.bytes}).scalar_one())

    def seal_anew(
        self, connection: Connection, vault: Vault, tenant_id: UUID, key_id: UUID, *, after: dict[str, str] | None
    ) -> Batch:
        """Seal the next rows under a data key. Rows that somebody else is changing are left for another pass."""
        keys = vault.read_keys(connection)
        batch = Batch()
        changes = []
        for row in connection.execute(self._next(after), self._parameters(key_id, after)):
            values = dict(row._mapping)
            sealed = values.pop("sealed value")
            batch.last = values
            of = self.of(tenant_id, values)
            try:
                plain = vault.open(tenant_id, keys, sealed, of)
            except SealedError:
                batch.lost += 1
                continue
            changes.append({**_named(values), "value": vault.seal(tenant_id, keys[key_id], plain, of)})
        if changes:
            connection.execute(self._update, changes)
        batch.sealed = len(changes)
        return batch

    @property
    def _header(self) -> str:
        return f'substring(CAST("{self.column}" AS bytea) FROM 1 FOR 17)'

    def _next(self, after: dict[str, str] | None) -> Any:
        names = ", ".join(f'"{name}"' for name in self.key)
        start = f" AND ({names}) > ({self._values})" if after else ""
        shown = ", ".join(f'CAST("{name}" AS text) AS "{name}"' for name in self.key)
        return text(
            f'SELECT {shown}, CAST("{self.column}" AS bytea) AS "sealed value" FROM {self.table_sql}'  # noqa: S608
            f" WHERE {self._header} <> :header{start} ORDER BY {names} LIMIT {BATCH} FOR UPDATE SKIP LOCKED"
        )

    def _parameters(self, key_id: UUID, after: dict[str, str] | None) -> dict[str, Any]:
        return {"header": VERSION + key_id.bytes} | _named(after or {})

    @property
    def _values(self) -> str:
        return ", ".join(f"CAST(CAST(:key_{name} AS text) AS {kind})" for name, kind in self.key.items())

    @property
    def _update(self) -> Any:
        names = ", ".join(f'"{name}"' for name in self.key)
        return text(f'UPDATE {self.table_sql} SET "{self.column}" = :value WHERE ({names}) = ({self._values})')  # noqa: S608


def sealed_columns(connection: Connection) -> list[SealedColumn]:
    """Every sealed column there is."""
    return [
        SealedColumn(table=row.table, table_sql=row.table_sql, column=row.column, key=dict(map(tuple, row.key)))
        for row in connection.execute(FIND)
    ]


def _named(values: Mapping[str, str]) -> dict[str, str]:
    return {f"key_{name}": value for name, value in values.items()}
