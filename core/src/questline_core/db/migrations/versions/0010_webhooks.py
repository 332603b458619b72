"""Webhooks with their log of deliveries, and what a tenant sets at its edge."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.migrations import APP_ROLE, create_tenant_table

revision = "0010"
down_revision = "0009"

SCHEMA = "core"
TIME = sa.DateTime(timezone=True)


def upgrade() -> None:
    op.add_column("tenant", sa.Column("edge", JSONB, nullable=False, server_default="{}"), schema=SCHEMA)
    op.execute(f"GRANT UPDATE (edge) ON core.tenant TO {APP_ROLE}")
    create_tenant_table(
        "webhook_endpoint",
        sa.Column("url", sa.Text, nullable=False),
        sa.Column("description", sa.Text, nullable=False, server_default=""),
        sa.Column("event_types", JSONB, nullable=False),
        sa.Column("enabled", sa.Boolean, nullable=False, server_default="true"),
        sa.Column("disabled_reason", sa.Text),
        sa.Column("failing_since", TIME),
        sa.Column("secret", sa.LargeBinary, nullable=False),
        sa.Column("previous_secret", sa.LargeBinary),
        sa.Column("previous_until", TIME),
        sa.Column("created_at", TIME, nullable=False),
        sa.CheckConstraint("disabled_reason IN ('failing', 'gone')", name="ck_webhook_endpoint_disabled_reason"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "webhook_delivery",
        sa.Column("endpoint_id", sa.Uuid, nullable=False),
        sa.Column("event_id", sa.Uuid),
        sa.Column("event_type", sa.Text, nullable=False),
        sa.Column("occurred_at", TIME, nullable=False),
        sa.Column("state", sa.Text, nullable=False, server_default="pending"),
        sa.Column("attempts", sa.Integer, nullable=False, server_default="0"),
        sa.Column("next_at", TIME),
        sa.Column("finished_at", TIME),
        sa.ForeignKeyConstraint(
            ["tenant_id", "endpoint_id"],
            ["core.webhook_endpoint.tenant_id", "core.webhook_endpoint.id"],
            name="fk_webhook_delivery_endpoint",
            ondelete="CASCADE",
        ),
        sa.UniqueConstraint("tenant_id", "endpoint_id", "event_id", name="uq_webhook_delivery_event_id"),
        sa.CheckConstraint("state IN ('pending', 'delivered', 'failed')", name="ck_webhook_delivery_state"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_webhook_delivery_endpoint", "webhook_delivery", ["tenant_id", "endpoint_id", "id"], schema=SCHEMA
    )
    op.create_index("ix_webhook_delivery_occurred_at", "webhook_delivery", ["tenant_id", "occurred_at"], schema=SCHEMA)
    create_tenant_table(
        "webhook_attempt",
        sa.Column("delivery_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("milliseconds", sa.Integer, nullable=False),
        sa.Column("status", sa.Integer),
        sa.Column("error", sa.Text),
        sa.Column("request_headers", JSONB, nullable=False),
        sa.Column("response_headers", JSONB, nullable=False, server_default="{}"),
        sa.Column("response_body", sa.Text, nullable=False, server_default=""),
        sa.ForeignKeyConstraint(
            ["tenant_id", "delivery_id"],
            ["core.webhook_delivery.tenant_id", "core.webhook_delivery.id"],
            name="fk_webhook_attempt_delivery",
            ondelete="CASCADE",
        ),
        schema=SCHEMA,
        key=("delivery_id", "number"),
    )


def downgrade() -> None:
    for table in ("webhook_attempt", "webhook_delivery", "webhook_endpoint"):
        op.drop_table(table, schema=SCHEMA)
    op.drop_column("tenant", "edge", schema=SCHEMA)
