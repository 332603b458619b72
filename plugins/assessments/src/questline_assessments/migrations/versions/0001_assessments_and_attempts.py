"""Assessments and items in their versions, attempts and answers."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from questline_sdk.db import refs
from questline_sdk.db.migrations import create_schema, create_tenant_table, drop_schema

revision = "0001"
down_revision = None

SCHEMA = "assessments"
TIME = sa.DateTime(timezone=True)


def own(table: str, column: str, target: str) -> sa.ForeignKeyConstraint:
    return sa.ForeignKeyConstraint(
        ["tenant_id", column],
        [f"{SCHEMA}.{target}.tenant_id", f"{SCHEMA}.{target}.id"],
        name=f"fk_{table}_{column}",
        ondelete="CASCADE",
    )


def upgrade() -> None:
    create_schema(SCHEMA)
    create_tenant_table(
        "assessment",
        sa.Column("course_id", sa.Uuid, nullable=False),
        sa.Column("lesson_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("current_version_id", sa.Uuid),
        sa.UniqueConstraint("tenant_id", "course_id", "key", name="uq_assessment_tenant_id_course_id_key"),
        refs.course(name="fk_assessment_course_id"),
        refs.lesson(name="fk_assessment_lesson_id"),
        schema=SCHEMA,
    )
    op.create_index("ix_assessment_tenant_id_lesson_id", "assessment", ["tenant_id", "lesson_id"], schema=SCHEMA)
    create_tenant_table(
        "assessment_version",
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("rules", JSONB, nullable=False),
        sa.Column("item_version_ids", JSONB, nullable=False),
        sa.Column("published_at", TIME, nullable=False),
        sa.UniqueConstraint(
            "tenant_id", "assessment_id", "number", name="uq_assessment_version_tenant_id_assessment_id_number"
        ),
        own("assessment_version", "assessment_id", "assessment"),
        schema=SCHEMA,
        append_only=True,
    )
    create_tenant_table(
        "item",
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("slug", sa.Text, nullable=False),
        sa.UniqueConstraint("tenant_id", "assessment_id", "slug", name="uq_item_tenant_id_assessment_id_slug"),
        own("item", "assessment_id", "assessment"),
        schema=SCHEMA,
    )
    create_tenant_table(
        "item_version",
        sa.Column("item_id", sa.Uuid, nullable=False),
        sa.Column("content", JSONB, nullable=False),
        sa.Column("fingerprint", sa.Text, nullable=False),
        sa.UniqueConstraint(
            "tenant_id", "item_id", "fingerprint", name="uq_item_version_tenant_id_item_id_fingerprint"
        ),
        own("item_version", "item_id", "item"),
        schema=SCHEMA,
        append_only=True,
    )
    create_attempts()


def create_attempts() -> None:
    create_tenant_table(
        "attempt",
        sa.Column("assessment_id", sa.Uuid, nullable=False),
        sa.Column("version_id", sa.Uuid, nullable=False),
        sa.Column("user_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("started_at", TIME, nullable=False),
        sa.Column("deadline_at", TIME),
        sa.Column("submitted_at", TIME),
        sa.Column("score", sa.Double),
        sa.Column("max_score", sa.Integer),
        sa.Column("percent", sa.Integer),
        sa.Column("passed", sa.Boolean),
        sa.CheckConstraint("status IN ('open', 'submitted')", name="ck_attempt_status"),
        sa.CheckConstraint("percent BETWEEN 0 AND 100", name="ck_attempt_percent"),
        sa.CheckConstraint("(status = 'submitted') = (passed IS NOT NULL)", name="ck_attempt_result"),
        sa.UniqueConstraint(
            "tenant_id", "user_id", "assessment_id", "number", name="uq_attempt_tenant_id_user_id_assessment_id_number"
        ),
        own("attempt", "assessment_id", "assessment"),
        own("attempt", "version_id", "assessment_version"),
        refs.user(name="fk_attempt_user_id"),
        schema=SCHEMA,
    )
    op.create_index(
        "uq_attempt_open",
        "attempt",
        ["tenant_id", "user_id", "assessment_id"],
        schema=SCHEMA,
        unique=True,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index(
        "ix_attempt_open_tenant_id_deadline_at",
        "attempt",
        ["tenant_id", "deadline_at"],
        schema=SCHEMA,
        postgresql_where=sa.text("status = 'open'"),
    )
    op.create_index("ix_attempt_tenant_id_assessment_id", "attempt", ["tenant_id", "assessment_id"], schema=SCHEMA)
    op.create_index("ix_attempt_tenant_id_version_id", "attempt", ["tenant_id", "version_id"], schema=SCHEMA)
    create_tenant_table(
        "answer",
        sa.Column("attempt_id", sa.Uuid, nullable=False),
        sa.Column("item_id", sa.Uuid, nullable=False),
        sa.Column("response", JSONB, nullable=False),
        sa.Column("saved_at", TIME, nullable=False),
        sa.Column("checked_at", TIME),
        own("answer", "attempt_id", "attempt"),
        schema=SCHEMA,
        key=("attempt_id", "item_id"),
    )


def downgrade() -> None:
    for table in ("answer", "attempt", "item_version", "item", "assessment_version", "assessment"):
        op.drop_table(table, schema=SCHEMA)
    drop_schema(SCHEMA)
