"""Suggestions for authors."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_tenant_table

revision = "0002"
down_revision = "0001"

SCHEMA = "ai"


def upgrade() -> None:
    create_tenant_table(
        "suggestion",
        sa.Column("lesson_id", sa.Uuid, nullable=False),
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("block_id", sa.Text),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("locale", sa.Text, nullable=False),
        sa.Column("before", sa.Text, nullable=False),
        sa.Column("after", sa.Text, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("source", JSONB),
        sa.Column("flags", JSONB, nullable=False, server_default="[]"),
        sa.Column("duplicate_of", sa.Text),
        sa.Column("call_id", sa.Uuid, nullable=False),
        sa.Column("cost_micros", sa.BigInteger, nullable=False),
        *(sa.Column(name, sa.Text, nullable=False) for name in ("currency", "provider", "model")),
        sa.Column("sample", sa.Boolean, nullable=False, server_default=sa.false()),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("created_by", sa.Uuid),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.CheckConstraint(
            "kind IN ('quiz_item', 'summary', 'alt_text', 'outline', 'translation')", name="ck_suggestion_kind"
        ),
        sa.CheckConstraint("status IN ('pending', 'accepted', 'rejected')", name="ck_suggestion_status"),
        sa.CheckConstraint("(status = 'pending') = (decided_at IS NULL)", name="ck_suggestion_decided_at"),
        sa.CheckConstraint("cost_micros >= 0", name="ck_suggestion_cost_micros"),
        refs.course(name="fk_suggestion_course_id"),
        refs.lesson(name="fk_suggestion_lesson_id"),
        schema=SCHEMA,
    )
    op.create_index(
        "ix_suggestion_tenant_id_lesson_id", "suggestion", ["tenant_id", "lesson_id", "created_at"], schema=SCHEMA
    )
    op.create_index(
        "ix_suggestion_tenant_id_course_id", "suggestion", ["tenant_id", "course_id", "kind"], schema=SCHEMA
    )


def downgrade() -> None:
    op.drop_table("suggestion", schema=SCHEMA)
