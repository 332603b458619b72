"""Tenants, what plugins they have on, events and what was delivered of them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.base import TENANT
from questline_sdk.db.migrations import APP_ROLE, create_schema, create_tenant_table

revision = "0001"
down_revision = None

SCHEMA = "core"


def upgrade() -> None:
    create_schema(SCHEMA)
    op.create_table(
        "tenant",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.text("uuidv7()")),
        sa.Column("slug", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("host", sa.Text, unique=True),
        sa.Column("sign_up", sa.Text, nullable=False, server_default="open"),
        sa.Column("theme", sa.Text, nullable=False, server_default="aurora"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.CheckConstraint("sign_up IN ('open', 'closed')", name="ck_tenant_sign_up"),
        schema=SCHEMA,
    )
    # The directory of tenants is read before a tenant is known; only a tenant's own row may be changed by the app.
    op.execute("ALTER TABLE core.tenant ENABLE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY directory ON core.tenant FOR SELECT USING (true)")
    op.execute(f"CREATE POLICY own ON core.tenant FOR UPDATE USING (id = {TENANT}) WITH CHECK (id = {TENANT})")
    op.execute(f"GRANT SELECT, UPDATE (name, theme, sign_up) ON core.tenant TO {APP_ROLE}")

    create_tenant_table(
        "tenant_plugin",
        sa.Column("plugin_id", sa.Text, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
        key=("plugin_id",),
    )
    create_tenant_table(
        "plugin_setting",
        sa.Column("plugin_id", sa.Text, nullable=False),
        sa.Column("values", JSONB, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
        key=("plugin_id",),
    )
    create_tenant_table(
        "event",
        sa.Column("type", sa.Text, nullable=False),
        sa.Column("data", JSONB, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
        append_only=True,
    )
    create_tenant_table(
        "delivery",
        sa.Column("handler", sa.Text, nullable=False),
        sa.Column("message_id", sa.Uuid, nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
        key=("message_id", "handler"),
        append_only=True,
    )
    create_tenant_table(
        "parked_job",
        sa.Column("plugin_id", sa.Text, nullable=False),
        sa.Column("payload", sa.LargeBinary, nullable=False),
        sa.Column("parked_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
    )


def downgrade() -> None:
    for table in ("parked_job", "delivery", "event", "plugin_setting", "tenant_plugin", "tenant"):
        op.drop_table(table, schema=SCHEMA)
