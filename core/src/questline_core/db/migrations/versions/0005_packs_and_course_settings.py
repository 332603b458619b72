"""Feature packs that tenants have on, and what courses set of plugins' settings."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.migrations import create_tenant_table

revision = "0005"
down_revision = "0004"

SCHEMA = "core"


def upgrade() -> None:
    create_tenant_table(
        "tenant_pack",
        sa.Column("pack_id", sa.Text, nullable=False),
        sa.Column("version", sa.Text, nullable=False),
        sa.Column("switched", JSONB, nullable=False),
        sa.Column("settings", JSONB, nullable=False),
        sa.Column("roles", JSONB, nullable=False),
        sa.Column("theme", sa.Text),
        sa.Column("theme_before", sa.Text),
        sa.Column("enabled_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        schema=SCHEMA,
        key=("pack_id",),
    )
    create_tenant_table(
        "plugin_course_setting",
        sa.Column("plugin_id", sa.Text, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("values", JSONB, nullable=False),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.ForeignKeyConstraint(
            ["tenant_id", "course_id"], ["core.course.tenant_id", "core.course.id"], ondelete="CASCADE"
        ),
        schema=SCHEMA,
        key=("course_id", "plugin_id"),
    )


def downgrade() -> None:
    op.drop_table("plugin_course_setting", schema=SCHEMA)
    op.drop_table("tenant_pack", schema=SCHEMA)
