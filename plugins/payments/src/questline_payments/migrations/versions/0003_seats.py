"""Seats that a buyer gives to others, and the codes that people take them with."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0003"
down_revision = "0002"

SCHEMA = "payments"


def column(name: str, kind: object, nullable: bool = False) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=nullable)


def time(name: str, nullable: bool = False) -> "sa.Column[object]":
    return column(name, sa.DateTime(timezone=True), nullable)


def index(table: str, *names: str, unique: bool = False, where: str | None = None) -> None:
    op.create_index(
        f"{'uq' if unique else 'ix'}_{table}_{'_'.join(names)}",
        table,
        ["tenant_id", *names],
        unique=unique,
        schema=SCHEMA,
        postgresql_where=sa.text(where) if where else None,
    )


def of_pool(table: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", "pool_id"],
        ["payments.seat_pool.tenant_id", "payments.seat_pool.id"],
        name=f"fk_{table}_pool_id",
        ondelete="CASCADE",
    )


def kinds(allowed: str) -> None:
    op.drop_constraint("product_kind_check", "product", schema=SCHEMA)
    op.create_check_constraint("product_kind_check", "product", f"kind IN ({allowed})", schema=SCHEMA)


def upgrade() -> None:
    kinds("'course', 'bundle', 'seats'")
    create_tenant_table(
        "seat_pool",
        column("user_id", sa.Uuid, True),
        column("order_id", sa.Uuid),
        column("line_id", sa.Uuid),
        column("subscription_id", sa.Uuid, True),
        column("title", sa.Text),
        column("course_ids", ARRAY(sa.Uuid)),
        sa.Column("seats", sa.Integer, sa.CheckConstraint("seats >= 0"), nullable=False),
        time("created_at"),
        schema=SCHEMA,
    )
    index("seat_pool", "user_id", "created_at")
    index("seat_pool", "order_id")
    index("seat_pool", "line_id", unique=True)
    index("seat_pool", "subscription_id", unique=True, where="subscription_id IS NOT NULL")
    create_tenant_table(
        "seat_code",
        column("pool_id", sa.Uuid),
        column("code_hash", sa.LargeBinary),
        column("hint", sa.Text),
        sa.Column("max_uses", sa.Integer, sa.CheckConstraint("max_uses > 0"), nullable=False),
        sa.Column("uses", sa.Integer, sa.CheckConstraint("uses BETWEEN 0 AND max_uses"), nullable=False),
        time("expires_at"),
        time("revoked_at", True),
        time("created_at"),
        of_pool("seat_code"),
        schema=SCHEMA,
    )
    index("seat_code", "code_hash")
    index("seat_code", "pool_id", "created_at")
    create_tenant_table(
        "seat",
        column("pool_id", sa.Uuid),
        column("email", sa.Text, True),
        column("user_id", sa.Uuid, True),
        column("code_id", sa.Uuid, True),
        sa.Column("state", sa.Text, sa.CheckConstraint("state IN ('invited', 'taken', 'revoked')"), nullable=False),
        column("seated", sa.Boolean),
        column("token_hash", sa.LargeBinary, True),
        time("assigned_at"),
        time("taken_at", True),
        time("ended_at", True),
        sa.CheckConstraint("state = 'invited' OR token_hash IS NULL"),
        sa.CheckConstraint("NOT seated OR state <> 'revoked'"),
        of_pool("seat"),
        refs.user(name="fk_seat_user_id"),
        schema=SCHEMA,
    )
    index("seat", "pool_id", "assigned_at")
    index("seat", "user_id", where="user_id IS NOT NULL")
    index("seat", "email", where="email IS NOT NULL")
    index("seat", "token_hash", where="token_hash IS NOT NULL")
    index("seat", "pool_id", "user_id", unique=True, where="state = 'taken'")
    index("seat", "pool_id", "email", unique=True, where="state = 'invited'")


def downgrade() -> None:
    for table in ("seat", "seat_code", "seat_pool"):
        op.drop_table(table, schema=SCHEMA)
    op.execute("DELETE FROM payments.product WHERE kind = 'seats'")
    kinds("'course', 'bundle'")
