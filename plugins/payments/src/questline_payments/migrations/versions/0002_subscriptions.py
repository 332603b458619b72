"""Subscriptions, and the periods that lines of orders pay for."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.migrations import create_tenant_table

revision = "0002"
down_revision = "0001"

SCHEMA = "payments"


def column(name: str, kind: object, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=nullable)


def time(name: str, nullable: bool = False) -> "sa.Column[object]":
    return column(name, sa.DateTime(timezone=True), nullable)


def index(table: str, name: str, where: str | None = None) -> None:
    op.create_index(
        f"ix_{table}_{name}",
        table,
        ["tenant_id", name],
        schema=SCHEMA,
        postgresql_where=sa.text(where) if where else None,
    )


def upgrade() -> None:
    op.add_column("line", column("interval", sa.Text, True), schema=SCHEMA)
    op.add_column("line", column("subscription_id", sa.Uuid, True), schema=SCHEMA)
    op.add_column("line", time("period_start", True), schema=SCHEMA)
    op.add_column("line", time("period_end", True), schema=SCHEMA)
    index("line", "subscription_id", where="subscription_id IS NOT NULL")
    create_tenant_table(
        "subscription",
        column("user_id", sa.Uuid, True),
        column("product_id", sa.Uuid),
        column("price_id", sa.Uuid),
        column("first_order_id", sa.Uuid),
        sa.Column(
            "state", sa.Text, sa.CheckConstraint("state IN ('active', 'ending', 'past_due', 'ended')"), nullable=False
        ),
        column("title", sa.Text),
        sa.Column("interval", sa.Text, sa.CheckConstraint("interval IN ('month', 'year')"), nullable=False),
        sa.Column("currency", sa.Text, sa.CheckConstraint("currency ~ '^[A-Z]{3}$'"), nullable=False),
        column("net", sa.BigInteger),
        column("provider", sa.Text),
        column("customer_id", sa.Text, True),
        column("method_id", sa.Text, True),
        column("billing", JSONB, True),
        column("site", sa.Text),
        time("anchor"),
        column("periods", sa.Integer),
        time("period_start", True),
        time("period_end", True),
        time("next_at", True),
        column("renewal_order_id", sa.Uuid, True),
        column("attempts", sa.Integer),
        column("failure", sa.Text),
        time("created_at"),
        time("ended_at", True),
        sa.ForeignKeyConstraint(
            ["tenant_id", "price_id"],
            ["payments.price.tenant_id", "payments.price.id"],
            name="fk_subscription_price_id",
            ondelete="CASCADE",
        ),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_subscription_live",
        "subscription",
        ["tenant_id", "user_id", "product_id"],
        unique=True,
        schema=SCHEMA,
        postgresql_where=sa.text("state <> 'ended'"),
    )
    index("subscription", "next_at", where="next_at IS NOT NULL")
    create_tenant_table(
        "subscription_event",
        column("subscription_id", sa.Uuid),
        column("before", sa.Text, True),
        column("after", sa.Text),
        column("detail", sa.Text),
        time("occurred_at"),
        schema=SCHEMA,
        append_only=True,
    )
    index("subscription_event", "subscription_id")
    op.execute(
        "CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON payments.subscription_event"
        " FOR EACH ROW EXECUTE FUNCTION payments.keep()"
    )


def downgrade() -> None:
    op.drop_table("subscription_event", schema=SCHEMA)
    op.drop_table("subscription", schema=SCHEMA)
    op.drop_index("ix_line_subscription_id", "line", schema=SCHEMA)
    for name in ("interval", "subscription_id", "period_start", "period_end"):
        op.drop_column("line", name, schema=SCHEMA)
