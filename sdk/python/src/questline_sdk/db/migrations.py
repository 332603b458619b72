"""Helpers for Alembic revisions: tenant tables with forced row-level security in one call."""

from typing import Any

import sqlalchemy as sa
from alembic import op

from questline_sdk.db.base import TENANT

APP_ROLE = "questline_app"


def create_schema(schema: str) -> None:
    """Create an owner's schema and let the app's role use it."""
    op.execute(f'CREATE SCHEMA IF NOT EXISTS "{schema}"')
    op.execute(f'GRANT USAGE ON SCHEMA "{schema}" TO {APP_ROLE}')


def drop_schema(schema: str) -> None:
    """Undo `create_schema`; the version table stays for Alembic to write its last line."""
    op.execute(f'REVOKE USAGE ON SCHEMA "{schema}" FROM {APP_ROLE}')


def create_tenant_table(
    name: str, *columns: Any, schema: str, key: tuple[str, ...] = ("id",), append_only: bool = False
) -> None:
    """Create a table of tenants' rows: `tenant_id` first in the key, row-level security forced, rights granted.

    Args:
        name: Table name.
        columns: SQLAlchemy columns and constraints, without `tenant_id`.
        schema: The owner's schema.
        key: Key columns after `tenant_id`; an `id` in it gets a UUIDv7 default.
        append_only: Grants the app no UPDATE.
    """
    lead = [sa.Column("tenant_id", sa.Uuid, server_default=sa.text(TENANT), nullable=False)]
    if key == ("id",):
        lead.append(sa.Column("id", sa.Uuid, server_default=sa.text("uuidv7()"), nullable=False))
    op.create_table(
        name,
        *lead,
        *columns,
        sa.PrimaryKeyConstraint("tenant_id", *key, name=f"pk_{name}"),
        sa.ForeignKeyConstraint(["tenant_id"], ["core.tenant.id"], name=f"fk_{name}_tenant_id", ondelete="CASCADE"),
        schema=schema,
    )
    protect(name, schema=schema, append_only=append_only)


def protect(name: str, *, schema: str, append_only: bool = False) -> None:
    """Force row-level security on a table that has a `tenant_id`, and grant the app's role its rights."""
    table = f'"{schema}"."{name}"'
    op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY")
    op.execute(f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY")
    op.execute(f"CREATE POLICY tenant ON {table} USING (tenant_id = {TENANT}) WITH CHECK (tenant_id = {TENANT})")
    rights = "SELECT, INSERT, DELETE" if append_only else "SELECT, INSERT, UPDATE, DELETE"
    op.execute(f"GRANT {rights} ON {table} TO {APP_ROLE}")
