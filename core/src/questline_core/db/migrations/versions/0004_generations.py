"""Generations of installed plugins, their wheels, the wanted one, the journal of changes, and the nodes that run."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db.migrations import APP_ROLE

revision = "0004"
down_revision = "0003"

SCHEMA = "core"


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def json(name: str, default: str) -> sa.Column[object]:
    return sa.Column(name, JSONB, nullable=False, server_default=default)


def time(name: str, *, now: bool = True) -> sa.Column[object]:
    default = sa.text("now()") if now else None
    return sa.Column(name, sa.DateTime(timezone=True), nullable=not now, server_default=default)


def upgrade() -> None:
    op.create_table(
        "generation",
        # Numbers are never used twice, not even those of generations that failed: a node may still name one.
        sa.Column("number", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("parent", sa.Integer),
        json("plan", "[]"),
        json("hidden", "[]"),
        json("heads", "{}"),
        text("state"),
        time("created_at"),
        text("reason", nullable=True),
        sa.CheckConstraint("state IN ('building', 'ready', 'wanted', 'retired', 'failed')", name="ck_generation_state"),
        schema=SCHEMA,
    )
    op.create_table(
        "wheel",
        sa.Column("sha256", sa.Text, primary_key=True),
        text("filename"),
        sa.Column("content", sa.LargeBinary, nullable=False),
        schema=SCHEMA,
    )
    op.create_table(
        "wanted",
        sa.Column(
            "id", sa.Boolean, sa.CheckConstraint("id", name="ck_wanted_id"), primary_key=True, server_default="true"
        ),
        sa.Column("generation", sa.Integer, nullable=False),
        time("changed_at"),
        schema=SCHEMA,
    )
    op.execute("INSERT INTO core.wanted (generation) VALUES (0)")
    op.create_table(
        "plugin_operation",
        sa.Column("id", sa.Uuid, primary_key=True, server_default=sa.text("uuidv7()")),
        text("kind"),
        text("step"),
        json("arguments", "{}"),
        json("heads_before", "{}"),
        sa.Column("generation_before", sa.Integer, nullable=False),
        sa.Column("generation", sa.Integer),
        time("started_at"),
        text("host"),
        sa.Column("pid", sa.Integer, nullable=False),
        time("finished_at", now=False),
        text("outcome", nullable=True),
        text("log_path", nullable=True),
        schema=SCHEMA,
    )
    op.create_table(
        "node",
        sa.Column("id", sa.Text, primary_key=True),
        text("role"),
        sa.Column("generation", sa.Integer, nullable=False),
        text("state"),
        text("reason", nullable=True),
        time("seen_at"),
        sa.CheckConstraint("state IN ('starting', 'running', 'failed')", name="ck_node_state"),
        schema=SCHEMA,
    )
    for table in ("generation", "wheel", "wanted", "plugin_operation", "node"):
        op.execute(f"GRANT SELECT ON {SCHEMA}.{table} TO {APP_ROLE}")
    op.execute(f"GRANT INSERT, UPDATE, DELETE ON {SCHEMA}.node TO {APP_ROLE}")


def downgrade() -> None:
    for table in ("node", "plugin_operation", "wanted", "wheel", "generation"):
        op.drop_table(table, schema=SCHEMA)
