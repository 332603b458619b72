"""Transfers and refunds."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "payments_manual"
NOW = sa.text("now()")


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "transfer",
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("asked", sa.Text, nullable=False),
        sa.Column("reference", sa.Text, nullable=False),
        sa.Column("purpose", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("currency", sa.Text, nullable=False),
        sa.Column("titles", JSONB, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("return_url", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
        sa.Column("paid_at", sa.DateTime(timezone=True)),
        sa.Column("cancelled_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("amount > 0", name="ck_transfer_amount"),
        sa.CheckConstraint("paid_at IS NULL OR cancelled_at IS NULL", name="ck_transfer_end"),
        sa.UniqueConstraint("tenant_id", "key", name="uq_transfer_tenant_id_key"),
        sa.UniqueConstraint("tenant_id", "purpose", name="uq_transfer_tenant_id_purpose"),
        schema=SCHEMA,
    )
    op.create_index("ix_transfer_tenant_id_created_at", "transfer", ["tenant_id", "created_at", "id"], schema=SCHEMA)
    create_tenant_table(
        "refund",
        sa.Column("transfer_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("amount", sa.BigInteger, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False, server_default=NOW),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint("amount > 0", name="ck_refund_amount"),
        sa.UniqueConstraint("tenant_id", "transfer_id", "key", name="uq_refund_tenant_id_transfer_id_key"),
        sa.ForeignKeyConstraint(
            ["tenant_id", "transfer_id"],
            [f"{SCHEMA}.transfer.tenant_id", f"{SCHEMA}.transfer.id"],
            name="fk_refund_transfer_id",
            ondelete="CASCADE",
        ),
        schema=SCHEMA,
    )


def downgrade() -> None:
    for table in ("refund", "transfer"):
        op.drop_table(table, schema=SCHEMA)
    drop_schema(SCHEMA)
