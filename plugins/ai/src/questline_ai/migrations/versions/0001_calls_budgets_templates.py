"""The ledger of calls, budgets and how far they are used, templates of the tenant's own, and remembered answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "ai"


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "call",
        sa.Column("request_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid),
        sa.Column("course_id", sa.Uuid),
        *(
            sa.Column(name, sa.Text, nullable=False)
            for name in ("placement", "template", "template_version", "capability", "provider", "model")
        ),
        sa.Column("sample", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("error", sa.Text),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("price_version", sa.Text, nullable=False),
        sa.Column("reserved_micros", sa.BigInteger, nullable=False),
        sa.Column("cost_micros", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("input_tokens", sa.Integer, nullable=False, server_default="0"),
        sa.Column("output_tokens", sa.Integer, nullable=False, server_default="0"),
        sa.Column("estimated", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("first_token_ms", sa.Integer),
        sa.Column("duration_ms", sa.Integer),
        sa.Column("finish", sa.Text),
        sa.Column("reference", sa.Text),
        sa.Column("holds", JSONB, nullable=False, server_default="[]"),
        sa.Column("prompt_hash", sa.Text, nullable=False),
        sa.Column("prompt", sa.Text),
        sa.Column("answer", sa.Text),
        sa.Column("rating", sa.SmallInteger),
        sa.Column("started_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "status IN ('reserved', 'settled', 'failed', 'cancelled', 'abandoned', 'cached')", name="ck_call_status"
        ),
        sa.CheckConstraint("reserved_micros >= 0 AND cost_micros >= 0", name="ck_call_money"),
        sa.CheckConstraint("rating IN (0, 1)", name="ck_call_rating"),
        schema=SCHEMA,
    )
    op.create_index("ix_call_tenant_id_started_at", "call", ["tenant_id", "started_at", "id"], schema=SCHEMA)
    op.create_index("ix_call_tenant_id_user_id", "call", ["tenant_id", "user_id", "id"], schema=SCHEMA)
    op.create_index(
        "ix_call_tenant_id_expires_at",
        "call",
        ["tenant_id", "expires_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("status = 'reserved'"),
    )
    create_tenant_table(
        "budget",
        sa.Column("scope", sa.Text, nullable=False),
        sa.Column("course_id", sa.Uuid),
        sa.Column("user_id", sa.Uuid),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("limit_micros", sa.BigInteger, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.CheckConstraint("scope IN ('user', 'tenant', 'course', 'each_user')", name="ck_budget_scope"),
        sa.CheckConstraint("(scope = 'course') = (course_id IS NOT NULL)", name="ck_budget_course_id"),
        sa.CheckConstraint("(scope = 'user') = (user_id IS NOT NULL)", name="ck_budget_user_id"),
        sa.CheckConstraint("limit_micros >= 0", name="ck_budget_limit_micros"),
        refs.course(name="fk_budget_course_id"),
        refs.user(name="fk_budget_user_id"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "budget_month",
        sa.Column("budget_id", sa.Uuid, nullable=False),
        sa.Column("subject_id", sa.Uuid, nullable=False),
        sa.Column("month", sa.Date, nullable=False),
        sa.Column("spent_micros", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("reserved_micros", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("alerted_percent", sa.SmallInteger, nullable=False, server_default="0"),
        sa.CheckConstraint("spent_micros >= 0 AND reserved_micros >= 0", name="ck_budget_month_money"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "budget_id"],
            ["ai.budget.tenant_id", "ai.budget.id"],
            name="fk_budget_month_budget_id",
            ondelete="CASCADE",
        ),
        schema=SCHEMA,
        key=("budget_id", "subject_id", "month"),
    )
    create_tenant_table(
        "override",
        sa.Column("template", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("texts", JSONB),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
        key=("template", "version"),
    )
    create_tenant_table(
        "cached_answer",
        sa.Column("digest", sa.Text, nullable=False),
        sa.Column("user_id", sa.Uuid),
        sa.Column("answer", JSONB, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        schema=SCHEMA,
        key=("digest",),
    )


def downgrade() -> None:
    for table in ("cached_answer", "override", "budget_month", "budget", "call"):
        op.drop_table(table, schema=SCHEMA)
    drop_schema(SCHEMA)
