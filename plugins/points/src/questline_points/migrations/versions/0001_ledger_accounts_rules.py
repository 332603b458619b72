"""The ledger, each user's balance, and the rules that award."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "points"


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "rule",
        sa.Column("key", sa.Text),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("event", sa.Text, nullable=False),
        sa.Column("condition", JSONB),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("cap", JSONB),
        sa.Column("cooldown_seconds", sa.Integer),
        sa.Column("enabled", sa.Boolean, nullable=False, server_default=sa.true()),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.text("now()")),
        sa.CheckConstraint("amount > 0", name="ck_rule_amount"),
        sa.CheckConstraint("cooldown_seconds > 0", name="ck_rule_cooldown_seconds"),
        sa.UniqueConstraint("tenant_id", "key", name="uq_rule_tenant_id_key"),
        schema=SCHEMA,
    )
    op.create_index("ix_rule_tenant_id_event", "rule", ["tenant_id", "event"], schema=SCHEMA)
    create_tenant_table(
        "account",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("balance", sa.BigInteger, nullable=False, server_default="0"),
        sa.Column("reached_at", sa.DateTime(timezone=True)),
        refs.user(name="fk_account_user_id"),
        schema=SCHEMA,
        key=("user_id",),
    )
    create_tenant_table(
        "entry",
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("amount", sa.Integer, nullable=False),
        sa.Column("rule_id", sa.Uuid, nullable=False),
        sa.Column("rule", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("event_id", sa.Uuid, nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("amount <> 0", name="ck_entry_amount"),
        sa.UniqueConstraint("tenant_id", "event_id", "rule_id", name="uq_entry_tenant_id_event_id_rule_id"),
        refs.user(name="fk_entry_user_id"),
        schema=SCHEMA,
        append_only=True,
    )
    op.create_index(
        "ix_entry_tenant_id_user_id_occurred_at",
        "entry",
        ["tenant_id", "user_id", "occurred_at", "id"],
        schema=SCHEMA,
    )


def downgrade() -> None:
    for table in ("entry", "account", "rule"):
        op.drop_table(table, schema=SCHEMA)
    drop_schema(SCHEMA)
