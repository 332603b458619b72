"""Exercises and the answers to them."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "ai_lab"


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "exercise",
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("lesson_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.CheckConstraint("kind IN ('critique', 'duel', 'prompt')", name="ck_exercise_kind"),
        sa.UniqueConstraint("tenant_id", "course_id", "key", name="uq_exercise_tenant_id_course_id_key"),
        refs.course(name="fk_exercise_course_id"),
        refs.lesson(name="fk_exercise_lesson_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_exercise_tenant_id_lesson_id", "exercise", ["tenant_id", "lesson_id"], schema=SCHEMA)
    create_tenant_table(
        "answer",
        sa.Column("exercise_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("result", JSONB, nullable=False),
        sa.Column("score", sa.Integer, nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("score BETWEEN 0 AND 100", name="ck_answer_score"),
        sa.UniqueConstraint(
            "tenant_id", "user_id", "exercise_id", "number", name="uq_answer_tenant_id_user_id_exercise_id_number"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "exercise_id"],
            [f"{SCHEMA}.exercise.tenant_id", f"{SCHEMA}.exercise.id"],
            name="fk_answer_exercise_id",
            ondelete="CASCADE",
        ),
        refs.user(name="fk_answer_user_id"),
        schema=SCHEMA,
        append_only=True,
    )
    op.create_index("ix_answer_tenant_id_exercise_id", "answer", ["tenant_id", "exercise_id"], schema=SCHEMA)
    _create_drafts()


def _create_drafts() -> None:
    create_tenant_table(
        "draft",
        sa.Column("exercise_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("prompt", sa.Text, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "tenant_id", "user_id", "exercise_id", "number", name="uq_draft_tenant_id_user_id_exercise_id_number"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "exercise_id"],
            [f"{SCHEMA}.exercise.tenant_id", f"{SCHEMA}.exercise.id"],
            name="fk_draft_exercise_id",
            ondelete="CASCADE",
        ),
        refs.user(name="fk_draft_user_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_draft_tenant_id_exercise_id", "draft", ["tenant_id", "exercise_id"], schema=SCHEMA)
    create_tenant_table(
        "output",
        sa.Column("draft_id", sa.Uuid, nullable=False),
        sa.Column("provider", sa.Text, nullable=False),
        sa.Column("model", sa.Text, nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
        sa.Column("sample", sa.Boolean, nullable=False),
        sa.Column("complete", sa.Boolean, nullable=False),
        sa.Column("call_id", sa.Uuid, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint(
            "tenant_id", "draft_id", "provider", "model", name="uq_output_tenant_id_draft_id_provider_model"
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "draft_id"],
            [f"{SCHEMA}.draft.tenant_id", f"{SCHEMA}.draft.id"],
            name="fk_output_draft_id",
            ondelete="CASCADE",
        ),
        schema=SCHEMA,
    )


def downgrade() -> None:
    for table in ("output", "draft", "answer", "exercise"):
        op.drop_table(table, schema=SCHEMA)
    drop_schema(SCHEMA)
