"""Sealed columns, the tenants' data keys and their rotation, and how far the audit log has been streamed."""

import sqlalchemy as sa
from alembic import op

from questline_sdk.db.migrations import APP_ROLE, create_tenant_table
from questline_sdk.db.sealed import DOMAIN, Sealed

revision = "0015"
down_revision = "0014"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)
SETTINGS = ("plugin_setting", "plugin_course_setting")
SEALED = (("totp", "secret"), ("mail", "content"))


def upgrade() -> None:
    op.execute(f"CREATE DOMAIN {DOMAIN} AS bytea")
    for table, column in SEALED:
        op.execute(f"ALTER TABLE {SCHEMA}.{table} ALTER COLUMN {column} TYPE {DOMAIN}")
    for table in SETTINGS:
        op.add_column(table, sa.Column("secrets", Sealed()), schema=SCHEMA)
    create_tenant_table(
        "data_key",
        sa.Column("ring_key", sa.Text, nullable=False),
        sa.Column("wrapped", sa.LargeBinary, nullable=False),
        sa.Column("created_at", TIME, nullable=False, server_default=sa.text("now()")),
        sa.Column("active_from", TIME, nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
        append_only=True,
    )
    op.execute(f"REVOKE DELETE ON core.data_key FROM {APP_ROLE}")
    op.create_table(
        "key_rotation",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.text("uuidv7()")),
        sa.Column("kind", sa.Text, nullable=False, server_default="rotation"),
        sa.Column("started_at", TIME, nullable=False, server_default=sa.text("now()")),
        sa.Column("finished_at", TIME),
        schema=SCHEMA,
    )
    op.execute(f"GRANT SELECT ON core.key_rotation TO {APP_ROLE}")
    # What earlier versions sealed in another way, or kept in the open, is sealed by code, after this.
    op.execute("INSERT INTO core.key_rotation (kind) SELECT 'former' WHERE EXISTS (SELECT FROM core.tenant)")
    create_tenant_table(
        "audit_stream",
        sa.Column("number", sa.BigInteger, nullable=False),
        sa.Column("sent_at", TIME, nullable=False),
        schema=SCHEMA,
        key=(),
    )
    op.create_index("ix_audit_entry_at", "audit_entry", ["tenant_id", "at"], schema=SCHEMA)


def downgrade() -> None:
    op.drop_index("ix_audit_entry_at", "audit_entry", schema=SCHEMA)
    for table in ("audit_stream", "key_rotation", "data_key"):
        op.drop_table(table, schema=SCHEMA)
    for table in SETTINGS:
        op.drop_column(table, "secrets", schema=SCHEMA)
    for table, column in SEALED:
        op.execute(f"ALTER TABLE {SCHEMA}.{table} ALTER COLUMN {column} TYPE bytea")
    op.execute(f"DROP DOMAIN {DOMAIN}")
