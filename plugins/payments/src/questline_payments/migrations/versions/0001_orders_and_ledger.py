"""Products, prices and coupons, orders, the ledger, providers' messages, and what is derived from them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "payments"
TABLES = (
    "series",
    "document",
    "remembered",
    "message",
    "entitlement",
    "refund",
    "posting",
    "order_event",
    "line",
    "purchase",
    "cart",
    "tax_rate",
    "coupon_use",
    "coupon",
    "price",
    "product_course",
    "product",
)
FOREVER = ("posting", "order_event", "document")
STATES = "'open', 'expired', 'cancelled', 'review', 'paid', 'partly_refunded', 'refunded', 'disputed'"
# Only the end of the tenant itself, which reaches the rows through its foreign key, takes them away.
KEEP = """
CREATE FUNCTION payments.keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' AND pg_trigger_depth() > 1 THEN
        RETURN OLD;
    END IF;
    RAISE restrict_violation USING MESSAGE = format('%s.%s is append-only', TG_TABLE_SCHEMA, TG_TABLE_NAME);
END
$$
"""
BALANCE = """
CREATE FUNCTION payments.balance() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT FROM payments.posting WHERE tenant_id = NEW.tenant_id AND order_id = NEW.order_id
            AND entry_id = NEW.entry_id GROUP BY currency HAVING sum(amount) <> 0
    ) THEN
        RAISE check_violation USING MESSAGE = format('entry %s does not sum to zero', NEW.entry_id);
    END IF;
    RETURN NULL;
END
$$
"""


def column(name: str, kind: object, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=nullable)


def time(name: str, nullable: bool = False) -> "sa.Column[object]":
    return column(name, sa.DateTime(timezone=True), nullable)


def amounts(*names: str) -> "list[sa.Column[object]]":
    return [column(name, sa.BigInteger) for name in names]


def currency(*, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column("currency", sa.Text, sa.CheckConstraint("currency ~ '^[A-Z]{3}$'"), nullable=nullable)


def of_order(table: str) -> sa.ForeignKeyConstraint:
    return own(table, "order_id", "purchase")


def own(table: str, name: str, other: str) -> sa.ForeignKeyConstraint:
    keys = [f"{SCHEMA}.{other}.tenant_id", f"{SCHEMA}.{other}.id"]
    return sa.ForeignKeyConstraint(["tenant_id", name], keys, name=f"fk_{table}_{name}", ondelete="CASCADE")


def index(table: str, *columns: str, where: str | None = None) -> None:
    op.create_index(
        f"ix_{table}_{'_'.join(columns)}",
        table,
        ["tenant_id", *columns],
        schema=SCHEMA,
        postgresql_where=sa.text(where) if where else None,
    )


def upgrade() -> None:
    create_schema(SCHEMA)
    _catalogue()
    _orders()
    _books()
    _messages()
    op.execute(KEEP)
    op.execute(BALANCE)
    for table in FOREVER:
        op.execute(
            f"CREATE TRIGGER keep BEFORE UPDATE OR DELETE ON {SCHEMA}.{table}"
            " FOR EACH ROW EXECUTE FUNCTION payments.keep()"
        )
    op.execute(
        "CREATE CONSTRAINT TRIGGER balance AFTER INSERT ON payments.posting"
        " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION payments.balance()"
    )


def _catalogue() -> None:
    create_tenant_table(
        "product",
        sa.Column("kind", sa.Text, sa.CheckConstraint("kind IN ('course', 'bundle')"), nullable=False),
        column("title", sa.Text),
        column("summary", sa.Text),
        column("active", sa.Boolean),
        time("created_at"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "product_course",
        column("product_id", sa.Uuid),
        column("course_id", sa.Uuid),
        own("product_course", "product_id", "product"),
        refs.course(name="fk_product_course_course_id"),
        schema=SCHEMA,
        key=("product_id", "course_id"),
    )
    index("product_course", "course_id")
    create_tenant_table(
        "price",
        column("product_id", sa.Uuid),
        currency(),
        *amounts("amount"),
        column("tax_inclusive", sa.Boolean),
        column("interval", sa.Text, True),
        column("trial_days", sa.Integer),
        column("tiers", JSONB),
        column("active", sa.Boolean),
        time("created_at"),
        sa.CheckConstraint("amount > 0", name="ck_price_amount"),
        own("price", "product_id", "product"),
        schema=SCHEMA,
    )
    index("price", "product_id")
    create_tenant_table(
        "coupon",
        column("code", sa.Text),
        column("percent", sa.SmallInteger, True),
        column("amount", sa.BigInteger, True),
        currency(nullable=True),
        column("product_ids", ARRAY(sa.Uuid)),
        time("starts_at", True),
        time("ends_at", True),
        column("max_uses", sa.Integer, True),
        column("max_uses_per_buyer", sa.Integer, True),
        column("active", sa.Boolean),
        time("created_at"),
        sa.UniqueConstraint("tenant_id", "code", name="uq_coupon_tenant_id_code"),
        sa.CheckConstraint("(percent IS NULL) <> (amount IS NULL)", name="ck_coupon_takes"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "coupon_use",
        column("order_id", sa.Uuid),
        column("coupon_id", sa.Uuid),
        column("user_id", sa.Uuid),
        own("coupon_use", "coupon_id", "coupon"),
        schema=SCHEMA,
        key=("order_id",),
    )
    index("coupon_use", "coupon_id")
    create_tenant_table(
        "tax_rate",
        column("country", sa.Text),
        column("customer_type", sa.Text),
        column("points", sa.Integer),
        sa.CheckConstraint("points BETWEEN 0 AND 10000", name="ck_tax_rate_points"),
        schema=SCHEMA,
        key=("country", "customer_type"),
    )
    create_tenant_table(
        "cart",
        column("user_id", sa.Uuid),
        column("lines", JSONB),
        column("promotion_code", sa.Text, True),
        column("billing", JSONB, True),
        refs.user(name="fk_cart_user_id"),
        schema=SCHEMA,
        key=("user_id",),
    )


def _orders() -> None:
    create_tenant_table(
        "purchase",
        column("number", sa.Text),
        column("user_id", sa.Uuid, True),
        column("key", sa.Text),
        column("asked", sa.Text),
        column("provider", sa.Text, True),
        sa.Column("state", sa.Text, sa.CheckConstraint(f"state IN ({STATES})"), nullable=False),
        column("title", sa.Text),
        currency(),
        *amounts("subtotal", "discount", "tax", "total"),
        column("tax_inclusive", sa.Boolean),
        column("billing", JSONB, True),
        column("promotion_code", sa.Text, True),
        column("site", sa.Text),
        column("checkout_id", sa.Text, True),
        column("checkout_url", sa.Text, True),
        time("expires_at", True),
        time("sold_at", True),
        time("created_at"),
        sa.UniqueConstraint("tenant_id", "user_id", "key", name="uq_purchase_tenant_id_user_id_key"),
        sa.UniqueConstraint("tenant_id", "number", name="uq_purchase_tenant_id_number"),
        schema=SCHEMA,
    )
    index("purchase", "created_at")
    create_tenant_table(
        "line",
        column("order_id", sa.Uuid),
        column("price_id", sa.Uuid),
        column("product_id", sa.Uuid),
        column("position", sa.Integer),
        column("kind", sa.Text),
        column("title", sa.Text),
        column("quantity", sa.Integer),
        *amounts("unit_amount", "subtotal", "discount", "tax"),
        column("tax_points", sa.Integer),
        *amounts("total"),
        column("course_ids", ARRAY(sa.Uuid)),
        of_order("line"),
        schema=SCHEMA,
    )
    index("line", "order_id")
    create_tenant_table(
        "order_event",
        column("order_id", sa.Uuid),
        column("event", sa.Text),
        column("before", sa.Text, True),
        column("after", sa.Text, True),
        column("detail", sa.Text),
        time("occurred_at"),
        schema=SCHEMA,
        append_only=True,
    )
    index("order_event", "order_id")
    create_tenant_table(
        "refund",
        column("order_id", sa.Uuid),
        column("key", sa.Text),
        column("asked", sa.Text),
        column("payment_id", sa.Text),
        *amounts("amount"),
        column("shares", JSONB),
        column("surplus", sa.Boolean),
        sa.Column("state", sa.Text, sa.CheckConstraint("state IN ('requested', 'done', 'failed')"), nullable=False),
        column("reason", sa.Text),
        time("created_at"),
        sa.UniqueConstraint("tenant_id", "order_id", "key", name="uq_refund_tenant_id_order_id_key"),
        sa.CheckConstraint("amount > 0", name="ck_refund_amount"),
        of_order("refund"),
        schema=SCHEMA,
    )


def _books() -> None:
    create_tenant_table(
        "posting",
        column("entry_id", sa.Uuid),
        column("order_id", sa.Uuid),
        column("line_id", sa.Uuid, True),
        column("payment_id", sa.Text, True),
        column("kind", sa.Text),
        column("account", sa.Text),
        *amounts("amount"),
        currency(),
        time("occurred_at"),
        schema=SCHEMA,
        append_only=True,
    )
    index("posting", "order_id", "entry_id")
    index("posting", "occurred_at")
    create_tenant_table(
        "entitlement",
        column("user_id", sa.Uuid),
        column("course_id", sa.Uuid),
        column("held", sa.Boolean),
        column("had_access", sa.Boolean),
        time("changed_at"),
        refs.user(name="fk_entitlement_user_id"),
        refs.course(name="fk_entitlement_course_id"),
        schema=SCHEMA,
        key=("user_id", "course_id"),
    )
    create_tenant_table(
        "document",
        column("order_id", sa.Uuid),
        column("kind", sa.Text),
        column("series", sa.Text),
        column("number", sa.Integer),
        currency(),
        *amounts("total"),
        column("content", JSONB),
        time("issued_at"),
        sa.UniqueConstraint("tenant_id", "series", "number", name="uq_document_tenant_id_series_number"),
        schema=SCHEMA,
        append_only=True,
    )
    index("document", "order_id")
    create_tenant_table("series", column("name", sa.Text), column("last", sa.Integer), schema=SCHEMA, key=("name",))


def _messages() -> None:
    create_tenant_table(
        "message",
        column("provider", sa.Text),
        sa.Column(
            "state",
            sa.Text,
            sa.CheckConstraint("state IN ('unchecked', 'waiting', 'done', 'failed', 'refused')"),
            nullable=False,
        ),
        column("event_id", sa.Text, True),
        column("type", sa.Text, True),
        column("payment_id", sa.Text, True),
        column("times", sa.Integer),
        column("attempts", sa.Integer),
        time("next_at"),
        column("error", sa.Text),
        column("headers", JSONB),
        column("body", sa.LargeBinary),
        time("received_at"),
        time("done_at", True),
        sa.UniqueConstraint("tenant_id", "provider", "event_id", name="uq_message_tenant_id_provider_event_id"),
        schema=SCHEMA,
    )
    index("message", "received_at")
    index("message", "next_at", where="state = 'waiting'")
    create_tenant_table(
        "remembered",
        column("user_id", sa.Uuid),
        column("key", sa.Text),
        column("asked", sa.Text),
        column("response", sa.LargeBinary),
        time("created_at"),
        schema=SCHEMA,
        key=("user_id", "key"),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
    op.execute("DROP FUNCTION payments.balance()")
    op.execute("DROP FUNCTION payments.keep()")
    drop_schema(SCHEMA)
