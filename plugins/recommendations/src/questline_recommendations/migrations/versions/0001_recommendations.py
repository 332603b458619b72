"""What is suggested to whom, and what that is made from."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "recommendations"
TABLES = ("text_vector", "mastery", "refresh", "changed_learner", "pick", "popular", "related", "neighbour", "training")


def column(name: str, kind: object, default: str | None = None) -> "sa.Column[object]":
    return sa.Column(name, kind, nullable=False, server_default=None if default is None else sa.text(default))


def time(name: str) -> "sa.Column[object]":
    return column(name, sa.DateTime(timezone=True))


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "training",
        sa.Column(
            "state",
            sa.Text,
            sa.CheckConstraint("state IN ('texts', 'fitting', 'scoring', 'done', 'replaced')"),
            nullable=False,
            server_default="texts",
        ),
        time("started_at"),
        sa.Column("finished_at", sa.DateTime(timezone=True)),
        column("texts", sa.Text, "'words'"),
        *(column(name, sa.Integer, "0") for name in ("lessons", "completions", "learners", "scored")),
        schema=SCHEMA,
    )
    create_tenant_table(
        "neighbour",
        column("lesson_id", sa.Uuid),
        sa.Column("signal", sa.Text, sa.CheckConstraint("signal IN ('after', 'together', 'similar')"), nullable=False),
        column("lesson_ids", ARRAY(sa.Uuid)),
        column("weights", ARRAY(sa.REAL)),
        refs.lesson(name="fk_neighbour_lesson_id"),
        schema=SCHEMA,
        key=("lesson_id", "signal"),
    )
    create_tenant_table(
        "related",
        column("lesson_id", sa.Uuid),
        column("rank", sa.SmallInteger),
        column("other_id", sa.Uuid),
        column("reason", sa.Text),
        refs.lesson(name="fk_related_lesson_id"),
        refs.lesson("other_id", name="fk_related_other_id"),
        schema=SCHEMA,
        key=("lesson_id", "rank"),
    )
    create_tenant_table(
        "popular",
        column("rank", sa.SmallInteger),
        column("lesson_id", sa.Uuid),
        column("learners", sa.Integer),
        refs.lesson(name="fk_popular_lesson_id"),
        schema=SCHEMA,
        key=("lesson_id",),
    )
    create_tenant_table(
        "pick",
        column("user_id", sa.Uuid),
        column("lesson_ids", ARRAY(sa.Uuid)),
        column("reasons", ARRAY(sa.Text)),
        column("because_ids", ARRAY(sa.Uuid)),
        time("made_at"),
        refs.user(name="fk_pick_user_id"),
        schema=SCHEMA,
        key=("user_id",),
    )
    create_tenant_table(
        "changed_learner",
        column("user_id", sa.Uuid),
        refs.user(name="fk_changed_learner_user_id"),
        schema=SCHEMA,
        key=("user_id",),
    )
    create_tenant_table(
        "refresh",
        column("what", sa.Text),
        sa.Column("queued_at", sa.DateTime(timezone=True)),
        schema=SCHEMA,
        key=("what",),
    )
    create_tenant_table(
        "mastery",
        column("user_id", sa.Uuid),
        column("lesson_id", sa.Uuid),
        column("percent", sa.SmallInteger),
        time("measured_at"),
        refs.user(name="fk_mastery_user_id"),
        refs.lesson(name="fk_mastery_lesson_id"),
        schema=SCHEMA,
        key=("user_id", "lesson_id"),
    )
    create_tenant_table(
        "text_vector",
        column("lesson_id", sa.Uuid),
        column("checksum", sa.Text),
        column("vector", ARRAY(sa.REAL)),
        refs.lesson(name="fk_text_vector_lesson_id"),
        schema=SCHEMA,
        key=("lesson_id",),
    )


def downgrade() -> None:
    for table in TABLES:
        op.drop_table(table, schema=SCHEMA)
    drop_schema(SCHEMA)
