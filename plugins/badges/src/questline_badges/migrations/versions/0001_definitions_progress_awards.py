"""What badges there are, how far each user has come, and who has earned which."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "badges"


def _definition() -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "definition_id"],
        ["badges.definition.tenant_id", "badges.definition.id"],
        ondelete="CASCADE",
    )


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "definition",
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("icon", sa.Text, nullable=False),
        sa.Column("tier", sa.Text, nullable=False),
        sa.Column("hint", sa.Text, nullable=False),
        sa.Column("criterion", JSONB, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("target", sa.Integer, nullable=False),
        sa.Column("position", sa.Integer, nullable=False, server_default="0"),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.CheckConstraint("tier IN ('bronze', 'silver', 'gold')", name="ck_definition_tier"),
        sa.CheckConstraint("target > 0", name="ck_definition_target"),
        sa.UniqueConstraint("tenant_id", "slug", name="uq_definition_tenant_id_slug"),
        schema=SCHEMA,
    )
    op.create_index("ix_definition_tenant_id_event", "definition", ["tenant_id", "event"], schema=SCHEMA)
    create_tenant_table(
        "progress",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("definition_id", sa.Uuid, nullable=False),
        sa.Column("current", sa.BigInteger, nullable=False),
        sa.Column("last_day", sa.Date),
        refs.user(name="fk_progress_user_id"),
        _definition(),
        schema=SCHEMA,
        key=("user_id", "definition_id"),
    )
    create_tenant_table(
        "award",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("definition_id", sa.Uuid, nullable=False),
        sa.Column("earned_at", sa.DateTime(timezone=True), nullable=False),
        refs.user(name="fk_award_user_id"),
        _definition(),
        schema=SCHEMA,
        key=("user_id", "definition_id"),
        append_only=True,
    )


def downgrade() -> None:
    for table in ("award", "progress", "definition"):
        op.drop_table(table, schema=SCHEMA)
    drop_schema(SCHEMA)
