"""What tenants change of their theme."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.migrations import create_tenant_table

revision = "0006"
down_revision = "0005"

SCHEMA = "core"


def upgrade() -> None:
    create_tenant_table(
        "tenant_look",
        sa.Column("tokens", JSONB, nullable=False, server_default="{}"),
        sa.Column("strings", JSONB, nullable=False, server_default="{}"),
        sa.Column("logo", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("changed_by", sa.Uuid),
        schema=SCHEMA,
        key=(),
    )
    # The look stays when the account of who changed it last goes; a plain SET NULL would empty tenant_id as well.
    op.execute(
        "ALTER TABLE core.tenant_look ADD CONSTRAINT fk_tenant_look_changed_by FOREIGN KEY (tenant_id, changed_by)"
        " REFERENCES core.user_account (tenant_id, id) ON DELETE SET NULL (changed_by)"
    )


def downgrade() -> None:
    op.drop_table("tenant_look", schema=SCHEMA)
